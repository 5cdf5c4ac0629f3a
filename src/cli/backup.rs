//! `backup` and `restore`: copies of the database, and one of them in its place.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::{Ended, Failure, open};
use crate::backup::{self, Offer};
use crate::running::{Running, RunningError};

/// Copy the database while the kiosk runs, prove the copy, and say where it is.
///
/// Goes into the folder "backups" of the data folder and, if the settings name one, into the second
/// place. Exit code 3 if only the first copy was made.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// Copy into this folder only.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Make no copy; list those that are there and what each holds.
    #[arg(long, conflicts_with = "to")]
    list: bool,
}

/// Put a copy of the database in its place, with the kiosk stopped.
///
/// What was there is kept beside it under another name, sound or not.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The copy; see “backup --list”.
    #[arg(value_name = "FILE", required_unless_present = "latest")]
    file: Option<PathBuf>,
    /// The newest sound copy.
    #[arg(long, conflicts_with = "file")]
    latest: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

/// Makes a copy, or lists them.
pub fn backup(args: &BackupArgs, config: Option<&Path>) -> Result<Ended, Failure> {
    if args.list {
        return list(config);
    }
    let house = open::house(config)?;
    if let Some(folder) = &args.to {
        let path = backup::back_up_to(&house, folder).map_err(Failure::failed)?;
        say!("backup {}", path.display());
        return Ok(Ended::Done);
    }
    let made = backup::back_up(&house).map_err(Failure::failed)?;
    Ok(tell(made))
}

/// Says where the copies are.
pub fn tell(made: backup::Made) -> Ended {
    say!("backup {}", made.path.display());
    match made.elsewhere {
        None => Ended::Done,
        Some(Ok(path)) => {
            say!("backup {}", path.display());
            Ended::Done
        }
        Some(Err(error)) => {
            tell!("clubhouse-kiosk: the copy is on this machine, but {error}");
            Ended::InPart
        }
    }
}

fn list(config: Option<&Path>) -> Result<Ended, Failure> {
    let settings = open::settings(config)?;
    let mut ended = Ended::Done;
    for folder in backup::places(&settings) {
        say!("{}", folder.display());
        let copies = match backup::backups(&folder) {
            Ok(copies) => copies,
            Err(error) => {
                say!("  can't be read: {error}");
                ended = Ended::InPart;
                continue;
            }
        };
        for path in copies.iter().rev() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match backup::describe(path) {
                Ok(offer) => say!("  {name}  {}", words(&offer)),
                Err(error) => {
                    say!("  {name}  {error}");
                    ended = Ended::InPart;
                }
            }
        }
        if copies.is_empty() {
            say!("  no copy");
        }
    }
    Ok(ended)
}

fn words(offer: &Offer) -> String {
    let held = &offer.contents;
    let last = held.last_day.map_or("no order yet".to_owned(), |(date, number)| {
        format!("newest date {date} with {number} numbers")
    });
    format!("{} orders, {last}, schema {}", held.orders, held.schema)
}

/// Puts a copy in place.
pub fn restore(args: &RestoreArgs, config: Option<&Path>) -> Result<Ended, Failure> {
    let settings = open::settings(config)?;
    open::data_folder(&settings)?;
    let _ours = match Running::take(&settings.data) {
        Ok(ours) => ours,
        Err(RunningError::Taken(_)) => {
            return Err(Failure::failed(backup::RestoreError::Running));
        }
        Err(error) => return Err(Failure::failed(error)),
    };
    let offer = match &args.file {
        Some(file) => backup::describe(file),
        None => backup::newest_good(&settings),
    }
    .map_err(Failure::input)?;
    let database = settings.data.join(open::DATABASE);
    say!("{}", offer.path.display());
    say!("  {}", words(&offer));
    if !args.yes && !agreed(&database)? {
        say!("nothing was changed");
        return Ok(Ended::InPart);
    }
    let kept =
        backup::restore(&offer, &database, jiff::Timestamp::now()).map_err(Failure::failed)?;
    say!("it is in the place of {}", database.display());
    if let Some(kept) = kept {
        say!("what was there is kept as {}", kept.display());
    }
    say!(
        "orders taken after it are on the kitchen's paper only; enter them again before you close the day"
    );
    Ok(Ended::Done)
}

fn agreed(database: &Path) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::input("say --yes to put it in place; nothing was changed"));
    }
    let mut out = std::io::stdout();
    let asked = write!(out, "Put it in the place of {}? Type yes: ", database.display());
    asked.and_then(|()| out.flush()).map_err(Failure::failed)?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(Failure::failed)?;
    Ok(answer.trim() == "yes")
}
