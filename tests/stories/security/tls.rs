//! The pages over TLS.

use std::io::{Read, Write};

use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::domain::Role;

use super::door::{Door, certificate, get, handshake, post, sealed, until};
use crate::support::Clubhouse;
use crate::support::pages::PASSWORD;

#[test]
fn who_trusts_the_houses_authority_reads_the_pages_and_nobody_else_is_led_astray() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let made = certificate(folder.path());
    let clubhouse = Clubhouse::with(sealed(&made));
    let door = Door::of(&clubhouse);
    for name in ["kiosk.lan", "127.0.0.1"] {
        let page = door.ask_sealed(&made.authority, name, &get("/sign-in")).unwrap();
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("strict-transport-security: max-age="), "{page}");
        assert!(!page.contains("没有加密"), "nobody reads along");
    }
    let stream = handshake(door.address, &made.authority, "kiosk.lan").unwrap();
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
    // Another authority of the same kind vouches for nothing here, and this one for no other name.
    let elsewhere = certificate(other.path());
    let error = door.ask_sealed(&elsewhere.authority, "kiosk.lan", &get("/")).unwrap_err();
    assert!(error.contains("invalid peer certificate"), "{error}");
    let error = door.ask_sealed(&made.authority, "bank.example", &get("/")).unwrap_err();
    assert!(error.contains("not valid for name"), "{error}");
}

#[test]
fn a_session_over_tls_is_never_sent_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let made = certificate(folder.path());
    let clubhouse = Clubhouse::with(sealed(&made));
    Accounts::new(clubhouse.house.clone()).add("chen", Role::Office, None, PASSWORD).unwrap();
    let door = Door::of(&clubhouse);
    let form = serde_urlencoded::to_string([("name", "chen"), ("password", PASSWORD)]).unwrap();
    let ask = |words: &str| door.ask_sealed(&made.authority, "kiosk.lan", words).unwrap();
    let answer = ask(&post("/sign-in", &form));
    let kept = answer.lines().find(|line| line.starts_with("set-cookie: ")).unwrap();
    for word in ["__Host-desk=", "; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Strict"] {
        assert!(kept.contains(word), "{word}: {kept}");
    }
    let cookie = kept["set-cookie: ".len()..].split(';').next().unwrap().to_owned();
    let with =
        |cookie: &str| get("/today").replace("\r\n\r\n", &format!("\r\nCookie: {cookie}\r\n\r\n"));
    assert!(ask(&with(&cookie)).contains("红烧大排"));
    // The name that unencrypted pages use is no way in.
    let bare = cookie.strip_prefix("__Host-").unwrap();
    assert!(ask(&with(bare)).contains("location: /sign-in"));
}

#[test]
fn whoever_speaks_unencrypted_is_told_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let made = certificate(folder.path());
    let door = Door::of(&Clubhouse::with(sealed(&made)));
    let form = "x".repeat(30_000);
    for words in [get("/today"), post("/sign-in", &form)] {
        let answer = door.ask(&words);
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(answer.contains("https:// 开头") && answer.contains("begin with https://"));
    }
}

#[test]
fn handshakes_that_never_come_hold_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let made = certificate(folder.path());
    let door = Door::of(&Clubhouse::with(sealed(&made)));
    let silent: Vec<_> = (0..100).map(|_| door.connect()).collect();
    // The head of a handshake of 512 bytes that never follow.
    let half: Vec<_> = (0..100)
        .map(|_| {
            let mut stream = door.connect();
            stream.write_all(&[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc]).unwrap();
            stream
        })
        .collect();
    let began = std::time::Instant::now();
    let page = door.ask_sealed(&made.authority, "kiosk.lan", &get("/sign-in")).unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(began.elapsed().as_secs() < 8, "before any of them is given up: {began:?}");
    // And each of them is given up, with or without a word.
    for mut stream in silent.into_iter().chain(half) {
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        let gone =
            ended.as_ref().err().is_none_or(|e| e.kind() == std::io::ErrorKind::ConnectionReset);
        assert!(gone, "{ended:?}");
    }
}

#[test]
fn a_renewed_certificate_is_taken_by_itself_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let made = certificate(folder.path());
    let door = Door::of(&Clubhouse::with(sealed(&made)));
    let served = || {
        let stream = handshake(door.address, &made.authority, "kiosk.lan").unwrap();
        stream.conn.peer_certificates().unwrap()[0].clone()
    };
    let first = served();
    let old = std::fs::read(&made.files.certificate).unwrap();
    std::fs::write(&made.files.certificate, "-----BEGIN CERTIFICATE-----\nhalf a").unwrap();
    for _ in 0..5 {
        assert_eq!(served(), first, "the one before still is used");
    }
    std::fs::write(&made.files.certificate, old).unwrap();
    let again = certificate(folder.path());
    assert!(!again.new_authority, "phones need nothing");
    assert_ne!(again.facts.fingerprint, made.facts.fingerprint);
    until("the renewed certificate is served", || served() != first);
}
