//! A made-up clubhouse that answers at once.

use std::collections::BTreeMap;

use clubhouse_hardware::printer::Status;
use jiff::Timestamp;
use jiff::civil::date;

use super::sample_desk::{day_end, number_view, order_papers};
use super::week;
use crate::counter::{Known, NewOrder};
use crate::domain::calendar::DayPhase;
use crate::domain::{
    Allergen, Building, Category, Dish, Door, Fen, Fulfilment, Menu, Order, OrderCode, OrderId,
    OrderState, Outcome, Payment, PaymentMethod, PaymentState, Portions, Preferences, PrintJobId,
    PrintJobState, PrintQueue, Resident, ResidentId, Round, RoundId, RoundState, ServiceDate, Stop,
    Substitute, Volunteer, VolunteerId, VolunteerKind,
};
use crate::kiosk::desk::DayEnd;
use crate::kiosk::protocol::{
    DoubtfulPaper, OnDuty, PapersView, Reply, Request, ShownOrder, Slides, StaffLine, StaffView,
    Today,
};
use crate::kiosk::updates::UpdatesView;
use crate::paper_only::PaperOnly;
use crate::pictures::Sight;

use super::paintings;

/// The answers of a made-up clubhouse.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The day.
    pub today: Today,
    /// The resident behind every card and door.
    pub known: Known,
    /// How far the round is.
    pub round: Option<RoundState>,
    /// How many orders the resident has.
    pub orders: usize,
    /// Why orders go on paper, if they do.
    pub paper_only: Option<PaperOnly>,
    /// The neighbours' photographs.
    pub photos: Vec<Sight>,
    /// Portions kept back, once selling is stopped.
    pub held_back: Option<u32>,
    /// How the end of the day stands.
    pub day_end: DayEnd,
    /// What is said of updates; nothing for a house without a stick.
    pub updates: Option<UpdatesView>,
    /// How many days the grid has.
    pub week_days: u8,
    /// A date on which nothing of several days can be had.
    pub refuses_on: Option<ServiceDate>,
}

impl Default for Sample {
    fn default() -> Self {
        let day = service_date(0);
        Self {
            today: Today {
                now: moment(),
                today: day,
                clock: "9:40".into(),
                date: day,
                bookable: (0..4).map(service_date).collect(),
                menu: Some(menu(day)),
                left: 83,
                phase: DayPhase::Open,
                times: ["10:00", "11:30", "11:00", "12:30"].map(String::from),
                next: Some(service_date(1)),
                called: vec![12, 15, 16, 21],
                printer: Status::Ready,
                doubtful_papers: 0,
                pictures: Vec::new(),
                slides: None,
            },
            known: Known {
                resident: resident(),
                balance: Fen::yuan(126),
                habit: Some(week::habit()),
                standing: vec![order(1).order],
            },
            round: Some(RoundState::Planned),
            orders: 3,
            paper_only: None,
            photos: Vec::new(),
            held_back: None,
            day_end: day_end(),
            updates: None,
            week_days: 4,
            refuses_on: None,
        }
    }
}

impl Sample {
    /// Every dish has its picture.
    pub fn show_pictures(&mut self) {
        self.today.pictures = (0..3).map(paintings::dish).collect();
    }

    /// Two neighbours have brought photographs: one across, one upright.
    pub fn hang_slides(&mut self) {
        let sides = [(900, 600, "湖边的清晨", "小陈"), (600, 825, "十月的桂花", "阿芳")];
        self.photos = sides
            .into_iter()
            .filter_map(|(width, height, title, by)| {
                let picture = paintings::landscape(width, height)?;
                Some(Sight::Photo { picture, title: title.into(), by: by.into() })
            })
            .collect();
        self.today.slides = Some(Slides { count: 2, after_s: 120, each_s: 12 });
    }

    fn updates(&self, under_way: bool) -> Reply {
        let view = self.updates.clone().unwrap_or_default();
        Reply::Updates(Box::new(UpdatesView { under_way: under_way || view.under_way, ..view }))
    }

    /// Answers a request as a clubhouse with no surprises does.
    pub fn answer(&mut self, request: Request) -> Reply {
        if let Some(reply) = week::answer(self, &request) {
            return reply;
        }
        if let Request::ConfirmClock(_) = request {
            self.paper_only = None;
        }
        match request {
            Request::Refresh { .. } | Request::Place(_) if self.paper_only.is_some() => {
                Reply::PaperOnly(self.paper_only.unwrap_or(PaperOnly::Staff))
            }
            Request::Refresh { date } => {
                let mut today = self.today.clone();
                if let Some(date) = date {
                    today.date = date;
                    today.menu = today.menu.map(|_| menu(date));
                }
                Reply::Today(Box::new(today))
            }
            Request::Buildings => Reply::Buildings(buildings()),
            Request::Identify(_) => Reply::Identified(Box::new(self.known.clone())),
            Request::Place(new) => Reply::Placed(Box::new(self.placed(&new))),
            Request::FindByCode(_) => Reply::Orders(vec![order(0)]),
            Request::OrdersOf(_) => Reply::Orders((0..self.orders).map(order).collect()),
            Request::Amend(_, change) => {
                let mut shown = order(0);
                shown.order.portions = change.portions.unwrap_or(shown.order.portions);
                Reply::Amended(Box::new(shown))
            }
            Request::Cancel(_) => {
                let mut cancelled = order(0).order;
                cancelled.state = OrderState::Cancelled;
                Reply::Cancelled(Box::new(cancelled))
            }
            Request::SignIn { .. } => Reply::OnDuty(Box::new(OnDuty {
                volunteer: volunteer(),
                round: self.round.map(round),
                meals: 9,
            })),
            Request::TakeSlip(_) => Reply::SlipTaken(Box::new(round(RoundState::Out))),
            Request::HandIn { lines, .. } => {
                let failed = lines.iter().filter(|l| l.outcome != Outcome::Delivered).count();
                Reply::HandedIn {
                    delivered: 9 - u32::try_from(failed).unwrap_or(0),
                    others: lines
                        .iter()
                        .enumerate()
                        .filter(|(_, l)| l.outcome != Outcome::Delivered)
                        .map(|(at, l)| (41 + u32::try_from(at).unwrap_or(0), l.outcome))
                        .collect(),
                }
            }
            Request::StaffSignIn { .. }
            | Request::Advance { .. }
            | Request::PaidCash { .. }
            | Request::FollowedUp(_)
            | Request::ConfirmClock(_) => Reply::Staff(Box::new(self.staff())),
            Request::SellOut => {
                self.held_back = Some(std::mem::take(&mut self.today.left));
                Reply::Staff(Box::new(self.staff()))
            }
            Request::SellAgain => {
                self.today.left = self.held_back.take().unwrap_or(self.today.left);
                Reply::Staff(Box::new(self.staff()))
            }
            Request::OrderPapers { number } => Reply::OrderPapers(Box::new(order_papers(number))),
            Request::Number { number } => {
                Reply::Number(Box::new(number_view(number, Outcome::NoAnswer, "")))
            }
            Request::Correct { number, outcome, left_with, .. } => {
                Reply::Number(Box::new(number_view(number, outcome, &left_with)))
            }
            Request::Updates => self.updates(false),
            Request::InstallUpdate { .. } => self.updates(true),
            Request::DayEnd => Reply::DayEnd(Box::new(self.day_end.clone())),
            Request::CloseDay => Reply::DayClosed(crate::backup::BackedUp::Everywhere),
            Request::UndoHandIn { .. } => Reply::HandInUndone(Box::new(round(RoundState::Out))),
            Request::ScannedTicket { number, .. } => {
                if !self.today.called.contains(&number) {
                    self.today.called.push(number);
                }
                Reply::Scanned { number, ready: true }
            }
            Request::Papers
            | Request::Reprint(_)
            | Request::FoundPaper(_)
            | Request::MoveQueue(..) => Reply::Papers(Box::new(papers())),
            Request::PaperOnly(on) => {
                self.paper_only = on.then_some(PaperOnly::Staff);
                Reply::Staff(Box::new(self.staff()))
            }
            Request::Slide { turn } => {
                let photo = self.photos.get(turn as usize).cloned();
                Reply::Slide(photo.unwrap_or(Sight::Nothing))
            }
            Request::Help => Reply::HelpCalled,
            // Answered above.
            Request::Week(_)
            | Request::PlaceWeek(_)
            | Request::PrintForm(_)
            | Request::KeepUnfinished(_) => Reply::Kept,
        }
    }

    fn staff(&self) -> StaffView {
        let clock = (self.paper_only == Some(PaperOnly::Clock))
            .then(|| jiff::civil::datetime(2026, 11, 23, 17, 12, 0, 0));
        StaffView {
            left: self.today.left,
            held_back: self.held_back,
            clock,
            updates: self.updates.is_some(),
            ..staff()
        }
    }

    fn placed(&self, new: &NewOrder) -> ShownOrder {
        let mut shown = order(0);
        let each = self.today.menu.as_ref().and_then(|m| m.prices.get(&new.category).copied());
        shown.order.date = new.date;
        shown.order.fulfilment = new.fulfilment;
        shown.order.portions = new.portions;
        shown.order.total = each.unwrap_or_default() * i64::from(new.portions.get());
        if new.payment == Payment::FromAccount {
            shown.order.payment = PaymentState::Paid;
            shown.order.method = Some(PaymentMethod::Account);
        }
        shown
    }
}

pub(super) fn moment() -> Timestamp {
    Timestamp::from_second(1_795_484_400).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A date of the sample week: 0 is Tuesday, 24 November 2026.
pub fn service_date(days: i64) -> ServiceDate {
    ServiceDate(date(2026, 11, 24)).plus_days(days)
}

fn dish(zh: &str, en: &str, allergens: &[Allergen]) -> Dish {
    Dish { zh: zh.into(), en: en.into(), allergens: allergens.to_vec(), substitute: None }
}

pub(super) fn menu(day: ServiceDate) -> Menu {
    let mut dishes = match day.0.day() {
        24 => vec![
            dish("红烧大排", "Braised pork chop", &[Allergen::Pork, Allergen::Soya]),
            dish("葱油南瓜", "Scallion oil pumpkin", &[]),
            dish("炒空心菜", "Fried water spinach", &[]),
        ],
        27 => vec![
            dish("青椒鸡丁炒香菇", "Chicken with peppers", &[Allergen::Soya]),
            dish("长豇豆炒香肠", "Beans with sausage", &[Allergen::Pork]),
            dish("炒青菜", "Stir-fried greens", &[]),
        ],
        _ => vec![
            dish("鲜茄牛肉滑蛋", "Beef, tomato and egg", &[Allergen::Beef, Allergen::Egg]),
            dish("榨菜毛豆烧冬瓜", "Winter melon, beans", &[Allergen::Soya]),
            dish("炒杭白菜", "Stir-fried cabbage", &[]),
        ],
    };
    if let Some(main) = dishes.first_mut().filter(|_| day.0.day() == 24) {
        main.substitute = Some(Substitute {
            zh: "香菇面筋".into(),
            en: "Gluten with mushrooms".into(),
            allergens: vec![Allergen::Gluten],
        });
    }
    Menu {
        date: day,
        dishes,
        portions: 160,
        prices: BTreeMap::from([
            (Category::Senior, Fen::yuan(20)),
            (Category::Guest, Fen::yuan(28)),
        ]),
    }
}

fn buildings() -> Vec<Building> {
    (1..=28u8)
        .map(|n| Building {
            number: n.to_string(),
            name: String::new(),
            entrance: u32::from(n),
            floors: if n <= 25 { 18 } else { 6 },
            first_flat_floor: if n <= 25 { 2 } else { 1 },
            flats_per_floor: 8,
            lifts: if n <= 25 { 2 } else { 0 },
        })
        .collect()
}

fn door(building: &str, floor: u8, flat: u8) -> Door {
    Door { building: building.into(), floor, flat }
}

fn resident() -> Resident {
    Resident {
        id: ResidentId::new(moment(), [1; 10]),
        name: "王秀英".into(),
        door: door("7", 12, 3),
        phone: "13800001357".into(),
        category: Category::Senior,
        allergies: Vec::new(),
        usual: Preferences { softer: true, ..Preferences::default() },
        door_note: String::new(),
        eat_by: None,
    }
}

fn volunteer() -> Volunteer {
    Volunteer {
        id: VolunteerId::new(moment(), [2; 10]),
        name: "欧阳志强".into(),
        phone: "13900002468".into(),
        kind: VolunteerKind::PartyMember,
        leads: None,
        badge: 17,
        pin: "2468".into(),
        capacity: 12,
        max_round_s: 2700,
        climbs: true,
        home_building: None,
        max_trips: 1,
    }
}

/// The orders of the sample resident: today's and the days' ahead.
pub fn order(index: usize) -> ShownOrder {
    let n = u8::try_from(index).unwrap_or(0);
    ShownOrder {
        order: Order {
            id: OrderId::new(moment(), [10 + n; 10]),
            date: service_date(i64::from(n)),
            number: 37 + u32::from(n) * 4,
            code: OrderCode::from_random([n, 4, 9, 14, 17, 2]),
            fulfilment: [Fulfilment::EatIn, Fulfilment::Delivery, Fulfilment::TakeAway][index % 3],
            portions: Portions::new(1 + n % 3).unwrap_or(Portions::ONE),
            preferences: Preferences { softer: true, less_salt: n == 1, ..Preferences::default() },
            allergies: Vec::new(),
            category: Category::Senior,
            resident: None,
            door: (index % 3 == 1).then(|| door("7", 12, 3)),
            total: Fen::yuan(20) * i64::from(1 + n % 3),
            payment: PaymentState::Due,
            method: None,
            state: OrderState::Placed,
            placed_at: moment(),
        },
        changeable: true,
    }
}

/// The round of the sample volunteer.
pub fn round(state: RoundState) -> Round {
    let stop = |n: u8, building: &str, floor, flat, portions, yuan| Stop {
        order: OrderId::new(moment(), [40 + n; 10]),
        number: 40 + u32::from(n),
        door: door(building, floor, flat),
        portions,
        arrive_at: moment(),
        collect: Fen::yuan(yuan),
        visited: None,
        visited_at: None,
        pinned: false,
    };
    Round {
        id: RoundId::new(moment(), [3; 10]),
        date: service_date(0),
        number: 3,
        volunteer: volunteer().id,
        trip: 1,
        revision: 1,
        state,
        depart_at: moment(),
        duration_s: 1620,
        left_at: None,
        back_at: None,
        stops: vec![
            stop(1, "7", 12, 3, 1, 20),
            stop(2, "7", 5, 1, 2, 40),
            stop(3, "8", 16, 8, 1, 0),
            stop(4, "8", 2, 2, 1, 0),
            stop(5, "12", 9, 4, 1, 20),
            stop(6, "12", 17, 1, 1, 0),
            stop(7, "13", 4, 6, 1, 20),
            stop(8, "26", 6, 2, 1, 0),
        ],
    }
}

fn papers() -> PapersView {
    let paper = |n: u8, title, state| DoubtfulPaper {
        id: PrintJobId::new(moment(), [n; 10]),
        title,
        number: (n != 0).then(|| 11 + u32::from(n)),
        state,
    };
    PapersView {
        printers: vec![
            ("kitchen".into(), Status::PaperOut, None),
            ("window".into(), Status::Ready, Some(210)),
        ],
        queues: vec![
            (PrintQueue::Kitchen, "kitchen".into()),
            (PrintQueue::Counter, "window".into()),
            (PrintQueue::Rounds, "window".into()),
        ],
        troubled: vec![
            paper(1, "厨房单", PrintJobState::Uncertain),
            paper(6, "取餐单", PrintJobState::Expired),
            paper(0, "备餐数", PrintJobState::Failed),
        ],
        waiting: 4,
    }
}

fn staff() -> StaffView {
    let open = (0..14usize)
        .map(|index| {
            let n = u8::try_from(index).unwrap_or(0);
            let mut order = order(index % 3).order;
            order.id = OrderId::new(moment(), [100 + n; 10]);
            order.number = 12 + u32::from(n);
            if index < 3 {
                order.state = OrderState::Ready;
            }
            if index % 2 == 0 {
                order.payment = PaymentState::Paid;
            }
            StaffLine { order }
        })
        .collect();
    StaffView { open, unfinished: week::unfinished(), ..StaffView::default() }
}
