//! Updates, as far as the kiosk has a part in them: what lies on a stick is read with care, and asked
//! for only by its checksum. `tests/outside/deb` tells the rest, on a machine of its own.

use std::io::Write;
use std::path::Path;

use clubhouse_kiosk::kiosk::controller::Action;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::updates::{Offered, Trouble, UpdatesView};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;
use clubhouse_kiosk::update::{self, DebError, Package};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::support::Clubhouse;
use crate::support::desk::Desk;
use crate::support::kiosk::Bare;

/// A package as dpkg-deb packs one, with no more in it than its fields.
fn deb(name: &str, version: &str, architecture: &str) -> Vec<u8> {
    let control = format!(
        "Package: {name}\nVersion: {version}\nArchitecture: {architecture}\nDescription: lunch\n"
    );
    packed("control.tar.gz", &gz(&tar("./control", control.as_bytes())))
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
    let mut tar = header;
    tar.extend_from_slice(bytes);
    tar.resize(tar.len().next_multiple_of(512) + 1024, 0);
    tar
}

fn packed(control: &str, fields: &[u8]) -> Vec<u8> {
    let mut deb = b"!<arch>\n".to_vec();
    for (name, bytes) in
        [("debian-binary", b"2.0\n".as_slice()), (control, fields), ("data.tar.gz", b"files")]
    {
        let header =
            format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, bytes.len());
        deb.extend_from_slice(header.as_bytes());
        deb.extend_from_slice(bytes);
        if bytes.len() % 2 == 1 {
            deb.push(b'\n');
        }
    }
    deb
}

fn digits(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let wide = |half: &[u8]| u128::from_be_bytes(half.try_into().unwrap());
    format!("{:032x}{:032x}", wide(&digest[..16]), wide(&digest[16..]))
}

#[test]
fn what_lies_on_the_stick_is_listed_with_what_it_is() {
    let desk = Desk::empty();
    std::fs::create_dir(desk.path("stick")).unwrap();
    let here = update::architecture();
    let newer = deb("clubhouse-kiosk", "99.0-1", here);
    for (name, bytes) in [
        ("a.deb", newer.clone()),
        ("b.deb", deb("clubhouse-kiosk", "0.0.1-1", here)),
        ("c.deb", deb("cage", "1.0", here)),
        ("d.deb", deb("clubhouse-kiosk", "99.0-1", "riscv64")),
        ("e.DEB", newer[..newer.len() / 3].to_vec()),
        ("f.deb", packed("control.tar.xz", b"packed otherwise")),
        ("holiday.jpg", b"a photograph".to_vec()),
    ] {
        desk.write(&format!("stick/{name}"), bytes);
    }
    let said = desk.run(&["update", "look", "stick"]);
    let checksum = digits(&newer);
    let groups = format!("SHA-256 {} {} {}", &checksum[..4], &checksum[4..8], &checksum[8..12]);
    let said = said.says(
        3,
        &[
            &format!("clubhouse-kiosk 99.0-1 for {here}"),
            "newer than what is installed",
            &groups,
            "only with --back",
            "another program's package",
            "for another kind of machine",
            "not all of it is there",
            "its fields are in control.tar.xz",
        ],
    );
    assert_eq!(
        said.out.matches("SHA-256").count(),
        2,
        "only what can be installed has one: {said:#?}"
    );
    assert!(!said.out.contains("holiday"), "{said:#?}");
    desk.run(&["update", "look", "nowhere"]).one_sentence(2, &["nowhere", "CLUBHOUSE"]);
}

#[test]
fn only_the_package_whose_checksum_was_confirmed_is_asked_for() {
    let desk = Desk::empty();
    let here = update::architecture();
    let newer = deb("clubhouse-kiosk", "99.0-1", here);
    let (file, checksum) = (desk.write("new.deb", &newer), digits(&newer));
    let asked = |name: &str| desk.path("var/update").join(name);
    desk.run(&["update", "result"]).says(0, &["no update was asked for"]);

    desk.run(&["update", "install", &file, "--sha256", "1234"]).says(2, &["16 to 64 digits"]);
    let other = digits(b"another");
    desk.run(&["update", "install", &file, "--sha256", &other])
        .one_sentence(2, &["another than the one that was confirmed", "Nothing was changed"]);
    let left: Vec<_> = std::fs::read_dir(desk.path("var/update")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");

    for (name, version, architecture, why) in [
        ("clubhouse-kiosk", "0.0.1-1", here, "--back"),
        ("cage", "99", here, "the package of cage"),
        ("clubhouse-kiosk", "99", "riscv64", "this machine is"),
    ] {
        let unfit = deb(name, version, architecture);
        let file = desk.write("unfit.deb", &unfit);
        desk.run(&["update", "install", &file, "--sha256", &digits(&unfit)])
            .one_sentence(2, &["can't be installed", why]);
    }
    assert!(!asked("request").exists());

    // In groups and in capitals, as a person copies it from a letter.
    let typed = format!("{} {}", &checksum[..8].to_uppercase(), &checksum[8..20]);
    desk.run(&["update", "install", &file, "--sha256", &typed]).says(0, &["99.0-1"]);
    let request = std::fs::read_to_string(asked("request")).unwrap();
    let name = format!("clubhouse-kiosk_99.0-1_{here}.deb");
    assert_eq!(request, format!("file={name}\nsha256={checksum}\nback=no\n"));
    assert_eq!(std::fs::read(asked(&name)).unwrap(), newer);

    desk.run(&["update", "result"]).says(3, &["under way"]);
    desk.run(&["update", "install", &file, "--sha256", &checksum])
        .one_sentence(2, &["under way already"]);

    // What root's service writes when it has put the version before back.
    std::fs::remove_file(asked("request")).unwrap();
    let result = "outcome=put-back\nfrom=0.1.0-1\nto=99.0-1\nat=2026-11-24 13:05\nwhy=it ended\n";
    std::fs::write(asked("result"), result).unwrap();
    desk.run(&["update", "result"])
        .says(3, &["99.0-1 did not serve (it ended)", "0.1.0-1 is back"]);
}

#[test]
fn an_older_version_comes_in_when_somebody_means_it() {
    let desk = Desk::empty();
    let older = deb("clubhouse-kiosk", "0.0.1-1", update::architecture());
    let file = desk.write("old.deb", &older);
    desk.run(&["update", "install", &file, "--back", "--sha256", &digits(&older)])
        .says(0, &["0.0.1-1"]);
    let request = std::fs::read_to_string(desk.path("var/update/request")).unwrap();
    assert!(request.ends_with("back=yes\n"), "{request}");
}

/// Cut off anywhere, or with any byte changed, it is read or refused, and nothing else happens.
#[test]
fn a_damaged_package_is_refused_wherever_it_is_damaged() {
    let folder = tempfile::TempDir::new().unwrap();
    let whole = deb("clubhouse-kiosk", "99.0-1", "arm64");
    let file = folder.path().join("x.deb");
    let read = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        Package::read(Path::new(&file))
    };
    let end_of_fields = whole.len() - 60 - 6;
    for length in 0..end_of_fields - 16 {
        assert!(read(&whole[..length]).is_err(), "cut at {length}");
    }
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        // Whatever it says now, its checksum is another.
        if let Ok(package) = read(&bytes) {
            assert_ne!(package.sha256, read(&whole).unwrap().sha256);
        }
    }
    // Fields that unpack to far more than fields ever are.
    let bomb = packed("control.tar.gz", &gz(&tar("./control", &vec![b'x'; 64 << 20])));
    assert!(matches!(read(&bomb), Err(DebError::Broken(_))));
    // A name that would lead out of the folder is none.
    assert!(matches!(read(&deb("../../etc/x", "1", "arm64")), Err(DebError::Broken("Package"))));
}

/// A clubhouse with a clerk whose stick is a folder.
fn with_stick(stick: &Path) -> (Clubhouse, Clerk) {
    let c = Clubhouse::new();
    let (alarm, _called) = Alarm::new();
    let clerk = Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm);
    (c, clerk.with_stick(stick))
}

fn pin_of(c: &Clubhouse) -> Request {
    Request::StaffSignIn { pin: c.house.settings.staff.pin.clone() }
}

#[test]
fn staff_compare_the_checksum_on_the_screen_and_say_yes() {
    let stick = tempfile::TempDir::new().unwrap();
    let (c, mut clerk) = with_stick(stick.path());
    let Reply::Staff(view) = clerk.answer(pin_of(&c)) else { panic!() };
    assert!(!view.updates, "nothing is on the stick, and no key for it on the screen");

    let here = update::architecture();
    let newer = deb("clubhouse-kiosk", "99.0-1", here);
    let file = stick.path().join("new.deb");
    std::fs::write(&file, &newer).unwrap();
    std::fs::write(stick.path().join("other.deb"), deb("cage", "100", here)).unwrap();
    std::fs::write(stick.path().join("older.deb"), deb("clubhouse-kiosk", "0.0.1", here)).unwrap();
    std::fs::write(stick.path().join("newest.deb"), deb("clubhouse-kiosk", "99.10-1", here))
        .unwrap();
    let Reply::Staff(view) = clerk.answer(pin_of(&c)) else { panic!() };
    assert!(view.updates);
    let Reply::Updates(view) = clerk.answer(Request::Updates) else { panic!() };
    let versions: Vec<_> = view.offered.iter().map(|o| o.version.as_str()).collect();
    assert_eq!(versions, ["99.10-1", "99.0-1"], "newer ones of this program, the newest first");
    let offered = view.offered[1].clone();
    assert_eq!(offered.checksum.replace(' ', ""), digits(&newer));

    // Somebody exchanges the file while the checksum is compared.
    let install =
        |o: &Offered| Request::InstallUpdate { file: o.file.clone(), checksum: o.checksum.clone() };
    std::fs::write(&file, deb("clubhouse-kiosk", "99.0-1+evil", here)).unwrap();
    let Reply::Updates(view) = clerk.answer(install(&offered)) else { panic!() };
    assert_eq!((view.trouble, view.under_way), (Some(Trouble::Changed), false));
    std::fs::remove_file(&file).unwrap();
    let Reply::Updates(view) = clerk.answer(install(&offered)) else { panic!() };
    assert_eq!((view.trouble, view.under_way), (Some(Trouble::Unreadable), false));

    std::fs::write(&file, &newer).unwrap();
    let Reply::Updates(view) = clerk.answer(install(&offered)) else { panic!() };
    assert_eq!((view.trouble, view.under_way), (None, true));
    let request = c.house.folder().join("update/request");
    let asked = std::fs::read_to_string(&request).unwrap();
    assert!(asked.contains(&format!("sha256={}\n", digits(&newer))), "{asked}");

    // Root's service has put the version before back.
    std::fs::remove_file(&request).unwrap();
    let result = "outcome=put-back\nfrom=0.1.0-1\nto=99.0-1\nat=2026-11-24 13:05\nwhy=it ended\n";
    std::fs::write(c.house.folder().join("update/result"), result).unwrap();
    let Reply::Updates(view) = clerk.answer(Request::Updates) else { panic!() };
    for (lang, words) in [(Lang::Zh, "已经换回 0.1.0-1"), (Lang::En, "0.1.0-1 is back")] {
        let said = clubhouse_kiosk::kiosk::words::updates(lang, &view);
        assert!(said.contains(words), "{said}");
    }
}

/// The page lies behind the PIN, and nothing is installed but by the yes below the checksum.
#[test]
fn an_update_is_asked_for_only_below_its_checksum() {
    let offered = Offered {
        file: "/media/clubhouse/x.deb".into(),
        version: "0.2.0-1".into(),
        checksum: "e3b0 c442".into(),
    };
    let mut kiosk = Bare::new(|sample| {
        let installed = "0.1.0-1".into();
        sample.updates =
            Some(UpdatesView { installed, offered: vec![offered], ..UpdatesView::default() });
    });
    let asked = |kiosk: &Bare| {
        kiosk.asked.iter().filter(|r| matches!(r, Request::InstallUpdate { .. })).count()
    };
    kiosk.touches([Action::Updates, Action::Update(0), Action::Confirm]);
    assert!(!kiosk.asked.contains(&Request::Updates), "not without the PIN");
    kiosk.touches([Action::Duty, Action::Staff]);
    kiosk.digits(&[2, 4, 6, 8]);
    kiosk.touches([Action::Updates, Action::Confirm, Action::Update(7), Action::Confirm]);
    assert_eq!(asked(&kiosk), 0);
    kiosk.touch(Action::Update(0));
    let Screen::Facts(question) = kiosk.controller.view().screen else { panic!() };
    assert!(question.text.contains("e3b0 c442"), "{question:?}");
    kiosk.touches([Action::Back, Action::Update(0), Action::Confirm]);
    assert_eq!(asked(&kiosk), 1);
    let Screen::List(list) = kiosk.controller.view().screen else { panic!() };
    assert!(list.text.contains("正在更新") && list.rows.is_empty(), "{list:?}");
}
