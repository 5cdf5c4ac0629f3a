//! Papers seen from the desk: what is printed, what needs a person, where each queue goes.

use crate::support::desk::Desk;

fn two_printers(desk: &Desk, time: &str) {
    let targets = desk.path("stove.bin");
    desk.settings(&format!(
        "demonstration = \"2026-11-24T{time}\"
[printers.window]
target = \"simulated\"
[printers.stove]
target = \"file:{}\"
letters = \"gb18030\"
[queues.kitchen]
printer = \"stove\"
fallback = \"window\"
",
        targets.display()
    ));
}

#[test]
fn the_desk_lists_papers_and_prints_one_again() {
    let desk = Desk::new();
    desk.run(&["order", "place", "--way", "eat-in"]).says(0, &["eat-in"]);
    let listed = desk.run(&["papers", "list"]);
    let listed = listed.says(0, &["厨房单 1", "取餐单 1", "2 papers: 2 queued", "queue kitchen"]);
    let name = listed.out.lines().next().unwrap().split_whitespace().next().unwrap().to_owned();
    desk.run(&["papers", "reprint", &name]).one_sentence(2, &["on its way to the printer"]);
    desk.run(&["papers", "reprint", "nothing"]).one_sentence(2, &["no such paper"]);

    let db = rusqlite::Connection::open(desk.path("var/lunch.sqlite")).unwrap();
    db.execute("UPDATE print_jobs SET state = 'uncertain' WHERE kind = 'kitchen'", []).unwrap();
    desk.run(&["papers", "list", "--troubled"]).says(3, &["uncertain", "厨房单 1"]);
    desk.run(&["papers", "reprint", &name]).says(0, &["in its queue again"]);
    desk.run(&["papers", "list"]).says(0, &["marked 可能重复"]);
}

#[test]
fn the_desk_sends_a_queue_elsewhere_and_back() {
    let desk = Desk::new();
    two_printers(&desk, "09:40");
    desk.run(&["papers", "list"]).says(
        0,
        &["queue kitchen  stove; falls back to window", "queue rounds   window; no fall-back"],
    );
    desk.run(&["papers", "move", "kitchen", "attic"])
        .one_sentence(2, &["no printer is called “attic”", "stove, window"]);
    desk.run(&["papers", "move", "cellar", "stove"]).says(2, &["kitchen, counter, rounds"]);
    desk.run(&["papers", "move", "kitchen", "window"])
        .says(0, &["queue kitchen  window, sent there from stove"]);
    desk.run(&["papers", "move", "kitchen"]).says(0, &["queue kitchen  stove; falls back"]);
    desk.run(&["papers", "forecast"])
        .says(0, &["stove", "not known until the roll is changed once", "will bring about 0"]);
}

#[test]
fn a_lunch_can_be_put_on_paper_at_any_time() {
    let desk = Desk::new();
    desk.run(&["order", "place", "--way", "take-away", "--portions", "2"]).says(0, &["take-away"]);
    desk.run(&["day", "blackout"]).says(0, &["1 orders", "queued for the counter"]);
    desk.run(&["papers", "list"]).says(0, &["断电备用单"]);
    desk.run(&["day", "count", "--print", "--date", "tomorrow"]).says(0, &["preliminary"]);
    desk.run(&["papers", "list", "--date", "tomorrow"]).says(0, &["备餐数"]);
}
