//! `resident export` and `resident erase`.

use std::io::BufRead;
use std::path::PathBuf;

use super::{resident_id, short};
use crate::cli::{Failure, export as files};
use crate::counter::Counter;
use crate::domain::ResidentId;
use crate::house::House;
use crate::privacy::Privacy;

/// Who asks at the command line.
const CONSOLE: &str = "console";
/// The longest answer that is read, in bytes.
const ANSWER_MAX: u64 = 1_024;

/// Whose data, and where to.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The resident's id, as “resident find” shows it.
    #[arg(value_name = "ID", value_parser = resident_id)]
    resident: ResidentId,
    /// The folder; one named after the id if none is given.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Write over files that are there already.
    #[arg(long)]
    force: bool,
}

/// Who is erased.
#[derive(Debug, clap::Args)]
pub struct EraseArgs {
    /// The resident's id, as “resident find” shows it.
    #[arg(value_name = "ID", value_parser = resident_id)]
    resident: ResidentId,
    /// Do not ask for the name to be typed.
    #[arg(long)]
    yes: bool,
}

/// Writes everything that is kept of a person.
pub(super) fn export(house: &House, args: &ExportArgs) -> Result<(), Failure> {
    let folder =
        args.to.clone().unwrap_or_else(|| PathBuf::from(format!("resident-{}", args.resident)));
    let exported = Privacy::new(house.clone()).export(args.resident, CONSOLE)?;
    std::fs::create_dir_all(&folder).map_err(|e| {
        Failure::failed(format!("the folder {} can't be made: {e}", folder.display()))
    })?;
    let file = |name: &str| folder.join(format!("{name}.json"));
    for (name, _) in &exported.lists {
        files::check_free(&file(name), args.force)?;
    }
    for (name, rows) in &exported.lists {
        let text = serde_json::to_string_pretty(rows).map_err(Failure::failed)?;
        files::save(&file(name), text.as_bytes(), files::Kind::Personal, args.force)?;
        say!("{:>6} rows  {}", rows.len(), file(name).display());
    }
    say!("everything kept of {} is in {}", short(&exported.resident.door), folder.display());
    Ok(())
}

/// Erases a person, once their name was typed.
pub(super) fn erase(house: &House, args: &EraseArgs) -> Result<(), Failure> {
    let resident = Counter::new(house.clone()).resident(args.resident)?.resident;
    let place = short(&resident.door);
    if resident.name.is_empty() {
        say!("nothing is kept of this person any more");
        return Ok(());
    }
    if !args.yes {
        say!("this can't be undone. Type the full name of the person at {place} to erase them:");
        let mut typed = String::new();
        let mut input = std::io::Read::take(std::io::stdin().lock(), ANSWER_MAX);
        input.read_line(&mut typed).map_err(Failure::failed)?;
        if typed.trim() != resident.name {
            return Err(Failure::input(
                "that is not the name; nothing was erased. “resident find” shows it",
            ));
        }
    }
    Privacy::new(house.clone()).erase(args.resident, CONSOLE)?;
    say!("the person at {place} is erased: orders and money stay as figures without a name");
    say!("backups made before today still hold the name; docs/privacy.md says for how long");
    Ok(())
}
