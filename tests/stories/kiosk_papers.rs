//! Printers and papers on the screen: said where it is seen, mended by touch.

use clubhouse_hardware::printer::{Fault, Status};
use clubhouse_kiosk::domain::{Fulfilment, PrintJobState, PrintQueue};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::{Action, Input};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;
use clubhouse_kiosk::store::print_jobs;

use crate::support::kiosk::Bare;
use crate::support::{Clubhouse, tuesday, wish};

fn at_papers() -> Bare {
    let mut kiosk = Bare::with_staff();
    kiosk.touch(Action::Papers);
    kiosk
}

#[test]
fn a_change_of_the_printers_is_on_the_screen_at_once() {
    let mut kiosk = Bare::new(|_| {});
    assert_eq!(kiosk.controller.view().status, "");
    kiosk.sample.today.printer = Status::PaperOut;
    kiosk.put(Input::Changed);
    assert!(kiosk.controller.view().status.contains("请记住号码"));
    kiosk.sample.today.printer = Status::Ready;
    kiosk.sample.today.doubtful_papers = 3;
    kiosk.put(Input::Changed);
    assert!(kiosk.controller.view().status.starts_with("3 张单子请工作人员"));
}

#[test]
fn staff_read_what_to_do_and_print_a_doubtful_paper_again() {
    let mut kiosk = at_papers();
    let shown = kiosk.list();
    assert!(shown.text.contains("打开前盖，放入新纸卷，纸头朝外"), "{}", shown.text);
    assert!(shown.text.contains("约够 210 张") && shown.text.contains("4 张在等"));
    assert_eq!(shown.rows[0].text, "12 号 厨房单");
    let paper = shown.rows[0].action.clone();
    kiosk.touch(paper.clone());
    assert!(matches!(kiosk.page(), Page::PaperQuestion(..)), "it asks before it prints");
    kiosk.touch(Action::Confirm);
    assert!(matches!(kiosk.asked.last(), Some(Request::Reprint(_))));
    assert!(matches!(kiosk.page(), Page::Papers(_)));
    kiosk.touches([paper, Action::Found]);
    assert!(matches!(kiosk.asked.last(), Some(Request::FoundPaper(_))));
}

#[test]
fn staff_send_a_queue_to_the_printer_that_works() {
    let mut kiosk = at_papers();
    kiosk.touches([Action::Queue(PrintQueue::Kitchen), Action::Printer("window".into())]);
    assert_eq!(kiosk.asked.last(), Some(&Request::MoveQueue(PrintQueue::Kitchen, "window".into())));
}

#[test]
fn the_clerk_knows_every_printer_queue_and_doubtful_paper() {
    let mut c = Clubhouse::new();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.print();
    let confirmed =
        c.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, tuesday())?)).unwrap().remove(0);
    let now = c.house.clock.now();
    c.house
        .store
        .write(|tx| {
            let state = PrintJobState::Uncertain;
            Ok::<_, Error>(print_jobs::set_state(tx, confirmed.id, state, now)?)
        })
        .unwrap();
    c.printer.set_fault(Fault::CoverOpen, true);
    c.print();
    let (alarm, _calls) = Alarm::new();
    let mut clerk = Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm);
    let Reply::Papers(view) = clerk.answer(Request::Papers) else { panic!() };
    assert_eq!(view.printers, [("window".to_owned(), Status::CoverOpen, None)]);
    assert_eq!(view.queues.len(), 3);
    assert_eq!((view.troubled[0].title, view.troubled[0].number), ("厨房单", Some(1)));
    let Reply::Papers(view) = clerk.answer(Request::Reprint(view.troubled[0].id)) else { panic!() };
    assert!(view.troubled.is_empty() && view.waiting == 1);
}
