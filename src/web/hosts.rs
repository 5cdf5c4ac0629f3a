//! The names under which unencrypted pages answer. A page of another site may have its own name lead
//! here (DNS rebinding) and would then be taken for one of ours; only our names are answered. Over
//! TLS the certificate does the same, and better.

use axum::extract::Request;
use axum::http::header;
use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::config::{Web, host_of};

/// Where Linux keeps the machine's name.
const MACHINE: &str = "/proc/sys/kernel/hostname";

/// The names that are answered, in lower case.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    /// Nothing if every name is: the certificate decides.
    names: Option<BTreeSet<String>>,
}

impl Hosts {
    /// Those of the settings, and the machine's own.
    pub fn new(settings: &Web) -> Self {
        if settings.is_encrypted() {
            return Self { names: None };
        }
        let machine = std::fs::read_to_string(MACHINE).unwrap_or_default();
        let machine = machine.trim();
        let mut names: BTreeSet<String> =
            settings.names.iter().map(|name| name.to_ascii_lowercase()).collect();
        names.insert("localhost".to_owned());
        names.extend(settings.public_host().map(str::to_ascii_lowercase));
        if !machine.is_empty() {
            // Its name on the network, if it has one, is given out by itself (RFC 6762).
            names.extend([
                machine.to_ascii_lowercase(),
                format!("{machine}.local").to_ascii_lowercase(),
            ]);
        }
        Self { names: Some(names) }
    }

    /// Whether a request is meant for this server. An address is no name that anybody could have lead
    /// here; a request without a host is from no browser.
    pub fn answer(&self, request: &Request) -> bool {
        let Some(names) = &self.names else { return true };
        let hosts = request.headers().get_all(header::HOST).iter().map(|host| host.to_str().ok());
        // A full address in the first line counts more than the header (RFC 9112, 3.2.2).
        let target = request.uri().authority().map(|authority| Some(authority.as_str()));
        hosts.chain(target).all(|host| host.is_some_and(|host| ours(names, host)))
    }
}

fn ours(names: &BTreeSet<String>, authority: &str) -> bool {
    let host = host_of(authority).trim_end_matches('.').to_ascii_lowercase();
    host.parse::<IpAddr>().is_ok() || names.contains(&host)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::body::Body;

    fn asks(settings: &Web, host: &str) -> bool {
        let request = Request::get("/today").header(header::HOST, host).body(Body::empty());
        Hosts::new(settings).answer(&request.unwrap())
    }

    #[test]
    fn only_our_own_names_are_answered() {
        let settings = Web {
            public_url: "http://Kiosk.lan:8080".into(),
            names: vec!["desk.example".into()],
            ..Web::default()
        };
        for ours in [
            "127.0.0.1:8080",
            "192.168.1.20",
            "[::1]:8080",
            "localhost:8080",
            "kiosk.LAN",
            "kiosk.lan.:8080",
            "desk.example:80",
        ] {
            assert!(asks(&settings, ours), "{ours}");
        }
        for other in
            ["evil.example", "kiosk.lan.evil.example", "127.0.0.1.evil.example:8080", "", "é"]
        {
            assert!(!asks(&settings, other), "{other}");
        }
        let sealed = Web { certificate: "a".into(), key: "b".into(), ..settings };
        assert!(asks(&sealed, "whatever.example"), "the certificate decides");
    }
}
