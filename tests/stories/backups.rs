//! Copies of the database: made, proved, in two places, put back; nothing is lost on the way.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use clubhouse_kiosk::backup;
use clubhouse_kiosk::running::Running;

use crate::support::desk::Desk;

const PLACE: [&str; 6] = ["order", "place", "--way", "eat-in", "--portions", "1"];

fn copies(desk: &Desk, folder: &str) -> Vec<PathBuf> {
    backup::backups(&desk.path(folder)).unwrap()
}

/// A desk whose second place is the folder `stick`, which need not be mounted.
fn with_stick() -> Desk {
    let desk = Desk::new();
    let settings = fs::read_to_string(desk.path("clubhouse.toml")).unwrap();
    desk.settings(&format!("{settings}[backup]\nfolder = \"stick\"\nmounted = false\n"));
    desk
}

/// Takes bytes out of the rows of a file.
fn damage(file: &std::path::Path) {
    let mut bytes = fs::read(file).unwrap();
    let rows = bytes.len() / 4 * 3 / 4096 * 4096;
    bytes[rows..rows + 16_384].fill(0xa5);
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_lost_database_comes_back_with_every_order_of_the_copy() {
    let desk = Desk::new();
    desk.run(&PLACE).says(0, &[]);
    desk.run(&["backup"]).says(0, &["backup var/backups/lunch-2026-11-24T09"]);
    desk.run(&PLACE).says(0, &[]);
    damage(&desk.path("var/lunch.sqlite"));
    desk.run(&["order", "list"]).one_sentence(1, &["damaged", "restore --latest"]);

    // Nobody at a terminal can be asked.
    desk.run(&["restore", "--latest"]).one_sentence(2, &["--yes", "nothing was changed"]);
    let damaged = fs::read(desk.path("var/lunch.sqlite")).unwrap();
    desk.run(&["restore", "--latest", "--yes"]).says(
        0,
        &[
            "1 orders, newest date 2026-11-24 with 1 numbers",
            "is kept as",
            "on the kitchen's paper",
        ],
    );
    let listed = desk.run(&["order", "list"]).says(0, &[]);
    assert!(listed.out.contains("  1  ") && !listed.out.contains("  2  "), "{listed:#?}");

    let kept: Vec<_> = fs::read_dir(desk.path("var"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("lunch-replaced-"))
        .filter(|path| path.extension().is_some_and(|e| e == "sqlite"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert!(fs::read(&kept[0]).unwrap() == damaged, "the damaged file is kept as it was");
    let rights = fs::metadata(desk.path("var/lunch.sqlite")).unwrap().permissions().mode();
    assert_eq!(rights & 0o777, 0o600);
}

#[test]
fn a_copy_that_is_not_sound_is_passed_over() {
    let desk = Desk::new();
    desk.run(&PLACE).says(0, &[]);
    desk.run(&["backup"]).says(0, &[]);
    desk.at("09:50");
    desk.run(&PLACE).says(0, &[]);
    desk.run(&["backup"]).says(0, &[]);
    let made = copies(&desk, "var/backups");
    // Both are of one day: the last one stays.
    assert_eq!(made.len(), 1);
    fs::copy(&made[0], desk.path("var/backups/lunch-2026-11-25T140000.sqlite")).unwrap();
    damage(&desk.path("var/backups/lunch-2026-11-25T140000.sqlite"));
    desk.run(&["backup", "--list"]).says(3, &["2 orders", "can't be used", "Nothing was changed"]);
    desk.run(&["restore", "var/backups/lunch-2026-11-25T140000.sqlite", "--yes"])
        .says(2, &["can't be used", "choose another one"]);
    desk.run(&["restore", "--latest", "--yes"]).says(0, &["lunch-2026-11-24T09", "2 orders"]);
}

#[test]
fn nothing_is_restored_under_a_running_kiosk() {
    let desk = Desk::new();
    desk.run(&["backup"]).says(0, &[]);
    let running = Running::take(&desk.path("var")).unwrap();
    desk.run(&["restore", "--latest", "--yes"])
        .one_sentence(1, &["the kiosk is running", "Nothing was changed"]);
    desk.run(&["run", "--headless"]).says(1, &["a kiosk is running"]);
    drop(running);
    desk.run(&["restore", "--latest", "--yes"]).says(0, &[]);
}

#[test]
fn a_power_cut_in_the_middle_of_a_restore_leaves_one_of_the_two() {
    let desk = Desk::new();
    desk.run(&PLACE).says(0, &[]);
    desk.run(&["backup"]).says(0, &[]);
    desk.run(&PLACE).says(0, &[]);
    let database = desk.path("var/lunch.sqlite");
    let waiting = desk.path("var/lunch.sqlite.restoring");
    let copy = copies(&desk, "var/backups").remove(0);

    // Cut before anything was moved: what was there counts.
    fs::copy(&copy, &waiting).unwrap();
    let listed = desk.run(&["order", "list"]).says(0, &["  2  "]);
    assert!(!waiting.exists(), "{listed:#?}");

    // Cut after the old one was moved: the copy takes its place, and its old log does not come with it.
    fs::copy(&copy, &waiting).unwrap();
    fs::rename(&database, desk.path("var/lunch-replaced-20261124T014000Z.sqlite")).unwrap();
    fs::write(desk.path("var/lunch.sqlite-wal"), [7; 4096]).unwrap();
    let listed = desk.run(&["order", "list"]).says(0, &["  1  "]);
    assert!(!listed.out.contains("  2  "), "{listed:#?}");
}

#[test]
fn the_stick_gets_the_same_copy_and_its_absence_is_told() {
    let desk = with_stick();
    desk.run(&PLACE).says(0, &[]);
    desk.run(&["backup"]).says(3, &["backup var/backups", "no stick is at stick", "are safe"]);
    fs::create_dir(desk.path("stick")).unwrap();
    desk.run(&["backup"]).says(0, &["backup var/backups", "backup stick/lunch-2026-11-24T09"]);
    let (here, there) = (copies(&desk, "var/backups"), copies(&desk, "stick"));
    assert!(fs::read(&here[0]).unwrap() == fs::read(&there[0]).unwrap());
    desk.run(&["backup", "--list"]).says(0, &["stick", "1 orders"]);

    // This machine's card is lost; the stick alone brings everything back.
    fs::remove_dir_all(desk.path("var")).unwrap();
    desk.run(&["restore", "--latest", "--yes"]).says(0, &["stick/lunch-", "1 orders"]);
    desk.run(&["order", "list"]).says(0, &["  1  "]);
}

#[test]
fn a_folder_where_nothing_is_mounted_is_a_missing_stick() {
    let desk = with_stick();
    let settings = fs::read_to_string(desk.path("clubhouse.toml")).unwrap();
    desk.settings(&settings.replace("mounted = false", "mounted = true"));
    fs::create_dir(desk.path("stick")).unwrap();
    desk.run(&["backup"]).says(3, &["no stick is at stick"]);
    assert!(fs::read_dir(desk.path("stick")).unwrap().next().is_none(), "nothing was put there");
}

#[test]
fn half_a_copy_of_a_pulled_stick_is_cleared_away_and_other_files_stay() {
    let desk = with_stick();
    fs::create_dir(desk.path("stick")).unwrap();
    desk.write("stick/lunch-2026-11-20T140000.part", [1; 100]);
    desk.write("stick/holiday.jpg", [2; 100]);
    desk.run(&["backup"]).says(0, &[]);
    assert!(!desk.path("stick/lunch-2026-11-20T140000.part").exists());
    assert!(desk.path("stick/holiday.jpg").exists());
}

#[test]
fn a_copy_of_a_newer_program_is_refused() {
    let desk = Desk::new();
    desk.run(&["backup", "--to", "elsewhere"]).says(0, &["backup elsewhere/"]);
    let copy = copies(&desk, "elsewhere").remove(0);
    let db = rusqlite::Connection::open(&copy).unwrap();
    db.pragma_update(None, "user_version", 900).unwrap();
    drop(db);
    let file = copy.display().to_string();
    desk.run(&["restore", &file, "--yes"])
        .one_sentence(2, &["newer version", "Nothing was changed"]);
}
