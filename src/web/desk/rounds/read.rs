//! What the page of the rounds says, read in one go.

use std::collections::BTreeMap;

use crate::domain::{
    Fen, Fulfilment, Order, Outcome, Round, RoundState, ServiceDate, Stop, VolunteerId,
};
use crate::error::Error;
use crate::kiosk::words::{self, Lang};
use crate::map::{self, DrawnRound, DrawnStop, Ground, Words};
use crate::store::days;
use crate::web::planner::Answer;
use crate::web::state::Web;

/// A date's plan.
pub struct Plan {
    /// The date.
    pub date: ServiceDate,
    /// `11月24日 周二`.
    pub day: String,
    /// The day before, and the day after.
    pub around: (ServiceDate, ServiceDate),
    /// Whether it is today.
    pub today: bool,
    /// Whether it can still be changed.
    pub open: bool,
    /// Whether it was planned.
    pub planned: bool,
    /// Which plan this is.
    pub version: String,
    /// When the deliveries of the date are known, if that is still to come.
    pub cut_off: Option<String>,
    /// Deliveries, and volunteers on duty.
    pub counts: (usize, usize),
    /// The map as SVG.
    pub map: String,
    /// The rounds.
    pub rounds: Vec<RoundLine>,
    /// Doors that no round goes to.
    pub nowhere: Vec<StopLine>,
    /// Buildings whose lift is out.
    pub lifts: Vec<String>,
    /// Who changes a plan at this moment.
    pub at_work: Option<String>,
    /// What the last changes brought, the newest first: time, account, lines.
    pub answers: Vec<AnswerLine>,
}

/// What a change brought.
pub struct AnswerLine {
    /// When.
    pub at: String,
    /// Whose it was.
    pub who: String,
    /// Whether it was refused.
    pub refused: bool,
    /// Whether it answers a question.
    pub asked: bool,
    /// Each thing: whether it needs a thought, and the words.
    pub lines: Vec<(bool, String)>,
}

/// A round.
pub struct RoundLine {
    /// Its number.
    pub number: u32,
    /// Its line and marker.
    pub swatch: String,
    /// Who walks it.
    pub who: String,
    /// How far it is.
    pub state: RoundState,
    /// The same in words.
    pub state_words: &'static str,
    /// Leaves, and is back.
    pub times: (String, String),
    /// Meals in the bag.
    pub meals: u32,
    /// Doors done.
    pub done: usize,
    /// Which of its volunteer's trips, if there are several.
    pub trip: u32,
    /// Which slip is the one that holds.
    pub slip: u32,
    /// The walk in words: `厨房 → 7 → 12 → 厨房`.
    pub walk: String,
    /// Its stops.
    pub stops: Vec<StopLine>,
}

/// A door.
pub struct StopLine {
    /// When the volunteer stands there.
    pub at: String,
    /// The door.
    pub door: String,
    /// The pick-up number.
    pub number: u32,
    /// Meals.
    pub meals: u8,
    /// Money to collect.
    pub collect: String,
    /// What happened there, and when.
    pub outcome: String,
    /// Whether the meal came back.
    pub back: bool,
    /// Whether it stays with its volunteer.
    pub pinned: bool,
}

impl Plan {
    /// Reads it.
    pub fn read(web: &Web, lang: Lang, date: ServiceDate) -> Result<Self, Error> {
        // First of all: whoever changes the plan meanwhile makes this look too old, never too new.
        let version = web.dispatch.plan_version(date)?;
        let calendar = web.counter.calendar()?;
        let now = web.house.clock.now();
        let today = calendar.today(now);
        let rounds = web.dispatch.rounds(date)?;
        let mut orders = web.counter.orders(date)?;
        orders.retain(|o| o.fulfilment == Fulfilment::Delivery);
        orders.retain(|o| o.state != crate::domain::OrderState::Cancelled);
        let names = web.registry.volunteers()?.into_iter();
        let names = names.map(|v| (v.id, format!("{} {}", v.badge, v.name))).collect();
        let cut_off = calendar.times.delivery_cut_off;
        let to_come = now < calendar.at(date, cut_off);
        let kitchen = lang.pick("厨房", "Kitchen");
        let drawn: Vec<_> = rounds.iter().map(drawn).collect();
        let map_words = Words { kitchen, north: lang.pick("北", "N") };
        let label =
            lang.pick("路线图，内容和旁边的单子一样", "Map of the rounds; the list says the same");
        let closed = web.house.store.read(|db| Ok::<_, Error>(days::get(db, date)?))?.closed_at;
        let compound = web.registry.compound()?;
        let map = map::rounds(&Ground::new(&compound), &drawn, map_words).svg(label);
        Ok(Self {
            date,
            day: words::date(lang, date),
            around: (date.plus_days(-1), date.next()),
            today: date == today,
            open: date >= today && closed.is_none(),
            planned: web.dispatch.is_planned(date)? || !rounds.is_empty(),
            version,
            cut_off: to_come.then(|| cut_off.strftime("%-H:%M").to_string()),
            counts: (orders.len(), web.dispatch.on_duty(date)?.len()),
            map,
            nowhere: nowhere(lang, &rounds, &orders),
            rounds: rounds.iter().map(|r| line(web, lang, r, &names)).collect(),
            lifts: web.dispatch.lifts_out(date)?,
            at_work: web.planner.at_work().filter(|(d, _)| *d == date).map(|(_, who)| who),
            answers: answers(web, lang, date),
        })
    }
}

/// What the last changes of a date brought.
pub fn answers(web: &Web, lang: Lang, date: ServiceDate) -> Vec<AnswerLine> {
    let line = |answer: Answer| AnswerLine {
        at: web.clock(answer.at),
        who: answer.who,
        refused: answer.told.refused,
        asked: answer.told.asked,
        lines: answer.told.lines.iter().map(|l| (l.warns, l.words(lang).to_owned())).collect(),
    };
    web.planner.answers(date).into_iter().map(line).collect()
}

fn drawn(round: &Round) -> DrawnRound {
    let stop =
        |s: &Stop| DrawnStop { building: s.door.building.clone(), done: s.visited.is_some() };
    DrawnRound { number: round.number, stops: round.stops.iter().map(stop).collect() }
}

fn line(web: &Web, lang: Lang, round: &Round, names: &BTreeMap<VolunteerId, String>) -> RoundLine {
    let leaves = round.left_at.unwrap_or(round.depart_at);
    let lasts = jiff::SignedDuration::from_secs(round.duration_s.into());
    let kitchen = lang.pick("厨房", "Kitchen").to_owned();
    let mut walk: Vec<String> = vec![kitchen.clone()];
    walk.extend(round.stops.iter().map(|s| s.door.building.clone()));
    walk.push(kitchen);
    walk.dedup();
    RoundLine {
        number: round.number,
        swatch: map::swatch(round.number),
        who: names.get(&round.volunteer).cloned().unwrap_or_default(),
        state: round.state,
        state_words: match round.state {
            RoundState::Planned => lang.pick("等出发", "waiting"),
            RoundState::Out => lang.pick("在路上", "out"),
            RoundState::HandedIn => lang.pick("已回来", "back"),
            RoundState::Withdrawn => lang.pick("取消了", "off"),
        },
        times: (web.clock(leaves), web.clock(round.back_at.unwrap_or(leaves + lasts))),
        meals: round.meals(),
        done: round.stops.iter().filter(|s| s.visited.is_some()).count(),
        trip: round.trip,
        slip: round.revision,
        walk: walk.join(" → "),
        stops: round.stops.iter().map(|s| stop(web, lang, s)).collect(),
    }
}

fn stop(web: &Web, lang: Lang, stop: &Stop) -> StopLine {
    let when = stop.visited_at.map(|at| web.clock(at)).unwrap_or_default();
    StopLine {
        at: web.clock(stop.arrive_at),
        door: words::door(lang, &stop.door),
        number: stop.number,
        meals: stop.portions,
        collect: if stop.collect > Fen::ZERO {
            words::money(lang, stop.collect)
        } else {
            String::new()
        },
        outcome: stop.visited.map(|o| format!("{} {when}", outcome(lang, o))).unwrap_or_default(),
        back: stop.visited.is_some_and(|o| !o.meal_stayed()),
        pinned: stop.pinned,
    }
}

/// What happened at a door, in a word or two.
fn outcome(lang: Lang, outcome: Outcome) -> &'static str {
    let en = match outcome {
        Outcome::Delivered => "delivered",
        Outcome::LeftWith => "left with somebody",
        Outcome::NoAnswer => "no answer",
        Outcome::Refused => "refused",
        Outcome::Cancelled => "called off",
    };
    lang.pick(outcome.zh(), en)
}

/// Deliveries still to be carried that are on no round.
fn nowhere(lang: Lang, rounds: &[Round], orders: &[Order]) -> Vec<StopLine> {
    let carried = |o: &Order| rounds.iter().any(|r| r.stops.iter().any(|s| s.order == o.id));
    let left = orders.iter().filter(|o| !o.state.is_final() && !carried(o));
    let line = |o: &Order| StopLine {
        at: String::new(),
        door: o.door.as_ref().map(|d| words::door(lang, d)).unwrap_or_default(),
        number: o.number,
        meals: o.portions.get(),
        collect: String::new(),
        outcome: String::new(),
        back: false,
        pinned: false,
    };
    left.map(line).collect()
}
