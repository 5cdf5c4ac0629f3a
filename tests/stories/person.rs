//! One person's data at the command line: all of it to read, then none of it any more.

use std::fs::File;
use std::process::Command;

use crate::support::desk::{Desk, Said};

/// The id and the name of the first who lives behind a door.
fn who(desk: &Desk, door: &str) -> (String, String) {
    let found = desk.run(&["resident", "find", door]).says(0, &[door]).out;
    let line = found.lines().next().unwrap().to_owned();
    let mut words = line.split_whitespace().skip(3).map(ToOwned::to_owned);
    (words.next().unwrap(), words.next().unwrap())
}

/// Erases somebody with an answer typed in.
fn erase(desk: &Desk, id: &str, typed: &str) -> Said {
    desk.write("typed", format!("{typed}\n"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"));
    command.args(["resident", "erase", id]).stdin(File::open(desk.path("typed")).unwrap());
    desk.start(&mut command)
}

#[test]
fn a_person_is_written_out_and_erased_at_the_desk() {
    let desk = Desk::new();
    let (id, name) = who(&desk, "1-201");
    desk.run(&["resident", "top-up", "30", "--resident", &id]).says(0, &["30 yuan"]);

    desk.run(&["resident", "export", &id, "--to", "out"])
        .says(0, &["everything kept of 1-201 is in out", "money.json"]);
    let text =
        |list: &str| std::fs::read_to_string(desk.path(&format!("out/{list}.json"))).unwrap();
    assert!(text("resident").contains(&name));
    let money: serde_json::Value = serde_json::from_str(&text("money")).unwrap();
    assert_eq!(money[0]["amount_fen"], -3000);
    assert!(money[0]["at"].as_str().unwrap().starts_with("2026-11-24T01:4"), "{money}");
    desk.run(&["resident", "export", &id, "--to", "out"]).one_sentence(2, &["--force"]);

    // Money first; then the name, as it is written.
    desk.run(&["resident", "erase", &id, "--yes"]).one_sentence(2, &["30 yuan stand on"]);
    let (poor, poor_name) = who(&desk, "1-202");
    erase(&desk, &poor, "somebody else").says(2, &["nothing was erased"]);
    assert_eq!(who(&desk, "1-202").1, poor_name);
    erase(&desk, &poor, &poor_name).says(0, &["is erased", "backups"]);
    desk.run(&["resident", "erase", &poor, "--yes"]).says(0, &["nothing is kept"]);
    let again = desk.run(&["resident", "find", &poor_name]);
    assert!(!again.out.contains(&poor), "{again:?}");
}

#[test]
fn who_has_an_order_ahead_is_not_erased() {
    let desk = Desk::new();
    let (id, name) = who(&desk, "1-201");
    desk.run(&["order", "place", "--way", "eat-in", "--resident", &id]).says(0, &["eat-in"]);
    desk.run(&["resident", "erase", &id, "--yes"])
        .one_sentence(2, &["still open", "finish it first"]);
    assert_eq!(who(&desk, "1-201"), (id, name));
}
