//! What the page of today says, read in one go.

use crate::counter::count_orders;
use crate::dispatch::Standing;
use crate::domain::{Fulfilment, Order, OrderState, PaymentState, PrintQueue, ServiceDate};
use crate::error::Error;
use crate::kiosk::words::{self, Lang};
use crate::store::{days, print_jobs};
use crate::upkeep;
use crate::web::state::Web;
use crate::web::view::wishes;

/// The day.
pub struct Day {
    /// `11月24日 周二`.
    pub date: String,
    /// `9:40`.
    pub clock: String,
    /// The dishes, or why there are none.
    pub menu: String,
    /// Portions still for sale, and whether selling is stopped.
    pub left: u32,
    /// Whether selling was stopped by hand.
    pub stopped: bool,
    /// Until when what can be ordered, each with what is left of it: `外送 10:00 · 还有 20 分钟`.
    pub deadlines: Vec<String>,
    /// Portions by way of eating.
    pub ways: Vec<(Fulfilment, u32)>,
    /// All portions.
    pub total: u32,
    /// Portions by wish.
    pub wishes: Vec<(&'static str, u32)>,
    /// Printers: name, how it is and what to do, whether it needs somebody, papers left on the roll.
    pub printers: Vec<PrinterLine>,
    /// Papers that need a person.
    pub papers: Vec<PaperLine>,
    /// Calls for help: id, since when.
    pub help: Vec<(i64, String)>,
    /// Orders left half done.
    pub unfinished: Vec<HalfLine>,
    /// Doors that did not open.
    pub checks: Vec<CheckLine>,
    /// Doors to knock at.
    pub knocks: usize,
    /// The orders, the newest first.
    pub orders: Vec<OrderLine>,
    /// What the machine needs from somebody soon, or at once.
    pub upkeep: Vec<String>,
    /// What stands in the way of closing; empty if nothing does.
    pub obstacles: String,
    /// Whether it is closed.
    pub closed: bool,
}

/// A printer.
pub struct PrinterLine {
    /// Its name.
    pub name: String,
    /// The queues that it serves.
    pub queues: String,
    /// How it is, and what to do.
    pub words: &'static str,
    /// Whether it needs somebody.
    pub trouble: bool,
}

/// A paper that needs a person.
pub struct PaperLine {
    /// Which.
    pub id: String,
    /// What it is called.
    pub title: &'static str,
    /// The pick-up number, if it speaks of one.
    pub number: Option<u32>,
    /// Why it needs a person.
    pub why: &'static str,
}

/// An order left half done.
pub struct HalfLine {
    /// Which.
    pub id: i64,
    /// When it was left.
    pub at: String,
    /// For which day, what, and how far it came.
    pub what: String,
    /// The masked name and the door; empty if nobody showed who they were.
    pub who: String,
}

/// A door that did not open.
pub struct CheckLine {
    /// Which.
    pub id: String,
    /// The pick-up number, if a meal came back.
    pub number: Option<u32>,
    /// The door.
    pub door: String,
    /// Since when.
    pub since: String,
    /// What is to be done next.
    pub next: &'static str,
    /// Whether that should have been done by now.
    pub late: bool,
}

/// An order.
pub struct OrderLine {
    /// The pick-up number.
    pub number: u32,
    /// When it was placed.
    pub at: String,
    /// The way of eating.
    pub way: Fulfilment,
    /// Where to, for a delivery.
    pub door: String,
    /// How many.
    pub portions: u8,
    /// What is done differently.
    pub wishes: String,
    /// How it stands.
    pub state: OrderState,
    /// Whether it is still to be paid.
    pub due: bool,
    /// What it costs.
    pub total: String,
}

impl Day {
    /// Reads it; with a building, only what concerns that one.
    pub fn read(web: &Web, lang: Lang, building: Option<&str>) -> Result<Self, Error> {
        let calendar = web.counter.calendar()?;
        let now = web.house.clock.now();
        let date = calendar.today(now);
        let view = web.counter.day(date)?;
        let ordered = web.counter.orders(date)?;
        let count = count_orders(ordered.iter().filter(|o| o.state != OrderState::Cancelled));
        let here = |o: &Order| {
            building.is_none_or(|b| o.door.as_ref().is_some_and(|door| door.building == b))
        };
        let newest_first = ordered.iter().rev().filter(|o| here(o));
        let orders = newest_first.map(|o| order_line(web, lang, o)).collect();
        let asked = [
            ("少盐", "Less salt"),
            ("软食", "Softer"),
            ("少饭", "Less rice"),
            ("换菜", "Other dish"),
        ];
        let asked = asked
            .into_iter()
            .map(|(wish, en)| (lang.pick(wish, en), count.with(wish)))
            .filter(|(_, n)| *n > 0);
        let closed = web.house.store.read(|db| Ok::<_, Error>(days::get(db, date)?))?.closed_at;
        Ok(Self {
            date: words::date(lang, date),
            clock: web.clock(now),
            menu: match &view.menu {
                Some(menu) => words::dishes(lang, menu, false),
                None => lang.pick("今天没有午餐", "No lunch today").to_owned(),
            },
            left: view.left,
            stopped: web.counter.held_back(date)?.is_some(),
            deadlines: deadlines(web, lang, date),
            ways: Fulfilment::ALL.iter().map(|way| (*way, count.of(*way))).collect(),
            total: count.total(),
            wishes: asked.collect(),
            printers: printers(web, lang),
            papers: papers(web, lang, date)?,
            help: web.counter.help_calls()?.iter().map(|c| (c.id, web.clock(c.at))).collect(),
            unfinished: if building.is_none() { half_done(web, lang, date)? } else { Vec::new() },
            checks: checks(web, lang, building)?,
            knocks: web.care.knock_list(building)?.open.len(),
            orders,
            upkeep: upkeep(web, lang),
            obstacles: words::obstacles(lang, &web.dispatch.obstacles(date)?),
            closed: closed.is_some(),
        })
    }
}

fn upkeep(web: &Web, lang: Lang) -> Vec<String> {
    let clock = web.house.clock.is_doubtful().then(|| {
        lang.pick(
            "机器的时间还没有核对，暂停点餐：请到触摸屏，值班 → 工作人员 → 核对时间",
            "Nobody has confirmed the time, so no orders are taken: at the screen, Duty, Staff, Clock",
        )
    });
    let needs = upkeep::needs(&web.house).into_iter().map(|need| words::upkeep(lang, need));
    clock.map(str::to_owned).into_iter().chain(needs).collect()
}

fn order_line(web: &Web, lang: Lang, order: &Order) -> OrderLine {
    OrderLine {
        number: order.number,
        at: web.clock(order.placed_at),
        way: order.fulfilment,
        door: match order.fulfilment {
            Fulfilment::Delivery => {
                order.door.as_ref().map(|d| words::door(lang, d)).unwrap_or_default()
            }
            _ => String::new(),
        },
        portions: order.portions.get(),
        wishes: wishes(lang, &order.preferences),
        state: order.state,
        due: order.payment == PaymentState::Due && order.state != OrderState::Cancelled,
        total: words::money(lang, order.total),
    }
}

fn deadlines(web: &Web, lang: Lang, date: ServiceDate) -> Vec<String> {
    let calendar = web.house.settings.calendar();
    let now = web.house.clock.now();
    let each = |what: &str, time: jiff::civil::Time| {
        let left = calendar.at(date, time).duration_since(now).as_mins();
        let at = time.strftime("%-H:%M");
        match (left, lang) {
            (..0, Lang::Zh) => format!("{what} {at} 已截止"),
            (..0, Lang::En) => format!("{what} {at}: over"),
            (_, Lang::Zh) => format!("{what} {at} 截止，还有 {}", lasting(lang, left)),
            (_, Lang::En) => format!("{what} until {at}: {} left", lasting(lang, left)),
        }
    };
    let times = &calendar.times;
    vec![
        each(lang.pick("外送", "Delivery"), times.delivery_cut_off),
        each(lang.pick("堂食、自取", "Eat in, take away"), times.collection_cut_off),
    ]
}

/// A span of minutes in words.
pub(super) fn lasting(lang: Lang, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, lang) {
        (0, Lang::Zh) => format!("{rest} 分钟"),
        (0, Lang::En) => format!("{rest} min"),
        (_, Lang::Zh) if rest == 0 => format!("{hours} 小时"),
        (_, Lang::En) if rest == 0 => format!("{hours} h"),
        (_, Lang::Zh) => format!("{hours} 小时 {rest} 分钟"),
        (_, Lang::En) => format!("{hours} h {rest} min"),
    }
}

fn printers(web: &Web, lang: Lang) -> Vec<PrinterLine> {
    let presses = web.house.settings.printers.keys();
    presses
        .map(|name| {
            let status = web.board.status(name);
            let serves = |queue: &&PrintQueue| web.board.serving(**queue) == *name;
            let queues: Vec<_> =
                PrintQueue::ALL.iter().filter(serves).map(|q| words::queue(lang, *q)).collect();
            PrinterLine {
                name: name.clone(),
                queues: queues.join(lang.pick("、", ", ")),
                words: words::to_do(lang, status),
                trouble: status != clubhouse_hardware::printer::Status::Ready,
            }
        })
        .collect()
}

fn papers(web: &Web, lang: Lang, date: ServiceDate) -> Result<Vec<PaperLine>, Error> {
    let troubled = web.house.store.read(|db| Ok::<_, Error>(print_jobs::troubled(db, date)?))?;
    let line = |job: print_jobs::PrintJob| PaperLine {
        id: job.id.to_string(),
        title: job.ticket.title_zh(),
        number: job.ticket.number(),
        why: words::paper_state(lang, job.state),
    };
    Ok(troubled.into_iter().map(line).collect())
}

fn half_done(web: &Web, lang: Lang, date: ServiceDate) -> Result<Vec<HalfLine>, Error> {
    let line = |half: crate::counter::HalfDone| {
        let order = &half.record.order;
        let what = [
            words::day(lang, order.date, date),
            match lang {
                Lang::Zh => order.fulfilment.zh().to_owned(),
                Lang::En => order.fulfilment.as_str().to_owned(),
            },
            words::count(lang, order.portions),
            wishes(lang, &order.preferences),
        ];
        HalfLine {
            id: half.record.id,
            at: web.clock(half.record.left_at),
            what: what.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" · "),
            who: half
                .who
                .map(|(name, door)| format!("{name} {}", words::door(lang, &door)))
                .unwrap_or_default(),
        }
    };
    Ok(web.counter.unfinished(date, true)?.into_iter().map(line).collect())
}

fn checks(web: &Web, lang: Lang, building: Option<&str>) -> Result<Vec<CheckLine>, Error> {
    let line = |standing: Standing| CheckLine {
        id: standing.check.id.to_string(),
        number: standing.check.number,
        door: words::door(lang, &standing.check.door),
        since: web.clock(standing.check.opened_at),
        next: super::checks::next_words(lang, standing.ladder.next()),
        late: standing.late,
    };
    Ok(web.dispatch.ladders(building)?.into_iter().map(line).collect())
}
