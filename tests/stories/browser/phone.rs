//! A volunteer's phone in a lift: what is ticked without a network is kept, can be taken back, and
//! arrives once, in order, with its true time.

use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::domain::{Outcome, RoundState};
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::store::{print_jobs, visits};
use clubhouse_kiosk::tickets::Ticket;

use super::chromium::{Chromium, Size};
use super::is_asked_for;
use super::served::Served;
use crate::support::{Clubhouse, delivery, tuesday};

const PLAN: Options = Options { seed: 7, iterations: Some(500), threads: 1 };

#[test]
fn ticks_of_a_phone_without_a_network_are_kept_and_sent_once_it_is_back() {
    if !is_asked_for() {
        return;
    }
    let mut settings = Settings::default();
    settings.web.public_url = "http://kiosk.example".into();
    let c = Clubhouse::with(settings);
    for nth in 0..3 {
        c.counter.place(&delivery(&c.senior(nth)), "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101]).unwrap();
    c.at("10:05");
    let round = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap().rounds.remove(0);
    c.at("11:00");
    let round = c.dispatch.take_slip(round.id).unwrap();
    c.at("11:10");
    let jobs = c.house.store.read(|db| print_jobs::on(db, tuesday())).unwrap();
    let link = jobs.into_iter().find_map(|job| match job.ticket {
        Ticket::RoundSlip(slip) => Some(slip.link),
        _ => None,
    });
    let path = link.unwrap().strip_prefix("http://kiosk.example").unwrap().to_owned();

    let served = Served::of(&c);
    let phone = Chromium::open(&served, Size::Phone);
    // The phone's clock is the clubhouse's, to the minute: what it reports is not from the future.
    let date = c.house.clock.now().as_millisecond();
    let clock = format!(
        "(() => {{ const real = Date.now, start = real(); Date.now = () => {date} + real() - start; }})()"
    );
    let script = serde_json::json!({ "source": clock });
    phone.command("Page.addScriptToEvaluateOnNewDocument", &script);
    phone.go(&path);
    phone.says("送到了");
    let status = "document.getElementById('status').innerText";

    phone.offline(true);
    phone.click("button.main");
    phone.says("按错了，撤销");
    phone.click("button.undo");
    assert_eq!(phone.value("document.querySelectorAll('.undo').length"), 0);
    phone.click("button.main");
    phone.press("没人应");
    phone.until(&format!("{status}.includes('2 条还没有发出去')"));
    assert_eq!(outcomes(&c, round.id), [None; 3], "nothing came through");

    phone.offline(false);
    phone.go(&path);
    phone.until(&format!("{status}.includes('都发出去了')"));
    let said = [Some(Outcome::Delivered), Some(Outcome::NoAnswer), None];
    assert_eq!(outcomes(&c, round.id), said);
    let visit = c.house.store.read(|db| visits::current(db, round.stops[0].order)).unwrap();
    let late = visit.unwrap().1.at.as_millisecond() - date;
    assert!((0..60_000).contains(&late), "the true time, {late} ms after the page was opened");
    assert_eq!(c.dispatch.open_checks().unwrap().len(), 1);

    phone.click("button.main");
    phone.says("都送完了");
    phone.until(&format!("{status}.includes('都发出去了')"));
    let rounds = c.dispatch.rounds(tuesday()).unwrap();
    assert_eq!(rounds[0].state, RoundState::HandedIn);
}

fn outcomes(c: &Clubhouse, round: clubhouse_kiosk::domain::ids::RoundId) -> Vec<Option<Outcome>> {
    let rounds = c.dispatch.rounds(tuesday()).unwrap();
    let now = rounds.into_iter().find(|r| r.id == round).unwrap();
    now.stops.iter().map(|s| s.visited).collect()
}
