//! Builds every part of the running kiosk, in order.

mod closing;
mod pages;
mod panel;
mod sight;
mod voice;

use clubhouse_hardware::panel::SimulatedPanel;
use clubhouse_hardware::printer::SimulatedPrinter;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

use crate::backlight::Backlight;
use crate::clock_trust;
use crate::fonts::Fonts;
use crate::heartbeat::{Feeder, Heartbeat, StorePulse};
use crate::house::House;
use crate::kiosk::protocol::Request;
use crate::kiosk::worker::Worker as Clerk;
use crate::kiosk::{Kiosk, Panel};
use crate::panel_watch::{Alarm, Arrivals, Power};
use crate::pictures::Shelf;
use crate::printing::{self, Bell, Board};
use crate::schedule;
use crate::speech::Voice;
use crate::store::{StoreError, days};
use crate::supervise::Supervisor;

pub use closing::{Closing, Ended};
pub use pages::{Pages, sample_account};

/// Requests of the screen that may wait; a person never has more than one under way.
const REQUESTS: usize = 64;
/// How often the screen follows the printers.
const GLANCE: Duration = Duration::from_millis(300);
/// How often the clock is looked at for what is due.
const LOOK: Duration = Duration::from_secs(1);
/// When the whole database is looked at after the start: once the screen has long been there.
const CHECK_AFTER: Duration = Duration::from_secs(10);

/// The parts of a clubhouse that work without a window.
pub struct Machine {
    /// The house.
    pub house: House,
    /// The fonts of screen and tickets.
    pub fonts: Fonts,
    /// The printers' states.
    pub board: Board,
    /// Wakes the printers.
    pub bell: Bell,
    /// Calls the staff.
    pub alarm: Alarm,
    /// Says who comes near the screen.
    pub arrivals: Arrivals,
    /// The pictures of dishes, and the neighbours' photographs.
    pub shelf: Shelf,
    /// Reads the screen aloud and calls numbers.
    pub voice: Voice,
    /// The panel's light.
    pub backlight: Backlight,
    /// The simulated printer, which serves every printer set to `simulated`.
    pub printer: SimulatedPrinter,
    /// The simulated panel, if the settings name it.
    pub panel: Option<SimulatedPanel>,
    /// Whether every part still ticks.
    pub heartbeat: Heartbeat,
    /// How the supply is, as far as a line of the panel says it.
    pub power: Power,
    supervisor: Supervisor,
    /// The panel's own thread, which goes on until everything else has ended.
    panel_thread: Supervisor,
}

impl Machine {
    /// Starts everything but the window.
    pub fn start(house: House) -> anyhow::Result<Self> {
        let settings = &house.settings;
        let mut supervisor = Supervisor::default();

        // Fonts first: without them neither a ticket nor a screen can be read.
        let fonts = Fonts::load(settings.fonts_folder())?;

        // What a power cut left in the middle is settled before anything new is printed.
        let uncertain = printing::recover(&house)?;
        if uncertain > 0 {
            tracing::warn!(
                uncertain,
                "papers of the last run may or may not have come out; they are printed again, marked"
            );
        }

        let heartbeat = Heartbeat::of_the_machine();
        // One thread a printer, so that a dead one never holds up another.
        let printer = SimulatedPrinter::new(Board::simulated_width(settings));
        let board = Board::new(settings.clone(), &printer)?;
        let bell = Bell::default();
        for press in board.presses() {
            let worker = printing::Worker::new(
                house.clone(),
                board.clone(),
                press.clone(),
                &fonts,
                supervisor.stopping(),
            )?
            .with_pulse(heartbeat.printer(&press.name));
            let bell = bell.clone();
            supervisor.spawn("printer", move || worker.run(&bell))?;
        }

        // Lamp, buzzer and buttons.
        let wired = panel::start(&house, &board, &mut supervisor)?;
        let panel::Wired { alarm, arrivals, power, twin: panel, thread: panel_thread } = wired;

        // Pictures are read off every other thread; without a window none is asked for.
        let shelf = Shelf::new(&house.settings.data, &house.settings.idle.slides);
        let (reader, stopping) = (shelf.clone(), supervisor.stopping());
        supervisor.spawn("pictures", move || reader.work(&stopping))?;

        // The voice; a house without one has no thread for it.
        let (voice, speaking) = Voice::new(settings.speech.clone(), supervisor.stopping());
        if let Some(speaking) = speaking {
            supervisor.spawn("voice", speaking)?;
        }

        // The panel's light goes out with a screen that nobody looks at.
        let (backlight, switching) =
            Backlight::new(&settings.screen.backlight, supervisor.stopping());
        supervisor.spawn("backlight", switching)?;

        Ok(Self {
            house,
            fonts,
            board,
            bell,
            alarm,
            arrivals,
            shelf,
            voice,
            backlight,
            printer,
            panel,
            heartbeat,
            power,
            supervisor,
            panel_thread,
        })
    }

    /// Asks the store whether it answers, and feeds systemd's watchdog while every part does.
    pub fn feed_watchdog(&mut self) -> std::io::Result<()> {
        let heart = self.heartbeat.clone();
        let store = StorePulse::new(self.house.store.clone(), heart.store(), heart.watchdog() * 2);
        let (stopping, fallen) = (self.supervisor.stopping(), self.supervisor.fallen());
        let ending = stopping.clone();
        self.supervisor.spawn("store's pulse", move || store.run(&ending))?;
        self.supervisor.spawn("watchdog", move || Feeder::new(heart).run(&stopping, &fallen))
    }

    /// Opens the kiosk's window; its requests are answered on tokio's threads, in order.
    pub fn open_window(&self, runtime: &tokio::runtime::Runtime) -> anyhow::Result<Kiosk> {
        let (asked, requests) = mpsc::channel::<Request>(REQUESTS);
        let screen = &self.house.settings.screen;
        let panel = Panel::new(
            screen.width_px,
            screen.height_px,
            screen.width_mm as f32,
            screen.height_mm as f32,
        );
        let ask = move |request| {
            if asked.try_send(request).is_err() {
                tracing::error!("a touch was lost: the clerk's queue is full");
            }
        };
        let kiosk = Kiosk::new(panel, &self.fonts, crate::kiosk::words::Lang::Zh, Box::new(ask))?;
        voice::give(&kiosk, &self.voice, &self.house.settings.speech);
        runtime.spawn(answer(self.clerk(), requests, kiosk.handle()));
        runtime.spawn(voice::watch_window(self.house.clone(), self.voice.clone(), kiosk.handle()));
        runtime.spawn(watch_papers(self.board.clone(), kiosk.handle()));
        sight::blank(&kiosk, &self.backlight, &self.house.settings);
        runtime.spawn(sight::watch_arrivals(self.arrivals.clone(), kiosk.handle()));
        // A picture that has been read is fetched with the next look at the day.
        let window = kiosk.handle();
        self.shelf.serve(kiosk.picture_sizes(), move || {
            window.changed();
        });
        Ok(kiosk)
    }

    /// Does what the clock sets off, once a second.
    ///
    /// Until it is known what time it is, nothing is set off.
    pub fn follow_clock(&self, runtime: &tokio::runtime::Runtime) {
        let (house, bell) = (self.house.clone(), self.bell.clone());
        let planning = Duration::from_secs(u64::from(house.settings.rounds.plan_s));
        let pulse = self.heartbeat.clock(planning);
        let trust = clock_trust::Watch::new(house.clock.clone(), &house.settings);
        // Before the first request is answered.
        let _ = believed(&trust, &house);
        runtime.spawn(async move {
            let mut beat = tokio::time::interval(LOOK);
            beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                beat.tick().await;
                pulse.beat();
                let (looking, trust) = (house.clone(), trust.clone());
                let look = move || {
                    let _ = believed(&trust, &looking);
                    schedule::tick(&looking)
                };
                let Ok((done, failed)) = tokio::task::spawn_blocking(look).await else {
                    break;
                };
                for what in &done {
                    tracing::info!(?what, "the clock set off");
                }
                for error in &failed {
                    tracing::error!(%error, "what the clock set off failed; it is tried again");
                }
                if !done.is_empty() {
                    bell.ring();
                }
            }
        });
    }

    /// Looks at the whole database once, beside everything else. A damaged one ends the program,
    /// and is not opened again before it is mended.
    pub fn check_store(&self, runtime: &tokio::runtime::Runtime) {
        let (store, fallen) = (self.house.store.clone(), self.supervisor.fallen());
        runtime.spawn(async move {
            tokio::time::sleep(CHECK_AFTER).await;
            match tokio::task::spawn_blocking(move || store.check()).await {
                Ok(Ok(())) => {}
                Ok(Err(error @ StoreError::Damaged { .. })) => {
                    tracing::error!(%error, "the kiosk ends, so that nothing more goes into this database");
                    fallen.store(true, Ordering::Relaxed);
                }
                Ok(Err(error)) => tracing::error!(%error, "the database was not looked at"),
                Err(error) => tracing::error!(%error, "the look at the database broke off"),
            }
        });
    }

    /// The clerk who answers the screen.
    pub fn clerk(&self) -> Clerk {
        Clerk::new(self.house.clone(), self.board.clone(), self.bell.clone(), self.alarm.clone())
            .with_pictures(self.shelf.clone())
    }

    /// Set when a part ended on its own.
    pub fn fallen(&self) -> Arc<AtomicBool> {
        self.supervisor.fallen()
    }

    /// Ends every part; papers under way are settled on disk.
    pub fn stop(self) {
        self.stop_work().panel_thread.stop();
    }

    /// Ends every part but the panel, which shows by its lamp when everything is closed.
    pub fn close(self) -> Closing {
        Closing::of(self.stop_work())
    }

    fn stop_work(mut self) -> Self {
        // First the word, then the bell: who is woken must find it.
        self.supervisor.stopping().store(true, Ordering::Relaxed);
        self.bell.ring();
        std::mem::take(&mut self.supervisor).stop();
        self
    }
}

/// Whether the parts that a start needs can be had; lets go of each.
pub fn could_start(house: &House) -> anyhow::Result<()> {
    let settings = &house.settings;
    Fonts::load(settings.fonts_folder())?;
    Board::new(settings.clone(), &SimulatedPrinter::new(Board::simulated_width(settings)))?;
    house.store.probe()?;
    Ok(())
}

/// Looks whether the clock can be believed; a store that can't be read has nothing to say against it.
fn believed(trust: &clock_trust::Watch, house: &House) -> Option<clock_trust::Trust> {
    trust.look(house.store.read(days::latest_moment).unwrap_or_default())
}

/// The runtime for everything that waits.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("tokio")
        .enable_all()
        .build()
}

/// Answers requests one after the other, off every other thread, until the window is gone.
async fn answer(
    mut clerk: Clerk,
    mut requests: mpsc::Receiver<Request>,
    window: crate::kiosk::KioskHandle,
) {
    while let Some(request) = requests.recv().await {
        let answered = tokio::task::spawn_blocking(move || {
            let reply = clerk.answer(request);
            (clerk, reply)
        });
        let Ok((back, reply)) = answered.await else {
            tracing::error!("the clerk broke down");
            break;
        };
        clerk = back;
        if !window.deliver(reply) {
            break;
        }
    }
}

/// Tells the window as soon as a printer or a paper needs somebody, or does not any more.
async fn watch_papers(board: Board, window: crate::kiosk::KioskHandle) {
    let mut beat = tokio::time::interval(GLANCE);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut before = (board.worst(), board.doubtful());
    loop {
        beat.tick().await;
        let now = (board.worst(), board.doubtful());
        if now != before {
            before = now;
            if !window.changed() {
                break;
            }
        }
    }
}

/// Says where a demonstration can be looked at.
pub fn banner(house: &House, config: Option<&Path>) -> String {
    let calendar = house.settings.calendar();
    let local = calendar.local(house.clock.now());
    let data = house.settings.data.display();
    let settings = config
        .map_or("defaults (clubhouse.sample.toml explains them)".to_owned(), |p| {
            p.display().to_string()
        });
    let kind = if house.settings.demonstration.is_some() { "demonstration clock" } else { "clock" };
    format!(
        "{} is open: {kind} at {}, database {data}/lunch.sqlite, settings {settings}",
        house.settings.name,
        local.strftime("%Y-%m-%d %H:%M"),
    )
}
