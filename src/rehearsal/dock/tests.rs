//! The dock without a display: its keys do to the devices what they say.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::time::Instant;

use clubhouse_hardware::panel::{Lamp, Panel, PanelEvents};
use clubhouse_hardware::printer::{Bitmap, Cut, Document, Item, JobOptions, PaperWidth, Target};
use i_slint_backend_testing::{TestingBackend, TestingBackendOptions, mock_elapsed_time};
use jiff::civil::{Weekday, date, time};
use jiff::tz::TimeZone;
use slint::Model;

use super::*;
use crate::domain::{ServiceDate, ServiceTimes};

struct Scene {
    dock: Dock,
    printer: SimulatedPrinter,
    panel: SimulatedPanel,
    events: PanelEvents,
    clock: Clock,
    told: Rc<RefCell<Vec<String>>>,
}

fn calendar() -> Calendar {
    Calendar {
        zone: TimeZone::get("Asia/Shanghai").unwrap(),
        times: ServiceTimes {
            days_ahead: 3,
            pre_count: time(15, 0, 0, 0),
            kitchen_from: time(8, 0, 0, 0),
            delivery_cut_off: time(10, 0, 0, 0),
            collection_cut_off: time(11, 30, 0, 0),
            service_from: time(11, 0, 0, 0),
            service_until: time(12, 30, 0, 0),
            hot_limit_min: 30,
        },
        closed_weekdays: vec![Weekday::Saturday, Weekday::Sunday],
        closed_days: BTreeMap::new(),
    }
}

fn scene() -> Scene {
    let options = TestingBackendOptions {
        mock_time: true,
        threading: false,
        renderer_name: Some("software".into()),
    };
    let _ = slint::platform::set_platform(Box::new(TestingBackend::new(options)));
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let (panel, events) = SimulatedPanel::new();
    let calendar = calendar();
    // A Friday.
    let friday = ServiceDate(date(2026, 11, 27));
    let clock = Clock::standing_at(calendar.at(friday, time(9, 40, 0, 0)));
    let told = Rc::new(RefCell::new(Vec::new()));
    let (scanned, moved) = (told.clone(), told.clone());
    let card = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let dock = Dock::open(DockParts {
        printer: printer.clone(),
        panel: panel.clone(),
        clock: clock.clone(),
        calendar,
        cards: vec![
            card("王＊ 7号楼1203室", "C1.AAAA.1"),
            card("李＊ 2号楼601室", "C1.BBBB.2"),
        ],
        scanned: Box::new(move |text| scanned.borrow_mut().push(text.to_owned())),
        moved: Box::new(move || moved.borrow_mut().push("moved".to_owned())),
    });
    Scene { dock: dock.unwrap(), printer, panel, events, clock, told }
}

impl Scene {
    fn adapter(&self) -> DockAdapter<'_> {
        self.dock.inner.window.global::<DockAdapter>()
    }

    fn local(&self) -> String {
        calendar().local(self.clock.now()).to_string()
    }

    fn print(&self, height: u32) {
        let mut bitmap = Bitmap::new(self.printer.width_dots(), height).unwrap();
        (0..height).for_each(|row| bitmap.set(row % 576, row, true));
        let document = Document {
            items: vec![Item::Image(bitmap), Item::Cut(Cut::Partial)],
            ..Document::default()
        };
        let target = Target::Simulated(self.printer.clone());
        let _ = clubhouse_hardware::printer::print(&target, &document, &JobOptions::default());
        let _ = Instant::now();
        self.dock.refresh();
    }
}
