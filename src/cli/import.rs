//! `import`: the compound, its people and its menus from files. All of a file, or nothing of it.

mod compound;
mod menu;
mod people;
mod pictures;

use std::path::{Path, PathBuf};

use super::{Ended, Failure, open};
use crate::import::{MAX_BYTES, Origin, TableError};

/// Read the compound, residents, volunteers or menus from a file. All of it is taken, or nothing.
///
/// Begin with the compound: people are refused where it has no door.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// Say what would change, and change nothing.
    #[arg(long, global = true)]
    dry_run: bool,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Buildings and footpaths: a drawing (.geojson), an estate (.json), or an extract of OpenStreetMap
    /// (.osm, .osm.pbf).
    Compound {
        #[command(flatten)]
        source: Source,
        /// Where the kitchen is, if an extract of OpenStreetMap does not say it.
        #[arg(long, value_name = "LON,LAT")]
        kitchen: Option<Origin>,
    },
    /// Residents: an Excel workbook (.xlsx), or a CSV table as Excel writes it.
    Residents(Source),
    /// Volunteers: an Excel workbook (.xlsx), or a CSV table as Excel writes it.
    Volunteers(Source),
    /// Pictures of dishes: a folder of JPEG, PNG or WebP files, each called like its dish.
    Pictures(Folder),
    /// Menus: a TOML file with a table for each weekday and closed dates.
    Menu {
        #[command(flatten)]
        source: Source,
        /// The first date that gets a menu.
        #[arg(long, value_name = "DAY", default_value = "today")]
        from: open::Day,
        /// How many dates get a menu.
        #[arg(long, value_name = "N", default_value_t = 35, value_parser = clap::value_parser!(u16).range(1..=400))]
        days: u16,
    },
}

#[derive(Debug, clap::Args)]
struct Source {
    /// The file.
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Folder {
    /// The folder.
    folder: PathBuf,
}

/// Reads what was named.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let source = match &args.what {
        What::Pictures(Folder { folder }) => {
            return pictures::import(config, folder, args.dry_run);
        }
        What::Residents(s)
        | What::Volunteers(s)
        | What::Compound { source: s, .. }
        | What::Menu { source: s, .. } => s,
    };
    // The file is read before the database is opened: a wrong name leaves no trace.
    let bytes = read(&source.file)?;
    let house = open::house(config)?;
    let file = Input { name: source.file.display().to_string(), bytes, dry_run: args.dry_run };
    match &args.what {
        What::Compound { kitchen, .. } => compound::import(&house, &file, *kitchen)?,
        What::Residents(_) => people::residents(&house, &file)?,
        What::Volunteers(_) => people::volunteers(&house, &file)?,
        What::Menu { from, days, .. } => menu::import(&house, &file, from.date(&house), *days)?,
        What::Pictures(_) => {}
    }
    if args.dry_run {
        say!("nothing was changed: this was a dry run");
    }
    Ok(Ended::Done)
}

/// A file that was read, and whether it may change anything.
struct Input {
    name: String,
    bytes: Vec<u8>,
    dry_run: bool,
}

impl Input {
    /// What is wrong with the file, under its name.
    fn wrong(&self, problem: &impl std::fmt::Display) -> Failure {
        Failure::input(format!("{}: {problem}; nothing was changed", self.name))
    }

    /// What is wrong with a table: every wrong row on a line of its own.
    fn wrong_table(&self, problem: &TableError) -> Failure {
        let TableError::Rows(rows) = problem else { return self.wrong(problem) };
        let lines: Vec<String> = rows.iter().map(|row| format!("\n{row}")).collect();
        let count = rows.len();
        let wrong = if count == 1 {
            "1 row is wrong".to_owned()
        } else {
            format!("{count} rows are wrong")
        };
        Failure::input(format!("{}: {wrong}; nothing was changed{}", self.name, lines.concat()))
    }
}

/// What an import does to a list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Changes {
    new: usize,
    changed: usize,
    same: usize,
    /// On record, but not in the file.
    kept: usize,
}

impl Changes {
    /// Counts an entry of the file beside the one on record.
    fn count<T: PartialEq>(&mut self, old: Option<&T>, new: &T) {
        match old {
            None => self.new += 1,
            Some(old) if old == new => self.same += 1,
            Some(_) => self.changed += 1,
        }
    }

    fn say(self, what: &str) {
        let Self { new, changed, same, kept } = self;
        say!("{what}: {new} new, {changed} changed, {same} as before");
        if kept > 0 {
            say!("{kept} on record are not in the file; they stay as they are");
        }
    }
}

/// Reads a file of a size that these files have.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    use std::io::Read;
    let name = path.display();
    let unreadable = |e: std::io::Error| Failure::input(format!("{name} can't be read: {e}"));
    let file = std::fs::File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(Failure::input(format!("{name} is a folder, not a file")));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_BYTES {
        return Err(Failure::input(format!(
            "{name} is larger than {} MiB, the most that is read",
            MAX_BYTES >> 20
        )));
    }
    Ok(bytes)
}
