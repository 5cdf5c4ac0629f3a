//! `clubhouse.toml`: read, checked, typed. A wrong key or value names itself, its line and what is
//! allowed.

mod idle;
mod rounds;
mod speech;
mod values;
mod web;

use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clubhouse_hardware::panel::{ActiveLevel, InputPin, OutputPin, PinNumber, Pins, Pull};
use clubhouse_hardware::printer::Profile;

use crate::domain::{Calendar, PrintQueue, ServiceTimes};
use crate::tickets::Letters;

pub use idle::Idle;
pub use rounds::{RoundRules, Rounds};
pub use speech::{Speech, TextBy};
pub use web::Web;

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
    /// The desk's pages.
    pub web: Web,
}

/// Times of a service day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// Days ahead that orders are taken for.
    pub days_ahead: u16,
    /// From when the kiosk takes orders, every day.
    #[serde(deserialize_with = "values::time")]
    pub orders_from: Time,
    /// The kitchen's first count, on the day before.
    #[serde(deserialize_with = "values::time")]
    pub pre_count: Time,
    /// When tickets of orders placed ahead are due in the kitchen.
    #[serde(deserialize_with = "values::time")]
    pub kitchen_from: Time,
    /// The last moment for a delivery.
    #[serde(deserialize_with = "values::time")]
    pub delivery_cut_off: Time,
    /// The last moment for eating in or taking away.
    #[serde(deserialize_with = "values::time")]
    pub collection_cut_off: Time,
    /// The first meal.
    #[serde(deserialize_with = "values::time")]
    pub service_from: Time,
    /// The last meal.
    #[serde(deserialize_with = "values::time")]
    pub service_until: Time,
    /// The longest way of a meal from the kitchen to its door, in minutes.
    pub hot_limit_min: u16,
    /// Weekdays without lunch.
    #[serde(deserialize_with = "values::weekdays")]
    pub closed_weekdays: Vec<Weekday>,
}

/// Ordering rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ordering {
    /// Wrong tries at a door's digits before it is locked.
    pub wrong_tries: u32,
    /// How long it stays locked, in minutes.
    pub lock_min: u16,
}

/// The touch panel: what fingers and eyes meet, in pixels and millimetres.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
    /// Millimetres across.
    pub width_mm: u32,
    /// Millimetres down.
    pub height_mm: u32,
    /// Whether the window fills the screen.
    pub fullscreen: bool,
}

/// The staff's side of the screen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// Four to eight digits that open the staff screen.
    pub pin: String,
}

/// A printer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// Where it is: `tcp:HOST:PORT`, `device:/dev/usb/lp0`, `file:PATH` or `simulated`.
    #[serde(deserialize_with = "values::target")]
    pub target: String,
    /// Paper width in dots: 576 (80 mm) or 384 (58 mm).
    #[serde(default = "values::wide", deserialize_with = "values::width")]
    pub width_dots: u32,
    /// What its model answers: `generic`, `epson-tm` or `write-only`.
    #[serde(default, deserialize_with = "values::profile")]
    pub profile: Profile,
    /// `picture` (everything is drawn) or `gb18030` (its own letters where it has them).
    #[serde(default = "values::drawn", deserialize_with = "values::letters")]
    pub letters: Letters,
    /// Metres of paper on a new roll, for the forecast of the morning.
    #[serde(default = "values::roll")]
    pub roll_m: u16,
}

/// What becomes of papers.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Printing {
    /// Whether a paper that may or may not have come out is printed again by itself, with
    /// 可能重复 above it; otherwise it waits for a person.
    pub reprint_uncertain: bool,
    /// Seconds that a printer may fail before its queues move to their fall-back.
    pub fallback_after_s: u16,
}

/// Which printer serves which queue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Queues {
    /// By the stove.
    pub kitchen: Queue,
    /// At the kiosk.
    pub counter: Queue,
    /// Where volunteers leave.
    pub rounds: Queue,
}

/// A queue's printer and the one it falls back to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// The name of a printer.
    pub printer: String,
    /// The name of the printer used when the first one can't; empty for none.
    #[serde(default)]
    pub fallback: String,
}

/// Lamp, buzzer and buttons.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Panel {
    /// `simulated`, `rppal` (Raspberry Pi header) or `none`.
    #[serde(deserialize_with = "values::backend")]
    pub backend: String,
    /// What is wired to which GPIO.
    pub pins: Pins,
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
            printers: BTreeMap::from([(
                "window".to_owned(),
                Printer {
                    target: "simulated".into(),
                    width_dots: values::wide(),
                    profile: Profile::Generic,
                    letters: Letters::Picture,
                    roll_m: values::roll(),
                },
            )]),
            queues: Queues::default(),
            panel: Panel::default(),
            speech: Speech::default(),
            web: Web::default(),
        }
    }
}

impl Default for Times {
    fn default() -> Self {
        Self {
            days_ahead: 3,
            orders_from: Time::constant(7, 0, 0, 0),
            pre_count: Time::constant(15, 0, 0, 0),
            kitchen_from: Time::constant(8, 0, 0, 0),
            delivery_cut_off: Time::constant(10, 0, 0, 0),
            collection_cut_off: Time::constant(11, 30, 0, 0),
            service_from: Time::constant(11, 0, 0, 0),
            service_until: Time::constant(12, 30, 0, 0),
            hot_limit_min: 30,
            closed_weekdays: vec![Weekday::Saturday, Weekday::Sunday, Weekday::Monday],
        }
    }
}

impl Default for Ordering {
    fn default() -> Self {
        Self { wrong_tries: 5, lock_min: 15 }
    }
}

impl Default for Screen {
    fn default() -> Self {
        Self { width_px: 1280, height_px: 800, width_mm: 217, height_mm: 136, fullscreen: false }
    }
}

impl Default for Staff {
    fn default() -> Self {
        Self { pin: "2468".into() }
    }
}

impl Default for Printing {
    fn default() -> Self {
        Self { reprint_uncertain: true, fallback_after_s: 30 }
    }
}

impl Default for Queues {
    fn default() -> Self {
        let window = || Queue { printer: "window".into(), fallback: String::new() };
        Self { kitchen: window(), counter: window(), rounds: window() }
    }
}

impl Default for Panel {
    fn default() -> Self {
        let output = |pin| Some(OutputPin { pin: PinNumber(pin), active: ActiveLevel::High });
        let input = |pin, active, pull| Some(InputPin { pin: PinNumber(pin), active, pull });
        Self {
            backend: "simulated".into(),
            pins: Pins {
                lamp_green: output(27),
                lamp_red: output(17),
                buzzer: output(22),
                help: input(5, ActiveLevel::Low, Pull::Up),
                presence: input(6, ActiveLevel::High, Pull::Down),
                ..Pins::default()
            },
        }
    }
}

impl Settings {
    /// Reads and checks a file.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|detail| ConfigError::Wrong { path: path.to_owned(), detail })
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
        between("times.days_ahead", u32::from(t.days_ahead), 0, 60)?;
        between("times.hot_limit_min", u32::from(t.hot_limit_min), 1, 240)?;
        between("ordering.wrong_tries", self.ordering.wrong_tries, 1, 100)?;
        self.rounds.check()?;
        self.idle.check()?;
        let s = &self.screen;
        between("screen.width_px", s.width_px, 480, 8192)?;
        between("screen.height_px", s.height_px, 480, 8192)?;
        between("screen.width_mm", s.width_mm, 60, 2000)?;
        between("screen.height_mm", s.height_mm, 60, 2000)?;
        for (name, printer) in &self.printers {
            let key = format!("printers.{name}.roll_m");
            between(&key, u32::from(printer.roll_m), 1, 500)?;
        }
        between("printing.fallback_after_s", self.printing.fallback_after_s.into(), 0, 3600)?;
        let pin = &self.staff.pin;
        if !(4..=8).contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
            return Err("staff.pin must be 4 to 8 digits".into());
        }
        TimeZone::get(&self.zone).map_err(|e| format!("zone: {e}"))?;
        for queue in PrintQueue::ALL {
            let Queue { printer, fallback } = self.queue(*queue);
            for name in [printer, fallback].into_iter().filter(|n| !n.is_empty()) {
                if !self.printers.contains_key(name) {
                    let known = self.printers.keys().cloned().collect::<Vec<_>>().join(", ");
                    return Err(format!(
                        "queues.{queue} names the printer “{name}”, but [printers] has only: {known}"
                    ));
                }
            }
        }
        self.speech.check()?;
        self.web.check()?;
        self.panel.pins.check().map_err(|e| format!("panel.pins: {e}"))?;
        Ok(())
    }

    /// The folder of the fonts, if it is not Debian's own.
    pub fn fonts_folder(&self) -> Option<&Path> {
        (!self.fonts.as_os_str().is_empty()).then_some(self.fonts.as_path())
    }

    /// A queue's settings.
    pub fn queue(&self, queue: PrintQueue) -> &Queue {
        match queue {
            PrintQueue::Kitchen => &self.queues.kitchen,
            PrintQueue::Counter => &self.queues.counter,
            PrintQueue::Rounds => &self.queues.rounds,
        }
    }

    /// The calendar of these settings; closed dates come from the database.
    pub fn calendar(&self) -> Calendar {
        let t = &self.times;
        Calendar {
            zone: TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC),
            times: ServiceTimes {
                days_ahead: t.days_ahead,
                orders_from: t.orders_from,
                pre_count: t.pre_count,
                kitchen_from: t.kitchen_from,
                delivery_cut_off: t.delivery_cut_off,
                collection_cut_off: t.collection_cut_off,
                service_from: t.service_from,
                service_until: t.service_until,
                hot_limit_min: t.hot_limit_min,
            },
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
