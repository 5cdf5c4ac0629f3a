//! `plan`: rounds for an instance file, checked.

mod service;
mod watch;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Ended, Failure};
use crate::routing::bound::{Proof, lower_bound};
use crate::routing::checker::Verdict;
use crate::routing::solution::Solution;
use crate::routing::{Instance, Options, PlanRun, plan_rounds, read_instance};
use watch::Watch;

/// Kept back from the time limit for checking and writing the plan.
const CLOSING: Duration = Duration::from_millis(30);
/// Seconds for a plan where nothing is said, and for proving a bound on top of it.
const PLAN_S: f64 = 5.0;
const BOUND_S: f64 = 90.0;

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
    /// Seconds for the whole process, reading and writing included: 5 if left out, 95 with --bound.
    #[arg(long, value_name = "S", value_parser = seconds)]
    time_limit: Option<f64>,
    /// Trials of each search; the same seed and trials give the same plan on every machine.
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// Where the random draws start.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Independent searches at once; the best plan wins.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: u16,
    /// What decides: the sum of durations alone, or all that a dispatcher wants of a day.
    #[arg(long, value_enum, default_value_t = Rules::Plain)]
    rules: Rules,
    /// Say how many of the volunteers listed are enough, and what one fewer would leave; no plan.
    #[arg(long, conflicts_with_all = ["output", "explain", "bound"])]
    how_many: bool,
    /// Say why a door is where it is, by delivery id; as often as you like. Needs --rules service.
    #[arg(long, value_name = "ID")]
    explain: Vec<String>,
    /// Prove what no plan can cost less than: for days of up to 120 doors, in about a minute.
    #[arg(long)]
    bound: bool,
}

/// What decides between plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Rules {
    /// Most doors, then the smallest sum of durations.
    Plain,
    /// Most doors, hot and in time, fewest doors that change hands, the sum to within 2 %, the
    /// shortest longest round, familiar faces, evenness over the month.
    Service,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(s) if (0.05..=86_400.0).contains(&s) => Ok(s),
        _ => Err(format!("“{text}” is no time limit; allowed are 0.05 to 86400 seconds")),
    }
}

/// Plans; `started` is when the process began.
pub fn run(args: &Args, started: Instant) -> Result<Ended, Failure> {
    let name = args.instance.display();
    let text = std::fs::read_to_string(&args.instance)
        .map_err(|e| Failure::input(format!("{name} can't be read: {e}")))?;
    let instance = read_instance(&args.instance.to_string_lossy(), &text)
        .map_err(|e| Failure::input(format!("{name}: {e}")))?;
    if !args.explain.is_empty() && args.rules == Rules::Plain {
        return Err(Failure::input("--explain needs --rules service"));
    }
    watch::listen();
    let whole = args.time_limit.unwrap_or(PLAN_S + if args.bound { BOUND_S } else { 0.0 });
    let planning = if args.bound { whole.min(PLAN_S).min(whole / 4.0) } else { whole };
    let limit = Duration::from_secs_f64(planning);
    let watch = Watch::new(started, limit.saturating_sub(CLOSING.min(limit / 4)));
    let options =
        Options { seed: args.seed, iterations: args.iterations, threads: args.threads.into() };
    if args.rules == Rules::Service || args.how_many {
        let Instance::Estate(estate) = &instance else {
            return Err(Failure::input(format!(
                "{name}: a benchmark instance knows no service rules; use an estate .json"
            )));
        };
        if args.bound {
            return Err(Failure::input("--bound is of the plain rules: leave --rules service out"));
        }
        return if args.how_many {
            service::how_many(estate, &options, &watch)
        } else {
            service::plan(args, estate, &options, &watch)
        };
    }
    let run = plan_rounds(&instance, &options, &watch)
        .map_err(|e| Failure::input(format!("{name}: {e}")))?;
    watch.end();
    write(args.output.as_deref(), &run.solution)?;
    summary(&run, started.elapsed());
    if args.bound && run.verdict.sound() {
        bound(&instance, &run, &Watch::new(started, Duration::from_secs_f64(whole)))?;
    }
    judged(&run.verdict)
}

/// Nothing leaves here without the checker's word.
fn judged(verdict: &Verdict) -> Result<Ended, Failure> {
    if !verdict.sound() {
        return Err(Failure::failed(
            "the checker refused this plan; please report it with the instance",
        ));
    }
    Ok(if verdict.left_out == 0 { Ended::Done } else { Ended::InPart })
}

fn write(output: Option<&Path>, solution: &Solution) -> Result<(), Failure> {
    let json = || solution.to_json().map_err(Failure::failed);
    match output {
        None => writeln!(std::io::stdout(), "{}", json()?.trim_end()).map_err(Failure::failed),
        Some(path) => {
            let sol = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("sol"));
            let text = if sol { solution.to_sol() } else { json()? };
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
    checked(v);
    for (id, why) in run.left_out() {
        tell!("left out: {id}: {why}");
    }
}

fn checked(verdict: &Verdict) {
    if verdict.sound() {
        tell!("checker: the plan can be walked as it stands");
    } else {
        for fault in &verdict.faults {
            tell!("checker: {fault}");
        }
    }
}

fn bound(instance: &Instance, run: &PlanRun, watch: &Watch) -> Result<(), Failure> {
    if run.verdict.left_out > 0 {
        tell!("bound: there is none for a plan that leaves doors out");
        return Ok(());
    }
    let problem = instance.problem().map_err(Failure::input)?;
    match lower_bound(&problem, Some(run.cost()), watch) {
        Err(why) => tell!("bound: none: {why}"),
        Ok(bound) => {
            let above = (run.cost().0 - bound.cost.0) as f64 / bound.cost.0.max(1) as f64 * 100.0;
            match bound.proof {
                Proof::Optimal => tell!("bound: {}: no plan is shorter than this one", bound.cost),
                Proof::NoPlan => tell!("bound: no plan serves all doors"),
                Proof::Exhausted | Proof::Stopped => tell!(
                    "bound: no plan takes less than {}; this one is at most {above:.2} % above the \
                     shortest{}",
                    bound.cost,
                    if bound.proof == Proof::Stopped { " (more time may prove more)" } else { "" }
                ),
            }
        }
    }
    Ok(())
}
