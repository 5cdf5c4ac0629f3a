//! The ways to a printer and what is sent on them.

use clubhouse_hardware::printer::{
    Bitmap, Cut, Document, JobOptions, Outcome, PaperWidth, ServedPrinter, SimulatedPrinter,
    Status, Target, TextLine, print,
};
use std::time::Duration;

/// Bytes of the four questions before each document.
pub const QUESTIONS: usize = 12;

/// A simulated printer and a way to it.
pub struct Way {
    pub name: &'static str,
    pub printer: SimulatedPrinter,
    pub target: Target,
    // Dropped, it would close the port.
    _served: Option<ServedPrinter>,
}

impl Way {
    pub fn new(name: &'static str, printer: SimulatedPrinter, target: Target) -> Self {
        Self { name, printer, target, _served: None }
    }
}

pub fn ways() -> Vec<Way> {
    let inside = SimulatedPrinter::new(PaperWidth::Mm80);
    let remote = SimulatedPrinter::new(PaperWidth::Mm80);
    let server = remote.serve_tcp("127.0.0.1:0").unwrap();
    let port = server.address().port();
    vec![
        Way::new("memory", inside.clone(), Target::Simulated(inside)),
        Way {
            name: "tcp",
            target: format!("tcp:localhost:{port}").parse().unwrap(),
            printer: remote,
            _served: Some(server),
        },
    ]
}

/// Tells a story over every way at once: what takes time in it is waiting.
pub fn each_way(story: impl Fn(&Way) + Sync) {
    std::thread::scope(|scope| {
        for way in ways() {
            let story = &story;
            scope.spawn(move || story(&way));
        }
    });
}

/// A ticket 25 mm long.
pub fn ticket() -> Document {
    let mut picture = Bitmap::new(576, 200).unwrap();
    for y in 0..200 {
        for x in 0..576 {
            picture.set(x, y, (x / 7 + y / 5) % 3 == 0);
        }
    }
    Document::new()
        .image(picture)
        .text(TextLine::new("红烧大排 ￥20").sized(2, 2))
        .cut(Cut::Partial)
}

pub fn quick() -> JobOptions {
    JobOptions {
        deadline: Duration::from_millis(800),
        reply_timeout: Duration::from_millis(250),
        ..JobOptions::default()
    }
}

pub fn patient() -> JobOptions {
    JobOptions { deadline: Duration::from_secs(10), ..JobOptions::default() }
}

pub fn confirmed() -> Outcome {
    Outcome::Confirmed { status: Status::Ready }
}

/// Prints with patience, as the worker does behind an uncertain job.
pub fn recovered(way: &Way) -> Outcome {
    print(
        &way.target,
        &ticket(),
        &JobOptions { recover: true, reply_timeout: Duration::from_millis(250), ..patient() },
    )
}
