//! `clubhouse.toml`: read, checked, typed. A wrong key or value names itself, its line and what is
//! allowed.

mod backup;
mod care;
mod clock;
mod idle;
mod panel;
mod printing;
mod privacy;
mod rounds;
mod screen;
mod speech;
mod times;
mod values;
mod web;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::domain::{Calendar, PrintQueue};

pub use backup::Backup;
pub use care::Care;
pub use clock::Clock;
pub use idle::Idle;
pub use panel::{Deliveries, Panel};
pub use printing::{Printer, Printing, Queue, Queues};
pub use privacy::Privacy;
pub use rounds::{RoundRules, Rounds};
pub use screen::{Screen, Staff};
pub use speech::{Speech, TextBy};
pub use times::{Ordering, Times};
pub use web::{Web, host_of};

/// The commented sample, which holds every key with its default.
pub const SAMPLE: &str = include_str!("../clubhouse.sample.toml");

/// Why the settings can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("the settings {path} can't be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A key or value is wrong.
    #[error(
        "the settings {path} are not right:\n{detail}\nEvery key is explained in clubhouse.sample.toml"
    )]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The place, the key and what is allowed.
        detail: String,
    },
}

/// All settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// What the clubhouse is called on screens and slips.
    pub name: String,
    /// Where slips send people who collect.
    pub window: String,
    /// The compound's time zone.
    pub zone: String,
    /// The folder of the database, pictures and backups.
    pub data: PathBuf,
    /// The folder with Noto Sans CJK; Debian's own if empty.
    pub fonts: PathBuf,
    /// A demonstration that starts at this local time; an appliance has none.
    #[serde(deserialize_with = "values::maybe_datetime")]
    pub demonstration: Option<DateTime>,
    /// Times of a service day.
    pub times: Times,
    /// Ordering rules.
    pub ordering: Ordering,
    /// Delivery rules.
    pub rounds: Rounds,
    /// The touch panel.
    pub screen: Screen,
    /// What is shown while nobody is there.
    pub idle: Idle,
    /// The staff's side of the screen.
    pub staff: Staff,
    /// What becomes of papers.
    pub printing: Printing,
    /// Printers by name.
    pub printers: BTreeMap<String, Printer>,
    /// Which printer serves which queue.
    pub queues: Queues,
    /// Lamp, buzzer and buttons.
    pub panel: Panel,
    /// The voice of the screen.
    pub speech: Speech,
    /// Copies of the database.
    pub backup: Backup,
    /// When the machine's clock is believed.
    pub clock: Clock,
    /// The desk's pages.
    pub web: Web,
    /// Looking after people.
    pub care: Care,
    /// How long names are kept.
    pub privacy: Privacy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "邻里会所".into(),
            window: "一楼取餐窗口".into(),
            zone: "Asia/Shanghai".into(),
            data: "var".into(),
            fonts: PathBuf::new(),
            demonstration: None,
            times: Times::default(),
            ordering: Ordering::default(),
            rounds: Rounds::default(),
            screen: Screen::default(),
            idle: Idle::default(),
            staff: Staff::default(),
            printing: Printing::default(),
            printers: BTreeMap::from([("window".to_owned(), Printer::simulated())]),
            queues: Queues::default(),
            panel: Panel::default(),
            speech: Speech::default(),
            backup: Backup::default(),
            clock: Clock::default(),
            web: Web::default(),
            care: Care::default(),
            privacy: Privacy::default(),
        }
    }
}

impl Settings {
    /// Reads and checks a file.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        let read = |mut settings: Self| settings.staff.read_pin().map(|()| settings);
        Self::parse(&text)
            .and_then(read)
            .map_err(|detail| ConfigError::Wrong { path: path.to_owned(), detail })
    }

    /// Reads and checks a text; the error names line, key and what is allowed.
    pub fn parse(text: &str) -> Result<Self, String> {
        let settings: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), String> {
        let t = &self.times;
        let in_order = [
            ("times.orders_from", t.orders_from, "times.delivery_cut_off", t.delivery_cut_off),
            ("times.kitchen_from", t.kitchen_from, "times.delivery_cut_off", t.delivery_cut_off),
            (
                "times.delivery_cut_off",
                t.delivery_cut_off,
                "times.collection_cut_off",
                t.collection_cut_off,
            ),
            ("times.delivery_cut_off", t.delivery_cut_off, "rounds.depart", self.rounds.depart),
            ("rounds.depart", self.rounds.depart, "times.service_until", t.service_until),
            ("times.service_from", t.service_from, "times.service_until", t.service_until),
            (
                "times.collection_cut_off",
                t.collection_cut_off,
                "times.service_until",
                t.service_until,
            ),
        ];
        for (early, a, late, b) in in_order {
            if a > b {
                return Err(format!("{early} ({a}) must not be later than {late} ({b})"));
            }
        }
        self.times.check()?;
        self.ordering.check()?;
        self.rounds.check()?;
        self.idle.check()?;
        self.screen.check(self.idle.after_s)?;
        self.staff.check()?;
        self.printing.check()?;
        TimeZone::get(&self.zone).map_err(|e| format!("zone: {e}"))?;
        for (name, printer) in &self.printers {
            printer.check(name)?;
        }
        self.queues.check(&self.printers)?;
        self.speech.check()?;
        self.backup.check()?;
        self.web.check()?;
        self.care.check()?;
        self.privacy.check()?;
        self.panel.check()?;
        Ok(())
    }

    /// The folder of the fonts, if it is not Debian's own.
    pub fn fonts_folder(&self) -> Option<&Path> {
        (!self.fonts.as_os_str().is_empty()).then_some(self.fonts.as_path())
    }

    /// A queue's settings.
    pub fn queue(&self, queue: PrintQueue) -> &Queue {
        self.queues.of(queue)
    }

    /// The calendar of these settings; closed dates come from the database.
    pub fn calendar(&self) -> Calendar {
        let t = &self.times;
        Calendar {
            zone: TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC),
            times: t.of_service(),
            closed_weekdays: t.closed_weekdays.clone(),
            closed_days: BTreeMap::new(),
            open_days: BTreeSet::new(),
        }
    }
}

fn between(key: &str, value: u32, least: u32, most: u32) -> Result<(), String> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(format!("{key} = {value}: allowed are {least} to {most}"))
    }
}

#[cfg(test)]
mod tests;
