//! Lamp, buzzer and buttons: the board of the settings, or its twin.

use clubhouse_hardware::panel::{PanelError, SimulatedPanel};
use std::time::Duration;

use crate::house::House;
use crate::panel_watch::{self, Alarm, Arrivals, Follower, Opener, Power, Watched};
use crate::printing::Board;
use crate::supervise::Supervisor;

/// How soon a board that failed is opened again.
const RETRY: Duration = Duration::from_secs(10);

/// The panel's parts that others work with.
pub(super) struct Wired {
    /// Calls the staff.
    pub(super) alarm: Alarm,
    /// Who is near the screen.
    pub(super) arrivals: Arrivals,
    /// How the supply is.
    pub(super) power: Power,
    /// The simulated panel, if the settings name it.
    pub(super) twin: Option<SimulatedPanel>,
    /// The thread that has the panel.
    pub(super) thread: Supervisor,
}

/// Starts the panel's threads; a house without a panel has none.
pub(super) fn start(
    house: &House,
    board: &Board,
    supervisor: &mut Supervisor,
) -> anyhow::Result<Wired> {
    let settings = house.settings.panel.clone();
    // A wish of the last run that nobody granted: the machine is not to halt now.
    if let Some(file) = settings.halt_file()
        && let Err(error) = panel_watch::halt(file, false)
    {
        tracing::error!(%error, file = %file.display(), "an old wish for a halt can't be taken back");
    }
    let (alarm, calls) = Alarm::new();
    let (arrivals, power) = (Arrivals::default(), Power::new(settings.power_patience()));
    let mut thread = supervisor.beside();
    let (twin, open) = match settings.backend.as_str() {
        "simulated" => {
            let (twin, first) = SimulatedPanel::new();
            (Some(twin.clone()), Some(simulated(twin, first)))
        }
        "none" => (None, None),
        _ => {
            let again = move || panel_watch::open(&settings).unwrap_or(Err(PanelError::Gone));
            (None, Some(Box::new(again) as Opener))
        }
    };
    if let Some(open) = open {
        let (follower, work) = Follower::new(house.clone(), board.clone(), alarm.clone());
        let stopping = supervisor.stopping();
        supervisor.spawn("lamp", move || work.run(&stopping))?;
        let watched = Watched {
            house: house.clone(),
            board: board.clone(),
            follower,
            calls,
            alarm: alarm.clone(),
            arrivals: arrivals.clone(),
            power: power.clone(),
            retry: RETRY,
        };
        let stopping = thread.stopping();
        thread.spawn("panel", move || panel_watch::watch(open, watched, &stopping))?;
    }
    Ok(Wired { alarm, arrivals, power, twin, thread })
}

/// Opens the twin; its first events come from the channel that it was made with.
fn simulated(twin: SimulatedPanel, first: clubhouse_hardware::panel::PanelEvents) -> Opener {
    let mut first = Some(first);
    Box::new(move || {
        let events = first.take().map_or_else(|| twin.reopen(), Ok)?;
        Ok((Box::new(twin.clone()) as _, events))
    })
}
