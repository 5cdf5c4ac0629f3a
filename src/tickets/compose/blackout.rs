//! The list for a lunch without the kiosk: read by torchlight, ticked off with a pen.

use super::parts::{BODY, LARGE, SMALL, day_clock, nothing, numbers};
use crate::domain::Fulfilment;
use crate::tickets::content::{BlackoutLine, BlackoutList, Contact};
use crate::tickets::paper::{Block, Cell, Paper, Shape, Stand, Text};

/// Ways that end at the window.
const AT_WINDOW: [Fulfilment; 2] = [Fulfilment::EatIn, Fulfilment::TakeAway];
/// Width of the column of numbers in dots.
const NUMBER: u16 = 88;

/// The list.
pub(super) fn list(paper: &mut Paper, t: &BlackoutList) {
    let head = if t.after == 0 { "断电备用单" } else { "断电备用单 补" };
    paper.add(Block::Band(Text::bold(format!("{head}  {}", t.date.zh()), LARGE).shrinking()));
    let (page, pages) = t.page;
    if pages > 1 {
        paper.add(Text::bold(format!("第 {page} 张，共 {pages} 张"), LARGE).shrinking());
    }
    let (window, doors) = (t.portions(&AT_WINDOW), t.portions(&[Fulfilment::Delivery]));
    let which = if t.after == 0 {
        format!("001–{:03} 号", t.last)
    } else {
        format!("{:03} 号以后，到 {:03} 号", t.after, t.last)
    };
    paper.add(Text::bold(which, LARGE).shrinking());
    paper.add(
        Text::bold(
            format!(
                "{}窗口 {window} 份  外送 {doors} 份  共 {} 份",
                if pages > 1 { "这张 " } else { "" },
                window + doors
            ),
            40,
        )
        .shrinking(),
    );
    if !nothing(t.due()) {
        paper.add(Text::bold(format!("待收 {} 元", t.due()), 40));
    }
    paper.add(Text::new("机器停了就照这张发餐，发一份勾一份。", SMALL).shrinking());
    if !t.void.is_empty() {
        paper.add(Block::Band(Text::bold(format!("前一张上划掉：{}", numbers(&t.void)), 40)));
    }
    let (at_window, to_doors): (Vec<_>, Vec<_>) =
        t.lines.iter().partition(|line| line.fulfilment != Fulfilment::Delivery);
    section(paper, "到窗口", &at_window);
    section(paper, "外送", &to_doors);
    contacts(paper, &t.contacts);
    paper.add(Block::Rule(3));
    paper.add(Text::new(format!("{} 打印", day_clock(t.at)), SMALL));
}

fn section(paper: &mut Paper, title: &str, lines: &[&BlackoutLine]) {
    if lines.is_empty() {
        return;
    }
    paper.add(Block::Rule(6));
    paper.add(Text::bold(title, LARGE));
    for line in lines {
        paper.add(Block::Rule(1));
        paper.add(order(line));
    }
}

/// `12  堂食 ×1  少盐   收 20 元 □`.
fn order(line: &BlackoutLine) -> Block {
    let what = match &line.door {
        Some(door) => format!("{door} ×{}", line.portions),
        None => format!("{} ×{}", line.fulfilment.zh(), line.portions),
    };
    let round = line.round.map(|round| format!("第{round}轮"));
    let words = Some(line.words.clone()).filter(|words| !words.is_empty());
    let below: Vec<String> = round.into_iter().chain(words).collect();
    let mut middle = vec![Text::bold(what, BODY).shrinking().into()];
    if !below.is_empty() {
        middle.push(Text::bold(below.join("  "), BODY).whole().into());
    }
    let mut cells = vec![
        Cell::dots(NUMBER, Text::bold(line.number.to_string(), 44).shrinking().into()),
        Cell::fill(140, middle),
    ];
    if !nothing(line.due) {
        cells.push(Cell::fit(Block::Band(Text::bold(format!("收 {}", line.due), BODY))));
    }
    cells.push(Cell::fit(Block::Shape(Shape::TickBox, 40)));
    Block::Row(cells, Stand::Middle)
}

fn contacts(paper: &mut Paper, contacts: &[Contact]) {
    if contacts.is_empty() {
        return;
    }
    paper.add(Block::Rule(6));
    paper.add(Text::bold("电话", LARGE));
    for contact in contacts {
        paper.add(Block::Row(
            vec![
                Cell::fill(
                    160,
                    vec![Text::new(format!("{} {}", contact.role, contact.surname), BODY).into()],
                ),
                Cell::fit(Text::bold(contact.phone.as_str(), 40).into()),
            ],
            Stand::Middle,
        ));
    }
}
