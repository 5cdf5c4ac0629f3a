//! Papers about paper: short, since they use up what they speak of.

use super::parts::{BODY, LARGE, SMALL, clock, day_clock};
use crate::tickets::content::{PaperForecast, RollLine};
use crate::tickets::paper::{Block, Paper, Text};

/// The first line on a new roll; the bar below it shows a dead dot of the head as a white streak.
pub(super) fn line(paper: &mut Paper, t: &RollLine) {
    let said = format!("新纸卷  {}  {}", t.printer, day_clock(t.at));
    paper.add(Text::bold(said, BODY).shrinking());
    paper.add(Text::new("字迹清楚、黑条没有白线，就是好的。", SMALL).shrinking());
    paper.add(Block::Rule(12));
}

/// How far the roll will last.
pub(super) fn forecast(paper: &mut Paper, t: &PaperForecast) {
    let expected = t.expected;
    let said = match t.enough_for {
        Some(enough) => format!("纸约够 {enough} 张，今日预计 {expected}"),
        None => format!("今日预计 {expected} 张，纸不知还剩多少"),
    };
    let said = Text::bold(said, LARGE).shrinking();
    if t.is_short() {
        paper.add(Block::Band(said));
        paper.add(Text::bold("可能不够：请先备好新纸卷", LARGE).shrinking());
    } else {
        paper.add(said);
    }
    if t.enough_for.is_none() {
        paper.add(Text::new("换一次新纸卷以后就能算。", SMALL));
    }
    let when = format!("打印机 {}  {}  {}", t.printer, t.date.zh(), clock(t.at.time()));
    paper.add(Text::new(when, SMALL).shrinking());
}
