//! The pages of a clubhouse behind a port of their own, as a browser finds them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;
use clubhouse_kiosk::web::{self, Web};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::support::Clubhouse;
use crate::support::pages::PASSWORD;

/// Served until it is dropped.
pub struct Served {
    pub runtime: Runtime,
    pub address: SocketAddr,
    stopping: Arc<AtomicBool>,
}

impl Served {
    /// Serves the pages of a clubhouse; its accounts are named after their roles.
    pub fn of(clubhouse: &Clubhouse) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let house = clubhouse.house.clone();
        let accounts = Accounts::new(house.clone());
        for role in Role::ALL {
            accounts.add(name(*role), *role, Some("7"), PASSWORD).unwrap();
        }
        let (told, changes) = watch::channel(0);
        let (alarm, _) = Alarm::new();
        let path = house.store.path().to_owned();
        runtime.spawn(async move { web::follow(&path, told).await });
        let pages = Web::new(house, clubhouse.board.clone(), Bell::default(), alarm, changes);
        let stopping = Arc::new(AtomicBool::new(false));
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(web::serve(listener, web::app(pages), stopping.clone()));
        Self { runtime, address, stopping }
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
    }
}

/// The account of a role.
pub fn name(role: Role) -> &'static str {
    match role {
        Role::BuildingLeader => "leader",
        other => other.as_str(),
    }
}
