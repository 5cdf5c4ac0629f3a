//! The certificate's commands, and what is said when one is no good.

use std::os::unix::fs::PermissionsExt;

use clubhouse_kiosk::certificate::{Certificate, Files};
use jiff::{SignedDuration, Timestamp};

use super::door::certificate;
use crate::support::desk::Desk;

#[test]
fn a_certificate_is_made_shown_and_made_again_without_asking_the_phones() {
    let desk = Desk::empty();
    let make = ["certificate", "make", "--name", "kiosk.lan", "--name", "192.168.1.20"];
    let said =
        desk.run(&make).says(0, &["kiosk.lan, 192.168.1.20", "SHA-256", "install this file"]);
    // What it says is what the settings take.
    let (_, settings) = said.out.split_once("[web]").unwrap();
    let before = "demonstration = \"2026-11-24T09:40\"\n[web]";
    desk.settings(&format!("{before}{settings}"));
    desk.run(&["certificate", "show"]).says(0, &["824 days left", "kiosk.key fits"]);
    let mode = |name: &str| {
        let path = desk.path(&format!("var/certificate/{name}"));
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("kiosk.key"), mode("ca.key"), mode("ca.pem")), (0o600, 0o600, 0o644));
    let fingerprint = |out: &str| {
        let (_, rest) = out.split_once("authority").unwrap();
        rest.lines().skip_while(|line| !line.contains("SHA-256")).take(2).collect::<String>()
    };
    let again = desk.run(&make).says(0, &["as before"]);
    assert_eq!(fingerprint(&again.out), fingerprint(&said.out));
    // Another name is beyond what the authority can vouch for.
    desk.run(&["certificate", "make", "--name", "other.lan"]).says(0, &["install this file"]);
    desk.run(&["doctor"]).says(3, &["pages", "https://0.0.0.0:8080", "public_url names kiosk.lan"]);
}

#[test]
fn what_is_no_name_or_no_time_is_refused_in_a_sentence() {
    let desk = Desk::empty();
    for (args, words) in [
        (&["--name", "http://kiosk.lan"][..], "without http://"),
        (&["--name", "会所"], "is no name"),
        (&["--name", "kiosk.lan", "--days", "0"], "1 to 825"),
        (&["--name", "kiosk.lan", "--days", "900"], "1 to 825"),
    ] {
        let all = [&["certificate", "make"], args].concat();
        desk.run(&all).one_sentence(2, &[words, "Nothing was made"]);
    }
    assert!(!desk.path("var/certificate").exists());
    desk.run(&["certificate", "show"]).one_sentence(2, &["certificate make"]);
    // One that was put there by somebody else is not overwritten.
    std::fs::create_dir_all(desk.path("theirs")).unwrap();
    desk.write("theirs/kiosk.pem", "from elsewhere");
    let out = ["certificate", "make", "--name", "kiosk.lan", "--out", "theirs"];
    desk.run(&out).one_sentence(2, &["not made by this program"]);
    assert_eq!(std::fs::read(desk.path("theirs/kiosk.pem")).unwrap(), b"from elsewhere");
}

#[test]
fn a_bad_certificate_says_what_is_wrong_and_what_to_do() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (made, elsewhere) = (certificate(folder.path()), certificate(other.path()));
    let now = Timestamp::now();
    let error = |files: &Files, now| Certificate::read(files, now).unwrap_err().to_string();
    assert!(Certificate::read(&made.files, now).is_ok());
    let later = now + SignedDuration::from_hours(826 * 24);
    assert!(error(&made.files, later).contains("no browser takes it any more"));
    let mixed = Files { key: elsewhere.files.key, ..made.files.clone() };
    assert!(error(&mixed, now).contains("do not belong together"));
    let swapped =
        Files { certificate: made.files.key.clone(), key: made.files.certificate.clone() };
    assert!(error(&swapped, now).contains("holds no certificate"));
    let gone = Files { certificate: folder.path().join("gone.pem"), ..made.files.clone() };
    assert!(error(&gone, now).contains("see that it is there"));
    let device = Files { certificate: "/dev/zero".into(), ..made.files.clone() };
    assert!(error(&device, now).contains("can't be read"));
    let rights = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&made.files.key, rights).unwrap();
    assert!(error(&made.files, now).contains("every user of this machine"));
}
