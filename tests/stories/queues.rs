//! Which printer serves a queue: its own, the one a person chose, or the fall-back.

use clubhouse_hardware::printer::Status;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::domain::{Fulfilment, PrintQueue};
use clubhouse_kiosk::printing;

use crate::support::{Clubhouse, wish};

#[test]
fn a_person_sends_a_queue_to_another_printer_and_back() {
    let mut settings = Settings::default();
    let window = settings.printers["window"].clone();
    settings.printers.insert("zz-office".into(), window);
    let mut c = Clubhouse::with(settings);
    let to = |printer| printing::move_queue(&c.house, PrintQueue::Kitchen, printer, "staff");
    assert!(to(Some("attic")).unwrap_err().to_string().contains("window, zz-office"));
    to(Some("zz-office")).unwrap();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    assert_eq!(c.print(), 1, "the slip alone: the kitchen's papers go elsewhere now");
    assert_eq!(c.board.serving(PrintQueue::Kitchen), "zz-office");
    printing::move_queue(&c.house, PrintQueue::Kitchen, None, "staff").unwrap();
    assert_eq!(c.print(), 1);
    assert_eq!(c.board.serving(PrintQueue::Kitchen), "window");
}

#[test]
fn papers_of_a_dead_printer_come_out_of_its_fall_back() {
    let mut settings = Settings::default();
    let stove = settings.printers["window"].clone();
    settings.printers.insert("zz-stove".into(), stove);
    settings.queues.kitchen.printer = "zz-stove".into();
    settings.queues.kitchen.fallback = "window".into();
    settings.printing.fallback_after_s = 0;
    let mut c = Clubhouse::with(settings);
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    assert_eq!(c.print(), 1, "the slip; the kitchen's ticket is the stove's");
    c.board.note("zz-stove", Status::Disconnected);
    assert_eq!(c.print(), 0, "one look is no death");
    c.board.note("zz-stove", Status::Disconnected);
    assert_eq!(c.print(), 1);
    c.board.note("zz-stove", Status::Ready);
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    assert_eq!(c.print(), 1, "and back");
}
