//! A start that failed: said on the screen where there is one, and on stderr everywhere.
//!
//! The page stays, and systemd's watchdog is fed, until everything the start needs is there; then
//! the program ends, and systemd starts it anew. So the page never blinks, and no start is tried
//! half way while somebody reads it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use super::{Failure, open, screen};
use crate::backlight;
use crate::config::Settings;
use crate::fonts::Letters;
use crate::kiosk::Panel;
use crate::kiosk::start_failure::{News, StartFailure};
use crate::start_trouble::{self, Cause, RestoreOffer, StartTrouble};
use crate::wiring;

/// How often it is looked whether the start works again.
const TRY_EVERY: Duration = Duration::from_secs(30);
/// News that may wait for the window.
const NEWS: usize = 8;

/// Tells why the start failed, until it works again or the window is closed; gives the failure back
/// for the exit code.
pub fn tell(failure: Failure, config: Option<&Path>, headless: bool) -> Failure {
    let trouble = trouble(&failure);
    tell!("{trouble}");
    if !headless && let Err(error) = page(trouble, config) {
        // What the window system says in several lines is for nobody here.
        let why = format!("{error:#}");
        let why = why.lines().next().unwrap_or_default().trim_end_matches('.');
        tell!("no page can be shown from here: {why}");
    }
    failure
}

/// The trouble behind a failure.
fn trouble(failure: &Failure) -> StartTrouble {
    StartTrouble::new(failure.cause.unwrap_or(Cause::Other), &failure.message)
}

fn page(trouble: StartTrouble, config: Option<&Path>) -> anyhow::Result<()> {
    if let Some(display) = screen::Screen::of_machine().trouble() {
        anyhow::bail!("{display}");
    }
    // Wrong settings have no sizes and no fonts of their own.
    let settings = open::settings(config).unwrap_or_default();
    let letters = Letters::find(settings.fonts_folder());
    if matches!(letters, Letters::None) {
        anyhow::bail!("this machine has no font at all; install fonts-noto-cjk");
    }
    backlight::switch_on(&settings.screen.backlight);
    let (first, cause) = (trouble.clone(), trouble.cause.name());
    let (told, news) = sync_channel(NEWS);
    let restored = told.clone();
    let page = StartFailure::new(
        panel(&settings),
        &letters,
        trouble,
        Box::new(move |offer| {
            restore(offer, restored.clone());
        }),
    )?;
    page.show(panel(&settings), settings.screen.fullscreen)?;
    screen::status(&format!("the start failed ({cause}): the screen says why"));
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);

    let (ended, end) = sync_channel::<()>(1);
    let mut again =
        Again { config: config.map(Path::to_path_buf), offer: std::cell::OnceCell::new() };
    let watch = std::thread::Builder::new()
        .name("start".into())
        .spawn(move || again.watch(first, &told, &end))?;
    page.run(news, || {
        // This window is all there is; while it turns, all is as well as it can be.
        let _ = sd_notify::notify(&[sd_notify::NotifyState::Watchdog]);
    })?;
    drop(ended);
    if watch.join().is_err() {
        tracing::error!("the look at the start broke down");
    }
    Ok(())
}

fn panel(settings: &Settings) -> Panel {
    let screen = &settings.screen;
    Panel::new(screen.width_px, screen.height_px, screen.width_mm as f32, screen.height_mm as f32)
}

/// Restores beside the window, which must not wait for the disk.
fn restore(offer: RestoreOffer, told: SyncSender<News>) {
    let failed = told.clone();
    let begun = std::thread::Builder::new().name("restore".into()).spawn(move || {
        let done = (offer.restore)();
        if let Err(error) = &done {
            tracing::error!(%error, "the copy could not be restored");
        }
        // A window that was closed needs no news.
        let _ = told.send(News::Restored(done));
    });
    if let Err(error) = begun {
        let _ = failed.try_send(News::Restored(Err(error.to_string())));
    }
}

/// Looks now and then whether everything the start needs is there.
struct Again {
    config: Option<PathBuf>,
    /// The copy that is offered for a damaged database, once it was looked for.
    offer: std::cell::OnceCell<Option<RestoreOffer>>,
}

impl Again {
    fn watch(&mut self, first: StartTrouble, told: &SyncSender<News>, end: &Receiver<()>) {
        if first.cause == Cause::Damaged {
            self.tell(first, told);
        }
        while end.recv_timeout(TRY_EVERY) == Err(RecvTimeoutError::Timeout) {
            match could_start(self.config.as_deref()) {
                Ok(()) => hear(told, News::Works),
                Err(failure) => self.tell(trouble(&failure), told),
            }
        }
    }

    /// Tells a trouble, with what can be done about it here.
    fn tell(&mut self, trouble: StartTrouble, told: &SyncSender<News>) {
        let offer = if trouble.cause == Cause::Damaged {
            let find = || {
                let settings = open::settings(self.config.as_deref()).ok()?;
                start_trouble::offer(&settings, open::DATABASE)
            };
            self.offer.get_or_init(find).clone()
        } else {
            None
        };
        hear(told, News::Fails(Box::new(trouble.with_offer(offer))));
    }
}

/// Tells the window, unless it is gone or has not read the last news yet.
fn hear(told: &SyncSender<News>, news: News) {
    if told.try_send(news).is_err() {
        tracing::debug!("nobody heard whether the start works");
    }
}

/// Goes through what a start needs, and lets go of it again.
fn could_start(config: Option<&Path>) -> Result<(), Failure> {
    let _ours = open::take(&open::settings(config)?)?;
    let house = open::house_to_serve(config)?;
    wiring::could_start(&house)
        .map_err(|e| Failure::failed(format!("{e:#}")).because(Cause::of(&e)))
}
