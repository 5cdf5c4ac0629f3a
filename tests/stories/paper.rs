//! From the order to paper: each once, in time, and marked when it is not.

use clubhouse_hardware::printer::{Fault, PaperWidth, Profile, ReplyFault, Status};
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::Amendment;
use clubhouse_kiosk::domain::{Fulfilment, Portions, PrintJobState, PrintQueue};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::store::print_jobs::{self, PrintJob};

use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::printing;
use clubhouse_kiosk::tickets::{Layouter, Marks, picture};

use crate::support::{Clubhouse, tuesday, wish};

fn jobs(c: &Clubhouse) -> Vec<PrintJob> {
    c.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, tuesday())?)).unwrap()
}

fn states(c: &Clubhouse) -> Vec<(&'static str, PrintJobState)> {
    jobs(c).iter().map(|j| (j.ticket.kind(), j.state)).collect()
}

/// A clubhouse whose printer has printed an order already.
fn warmed_up() -> Clubhouse {
    let mut c = Clubhouse::new();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.print();
    c
}

/// A clubhouse whose rule reprints nothing; the cable was cut in the middle of the third paper, and
/// is mended.
fn cut_off_without_the_rule() -> Clubhouse {
    let mut settings = Settings::default();
    settings.printing.reprint_uncertain = false;
    let mut c = Clubhouse::with(settings);
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.print();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.printer.fail_after(1_000, Fault::Disconnected);
    c.print();
    c.printer.set_fault(Fault::Disconnected, false);
    c.print();
    c
}

#[test]
fn an_order_brings_one_ticket_and_one_slip() {
    let mut c = Clubhouse::new();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    assert_eq!(c.print(), 2);
    assert_eq!(
        states(&c),
        [("kitchen", PrintJobState::Confirmed), ("slip", PrintJobState::Confirmed)]
    );
    assert_eq!(c.printer.receipts().len(), 2);
    assert_eq!(c.print(), 0, "nothing comes out twice");
}

#[test]
fn an_order_for_tomorrow_waits_for_the_morning() {
    let mut c = Clubhouse::new();
    let mut order = wish(Fulfilment::EatIn);
    order.date = tuesday().next();
    c.counter.place(&order, "kiosk").unwrap();
    assert_eq!(c.print(), 1, "the slip, at once");
    c.house.clock.set("2026-11-25T08:00:00+08:00".parse().unwrap());
    assert_eq!(c.print(), 1, "the kitchen's ticket, in the morning");
}

#[test]
fn a_change_after_paper_brings_a_strip_and_before_paper_a_new_ticket() {
    use PrintJobState::{Confirmed, Queued, Superseded};

    let mut c = Clubhouse::new();
    let order = c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    let two = Amendment { portions: Some(Portions::new(2).unwrap()), ..Amendment::default() };
    c.counter.amend(order.id, &two, "kiosk").unwrap();
    assert_eq!(
        states(&c),
        [("kitchen", Superseded), ("slip", Superseded), ("kitchen", Queued), ("slip", Queued)]
    );
    c.print();
    let three = Amendment { portions: Some(Portions::new(3).unwrap()), ..Amendment::default() };
    c.counter.amend(order.id, &three, "kiosk").unwrap();
    c.counter.amend(order.id, &two, "kiosk").unwrap();
    let kitchen = jobs(&c)
        .into_iter()
        .filter(|j| j.queue == PrintQueue::Kitchen)
        .map(|j| (j.ticket.kind(), j.state));
    assert_eq!(
        kitchen.collect::<Vec<_>>(),
        [("kitchen", Superseded), ("kitchen", Confirmed), ("changed", Superseded)],
        "back to what is on paper: no strip is needed"
    );
    c.counter.cancel(order.id, "kiosk").unwrap();
    c.print();
    assert_eq!(jobs(&c).iter().filter(|j| j.ticket.kind() == "void").count(), 1);
    assert!(jobs(&c).iter().all(|j| j.state != Queued));
}

#[test]
fn paper_out_holds_the_queue_and_a_new_roll_lets_it_go_on() {
    let mut c = Clubhouse::new();
    c.printer.set_fault(Fault::PaperOut, true);
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    assert_eq!(c.print(), 0);
    assert_eq!(c.board.worst(), Status::PaperOut);
    assert!(jobs(&c).iter().all(|j| j.state == PrintJobState::Queued && j.attempts == 0));
    c.printer.load_paper(None);
    assert_eq!(c.print(), 3);
    assert_eq!(c.printer.receipts().len(), 3);
    let printed: Vec<_> = jobs(&c).iter().map(|j| (j.ticket.kind(), j.state)).collect();
    assert_eq!(printed[2], ("roll_line", PrintJobState::Confirmed), "{printed:?}");
    let first = c.printer.receipts()[0].bitmap.height();
    assert!(first < 250, "the line on the new roll comes first and is short: {first} dots");
    assert_eq!(c.board.worst(), Status::Ready);
    assert_eq!(c.print(), 0, "one roll, one line");
}

#[test]
fn a_roll_that_runs_out_in_the_middle_is_a_new_roll_too_and_a_lifted_cover_is_none() {
    let mut c = warmed_up();
    let lines = |c: &Clubhouse| jobs(c).iter().filter(|j| j.ticket.kind() == "roll_line").count();
    c.printer.set_fault(Fault::CoverOpen, true);
    assert_eq!(c.print(), 0);
    c.printer.set_fault(Fault::CoverOpen, false);
    assert_eq!((c.print(), lines(&c)), (0, 0), "the cover alone means nothing");
    c.printer.set_fault(Fault::PaperLow, true);
    c.print();
    c.printer.set_fault(Fault::PaperLow, false);
    assert_eq!((c.print(), lines(&c)), (0, 0), "a sensor flickers");
    c.printer.set_fault(Fault::PaperLow, true);
    c.print();
    c.printer.set_fault(Fault::CoverOpen, true);
    c.print();
    c.printer.set_fault(Fault::PaperLow, false);
    c.printer.set_fault(Fault::CoverOpen, false);
    assert_eq!((c.print(), lines(&c)), (1, 1), "changed before it ran out");
}

#[test]
fn one_missed_look_is_not_a_fault_and_two_are() {
    let mut c = warmed_up();
    c.printer.set_fault(Fault::PoweredOff, true);
    c.print();
    assert_eq!(c.board.worst(), Status::Ready);
    c.print();
    assert_eq!(c.board.worst(), Status::Disconnected);
    c.printer.set_fault(Fault::PoweredOff, false);
    c.print();
    assert_eq!(c.board.worst(), Status::Ready, "what is mended shows at once");
}

#[test]
fn a_printer_that_never_answers_has_sent_its_papers_and_confirmed_none() {
    let mut settings = Settings::default();
    settings.printers.get_mut("window").unwrap().profile = Profile::WriteOnly;
    let mut c = Clubhouse::with(settings);
    c.printer.set_reply_fault(ReplyFault::Missing);
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    assert_eq!(c.print(), 2);
    assert_eq!(states(&c), [("kitchen", PrintJobState::Sent), ("slip", PrintJobState::Sent)]);
    assert_eq!(c.printer.receipts().len(), 2);
}

#[test]
fn without_the_rule_a_doubtful_paper_waits_for_a_person() {
    let mut c = cut_off_without_the_rule();
    let needy = |c: &Clubhouse| {
        c.house.store.read(|db| Ok::<_, Error>(print_jobs::troubled(db, tuesday())?)).unwrap()
    };
    let [doubtful] = needy(&c).try_into().unwrap();
    assert_eq!(doubtful.state, PrintJobState::Uncertain);
    assert!(jobs(&c).iter().all(|j| !j.duplicate));
    let before = c.printer.receipts().len();
    clubhouse_kiosk::printing::reprint(&c.house, doubtful.id).unwrap();
    assert!(needy(&c).is_empty(), "its copy is on its way");
    assert_eq!(c.print(), 1);
    assert!(jobs(&c).last().unwrap().duplicate);
    assert_eq!(c.printer.receipts().len(), before + 1);
}

#[test]
fn a_doubtful_paper_that_is_found_is_in_doubt_no_more() {
    let mut c = cut_off_without_the_rule();
    let printed = c.printer.receipts().len();
    assert_eq!(c.board.doubtful(), 1, "{:?}", states(&c));
    let doubtful = jobs(&c).into_iter().find(|j| j.state == PrintJobState::Uncertain).unwrap();
    printing::found(&c.house, doubtful.id).unwrap();
    c.print();
    assert_eq!(c.board.doubtful(), 0);
    assert!(printing::found(&c.house, doubtful.id).is_err(), "once");
    assert_eq!(c.printer.receipts().len(), printed, "nothing was printed again");
}

#[test]
fn a_cable_cut_in_the_middle_makes_the_ticket_uncertain_and_its_second_paper_marked() {
    let mut c = warmed_up();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.printer.fail_after(1_000, Fault::Disconnected);
    c.print();
    let first = jobs(&c).remove(2);
    assert_eq!(first.state, PrintJobState::Uncertain);
    c.printer.set_fault(Fault::Disconnected, false);
    c.print();
    let again: Vec<_> = jobs(&c).into_iter().filter(|j| j.duplicate).collect();
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].ticket.clone(), again[0].state), (first.ticket, PrintJobState::Confirmed));
}

#[test]
fn a_program_that_stopped_in_the_middle_does_not_print_unmarked_again() {
    let mut c = Clubhouse::new();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    let job = jobs(&c).remove(0);
    let now = c.house.clock.now();
    c.house
        .store
        .write(|tx| Ok::<_, Error>(print_jobs::begin(tx, job.id, "window", now)?))
        .unwrap();
    clubhouse_kiosk::printing::recover(&c.house).unwrap();
    c.print();
    let kitchen: Vec<_> = jobs(&c).into_iter().filter(|j| j.queue == PrintQueue::Kitchen).collect();
    assert_eq!(
        kitchen.iter().map(|j| (j.state, j.duplicate)).collect::<Vec<_>>(),
        [(PrintJobState::Uncertain, false), (PrintJobState::Confirmed, true),]
    );
}

#[test]
fn a_picture_broken_off_is_made_up_for_although_the_cable_comes_out_once_more() {
    let mut c = warmed_up();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.printer.fail_after(10_000, Fault::Disconnected);
    c.print();
    assert_eq!(jobs(&c)[2].state, PrintJobState::Uncertain);
    // Two looks of twelve bytes, and the cable comes out while the picture is being filled up.
    c.printer.fail_after(2 * 12 + 100, Fault::Disconnected);
    c.printer.set_fault(Fault::Disconnected, false);
    c.print();
    let copy = jobs(&c).pop().unwrap();
    assert_eq!((copy.duplicate, copy.state, copy.attempts), (true, PrintJobState::Queued, 2));
    c.printer.set_fault(Fault::Disconnected, false);
    assert_eq!(c.print(), 2);
    let fonts = Fonts::load(None).unwrap();
    let mut layouter = Layouter::new(&fonts).unwrap();
    let marks = Marks { late: None, possibly_duplicate: true };
    let whole = picture(&copy.ticket, &marks, &mut layouter, PaperWidth::Mm80).unwrap();
    let receipts = c.printer.receipts();
    let tail = 24 * whole.row_bytes();
    let printed = receipts[2].bitmap.bytes();
    assert!(
        printed[..printed.len() - tail].ends_with(whole.bytes()),
        "half a ticket was confirmed"
    );
}

#[test]
fn yesterdays_backlog_never_floods_the_morning() {
    let mut c = Clubhouse::new();
    c.printer.set_fault(Fault::PoweredOff, true);
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.print();
    c.printer.set_fault(Fault::PoweredOff, false);
    c.house.clock.set("2026-11-25T07:00:00+08:00".parse().unwrap());
    c.print();
    assert!(c.printer.receipts().is_empty());
    assert!(jobs(&c).iter().all(|j| j.state == PrintJobState::Expired));
}

#[test]
fn a_proof_that_never_comes_is_not_taken_for_paper() {
    let mut c = warmed_up();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.printer.set_reply_fault(ReplyFault::ProofMissing);
    c.printer.fail_after(2_000, Fault::PoweredOff);
    c.print();
    assert_eq!(jobs(&c)[2].state, PrintJobState::Uncertain);
}

#[test]
fn a_paper_on_its_way_to_the_printer_is_not_printed_again_and_the_others_are() {
    let mut c = Clubhouse::new();
    let order = c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap().id;
    let can = |c: &Clubhouse, queue| printing::reprintable(&c.house, order, queue).unwrap();
    assert_eq!((can(&c, None).papers.len(), can(&c, None).waiting), (0, 2), "nothing is out yet");
    c.print();
    assert_eq!((can(&c, None).papers.len(), can(&c, None).waiting), (2, 0));
    let slip = can(&c, Some(PrintQueue::Counter)).papers.remove(0).id;
    let again = printing::reprint(&c.house, slip).unwrap();
    let now = c.house.clock.now();
    c.house.store.write(|tx| Ok::<_, Error>(print_jobs::begin(tx, again, "window", now)?)).unwrap();
    let left = can(&c, None);
    assert_eq!((left.papers.len(), left.waiting), (1, 1));
    assert_eq!(left.papers[0].ticket.kind(), "kitchen");
}
