//! What the clock sets off, and what it leaves alone while nothing is due.

use clubhouse_hardware::printer::Fault;
use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::schedule::{self, Done};
use clubhouse_kiosk::store::print_jobs;
use clubhouse_kiosk::tickets::Ticket;
use clubhouse_kiosk::tickets::content::BlackoutList;

use crate::support::{Clubhouse, delivery, tuesday, wish};

#[test]
fn the_morning_says_how_far_the_paper_lasts() {
    let mut c = Clubhouse::new();
    c.printer.set_fault(Fault::PaperOut, true);
    c.print();
    c.printer.load_paper(None);
    c.print();
    for _ in 0..10 {
        c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    }
    c.print();
    let forecast = |c: &Clubhouse| {
        let date = tuesday().next();
        schedule::tick(&c.house);
        let jobs = c.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, date)?)).unwrap();
        jobs.into_iter().find_map(|j| match j.ticket {
            Ticket::Forecast(forecast) => Some(forecast),
            _ => None,
        })
    };
    c.house.clock.set("2026-11-25T07:59:00+08:00".parse().unwrap());
    assert_eq!(forecast(&c), None, "not before the kitchen is there");
    c.house.clock.set("2026-11-25T08:00:00+08:00".parse().unwrap());
    let said = forecast(&c).unwrap();
    // A roll of 60 m: 480,000 dots less the 21 papers that came out on Tuesday.
    let used: u32 = c.printer.receipts().iter().map(|r| r.bitmap.height() + 120).sum();
    let average = used / c.printer.receipts().len() as u32;
    let enough = said.enough_for.unwrap();
    assert!(enough.abs_diff((480_000 - used) / average) <= 5, "{enough} of {average} dots");
    assert!(said.expected >= 20 && !said.is_short());
}

#[test]
fn at_the_cut_off_lunch_can_go_on_without_the_kiosk() {
    let mut c = Clubhouse::new();
    let resident = c.senior(0);
    let place = |c: &Clubhouse, wish: &_| c.counter.place(wish, "kiosk").unwrap();
    place(&c, &wish(Fulfilment::EatIn));
    let home = place(&c, &delivery(&resident));
    let off = place(&c, &wish(Fulfilment::TakeAway));
    for volunteer in c.registry.volunteers().unwrap().iter().take(2) {
        c.dispatch.put_on_duty(tuesday(), &[volunteer.badge]).unwrap();
    }
    c.at("10:00");
    schedule::tick(&c.house);
    schedule::tick(&c.house);
    let lists = |c: &Clubhouse| -> Vec<BlackoutList> {
        let of_kind = |db: &_| print_jobs::of_kind(db, tuesday(), Ticket::BLACKOUT);
        let lists = c.house.store.read(of_kind).unwrap().into_iter().map(|j| match j.ticket {
            Ticket::Blackout(list) => list,
            other => panic!("{other:?}"),
        });
        lists.collect()
    };
    let [first] = lists(&c).try_into().unwrap();
    assert_eq!((first.lines.len(), first.last), (3, 3));
    let carried = first.lines.iter().find(|l| l.number == home.number).unwrap();
    assert_eq!((carried.door.as_ref(), carried.round), (Some(&resident.door), Some(1)));
    assert!(first.contacts.iter().any(|contact| contact.role == "第1轮"));

    c.at("10:30");
    c.counter.cancel(off.id, "kiosk").unwrap();
    let late = place(&c, &wish(Fulfilment::EatIn));
    c.at("11:30");
    schedule::tick(&c.house);
    schedule::tick(&c.house);
    let second = lists(&c).pop().unwrap();
    assert_eq!(lists(&c).len(), 2, "no third one when nothing is new");
    assert_eq!((second.after, second.void), (3, vec![off.number]));
    assert_eq!(second.lines.iter().map(|l| l.number).collect::<Vec<_>>(), [late.number]);
    assert!(c.print() > 5);
}

/// What a look at the clock does while somebody else writes: whoever only reads is not held up.
fn look_beside_a_writer(c: &Clubhouse) -> Vec<Done> {
    let (done, failed) = c.house.store.write(|_| Ok::<_, Error>(schedule::tick(&c.house))).unwrap();
    assert!(failed.is_empty(), "it wanted to write: {failed:?}");
    done
}

#[test]
fn a_second_in_which_nothing_is_due_holds_nobody_up() {
    let mut c = Clubhouse::new();
    let mut tomorrow = wish(Fulfilment::EatIn);
    tomorrow.date = tuesday().next();
    c.counter.place(&tomorrow, "kiosk").unwrap();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.printer.set_fault(Fault::PaperOut, true);
    assert_eq!(c.print(), 0, "papers wait all day");
    for (time, set_off) in [
        ("09:45", vec![Done::Forecast(tuesday(), 1)]),
        ("10:00", vec![Done::Count(tuesday()), Done::Blackout(tuesday())]),
        ("11:30", vec![]),
        ("15:00", vec![Done::Expired(5), Done::PreCount(tuesday().next())]),
    ] {
        c.at(time);
        let (done, failed) = schedule::tick(&c.house);
        assert!(failed.is_empty(), "{time}: {failed:?}");
        assert_eq!(done, set_off, "{time}");
        assert_eq!(look_beside_a_writer(&c), [], "{time}");
    }
}
