//! Answers that are late, missing, old or rubbish.

use crate::ways::{confirmed, each_way, patient, quick, ticket};
use clubhouse_hardware::printer::{
    JobOptions, Outcome, PrintError, Proof, ReplyFault, Status, print, status_with,
};
use std::time::{Duration, Instant};

#[test]
fn answers_that_fail_never_lie() {
    each_way(|way| {
        let run = |fault| {
            way.printer.set_reply_fault(fault);
            print(&way.target, &ticket(), &quick())
        };
        let run_patiently = |fault| {
            way.printer.set_reply_fault(fault);
            print(&way.target, &ticket(), &patient())
        };
        let name = way.name;
        assert_eq!(
            run(ReplyFault::Missing),
            Outcome::NotSent { reason: PrintError::NoAnswer, status: Status::Offline },
            "{name}"
        );
        let outcome = run(ReplyFault::ProofMissing);
        assert!(
            matches!(outcome, Outcome::Uncertain { reason: PrintError::NoProof, .. }),
            "{name}: {outcome:?}"
        );
        assert_eq!(run_patiently(ReplyFault::Doubled), confirmed(), "{name}");
        assert_eq!(run_patiently(ReplyFault::Stale), confirmed(), "{name}");
        assert_eq!(
            run_patiently(ReplyFault::Late(Duration::from_millis(10))),
            confirmed(),
            "{name}"
        );
        let outcome = run(ReplyFault::Late(Duration::from_mins(1)));
        assert!(matches!(outcome, Outcome::NotSent { .. }), "{name}: {outcome:?}");
    });
}

#[test]
fn an_old_answer_proves_nothing() {
    each_way(|way| {
        for proof in [Proof::PaperSensor, Proof::ProcessId] {
            way.printer.set_reply_fault(ReplyFault::Stale);
            // The paper runs out in the middle, so the only answer about is the old one.
            way.printer.load_paper(Some(10));
            let outcome = print(&way.target, &ticket(), &JobOptions { proof, ..quick() });
            assert!(matches!(outcome, Outcome::Uncertain { .. }), "{}: {outcome:?}", way.name);
            way.printer.set_reply_fault(ReplyFault::None);
            way.printer.load_paper(None);
        }
    });
}

#[test]
fn megabytes_of_rubbish_cost_nothing() {
    each_way(|way| {
        way.printer.set_reply_fault(ReplyFault::Rubbish(50_000_000));
        let start = Instant::now();
        let outcome = print(&way.target, &ticket(), &quick());
        assert!(
            !matches!(outcome, Outcome::Confirmed { .. } | Outcome::Sent),
            "{}: {outcome:?}",
            way.name
        );
        assert!(start.elapsed() < Duration::from_secs(5), "{}", way.name);
        status_with(&way.target, &quick());
        assert!(start.elapsed() < Duration::from_secs(10), "{}", way.name);
    });
}
