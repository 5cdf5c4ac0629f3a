//! Whether the machine's clock can be believed. A Raspberry Pi has none of its own: after a night
//! without power it shows the time at which it was switched off.
//!
//! On an appliance no service date counts before the network's time has come, a battery-backed clock
//! was read, or a person has said what time it is. What a person said holds until the machine starts
//! anew, and gives way to the network's time.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

use crate::clock::Clock;
use crate::config::Settings;

/// No clock of an appliance that was set shows less than this (2026-11-01).
pub const BUILT: Timestamp = Timestamp::constant(1_793_491_200, 0);
/// What a person said, in the data folder.
const NOTE: &str = "clock.json";

/// Why the clock is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display)]
pub enum Trust {
    /// The network's time has come.
    #[strum(to_string = "set by the network")]
    Network,
    /// A clock with a battery was read when the machine started.
    #[strum(to_string = "set by the machine's battery-backed clock")]
    Battery,
    /// A person said so on the screen.
    #[strum(to_string = "confirmed by a person")]
    Person,
    /// The settings say that it is not to be asked.
    #[strum(to_string = "not asked for, by the settings")]
    Settings,
}

/// Where the machine says how its clock came to be.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Exists once the network's time has come (systemd-timesyncd makes it).
    pub synchronised: PathBuf,
    /// The folder of the kernel's clocks with a battery.
    pub rtc: PathBuf,
    /// Another text after each start of the machine.
    pub boot: PathBuf,
}

impl Sources {
    /// Those of this machine.
    pub fn of_machine(settings: &Settings) -> Self {
        Self {
            synchronised: settings.clock.synchronised.clone(),
            rtc: "/sys/class/rtc".into(),
            boot: "/proc/sys/kernel/random/boot_id".into(),
        }
    }

    fn boot(&self) -> Option<String> {
        fs::read_to_string(&self.boot).ok().map(|id| id.trim().to_owned())
    }

    /// Whether the kernel took its time from a clock that can be right.
    ///
    /// A Raspberry Pi 5 has such a clock, but no battery unless one was bought: it then starts in 1970
    /// and the kernel's time is nowhere near now.
    fn has_battery_clock(&self) -> bool {
        let clocks = fs::read_dir(&self.rtc).into_iter().flatten().filter_map(Result::ok);
        clocks.map(|clock| clock.path()).any(|clock| {
            let text = |name: &str| fs::read_to_string(clock.join(name)).unwrap_or_default();
            let since: Option<i64> = text("since_epoch").trim().parse().ok();
            text("hctosys").trim() == "1" && since.is_some_and(|since| since > BUILT.as_second())
        })
    }
}

/// What a person said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    /// In which run of the machine.
    boot: String,
    /// By how many milliseconds the machine's clock was wrong.
    offset_ms: i64,
}

/// Looks after a clock.
#[derive(Debug, Clone)]
pub struct Watch {
    clock: Clock,
    sources: Sources,
    note: PathBuf,
    ask: bool,
}

impl Watch {
    /// Looks after the clock of a house; a demonstration's is never in doubt.
    pub fn new(clock: Clock, settings: &Settings) -> Self {
        Self::by(clock, settings, Sources::of_machine(settings))
    }

    /// The same with other sources.
    pub fn by(clock: Clock, settings: &Settings, sources: Sources) -> Self {
        let ask = settings.clock.check && settings.demonstration.is_none();
        Self { clock, sources, note: settings.data.join(NOTE), ask }
    }

    /// Looks whether the clock can be believed, and lets the house know. `latest` is the newest
    /// moment on record: a clock that stands before it is wrong, whatever it was set by.
    pub fn look(&self, latest: Option<Timestamp>) -> Option<Trust> {
        if !self.ask {
            return Some(Trust::Settings);
        }
        let trust = self.find(latest);
        if self.clock.doubt(trust.is_none()) {
            if let Some(trust) = trust {
                tracing::info!(%trust, "the clock is believed");
            } else {
                tracing::warn!(
                    "nobody knows whether the clock is right: no orders until the network's time comes or a person confirms it"
                );
            }
        }
        trust
    }

    fn find(&self, latest: Option<Timestamp>) -> Option<Trust> {
        if self.sources.synchronised.exists() {
            // It knows better than any person.
            if self.clock.offset() != SignedDuration::ZERO {
                tracing::info!("the network's time takes the place of what a person said");
                self.clock.set_offset(SignedDuration::ZERO);
            }
            return Some(Trust::Network);
        }
        if let Some(offset) = self.said() {
            self.clock.set_offset(offset);
            return Some(Trust::Person);
        }
        let plausible = self.clock.now() >= BUILT && latest.is_none_or(|l| l <= self.clock.now());
        (plausible && self.sources.has_battery_clock()).then_some(Trust::Battery)
    }

    fn said(&self) -> Option<SignedDuration> {
        let text = fs::read_to_string(&self.note).ok()?;
        let said: Said = serde_json::from_str(&text).ok()?;
        (Some(said.boot) == self.sources.boot())
            .then(|| SignedDuration::from_millis(said.offset_ms))
    }

    /// A person says what time it is. Holds until the machine starts anew.
    pub fn confirm(&self, now: Timestamp) -> std::io::Result<()> {
        self.clock.set(now);
        self.clock.doubt(false);
        tracing::warn!(offset_s = self.clock.offset().as_secs(), "a person confirmed the clock");
        let Some(boot) = self.sources.boot() else { return Ok(()) };
        let said = Said { boot, offset_ms: self.clock.offset().as_millis() as i64 };
        write(&self.note, &serde_json::to_string(&said)?)
    }
}

/// Applies to a command's clock what a person said to the kiosk since the machine started.
pub fn follow(clock: &Clock, settings: &Settings) {
    let watch = Watch::new(clock.clone(), settings);
    if watch.ask
        && !watch.sources.synchronised.exists()
        && let Some(offset) = watch.said()
    {
        clock.set_offset(offset);
    }
}

/// Why the clock of this machine would be believed by a kiosk that starts now.
pub fn ask(settings: &Settings, clock: &Clock, latest: Option<Timestamp>) -> Option<Trust> {
    Watch::new(clock.clone(), settings).look(latest)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let part = path.with_extension("part");
    fs::write(&part, text)?;
    fs::rename(part, path)
}
