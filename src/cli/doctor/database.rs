//! The database: sound, filled, and not ahead of the clock.

use jiff::Timestamp;
use std::sync::Arc;

use super::super::open::DATABASE;
use super::Findings;
use crate::clock::{Clock, demonstration};
use crate::clock_trust::{self, BUILT};
use crate::config::Settings;
use crate::counter::Counter;
use crate::domain::ServiceDate;
use crate::error::Error;
use crate::house::House;
use crate::store::{Store, buildings, days, ledger, menus, print_jobs, residents, volunteers};

/// How far ahead a house plans its menus.
const AHEAD: i64 = 14;

/// What is counted in one consistent state.
struct Counts {
    nodes: usize,
    buildings: usize,
    residents: usize,
    volunteers: usize,
    menus: usize,
    waiting: u32,
    failed: u32,
    unbalanced: u32,
    latest: Option<Timestamp>,
}

/// Opens the database if there is one, and looks into it.
pub fn look(findings: &mut Findings, settings: &Settings) {
    let path = settings.data.join(DATABASE);
    if !path.exists() {
        let begins = settings
            .demonstration
            .map(|start| settings.calendar().at(ServiceDate(start.date()), start.time()));
        clock(findings, settings, &begins.map_or_else(Clock::system, Clock::starting_at), None);
        findings.look(
            "database",
            format!(
                "{} is not there; the first command that needs it makes an empty one",
                path.display()
            ),
        );
        return;
    }
    // Opening checks the whole file.
    let store = match Store::open(&path) {
        Ok(store) => store,
        Err(error) => return findings.wrong("database", error),
    };
    let mut house = House { store, clock: Clock::system(), settings: Arc::new(settings.clone()) };
    if let Some(start) = settings.demonstration {
        match demonstration(&house, start) {
            Ok(clock) => house.clock = clock,
            Err(error) => return findings.wrong("database", error),
        }
    }
    match counts(&house) {
        Ok(counts) => {
            clock(findings, settings, &house.clock, counts.latest);
            say(findings, &counts, &path.display().to_string());
        }
        Err(error) => findings.wrong("database", error),
    }
}

fn counts(house: &House) -> Result<Counts, Error> {
    let now = house.clock.now();
    let calendar = Counter::new(house.clone()).calendar()?;
    let today = calendar.today(now);
    let ahead: Vec<ServiceDate> =
        (0..AHEAD).map(|n| today.plus_days(n)).filter(|d| calendar.closed(*d).is_none()).collect();
    house.store.read(|db| {
        let mut with_menu = 0;
        for date in &ahead {
            with_menu += usize::from(menus::get(db, *date)?.is_some());
        }
        Ok(Counts {
            nodes: buildings::nodes(db)?.len(),
            buildings: buildings::all(db)?.len(),
            residents: residents::all(db)?.len(),
            volunteers: volunteers::all(db)?.len(),
            menus: with_menu,
            waiting: print_jobs::waiting(db, now)?,
            failed: print_jobs::on(db, today)?.iter().filter(|j| lost(j.state)).count() as u32,
            unbalanced: ledger::unbalanced(db)?,
            latest: days::latest_moment(db)?,
        })
    })
}

/// Whether a person must decide about a paper.
fn lost(state: crate::domain::PrintJobState) -> bool {
    use crate::domain::PrintJobState::{Failed, Uncertain};
    matches!(state, Failed | Uncertain)
}

fn say(findings: &mut Findings, counts: &Counts, path: &str) {
    findings.ok("database", format!("{path} is sound"));
    match counts.buildings {
        0 => findings
            .look("compound", "there is none yet; read its drawing with “import compound FILE”"),
        n => {
            findings.ok("compound", format!("{n} buildings, {} points of footpaths", counts.nodes));
        }
    }
    match (counts.residents, counts.volunteers) {
        (r, v) if r > 0 && v > 0 => findings.ok("people", format!("{r} residents, {v} volunteers")),
        (r, v) => findings.look("people", format!("{r} residents, {v} volunteers; read lists with “import residents” and “import volunteers”")),
    }
    match counts.menus {
        0 => findings.look(
            "menus",
            format!("none for the next {AHEAD} days; read them with “import menu FILE”"),
        ),
        n => findings.ok("menus", format!("{n} in the next {AHEAD} days")),
    }
    match (counts.waiting, counts.failed) {
        (0, 0) => findings.ok("papers", "none waits"),
        (waiting, 0) => findings.look("papers", format!("{waiting} wait to be printed; is the kiosk running, and its printer ready?")),
        (waiting, lost) => findings.look("papers", format!("{waiting} wait, {lost} of today are uncertain or failed; compare with the paper, then use “order reprint NUMBER”")),
    }
    match counts.unbalanced {
        0 => findings.ok("ledger", "adds up"),
        n => findings.wrong(
            "ledger",
            format!("{n} postings do not add up; keep the database and call for help"),
        ),
    }
}

fn clock(findings: &mut Findings, settings: &Settings, clock: &Clock, latest: Option<Timestamp>) {
    let calendar = settings.calendar();
    let local = |at: Timestamp| calendar.local(at).strftime("%Y-%m-%d %H:%M").to_string();
    let now = clock.now();
    let shown = format!("{} in {}", local(now), settings.zone);
    match latest {
        _ if settings.demonstration.is_some() => {
            findings.ok("clock", format!("{shown}, a demonstration's"));
        }
        _ if now < BUILT => {
            findings.wrong("clock", format!("{shown}, which can't be; set the machine's clock"));
        }
        Some(latest) if latest > now => {
            findings.wrong("clock", format!("{shown}, but something is on record for {}; set the machine's clock, nothing is sold before that", local(latest)));
        }
        _ => match clock_trust::ask(settings, clock, latest) {
            Some(trust) => findings.ok("clock", format!("{shown}, {trust}")),
            None => findings.look("clock", format!("{shown}, but nobody knows whether that is right: no orders are taken until the network's time comes or the staff confirm it on the screen")),
        },
    }
}
