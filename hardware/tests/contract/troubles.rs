//! Troubles that last: paper, cover, power, a printer that takes nothing.

use crate::watching::print_watched;
use crate::ways::{confirmed, each_way, patient, quick, recovered, ticket};
use clubhouse_hardware::printer::{
    Fault, JobOptions, Outcome, PaperWidth, PrintError, SimulatedPrinter, Status, Target,
    TransportError, print, status,
};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

#[test]
fn each_trouble_beforehand_sends_nothing() {
    each_way(|way| {
        for (fault, state) in [
            (Fault::PaperOut, Status::PaperOut),
            (Fault::CoverOpen, Status::CoverOpen),
            (Fault::Offline, Status::Offline),
            (Fault::CutterError, Status::Error),
        ] {
            way.printer.set_fault(fault, true);
            assert_eq!(status(&way.target), state, "{}", way.name);
            let outcome = print(&way.target, &ticket(), &patient());
            assert_eq!(
                outcome,
                Outcome::NotSent { reason: PrintError::NotReady(state), status: state },
                "{}",
                way.name
            );
            way.printer.set_fault(fault, false);
        }
        way.printer.set_fault(Fault::PaperLow, true);
        assert_eq!(
            print(&way.target, &ticket(), &patient()),
            Outcome::Confirmed { status: Status::PaperLow }
        );
        assert_eq!(way.printer.take_paper().len(), 1, "{}: only the last one came out", way.name);
    });
}

#[test]
fn a_printer_that_is_not_there_is_a_state() {
    each_way(|way| {
        for fault in [Fault::Disconnected, Fault::PoweredOff] {
            way.printer.set_fault(fault, true);
            assert_eq!(status(&way.target), Status::Disconnected, "{}", way.name);
            let outcome = print(&way.target, &ticket(), &patient());
            assert!(
                matches!(
                    outcome,
                    Outcome::NotSent {
                        status: Status::Disconnected,
                        reason: PrintError::Transport(_)
                    }
                ),
                "{}: {outcome:?}",
                way.name
            );
            way.printer.set_fault(fault, false);
        }
        assert_eq!(status(&way.target), Status::Ready, "{}", way.name);
    });
}

#[test]
fn paper_that_runs_out_in_the_middle_is_uncertain_and_comes_out_later() {
    each_way(|way| {
        way.printer.load_paper(Some(10));
        let outcome = print(&way.target, &ticket(), &quick());
        assert!(
            matches!(outcome, Outcome::Uncertain { reason: PrintError::NoProof, sent, .. } if sent > 10_000),
            "{outcome:?}"
        );
        assert_eq!(status(&way.target), Status::PaperOut, "{}", way.name);
        assert!(way.printer.receipts().is_empty());
        way.printer.load_paper(None);
        assert_eq!(recovered(way), confirmed(), "{}", way.name);
        let paper = way.printer.take_paper();
        assert_eq!(paper.len(), 2, "{}: the old one, too, whole", way.name);
        assert_eq!(paper[0].bitmap, paper[1].bitmap);
    });
}

#[test]
fn paper_put_in_while_the_job_waits_confirms_it() {
    each_way(|way| {
        way.printer.load_paper(Some(10));
        let mut seen = Vec::new();
        let outcome = print_watched(&way.target, &ticket(), &patient(), &mut |status| {
            seen.push(status);
            if status == Status::PaperOut {
                way.printer.load_paper(None);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(outcome, confirmed(), "{}", way.name);
        assert_eq!(seen, [Status::PaperLow, Status::PaperOut], "{}", way.name);
        assert_eq!(way.printer.take_paper().len(), 1, "{}", way.name);
    });
}

#[test]
fn a_wait_can_be_broken_off() {
    each_way(|way| {
        way.printer.load_paper(Some(10));
        let outcome = print_watched(&way.target, &ticket(), &patient(), &mut |status| {
            if status == Status::PaperOut {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert!(
            matches!(
                outcome,
                Outcome::Uncertain { reason: PrintError::BrokenOff, status: Status::PaperOut, .. }
            ),
            "{}: {outcome:?}",
            way.name
        );
    });
}

#[test]
fn a_stalled_printer_holds_nobody_longer_than_the_deadline() {
    each_way(|way| {
        way.printer.set_fault(Fault::Stalled, true);
        let start = Instant::now();
        let outcome = print(&way.target, &ticket(), &quick());
        assert!(start.elapsed() < Duration::from_secs(5));
        assert!(
            matches!(outcome, Outcome::NotSent { status: Status::Offline, .. }),
            "{}: {outcome:?}",
            way.name
        );
        let blind = JobOptions { expects_replies: false, ..quick() };
        let outcome = print(&way.target, &ticket(), &blind);
        match way.name {
            "memory" => assert!(
                matches!(
                    outcome,
                    Outcome::NotSent {
                        reason: PrintError::Transport(TransportError::Stalled { accepted: 0, .. }),
                        ..
                    }
                ),
                "{outcome:?}"
            ),
            // The kernel's own buffer took it: that is all a printer that never answers can say.
            _ => assert_eq!(outcome, Outcome::Sent),
        }
    });
}

#[test]
fn a_full_buffer_is_uncertain_and_says_how_far_it_came() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let target = Target::Simulated(printer.clone());
    printer.set_buffer_size(4096);
    printer.load_paper(Some(5));
    let outcome = print(&target, &ticket(), &quick());
    let Outcome::Uncertain { sent, reason: PrintError::Transport(error), .. } = outcome else {
        panic!("{outcome:?}")
    };
    // 40 rows of 72 bytes on paper, the rest waits.
    assert!((4096 + 40 * 72..4096 + 50 * 72).contains(&sent), "{sent}");
    assert!(error.to_string().starts_with("the printer took "), "{error}");
    printer.load_paper(None);
    assert_eq!(
        print(
            &target,
            &ticket(),
            &JobOptions { recover: true, reply_timeout: Duration::from_millis(100), ..patient() }
        ),
        confirmed()
    );
}
