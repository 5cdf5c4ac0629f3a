//! The count to cook by, and what it becomes afterwards.

use super::parts::{BODY, LARGE, SMALL, clock, day_clock};
use crate::domain::Fulfilment;
use crate::tickets::content::{ClashLine, CountDelta, CountRow, PrepCount, avoid};
use crate::tickets::paper::{Block, Cell, Paper, Stand, Text};

/// Width of a column of figures in dots: three digits of body size; more shrink.
const FIGURES: u16 = 64;

/// The count.
pub(super) fn count(paper: &mut Paper, t: &PrepCount) {
    let what = if t.preliminary { "预计备餐数" } else { "备餐数" };
    paper.add(Block::Band(Text::bold(format!("{what}  {}", t.date.zh()), LARGE).shrinking()));
    paper.add(Block::Row(
        vec![
            Cell::fit(Text::bold("共", LARGE).into()),
            Cell::fit(Text::bold(t.total().to_string(), 128).into()),
            Cell::fit(Text::bold("份", LARGE).into()),
        ],
        Stand::Middle,
    ));
    clashes(paper, &t.clashes);
    paper.add(Block::Rule(3));
    for dish in &t.dishes {
        let figure = Text::bold(format!("×{}", dish.portions), LARGE).right();
        paper.add(Block::Row(
            vec![
                Cell::fill(200, vec![Text::bold(dish.dish.as_str(), 42).into()]),
                Cell::fit(figure.into()),
            ],
            Stand::Top,
        ));
    }
    paper.add(Block::Rule(3));
    table(paper, t);
    if !t.notes.is_empty() {
        paper.add(Block::Rule(3));
    }
    for line in &t.notes {
        paper.add(Text::new(format!("{} 号：{}", line.number, line.note), BODY));
    }
    paper.add(Block::Space(8));
    let until = if t.preliminary { "还会增减" } else { "之后只出增减条" };
    paper.add(Text::new(format!("{} 统计，{until}", day_clock(t.counted_at)), SMALL).shrinking());
}

/// What can do harm comes before what there is to cook.
fn clashes(paper: &mut Paper, lines: &[ClashLine]) {
    if lines.is_empty() {
        return;
    }
    let portions: u32 = lines.iter().map(|line| u32::from(line.portions)).sum();
    paper.add(Block::Band(Text::bold(format!("忌口 {portions} 份"), LARGE)));
    for line in lines {
        let way = line.fulfilment.zh();
        let number = Text::bold(format!("{} 号", line.number), 44);
        let mut said = format!("{way} ×{}", line.portions);
        if let Some(words) = avoid(&line.allergies) {
            said = format!("{words}  {said}");
        }
        let mut blocks = vec![Text::bold(said, 40).whole().into()];
        if !line.instead.is_empty() {
            blocks.push(Text::new(format!("换：{}", line.instead), BODY).into());
        }
        paper.add(Block::Row(
            vec![Cell::dots(132, number.into()), Cell::fill(200, blocks)],
            Stand::Top,
        ));
    }
}

/// Wishes down, ways of eating across, sums at both edges.
fn table(paper: &mut Paper, t: &PrepCount) {
    let heads = [
        String::new(),
        Fulfilment::EatIn.zh().to_owned(),
        Fulfilment::TakeAway.zh().to_owned(),
        Fulfilment::Delivery.zh().to_owned(),
        "合计".to_owned(),
    ];
    paper.add(line(heads, SMALL));
    for row in &t.rows {
        let label = if row.words.is_empty() { "普通" } else { &row.words };
        paper.add(line(figures(label, row), BODY));
    }
    let sum = t.rows.iter().fold(
        CountRow { words: String::new(), eat_in: 0, take_away: 0, delivery: 0 },
        |sum, row| CountRow {
            words: sum.words,
            eat_in: sum.eat_in + row.eat_in,
            take_away: sum.take_away + row.take_away,
            delivery: sum.delivery + row.delivery,
        },
    );
    paper.add(Block::Rule(2));
    paper.add(line(figures("合计", &sum), BODY));
}

fn figures(label: &str, row: &CountRow) -> [String; 5] {
    // A nought is left out: what is there is found at once.
    let figure = |count: u32| {
        if count == 0 { "·".to_owned() } else { count.to_string() }
    };
    [
        label.to_owned(),
        figure(row.eat_in),
        figure(row.take_away),
        figure(row.delivery),
        row.total().to_string(),
    ]
}

fn line([label, figures @ ..]: [String; 5], size: u16) -> Block {
    let mut cells = vec![Cell::fill(0, vec![Text::bold(label, size - 2).whole().into()])];
    for figure in figures {
        cells.push(Cell::dots(FIGURES, Text::bold(figure, size).shrinking().right().into()));
    }
    Block::Row(cells, Stand::Middle)
}

/// What one change does to the count: one line.
pub(super) fn delta(paper: &mut Paper, t: &CountDelta) {
    let mut said = format!("{:+}", t.change).replace('-', "−");
    for word in [t.words.as_str(), t.fulfilment.zh()] {
        if !word.is_empty() {
            said = format!("{said} {word}");
        }
    }
    paper.add(Text::bold(format!("{said}，合计 {}", t.total), 54).shrinking());
    paper
        .add(Text::new(format!("备餐数增减  {}  {}", t.date.zh(), clock(t.at)), SMALL).shrinking());
}
