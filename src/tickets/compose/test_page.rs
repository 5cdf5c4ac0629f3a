//! A page with everything that has ever gone wrong on a printer.

use super::parts::{BODY, LARGE, SMALL, day_clock};
use crate::tickets::content::TestPage;
use crate::tickets::paper::{Block, Cell, Paper, Shape, Stand, Text};

/// The test page.
pub(super) fn page(paper: &mut Paper, t: &TestPage) {
    paper.add(Block::Band(Text::bold("打印测试", 72).centred()));
    paper.add(Text::bold(format!("{}  {}", t.printer, t.queues.join("、")), BODY));
    paper.add(Text::new(day_clock(t.at), BODY));
    paper.add(Block::Ruler);
    paper.add(Text::new("左边从 0 起，每大格 1 厘米", SMALL));
    paper.add(Block::Digits("0123456789".to_owned()));
    paper.add(Block::Space(8));
    paper.add(Text::bold("姓氏：㐂 䶮 璆 㵾 喆 堃 昇", LARGE).whole());
    paper.add(Text::new("Ä Ö Ü ä ö ü ß é ñ", LARGE));
    paper.add(Text::bold("￥20  ￥16.50", LARGE));
    paper.add(Text::new("鲜茄牛肉滑蛋、榨菜毛豆烧冬瓜、炒杭白菜、油焖茄子、炒茼蒿菜", BODY));
    let shapes = [Shape::Bowl, Shape::Bag, Shape::House, Shape::TickBox];
    let mut cells: Vec<Cell> = shapes.map(|s| Cell::fit(Block::Shape(s, 80))).into();
    cells.push(Cell::fit(Block::Band(Text::bold("反白", 64))));
    paper.add(Block::Row(cells, Stand::Middle));
    for size in [20, 24, SMALL, BODY] {
        paper.add(Text::new(format!("{size} 点：少盐软食少饭换菜"), size));
    }
    paper.add(Block::Row(
        vec![
            Cell::fit(Block::Qr("T1.CLUBHOUSE".to_owned(), 4)),
            Cell::fit(Block::Qr("T1.CLUBHOUSE".to_owned(), 6)),
        ],
        Stand::Top,
    ));
    for thick in [1, 2, 4, 8] {
        paper.add(Block::Rule(thick));
    }
    paper.add(Text::bold("到此为止，下面应切纸", BODY).centred());
}
