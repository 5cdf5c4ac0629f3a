//! `[web]`: the desk's pages.

use serde::Deserialize;
use std::net::SocketAddr;

use super::between;

/// The desk's pages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Web {
    /// Where they are served, `127.0.0.1:8080`; empty for a house without them.
    pub address: String,
    /// What phones put before a page's path, `http://192.168.1.20:8080`; empty for slips without a
    /// code for the phone.
    pub public_url: String,
    /// Whether they may be served unencrypted to other machines. Passwords and names then cross
    /// the network as they are; the pages say so.
    pub allow_plain_http: bool,
    /// The longest that somebody stays signed in, in hours.
    pub session_hours: u32,
    /// How long a page may lie untouched before its session ends, in minutes.
    pub idle_min: u32,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            address: "127.0.0.1:8080".into(),
            public_url: String::new(),
            allow_plain_http: false,
            session_hours: 12,
            idle_min: 240,
        }
    }
}

impl Web {
    pub(super) fn check(&self) -> Result<(), String> {
        between("web.session_hours", self.session_hours, 1, 24 * 7)?;
        between("web.idle_min", self.idle_min, 5, 24 * 60)?;
        let url = &self.public_url;
        let known = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
        if url.len() > 60 || !(url.is_empty() || known) {
            return Err(format!(
                "web.public_url = \"{url}\": write http://192.168.1.20:8080, at most 60 characters"
            ));
        }
        if let Some(address) = self.address()?
            && !address.ip().is_loopback()
            && !self.allow_plain_http
        {
            return Err(format!(
                "web.address = \"{address}\" can be reached from other machines, and passwords would cross the network unencrypted: choose 127.0.0.1, or set web.allow_plain_http = true"
            ));
        }
        Ok(())
    }

    /// Where the pages are served, if they are.
    pub fn address(&self) -> Result<Option<SocketAddr>, String> {
        if self.address.is_empty() {
            return Ok(None);
        }
        self.address.parse().map(Some).map_err(|_| {
            format!("web.address = \"{}\" is no address; write 127.0.0.1:8080", self.address)
        })
    }

    /// Whether whoever listens on the network can read along.
    pub fn is_readable_on_the_way(&self) -> bool {
        self.address().is_ok_and(|a| a.is_some_and(|a| !a.ip().is_loopback()))
    }
}
