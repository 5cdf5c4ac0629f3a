//! The desk's pages beside the kiosk.

use std::net::SocketAddr;
use tokio::sync::watch;

use super::Machine;
use crate::accounts::{AccountError, Accounts, random_token};
use crate::domain::Role;
use crate::house::House;
use crate::web::{self, Web};

/// The account of a demonstration.
const SAMPLE_ACCOUNT: &str = "demo";

impl Machine {
    /// Serves the pages; where they are, if they are. A port that is taken keeps no lunch from
    /// being ordered.
    pub fn open_pages(&self, runtime: &tokio::runtime::Runtime) -> Option<SocketAddr> {
        let wanted = match self.house.settings.web.address() {
            Ok(wanted) => wanted?,
            Err(error) => {
                tracing::error!(%error, "the desk's pages are not served");
                return None;
            }
        };
        let opened = runtime.block_on(tokio::net::TcpListener::bind(wanted));
        let (listener, address) = match opened.and_then(|l| l.local_addr().map(|a| (l, a))) {
            Ok(opened) => opened,
            Err(error) => {
                tracing::error!(%error, %wanted, "the desk's pages are not served; the kiosk goes on without them. Is another one running? Choose another web.address");
                return None;
            }
        };
        let (told, changes) = watch::channel(0);
        let path = self.house.store.path().to_owned();
        runtime.spawn(async move { web::follow(&path, told).await });
        let pages = Web::new(
            self.house.clone(),
            self.board.clone(),
            self.bell.clone(),
            self.alarm.clone(),
            changes,
        );
        runtime.spawn(web::serve(listener, web::app(pages), self.supervisor.stopping()));
        Some(address)
    }
}

/// The account of a demonstration with a new password at each start; nobody has it otherwise.
pub fn sample_account(house: &House) -> Result<Option<(&'static str, String)>, AccountError> {
    if house.settings.demonstration.is_none() {
        return Ok(None);
    }
    let accounts = Accounts::new(house.clone());
    let password: String = random_token().chars().take(12).collect();
    match accounts.set_password(SAMPLE_ACCOUNT, &password) {
        Err(AccountError::Unknown(_)) => {
            accounts.add(SAMPLE_ACCOUNT, Role::Office, None, &password)?;
        }
        set => set?,
    }
    Ok(Some((SAMPLE_ACCOUNT, password)))
}
