//! The dock without a display: its keys do to the devices what they say.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use clubhouse_hardware::panel::{Buzz, Lamp, LampColour, Panel, PanelEvents};
use clubhouse_hardware::printer::{
    Bitmap, Cut, Document, JobOptions, Outcome, PaperWidth, Target, print,
};
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
            orders_from: time(7, 0, 0, 0),
            pre_count: time(15, 0, 0, 0),
            kitchen_from: time(8, 0, 0, 0),
            delivery_cut_off: time(10, 0, 0, 0),
            collection_cut_off: time(11, 30, 0, 0),
            service_from: time(11, 0, 0, 0),
            service_until: time(12, 30, 0, 0),
            hot_limit_min: 30,
        },
        closed_weekdays: vec![Weekday::Saturday, Weekday::Sunday],
        closed_days: BTreeMap::default(),
        open_days: BTreeSet::default(),
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
        cards: vec![card("王＊ 7号楼1203室", "C1.AAAA.1"), card("李＊ 2号楼601室", "C1.BBBB.2")],
        scanned: Box::new(move |text| scanned.borrow_mut().push(text.to_owned())),
        moved: Box::new(move || moved.borrow_mut().push("moved".to_owned())),
    });
    dock.as_ref().unwrap().show().unwrap();
    Scene { dock: dock.unwrap(), printer, panel, events, clock, told }
}

impl Scene {
    fn adapter(&self) -> DockAdapter<'_> {
        self.dock.inner.window.global::<DockAdapter>()
    }

    fn local(&self) -> String {
        calendar().local(self.clock.now()).to_string()
    }

    fn print(&self, height: u32) -> Outcome {
        let mut bitmap = Bitmap::new(self.printer.width_dots(), height).unwrap();
        (0..height).for_each(|row| bitmap.set(row % 576, row, true));
        let document = Document::new().image(bitmap).cut(Cut::Partial);
        let target = Target::Simulated(self.printer.clone());
        let outcome = print(&target, &document, &JobOptions::default());
        mock_elapsed_time(BEAT);
        outcome
    }

    fn touch(&self, label: &str) {
        self.dock.touch(label).unwrap();
    }
}

#[test]
fn paper_hangs_out_until_it_is_taken() {
    let scene = scene();
    assert!(matches!(scene.dock.touch("取走纸"), Err(TouchError::NotEnabled { .. })));
    for height in [100, 240] {
        assert!(matches!(scene.print(height), Outcome::Confirmed { .. }));
    }
    let papers = scene.adapter().get_papers();
    assert_eq!(papers.row_count(), 2);
    let newest = papers.row_data(0).unwrap();
    assert!(newest.height > papers.row_data(1).unwrap().height);
    assert_eq!(newest.label, "小票 2 / paper 2");
    scene.touch("取走纸");
    assert_eq!(papers.row_count(), 0);
    assert!(scene.printer.receipts().is_empty());
}

#[test]
fn a_long_day_shows_the_newest_pieces_only() {
    let scene = scene();
    for _ in 0..25 {
        scene.print(16);
    }
    let papers = scene.adapter().get_papers();
    assert_eq!(papers.row_count(), 20);
    assert_eq!(papers.row_data(0).unwrap().label, "小票 25 / paper 25");
}

#[test]
fn troubles_are_made_seen_and_mended() {
    let scene = scene();
    for (make, fault, words, mend) in [
        ("纸用完", Fault::PaperOut, "缺纸", "换新纸卷"),
        ("打开机盖", Fault::CoverOpen, "机盖开着", "合上机盖"),
        ("剪断电缆", Fault::Disconnected, "电缆断开", "接上电缆"),
        ("断电", Fault::PoweredOff, "没有通电", "通电"),
    ] {
        scene.touch(make);
        assert_eq!(scene.printer.faults(), [fault]);
        assert_eq!(scene.adapter().get_state(), words);
        scene.touch(mend);
        assert_eq!(scene.printer.faults(), []);
        assert_eq!(scene.adapter().get_state(), "打印机就绪");
    }
    assert_eq!(scene.printer.paper_left_mm(), Some(NEW_ROLL_MM));
}

#[test]
fn the_panel_is_pressed_and_its_lamp_and_buzzer_seen() {
    let mut scene = scene();
    scene.touch("呼叫帮助");
    scene.touch("人走近 / step up");
    scene.touch("人走开");
    let events: Vec<_> = scene.events.try_iter().collect();
    let presence = [true, false].map(PanelEvent::Presence);
    assert_eq!(events, [PanelEvent::HelpPressed, presence[0], presence[1]]);

    scene.panel.set_lamp(Lamp::blinking(LampColour::Red)).unwrap();
    scene.panel.buzz(Buzz::once(Duration::from_millis(300))).unwrap();
    mock_elapsed_time(BEAT);
    assert_eq!(scene.adapter().get_lamp_words(), "红灯闪烁");
    assert!(scene.adapter().get_blinking());
    assert_eq!(scene.adapter().get_buzzer(), "蜂鸣器在响");
    for _ in 0..5 {
        mock_elapsed_time(BEAT);
    }
    assert_eq!(scene.adapter().get_buzzer(), "响过 1 次");
}

#[test]
fn cards_are_turned_and_read() {
    let scene = scene();
    scene.touch("读卡");
    scene.touch("›");
    assert_eq!(scene.adapter().get_card(), "李＊ 2号楼601室");
    scene.touch("读卡");
    scene.touch("›");
    scene.touch("‹");
    scene.touch("读卡");
    let read = ["C1.AAAA.1", "C1.BBBB.2", "C1.BBBB.2"];
    assert_eq!(*scene.told.borrow(), read);
}

#[test]
fn the_clock_goes_forward_to_where_something_happens() {
    let scene = scene();
    for (key, time) in [
        ("+10 分钟", "2026-11-27T09:50:00"),
        ("到截止", "2026-11-27T10:00:00"),
        ("到截止", "2026-11-27T11:30:00"),
        ("+1 小时", "2026-11-27T12:30:00"),
        // Over the weekend.
        ("到截止", "2026-11-30T10:00:00"),
        ("下一天", "2026-12-01T09:40:00"),
    ] {
        scene.touch(key);
        assert_eq!(scene.local(), time, "{key}");
    }
    assert_eq!(*scene.told.borrow(), ["moved"; 6]);
    assert_eq!(scene.adapter().get_time(), "09:40");
    assert_eq!(scene.adapter().get_date(), "12月1日 周二");
}
