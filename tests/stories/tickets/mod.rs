//! What a paper looks like: readable at arm's length, whole at either width, true to its list.

#![allow(clippy::unwrap_used, clippy::panic)]

mod gallery;
mod week_form;

use clubhouse_hardware::printer::{Bitmap, Cut, Document, Item, PaperWidth, encode};
use clubhouse_kiosk::domain::{Fen, Fulfilment};
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::tickets::content::{BlackoutList, RoundEnd, Ticket};
use clubhouse_kiosk::tickets::paper::{Block, Paper, Text};
use clubhouse_kiosk::tickets::{Late, Layouter, Letters, Marks, compose, picture, render};
use gallery::*;
use jiff::civil::datetime;
use std::sync::{Mutex, MutexGuard, OnceLock};

const WIDTHS: [PaperWidth; 2] = [PaperWidth::Mm80, PaperWidth::Mm58];

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
        let first =
            render(&ticket, &all_marks(), &mut layouter, PaperWidth::Mm80, Letters::Picture)
                .unwrap();
        let second =
            render(&again, &all_marks(), &mut layouter, PaperWidth::Mm80, Letters::Picture)
                .unwrap();
        assert_eq!(first, second, "{name}");
        assert!(matches!(first.items.last(), Some(Item::Cut(Cut::Partial))), "{name}");
    }
}

/// With `TICKET_PICTURES` set to a folder, every paper is left there to be looked at.
#[test]
fn every_paper_packs_into_a_picture() {
    let folder = std::env::var_os("TICKET_PICTURES").map(std::path::PathBuf::from);
    let mut layouter = layouter();
    for (name, ticket) in gallery() {
        for width in WIDTHS {
            let png =
                picture(&ticket, &Marks::NONE, &mut layouter, width).unwrap().to_png().unwrap();
            assert!(png.len() > 200, "{name}");
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{name}_{}.png", width.dots())), png).unwrap();
            }
        }
    }
}

fn lettered(document: &Document) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    let mut pictures = 0;
    for item in &document.items {
        match item {
            Item::Text(line) => lines.push(line.text.trim_end().to_owned()),
            Item::Image(_) => pictures += 1,
            _ => {}
        }
    }
    (lines, pictures)
}

#[test]
fn a_printers_own_letters_say_the_same_in_far_fewer_bytes() {
    let mut layouter = layouter();
    for (name, ticket) in gallery() {
        for width in WIDTHS {
            let marks = all_marks();
            let set = render(&ticket, &marks, &mut layouter, width, Letters::Gb18030).unwrap();
            let drawn = render(&ticket, &marks, &mut layouter, width, Letters::Picture).unwrap();
            let (short, long) = (encode(&set).unwrap().len(), encode(&drawn).unwrap().len());
            assert!(short < long, "{name}: {short} bytes instead of {long}");
            for item in &set.items {
                if let Item::Text(line) = item {
                    let units: u32 =
                        line.text.chars().map(|c| if c.is_ascii() { 12 } else { 24 }).sum();
                    let dots = units * u32::from(line.width);
                    assert!(dots <= width.dots(), "{name}: “{}” has {dots} dots", line.text);
                }
            }
            assert!(lettered(&set).0[0].contains("可能重复"), "{name}: the mark comes first");
        }
    }
    let slip = gallery().into_iter().find(|(name, _)| *name == "slip").unwrap().1;
    let render = |letters, layouter: &mut Layouter| {
        render(&slip, &Marks::NONE, layouter, PaperWidth::Mm80, letters).unwrap()
    };
    let set = render(Letters::Gb18030, &mut layouter);
    let said = lettered(&set).0.join("\n");
    for words in ["11:00–12:30", "红烧大排", "合计", "￥40"] {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
    let bytes = encode(&set).unwrap().len();
    let drawn = encode(&render(Letters::Picture, &mut layouter)).unwrap().len();
    assert!(bytes * 2 < drawn, "{bytes} bytes instead of {drawn}");
}

#[test]
fn a_line_that_the_printer_lacks_letters_for_is_drawn() {
    let mut layouter = layouter();
    let ticket = gallery().into_iter().find(|(name, _)| *name == "blackout").unwrap().1;
    let (width, letters) = (PaperWidth::Mm80, Letters::Gb18030);
    let document = render(&ticket, &Marks::NONE, &mut layouter, width, letters).unwrap();
    encode(&document).unwrap();
    let lines = lettered(&document).0;
    let saying = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
    assert_eq!((saying("第1轮、第4轮 陈"), saying("13800010002")), (1, 1), "{lines:#?}");
    assert_eq!((saying("㐂"), saying("13700010004")), (0, 0), "drawn with its whole line");
}

#[test]
fn the_blackout_list_adds_up_and_says_whom_to_call() {
    let said = said(&gallery().into_iter().find(|(name, _)| *name == "blackout").unwrap().1);
    for words in [
        "窗口 7 份  外送 3 份  共 10 份",
        "待收 120 元",
        "收 80",
        "忌花生",
        "12A号楼组长 㐂",
        "13800010002",
    ] {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
}

#[test]
fn a_roll_that_may_not_last_is_said_in_white_on_black() {
    let banded = |name: &str| {
        let ticket = gallery().into_iter().find(|(n, _)| *n == name).unwrap().1;
        let blocks = compose::compose(&ticket, &Marks::NONE).blocks;
        (matches!(blocks[0], Block::Band(_)), words(&blocks))
    };
    let (band, said) = banded("forecast");
    assert!(!band && said.contains("纸约够 210 张，今日预计 160"));
    let (band, said) = banded("forecast_short");
    assert!(band && said.contains("备好新纸卷"));
}

#[test]
fn a_blackout_list_of_the_whole_compound_goes_on_several_papers() {
    let few = match gallery().into_iter().find(|(name, _)| *name == "blackout").unwrap().1 {
        Ticket::Blackout(list) => list,
        other => panic!("{other:?}"),
    };
    let lines: Vec<_> = few.lines.iter().cycle().take(2_500).cloned().collect();
    let all = BlackoutList { lines, void: vec![7], ..few.clone() };
    let portions = all.portions(Fulfilment::ALL);
    let pages = all.pages();
    assert_eq!(pages.len(), 32);
    assert_eq!(pages.iter().map(|page| page.portions(Fulfilment::ALL)).sum::<u32>(), portions);
    assert_eq!((pages[0].void.as_slice(), pages[31].contacts.len()), (&[7][..], 3));
    assert!(pages[1].void.is_empty() && pages[30].contacts.is_empty());
    let mut layouter = layouter();
    for width in WIDTHS {
        for page in [&pages[0], &pages[31]] {
            picture(&Ticket::Blackout(page.clone()), &all_marks(), &mut layouter, width).unwrap();
        }
    }
    assert!(said(&Ticket::Blackout(pages[1].clone())).contains("第 2 张，共 32 张"));
}
