//! Opening the clubhouse for a command: settings, database, clock.

use jiff::civil::DateTime;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::backup;
use crate::clock::Clock;
use crate::clock_trust;
use crate::config::Settings;
use crate::domain::ServiceDate;
use crate::house::House;
use crate::running::{Running, RunningError};
use crate::start_trouble::Cause;
use crate::store::{Store, StoreError};

/// The settings file looked for when none is named.
const CONFIG: &str = "clubhouse.toml";
/// Where a demonstration's clock starts: a Tuesday of the sample, twenty minutes before the cut-off.
const DEMONSTRATION: DateTime = DateTime::constant(2026, 11, 24, 9, 40, 0, 0);
/// The database in the data folder.
pub const DATABASE: &str = "lunch.sqlite";

/// The settings file that is read: the named one, or clubhouse.toml if there is one.
pub fn settings_file(config: Option<&Path>) -> Option<&Path> {
    config.or_else(|| Some(Path::new(CONFIG)).filter(|file| file.exists()))
}

/// The settings: of the named file, of clubhouse.toml if there is one, or the defaults.
pub fn settings(config: Option<&Path>) -> Result<Settings, Failure> {
    match settings_file(config) {
        Some(path) => Settings::load(path).map_err(|e| Failure::input(e).because(Cause::Settings)),
        None => Ok(Settings { demonstration: Some(DEMONSTRATION), ..Settings::default() }),
    }
}

/// Makes the data folder if it is missing.
pub fn data_folder(settings: &Settings) -> Result<(), Failure> {
    let mut folder = std::fs::DirBuilder::new();
    // Names and doors are nobody else's business on this machine.
    folder.recursive(true).mode(0o700).create(&settings.data).map_err(|e| {
        let folder = settings.data.display();
        Failure::failed(format!("the data folder {folder} can't be made: {e}. Nothing was changed; choose another with “data” in the settings")).because(Cause::of_io(&e))
    })
}

/// Takes the data folder for this process alone, and makes it if it is missing.
pub fn take(settings: &Settings) -> Result<Running, Failure> {
    data_folder(settings)?;
    Running::take(&settings.data).map_err(|error| {
        let cause = match &error {
            RunningError::Taken(_) => Cause::Busy,
            RunningError::Folder { source, .. } => Cause::of_io(source),
        };
        Failure::failed(error).because(cause)
    })
}

/// The house that the settings name, on its own clock.
///
/// A demonstration's clock runs from its database: it shows the demonstration's start until
/// something is on record, and never stands before it.
pub fn house(config: Option<&Path>) -> Result<House, Failure> {
    house_by(config, Store::open)
}

/// The same for the kiosk, whose screen is waited for: see [`Store::open_to_serve`].
pub fn house_to_serve(config: Option<&Path>) -> Result<House, Failure> {
    house_by(config, Store::open_to_serve)
}

fn house_by(
    config: Option<&Path>,
    open: impl FnOnce(&Path) -> Result<Store, StoreError>,
) -> Result<House, Failure> {
    let settings = settings(config)?;
    data_folder(&settings)?;
    let database = settings.data.join(DATABASE);
    backup::finish_interrupted(&database).map_err(|e| {
        Failure::failed(format!("a restore that was broken off can't be completed: {e}. The copy beside {} is sound; make room, then start again", database.display()))
            .because(Cause::of_io(&e))
    })?;
    let store = open(&database).map_err(|e| Failure::failed(&e).because(Cause::of_store(&e)))?;
    let clock = Clock::system();
    clock_trust::follow(&clock, &settings);
    let mut house = House { store, clock, settings: Arc::new(settings) };
    if let Some(start) = house.settings.demonstration {
        house.clock = crate::clock::demonstration(&house, start)?;
    }
    #[cfg(feature = "rehearsal")]
    if house.settings.demonstration.is_some() && settings_file(config).is_none() {
        furnish_if_empty(&house)?;
    }
    Ok(house)
}

/// Puts the sample compound into an empty database.
#[cfg(feature = "rehearsal")]
pub fn furnish_if_empty(house: &House) -> Result<(), Failure> {
    let registry = crate::registry::Registry::new(house.clone());
    if registry.buildings()?.is_empty() {
        crate::rehearsal::furnish(house)?;
    }
    Ok(())
}

/// The date that a command is about.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct When {
    /// The date: 2026-11-24, today or tomorrow.
    #[arg(long, value_name = "DAY", default_value = "today")]
    pub date: Day,
}

/// A date of the command line: an ISO day, `today` or `tomorrow`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The day of the house's clock.
    Today,
    /// The day after.
    Tomorrow,
    /// This day.
    On(ServiceDate),
}

impl std::str::FromStr for Day {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "today" => Ok(Self::Today),
            "tomorrow" => Ok(Self::Tomorrow),
            date => date
                .parse()
                .map(Self::On)
                .map_err(|_| format!("“{date}” is not a day; write 2026-11-24, today or tomorrow")),
        }
    }
}

impl Day {
    /// The service date it means in a house.
    pub fn date(self, house: &House) -> ServiceDate {
        let today = house.settings.calendar().today(house.clock.now());
        match self {
            Self::Today => today,
            Self::Tomorrow => today.next(),
            Self::On(date) => date,
        }
    }
}
