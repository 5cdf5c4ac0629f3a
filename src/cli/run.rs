//! `run`: opens the kiosk.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::ends::Ends;
use super::screen::{Screen, rest};
use super::{Ended, Failure, open, start};
use crate::house::House;
use crate::kiosk::{Kiosk, KioskError};
use crate::running::Running;
use crate::start_trouble::Cause;
use crate::wiring::{self, Ended as Closed, Machine, Pages};

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
    let runtime = wiring::runtime().map_err(Failure::failed)?;
    let (_ours, mut machine) =
        open_machine(config).map_err(|failure| start::tell(failure, config, args.headless))?;
    machine.follow_clock(&runtime);
    machine.check_store(&runtime);
    let pages = open_pages(&machine, &runtime);
    machine.feed_watchdog().map_err(Failure::failed)?;

    let fallen = machine.fallen();
    let ends = Ends { stop: stop.clone(), fallen: fallen.clone(), power: machine.power.clone() };
    let shown = if args.headless {
        ready();
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
    if let Some(pages) = pages {
        pages.end(&runtime);
    }
    runtime.shutdown_timeout(LAST_REQUESTS);
    shown?;
    if fallen.load(Ordering::Relaxed) {
        return Err(Failure::failed(
            "a part of the program broke down; what was acknowledged is safe. Start it again",
        ));
    }
    Ok(Ended::Done)
}

/// Takes the data folder, opens the house and starts everything but the window.
fn open_machine(config: Option<&Path>) -> Result<(Running, Machine), Failure> {
    let ours = open::take(&open::settings(config)?)?;
    let house = open_house(config)?;
    say!("{}", wiring::banner(&house, open::settings_file(config)));
    let machine = Machine::start(house);
    let machine = machine.map_err(|e| Failure::failed(format!("{e:#}")).because(Cause::of(&e)))?;
    Ok((ours, machine))
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
fn open_pages(machine: &Machine, runtime: &tokio::runtime::Runtime) -> Option<Pages> {
    let pages = machine.open_pages(runtime)?;
    say!("the desk's pages: {}", pages.url);
    match wiring::sample_account(&machine.house) {
        Ok(Some((name, password))) => {
            say!("sign in there as {name} with {password} (a demonstration's account)");
        }
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "the demonstration has no account at the desk"),
    }
    Some(pages)
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
    let mut screen = Screen::of_machine();
    let Some(kiosk) = open_kiosk(machine, runtime, &mut screen, ends)? else {
        return Ok(());
    };
    let kiosk = std::rc::Rc::new(kiosk);
    kiosk.show(machine.house.settings.screen.fullscreen).map_err(Failure::failed)?;
    kiosk.start_clock();
    kiosk.window().on_close_requested(|| {
        // The dock alone is no kiosk: both close together.
        let _ = slint::quit_event_loop();
        slint::CloseRequestResponse::HideWindow
    });
    #[cfg(feature = "rehearsal")]
    let _dock = dock(machine, &kiosk)?;
    // Ready once the event loop turns, and alive while it does.
    let (pulse, said) = (machine.heartbeat.screen(), std::cell::Cell::new(false));
    let watch = slint::Timer::default();
    let (ended, beat) = (ends.clone(), pulse.clone());
    watch.start(slint::TimerMode::Repeated, Duration::from_millis(500), move || {
        beat.beat();
        if !said.replace(true) {
            ready();
        }
        if ended.reached() {
            // An event loop that is gone needs no ending.
            let _ = slint::quit_event_loop();
        }
    });
    let Err(error) = slint::run_event_loop() else { return Ok(()) };
    if !screen.is_kernels() {
        return Err(Failure::failed(error));
    }
    // This process can't draw any more; lunch goes on for a while before the next one tries.
    let trouble = screen.behind(&error.to_string());
    let failure = Failure::failed(&trouble);
    screen.tell(trouble);
    ready();
    rest(ends, || pulse.beat());
    Err(failure)
}

/// Opens the kiosk's window, on the kernel's display as soon as one is there. Nothing if the program
/// was told to end before.
fn open_kiosk(
    machine: &Machine,
    runtime: &tokio::runtime::Runtime,
    screen: &mut Screen,
    ends: &Ends,
) -> Result<Option<Kiosk>, Failure> {
    while !ends.reached() {
        let trouble = match screen.trouble() {
            Some(trouble) => trouble,
            None => match machine.open_window(runtime) {
                Ok(kiosk) => {
                    screen.opened();
                    return Ok(Some(kiosk));
                }
                Err(error) => {
                    let display = matches!(error.downcast_ref(), Some(KioskError::Platform(_)));
                    if !display || !screen.is_kernels() {
                        return Err(Failure::failed(format!("{error:#}")));
                    }
                    screen.behind(&error.to_string())
                }
            },
        };
        screen.tell(trouble);
        ready();
        screen.wait(ends);
    }
    Ok(None)
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
    let screen = &house.settings.screen;
    dock.window().set_position(slint::PhysicalPosition::new(screen.width_px as i32 + 8, 0));
    Ok(Some(dock))
}

/// Tells systemd that the kiosk serves; without systemd there is nobody to tell.
fn ready() {
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
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
