//! What a paper looks like: readable at arm's length, whole at either width, true to its list.

#![allow(clippy::unwrap_used, clippy::panic)]

use clubhouse_hardware::printer::{Bitmap, Cut, Item, PaperWidth};
use clubhouse_kiosk::domain::{
    Allergen, Door, Fen, Fulfilment, OrderCode, PaymentMethod, Portions, Preferences, RoundChange,
    ServiceDate,
};
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::tickets::content::{
    BagStrip, BagVoid, ChangedStrip, ClashLine, ClosingTally, Collect, CountDelta, CountRow,
    CustomerSlip, DeltaDoor, DishCount, KitchenTicket, NoteLine, OrderContent, Paid, PrepCount,
    RoundDelta, RoundEnd, RoundSlip, SlipStop, TestPage, Ticket, UncertainPaper, VoidStrip,
    WayCount, WelfareNote,
};
use clubhouse_kiosk::tickets::paper::{Block, Paper, Text};
use clubhouse_kiosk::tickets::{Late, Layouter, Marks, compose, picture, render};
use jiff::civil::{date, datetime, time};
use std::sync::{Mutex, MutexGuard, OnceLock};

const WIDTHS: [PaperWidth; 2] = [PaperWidth::Mm80, PaperWidth::Mm58];
const TUESDAY: ServiceDate = ServiceDate(date(2026, 11, 24));

/// One layouter for all tests: opening the fonts is the slow part.
fn layouter() -> MutexGuard<'static, Layouter> {
    static ONE: OnceLock<Mutex<Layouter>> = OnceLock::new();
    ONE.get_or_init(|| {
        let fonts = Fonts::load(None).unwrap_or_else(|error| panic!("{error}"));
        Mutex::new(Layouter::new(&fonts).unwrap_or_else(|error| panic!("{error}")))
    })
    .lock()
    .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn door(building: &str, floor: u8, flat: u8) -> Door {
    Door { building: building.into(), floor, flat }
}

fn content(fulfilment: Fulfilment, portions: u8) -> OrderContent {
    OrderContent {
        fulfilment,
        portions: Portions::new(portions).unwrap(),
        preferences: Preferences::default(),
        allergies: Vec::new(),
        substitute: None,
    }
}

/// An order with everything that may be different about it.
fn laden(fulfilment: Fulfilment) -> OrderContent {
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

fn kitchen(number: u32, content: OrderContent) -> Ticket {
    let placed_at = datetime(2026, 11, 24, 9, 42, 0, 0);
    Ticket::Kitchen(KitchenTicket { date: TUESDAY, number, content, placed_at })
}

fn stop(number: u32, door: Door, surname: &str, meals: u8, collect: i64) -> SlipStop {
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

fn round() -> RoundSlip {
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
    }
}

fn count() -> PrepCount {
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

fn slip(collect: Collect, paid: Paid) -> CustomerSlip {
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
    all
}

fn softer() -> OrderContent {
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
    vec![
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

fn delta_door(number: u32, door: Door, meals: u8, yuan: i64, round: Option<u32>) -> DeltaDoor {
    DeltaDoor { number, door, meals, collect: Fen::yuan(yuan), round }
}

/// Two doors more, one fewer, in a bag that is packed already.
fn delta() -> RoundDelta {
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

fn swapped() -> RoundDelta {
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

fn off(end: RoundEnd) -> RoundDelta {
    let mut off = delta();
    off.slip.stops.clear();
    off.removed.extend(std::mem::take(&mut off.added));
    off.altered.clear();
    RoundDelta { end: Some(end), reordered: false, retimed: false, ..off }
}

fn bag_void(to: Option<u32>) -> BagVoid {
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

/// Everything that may be said above a paper.
pub fn all_marks() -> Marks {
    let late = Late {
        due: datetime(2026, 11, 24, 10, 5, 0, 0),
        printed: datetime(2026, 11, 24, 10, 12, 0, 0),
    };
    Marks { late: Some(late), possibly_duplicate: true }
}

fn black_rows(bitmap: &Bitmap) -> Vec<u32> {
    (0..bitmap.height()).filter(|y| (0..bitmap.width()).any(|x| bitmap.get(x, *y))).collect()
}

/// All words of a paper in reading order.
fn words(blocks: &[Block]) -> String {
    let mut said = String::new();
    for block in blocks {
        match block {
            Block::Digits(text) | Block::Qr(text, _) => said.push_str(text),
            Block::Text(text) | Block::Band(text) | Block::WriteLine(text) => {
                said.push_str(&text.text);
            }
            Block::Row(cells, _) => {
                for cell in cells {
                    said.push_str(&words(&cell.blocks));
                }
            }
            Block::Shape(..) | Block::Rule(_) | Block::Space(_) | Block::Ruler => {}
        }
        said.push('\n');
    }
    said
}

fn said(ticket: &Ticket) -> String {
    words(&compose::compose(ticket, &Marks::NONE).blocks)
}

#[test]
fn each_digit_of_the_number_is_18_mm_of_ink() {
    let mut layouter = layouter();
    for width in WIDTHS {
        for digit in
            (0..10).map(|d| d.to_string()).chain(["57".into(), "1384".into(), "20000".into()])
        {
            let paper = Paper { blocks: vec![Block::Digits(digit.clone())] };
            let drawn = layouter.draw(&paper, width.dots()).unwrap();
            let rows = black_rows(&drawn);
            let tall = rows.last().unwrap() - rows.first().unwrap() + 1;
            assert!(tall >= 144, "{digit} is {tall} dots tall at {width:?}");
        }
    }
}

#[test]
fn nothing_is_clipped_at_either_width() {
    let mut layouter = layouter();
    for width in WIDTHS {
        for (name, ticket) in gallery() {
            for marks in [Marks::NONE, all_marks()] {
                let drawn = picture(&ticket, &marks, &mut layouter, width)
                    .unwrap_or_else(|error| panic!("{name} at {width:?}: {error}"));
                assert_eq!(drawn.width(), width.dots());
                let edges = [
                    0,
                    1,
                    2,
                    3,
                    width.dots() - 4,
                    width.dots() - 3,
                    width.dots() - 2,
                    width.dots() - 1,
                ];
                for y in 0..drawn.height() {
                    let stray = edges.iter().find(|x| drawn.get(**x, y));
                    assert_eq!(stray, None, "{name} at {width:?} has ink at the edge of row {y}");
                }
                let rows = black_rows(&drawn);
                assert!(rows[0] >= 4 && *rows.last().unwrap() + 4 < drawn.height(), "{name}");
            }
        }
    }
}

#[test]
fn long_words_wrap_and_never_vanish() {
    let mut layouter = layouter();
    let text = |words: &str| Paper { blocks: vec![Text::bold(words, 48).into()] };
    let one = layouter.draw(&text(&"长".repeat(7)), 384).unwrap();
    let four = layouter.draw(&text(&"长".repeat(28)), 384).unwrap();
    assert_eq!(four.black_dots(), one.black_dots() * 4);
    assert!(four.height() > one.height() * 3);
    let latin = layouter.draw(&text(&"W".repeat(60)), 384).unwrap();
    assert_eq!(latin.black_dots(), layouter.draw(&text("W"), 384).unwrap().black_dots() * 60);
}

#[test]
fn chinese_punctuation_never_begins_a_line() {
    let mut layouter = layouter();
    // Seven characters of 50 dots fill 368; the comma would be the eighth.
    let drawn = layouter
        .draw(&Paper { blocks: vec![Text::new("一一一一一一一，口", 50).into()] }, 384)
        .unwrap();
    let dash = layouter.draw(&Paper { blocks: vec![Text::new("一", 50).into()] }, 384).unwrap();
    let upper = (0..drawn.height() / 2)
        .flat_map(|y| (0..drawn.width()).map(move |x| (x, y)))
        .filter(|(x, y)| drawn.get(*x, *y))
        .count();
    assert_eq!(upper, 6 * dash.black_dots(), "the seventh goes down with its comma");
}

#[test]
fn rare_surnames_have_glyphs() {
    let mut layouter = layouter();
    let mut draw =
        |c: &str| layouter.draw(&Paper { blocks: vec![Text::new(c, 48).into()] }, 384).unwrap();
    // A noncharacter has no glyph anywhere: what it draws is the sign for “missing”.
    let missing = draw("\u{FFFE}");
    for name in ["㐂", "䶮", "￥", "ü", "喆", "堃", "×", "茼"] {
        let drawn = draw(name);
        assert!(drawn.black_dots() > 40, "{name} is blank");
        assert_ne!(drawn, missing, "{name} has no glyph");
    }
}

#[test]
fn the_slips_total_is_its_list() {
    let slip = round();
    assert_eq!(slip.meals(), 7);
    assert_eq!(slip.cash(), Fen::yuan(100));
    let said = said(&Ticket::RoundSlip(slip));
    assert!(said.contains("合计  7 份  3 家  收 100 元"), "{said}");
    assert!(said.contains("收 40 元") && said.contains("收 60 元"));
    assert!(said.contains("H1.2026-11-24.3"));
    for part in ["12A号楼", "1203室", "欧阳", "敲门重一点", "忌花生", "软食", "11:02", "10:50"]
    {
        assert!(said.contains(part), "{part} is missing from {said}");
    }
}

#[test]
fn a_delta_slip_says_what_to_do_with_the_bag_before_anything_else() {
    let said = said(&Ticket::RoundDelta(Box::new(delta())));
    let at =
        |part: &str| said.find(part).unwrap_or_else(|| panic!("{part} is missing from {said}"));
    assert!(at("第 3 轮") < at("你多 2 户，少 1 户"));
    assert!(at("少 1 户") < at("顺序变了") && said.contains("不收 20 元了"));
    assert!(at("少 1 户") < at("加进袋子：2 户 6 份") && at("加进袋子") < at("来自第 12 轮"));
    assert!(at("来自第 12 轮") < at("收 40 元") && at("新单") < at("拿出袋子：1 户 1 份"));
    assert!(at("去第 5 轮") < at("旧送餐单请丢掉"));
    assert!(at("旧送餐单请丢掉") < at("10:50 出发") && at("10:50 出发") < at("H1.2026-11-24.3"));
    assert!(said.contains("第 2 趟") && said.contains("第 2 版") && said.contains("有人退出"));
}

#[test]
fn a_round_that_is_off_says_so_and_has_no_doors_to_walk_to() {
    let withdrawn = said(&Ticket::RoundDelta(Box::new(off(RoundEnd::Withdrawn))));
    for part in ["第 3 轮", "作废", "这一轮不用送了", "拿出袋子：3 户 7 份", "旧送餐单作废"]
    {
        assert!(withdrawn.contains(part), "{part} is missing from {withdrawn}");
    }
    assert!(!withdrawn.contains("H1."), "there is nothing to hand in");
    let broken_off = said(&Ticket::RoundDelta(Box::new(off(RoundEnd::BrokenOff))));
    assert!(broken_off.contains("停送") && broken_off.contains("剩下的 3 户由别人送"));
    let void = said(&Ticket::BagVoid(bag_void(Some(12))));
    for part in ["餐袋条作废", "1384 号", "从第 3 轮的袋子拿出来", "放进第 12 轮"]
    {
        assert!(void.contains(part), "{part} is missing from {void}");
    }
    assert!(said(&Ticket::BagVoid(bag_void(None))).contains("交给厨房"));
}

#[test]
fn the_count_adds_up_and_puts_harm_first() {
    let said = said(&Ticket::PrepCount(count()));
    assert_eq!(count().total(), 63);
    let at =
        |part: &str| said.find(part).unwrap_or_else(|| panic!("{part} is missing from {said}"));
    assert!(at("63") < at("忌口 2 份"));
    assert!(at("忌猪肉、花生") < at("红烧大排"));
    assert!(at("红烧大排") < at("少盐 软食"));
}

#[test]
fn the_kitchen_ticket_says_what_to_cook_and_no_name() {
    let ticket = kitchen(57, laden(Fulfilment::Delivery));
    let said = said(&ticket);
    for part in [
        "57",
        "外送",
        "×\n4",
        "忌花生、虾蟹",
        "少盐",
        "软食",
        "换菜：清蒸鸡腿",
        "09:42",
        "R1.2026-11-24.57",
    ] {
        assert!(said.contains(part), "{part} is missing from {said}");
    }
    let inverted = compose::compose(&ticket, &Marks::NONE);
    let bands: Vec<_> =
        inverted.blocks.iter().filter(|block| matches!(block, Block::Band(_))).collect();
    assert_eq!(bands.len(), 3, "allergies, wishes and the note");
}

#[test]
fn strips_name_the_number_and_the_old_content() {
    for (name, ticket) in gallery() {
        let said = said(&ticket);
        match name {
            "changed" => {
                for part in ["57", "改单", "原单：自取 ×1", "外送", "×\n2", "软食"] {
                    assert!(said.contains(part), "{part} is missing from {said}");
                }
            }
            "void" => {
                for part in ["131", "作废", "原单：外送 ×2  软食  忌花生"] {
                    assert!(said.contains(part), "{part} is missing from {said}");
                }
            }
            "slip" => {
                for part in
                    ["￥40", "未付：请到柜台付", "O1.ABCDEF", "ABCDEF", "11:00–12:30", "会所食堂"]
                {
                    assert!(said.contains(part), "{part} is missing from {said}");
                }
            }
            "slip_delivery" => {
                for part in ["送到\n12A号楼1203室", "11:10–11:40", "已付：账户扣款"] {
                    assert!(said.contains(part), "{part} is missing from {said}");
                }
            }
            "delta" => assert!(said.contains("+2 软食 外送，合计 63"), "{said}"),
            "closing" => {
                for part in
                    ["001–137 号，号码不缺", "作废 3 张：12、40、77", "重印 1 张：5", "￥1280.50"]
                {
                    assert!(said.contains(part), "{part} is missing from {said}");
                }
            }
            _ => {}
        }
    }
}

#[test]
fn late_and_doubtful_papers_say_so_above() {
    let ticket = kitchen(57, content(Fulfilment::EatIn, 1));
    let marked = words(&compose::compose(&ticket, &all_marks()).blocks);
    let at =
        |part: &str| marked.find(part).unwrap_or_else(|| panic!("{part} is missing from {marked}"));
    assert!(at("可能重复") < at("10:05") && at("10:05") < at("10:12") && at("10:12") < at("57"));
    assert!(!said(&ticket).contains("可能重复"));
}

#[test]
fn a_stored_ticket_prints_the_same_again() {
    let mut layouter = layouter();
    for (name, ticket) in gallery() {
        let stored = serde_json::to_string(&ticket).unwrap();
        let again: Ticket = serde_json::from_str(&stored).unwrap();
        assert_eq!(again, ticket, "{name}");
        let first = render(&ticket, &all_marks(), &mut layouter, PaperWidth::Mm80).unwrap();
        let second = render(&again, &all_marks(), &mut layouter, PaperWidth::Mm80).unwrap();
        assert_eq!(first, second, "{name}");
        assert!(matches!(first.items.last(), Some(Item::Cut(Cut::Partial))), "{name}");
    }
}
