//! A foreign printer on the bench, steered by the program that its settings name.

use crate::bench::Bench;
use clubhouse_hardware::printer::{Bitmap, Document, Fault, Proof, Target, encode};
use std::cell::Cell;
use std::fs::File;
use std::io::Write;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

/// A printer that nobody here wrote.
pub struct Foreign {
    name: String,
    target: Target,
    control: String,
    proofs: String,
    seen: Cell<usize>,
}

/// The printers of the environment; what came out of them before is not counted.
pub fn all() -> Vec<Foreign> {
    let setting = |name| {
        std::env::var(name).unwrap_or_else(|_| panic!("{name} has to be set: see foreign/main.rs"))
    };
    let control = setting("FOREIGN_CONTROL");
    let proofs = std::env::var("FOREIGN_PROOFS").unwrap_or_else(|_| "paper_sensor".into());
    let one = |text: &str| {
        let (name, target) = text.split_once('=').expect("NAME=TARGET");
        let foreign = Foreign {
            name: name.to_owned(),
            target: target.parse().unwrap(),
            control: control.clone(),
            proofs: proofs.clone(),
            seen: Cell::new(0),
        };
        foreign.seen.set(foreign.control(&["papers", "0"]).lines().count());
        foreign
    };
    let printers: Vec<_> = setting("FOREIGN_PRINTERS").split_whitespace().map(one).collect();
    assert!(!printers.is_empty(), "FOREIGN_PRINTERS names no printer");
    printers
}

impl Foreign {
    fn control(&self, words: &[&str]) -> String {
        let output = Command::new(&self.control).arg(&self.name).args(words).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} {words:?}: {said}", self.name);
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Bench for Foreign {
    fn name(&self) -> &str {
        &self.name
    }

    fn target(&self) -> &Target {
        &self.target
    }

    fn answers(&self, proof: Proof) -> bool {
        self.proofs.contains(match proof {
            Proof::PaperSensor => "paper_sensor",
            Proof::ProcessId => "process_id",
        })
    }

    fn set(&self, fault: Fault, on: bool) {
        self.control(&[if on { "set" } else { "clear" }, fault.name()]);
    }

    fn papers(&self, count: usize) -> Vec<Bitmap> {
        let list = self.control(&["papers", &(self.seen.get() + count).to_string()]);
        let papers: Vec<_> = list.lines().skip(self.seen.get()).map(read).collect();
        self.seen.set(self.seen.get() + papers.len());
        papers
    }

    /// Longer than a device needs: a simulator shares its processor with whatever else runs there.
    fn reply_timeout(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn break_off(&self, document: &Document, sent: usize) {
        let bytes = encode(document).unwrap();
        let beginning = &bytes[..sent];
        match &self.target {
            Target::Tcp { host, port } => TcpStream::connect((host.as_str(), *port))
                .and_then(|mut stream| stream.write_all(beginning))
                .unwrap(),
            Target::Device(path) => {
                File::options().write(true).open(path).unwrap().write_all(beginning).unwrap();
            }
            other => panic!("{other} cannot be broken off"),
        }
    }
}

/// Reads a paper's picture; whatever is darker than grey is ink.
fn read(path: &str) -> Bitmap {
    let mut decoder = png::Decoder::new(std::io::BufReader::new(File::open(path).unwrap()));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut dots).unwrap();
    let mut bitmap = Bitmap::new(info.width, info.height).unwrap();
    let samples = info.color_type.samples();
    for y in 0..info.height {
        for x in 0..info.width {
            let dot = y as usize * info.line_size + x as usize * samples;
            bitmap.set(x, y, dots[dot] < 128);
        }
    }
    bitmap
}
