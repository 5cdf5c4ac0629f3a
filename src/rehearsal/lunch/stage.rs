//! The stage of a played lunch: a clubhouse in a folder of its own, its window and its devices.

use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Script;
use crate::clock::Clock;
use crate::config::Settings;
use crate::counter::Counter;
use crate::dispatch::Dispatch;
use crate::domain::{Resident, ServiceDate};
use crate::house::House;
use crate::kiosk::headless::{Headless, TouchError};
use crate::kiosk::words::Lang;
use crate::kiosk::worker::Worker as Clerk;
use crate::registry::Registry;
use crate::rehearsal::furnish;
use crate::store::{Store, print_jobs};
use crate::wiring::Machine;

/// The service day that is played.
const DATE: &str = "2026-11-24";
/// The longest time that the papers may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Why a lunch could not be played to its end.
#[derive(Debug, thiserror::Error)]
pub enum LunchError {
    /// A folder or file can't be used.
    #[error("{path} can't be used: {source}", path = path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A part could not be started.
    #[error("the clubhouse could not be set up: {0}")]
    SetUp(String),
    /// A use case refused what the play needs.
    #[error(transparent)]
    Clubhouse(#[from] crate::error::Error),
    /// Something on the screen was not there.
    #[error("{at}: {source}")]
    Touch {
        /// What was being played.
        at: String,
        /// What was missing.
        source: TouchError,
    },
    /// A picture could not be made.
    #[error(transparent)]
    Picture(#[from] crate::kiosk::headless::PictureError),
    /// The play did not go as written.
    #[error("the lunch did not go as it should: {0}")]
    Astray(String),
}

/// The stage.
pub struct Stage {
    /// Everything but the window.
    pub machine: Machine,
    /// The window.
    pub screen: Headless,
    /// Who answers it.
    pub clerk: Clerk,
    /// For what the desk does.
    pub counter: Counter,
    /// For what the dispatcher does.
    pub dispatch: Dispatch,
    /// The day.
    pub date: ServiceDate,
    /// Where everything is kept.
    pub out: PathBuf,
    /// What is being played, for errors.
    pub scene: String,
    /// Touches so far.
    pub touches: u32,
    pub(super) printed: u32,
    pub(super) last_attempt: i64,
}

impl Stage {
    /// Sets the stage: an empty database, the sample compound, 8:30 on a Tuesday.
    pub fn set(script: &Script) -> Result<Self, LunchError> {
        let file = |path: &std::path::Path| {
            let path = path.to_owned();
            move |source| LunchError::File { path, source }
        };
        for folder in ["screens", "tickets", "slips"] {
            let folder = script.out.join(folder);
            if folder.exists() {
                std::fs::remove_dir_all(&folder).map_err(file(&folder))?;
            }
            std::fs::create_dir_all(&folder).map_err(file(&folder))?;
        }
        let database = script.out.join("lunch.sqlite");
        for old in ["lunch.sqlite", "lunch.sqlite-wal", "lunch.sqlite-shm"] {
            let old = script.out.join(old);
            if old.exists() {
                std::fs::remove_file(&old).map_err(file(&old))?;
            }
        }
        let settings = Arc::new(Settings { data: script.out.clone(), ..Settings::default() });
        let store = Store::open(&database).map_err(crate::error::Error::from)?;
        let date: ServiceDate = DATE.parse().map_err(|_| LunchError::Astray(DATE.into()))?;
        let start = settings.calendar().at(date, jiff::civil::Time::constant(8, 30, 0, 0));
        let house = House { store, clock: Clock::standing_at(start), settings };
        furnish(&house)?;
        let machine =
            Machine::start(house.clone()).map_err(|e| LunchError::SetUp(format!("{e:#}")))?;
        let screen = Headless::open(script.panel, &machine.fonts, Lang::Zh)
            .map_err(|e| LunchError::SetUp(e.to_string()))?;
        let mut stage = Self {
            clerk: machine.clerk(),
            counter: Counter::new(house.clone()),
            dispatch: Dispatch::new(house),
            machine,
            screen,
            date,
            out: script.out.clone(),
            scene: "opening".into(),
            touches: 0,
            printed: 0,
            last_attempt: 0,
        };
        stage.answer();
        Ok(stage)
    }

    /// Lets the clerk answer everything the screen has asked.
    pub fn answer(&mut self) {
        let clerk = &mut self.clerk;
        self.screen.answer(|request| clerk.answer(request));
    }

    /// Touches what has this label.
    pub fn touch(&mut self, label: &str) -> Result<(), LunchError> {
        if let Err(source) = self.screen.touch_in_list(label) {
            self.picture("astray")?;
            return Err(LunchError::Touch { at: self.scene.clone(), source });
        }
        self.touches += 1;
        self.answer();
        Ok(())
    }

    /// Touches the first label that begins like this, turning pages.
    pub fn touch_beginning(&mut self, start: &str) -> Result<(), LunchError> {
        const MOST_PAGES: usize = 40;
        for _ in 0..MOST_PAGES {
            let found = self.screen.labels().into_iter().find(|label| label.starts_with(start));
            if let Some(label) = found {
                return self.touch(&label);
            }
            if self.touch("下一页").is_err() {
                break;
            }
        }
        self.touch(start)
    }

    /// Types digits on the keypad and ends with 确定 where it is needed.
    pub fn type_digits(&mut self, digits: &str) -> Result<(), LunchError> {
        for digit in digits.chars() {
            self.touch(&digit.to_string())?;
        }
        if self.screen.has("确定") { self.touch("确定") } else { Ok(()) }
    }

    /// Holds a card, a slip or a ticket to the reader.
    pub fn read(&mut self, text: &str) {
        self.screen.type_text(text);
        self.answer();
    }

    /// Lets seconds pass on the screen.
    pub fn tick(&mut self, seconds: u32) {
        self.screen.tick(seconds);
        self.answer();
    }

    /// Keeps a picture of the screen.
    pub fn picture(&self, name: &str) -> Result<(), LunchError> {
        Ok(self.screen.save_png(&self.out.join("screens").join(format!("{name}.png")))?)
    }

    /// Moves the clock to a local time of the day, and shows it.
    pub fn at(&mut self, hour: i8, minute: i8) {
        let calendar = self.machine.house.settings.calendar();
        let moment = calendar.at(self.date, jiff::civil::Time::constant(hour, minute, 0, 0));
        self.machine.house.clock.set(moment);
        self.machine.bell.ring();
        // The screen looks at the clock every so often.
        self.tick(35);
    }

    /// The residents of the sample, by door.
    pub fn residents(&self) -> Result<Vec<Resident>, LunchError> {
        Ok(Registry::new(self.machine.house.clone()).residents()?)
    }

    /// Waits until every paper that is due is on paper, and keeps it.
    pub fn print_all(&mut self) -> Result<(), LunchError> {
        let begun = Instant::now();
        let now = self.machine.house.clock.now();
        while self.waiting(now)? > 0 {
            if begun.elapsed() > PATIENCE {
                return Err(LunchError::Astray("papers wait that nothing holds up".into()));
            }
            self.machine.bell.ring();
            std::thread::sleep(Duration::from_millis(3));
        }
        self.keep_papers()
    }

    fn waiting(&self, now: Timestamp) -> Result<u32, LunchError> {
        let house = &self.machine.house;
        Ok(house.store.read(|db| {
            let sending = print_jobs::sending(db)?.len() as u32;
            Ok::<_, crate::error::Error>(print_jobs::waiting(db, now)? + sending)
        })?)
    }
}
