//! The running program as the network sees it: the desk's port and nothing else.

use std::collections::BTreeSet;
use std::net::TcpStream;

use super::door::{certificate, get, handshake, heard, until};
use super::running::{Running, free_port};
use crate::support::desk::Desk;

const DEMONSTRATION: &str = "demonstration = \"2026-11-24T09:40\"\n";

/// The sockets of a process, by their number in the kernel's tables.
fn sockets(process: u32) -> BTreeSet<String> {
    std::fs::read_dir(format!("/proc/{process}/fd"))
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok())
        .filter_map(|link| {
            let name = link.to_str()?;
            Some(name.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect()
}

/// The local ends of a table's sockets that belong to a process; of TCP, those that listen.
fn ends(process: u32, table: &str) -> Vec<String> {
    let own = sockets(process);
    let text = std::fs::read_to_string(format!("/proc/{process}/net/{table}")).unwrap();
    text.lines()
        .skip(1)
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|column| own.contains(column[9]))
        .filter(|column| !table.starts_with("tcp") || column[3] == "0A")
        .map(|column| format!("{table} {}", column[1]))
        .collect()
}

fn open(process: u32) -> Vec<String> {
    let tables = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"];
    tables.iter().flat_map(|table| ends(process, table)).collect()
}

#[test]
fn only_the_desks_port_listens_and_with_no_address_none_does() {
    let address = free_port();
    let desk = Desk::empty();
    desk.settings(&format!("{DEMONSTRATION}[web]\naddress = \"{address}\"\n"));
    let kiosk = Running::start(&desk, "info");
    until("the pages are there", || TcpStream::connect(address).is_ok());
    let port = address.port();
    assert_eq!(open(kiosk.id()), [format!("tcp 0100007F:{port:04X}")], "127.0.0.1 and no other");
    assert_eq!(kiosk.stop(), Some(0));

    desk.settings(&format!("{DEMONSTRATION}[web]\naddress = \"\"\n"));
    let kiosk = Running::start(&desk, "info");
    // It is a clubhouse that works; it only has no pages.
    desk.run(&["order", "place", "--way", "eat-in"]).says(0, &["28 yuan"]);
    assert_eq!(open(kiosk.id()), [""; 0]);
    assert_eq!(kiosk.stop(), Some(0));
}

#[test]
fn a_bad_certificate_stops_no_lunch_and_a_mended_one_opens_the_pages() {
    let address = free_port();
    let desk = Desk::new();
    let folder = desk.path("tls");
    let made = certificate(&folder);
    let good = std::fs::read(&made.files.certificate).unwrap();
    std::fs::write(&made.files.certificate, "no certificate").unwrap();
    desk.settings(&format!(
        "{DEMONSTRATION}[web]\naddress = \"{address}\"\ncertificate = \"tls/kiosk.pem\"\nkey = \"tls/kiosk.key\"\n"
    ));
    desk.run(&["doctor"]).says(1, &["is not served", "holds no certificate"]);
    let kiosk = Running::start(&desk, "info");
    until("it says so", || kiosk.log().contains("holds no certificate"));
    assert!(kiosk.log().contains("the kiosk goes on without them"));
    assert_eq!(open(kiosk.id()), [""; 0]);
    desk.run(&["order", "place", "--way", "eat-in"]).says(0, &["28 yuan"]);

    std::fs::write(&made.files.certificate, good).unwrap();
    let mut stream = None;
    until("the pages are there", || {
        stream = handshake(address, &made.authority, "kiosk.lan").ok();
        stream.is_some()
    });
    let mut stream = stream.unwrap();
    std::io::Write::write_all(&mut stream, get("/sign-in").as_bytes()).unwrap();
    assert!(heard(&mut stream).starts_with("HTTP/1.1 200"));
    assert_eq!(kiosk.stop(), Some(0));
}
