//! `doctor --panel`: a person tries each thing, on the simulated panel.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::desk::{Desk, Said};

const EVERYTHING: &str = "demonstration = \"2026-11-24T09:40\"\n[panel.pins]\n\
    lamp_green = { pin = 27, active = \"high\" }\n\
    lamp_red = { pin = 17, active = \"high\" }\n\
    buzzer = { pin = 22, active = \"high\" }\n\
    help = { pin = 5, active = \"low\", pull = \"up\" }\n\
    ready = { pin = 13, active = \"low\", pull = \"up\" }\n\
    presence = { pin = 6, active = \"high\", pull = \"down\" }\n\
    power_fail = { pin = 19, active = \"high\" }\n";

/// Lamps, buzzer, then power fail, help, ready and presence, with what is typed at each.
fn walk(desk: &Desk, wait: &str, typed: &str) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"));
    command.args(["doctor", "--panel", "--wait", wait]).current_dir(desk.folder.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let ended = running.wait_with_output().unwrap();
    Said {
        code: ended.status.code().unwrap_or(-1),
        out: String::from_utf8(ended.stdout).unwrap(),
        err: String::from_utf8(ended.stderr).unwrap(),
    }
}

#[test]
fn everything_works_and_says_so_in_both_languages() {
    let desk = Desk::empty();
    desk.settings(EVERYTHING);
    let typed = "y\n是\nYes\nwhat?\ny\ny\npress\npress\npress\npress\npress\npress\n";
    walk(&desk, "20", typed).says(
        0,
        &[
            "绿灯亮了吗？ Is the green lamp on?",
            "OK     green lamp",
            "OK     amber lamp",
            "OK     red lamp",
            "OK     lamp off",
            "OK     buzzer",
            "请拔掉电源插头",
            "OK     power fail",
            "请按求助按钮（20 秒内）。 Press the help button now, within 20 seconds.",
            "OK     help button",
            "OK     ready key",
            "OK     presence",
        ],
    );
    assert!(!desk.path("var").exists(), "trying the panel leaves nothing behind");
}

#[test]
fn what_does_not_work_is_named_with_what_to_look_at() {
    let desk = Desk::empty();
    desk.settings(EVERYTHING);
    // The red lamp stays dark, the key was skipped, and nobody stands in front of the screen.
    let typed = "y\ny\nn\ny\ny\npress\npress\npress\ns\n";
    walk(&desk, "1", typed).says(
        1,
        &[
            "wrong  red lamp",
            "panel.pins",
            "OK     help button",
            "look   ready key",
            "wrong  presence",
            "什么也没收到",
            "something is wrong",
        ],
    );
}

#[test]
fn nobody_there_is_no_proof_of_anything() {
    let desk = Desk::empty();
    desk.settings("[panel]\nbackend = \"none\"\n");
    walk(&desk, "1", "").says(3, &["look   panel", "nothing to try"]);
    desk.settings("[panel.pins]\nlamp_green = { pin = 27, active = \"high\" }\n");
    walk(&desk, "1", "").says(3, &["look   green lamp", "skipped", "OK     red lamp", "not wired"]);
    desk.settings("[panel]\nbackend = \"gpiocdev\"\nchip = \"/dev/gpiochip-none\"\n");
    walk(&desk, "1", "").says(1, &["wrong  panel", "/dev/gpiochip-none", "panel.chip"]);
}
