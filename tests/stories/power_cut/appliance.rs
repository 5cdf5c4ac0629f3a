//! The whole program in a process of its own, in a folder that can be taken for a disk, with two
//! printers on the network that nothing of it reaches.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jiff::civil::DateTime;

use super::http::Http;
use super::layer;
use super::promises::Promises;
use super::screen;
use crate::stories::campaign::club::Press;

/// Longer than a start takes on a busy machine.
const LONGEST: Duration = Duration::from_mins(1);
/// What the program says before the address of its pages.
const PAGES: &str = "the desk's pages: http://";

/// As what the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `clubhouse-kiosk run --headless`.
    Headless,
    /// The same with the screen's mind and its clerk, at which people order.
    Screen,
    /// The same; at the screen rounds are handed in and the day is closed.
    Evening,
}

/// The layer that writes down what is done to the disk, and where it does.
pub struct Under {
    pub library: PathBuf,
    pub records: PathBuf,
}

/// A program that runs.
pub struct Life {
    process: Child,
    pub address: SocketAddr,
    /// From the start of the process until its pages answered.
    pub ready: Duration,
    /// Of that, what it computed itself.
    pub computed: Duration,
    reader: Option<std::thread::JoinHandle<()>>,
    lines: Receiver<String>,
}

/// Settings of the program: two printers, the clock's start.
pub fn write_settings(folder: &Path, presses: &[Press; 2], start: DateTime) {
    let [stove, desk] = [0, 1].map(|p: usize| presses[p].served.address().port());
    let settings = format!(
        "demonstration = \"{start}\"\n\
         [times]\nkitchen_from = \"06:00\"\n\
         [rounds]\nplan_s = 1\n\
         [panel]\nbackend = \"none\"\n\
         [speech]\nprogram = \"\"\n\
         [web]\naddress = \"127.0.0.1:0\"\nidle_min = 1440\nsession_hours = 168\n\
         [printers.stove]\ntarget = \"tcp:127.0.0.1:{stove}\"\n\
         [printers.desk]\ntarget = \"tcp:127.0.0.1:{desk}\"\nwidth_dots = 384\n\
         [queues.kitchen]\nprinter = \"stove\"\nfallback = \"desk\"\n\
         [queues.counter]\nprinter = \"desk\"\nfallback = \"stove\"\n\
         [queues.rounds]\nprinter = \"desk\"\nfallback = \"stove\"\n"
    );
    std::fs::write(folder.join("clubhouse.toml"), settings).unwrap();
}

/// A command of the program in its folder, on the layer if there is one.
pub fn command(folder: &Path, under: Option<&Under>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"));
    prepare(&mut command, folder, under);
    command
}

fn prepare(command: &mut Command, folder: &Path, under: Option<&Under>) {
    command.current_dir(folder).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    if let Some(Under { library, records }) = under {
        layer::under(command, library, &folder.join("var"), records);
    }
}

impl Life {
    /// Starts it and waits until its pages answer; what its screen says goes to `promises`.
    pub fn begin(
        folder: &Path,
        role: Role,
        seed: u64,
        under: Option<&Under>,
        promises: &Arc<Promises>,
    ) -> Self {
        let mut command = match role {
            Role::Headless => {
                let mut command = command(folder, under);
                command.args(["run", "--headless"]);
                command
            }
            Role::Screen | Role::Evening => {
                let mut command = Command::new(std::env::current_exe().unwrap());
                prepare(&mut command, folder, under);
                command
                    .args(["--exact", screen::ENTRY, "--nocapture", "--test-threads=1"])
                    .env(screen::SEED, seed.to_string())
                    .env(screen::EVENING, (role == Role::Evening).to_string());
                command
            }
        };
        let since = Instant::now();
        let errors = std::fs::File::create(folder.join("stderr")).unwrap();
        let mut process = command.stdout(Stdio::piped()).stderr(errors).spawn().unwrap();
        let stdout = process.stdout.take().unwrap();
        let (say, lines) = channel();
        let promises = promises.clone();
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                match line.strip_prefix(screen::MARK) {
                    // A line that a kill has cut short was read by nobody.
                    Some(told) => screen::believe(&promises, told, &say),
                    // Nobody listens any more once the address is known.
                    None => drop(say.send(line)),
                }
            }
        });
        let address = loop {
            match lines.recv_timeout(LONGEST) {
                Ok(line) => {
                    if let Some(address) = line.strip_prefix(PAGES) {
                        break address.parse().unwrap();
                    }
                }
                Err(error) => panic!(
                    "it did not open ({error}): {}",
                    std::fs::read_to_string(folder.join("stderr")).unwrap_or_default()
                ),
            }
        };
        let answer = Http::new(address, "").get("/sign-in").unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        let ready = since.elapsed();
        let computed = computed(process.id());
        Self { process, address, ready, computed, reader: Some(reader), lines }
    }

    /// Waits for a line of the screen that is no promise; false if it does not come in time.
    pub fn hears(&self, word: &str, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        while let Ok(line) =
            self.lines.recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            if line == word {
                return true;
            }
        }
        false
    }

    /// SIGKILL, wherever it is just now. What it had said before was read by somebody.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.listen_to_the_end();
    }

    fn listen_to_the_end(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
    }

    /// SIGTERM, and the end that it comes to by itself.
    pub fn close(mut self) {
        let pid = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        let until = Instant::now() + LONGEST;
        while self.process.try_wait().unwrap().is_none() {
            assert!(Instant::now() < until, "it did not end");
            let _ = self.lines.recv_timeout(Duration::from_millis(20));
            std::thread::yield_now();
        }
        self.listen_to_the_end();
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        // A process that has ended already needs no kill.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Processor time of a process so far; the kernel counts in hundredths of a second.
fn computed(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, rest) = stat.rsplit_once(')').unwrap();
    let ticks = |nth: usize| rest.split_whitespace().nth(nth).unwrap().parse::<u64>().unwrap();
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
