//! The strip on one meal in a volunteer's bag.

use super::parts::{BODY, LARGE, clock, different};
use crate::tickets::content::BagStrip;
use crate::tickets::paper::{Block, Cell, Paper, Stand, Text};

/// The bag strip: the door first, for that is how the bag is searched.
pub(super) fn strip(paper: &mut Paper, t: &BagStrip) {
    paper.add(Block::Row(
        vec![
            Cell::fit(Text::bold(format!("{}号楼", t.door.building), 72).into()),
            Cell::fit(Text::bold(format!("{}室", t.door.room()), 72).into()),
        ],
        Stand::Middle,
    ));
    paper.add(Block::Row(
        vec![
            Cell::fit(Text::bold(format!("{} 号", t.number), 64).into()),
            Cell::fit(Text::bold(format!("×{}", t.portions.get()), 80).into()),
            Cell::push(),
            Cell::fit(Text::new(format!("第{}轮 第{}家", t.round, t.stop), BODY).into()),
        ],
        Stand::Middle,
    ));
    different(paper, &t.preferences, &t.allergies, LARGE);
    paper.add(Block::Rule(2));
    let packed = t.packed_at.map_or_else(|| "__:__".to_owned(), clock);
    let times = [("装袋", packed), ("最晚出发", clock(t.leave_by)), ("最晚食用", clock(t.eat_by))];
    // Two rows, not three cells of two lines: the times stay level when a label shrinks.
    let row = |texts: [Text; 3]| {
        let cells = texts.map(|text| Cell::fill(112, vec![text.shrinking().centred().into()]));
        Block::Row(cells.into(), Stand::Middle)
    };
    paper.add(row(times.each_ref().map(|(label, _)| Text::new(*label, BODY))));
    paper.add(row(times.each_ref().map(|(_, time)| Text::bold(time.as_str(), LARGE))));
    paper.add(Text::new(t.date.zh(), BODY).centred());
}
