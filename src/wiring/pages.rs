//! The desk's pages beside the kiosk.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Machine;
use crate::accounts::{AccountError, Accounts, random_token};
use crate::domain::Role;
use crate::house::House;
use crate::web::{self, Keeper, Seal, Web};

/// The account of a demonstration.
const SAMPLE_ACCOUNT: &str = "demo";
/// How long the pages may take to end.
const ENDING: Duration = Duration::from_secs(3);

/// The pages as they are served.
pub struct Pages {
    /// Where they are, `https://192.168.1.20:8080`.
    pub url: String,
    serving: JoinHandle<()>,
}

impl Pages {
    /// Waits until the answers under way are out; everything else must have been told to end.
    pub fn end(self, runtime: &tokio::runtime::Runtime) {
        let ended = runtime.block_on(async { tokio::time::timeout(ENDING, self.serving).await });
        if ended.is_err() {
            tracing::warn!("some pages did not end in time; they are cut off");
        }
    }
}

impl Machine {
    /// Serves the pages, if they can be served. A port that is taken or a certificate that has ended
    /// keeps no lunch from being ordered; a certificate that is mended is noticed.
    pub fn open_pages(&self, runtime: &tokio::runtime::Runtime) -> Option<Pages> {
        let settings = &self.house.settings.web;
        let wanted = match settings.address() {
            Ok(wanted) => wanted?,
            Err(error) => {
                tracing::error!(%error, "the desk's pages are not served");
                return None;
            }
        };
        let stopping = self.supervisor.stopping();
        let Some(files) = settings.files() else {
            let (listener, address) = runtime.block_on(listen(wanted))?;
            let serving = runtime.spawn(web::serve(listener, self.pages(runtime), stopping));
            return Some(Pages { url: format!("http://{address}"), serving });
        };
        let (keeper, seal, wrong) = Keeper::open(files);
        runtime.spawn(keeper.keep(stopping.clone()));
        if let Some(error) = wrong {
            tracing::error!(%error, "the desk's pages are not served; the kiosk goes on without them");
            let pages = self.pages(runtime);
            runtime.spawn(async move {
                let Some(seal) = once_sealed(seal).await else { return };
                let Some((listener, _)) = listen(wanted).await else { return };
                web::serve_sealed(listener, seal, pages, stopping).await;
            });
            return None;
        }
        let (listener, address) = runtime.block_on(listen(wanted))?;
        let serving =
            runtime.spawn(web::serve_sealed(listener, seal, self.pages(runtime), stopping));
        Some(Pages { url: format!("https://{address}"), serving })
    }

    fn pages(&self, runtime: &tokio::runtime::Runtime) -> web::App {
        let (told, changes) = watch::channel(0);
        let path = self.house.store.path().to_owned();
        runtime.spawn(async move { web::follow(&path, told).await });
        web::app(Web::new(
            self.house.clone(),
            self.board.clone(),
            self.bell.clone(),
            self.alarm.clone(),
            changes,
        ))
    }
}

/// Listens at an address; nothing if it can't be had.
async fn listen(wanted: SocketAddr) -> Option<(TcpListener, SocketAddr)> {
    let opened = TcpListener::bind(wanted).await;
    match opened.and_then(|listener| listener.local_addr().map(|address| (listener, address))) {
        Ok(opened) => Some(opened),
        Err(error) => {
            tracing::error!(%error, %wanted, "the desk's pages are not served; the kiosk goes on without them. Is another one running? Choose another web.address");
            None
        }
    }
}

/// Waits for a good certificate; nothing if everything ends before.
async fn once_sealed(
    mut seal: watch::Receiver<Option<Seal>>,
) -> Option<watch::Receiver<Option<Seal>>> {
    seal.wait_for(Option::is_some).await.ok()?;
    Some(seal)
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
