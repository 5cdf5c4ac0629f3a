//! `[web]`: the desk's pages.

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

use super::between;
use crate::certificate::Files;

/// The desk's pages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Web {
    /// Where they are served, `127.0.0.1:8080`; empty for a house without them.
    pub address: String,
    /// The certificate they are served with, a PEM file; empty for unencrypted pages.
    pub certificate: PathBuf,
    /// Its key, a PEM file that others on this machine can't read.
    pub key: PathBuf,
    /// Names under which unencrypted pages are opened, beside the machine's own and its address.
    pub names: Vec<String>,
    /// What phones put before a page's path, `https://kiosk.lan:8080`; empty for slips without a
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
            certificate: PathBuf::new(),
            key: PathBuf::new(),
            names: Vec::new(),
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
                "web.public_url = \"{url}\": write https://kiosk.lan:8080, at most 60 characters"
            ));
        }
        if let Some(name) = self.names.iter().find(|name| !is_host(name)) {
            return Err(format!(
                "web.names: “{name}” is no name of a machine; write kiosk.lan, without http:// and port"
            ));
        }
        if self.certificate.as_os_str().is_empty() != self.key.as_os_str().is_empty() {
            return Err("web.certificate and web.key belong together: set both or none".into());
        }
        if self.is_encrypted() && url.starts_with("http://") {
            return Err(format!(
                "web.public_url = \"{url}\": with web.certificate the pages are encrypted, so write https://"
            ));
        }
        if let Some(address) = self.address()?
            && !address.ip().is_loopback()
            && !self.is_encrypted()
            && !self.allow_plain_http
        {
            return Err(format!(
                "web.address = \"{address}\" can be reached from other machines, and passwords would cross the network unencrypted: set web.certificate and web.key (“clubhouse-kiosk certificate make” makes both), choose 127.0.0.1, or set web.allow_plain_http = true"
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

    /// Whether the pages are served with a certificate.
    pub fn is_encrypted(&self) -> bool {
        !self.certificate.as_os_str().is_empty()
    }

    /// Certificate and key, for encrypted pages.
    pub fn files(&self) -> Option<Files> {
        self.is_encrypted()
            .then(|| Files { certificate: self.certificate.clone(), key: self.key.clone() })
    }

    /// The name or address in `public_url`, without scheme and port.
    pub fn public_host(&self) -> Option<&str> {
        let (_, rest) = self.public_url.split_once("://")?;
        let authority = rest.split('/').next().unwrap_or_default();
        Some(host_of(authority)).filter(|host| !host.is_empty())
    }

    /// Whether whoever listens on the network can read along.
    pub fn is_readable_on_the_way(&self) -> bool {
        !self.is_encrypted()
            && self.address().is_ok_and(|a| a.is_some_and(|a| !a.ip().is_loopback()))
    }
}

/// The host of `host:port`, `[::1]:8080` or `host`.
pub fn host_of(authority: &str) -> &str {
    if let Some(six) = authority.strip_prefix('[') {
        return six.split(']').next().unwrap_or_default();
    }
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

fn is_host(name: &str) -> bool {
    (1..=253).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(web: &Web) -> String {
        web.check().err().unwrap_or_default()
    }

    #[test]
    fn other_machines_need_a_certificate_or_a_word() {
        let open = Web { address: "0.0.0.0:8080".into(), ..Web::default() };
        assert!(refused(&open).contains("certificate make"));
        assert!(refused(&Web { allow_plain_http: true, ..open.clone() }).is_empty());
        let half = Web { certificate: "a.pem".into(), ..open.clone() };
        assert!(refused(&half).contains("belong together"));
        let whole = Web { key: "a.key".into(), ..half };
        assert!(refused(&whole).is_empty() && !whole.is_readable_on_the_way());
        let plain = Web { public_url: "http://kiosk.lan".into(), ..whole };
        assert!(refused(&plain).contains("https://"));
        let url = Web { names: vec!["http://kiosk.lan".into()], ..Web::default() };
        assert!(refused(&url).contains("without http://"));
    }

    #[test]
    fn a_host_is_told_from_its_port() {
        for (authority, host) in [
            ("kiosk.lan:8080", "kiosk.lan"),
            ("kiosk.lan", "kiosk.lan"),
            ("[fd00::7]:8080", "fd00::7"),
            ("[::1]", "::1"),
            ("192.168.1.20:80", "192.168.1.20"),
        ] {
            assert_eq!(host_of(authority), host);
        }
        let web = Web { public_url: "https://kiosk.lan:8443/x".into(), ..Web::default() };
        assert_eq!(web.public_host(), Some("kiosk.lan"));
    }
}
