//! What every panel has to do, told on each of its kinds: the simulated twin everywhere, the lines of
//! the kernel's simulated chip (`gpio-sim`) and the header of a Raspberry Pi where they are.
//!
//! `tests/outside/gpio` runs the ones that are left out here, in virtual machines of their own.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bench;
mod chip;
mod header;
mod simulated;

use bench::stories;
use chip::SimulatedChip;
use simulated::Twin;

#[test]
fn the_twin_tells_each_change_once_and_in_order() {
    stories::each_change_is_told_once_and_in_order(&Twin::new());
}

#[test]
fn the_twin_shows_each_lamp() {
    stories::each_lamp_is_seen(&Twin::new());
}

#[test]
fn the_twin_plays_each_pattern() {
    stories::each_pattern_is_heard(&Twin::new());
}

#[test]
fn a_broken_twin_says_so() {
    stories::a_broken_one_says_so(&Twin::new());
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_chip_tells_each_change_once_and_in_order() {
    stories::each_change_is_told_once_and_in_order(&SimulatedChip::new("order"));
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_chip_shows_each_lamp() {
    stories::each_lamp_is_seen(&SimulatedChip::new("lamps"));
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_chip_plays_each_pattern() {
    stories::each_pattern_is_heard(&SimulatedChip::new("buzzer"));
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_chip_that_is_pulled_says_so() {
    stories::a_broken_one_says_so(&SimulatedChip::new("pulled"));
}
