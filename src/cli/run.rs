//! `run`: opens the kiosk.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{Ended, Failure, open};
use crate::house::House;
use crate::panel_watch::Power;
use crate::running::Running;
use crate::wiring::{self, Ended as Closed, Machine};

/// Requests under way when everything ends may take so long.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Open the kiosk: screen, printers, clock and planner.
///
/// Without a clubhouse.toml this is a demonstration: the sample compound is put into an empty
/// database, and beside the kiosk stands a window with the simulated printer and panel.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Everything but the window: printers, clock and planner go on working.
    #[arg(long)]
    headless: bool,
}

/// Runs until the window is closed or the program is told to end.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    start_log();
    let data = open::settings(config)?;
    open::data_folder(&data)?;
    let _ours = Running::take(&data.data).map_err(Failure::failed)?;
    let house = open_house(config)?;
    say!("{}", wiring::banner(&house, open::settings_file(config)));
    let runtime = wiring::runtime().map_err(Failure::failed)?;
    let machine = Machine::start(house).map_err(|e| Failure::failed(format!("{e:#}")))?;
    machine.follow_clock(&runtime);
    machine.check_store(&runtime);
    open_pages(&machine, &runtime);
    // Without systemd there is nobody to tell.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);

    let stop = Arc::new(AtomicBool::new(false));
    let asked = stop.clone();
    let handled = ctrlc::set_handler(move || {
        asked.store(true, Ordering::Relaxed);
        // Without a window there is no event loop to end; the flag does it.
        let _ = slint::quit_event_loop();
    });
    if let Err(error) = handled {
        tracing::warn!(%error, "Ctrl-C ends the program at once");
    }
    let fallen = machine.fallen();
    let ends = Ends { stop: stop.clone(), fallen: fallen.clone(), power: machine.power.clone() };
    let shown = if args.headless {
        wait(&ends);
        Ok(())
    } else {
        window(&machine, &runtime, &ends)
    };
    if ends.power.is_gone() {
        let closing = machine.close();
        runtime.shutdown_timeout(LAST_REQUESTS);
        return without_power(closing, &stop);
    }
    // Without systemd there is nobody to tell.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
    machine.stop();
    runtime.shutdown_timeout(LAST_REQUESTS);
    shown?;
    if fallen.load(Ordering::Relaxed) {
        return Err(Failure::failed(
            "a part of the program broke down; what was acknowledged is safe. Start it again",
        ));
    }
    Ok(Ended::Done)
}

/// What ends the kiosk.
#[derive(Clone)]
struct Ends {
    stop: Arc<AtomicBool>,
    fallen: Arc<AtomicBool>,
    power: Power,
}

impl Ends {
    fn reached(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
            || self.fallen.load(Ordering::Relaxed)
            || self.power.is_gone()
    }
}

/// Waits, with everything closed, for the end of the machine. systemd is not told of an end: it would
/// start the kiosk again on a battery that runs out.
fn without_power(closing: wiring::Closing, stop: &AtomicBool) -> Result<Ended, Failure> {
    match closing.finish(stop) {
        Closed::Told => Ok(Ended::Done),
        Closed::PowerBack => {
            say!("the power is back: start the kiosk again (systemd does)");
            Ok(Ended::Done)
        }
        Closed::StillOn => Err(Failure::failed(
            "the power was gone, and yet this machine was not switched off; what was acknowledged is safe. Start the kiosk again (systemd does), and look at panel.halt and the battery's board",
        )),
    }
}

/// Serves the desk's pages and says where.
fn open_pages(machine: &Machine, runtime: &tokio::runtime::Runtime) {
    let Some(address) = machine.open_pages(runtime) else { return };
    say!("the desk's pages: http://{address}");
    match wiring::sample_account(&machine.house) {
        Ok(Some((name, password))) => {
            say!("sign in there as {name} with {password} (a demonstration's account)");
        }
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "the demonstration has no account at the desk"),
    }
}

/// The house; a demonstration's is furnished with the sample if it is empty.
fn open_house(config: Option<&Path>) -> Result<House, Failure> {
    let house = open::house_to_serve(config)?;
    #[cfg(feature = "rehearsal")]
    if house.settings.demonstration.is_some() {
        open::furnish_if_empty(&house)?;
    }
    Ok(house)
}

fn window(
    machine: &Machine,
    runtime: &tokio::runtime::Runtime,
    ends: &Ends,
) -> Result<(), Failure> {
    let kiosk = std::rc::Rc::new(
        machine.open_window(runtime).map_err(|e| Failure::failed(format!("{e:#}")))?,
    );
    kiosk.show(machine.house.settings.screen.fullscreen).map_err(Failure::failed)?;
    kiosk.start_clock();
    kiosk.window().on_close_requested(|| {
        // The dock alone is no kiosk: both close together.
        let _ = slint::quit_event_loop();
        slint::CloseRequestResponse::HideWindow
    });
    #[cfg(feature = "rehearsal")]
    let _dock = dock(machine, &kiosk)?;
    let ends = ends.clone();
    let watch = slint::Timer::default();
    watch.start(slint::TimerMode::Repeated, Duration::from_millis(500), move || {
        if ends.reached() {
            // An event loop that is gone needs no ending.
            let _ = slint::quit_event_loop();
        }
    });
    slint::run_event_loop().map_err(Failure::failed)
}

/// The dock of a demonstration; an appliance has none.
#[cfg(feature = "rehearsal")]
fn dock(
    machine: &Machine,
    kiosk: &std::rc::Rc<crate::kiosk::Kiosk>,
) -> Result<Option<crate::rehearsal::dock::Dock>, Failure> {
    use crate::rehearsal::dock::{Dock, DockParts};
    let (Some(_), Some(panel)) = (machine.house.settings.demonstration, &machine.panel) else {
        return Ok(None);
    };
    let house = &machine.house;
    let calendar = house.store.read(|db| Ok::<_, crate::error::Error>(house.calendar(db)?))?;
    let (scanned, moved) = (kiosk.clone(), machine.bell.clone());
    let dock = Dock::open(DockParts {
        printer: machine.printer.clone(),
        panel: panel.clone(),
        clock: house.clock.clone(),
        calendar,
        cards: crate::rehearsal::sample_cards(house)?,
        scanned: Box::new(move |text| scanned.scanned(text)),
        moved: Box::new(move || moved.ring()),
    })
    .map_err(Failure::failed)?;
    dock.show().map_err(Failure::failed)?;
    // Beside the kiosk, where a window manager lets us choose.
    let screen = house.settings.screen;
    dock.window().set_position(slint::PhysicalPosition::new(screen.width_px as i32 + 8, 0));
    Ok(Some(dock))
}

fn wait(ends: &Ends) {
    while !ends.reached() {
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Log lines go to stderr, where systemd's journal picks them up. They never name a person.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("clubhouse_kiosk=info,warn"));
    // A second subscriber is refused; the first one serves.
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
