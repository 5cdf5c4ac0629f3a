//! The dispatcher at the desk's pages: plans the rounds anew while orders come in.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clubhouse_kiosk::domain::ServiceDate;

use super::http::Http;
use crate::stories::campaign::chance::Chance;

/// The account of the desk and its password.
pub const ACCOUNT: &str = "dispatcher";
pub const PASSWORD: &str = "three dishes, twenty yuan";
/// Changes of the plan in one life of the clubhouse.
const MOST: usize = 4;

/// The desk; whoever is signed in stays signed in when the power comes back.
#[derive(Default)]
pub struct Desk {
    cookie: Mutex<String>,
    /// Changes that were made, and those that were refused because somebody was faster.
    pub changed: AtomicUsize,
    pub refused: AtomicUsize,
    pub signed_in: AtomicUsize,
}

impl Desk {
    /// Looks and plans until the power goes, or until it has done enough.
    pub fn work(
        &self,
        address: SocketAddr,
        date: ServiceDate,
        chance: &mut Chance,
        stop: &AtomicBool,
    ) {
        // An error is a connection that broke off: the power went.
        let _ = self.try_to_work(address, date, chance, stop);
    }

    /// Signs in, unless somebody is signed in from before the power went.
    pub fn sit_down(&self, address: SocketAddr, date: ServiceDate) {
        let form = self.http(address).get(&page(date)).unwrap();
        if form.status != 200 {
            self.sign_in(address).unwrap();
        }
    }

    fn http(&self, address: SocketAddr) -> Http {
        let cookie = self.cookie.lock().unwrap().clone();
        Http::new(address, &format!("Cookie: desk={cookie}\r\n"))
    }

    fn try_to_work(
        &self,
        address: SocketAddr,
        date: ServiceDate,
        chance: &mut Chance,
        stop: &AtomicBool,
    ) -> std::io::Result<()> {
        let mut http = self.http(address);
        for _ in 0..MOST {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let form = http.get(&page(date))?;
            assert_eq!(form.status, 200, "{form:?}");
            let field =
                |name: &str| form.after(&format!("name=\"{name}\" value=\"")).unwrap_or_default();
            let sent = [("form_token", field("form_token")), ("seen", field("seen"))];
            let verb = if chance.percent(70) { "replan" } else { "plan" };
            let answer = http.ask(
                "POST",
                &format!("{}/{verb}", page(date)),
                "Content-Type: application/x-www-form-urlencoded\r\n",
                &serde_urlencoded::to_string(sent).unwrap(),
            )?;
            match answer.status {
                303 => &self.changed,
                // A plan is under way, or is another one by now.
                409 => &self.refused,
                _ => panic!("{answer:?}"),
            }
            .fetch_add(1, Ordering::Relaxed);
            assert_eq!(http.get("/today")?.status, 200);
        }
        Ok(())
    }

    fn sign_in(&self, address: SocketAddr) -> std::io::Result<()> {
        let typed =
            serde_urlencoded::to_string([("name", ACCOUNT), ("password", PASSWORD)]).unwrap();
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        let answer = Http::new(address, "").ask("POST", "/sign-in", kind, &typed)?;
        assert_eq!(answer.status, 303, "{answer:?}");
        let (_, cookie) = answer.head.split_once("desk=").expect("a session");
        cookie.split(';').next().unwrap().clone_into(&mut self.cookie.lock().unwrap());
        self.signed_in.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// The page on which a day's rounds are changed.
fn page(date: ServiceDate) -> String {
    format!("/rounds/{date}/change")
}
