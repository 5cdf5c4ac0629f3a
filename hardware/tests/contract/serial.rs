//! A serial line: its settings, its pace, and a printer that holds it up.

use crate::terminal::Terminal;
use crate::watching::print_watched;
use crate::ways::{Way, confirmed, patient, quick, ticket};
use clubhouse_hardware::printer::{
    Bitmap, Cut, Document, Fault, JobOptions, Outcome, PaperWidth, PrintError, Progress, Proof,
    SimulatedPrinter, Status, TextLine, TransportError, encode, print, print_with_progress, status,
};
use rustix::fs::{FlockOperation, flock};
use rustix::termios::{ControlModes, InputModes};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

fn lines(count: usize) -> Document {
    (0..count)
        .fold(Document::new(), |document, _| document.text(TextLine::new("12345678901234567890")))
        .cut(Cut::Full)
}

/// A picture in which every byte has its place: none may be changed or taken for a signal.
fn every_byte() -> Document {
    let mut picture = Bitmap::new(256, 16).unwrap();
    for (byte, y) in (0..=u8::MAX).zip((0..16).cycle()) {
        for bit in 0..8_u32 {
            let x = u32::from(byte) / 16 * 8 + bit;
            picture.set(x, y, byte >> (7 - bit) & 1 == 1);
        }
    }
    for byte in 0..=u8::MAX {
        assert!(picture.bytes().contains(&byte), "{byte:#04x}");
    }
    Document::new().image(picture).cut(Cut::Full)
}

#[test]
fn a_serial_line_is_a_way_as_well() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let server = printer.serve_tcp("127.0.0.1:0").unwrap();
    let line = Terminal::new();
    line.connect(server.address());
    let target = line.target("serial:", "@115200");
    for (proof, document) in [(Proof::PaperSensor, every_byte()), (Proof::ProcessId, lines(10))] {
        let outcome = print(&target, &document, &JobOptions { proof, ..patient() });
        assert_eq!(outcome, confirmed());
        assert_eq!(printer.take_paper()[0].bytes, encode(&document).unwrap());
    }
    let settings = line.settings();
    assert_eq!((settings.output_speed(), settings.input_speed()), (115_200, 115_200));
    assert!(settings.control_modes.contains(
        ControlModes::CS8 | ControlModes::CLOCAL | ControlModes::CREAD | ControlModes::CRTSCTS
    ));
    assert!(!settings.control_modes.intersects(ControlModes::PARENB | ControlModes::CSTOPB));
    assert!(settings.input_modes.contains(InputModes::IXON));
    assert!(!settings.input_modes.contains(InputModes::IXOFF));

    printer.set_fault(Fault::CoverOpen, true);
    assert_eq!(status(&target), Status::CoverOpen);
    printer.set_fault(Fault::CoverOpen, false);
    printer.fail_after(5000, Fault::PoweredOff);
    let outcome = print(&target, &ticket(), &quick());
    assert!(matches!(outcome, Outcome::Uncertain { .. }), "{outcome:?}");
}

#[test]
fn three_wires_are_set_so_and_a_job_broken_off_is_recovered_from() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let server = printer.serve_tcp("127.0.0.1:0").unwrap();
    let line = Terminal::new();
    line.connect(server.address());
    let way = Way::new("serial", printer, line.target("serial:", "@115200,xonxoff"));
    way.printer.load_paper(Some(10));
    let outcome = print(&way.target, &lines(20), &quick());
    assert!(matches!(outcome, Outcome::Uncertain { .. }), "{outcome:?}");
    assert!(!line.settings().control_modes.contains(ControlModes::CRTSCTS));
    way.printer.load_paper(None);
    let options = JobOptions { recover: true, ..patient() };
    assert_eq!(print(&way.target, &lines(5), &options), confirmed());
    assert_eq!(way.printer.take_paper().len(), 2);
}

#[test]
fn a_slow_line_is_fed_at_its_own_pace_and_shows_progress() {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let server = printer.serve_tcp("127.0.0.1:0").unwrap();
    let line = Terminal::new();
    line.connect(server.address());
    let target = line.target("serial:", "@4800");
    let document = lines(20);
    let bytes = encode(&document).unwrap().len();
    let (mut told, mut reported) = (Vec::new(), Vec::new());
    let start = Instant::now();
    let outcome = print_with_progress(&target, &document, &patient(), &mut |progress| {
        match progress {
            Progress::Sending { taken, total } => told.push((taken, total)),
            Progress::Status(status) => reported.push(status),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(outcome, confirmed());
    // What the line needs, less what the kernel may hold ahead of it.
    let needed = Duration::from_micros(bytes as u64 * 10_000_000 / 4800);
    assert!(start.elapsed() + Duration::from_millis(260) >= needed, "{:?}", start.elapsed());
    assert!(told.len() >= 2, "{told:?}");
    assert!(told.is_sorted() && told.iter().all(|(_, total)| *total == bytes), "{told:?}");
    assert_eq!(told.last(), Some(&(bytes, bytes)));
    // A healthy line is never told as one that stands still.
    assert_eq!(reported, [Status::Ready]);
}

/// Answers the four questions of status, then says XOFF and reads on.
fn answer_and_stop(line: &Terminal, answers: &[u8]) {
    let mut far = line.far.try_clone().unwrap();
    let answers = answers.to_vec();
    std::thread::spawn(move || {
        let mut seen = [0; 3];
        for answer in answers {
            if far.read_exact(&mut seen).is_err() || far.write_all(&[answer]).is_err() {
                return;
            }
        }
        let _ = far.write_all(&[0x13]);
        let mut rest = [0; 256];
        while far.read(&mut rest).is_ok_and(|count| count > 0) {}
    });
}

#[test]
fn a_line_stopped_by_xoff_is_told_and_can_be_broken_off() {
    let line = Terminal::new();
    answer_and_stop(&line, &[0x16, 0x12, 0x12, 0x12]);
    let target = line.target("serial:", "@115200");
    let start = Instant::now();
    let mut seen = Vec::new();
    // A minute of time: only the one who watches ends it.
    let options = JobOptions { deadline: Duration::from_mins(1), ..JobOptions::default() };
    let outcome = print_watched(&target, &ticket(), &options, &mut |status| {
        seen.push(status);
        if status.prints() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert_eq!(seen, [Status::Ready, Status::Offline]);
    assert!(
        matches!(
            outcome,
            Outcome::Uncertain { reason: PrintError::BrokenOff, status: Status::Offline, .. }
                | Outcome::NotSent { reason: PrintError::BrokenOff, status: Status::Offline }
        ),
        "{outcome:?}"
    );
    // Closing the line does not wait for the printer, either.
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
}

#[test]
fn a_line_stopped_by_xoff_holds_a_blind_job_no_longer_than_its_deadline() {
    let line = Terminal::new();
    answer_and_stop(&line, &[]);
    // The stop has to be there before the job: wait until it holds a byte up.
    let target = line.target("serial:", "@115200");
    let blind = JobOptions { expects_replies: false, ..quick() };
    let start = Instant::now();
    let mut outcome = print(&target, &ticket(), &blind);
    if outcome == Outcome::Sent {
        outcome = print(&target, &ticket(), &blind);
    }
    let held_up = |reason: &PrintError| {
        matches!(
            reason,
            PrintError::Transport(TransportError::Stalled { .. } | TransportError::HeldUp)
        )
    };
    assert!(
        matches!(&outcome,
            Outcome::Uncertain { reason, status: Status::Offline, .. }
            | Outcome::NotSent { reason, status: Status::Offline } if held_up(reason)),
        "{outcome:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_line_in_use_is_busy_and_one_that_is_none_is_named() {
    let line = Terminal::new();
    let other = std::fs::File::options().read(true).write(true).open(&line.path).unwrap();
    flock(&other, FlockOperation::NonBlockingLockExclusive).unwrap();
    let outcome = print(&line.target("serial:", ""), &ticket(), &quick());
    assert_eq!(
        outcome,
        Outcome::NotSent {
            reason: PrintError::Transport(TransportError::Busy),
            status: Status::Offline
        }
    );
    for (path, words) in [("/dev/null", "is not a serial line"), ("/dev/ttyNONE0", "is not there")]
    {
        let target = format!("serial:{path}").parse().unwrap();
        let outcome = print(&target, &ticket(), &quick());
        let Outcome::NotSent { reason, status: Status::Disconnected } = outcome else {
            panic!("{path}: {outcome:?}")
        };
        assert!(reason.to_string().contains(words), "{reason}");
    }
}

#[test]
fn a_line_held_up_behind_the_proof_does_not_hold_the_job() {
    let line = Terminal::new();
    let document = lines(3);
    let length = encode(&document).unwrap().len() + 3;
    let mut far = line.far.try_clone().unwrap();
    std::thread::spawn(move || {
        let mut seen = vec![0; length];
        for answer in [0x16, 0x12, 0x12, 0x12] {
            far.read_exact(&mut seen[..3]).unwrap();
            far.write_all(&[answer]).unwrap();
        }
        far.read_exact(&mut seen).unwrap();
        // The proof, and in the same breath: no more.
        far.write_all(&[0x00, 0x13]).unwrap();
        let _ = far.read_to_end(&mut seen);
    });
    let options = JobOptions {
        deadline: Duration::from_mins(1),
        reply_timeout: Duration::from_millis(200),
        ..JobOptions::default()
    };
    let start = Instant::now();
    let outcome = print(&line.target("serial:", "@115200"), &document, &options);
    // It is not asked any more how it is, but it has printed.
    assert!(matches!(outcome, Outcome::Confirmed { .. }), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
