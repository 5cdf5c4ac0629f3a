//! `export`: lists as files for Excel, the compound as a drawing, menus, the sample.

mod tables;

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{Ended, Failure, open};
use crate::counter::Counter;
use crate::domain::ServiceDate;
use crate::house::House;
use crate::import::{
    DayMenu, Origin, WeekTemplate, to_geojson, write_menu, write_residents, write_volunteers,
};
use crate::registry::Registry;
use crate::store::{ledger, menus, orders};

/// Write lists, menus and drawings to files. Nothing is written over without --force.
///
/// Tables are CSV as Excel opens it. Files with personal data can be read by their owner only.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// Write over files that are there already.
    #[arg(long, global = true)]
    force: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Everybody on record, as “import residents” reads it.
    Residents(Target),
    /// Volunteers with badges and PINs, as “import volunteers” reads it.
    Volunteers(Target),
    /// Orders by service date, a row each.
    Orders {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        span: Span,
    },
    /// Every movement of money, a row each.
    Ledger {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        span: Span,
    },
    /// The compound as a drawing (.geojson).
    Compound {
        #[command(flatten)]
        target: Target,
        /// Where the south-west corner lies. The database keeps metres, not the place on Earth.
        #[arg(long, value_name = "LON,LAT", default_value = "121.4737,31.2304")]
        origin: Origin,
    },
    /// The menus of the dates ahead, and the closed dates.
    Menu {
        #[command(flatten)]
        target: Target,
        /// The first date.
        #[arg(long, value_name = "DAY", default_value = "today")]
        from: open::Day,
        /// How many dates.
        #[arg(long, value_name = "N", default_value_t = 35, value_parser = clap::value_parser!(u16).range(1..=400))]
        days: u16,
    },
    /// The sample compound with its people and menus. Nobody in it is real.
    #[cfg(feature = "rehearsal")]
    Sample {
        /// The folder; made if missing.
        folder: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct Target {
    /// The file, or a folder that is there already.
    #[arg(value_name = "FILE-OR-FOLDER")]
    path: PathBuf,
}

impl Target {
    /// The file itself: in a folder it gets its usual name.
    fn file(&self, name: &str) -> PathBuf {
        if self.path.is_dir() { self.path.join(name) } else { self.path.clone() }
    }
}

#[derive(Debug, clap::Args)]
struct Span {
    /// The first date; the beginning of the records if left out.
    #[arg(long, value_name = "DAY")]
    from: Option<open::Day>,
    /// The last date; the end of the records if left out.
    #[arg(long, value_name = "DAY")]
    until: Option<open::Day>,
}

impl Span {
    fn dates(&self, house: &House) -> Result<(Option<ServiceDate>, Option<ServiceDate>), Failure> {
        let (from, until) = (self.from.map(|d| d.date(house)), self.until.map(|d| d.date(house)));
        match (from, until) {
            (Some(a), Some(b)) if a > b => {
                Err(Failure::input(format!("--from {a} lies after --until {b}")))
            }
            both => Ok(both),
        }
    }
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Holds personal data: its owner only.
    Personal,
    /// Holds none: anybody.
    Public,
}

/// Writes what was asked for.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    #[cfg(feature = "rehearsal")]
    if let What::Sample { folder } = &args.what {
        return sample(folder, args.force);
    }
    let house = open::house(config)?;
    let registry = Registry::new(house.clone());
    let (path, bytes, kind, count) = match &args.what {
        What::Residents(target) => {
            let list = registry.residents()?;
            (target.file("residents.csv"), write_residents(&list), Kind::Personal, list.len())
        }
        What::Volunteers(target) => {
            let list = registry.volunteers()?;
            (target.file("volunteers.csv"), write_volunteers(&list), Kind::Personal, list.len())
        }
        What::Orders { target, span } => {
            let (from, until) = span.dates(&house)?;
            let list =
                house.store.read(|db| orders::between(db, from, until)).map_err(Failure::failed)?;
            let bytes = tables::orders(&list, &registry.residents()?, &house.settings.calendar())?;
            (target.file("orders.csv"), bytes, Kind::Personal, list.len())
        }
        What::Ledger { target, span } => {
            let (from, until) = span.dates(&house)?;
            let calendar = house.settings.calendar();
            let midnight = |date: ServiceDate| calendar.at(date, jiff::civil::Time::midnight());
            let (from, before) = (from.map(midnight), until.map(|d| midnight(d.next())));
            let list = house
                .store
                .read(|db| ledger::between(db, from, before))
                .map_err(Failure::failed)?;
            let bytes = tables::ledger(&list, &calendar)?;
            (target.file("ledger.csv"), bytes, Kind::Personal, list.len())
        }
        What::Compound { target, origin } => {
            let compound = registry.compound()?;
            if compound.buildings.is_empty() {
                return Err(Failure::input(
                    "there is no compound yet; read its drawing with “import compound”",
                ));
            }
            let bytes = to_geojson(&compound, *origin).into_bytes();
            (target.file("compound.geojson"), bytes, Kind::Public, compound.buildings.len())
        }
        What::Menu { target, from, days } => {
            let template = dated(&house, from.date(&house), *days)?;
            if template.dates.is_empty() {
                return Err(Failure::input("there is no menu on these dates"));
            }
            (
                target.file("menu.toml"),
                write_menu(&template).into_bytes(),
                Kind::Public,
                template.dates.len(),
            )
        }
        #[cfg(feature = "rehearsal")]
        What::Sample { .. } => return Ok(Ended::Done),
    };
    save(&path, &bytes, kind, args.force)?;
    let what = match args.what {
        What::Residents(_) => "residents",
        What::Volunteers(_) => "volunteers",
        What::Orders { .. } => "orders",
        What::Ledger { .. } => "ledger entries",
        What::Compound { .. } => "buildings",
        _ => "menus",
    };
    say!("{count} {what} in {}", path.display());
    Ok(Ended::Done)
}

/// The menus that stand for a span of dates, and the dates closed in it.
fn dated(house: &House, from: ServiceDate, days: u16) -> Result<WeekTemplate, Failure> {
    let closed = Counter::new(house.clone()).calendar()?.closed_days;
    let mut template = WeekTemplate::default();
    for date in (0..i64::from(days)).map(|n| from.plus_days(n)) {
        if let Some(reason) = closed.get(&date.0) {
            template.closed.insert(date.0, reason.clone());
            continue;
        }
        let menu = house.store.read(|db| menus::get(db, date)).map_err(Failure::failed)?;
        if let Some(menu) = menu.filter(|m| m.portions > 0) {
            let day = DayMenu { dishes: menu.dishes, portions: menu.portions, prices: menu.prices };
            template.dates.insert(date.0, day);
        }
    }
    Ok(template)
}

#[cfg(feature = "rehearsal")]
fn sample(folder: &Path, force: bool) -> Result<Ended, Failure> {
    use crate::rehearsal::sample;
    std::fs::create_dir_all(folder).map_err(|e| {
        Failure::failed(format!("the folder {} can't be made: {e}", folder.display()))
    })?;
    let files = sample::write_files(sample::SEED);
    for (name, _) in &files {
        check_free(&folder.join(name), force)?;
    }
    for (name, bytes) in &files {
        save(&folder.join(name), bytes, Kind::Public, force)?;
        say!("{}", folder.join(name).display());
    }
    Ok(Ended::Done)
}

/// Refuses a name that is taken, unless it may be written over.
pub fn check_free(path: &Path, force: bool) -> Result<(), Failure> {
    if !force && path.symlink_metadata().is_ok() {
        return Err(Failure::input(format!(
            "{} is there already; nothing was changed. Choose another name, or add --force",
            path.display()
        )));
    }
    Ok(())
}

/// Writes a file under its name only once all of it is on disk.
pub fn save(path: &Path, bytes: &[u8], kind: Kind, force: bool) -> Result<(), Failure> {
    check_free(path, force)?;
    let failed =
        |e: std::io::Error| Failure::failed(format!("{} can't be written: {e}", path.display()));
    let Some(name) = path.file_name() else {
        return Err(Failure::input(format!("{} is no name for a file", path.display())));
    };
    let part =
        path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let mode = if kind == Kind::Personal { 0o600 } else { 0o644 };
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(&part)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // What is left of a failed attempt is of no use; that it may stay changes nothing.
        let _ = std::fs::remove_file(&part);
    }
    written.map_err(failed)
}
