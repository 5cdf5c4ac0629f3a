//! When the window goes dark, and who wakes it.

use crate::backlight::Backlight;
use crate::config::Settings;
use crate::kiosk::{Kiosk, KioskHandle};
use crate::panel_watch::Arrivals;

/// Lets the window go dark as the settings say. Beside a demonstration somebody sits: it never does.
pub(super) fn blank(kiosk: &Kiosk, backlight: &Backlight, settings: &Settings) {
    let after_s = settings.demonstration.map_or(settings.screen.blank_after_s, |_| 0);
    let backlight = backlight.clone();
    kiosk.set_blanking(after_s, Box::new(move |on| backlight.switch(on)));
}

/// Tells the window as soon as somebody comes near, and once nobody is there any more.
pub(super) async fn watch_arrivals(arrivals: Arrivals, window: KioskHandle) {
    let mut there = arrivals.somebody_there();
    loop {
        let told = tokio::select! {
            // First: somebody who came and went between two looks has come.
            biased;
            () = arrivals.next() => window.presence() && (still(&there) || window.absence()),
            changed = there.changed() => {
                changed.is_ok() && (still(&there) || window.absence())
            }
        };
        if !told {
            break;
        }
    }
}

/// Whether the sensor has not said that nobody is there.
fn still(there: &tokio::sync::watch::Receiver<Option<bool>>) -> bool {
    *there.borrow() != Some(false)
}
