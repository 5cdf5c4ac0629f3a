//! A whole lunch, played without a screen: through the very window of the kiosk, touched by its
//! accessible labels, with real tickets on the simulated printer.

mod acts;
mod record;
mod stage;

pub use record::Summary;
pub use stage::{LunchError, Stage};

use std::path::Path;

use crate::kiosk::Panel;

/// How a lunch is played.
#[derive(Debug, Clone)]
pub struct Script {
    /// Where pictures, tickets, slips and the map go.
    pub out: std::path::PathBuf,
    /// The panel the screens are drawn for.
    pub panel: Panel,
    /// People who eat in.
    pub eat_in: usize,
    /// People who take away.
    pub take_away: usize,
    /// Deliveries, spread over `buildings`.
    pub deliveries: usize,
    /// Buildings that are delivered to.
    pub buildings: usize,
    /// Volunteers on duty.
    pub volunteers: usize,
}

impl Script {
    /// An ordinary day: 126 orders, 60 of them carried into 20 buildings by 8 volunteers.
    pub fn ordinary(out: &Path) -> Self {
        Self {
            out: out.to_owned(),
            panel: Panel::TEN_INCH,
            eat_in: 40,
            take_away: 26,
            deliveries: 60,
            buildings: 20,
            volunteers: 8,
        }
    }
}

/// Plays the lunch in a database of its own; `tell` hears a line now and then.
pub fn play(script: &Script, tell: &mut dyn FnMut(&str)) -> Result<Summary, LunchError> {
    let mut stage = Stage::set(script)?;
    acts::morning(&mut stage, script, tell)?;
    acts::cut_off(&mut stage, script, tell)?;
    acts::hand_over(&mut stage, tell)?;
    acts::rounds(&mut stage, script, tell)?;
    acts::close(&mut stage, tell)
}
