//! Every paper there is, plain ones and ones with all that may stand on them.

#![allow(clippy::unwrap_used)]

use clubhouse_kiosk::domain::{
    Allergen, Door, Fen, Fulfilment, KnockReason, OrderCode, PaymentMethod, Portions, Preferences,
    RoundChange, ServiceDate,
};
use clubhouse_kiosk::tickets::content::{
    AccountSlip, BagStrip, BagVoid, BlackoutLine, BlackoutList, CardSlip, ChangedStrip, ClashLine,
    ClosingTally, Collect, Contact, CountDelta, CountRow, CustomerSlip, DeltaDoor, DishCount,
    KitchenTicket, KnockDoor, KnockSlip, NoteLine, OrderContent, Paid, PaperForecast, PrepCount,
    RollLine, RoundDelta, RoundEnd, RoundSlip, SlipStop, TestPage, Ticket, UncertainPaper,
    VoidStrip, WayCount, WelfareNote,
};
use jiff::civil::{date, datetime, time};

pub const TUESDAY: ServiceDate = ServiceDate(date(2026, 11, 24));

fn door(building: &str, floor: u8, flat: u8) -> Door {
    Door { building: building.into(), floor, flat }
}

pub fn content(fulfilment: Fulfilment, portions: u8) -> OrderContent {
    OrderContent {
        fulfilment,
        portions: Portions::new(portions).unwrap(),
        preferences: Preferences::default(),
        allergies: Vec::new(),
        substitute: None,
    }
}

/// An order with everything that may be different about it.
pub fn laden(fulfilment: Fulfilment) -> OrderContent {
    OrderContent {
        preferences: Preferences {
            less_salt: true,
            softer: true,
            less_rice: true,
            substitute: true,
            note: "汤和饭分开装，不要放葱花和香菜，谢谢师傅辛苦".into(),
        },
        allergies: vec![Allergen::Peanut, Allergen::Shellfish, Allergen::Pork, Allergen::Gluten],
        substitute: Some("清蒸鸡腿配香菇".into()),
        ..content(fulfilment, 4)
    }
}

pub fn kitchen(number: u32, content: OrderContent) -> Ticket {
    let placed_at = datetime(2026, 11, 24, 9, 42, 0, 0);
    Ticket::Kitchen(KitchenTicket { date: TUESDAY, number, content, placed_at })
}

pub fn stop(number: u32, door: Door, surname: &str, meals: u8, collect: i64) -> SlipStop {
    SlipStop {
        number,
        door,
        arrive: time(11, 2, 0, 0),
        surname: surname.into(),
        meals,
        collect: Fen::yuan(collect),
        preferences: Preferences::default(),
        allergies: Vec::new(),
        door_note: String::new(),
    }
}

pub fn round() -> RoundSlip {
    let mut hard = stop(57, door("12A", 12, 3), "欧阳", 2, 40);
    hard.preferences = Preferences { softer: true, less_salt: true, ..Preferences::default() };
    hard.allergies = vec![Allergen::Peanut];
    hard.door_note = "敲门重一点，耳朵背；门铃坏了，敲三下等一分钟".into();
    RoundSlip {
        date: TUESDAY,
        round: 3,
        surname: "陈".into(),
        badge: 12,
        trip: 1,
        revision: 1,
        depart: time(10, 50, 0, 0),
        back: time(11, 32, 0, 0),
        stops: vec![
            stop(8, door("7", 6, 1), "王", 1, 0),
            hard,
            stop(131, door("25", 31, 12), "㐂", 4, 60),
        ],
        link: String::new(),
    }
}

pub fn count() -> PrepCount {
    let row = |words: &str, eat_in, take_away, delivery| CountRow {
        words: words.into(),
        eat_in,
        take_away,
        delivery,
    };
    PrepCount {
        date: TUESDAY,
        counted_at: datetime(2026, 11, 24, 10, 0, 0, 0),
        preliminary: false,
        dishes: [("红烧大排", 58), ("清蒸鸡腿（换大排）", 5), ("葱油南瓜", 63), ("炒空心菜", 63)]
            .map(|(dish, portions)| DishCount { dish: dish.into(), portions })
            .into(),
        rows: vec![
            row("", 20, 8, 22),
            row("少盐", 2, 0, 5),
            row("少盐 软食", 0, 1, 4),
            row("软食 少饭 换菜", 0, 0, 1),
        ],
        clashes: vec![ClashLine {
            number: 57,
            fulfilment: Fulfilment::Delivery,
            portions: 2,
            allergies: vec![Allergen::Pork, Allergen::Peanut],
            instead: "清蒸鸡腿".into(),
        }],
        notes: vec![NoteLine { number: 12, note: "汤和饭分开装".into() }],
    }
}

pub fn slip(collect: Collect, paid: Paid) -> CustomerSlip {
    CustomerSlip {
        date: TUESDAY,
        number: 57,
        code: OrderCode::parse("ABCDEF").unwrap(),
        content: content(Fulfilment::TakeAway, 2),
        dishes: ["红烧大排", "葱油南瓜", "炒空心菜"].map(str::to_owned).into(),
        collect,
        total: Fen::yuan(40),
        paid,
    }
}

/// Every paper there is, plain ones and ones with all that may stand on them.
pub fn gallery() -> Vec<(&'static str, Ticket)> {
    let mut all = by_the_stove();
    all.extend(in_the_hand());
    all.extend(on_the_way());
    all.extend(of_the_day());
    all.extend(of_paper());
    all
}

pub fn softer() -> OrderContent {
    let mut softer = content(Fulfilment::Delivery, 2);
    softer.preferences.softer = true;
    softer.allergies = vec![Allergen::Peanut];
    softer
}

fn by_the_stove() -> Vec<(&'static str, Ticket)> {
    let early = KitchenTicket {
        date: TUESDAY,
        number: 8,
        content: content(Fulfilment::EatIn, 1),
        placed_at: datetime(2026, 11, 22, 16, 5, 0, 0),
    };
    let changed = ChangedStrip {
        date: TUESDAY,
        number: 57,
        old: content(Fulfilment::TakeAway, 1),
        new: softer(),
        at: time(9, 55, 0, 0),
    };
    let void = |number, old| VoidStrip { date: TUESDAY, number, old, at: time(9, 58, 0, 0) };
    let delta = CountDelta {
        date: TUESDAY,
        change: 2,
        words: "软食".into(),
        fulfilment: Fulfilment::Delivery,
        total: 63,
        at: time(10, 12, 0, 0),
    };
    vec![
        ("kitchen", kitchen(57, softer())),
        ("kitchen_plain", Ticket::Kitchen(early)),
        ("kitchen_laden", kitchen(1384, laden(Fulfilment::TakeAway))),
        ("changed", Ticket::Changed(changed)),
        ("void", Ticket::Void(void(131, softer()))),
        ("void_laden", Ticket::Void(void(1384, laden(Fulfilment::EatIn)))),
        ("count", Ticket::PrepCount(count())),
        ("delta", Ticket::CountDelta(delta)),
    ]
}

fn in_the_hand() -> Vec<(&'static str, Ticket)> {
    let window = Collect::AtWindow {
        place: "会所食堂".into(),
        from: time(11, 0, 0, 0),
        until: time(12, 30, 0, 0),
    };
    let at_door = Collect::AtDoor {
        door: door("12A", 12, 3),
        from: time(11, 10, 0, 0),
        until: time(11, 40, 0, 0),
    };
    let delivery = CustomerSlip {
        content: laden(Fulfilment::Delivery),
        ..slip(at_door, Paid::Paid(PaymentMethod::Account))
    };
    vec![
        ("slip", Ticket::Slip(slip(window, Paid::DueAtCounter))),
        ("slip_delivery", Ticket::Slip(delivery)),
    ]
}

fn on_the_way() -> Vec<(&'static str, Ticket)> {
    let bag = BagStrip {
        date: TUESDAY,
        number: 57,
        round: 3,
        stop: 2,
        door: door("12A", 12, 3),
        portions: Portions::new(2).unwrap(),
        preferences: Preferences { softer: true, less_salt: true, ..Preferences::default() },
        allergies: vec![Allergen::Peanut],
        packed_at: Some(time(10, 44, 0, 0)),
        leave_by: time(10, 50, 0, 0),
        eat_by: time(11, 30, 0, 0),
    };
    let note = WelfareNote {
        date: TUESDAY,
        number: 57,
        door: door("12A", 12, 3),
        surname: "欧阳".into(),
        leader: "施".into(),
        at: time(11, 12, 0, 0),
        happened: "志愿者敲门三次，等了两分钟，无人应门；餐已带回食堂。".into(),
        door_note: "敲门重一点，耳朵背".into(),
    };
    let knocked = WelfareNote { number: 0, ..note.clone() };
    let knock = |reason, door_note: &str| KnockDoor {
        door: door("12A", 12, 3),
        surname: "欧阳".into(),
        reason,
        door_note: door_note.into(),
    };
    let knocks = KnockSlip {
        date: TUESDAY,
        building: "12A".into(),
        leader: "施".into(),
        at: time(12, 31, 0, 0),
        doors: vec![
            knock(KnockReason::NotOrdered, "敲门重一点，耳朵背"),
            knock(KnockReason::NotCome, ""),
        ],
    };
    vec![
        ("welfare_after_knock", Ticket::WelfareNote(knocked)),
        ("knock", Ticket::KnockSlip(knocks)),
        ("bag", Ticket::BagStrip(bag.clone())),
        ("bag_unpacked", Ticket::BagStrip(BagStrip { packed_at: None, ..bag })),
        ("round", Ticket::RoundSlip(round())),
        ("welfare", Ticket::WelfareNote(note)),
        ("round_delta", Ticket::RoundDelta(Box::new(delta()))),
        ("round_delta_swapped", Ticket::RoundDelta(Box::new(swapped()))),
        ("round_delta_off", Ticket::RoundDelta(Box::new(off(RoundEnd::Withdrawn)))),
        ("round_delta_broken_off", Ticket::RoundDelta(Box::new(off(RoundEnd::BrokenOff)))),
        ("bag_void", Ticket::BagVoid(bag_void(Some(12)))),
        ("bag_void_off", Ticket::BagVoid(bag_void(None))),
    ]
}

pub fn delta_door(number: u32, door: Door, meals: u8, yuan: i64, round: Option<u32>) -> DeltaDoor {
    DeltaDoor { number, door, meals, collect: Fen::yuan(yuan), round }
}

/// Two doors more, one fewer, in a bag that is packed already.
pub fn delta() -> RoundDelta {
    RoundDelta {
        slip: RoundSlip { revision: 2, trip: 2, ..round() },
        reason: RoundChange::OffDuty,
        at: time(10, 41, 0, 0),
        before: None,
        added: vec![
            delta_door(57, door("12A", 12, 3), 2, 40, Some(12)),
            delta_door(131, door("25", 31, 12), 4, 60, None),
        ],
        removed: vec![delta_door(1384, door("12A", 8, 12), 1, 20, Some(5))],
        altered: vec![delta_door(8, door("7", 6, 1), 1, 0, None)],
        reordered: true,
        retimed: false,
        end: None,
    }
}

pub fn swapped() -> RoundDelta {
    RoundDelta {
        before: Some(("欧阳".into(), 104)),
        added: Vec::new(),
        removed: Vec::new(),
        altered: Vec::new(),
        reordered: false,
        retimed: true,
        reason: RoundChange::ByHand,
        ..delta()
    }
}

pub fn off(end: RoundEnd) -> RoundDelta {
    let mut off = delta();
    off.slip.stops.clear();
    off.removed.extend(std::mem::take(&mut off.added));
    off.altered.clear();
    RoundDelta { end: Some(end), reordered: false, retimed: false, ..off }
}

pub fn bag_void(to: Option<u32>) -> BagVoid {
    BagVoid {
        date: TUESDAY,
        number: 1384,
        round: 3,
        door: door("12A", 12, 3),
        portions: Portions::new(2).unwrap(),
        to,
        at: time(10, 41, 0, 0),
    }
}

fn of_the_day() -> Vec<(&'static str, Ticket)> {
    let closing = ClosingTally {
        date: TUESDAY,
        closed_at: datetime(2026, 11, 24, 13, 40, 0, 0),
        last_number: 137,
        missing: Vec::new(),
        void: vec![12, 40, 77],
        reprinted: vec![5],
        served: [(Fulfilment::EatIn, 61), (Fulfilment::TakeAway, 22), (Fulfilment::Delivery, 60)]
            .map(|(fulfilment, portions)| WayCount { fulfilment, portions })
            .into(),
        returned: 1,
        not_collected: 2,
        cash: Fen::yuan(1380),
        account: Fen(128_050),
        other: Fen::yuan(20),
        due: Fen::yuan(40),
        uncertain: vec![
            UncertainPaper { what: "厨房单".into(), number: Some(98) },
            UncertainPaper { what: "送餐单".into(), number: None },
        ],
        unprinted: vec![UncertainPaper { what: "取餐单".into(), number: Some(99) }],
    };
    let gap = ClosingTally { missing: vec![9, 31], uncertain: Vec::new(), ..closing.clone() };
    let test = TestPage {
        printer: "stove".into(),
        queues: vec!["厨房".into(), "柜台".into()],
        at: datetime(2026, 11, 24, 8, 0, 0, 0),
    };
    vec![
        ("closing", Ticket::Closing(closing)),
        ("closing_gap", Ticket::Closing(gap)),
        ("test", Ticket::Test(test)),
    ]
}

fn blackout() -> BlackoutList {
    let line = |number, fulfilment, portions, words: &str, yuan| BlackoutLine {
        number,
        fulfilment,
        portions,
        words: words.into(),
        due: Fen::yuan(yuan),
        door: None,
        round: None,
    };
    let to = |line: BlackoutLine, door, round| BlackoutLine { door: Some(door), round, ..line };
    let contact = |role: &str, surname: &str, phone: &str| Contact {
        role: role.into(),
        surname: surname.into(),
        phone: phone.into(),
    };
    BlackoutList {
        date: TUESDAY,
        at: datetime(2026, 11, 24, 10, 1, 0, 0),
        after: 0,
        last: 64,
        lines: vec![
            line(1, Fulfilment::EatIn, 1, "", 20),
            line(2, Fulfilment::TakeAway, 2, "少盐  软食", 0),
            line(57, Fulfilment::EatIn, 4, "忌花生、虾蟹  少盐  软食  少饭  换菜", 80),
            to(line(8, Fulfilment::Delivery, 1, "", 20), door("7", 12, 3), Some(2)),
            to(line(1384, Fulfilment::Delivery, 2, "软食", 0), door("12A", 12, 3), None),
        ],
        void: Vec::new(),
        contacts: vec![
            contact("第1轮、第4轮", "陈", "13800010002"),
            contact("值班", "欧阳", "13900010003"),
            contact("12A号楼组长", "㐂", "13700010004"),
        ],
        page: (1, 1),
    }
}

fn of_paper() -> Vec<(&'static str, Ticket)> {
    let at = datetime(2026, 11, 24, 8, 0, 0, 0);
    let forecast = |enough_for, expected| {
        let printer = "kitchen".to_owned();
        Ticket::Forecast(PaperForecast { date: TUESDAY, printer, enough_for, expected, at })
    };
    let later = BlackoutList {
        at: datetime(2026, 11, 24, 11, 30, 0, 0),
        after: 64,
        last: 91,
        void: vec![2, 57],
        contacts: Vec::new(),
        ..blackout()
    };
    vec![
        ("blackout", Ticket::Blackout(blackout())),
        ("blackout_later", Ticket::Blackout(later)),
        ("forecast", forecast(Some(210), 160)),
        ("forecast_short", forecast(Some(90), 160)),
        ("forecast_unknown", forecast(None, 160)),
        ("roll_line", Ticket::RollLine(RollLine { date: TUESDAY, printer: "kitchen".into(), at })),
        ("week_form", Ticket::WeekForm(super::week_form::form())),
        ("account_top_up", account(50, 250)),
        ("account_refund", account(-250, 0)),
        (
            "card",
            Ticket::Card(CardSlip {
                date: TUESDAY,
                at,
                house: "长宁社区会所".into(),
                name: "欧阳＊".into(),
                code: "C1.AEBAGBAFAYDQQCIK.ET".into(),
            }),
        ),
    ]
}

/// Money that went onto an account, or was paid out of it.
fn account(amount: i64, balance: i64) -> Ticket {
    Ticket::Account(AccountSlip {
        date: TUESDAY,
        at: datetime(2026, 11, 24, 9, 41, 0, 0),
        surname: "欧阳".into(),
        door: door("7", 12, 3),
        amount: Fen::yuan(amount),
        method: PaymentMethod::Cash,
        balance: Fen::yuan(balance),
        clerk: "office".into(),
    })
}
