//! What every receipt printer has to do with us, whoever made it.

use super::{Bench, confirmed, ends_with, picture, shows, ticket};
use crate::watching::print_watched;
use clubhouse_hardware::printer::{
    Bitmap, Cut, Document, Fault, JobOptions, Outcome, PrintError, Proof, Status, encode, print,
};
use std::ops::ControlFlow;
use std::time::Duration;

/// Rows of a common ticket: 25 mm.
const COMMON: u32 = 200;

/// Troubles that stop a printer, and what it has to be called then.
const STOPPED: [(Fault, Status); 3] = [
    (Fault::PaperOut, Status::PaperOut),
    (Fault::CoverOpen, Status::CoverOpen),
    (Fault::Offline, Status::Offline),
];

/// Whatever proof the printer knows confirms the document; one that it does not know proves nothing,
/// and the paper comes out all the same.
pub fn each_proof_says_what_it_knows(bench: &dyn Bench) {
    for proof in [Proof::PaperSensor, Proof::ProcessId] {
        let short = JobOptions { deadline: Duration::from_secs(3), ..bench.patient() };
        let known = bench.answers(proof);
        let options = JobOptions { proof, ..if known { bench.patient() } else { short } };
        let outcome = print(bench.target(), &ticket(1, COMMON), &options);
        if known {
            assert_eq!(outcome, confirmed(), "{} {proof:?}", bench.name());
        } else {
            let Outcome::Uncertain { reason: PrintError::NoProof, status, .. } = outcome else {
                panic!("{} {proof:?}: {outcome:?}", bench.name())
            };
            assert_eq!(status, Status::Ready, "{} {proof:?}", bench.name());
        }
        only(bench, 1);
    }
}

/// A picture longer than any buffer, in two pieces as a long slip is sent, comes out dot for dot,
/// without a seam between pieces or bands.
pub fn half_a_metre_comes_out_whole(bench: &dyn Bench) {
    let whole = picture(2, 4_000);
    let mut document = Document::new();
    for half in whole.bytes().chunks(whole.bytes().len() / 2) {
        document = document.image(Bitmap::from_bytes(576, 2_000, half.to_vec()).unwrap());
    }
    let document = document.feed_dots(24).cut(Cut::Partial);
    assert_eq!(bench.print(&document), confirmed(), "{}", bench.name());
    let papers = bench.papers(1);
    assert_eq!(papers.len(), 1, "{}", bench.name());
    assert!(shows(&papers[0], &whole), "{}: other dots", bench.name());
}

/// A printer that stands still is named by what is the matter, and is sent nothing.
pub fn each_trouble_sends_nothing_and_its_end_lets_print(bench: &dyn Bench) {
    for (fault, state) in STOPPED {
        bench.set(fault, true);
        assert_eq!(bench.status(), state, "{}", bench.name());
        let outcome = bench.print(&ticket(3, COMMON));
        let refused = Outcome::NotSent { reason: PrintError::NotReady(state), status: state };
        assert_eq!(outcome, refused, "{}", bench.name());
        bench.set(fault, false);
        assert_eq!(bench.status(), Status::Ready, "{}", bench.name());
        assert_eq!(bench.papers(0), [], "{} {fault}: something came out", bench.name());
        assert_eq!(bench.print(&ticket(4, COMMON)), confirmed(), "{} {fault}", bench.name());
        only(bench, 4);
    }
    bench.set(Fault::PaperLow, true);
    let low = Outcome::Confirmed { status: Status::PaperLow };
    assert_eq!(bench.print(&ticket(5, COMMON)), low, "{}", bench.name());
    bench.set(Fault::PaperLow, false);
    only(bench, 5);
}

/// Twenty in a row: once each, in order, none with a row of another.
pub fn many_come_out_once_each_and_in_order(bench: &dyn Bench) {
    for number in 10..30 {
        assert_eq!(bench.print(&ticket(number, 150)), confirmed(), "{} {number}", bench.name());
    }
    let papers = bench.papers(20);
    assert_eq!(papers.len(), 20, "{}", bench.name());
    for (paper, number) in papers.iter().zip(10..) {
        assert!(shows(paper, &picture(number, 150)), "{}: not {number}", bench.name());
    }
}

/// Paper that runs out under way is said while the job waits, and a new roll confirms it.
pub fn a_new_roll_while_the_job_waits_confirms_it(bench: &dyn Bench) {
    let mut seen = Vec::new();
    let mut watch = |status| {
        match status {
            Status::Ready if seen.is_empty() => bench.set(Fault::PaperOut, true),
            Status::PaperOut => bench.set(Fault::PaperOut, false),
            _ => {}
        }
        seen.push(status);
        ControlFlow::Continue(())
    };
    let outcome = print_watched(bench.target(), &ticket(6, COMMON), &bench.patient(), &mut watch);
    assert_eq!(outcome, confirmed(), "{}", bench.name());
    assert_eq!(seen, [Status::Ready, Status::PaperOut], "{}", bench.name());
    only(bench, 6);
}

/// A job that nobody waited for is uncertain; it comes out with the new roll, and the old answer
/// does not stand for the job behind it.
pub fn an_uncertain_job_comes_out_later_and_proves_nothing(bench: &dyn Bench) {
    let mut watch = |status| {
        if status == Status::PaperOut {
            return ControlFlow::Break(());
        }
        bench.set(Fault::PaperOut, true);
        ControlFlow::Continue(())
    };
    let outcome = print_watched(bench.target(), &ticket(7, COMMON), &bench.patient(), &mut watch);
    assert!(
        matches!(
            outcome,
            Outcome::Uncertain {
                reason: PrintError::BrokenOff,
                status: Status::PaperOut,
                sent: 10_000..
            }
        ),
        "{}: {outcome:?}",
        bench.name()
    );
    bench.set(Fault::PaperOut, false);
    assert_eq!(bench.print_again(&ticket(8, COMMON)), confirmed(), "{}", bench.name());
    let papers = bench.papers(2);
    assert_eq!(papers.len(), 2, "{}", bench.name());
    assert!(shows(&papers[0], &picture(7, COMMON)), "{}: the old one", bench.name());
    assert!(shows(&papers[1], &picture(8, COMMON)), "{}: the new one", bench.name());
}

/// A connection that breaks anywhere costs at most the ticket that was under way.
pub fn a_connection_broken_off_leaves_the_next_ticket_whole(bench: &dyn Bench) {
    let length = encode(&ticket(9, COMMON)).unwrap().len();
    // In the reset, in a band's header, at its first dots, within it, in the next band, before the cut.
    for cut_at in [1, 3, 5, 7, 9, 10, 5_000, 9_300, length - 4, length - 1] {
        bench.break_off(&ticket(9, COMMON), cut_at);
        let outcome = bench.print_again(&ticket(30, COMMON));
        assert_eq!(outcome, confirmed(), "{} at {cut_at}", bench.name());
        let papers = bench.papers(1);
        let last = papers.last().unwrap();
        assert!(ends_with(last, &picture(30, COMMON)), "{} at {cut_at}", bench.name());
    }
    assert_eq!(bench.print(&ticket(31, COMMON)), confirmed(), "{}", bench.name());
    only(bench, 31);
}

/// One that is never asked anything gets the document as well.
pub fn a_printer_that_is_not_asked_is_sent_to(bench: &dyn Bench) {
    let blind = JobOptions { expects_replies: false, ..bench.patient() };
    let document: Document = ticket(32, COMMON);
    assert_eq!(print(bench.target(), &document, &blind), Outcome::Sent, "{}", bench.name());
    only(bench, 32);
}

/// Exactly one paper came out, and it is this one.
fn only(bench: &dyn Bench, number: u32) {
    let papers = bench.papers(1);
    assert_eq!(papers.len(), 1, "{}: of ticket {number}", bench.name());
    assert!(shows(&papers[0], &picture(number, COMMON)), "{}: not {number}", bench.name());
}
