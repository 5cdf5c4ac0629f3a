//! Files, and paths and addresses that are no printer.

use crate::ways::{patient, quick, ticket};
use clubhouse_hardware::printer::{
    Outcome, PrintError, Status, Target, TransportError, encode, print, status,
};

#[test]
fn a_file_gets_one_document_behind_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.bin");
    let target: Target = format!("file:{}", path.display()).parse().unwrap();
    assert_eq!(print(&target, &ticket(), &patient()), Outcome::Sent);
    assert_eq!(print(&target, &ticket(), &patient()), Outcome::Sent);
    assert_eq!(status(&target), Status::Ready);
    assert_eq!(std::fs::read(&path).unwrap(), encode(&ticket()).unwrap().repeat(2));

    let nowhere: Target = format!("file:{}/no/out.bin", folder.path().display()).parse().unwrap();
    let outcome = print(&nowhere, &ticket(), &patient());
    assert!(
        matches!(outcome, Outcome::NotSent { status: Status::Disconnected, .. }),
        "{outcome:?}"
    );
    let full: Target = "file:/dev/full".parse().unwrap();
    assert!(matches!(
        print(&full, &ticket(), &patient()),
        Outcome::NotSent { reason: PrintError::Transport(TransportError::WrongKind { .. }), .. }
    ));
}

#[test]
fn paths_that_are_no_printer_are_named() {
    let reason = |target: &str| match print(&target.parse().unwrap(), &ticket(), &quick()) {
        Outcome::NotSent { reason, status: Status::Disconnected } => reason.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(reason("device:/dev/usb/lp-none").contains("is not there"));
    assert!(reason("device:/proc/version").contains("/proc/version"));
    assert!(reason("device:/tmp").contains("is not a printer device"));
    assert!(
        reason("tcp:name.invalid")
            .starts_with("the network knows no printer by the name name.invalid")
    );
    if cfg!(feature = "usb") {
        assert_eq!(
            reason("usb:ffff:fffe"),
            "no USB printer ffff:fffe is plugged in: is it switched on and its cable plugged in?"
        );
    } else {
        assert!(reason("usb:ffff:fffe").contains("built without USB printers"));
    }
    // A port that was free a moment ago: nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(reason(&format!("tcp:127.0.0.1:{port}")).contains("cannot be reached"));
}
