//! From the order to paper: each once, in time, and marked when it is not.

use clubhouse_hardware::printer::{Fault, ReplyFault, Status};
use clubhouse_kiosk::counter::Amendment;
use clubhouse_kiosk::domain::{Fulfilment, Portions, PrintJobState, PrintQueue};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::store::print_jobs::{self, PrintJob};

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
    assert_eq!(c.print(), 2);
    assert_eq!(c.printer.receipts().len(), 2);
    assert_eq!(c.board.worst(), Status::Ready);
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
    c.house.store.write(|tx| Ok::<_, Error>(print_jobs::begin(tx, job.id, now)?)).unwrap();
    clubhouse_kiosk::printing::recover(&c.house).unwrap();
    c.print();
    let kitchen: Vec<_> = jobs(&c).into_iter().filter(|j| j.queue == PrintQueue::Kitchen).collect();
    assert_eq!(
        kitchen.iter().map(|j| (j.state, j.duplicate)).collect::<Vec<_>>(),
        [(PrintJobState::Uncertain, false), (PrintJobState::Confirmed, true),]
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
