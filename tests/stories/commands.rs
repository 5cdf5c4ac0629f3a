//! The staff's commands, run as they are typed, each in a clubhouse of its own.

use crate::support::desk::{Desk, sample};

#[test]
fn a_whole_day_at_the_desk() {
    let desk = Desk::new();
    desk.run(&["menu", "show"]).says(0, &["红烧大排", "300 left", "ordering  open"]);
    desk.run(&["roster", "add", "101", "102"]).says(0, &["2 volunteers on duty"]);
    desk.run(&[
        "order",
        "place",
        "--way",
        "delivery",
        "--door",
        "1-201",
        "--portions",
        "2",
        "--less-salt",
    ])
    .says(0, &["delivery", "x2", "1-201", "40 yuan", "due", "少盐"]);
    desk.run(&["order", "place", "--way", "delivery", "--door", "1-202", "--digits", "0286"])
        .says(0, &["1-202"]);
    desk.run(&["order", "place", "--way", "eat-in", "--note", "少点油"])
        .says(0, &["28 yuan", "少点油"]);
    desk.run(&["order", "place", "--way", "take-away", "--category", "senior"])
        .says(0, &["20 yuan"]);
    desk.run(&["order", "amend", "1", "--portions", "1", "--less-salt=false"])
        .says(0, &["x1", "20 yuan"]);
    desk.run(&["order", "cancel", "4"]).says(0, &["nothing had been paid"]);
    desk.run(&["order", "pay", "3"]).says(0, &["28 yuan (cash)"]);
    desk.run(&["order", "pay", "3"]).one_sentence(2, &["not waiting for payment"]);
    desk.run(&["order", "list"])
        .says(0, &["3 orders stand", "portions 1 eat-in, 0 take-away, 2 delivery"]);
    desk.run(&["order", "show", "1"])
        .says(0, &["placed, amended", "kitchen", "范敏", "owed      20 yuan"]);
    desk.run(&["order", "ready", "3"]).says(0, &["number 3 is ready"]);
    desk.run(&["order", "collected", "3"]).says(0, &["collected"]);
    desk.run(&["rounds", "plan"]).one_sentence(2, &["after the cut-off"]);

    desk.at("10:05");
    desk.run(&["order", "cancel", "1"]).one_sentence(2, &["closed at 10:00"]);
    desk.run(&["rounds", "plan"]).says(0, &["2 doors", "queued"]);
    desk.run(&["rounds", "show"]).says(0, &["1-201", "1-202", "collect 20 yuan"]);
    desk.run(&["day", "count", "--print"]).says(0, &["3 portions", "final count"]);

    desk.at("11:20");
    desk.run(&["order", "visit", "1", "delivered"]).says(0, &["delivered"]);
    desk.run(&["order", "visit", "1", "delivered"]).one_sentence(2, &["already recorded"]);
    desk.run(&["order", "correct", "1", "--outcome", "no-answer"])
        .says(0, &["number 1 is returned", "0 yuan are owed", "welfare list"]);
    desk.run(&["order", "correct", "1", "--outcome", "lost"]).says(2, &["left-with"]);
    desk.run(&["order", "correct", "1", "--outcome", "left-with"])
        .one_sentence(2, &["--left-with"]);
    desk.run(&["order", "correct", "2", "--outcome", "refused"])
        .one_sentence(2, &["order visit 2"]);
    desk.run(&[
        "order",
        "correct",
        "1",
        "--outcome",
        "left-with",
        "--left-with",
        "女儿",
        "--cash",
        "20",
    ])
    .says(0, &["number 1 is delivered, paid; 0 yuan"]);
    desk.run(&["order", "show", "1"])
        .says(0, &["no answer, cash 0 yuan, by staff", "left with 女儿, cash 20 yuan, by staff"]);
    desk.run(&["order", "visit", "2", "left-with"]).one_sentence(2, &["--with"]);
    desk.run(&["order", "visit", "2", "no-answer"]).says(0, &["returned", "welfare check"]);
    desk.run(&["welfare", "list"]).says(0, &["1-202", "leader: 严家骏", "1 welfare check"]);
    desk.run(&["day", "check"])
        .says(3, &["lunch is served until 12:30", "welfare check is open for number 2"]);
    desk.run(&["day", "close"]).says(2, &["- lunch is served", "- a welfare check"]);

    desk.at("12:40");
    desk.run(&["day", "close"]).says(2, &["a welfare check"]);
    desk.run(&["welfare", "close", "2", "--finding", " ", "--by", "严家骏"])
        .one_sentence(2, &["write what was found"]);
    desk.run(&["welfare", "close", "2", "--finding", "在女儿家", "--by", "严家骏"])
        .says(0, &["closed"]);
    desk.run(&["day", "close"]).says(
        0,
        &[
            "numbers 1 to 4",
            "cancelled",
            "returned",
            "cash               48 yuan",
            "backup",
            "tally",
        ],
    );
    assert_eq!(std::fs::read_dir(desk.path("var/backups")).unwrap().count(), 1);
    let date = "2026-11-24";
    desk.run(&["day", "close", "--date", date]).one_sentence(2, &["closed"]);
    desk.run(&["order", "pay", "2", "--date", date]).one_sentence(2, &["nothing more can change"]);
    desk.run(&["day", "figures", "--date", date]).says(0, &["2 portions", "visits no answer"]);
}

#[test]
fn a_menu_is_changed_sold_out_and_a_date_closed() {
    let desk = Desk::new();
    desk.run(&["menu", "price", "senior", "18.50"]).says(0, &["18.50"]);
    desk.run(&["order", "place", "--way", "eat-in", "--category", "senior"])
        .says(0, &["18.50 yuan"]);
    desk.run(&[
        "menu",
        "dish",
        "2",
        "--zh",
        "清炒虾仁",
        "--en",
        "Shrimps",
        "--allergens",
        "shellfish",
    ])
    .says(0, &["2. 清炒虾仁 Shrimps [shellfish]", "3. 炒空心菜"]);
    desk.run(&["menu", "dish", "7", "--zh", "汤", "--en", "Soup", "--allergens", "none"])
        .one_sentence(2, &["no place 7"]);
    desk.run(&["menu", "portions", "3"]).says(0, &["3 portions, 2 of them left"]);
    desk.run(&["order", "place", "--way", "eat-in", "--portions", "3"])
        .one_sentence(2, &["only 2 portions"]);
    desk.run(&["menu", "sold-out"]).says(0, &["sold out"]);
    desk.run(&["menu", "sell-again"]).says(0, &["portions are for sale"]);
    desk.run(&["menu", "sold-out"]).says(0, &["sold out"]);
    desk.run(&["order", "place", "--way", "eat-in"]).one_sentence(2, &["only 0 portions"]);
    desk.run(&["menu", "close", "today", "--reason", "停电"]).one_sentence(2, &["1 orders stand"]);
    desk.run(&["menu", "close", "tomorrow", "--reason", "停电"])
        .says(0, &["2026-11-25 is closed: 停电"]);
    desk.run(&["order", "place", "--way", "eat-in", "--date", "tomorrow"])
        .one_sentence(2, &["停电"]);
    desk.run(&["menu", "show", "--date", "tomorrow"]).says(0, &["closed: 停电", "2026-11-26"]);
    desk.run(&["menu", "open", "tomorrow"]).says(0, &["open again"]);
    desk.run(&["order", "place", "--way", "eat-in", "--date", "tomorrow"]).says(0, &["2026-11-25"]);
    desk.run(&["menu", "show", "--date", "24.11."]).says(2, &["is not a day", "2026-11-24"]);
}

#[test]
fn a_resident_is_found_and_has_an_account_and_a_card() {
    let desk = Desk::new();
    desk.run(&["resident", "find", "1-202"]).says(0, &["刘维忠", "唐爱珍", "13900000286"]);
    desk.run(&["resident", "find", "范敏"]).says(0, &["1-201"]);
    desk.run(&["resident", "find", "无此人"]).one_sentence(2, &["无此人"]);
    desk.run(&["resident", "balance", "--door", "1-202"])
        .one_sentence(2, &["2 people", "--digits"]);
    desk.run(&["resident", "balance", "--door", "1-202", "--digits", "9999"])
        .one_sentence(2, &["nobody at 1-202"]);
    desk.run(&["resident", "balance"]).one_sentence(2, &["say who"]);
    let account = ["--way", "eat-in", "--door", "1-201", "--account"];
    let place = || desk.run(&[&["order", "place"][..], &account[..]].concat());
    place().one_sentence(2, &["holds 0", "20 are needed"]);
    desk.run(&["resident", "top-up", "0", "--door", "1-201"]).one_sentence(2, &["nothing to put"]);
    desk.run(&["resident", "top-up", "50", "--method", "account", "--door", "1-201"])
        .says(2, &["cash, other"]);
    desk.run(&["resident", "top-up", "50", "--door", "1-201"]).says(0, &["holds 50 yuan"]);
    place().says(0, &["paid (account)"]);
    desk.run(&["order", "cancel", "1"]).says(0, &["20 yuan are back on the account"]);
    desk.run(&["resident", "balance", "--door", "1-201"]).says(0, &["holds 50 yuan"]);

    let issued = desk
        .run(&["resident", "card", "issue", "--door", "1-201", "--qr", "card.png"])
        .says(0, &["C1."]);
    let code = issued.out.lines().next().unwrap().to_owned();
    assert!(clubhouse_kiosk::counter::is_card_code(&code), "{code}");
    assert!(std::fs::read(desk.path("card.png")).unwrap().starts_with(b"\x89PNG"));
    desk.run(&["resident", "card", "issue", "--door", "1-201", "--qr", "card.png"])
        .one_sentence(2, &["there already", "nothing was changed"]);
    desk.run(&["resident", "card", "block", "--door", "1-201"]).says(0, &["1 card is blocked"]);
}

#[test]
fn lists_come_in_and_go_out_unchanged() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    for (what, file) in [("residents", "residents.csv"), ("volunteers", "volunteers.csv")] {
        desk.run(&["export", what, file]).says(0, &[what, file]);
        let mode = std::fs::metadata(desk.path(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
        desk.run(&["import", what, file]).says(0, &["0 new, 0 changed"]);
        desk.run(&["export", what, file]).one_sentence(2, &["there already", "--force"]);
        desk.run(&["export", what, file, "--force"]).says(0, &[file]);
    }
    desk.run(&["export", "compound", "."]).says(0, &["28 buildings"]);
    desk.run(&["import", "compound", "compound.geojson"])
        .says(0, &["0 new, 0 changed, 28 as before"]);
    desk.run(&["export", "menu", "menu.toml"]).says(0, &["menus"]);
    desk.run(&["import", "menu", "menu.toml"]).says(0, &["0 new, 0 changed"]);

    desk.run(&["order", "place", "--way", "eat-in", "--note", "=1+1"]).says(0, &["28 yuan"]);
    desk.run(&["export", "orders", "orders.csv", "--from", "today", "--until", "today"])
        .says(0, &["1 orders"]);
    let orders = std::fs::read_to_string(desk.path("orders.csv")).unwrap();
    assert!(
        orders.starts_with('\u{feff}') && orders.contains("'=1+1") && orders.ends_with("\r\n"),
        "{orders}"
    );
    desk.run(&["export", "ledger", "ledger.csv"]).says(0, &["2 ledger entries"]);
    let ledger = std::fs::read_to_string(desk.path("ledger.csv")).unwrap();
    assert!(ledger.contains(",餐费收入,-28,") && ledger.contains(",应收,28,"), "{ledger}");
    desk.run(&["export", "orders", "none.csv", "--until", "2020-01-01"]).says(0, &["0 orders"]);

    desk.run(&["export", "sample", "again"]).says(0, &["menu.toml"]);
    for file in ["compound.geojson", "residents.csv", "volunteers.csv", "menu.toml"] {
        let same = std::fs::read(desk.path("again").join(file)).unwrap()
            == std::fs::read(sample(file)).unwrap();
        assert!(same, "{file} differs from the shipped one");
    }
    let parts = std::fs::read_dir(desk.folder.path()).unwrap().filter_map(Result::ok);
    assert!(!parts.into_iter().any(|e| e.path().extension().is_some_and(|x| x == "part")));
}

#[test]
fn a_list_without_ids_makes_nobody_twice() {
    let desk = Desk::new();
    let list = std::fs::read_to_string(sample("residents.csv")).unwrap();
    let without: String = list
        .lines()
        .map(|line| line.rsplit_once(',').map_or(String::new(), |(row, _)| format!("{row}\n")))
        .collect();
    let file = desk.write("office.csv", without.replace("13900000349", "13911112222"));
    desk.run(&["import", "residents", &file, "--dry-run"])
        .says(0, &["0 new, 1 changed, 1999 as before", "dry run"]);
    desk.run(&["resident", "find", "范敏"]).says(0, &["13900000349"]);
    desk.run(&["import", "residents", &file]).says(0, &["0 new, 1 changed"]);
    desk.run(&["resident", "find", "范敏"]).says(0, &["13911112222"]);
}

#[test]
fn a_short_list_or_a_workbook_takes_nothing_away() {
    let desk = Desk::new();
    let heading = "楼号,室号,姓名,类别,忌口,备注\n";
    let full = desk.write("full.csv", format!("{heading}1,201,范敏,老年餐,花生,耳朵背\n"));
    desk.run(&["import", "residents", &full]).says(0, &["0 new, 1 changed"]);
    let short = desk.write("short.csv", "楼号,室号,姓名,类别\n1,201,范敏,访客\n");
    desk.run(&["import", "residents", &short]).says(0, &["0 new, 1 changed", "1999 on record"]);
    desk.run(&["import", "residents", &short]).says(0, &["0 new, 0 changed, 1 as before"]);
    desk.run(&["export", "residents", "after.csv"]).says(0, &["2000"]);
    let after = std::fs::read_to_string(desk.path("after.csv")).unwrap();
    let row = after.lines().find(|l| l.starts_with("1,201,范敏")).unwrap();
    assert!(row.contains(",访客,花生,") && row.contains(",耳朵背,"), "{row}");

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (heading, cell)) in
        [("楼号", "1"), ("室号", "201"), ("姓名", "范敏"), ("类别", "老年餐")].iter().enumerate()
    {
        sheet.write_string(0, column as u16, *heading).unwrap();
        sheet.write_string(1, column as u16, *cell).unwrap();
    }
    std::fs::write(desk.path("list.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    desk.run(&["import", "residents", "list.xlsx", "--dry-run"])
        .says(0, &["0 new, 1 changed", "dry run"]);
    desk.run(&["import", "residents", "list.xlsx"]).says(0, &["0 new, 1 changed"]);
}

#[test]
fn doors_nobody_can_carry_to_are_named() {
    let desk = Desk::new();
    let row = "姓名,身份,编号,口令,容量,最长分钟\n小力,邻居,900,1234,2,60\n";
    let file = desk.write("one.csv", row);
    desk.run(&["import", "volunteers", &file])
        .says(0, &["1 new", "60 on record are not in the file"]);
    desk.run(&["roster", "add", "900"]).says(0, &["room for 2 meals"]);
    desk.run(&["roster", "add", "900", "7777"]).one_sentence(2, &["7777", "nothing was changed"]);
    for door in ["1-201", "2-201"] {
        let person = desk.run(&["resident", "find", door]).says(0, &[]);
        let id = person.out.split_whitespace().find(|w| w.len() == 36).unwrap().to_owned();
        desk.run(&[
            "order",
            "place",
            "--way",
            "delivery",
            "--portions",
            "2",
            "--resident",
            &id,
            "--substitute",
        ])
        .says(0, &["delivery"]);
    }
    desk.at("10:05");
    desk.run(&["rounds", "plan"]).says(3, &["left out: number", "1 doors"]);
    desk.run(&["roster", "remove", "900"]).says(0, &["nobody is on duty"]);
    desk.run(&["rounds", "plan"]).one_sentence(2, &["no volunteer is on duty"]);
}

#[test]
fn papers_are_printed_again_only_once_they_were_printed() {
    let desk = Desk::new();
    desk.run(&["order", "place", "--way", "eat-in"]).says(0, &["eat-in"]);
    desk.run(&["order", "reprint", "1"]).one_sentence(2, &["wait to be printed"]);
    desk.run(&["order", "reprint", "9"]).one_sentence(2, &["no order with number 9"]);
    let db = rusqlite::Connection::open(desk.path("var/lunch.sqlite")).unwrap();
    db.execute("UPDATE print_jobs SET state = 'confirmed'", []).unwrap();
    desk.run(&["order", "reprint", "1", "--queue", "kitchen"])
        .says(0, &["厨房单 of number 1 is queued again"]);
    desk.run(&["order", "show", "1"])
        .says(0, &["kitchen 厨房单: queued, marked as a possible duplicate"]);
    desk.at("13:00");
    desk.run(&["order", "reprint", "1", "--queue", "counter"])
        .one_sentence(2, &["once lunch is over"]);
}

#[test]
fn test_pages_and_the_doctor_say_what_to_mend() {
    let desk = Desk::new();
    desk.run(&["print-test"]).says(0, &["window", "simulated"]);
    desk.run(&["print-test", "--printer", "stove"]).one_sentence(2, &["stove", "window"]);
    desk.run(&["doctor"])
        .says(3, &["OK     database", "28 buildings", "2000 residents", "look   display"]);
    let file = desk.path("paper.bin");
    let settings = |second: &str| {
        format!(
            "demonstration = \"2026-11-24T09:40\"\n[printers.window]\ntarget = \"file:{}\"\n[printers.stove]\ntarget = \"{second}\"\n",
            file.display()
        )
    };
    desk.settings(&settings("device:/dev/no-such-printer"));
    desk.run(&["print-test"])
        .says(3, &["stove", "not printed", "window", "look whether the page came out"]);
    assert!(std::fs::metadata(&file).unwrap().len() > 1000);
    desk.run(&["print-test", "--printer", "stove"]).says(1, &["no test page came out"]);
    desk.run(&["doctor"])
        .says(1, &["wrong  printer stove", "switch it on", "OK     printer window"]);
}

#[test]
fn help_is_written_for_a_person() {
    let desk = Desk::empty();
    for (args, words) in [
        (&["--help"][..], &["Usage", "menu", "roster", "Exit codes"][..]),
        (&["order", "place", "--help"], &["eat-in, take-away or delivery", "--door"]),
        (&["day", "close", "--help"], &["backup"]),
        (&["import", "--help"], &["--dry-run", "compound"]),
    ] {
        desk.run(args).says(0, words);
    }
    desk.run(&["order", "place", "--way", "drone"])
        .says(2, &["drone", "eat-in, take-away, delivery"]);
    desk.run(&["order", "place", "--way", "eat-in", "--portions", "9"])
        .says(2, &["1 to 4 portions"]);
    desk.run(&["order", "visit", "1", "lost"]).says(2, &["left-with"]);
    assert!(!desk.path("var").exists(), "asking for help leaves nothing behind");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"));
    command.args(["roster", "volunteers"]).current_dir(folder.path());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut running = command.spawn().unwrap();
    drop(running.stdout.take());
    let ended = running.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success() && !said.contains("panicked"), "{said}");
}

#[test]
fn the_rounds_are_put_right_moved_explained_and_counted_at_the_desk() {
    let desk = Desk::new();
    desk.run(&["roster", "add", "101", "102", "--from", "11:00", "--until", "12:15"])
        .says(0, &["2 volunteers on duty"]);
    desk.run(&["roster", "add", "103"]).says(0, &["3 volunteers on duty"]);
    desk.run(&["roster", "show"]).says(0, &["from 11:00 until 12:15", "leads building 1"]);
    desk.run(&["roster", "add", "104", "--from", "12:00", "--until", "11:00"])
        .one_sentence(2, &["ends before it begins"]);
    let order = |id: &str, more: &[&str]| {
        let args = ["order", "place", "--way", "delivery", "--substitute", "--resident", id];
        desk.run(&[&args[..], more].concat())
    };
    let who: Vec<String> = ["1-201", "2-201", "3-201", "5-201", "6-201"]
        .iter()
        .map(|door| {
            let found = desk.run(&["resident", "find", door]).says(0, &[]).out;
            found.split_whitespace().find(|w| w.len() == 36).unwrap().to_owned()
        })
        .collect();
    for id in &who[..4] {
        order(id, &[]).says(0, &["delivery"]);
    }
    desk.run(&["rounds", "replan"]).one_sentence(2, &["after the cut-off"]);
    desk.at("10:05");
    desk.run(&["rounds", "replan"]).one_sentence(2, &["no rounds are planned"]);
    desk.run(&["rounds", "how-many"]).says(0, &["of the 3 on duty are enough for 4 doors"]);
    desk.run(&["rounds", "plan"]).says(0, &["to 4 doors", "papers are queued"]);
    desk.run(&["rounds", "replan"]).says(0, &["no round changes"]);

    order(&who[4], &[]).one_sentence(2, &["closed at 10:00"]);
    order(&who[4], &["--late"]).says(0, &["1 door (5) more"]);
    desk.run(&["order", "cancel", "2", "--late"]).says(0, &["is cancelled", "(2)"]);
    desk.run(&["rounds", "move", "1", "104"]).one_sentence(2, &["not on duty"]);
    desk.run(&["rounds", "move", "77", "103"]).one_sentence(2, &["no such order"]);
    for badge in ["102", "103"] {
        desk.run(&["rounds", "move", "1", badge]).says(0, &[]);
    }
    desk.run(&["rounds", "pin", "1"]).says(0, &["stays with its volunteer", "no round changes"]);
    desk.run(&["rounds", "show"]).says(0, &["pinned", "103"]);
    desk.run(&["rounds", "explain", "1"]).says(0, &["number 1 (1 meal", "pinned", "103"]);
    desk.run(&["rounds", "explain", "1", "--zh"]).says(0, &["1 号餐", "由 103 送", "已手工指定"]);
    desk.run(&["rounds", "unpin", "1"]).says(0, &["may change hands"]);
    desk.run(&["rounds", "swap", "103", "101"]).says(0, &["of 101"]);
    desk.run(&["rounds", "lift-out", "1"]).says(0, &["the lift of building 1 is out"]);
    desk.run(&["rounds", "lift-out", "1"]).one_sentence(2, &["no lift that is working"]);
    desk.run(&["rounds", "lift-out", "99"]).one_sentence(2, &["no building 99"]);
    desk.run(&["rounds", "lift-back", "1"]).says(0, &["works again"]);
    desk.run(&["roster", "remove", "101"]).says(0, &["2 volunteers on duty", "is off"]);
    let shown = desk.run(&["rounds", "show"]).says(0, &["number   1", "number   5"]).out;
    assert!(!shown.contains("number   2"), "{shown}");
}
