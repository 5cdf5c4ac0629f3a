//! The connection or the power goes in the middle of a document.

use crate::watching::print_watched;
use crate::ways::{QUESTIONS, Way, confirmed, each_way, patient, recovered, ticket, ways};
use clubhouse_hardware::printer::{
    Fault, JobOptions, Outcome, PrintError, Progress, ReplyFault, Status, encode, print,
    status_watched,
};
use std::ops::ControlFlow;
use std::time::Duration;

#[test]
fn a_cable_cut_at_any_byte_never_confirms_and_the_next_ticket_is_whole() {
    let length = encode(&ticket()).unwrap().len();
    std::thread::scope(|scope| {
        for cut_at in [0, 1, 7, 9, 10, 11, 5000, 9300, length - 1, length, length + 1] {
            scope.spawn(move || each_way(|way| cut_off(way, cut_at)));
        }
    });
}

fn cut_off(way: &Way, cut_at: usize) {
    way.printer.fail_after(QUESTIONS + cut_at, Fault::Disconnected);
    let outcome = print(&way.target, &ticket(), &patient());
    let uncertain = matches!(outcome, Outcome::Uncertain { status: Status::Disconnected, .. });
    // The kernel may take bytes that the printer never sees, so over TCP nothing is safe to repeat.
    let safe = way.name == "memory" && cut_at == 0 && matches!(outcome, Outcome::NotSent { .. });
    assert!(uncertain || safe || cut_at == 0, "{} at {cut_at}: {outcome:?}", way.name);
    if let ("memory", Outcome::Uncertain { sent, .. }) = (way.name, &outcome) {
        assert_eq!(*sent, cut_at);
    }
    way.printer.set_fault(Fault::Disconnected, false);
    way.printer.take_paper();
    assert_eq!(recovered(way), confirmed(), "{} at {cut_at}", way.name);
    let paper = way.printer.take_paper();
    let whole = encode(&ticket()).unwrap();
    let last = paper.last().unwrap();
    assert!(last.bytes.ends_with(&whole), "{} at {cut_at}: swallowed", way.name);
    assert_eq!(last.text, ["红烧大排 ￥20"]);
}

#[test]
fn a_power_cut_loses_what_was_buffered() {
    for way in ways() {
        way.printer.fail_after(QUESTIONS + 8000, Fault::PoweredOff);
        let outcome = print(&way.target, &ticket(), &patient());
        assert!(matches!(outcome, Outcome::Uncertain { .. }), "{}: {outcome:?}", way.name);
        way.printer.set_fault(Fault::PoweredOff, false);
        assert_eq!(way.printer.buffered_bytes(), 0);
        way.printer.tear_off();
        let torn = way.printer.take_paper();
        assert!(torn.len() == 1 && !torn[0].cut, "{}: half a ticket hangs there", way.name);
        assert_eq!(print(&way.target, &ticket(), &patient()), confirmed(), "{}", way.name);
    }
}

#[test]
fn a_printer_that_never_comes_back_into_step_holds_nobody_who_wants_to_stop() {
    each_way(|way| {
        way.printer.set_reply_fault(ReplyFault::ProofMissing);
        let options = JobOptions { recover: true, deadline: Duration::from_mins(10), ..patient() };
        let mut told = Vec::new();
        let outcome = print_watched(&way.target, &ticket(), &options, &mut |status| {
            told.push(status);
            if status.prints() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let (reason, status) = (PrintError::BrokenOff, Status::Offline);
        assert_eq!(outcome, Outcome::NotSent { reason, status }, "{}", way.name);
        assert_eq!(told, [Status::Ready, Status::Offline], "{}", way.name);
        assert!(way.printer.take_paper().is_empty(), "{}", way.name);
    });
}

#[test]
fn a_look_at_a_silent_printer_can_be_broken_off_too() {
    each_way(|way| {
        way.printer.set_reply_fault(ReplyFault::Missing);
        let options = JobOptions { recover: true, deadline: Duration::from_mins(10), ..patient() };
        let mut told = Vec::new();
        let status = status_watched(&way.target, &options, &mut |progress| {
            let Progress::Status(status) = progress else { return ControlFlow::Continue(()) };
            told.push(status);
            ControlFlow::Break(())
        });
        assert_eq!((status, told), (Status::Offline, vec![Status::Offline]), "{}", way.name);
    });
}
