//! The panel of the settings.

use clubhouse_hardware::panel::{ChipPanel, Panel, PanelError, PanelEvents, RaspberryPanel};

use crate::config;

/// An open panel and its inputs.
pub type Opened = (Box<dyn Panel>, PanelEvents);

/// Opens the board that the settings name; `None` for one that exists in this program only, or not at all.
pub fn open(settings: &config::Panel) -> Option<Result<Opened, PanelError>> {
    fn boxed<P: Panel + 'static>((panel, events): (P, PanelEvents)) -> Opened {
        (Box::new(panel), events)
    }
    match settings.backend.as_str() {
        "rppal" => Some(RaspberryPanel::open(&settings.pins).map(boxed)),
        "gpiocdev" => Some(ChipPanel::open(&settings.chip, &settings.pins).map(boxed)),
        _ => None,
    }
}
