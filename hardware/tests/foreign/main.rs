//! The common stories on a printer that nobody here wrote: a simulator of another house, or a
//! device on the table.
//!
//! `FOREIGN_PRINTERS` says where it is: names and targets, such as
//! `network=tcp:127.0.0.1:9100 line=device:/dev/usb/lp0`. `FOREIGN_CONTROL` is a program that is
//! called as `CONTROL NAME set FAULT`, `CONTROL NAME clear FAULT` (faults as [`Fault::name`] has
//! them) and `CONTROL NAME papers COUNT`, which waits for so many papers in all and then names a PNG of
//! each, a line each, the oldest first. `FOREIGN_PROOFS` lists the proofs the printer knows:
//! `paper_sensor`, `process_id`; only the first if it is not set.
//!
//! [`Fault::name`]: clubhouse_hardware::printer::Fault::name

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../bench/mod.rs"]
mod bench;
mod printer;
#[path = "../watching/mod.rs"]
mod watching;

use bench::{Bench, stories};
use std::sync::{Mutex, PoisonError};

/// Papers are counted, so one story at a time has the printers.
static TABLE: Mutex<()> = Mutex::new(());

fn on_each(story: fn(&dyn Bench)) {
    let _alone = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    for foreign in printer::all() {
        story(&foreign);
        assert_eq!(foreign.papers(0), [], "{}: more came out than was sent", foreign.name());
    }
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn each_proof_says_what_it_knows() {
    on_each(stories::each_proof_says_what_it_knows);
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn half_a_metre_comes_out_whole() {
    on_each(stories::half_a_metre_comes_out_whole);
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn each_trouble_sends_nothing_and_its_end_lets_print() {
    on_each(stories::each_trouble_sends_nothing_and_its_end_lets_print);
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn many_come_out_once_each_and_in_order() {
    on_each(stories::many_come_out_once_each_and_in_order);
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn a_new_roll_while_the_job_waits_confirms_it() {
    on_each(stories::a_new_roll_while_the_job_waits_confirms_it);
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn an_uncertain_job_comes_out_later_and_proves_nothing() {
    on_each(stories::an_uncertain_job_comes_out_later_and_proves_nothing);
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn a_connection_broken_off_leaves_the_next_ticket_whole() {
    on_each(stories::a_connection_broken_off_leaves_the_next_ticket_whole);
}

#[test]
#[ignore = "needs FOREIGN_PRINTERS"]
fn a_printer_that_is_not_asked_is_sent_to() {
    on_each(stories::a_printer_that_is_not_asked_is_sent_to);
}
