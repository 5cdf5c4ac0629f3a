//! A clubhouse from outside: its process, its two printers on the network, and everything that it
//! has promised to anybody.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use clubhouse_hardware::printer::{PaperWidth, Receipt, ServedPrinter, SimulatedPrinter};
use clubhouse_kiosk::domain::{OrderId, ServiceDate};
use jiff::Timestamp;
use tempfile::TempDir;

use super::child::{Ask, CLOCK, ENTRY, FOLDER, MARK, Told};

/// The names of the two printers; each is the other's fall-back.
pub const PRINTERS: [&str; 2] = ["stove", "desk"];
/// Paper of the two printers.
pub const WIDTHS: [PaperWidth; 2] = [PaperWidth::Mm80, PaperWidth::Mm58];
/// The service manager kills what has not ended by then; a busy machine is no excuse.
const LONGEST_CLOSE: Duration = Duration::from_secs(20);
/// Longer than any answer may take on a busy machine.
const LONGEST: Duration = Duration::from_mins(1);

/// What an order may be like after all that was said and all that was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub note: String,
    pub cancelled: bool,
}

/// An order that somebody holds a number for.
#[derive(Debug)]
pub struct Promise {
    pub date: ServiceDate,
    pub number: u32,
    /// The acknowledged version, and those that nobody answered for.
    pub versions: Vec<Version>,
    /// A question about it is under way.
    pub busy: bool,
}

/// A printer as it stands in the room.
pub struct Press {
    pub printer: SimulatedPrinter,
    pub served: ServedPrinter,
    /// What has come out and was not looked at yet.
    pub papers: Vec<Arc<Receipt>>,
}

impl Press {
    /// The two printers of a club, each on a port of its own.
    pub fn two() -> [Self; 2] {
        WIDTHS.map(|width| {
            let printer = SimulatedPrinter::new(width);
            let served = printer.serve_tcp("127.0.0.1:0").unwrap();
            Self { printer, served, papers: Vec::new() }
        })
    }

    /// Takes the paper away before it falls on the floor.
    pub fn collect(presses: &mut [Self; 2]) {
        for press in presses {
            press.papers.extend(press.printer.take_paper());
        }
    }
}

struct Running {
    process: Child,
    stdin: ChildStdin,
    told: Receiver<Told>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // Kill is SIGKILL; a process that has ended already needs none.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub struct Club {
    pub folder: TempDir,
    pub presses: [Press; 2],
    pub now: Timestamp,
    /// What it has promised for today.
    pub promises: BTreeMap<OrderId, Promise>,
    /// Orders that it has acknowledged so far.
    pub acknowledged: usize,
    /// Orders of a date that were asked for and not answered: they may or may not exist.
    pub unanswered: BTreeMap<ServiceDate, usize>,
    running: Option<Running>,
    asked: VecDeque<Ask>,
}

impl Club {
    /// A club whose database is a copy of a furnished one.
    pub fn new(furnished: &Path, now: Timestamp) -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::copy(furnished, folder.path().join("lunch.sqlite")).unwrap();
        let presses = Press::two();
        let [stove, desk] = [0, 1].map(|p: usize| presses[p].served.address().port());
        let settings = format!(
            "[times]\nkitchen_from = \"06:00\"\ndelivery_cut_off = \"10:30\"\n\
             [panel]\nbackend = \"none\"\n\
             [printers.stove]\ntarget = \"tcp:127.0.0.1:{stove}\"\n\
             [printers.desk]\ntarget = \"tcp:127.0.0.1:{desk}\"\nwidth_dots = 384\n\
             [queues.kitchen]\nprinter = \"stove\"\nfallback = \"desk\"\n\
             [queues.counter]\nprinter = \"desk\"\nfallback = \"stove\"\n\
             [queues.rounds]\nprinter = \"desk\"\nfallback = \"stove\"\n"
        );
        std::fs::write(folder.path().join("clubhouse.toml"), settings).unwrap();
        let asked = VecDeque::new();
        let (promises, unanswered) = (BTreeMap::new(), BTreeMap::new());
        Self { folder, presses, now, promises, acknowledged: 0, unanswered, running: None, asked }
    }

    pub fn is_open(&self) -> bool {
        self.running.is_some()
    }

    /// Starts the process and waits until it says that it is open.
    pub fn open(&mut self) {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", ENTRY, "--nocapture", "--test-threads=1"])
            .env(FOLDER, self.folder.path())
            .env(CLOCK, self.now.as_millisecond().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (say, told) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // A line that a kill has cut short was never read by anybody.
                let answer = line.strip_prefix(MARK).and_then(|l| serde_json::from_str(l).ok());
                if answer.is_some_and(|answer| say.send(answer).is_err()) {
                    break;
                }
            }
        });
        self.running = Some(Running { process, stdin, told });
        self.asked.clear();
        assert_eq!(self.next(LONGEST), Some(Told::Open), "the clubhouse did not open");
    }

    /// Asks without waiting for the answer.
    pub fn ask(&mut self, ask: Ask) {
        if let Ask::Amend { order, .. } | Ask::Cancel { order } = &ask {
            self.promises.get_mut(order).unwrap().busy = true;
        }
        let line = serde_json::to_string(&ask).unwrap() + "\n";
        let running = self.running.as_mut().unwrap();
        running.stdin.write_all(line.as_bytes()).unwrap();
        self.asked.push_back(ask);
    }

    /// Moves the clock, and with it does what it sets off.
    pub fn clock(&mut self, moment: Timestamp) {
        self.now = moment;
        self.ask(Ask::Clock { moment });
    }

    /// Takes answers for so long, or until all are in.
    pub fn listen(&mut self, patience: Duration) {
        let until = Instant::now() + patience;
        while let Some(ask) = self.asked.front().cloned() {
            let Some(told) = self.next(until.saturating_duration_since(Instant::now())) else {
                return;
            };
            self.asked.pop_front();
            self.believe(ask, told);
        }
    }

    /// Takes every answer that is still to come.
    pub fn listen_to_all(&mut self) {
        self.listen(LONGEST);
        assert!(self.asked.is_empty(), "no answer to {:?}", self.asked);
    }

    /// Takes the paper away before it falls on the floor.
    pub fn collect(&mut self) {
        Press::collect(&mut self.presses);
    }

    /// SIGKILL, wherever it is just now.
    pub fn kill(&mut self) {
        let mut running = self.running.take().unwrap();
        running.process.kill().unwrap();
        running.process.wait().unwrap();
        // What it had said before was read by somebody.
        while let Ok(told) = running.told.recv_timeout(LONGEST) {
            let ask = self.asked.pop_front().unwrap();
            self.believe(ask, told);
        }
        for ask in std::mem::take(&mut self.asked) {
            self.doubt(ask);
        }
    }

    /// Clean shutdown, with whatever is under way; the time it took.
    pub fn close(&mut self) -> Duration {
        self.listen_to_all();
        let since = Instant::now();
        self.ask(Ask::Close);
        let told = self.next(LONGEST_CLOSE);
        assert_eq!(told, Some(Told::Closed), "it did not end in {LONGEST_CLOSE:?}");
        let mut running = self.running.take().unwrap();
        assert!(running.process.wait().unwrap().success());
        self.asked.clear();
        since.elapsed()
    }

    fn next(&mut self, patience: Duration) -> Option<Told> {
        match self.running.as_ref().unwrap().told.recv_timeout(patience) {
            Ok(told) => Some(told),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the clubhouse ended by itself"),
        }
    }

    fn believe(&mut self, ask: Ask, told: Told) {
        match (ask, told) {
            (Ask::Place { date, note, .. }, Told::Placed { order, number }) => {
                let versions = vec![Version { note, cancelled: false }];
                let promise = Promise { date, number, versions, busy: false };
                assert!(self.promises.insert(order, promise).is_none(), "one id, two orders");
                self.acknowledged += 1;
            }
            (Ask::Amend { order, note, .. }, Told::Done) => {
                let promise = self.promises.get_mut(&order).unwrap();
                promise.versions = vec![Version { note, cancelled: false }];
                promise.busy = false;
            }
            (Ask::Cancel { order }, Told::Done) => {
                let promise = self.promises.get_mut(&order).unwrap();
                let note = promise.versions[0].note.clone();
                promise.versions = vec![Version { note, cancelled: true }];
            }
            (Ask::Clock { .. } | Ask::Move { .. } | Ask::Ring, Told::Done) => {}
            (ask, told) => panic!("{ask:?} was answered by {told:?}"),
        }
    }

    /// A question that a killed process may or may not have come to. Nobody asks about that order
    /// again: it stays busy.
    fn doubt(&mut self, ask: Ask) {
        match ask {
            Ask::Place { date, .. } => *self.unanswered.entry(date).or_default() += 1,
            Ask::Amend { order, note, .. } => {
                let promise = self.promises.get_mut(&order).unwrap();
                promise.versions.push(Version { note, cancelled: false });
            }
            Ask::Cancel { order } => {
                let promise = self.promises.get_mut(&order).unwrap();
                let note = promise.versions[0].note.clone();
                promise.versions.push(Version { note, cancelled: true });
            }
            Ask::Clock { .. } | Ask::Move { .. } | Ask::Ring | Ask::Close => {}
        }
    }
}
