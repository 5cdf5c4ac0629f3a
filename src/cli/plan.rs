//! `plan`: rounds for an instance file, checked.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{Ended, Failure};
use crate::routing::{Control, Options, PlanRun, Progress, plan_rounds, read_instance};

/// Kept back from the time limit for checking and writing the plan.
const CLOSING: Duration = Duration::from_millis(30);
/// How often the progress line is written.
const PROGRESS: Duration = Duration::from_millis(200);

/// Plan the rounds of an instance file (estate .json or .vrp) and check the plan.
///
/// Progress and a summary go to stderr. Ctrl-C ends the search with the best plan so far.
/// Exit codes: 0 all doors served, 3 some left out (each is named), 2 bad input.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An estate .json, or a CVRPLIB .vrp (`EUC_2D` or EXPLICIT `FULL_MATRIX`).
    instance: PathBuf,
    /// Where the plan goes: .json or .sol by its extension; without, JSON on stdout.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Seconds for the whole process, reading and writing included.
    #[arg(long, value_name = "S", default_value_t = 5.0, value_parser = seconds)]
    time_limit: f64,
    /// Trials of each search; the same seed and trials give the same plan on every machine.
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// Where the random draws start.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Independent searches at once; the best plan wins.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: u16,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(s) if (0.05..=86_400.0).contains(&s) => Ok(s),
        _ => Err(format!("“{text}” is no time limit; allowed are 0.05 to 86400 seconds")),
    }
}

static CANCELLED: AtomicBool = AtomicBool::new(false);

struct Watch {
    started: Instant,
    limit: Duration,
    /// When the progress line was last written; `None` when stderr is no terminal.
    told: Option<Mutex<Instant>>,
}

impl Control for Watch {
    fn elapsed_fraction(&self) -> Option<f64> {
        Some(self.started.elapsed().as_secs_f64() / self.limit.as_secs_f64())
    }

    fn cancelled(&self) -> bool {
        CANCELLED.load(Ordering::Relaxed)
    }

    fn progress(&self, progress: &Progress) {
        let Some(Ok(mut told)) = self.told.as_ref().map(Mutex::try_lock) else { return };
        if told.elapsed() >= PROGRESS {
            *told = Instant::now();
            let (s, p) = (self.started.elapsed().as_secs_f64(), progress);
            eprint!(
                "\r{s:6.1} s  cost {:>9}  left out {:>4}  trials {}   ",
                p.cost, p.left_out, p.iterations
            );
        }
    }
}

/// Plans; `started` is when the process began.
pub fn run(args: &Args, started: Instant) -> Result<Ended, Failure> {
    let name = args.instance.display();
    let text = std::fs::read_to_string(&args.instance)
        .map_err(|e| Failure::input(format!("{name} can't be read: {e}")))?;
    let instance = read_instance(&args.instance.to_string_lossy(), &text)
        .map_err(|e| Failure::input(format!("{name}: {e}")))?;
    // Without a handler Ctrl-C just ends the process: no plan, but nothing lost either.
    let _ = ctrlc::set_handler(|| CANCELLED.store(true, Ordering::Relaxed));
    let limit = Duration::from_secs_f64(args.time_limit);
    let watch = Watch {
        started,
        limit: limit.saturating_sub(CLOSING.min(limit / 4)),
        told: std::io::stderr().is_terminal().then(|| Mutex::new(started)),
    };
    let options =
        Options { seed: args.seed, iterations: args.iterations, threads: args.threads.into() };
    let run = plan_rounds(&instance, &options, &watch)
        .map_err(|e| Failure::input(format!("{name}: {e}")))?;
    if watch.told.is_some() {
        eprint!("\r{:70}\r", "");
    }
    write(args.output.as_deref(), &run)?;
    summary(&run, started.elapsed());
    if !run.verdict.sound() {
        return Err(Failure::failed(
            "the checker refused this plan; please report it with the instance",
        ));
    }
    Ok(if run.verdict.left_out == 0 { Ended::Done } else { Ended::InPart })
}

fn write(output: Option<&Path>, run: &PlanRun) -> Result<(), Failure> {
    let json = || run.solution.to_json().map_err(Failure::failed);
    match output {
        None => writeln!(std::io::stdout(), "{}", json()?).map_err(Failure::failed),
        Some(path) => {
            let sol = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("sol"));
            let text = if sol { run.solution.to_sol() } else { json()? };
            std::fs::write(path, text)
                .map_err(|e| Failure::failed(format!("{} can't be written: {e}", path.display())))
        }
    }
}

fn summary(run: &PlanRun, took: Duration) {
    let v = &run.verdict;
    tell!(
        "{}: cost {} s, walking {} s, {} rounds, {} doors served, {} trials in {:.2} s",
        run.name,
        v.cost,
        v.walking,
        v.rounds,
        v.served,
        run.plan.iterations,
        took.as_secs_f64()
    );
    if v.sound() {
        tell!("checker: the plan can be walked as it stands");
    } else {
        for fault in &v.faults {
            tell!("checker: {fault}");
        }
    }
    for (id, why) in run.left_out() {
        tell!("left out: {id}: {why}");
    }
}
