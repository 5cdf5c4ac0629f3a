//! The roll in a printer: when a new one is in, and how far it will last.

use clubhouse_hardware::printer::Status;
use jiff::Timestamp;

use crate::error::Error;
use crate::house::House;
use crate::store::paper_rolls;

/// Dots of a metre of paper.
const METRE: u64 = 8_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    Low,
    Out,
}

/// Watches the roll of one printer.
///
/// What was seen is kept on disk, since many a printer is switched off with its cover open.
#[derive(Debug)]
pub struct RollWatch {
    printer: String,
    state: State,
    /// Whether the printer was opened or switched off since its paper was low.
    opened: bool,
}

impl RollWatch {
    /// Goes on where the last run stopped.
    pub fn open(house: &House, printer: &str) -> Result<Self, Error> {
        let roll = house.store.read(|db| Ok::<_, Error>(paper_rolls::last(db, printer)?))?;
        let state = match roll {
            Some(roll) if roll.ended_at.is_some() => State::Out,
            Some(roll) if roll.low_at.is_some() => State::Low,
            _ => State::Good,
        };
        // The paper may have been changed while the program was off.
        Ok(Self { printer: printer.to_owned(), state, opened: true })
    }

    /// Takes the printer's state; `true` if this means that a new roll has been put in.
    ///
    /// After paper out, whatever prints is a new roll. After paper low it takes an opened cover or
    /// a switched-off printer too: a near-end sensor flickers.
    pub fn note(&mut self, house: &House, status: Status) -> Result<bool, Error> {
        let now = house.clock.now();
        match (status, self.state) {
            (Status::PaperOut, State::Out) => {}
            (Status::PaperOut, _) => {
                self.keep(house, |tx, name| paper_rolls::end(tx, name, now))?;
                self.state = State::Out;
            }
            (Status::PaperLow, State::Good) => {
                self.keep(house, |tx, name| paper_rolls::low(tx, name, now))?;
                self.state = State::Low;
                self.opened = false;
            }
            (Status::PaperLow, State::Out) => {
                self.keep(house, |tx, name| {
                    paper_rolls::begin(tx, name, now)?;
                    paper_rolls::low(tx, name, now)
                })?;
                self.state = State::Low;
                self.opened = false;
                return Ok(true);
            }
            (Status::Ready, State::Out) => return self.begin(house, now),
            (Status::Ready, State::Low) if self.opened => return self.begin(house, now),
            (Status::PaperLow | Status::Ready, _) => self.opened = false,
            (Status::CoverOpen | Status::Error | Status::Offline | Status::Disconnected, _) => {
                self.opened = true;
            }
        }
        Ok(false)
    }

    fn begin(&mut self, house: &House, now: Timestamp) -> Result<bool, Error> {
        self.keep(house, |tx, name| paper_rolls::begin(tx, name, now))?;
        self.state = State::Good;
        self.opened = false;
        Ok(true)
    }

    fn keep(
        &self,
        house: &House,
        write: impl FnOnce(&rusqlite::Transaction<'_>, &str) -> Result<(), crate::store::StoreError>,
    ) -> Result<(), Error> {
        house.store.write(|tx| Ok::<_, Error>(write(tx, &self.printer)?))
    }
}

/// How far a roll will last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Millimetres of paper left, if the roll was seen put in.
    pub mm: Option<u32>,
    /// Papers for which that is enough, as long as they were on average.
    pub papers: Option<u32>,
}

/// What is left of the roll in a printer that holds `roll_m` metres when new.
///
/// `average` is the length of a paper in dots, for as long as nothing better is known.
pub fn left(
    db: &rusqlite::Connection,
    printer: &str,
    roll_m: u16,
    average: u64,
) -> Result<Left, crate::store::StoreError> {
    let since = paper_rolls::last(db, printer)?.filter(|r| r.ended_at.is_none());
    let Some(since) = since.and_then(|roll| roll.since) else {
        return Ok(Left { mm: None, papers: None });
    };
    let (_, used) = paper_rolls::printed(db, printer, since)?;
    let dots = (u64::from(roll_m) * METRE).saturating_sub(used);
    Ok(Left { mm: Some((dots / 8) as u32), papers: Some((dots / average.max(1)) as u32) })
}
