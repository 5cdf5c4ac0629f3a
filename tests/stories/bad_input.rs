//! Bad input and bad machines: one clear sentence, the right exit code, nothing lost.

use std::process::Command;

use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::store::StoreError;

use crate::support::desk::{Desk, sample};
use crate::support::{Clubhouse, tuesday, wish};

/// Every byte of a desk's database.
fn database(desk: &Desk) -> Vec<u8> {
    std::fs::read(desk.path("var/lunch.sqlite")).unwrap()
}

/// A desk whose compound is imported, so that something could be lost.
fn drawn() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", "compound", &sample("compound.geojson")]).says(0, &["28 new"]);
    desk
}

#[test]
fn a_damaged_database_is_left_as_it_is() {
    let desk = Desk::new();
    let mut bytes = database(&desk);
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 16_384].fill(0xa5);
    std::fs::write(desk.path("var/lunch.sqlite"), &bytes).unwrap();
    for command in
        [&["order", "list"][..], &["order", "place", "--way", "eat-in"], &["day", "close"]]
    {
        desk.run(command).one_sentence(1, &["damaged", "Nothing in it was changed", "backups"]);
    }
    desk.run(&["doctor"]).says(1, &["wrong  database", "damaged", "OK     fonts"]);
    assert!(database(&desk) == bytes, "the damaged file was touched");
}

#[test]
fn a_text_file_is_no_database() {
    let desk = Desk::empty();
    std::fs::create_dir(desk.path("var")).unwrap();
    let letter = "Dear colleagues, lunch is at eleven.\n".repeat(200);
    desk.write("var/lunch.sqlite", &letter);
    desk.run(&["menu", "show"]).one_sentence(1, &["lunch.sqlite", "damaged"]);
    assert_eq!(database(&desk), letter.as_bytes());
}

#[test]
fn a_newer_database_is_not_touched() {
    let desk = drawn();
    let db = rusqlite::Connection::open(desk.path("var/lunch.sqlite")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    desk.run(&["menu", "show"]).one_sentence(1, &["newer version", "99"]);
}

#[test]
fn drawings_that_are_no_compound_change_nothing() {
    let desk = drawn();
    let drawing = std::fs::read_to_string(sample("compound.geojson")).unwrap();
    let line = |words: &str| drawing.lines().find(|l| l.contains(words)).unwrap();
    let building = line(r#""kind":"building","number":"3","#);
    let path = line(r#""kind":"path""#);
    let length = path.split("\"metres\":").nth(1).unwrap().split(['}', ',']).next().unwrap();
    let longer = path.replace(&format!("\"metres\":{length}"), "\"metres\":-5");
    let mut paths = 0;
    let pieces: Vec<&str> = drawing
        .lines()
        .filter(|l| {
            paths += usize::from(l.contains(r#""kind":"path""#));
            !l.contains(r#""kind":"path""#) || paths % 3 > 0
        })
        .collect();
    let half = &drawing[..drawing.len() / 2];
    let half = &half[..=half.rfind('{').unwrap()];
    for (name, text, words) in [
        ("half", half.to_owned(), &["half-written", "line"][..]),
        (
            "twice",
            drawing.replace(building, &format!("{building}\n{building}")),
            &["building 3", "twice"],
        ),
        ("negative", drawing.replace(path, &longer), &["metres", "-5"]),
        ("pieces", pieces.join("\n").replace(",\n]}", "\n]}"), &["in pieces", "no way"]),
        ("list", "[1, 2]".to_owned(), &["not a GeoJSON FeatureCollection"]),
        ("estate", r#"{"name": "x", "paths": {"nodes": []}}"#.to_owned(), &["nothing was changed"]),
    ] {
        let file = desk.write(&format!("{name}.geojson"), text);
        desk.run(&["import", "compound", &file]).one_sentence(2, words);
    }
    desk.write("latin.geojson", b"{\"name\": \"caf\xe9\"}");
    desk.run(&["import", "compound", "latin.geojson"]).one_sentence(2, &["UTF-8"]);
    desk.run(&["import", "compound", "missing.geojson"]).one_sentence(2, &["can't be read"]);
    desk.run(&["import", "compound", "."]).one_sentence(2, &["folder"]);
    desk.run(&["import", "compound", &sample("compound.geojson")])
        .says(0, &["0 new, 0 changed, 28 as before"]);
}

#[test]
fn a_building_that_is_not_drawn_any_more_keeps_its_people() {
    let desk = Desk::new();
    let drawing = std::fs::read_to_string(sample("compound.geojson")).unwrap();
    let without: Vec<&str> = drawing
        .lines()
        .filter(|l| {
            !l.contains(r#""number":"28""#) && !l.contains(r#""kind":"entrance","building":"28""#)
        })
        .collect();
    let file = desk.write("less.geojson", without.join("\n"));
    desk.run(&["import", "compound", &file])
        .says(0, &["building 28 is not drawn any more", "residents live there"]);
    desk.run(&["resident", "find", "28"]).says(0, &["28-"]);
    desk.run(&["import", "compound", &sample("compound.geojson")]).says(0, &["28 as before"]);
}

#[test]
fn people_behind_doors_that_do_not_exist_are_all_named_and_none_is_taken() {
    let desk = drawn();
    let id = "01a19467-e800-796d-be21-fecf664b0567";
    let rows = [
        "楼号,室号,姓名,类别,内部编号".to_owned(),
        format!("1,201,张三,老年餐,{id}"),
        "99,201,李四,老年餐,".to_owned(),
        "1,6001,王五,老年餐,".to_owned(),
        "1,299,赵六,老年餐,".to_owned(),
        format!("1,202,钱七,老年餐,{id}"),
        "1,203,孙八,皇帝,".to_owned(),
    ];
    let file = desk.write("people.csv", rows.join("\n"));
    desk.run(&["import", "residents", &file]).says(
        2,
        &[
            "5 rows are wrong; nothing was changed",
            "row 3: the compound has no building 99",
            "row 4:",
            "row 5:",
            "no flat 299",
            "row 6:",
            "already in row 2",
            "row 7:",
        ],
    );
    desk.run(&["resident", "find", "张三"]).one_sentence(2, &["nobody"]);
    desk.write("cut.csv", "楼号,室号,姓名,类别\n1,201,张");
    desk.run(&["import", "residents", "cut.csv"]).says(2, &["row 2", "cut off"]);
    desk.run(&["import", "residents", &sample("volunteers.csv")]).one_sentence(2, &["heading"]);
}

#[test]
fn a_badge_never_goes_from_one_volunteer_to_another_unseen() {
    let desk = Desk::new();
    desk.run(&["export", "volunteers", "v.csv"]).says(0, &["60"]);
    let list = std::fs::read_to_string(desk.path("v.csv")).unwrap();
    let swapped = list.replace(",101,", ",x,").replace(",102,", ",101,").replace(",x,", ",102,");
    desk.write("v.csv", swapped);
    desk.run(&["import", "volunteers", "v.csv"]).says(
        2,
        &[
            "2 rows are wrong",
            "row 2: badge 102 is worn by somebody else",
            "row 3: badge 101",
            "nothing was changed",
        ],
    );
}

#[test]
fn a_menu_without_a_price_changes_no_menu() {
    let desk = Desk::new();
    let week = std::fs::read_to_string(sample("menu.toml")).unwrap();
    let prices = week.lines().find(|l| l.starts_with("prices")).unwrap();
    for (text, words) in [
        (week.replacen(prices, "prices = {}", 1), &["tue", "no price"][..]),
        (week.replacen(&format!("{prices}\n"), "", 1), &["tue", "no price"]),
        (week.replacen("senior = 20", "senior = -20", 1), &["tue"]),
        (week.replacen("portions", "potions", 1), &["potions", "line"]),
        (week[..week.len() / 2].to_owned(), &["line"]),
    ] {
        let file = desk.write("menu.toml", text);
        desk.run(&["import", "menu", &file]).says(2, words);
    }
    desk.run(&["import", "menu", &sample("menu.toml"), "--from", "2026-11-01"])
        .one_sentence(2, &["is over"]);
    desk.run(&["menu", "show"]).says(0, &["senior 20"]);
}

#[test]
fn a_delivery_goes_only_to_a_door_that_exists() {
    let desk = Desk::new();
    let place = |door: &str| desk.run(&["order", "place", "--way", "delivery", "--door", door]);
    place("99-201").one_sentence(2, &["no door 99-201"]);
    place("1-6001").one_sentence(2, &["no door 1-6001"]);
    place("1-299").one_sentence(2, &["no door 1-299"]);
    place("1203").says(2, &["is not a door", "7-1203"]);
    desk.run(&["order", "place", "--way", "delivery"]).one_sentence(2, &["needs a resident"]);
    let person = desk.run(&["resident", "find", "1-201"]).says(0, &[]);
    let id = person.out.split_whitespace().find(|w| w.len() == 36).unwrap().to_owned();
    desk.run(&["order", "place", "--way", "delivery", "--resident", &id, "--door", "99-201"])
        .one_sentence(2, &["building 99 has no flat 201"]);
    desk.run(&["order", "list"]).says(0, &["0 orders"]);
}

#[test]
fn a_clock_set_back_sells_nothing() {
    let desk = Desk::empty();
    let far = "demonstration = \"2099-11-24T09:40\"\n";
    desk.settings(far);
    for (what, file) in [("compound", "compound.geojson"), ("menu", "menu.toml")] {
        desk.run(&["import", what, &sample(file)]).says(0, &["new"]);
    }
    desk.run(&["order", "place", "--way", "eat-in"]).says(0, &["   1  2099-11-24"]);
    // From here on the machine's own clock, some decades earlier.
    desk.settings("");
    let date = ["--date", "2099-11-24"];
    let on = |args: &[&str]| desk.run(&[args, &date[..]].concat());
    on(&["order", "ready", "1"]).one_sentence(2, &["clock", "2099-11-24", "set the clock first"]);
    on(&["order", "cancel", "1"]).one_sentence(2, &["set the clock first"]);
    on(&["day", "close"]).one_sentence(2, &["set the clock first"]);
    desk.run(&["doctor"]).says(1, &["wrong  clock", "2099-11-24"]);
    desk.settings(far);
    on(&["order", "ready", "1"]).says(0, &["ready"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let desk = Desk::empty();
    desk.write("occupied", "a plain file");
    // Below a plain file nobody can write, not even root.
    desk.settings("data = \"occupied/var\"\ndemonstration = \"2026-11-24T09:40\"\n");
    desk.run(&["menu", "show"]).one_sentence(1, &["occupied/var", "can't be made"]);
    desk.at("09:40");
    desk.run(&["import", "compound", &sample("compound.geojson")]).says(0, &[]);
    desk.run(&["export", "compound", "occupied/map.geojson"])
        .one_sentence(1, &["occupied/map.geojson", "can't be written"]);
    desk.run(&["export", "sample", "occupied/sample"]).one_sentence(1, &["occupied/sample"]);
    desk.run(&["export", "compound", "no/such/folder.geojson"])
        .one_sentence(1, &["can't be written"]);
    assert_eq!(std::fs::read_to_string(desk.path("occupied")).unwrap(), "a plain file");
}

#[test]
fn settings_that_are_wrong_name_themselves() {
    let desk = Desk::empty();
    desk.settings("name = \"x\"\n[times]\ndelivery_cutoff = \"10:00\"\n");
    desk.run(&["menu", "show"])
        .says(2, &["clubhouse.toml", "line 3", "delivery_cutoff", "delivery_cut_off"]);
    desk.settings("[times]\ndelivery_cut_off = \"25:00\"\n");
    desk.run(&["doctor"]).says(1, &["wrong  settings", "25:00"]);
    desk.run(&["--config", "missing.toml", "menu", "show"])
        .one_sentence(2, &["missing.toml", "can't be read"]);
    assert!(!desk.path("var").exists());
}

#[test]
fn a_full_disk_takes_no_half_order() {
    let c = Clubhouse::new();
    let first = c.counter.place(&wish(Fulfilment::EatIn), "desk").unwrap();
    // The database may not grow: SQLite answers as on a full disk.
    let full = |db: &rusqlite::Connection| -> Result<(), StoreError> {
        let pages: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0))?;
        let set: i64 =
            db.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0))?;
        assert_eq!(set, pages);
        Ok(())
    };
    c.house.store.read(full).unwrap();
    let mut placed = 1;
    let error = loop {
        match c.counter.place(&wish(Fulfilment::EatIn), "desk") {
            Ok(_) => placed += 1,
            Err(error) => break error,
        }
        assert!(placed < 200, "the disk never became full");
    };
    assert!(matches!(error, Error::Store(StoreError::DiskFull)), "{error}");
    assert!(error.to_string().contains("disk is full: nothing was changed"));
    let orders = c.counter.orders(tuesday()).unwrap();
    assert_eq!((orders.len(), orders[0].id), (placed, first.id));
    // The connection with the limit is gone; with room again, the next number follows without a gap.
    let next = c.counter.place(&wish(Fulfilment::EatIn), "desk").unwrap();
    assert_eq!(next.number as usize, placed + 1);
}

#[test]
fn files_that_may_not_grow_lose_nothing() {
    let desk = drawn();
    let bin = env!("CARGO_BIN_EXE_clubhouse-kiosk");
    // Blocks of 512 bytes; the signal is ignored, so that writing fails as on a broken disk.
    let limited = "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"";
    let list = sample("residents.csv");
    let mut import = Command::new("sh");
    import.args(["-c", limited, bin, "import", "residents", &list]);
    desk.start(&mut import).one_sentence(1, &["disk", "nothing was changed"]);
    let mut export = Command::new("sh");
    export.args([
        "-c",
        "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"",
        bin,
        "export",
        "sample",
        "out",
    ]);
    desk.start(&mut export).one_sentence(1, &["can't be written"]);
    assert_eq!(
        std::fs::read_dir(desk.path("out")).unwrap().count(),
        0,
        "a half-written file stayed"
    );
    desk.run(&["import", "residents", &list]).says(0, &["2000 new"]);
}
