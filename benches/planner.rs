//! The planner's table: every instance of a folder, or made-up days, planned by the real program.
//!
//! ```text
//! cargo bench --bench planner                                     made-up days, 1 s and 10 s
//! cargo bench --bench planner -- --seconds 1,10,60 FOLDER...      instances from folders
//!     --peers rows.jsonl        rows of other solvers, to stand beside
//!     --best bks.tsv            best known costs
//!     --growth                  time to a plan 1 % above the own plan of 60 s
//! ```
//!
//! Each plan is a process of its own with one thread; its wall clock holds reading, table, search,
//! check and writing. The plan it wrote is read back and given to the checker. Gaps are means over
//! the instances of a set, to the best cost that is known from anywhere.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod estates;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use clubhouse_kiosk::routing::solution::Solution;
use clubhouse_kiosk::routing::{Control, Options, checker, plan_rounds, read_instance};

const SETS: [&str; 6] = ["S", "M", "L", "XL", "XXL", "X"];

#[derive(Debug, Parser)]
struct Args {
    /// Folders with estate .json and CVRPLIB .vrp files; made-up days without any.
    folders: Vec<PathBuf>,
    /// Seconds a plan may take, whole process.
    #[arg(long, value_delimiter = ',', default_value = "1,10")]
    seconds: Vec<f64>,
    /// Sets to run: S, M, L, XL, XXL, X.
    #[arg(long, value_delimiter = ',')]
    sets: Vec<String>,
    /// Seeds of the made-up days.
    #[arg(long, value_delimiter = ',', default_value = "101,102,103")]
    days: Vec<u64>,
    /// Where the search's draws start; more than one are all counted.
    #[arg(long, value_delimiter = ',', default_value = "1")]
    seeds: Vec<u64>,
    /// Rows of other solvers: JSON lines with instance, peer, seconds, objective, feasible.
    #[arg(long)]
    peers: Vec<PathBuf>,
    /// Best known costs: a name first on each line, the cost in the column headed bks or cost.
    #[arg(long)]
    best: Vec<PathBuf>,
    /// Also measures how the time to a good plan grows with the doors.
    #[arg(long)]
    growth: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// One plan, ours or a peer's.
struct Row {
    instance: String,
    solver: String,
    seconds: f64,
    cost: i64,
    walking: Option<i64>,
    left_out: usize,
    wall_s: f64,
    peak_mb: f64,
}

fn main() {
    let args = Args::parse();
    let work = std::env::temp_dir().join(format!("planner-bench-{}", std::process::id()));
    std::fs::create_dir_all(&work).expect("a temporary folder");
    let instances: Vec<PathBuf> = if args.folders.is_empty() {
        made_up(&args, &work)
    } else {
        args.folders.iter().flat_map(|folder| found(folder)).collect()
    };
    let wanted = |path: &&PathBuf| {
        args.sets.is_empty() || args.sets.iter().any(|s| s == set_of(&name_of(path)))
    };
    let instances: Vec<&PathBuf> = instances.iter().filter(wanted).collect();
    let mut rows: Vec<Row> = args.peers.iter().flat_map(|file| peers(file)).collect();
    for &seconds in &args.seconds {
        for path in &instances {
            for &seed in &args.seeds {
                let row = plan(path, seconds, seed, &work);
                eprintln!(
                    "{:<18} {seconds:>4} s  cost {:>7}  walking {:>7}  {:>5.2} s wall  {:>4.0} MB",
                    row.instance,
                    row.cost,
                    row.walking.unwrap_or(0),
                    row.wall_s,
                    row.peak_mb
                );
                rows.push(row);
            }
        }
    }
    let names: Vec<String> = instances.iter().map(|path| name_of(path)).collect();
    rows.retain(|row| names.contains(&row.instance));
    println!("{}", table(&rows, &best_known(&args, &rows)));
    if args.growth {
        println!("{}", growth(&instances));
    }
    let _ = std::fs::remove_dir_all(&work);
}

fn made_up(args: &Args, work: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for size in estates::SIZES {
        for &day in &args.days {
            let estate = estates::estate(size, day);
            let file = work.join(format!("{}.json", estate.name));
            std::fs::write(&file, serde_json::to_string(&estate).unwrap()).unwrap();
            files.push(file);
        }
    }
    files
}

/// The instances of a folder, by name; a single file is an instance.
fn found(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let entries = std::fs::read_dir(folder).expect("a folder that can be read");
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "json" || e == "vrp"))
        .collect();
    files.sort();
    files
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// `estate-XL-1` is of set XL, `X-n303-k21` of set X.
fn set_of(name: &str) -> &'static str {
    let size = if name.starts_with("X-") { "X" } else { name.split('-').nth(1).unwrap_or("") };
    SETS.into_iter().find(|set| *set == size).unwrap_or("other")
}

fn plan(path: &Path, seconds: f64, seed: u64, work: &Path) -> Row {
    let out = work.join("plan.json");
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"))
        .args(["plan", &path.to_string_lossy(), "-o", &out.to_string_lossy()])
        .args(["--time-limit", &seconds.to_string(), "--seed", &seed.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    // The high-water mark only grows, so that a look every few milliseconds misses nothing of size.
    let mut peak_mb = 0.0_f64;
    while child.try_wait().expect("the program's end").is_none() {
        peak_mb = peak_mb.max(high_water_mb(child.id()));
        std::thread::sleep(Duration::from_millis(5));
    }
    let wall_s = started.elapsed().as_secs_f64();
    let text = std::fs::read_to_string(path).unwrap();
    let instance = read_instance(&path.to_string_lossy(), &text).expect("a sound instance");
    let solution: Solution =
        serde_json::from_str(&std::fs::read_to_string(&out).expect("a plan")).expect("a plan");
    let verdict = checker::check(&instance, &solution);
    assert!(verdict.sound(), "{}: {:?}", path.display(), verdict.faults);
    Row {
        instance: name_of(path),
        solver: "own".to_owned(),
        seconds,
        cost: verdict.cost,
        walking: Some(verdict.walking),
        left_out: verdict.left_out,
        wall_s,
        peak_mb,
    }
}

/// The process's largest resident memory so far, where the system tells.
fn high_water_mb(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

fn peers(file: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(file).expect("the peers' rows");
    text.lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|row| row["feasible"] == true)
        .filter_map(|row| {
            Some(Row {
                instance: row["instance"].as_str()?.to_owned(),
                solver: row["peer"].as_str()?.to_owned(),
                seconds: row["seconds"].as_f64()?,
                cost: row["objective"].as_i64()?,
                walking: None,
                left_out: row["unserved"].as_u64().unwrap_or(0) as usize,
                wall_s: row["solve_s"].as_f64().or(row["wall_s"].as_f64())?,
                peak_mb: row["rss_mb"].as_f64()?,
            })
        })
        .collect()
}

fn best_known(args: &Args, rows: &[Row]) -> BTreeMap<String, i64> {
    let mut best: BTreeMap<String, i64> = BTreeMap::new();
    let mut meet = |name: &str, cost: i64| {
        let known = best.entry(name.to_owned()).or_insert(cost);
        *known = (*known).min(cost);
    };
    for file in &args.best {
        let text = std::fs::read_to_string(file).expect("best known costs");
        let heading = text.lines().next().unwrap_or_default();
        let column = heading.split_whitespace().position(|word| word == "bks" || word == "cost");
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let cost = words.get(column.unwrap_or(1)).and_then(|word| word.parse().ok());
            if let (Some(name), Some(cost)) = (words.first(), cost) {
                meet(name, cost);
            }
        }
    }
    for row in rows.iter().filter(|row| row.left_out == 0) {
        meet(&row.instance, row.cost);
    }
    best
}

fn table(rows: &[Row], best: &BTreeMap<String, i64>) -> String {
    let mut solvers: Vec<&str> = rows.iter().map(|row| row.solver.as_str()).collect();
    solvers.sort_unstable();
    solvers.dedup();
    let mut seconds: Vec<f64> = rows.iter().map(|row| row.seconds).collect();
    seconds.sort_unstable_by(f64::total_cmp);
    seconds.dedup();
    let mut text = String::from(
        "| set | s | solver | plans | mean gap | worst gap | mean walking | longest wall | peak MB | left out |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    for set in SETS {
        for &limit in &seconds {
            for solver in &solvers {
                let of: Vec<&Row> = rows
                    .iter()
                    .filter(|row| row.solver == *solver && row.seconds.total_cmp(&limit).is_eq())
                    .filter(|row| set_of(&row.instance) == set)
                    .collect();
                if of.is_empty() {
                    continue;
                }
                let gap = |row: &&Row| (row.cost as f64 / best[&row.instance] as f64 - 1.0) * 100.0;
                let most =
                    |f: &dyn Fn(&Row) -> f64| of.iter().map(|row| f(row)).fold(0.0, f64::max);
                let count = of.len() as f64;
                let walking: i64 = of.iter().filter_map(|row| row.walking).sum();
                let _ = writeln!(
                    text,
                    "| {set} | {limit} | {solver} | {count} | {:.2} % | {:.2} % | {} | {:.2} s | {:.0} | {} |",
                    of.iter().map(gap).sum::<f64>() / count,
                    of.iter().map(gap).fold(f64::MIN, f64::max),
                    if walking > 0 {
                        format!("{:.0} s", walking as f64 / count)
                    } else {
                        String::new()
                    },
                    most(&|row| row.wall_s),
                    most(&|row| row.peak_mb),
                    of.iter().map(|row| row.left_out).sum::<usize>(),
                );
            }
        }
    }
    text
}

/// A clock for searches inside this process.
struct Limit {
    started: Instant,
    limit_s: f64,
}

impl Control for Limit {
    fn elapsed_fraction(&self) -> Option<f64> {
        Some(self.started.elapsed().as_secs_f64() / self.limit_s)
    }
}

/// Shortest time limit, by doubling, whose plan is within 1 % of the own plan of 60 s.
///
/// An annealing is good only at its end, so that the moment at which a long one passes the mark
/// would say nothing: each limit is a search of its own.
fn growth(instances: &[&PathBuf]) -> String {
    let run = |path: &Path, limit_s: f64| {
        let text = std::fs::read_to_string(path).unwrap();
        let started = Instant::now();
        let instance = read_instance(&path.to_string_lossy(), &text).expect("a sound instance");
        plan_rounds(&instance, &Options::default(), &Limit { started, limit_s })
            .expect("a plan")
            .cost()
            .0
    };
    let mut text = String::from(
        "| instance | own plan of 60 s | shortest limit within 1 % |\n|---|---|---|\n",
    );
    for path in instances {
        let best = run(path, 60.0);
        let mut limit_s = 0.025;
        while limit_s < 60.0 && run(path, limit_s) * 100 > best * 101 {
            limit_s *= 2.0;
        }
        let _ = writeln!(text, "| {} | {best} | {limit_s} s |", name_of(path));
    }
    text
}
