//! The stories that foreign printers have to tell as well (see `tests/foreign`).

use crate::bench::{Bench, stories};
use crate::ways::{QUESTIONS, Way, ways};
use clubhouse_hardware::printer::{Bitmap, Document, Fault, Proof, Target, print};
use std::time::Duration;

impl Bench for Way {
    fn name(&self) -> &str {
        self.name
    }

    fn target(&self) -> &Target {
        &self.target
    }

    fn answers(&self, _proof: Proof) -> bool {
        true
    }

    fn set(&self, fault: Fault, on: bool) {
        self.printer.set_fault(fault, on);
    }

    fn papers(&self, count: usize) -> Vec<Bitmap> {
        let mut version = self.printer.version();
        // Each change ends the wait, and a printer at work changes with each piece of paper.
        for _ in 0..50 {
            if self.printer.receipts().len() >= count {
                break;
            }
            let patience = Duration::from_millis(100);
            version = self.printer.wait_for_change(version, patience);
        }
        self.printer.take_paper().iter().map(|paper| paper.bitmap.clone()).collect()
    }

    fn reply_timeout(&self) -> Duration {
        Duration::from_millis(250)
    }

    fn break_off(&self, document: &Document, sent: usize) {
        self.printer.fail_after(QUESTIONS + sent, Fault::Disconnected);
        let _ = print(&self.target, document, &crate::ways::patient());
        self.printer.set_fault(Fault::Disconnected, false);
    }
}

/// The stories mostly wait, so the ways tell them side by side.
fn on_each(story: fn(&dyn Bench)) {
    std::thread::scope(|scope| {
        for way in ways() {
            scope.spawn(move || {
                story(&way);
                assert_eq!(way.papers(0), [], "{}: more came out than was sent", way.name);
            });
        }
    });
}

#[test]
fn each_proof_says_what_it_knows() {
    on_each(stories::each_proof_says_what_it_knows);
}

#[test]
fn half_a_metre_comes_out_whole() {
    on_each(stories::half_a_metre_comes_out_whole);
}

#[test]
fn each_trouble_sends_nothing_and_its_end_lets_print() {
    on_each(stories::each_trouble_sends_nothing_and_its_end_lets_print);
}

#[test]
fn many_come_out_once_each_and_in_order() {
    on_each(stories::many_come_out_once_each_and_in_order);
}

#[test]
fn a_new_roll_while_the_job_waits_confirms_it() {
    on_each(stories::a_new_roll_while_the_job_waits_confirms_it);
}

#[test]
fn an_uncertain_job_comes_out_later_and_proves_nothing() {
    on_each(stories::an_uncertain_job_comes_out_later_and_proves_nothing);
}

#[test]
fn a_connection_broken_off_leaves_the_next_ticket_whole() {
    on_each(stories::a_connection_broken_off_leaves_the_next_ticket_whole);
}

#[test]
fn a_printer_that_is_not_asked_is_sent_to() {
    on_each(stories::a_printer_that_is_not_asked_is_sent_to);
}
