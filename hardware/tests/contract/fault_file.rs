//! A simulated printer that does as a text file says, while the program runs.

use crate::watching::print_watched;
use crate::ways::{confirmed, patient, quick, ticket};
use clubhouse_hardware::printer::{
    JobOptions, Outcome, PaperWidth, PrintError, SimulatedPrinter, Status, Target, print, status,
    status_with,
};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tracing::span;

/// A folder with a fault file in it, and the printer that follows it.
struct Steered {
    folder: tempfile::TempDir,
    target: Target,
}

impl Steered {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("simulated:{}/faults.txt", folder.path().display());
        let target: Target = text.parse().unwrap();
        assert_eq!(target.to_string(), text);
        Self { folder, target }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("faults.txt")
    }

    fn say(&self, text: &str) {
        let new = self.folder.path().join("new");
        std::fs::write(&new, text).unwrap();
        std::fs::rename(new, self.path()).unwrap();
    }

    /// Asks until the file has been obeyed.
    fn becomes(&self, wanted: Status) {
        let until = Instant::now() + Duration::from_secs(5);
        let soon = JobOptions { reply_timeout: Duration::from_millis(60), ..quick() };
        while status_with(&self.target, &soon) != wanted {
            assert!(Instant::now() < until, "never {wanted}");
            self.look_again();
        }
    }

    /// Waits for the printer to change, a little: questions fill its buffer while it stands still.
    fn look_again(&self) {
        let seen = self.printer().version();
        self.printer().wait_for_change(seen, Duration::from_millis(20));
    }

    fn printer(&self) -> &SimulatedPrinter {
        match &self.target {
            Target::Simulated(printer) => printer,
            other => panic!("{other}"),
        }
    }
}

#[test]
fn the_printer_becomes_what_the_file_says() {
    let steered = Steered::new();
    // No file: no fault.
    assert_eq!(print(&steered.target, &ticket(), &patient()), confirmed());
    for (text, state) in [
        ("paper_out\n", Status::PaperOut),
        ("# a comment\n cover_open # and another\npaper_low", Status::CoverOpen),
        ("paper_low", Status::PaperLow),
        ("", Status::Ready),
        ("cutter_error", Status::Error),
        ("offline", Status::Offline),
        ("stalled", Status::Offline),
        ("disconnected", Status::Disconnected),
        ("powered_off", Status::Disconnected),
        ("reply = missing", Status::Offline),
        ("roll_mm = 0", Status::PaperOut),
        ("roll_mm = 500", Status::PaperLow),
        ("roll_mm = 9000", Status::Ready),
        ("paper_out", Status::PaperOut),
    ] {
        steered.say(text);
        steered.becomes(state);
    }
    std::fs::remove_file(steered.path()).unwrap();
    steered.becomes(Status::Ready);
    assert_eq!(steered.printer().take_paper().len(), 1);
}

#[test]
fn answers_and_the_moment_of_a_power_cut_are_the_files_too() {
    let steered = Steered::new();
    let said = |text: &str, state| {
        steered.say(text);
        steered.becomes(state);
    };
    said("paper_low\nreply = proof_missing", Status::PaperLow);
    let outcome = print(&steered.target, &ticket(), &quick());
    assert!(
        matches!(outcome, Outcome::Uncertain { reason: PrintError::NoProof, .. }),
        "{outcome:?}"
    );
    said("fail_after = 9000 powered_off", Status::Ready);
    let outcome = print(&steered.target, &ticket(), &patient());
    assert!(
        matches!(outcome, Outcome::Uncertain { status: Status::Disconnected, .. }),
        "{outcome:?}"
    );
    assert_eq!(status(&steered.target), Status::Disconnected);
    // Any change makes everything as the file says.
    said("# switched on again", Status::Ready);
    said("roll_mm = 10", Status::PaperLow);
    let outcome = print(&steered.target, &ticket(), &quick());
    assert!(matches!(outcome, Outcome::Uncertain { status: Status::PaperOut, .. }), "{outcome:?}");
    said("", Status::Ready);
    assert_eq!(print(&steered.target, &ticket(), &patient()), confirmed());
}

/// The file changes while a job is under way, and nobody but the job looks at the printer.
#[test]
fn a_job_that_waits_feels_the_file_change() {
    std::thread::scope(|scope| {
        for remote in [false, true] {
            for trouble in ["cover_open", "stalled"] {
                scope.spawn(move || trouble_comes_and_goes(remote, trouble));
            }
        }
    });
}

fn trouble_comes_and_goes(remote: bool, trouble: &str) {
    let steered = Steered::new();
    let port = steered.printer().serve_tcp("127.0.0.1:0").unwrap();
    let far = format!("tcp:{}", port.address()).parse().unwrap();
    let target = if remote { &far } else { &steered.target };
    let mut seen = Vec::new();
    let outcome = print_watched(target, &ticket(), &patient(), &mut |status| {
        if seen.last() != Some(&status) {
            seen.push(status);
            steered.say(if status.prints() { trouble } else { "" });
        }
        // The trouble has to have been felt before the document is on its way.
        let until = Instant::now() + Duration::from_secs(2);
        while status.prints() && steered.printer().faults().is_empty() && Instant::now() < until {
            steered.look_again();
        }
        ControlFlow::Continue(())
    });
    assert_eq!(outcome, confirmed(), "{target} {trouble} {seen:?}");
    assert_eq!(seen.len(), 2, "{target} {trouble} {seen:?}");
}

/// An idle connection is cut by the file as well.
#[test]
fn an_idle_connection_feels_the_file_change() {
    use std::io::Read;
    let served = SimulatedPrinter::new(PaperWidth::Mm80);
    let steered = Steered::new();
    served.follow(steered.path());
    let port = served.serve_tcp("127.0.0.1:0").unwrap();
    let mut idle = std::net::TcpStream::connect(port.address()).unwrap();
    idle.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    steered.say("disconnected");
    assert_eq!(idle.read(&mut [0]).unwrap(), 0);
}

/// Keeps the warnings of one thread.
#[derive(Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

impl tracing::Subscriber for Warnings {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        *metadata.level() == tracing::Level::WARN
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Text(String);
        impl tracing::field::Visit for Text {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                use std::fmt::Write;
                let _ = write!(self.0, "{field}={value:?} ");
            }
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        self.0.lock().unwrap().push(text.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[test]
fn a_bad_line_is_logged_once_and_the_others_count() {
    let warnings = Warnings::default();
    let _here = tracing::subscriber::set_default(warnings.clone());
    let steered = Steered::new();
    steered.say("burning\ncover_open\nroll_mm = long");
    steered.becomes(Status::CoverOpen);
    // Looked at again and again, and written again as it was.
    steered.say("burning\ncover_open\nroll_mm = long");
    let until = Instant::now() + Duration::from_millis(300);
    while Instant::now() < until {
        assert_eq!(status(&steered.target), Status::CoverOpen);
        steered.look_again();
    }
    let seen = warnings.0.lock().unwrap().clone();
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen[0].contains("line=1") && seen[0].contains("burning"), "{seen:?}");
    assert!(seen[1].contains("line=3"), "{seen:?}");
}
