//! The form to order several days by pen.

use clubhouse_kiosk::domain::{Door, Fulfilment, Portions, ServiceDate};
use clubhouse_kiosk::tickets::content::{FormDay, FormOrder, Ticket, WeekForm};
use clubhouse_kiosk::tickets::paper::{Block, Shape};
use clubhouse_kiosk::tickets::{Marks, compose};
use jiff::civil::{date, time};

const TUESDAY: ServiceDate = ServiceDate(date(2026, 11, 24));

fn day(after: i64, dishes: [&str; 3], ways: &[Fulfilment]) -> FormDay {
    FormDay {
        date: TUESDAY.plus_days(after),
        dishes: dishes.map(str::to_owned).into(),
        ways: ways.to_vec(),
        ordered: Vec::new(),
    }
}

pub fn form() -> WeekForm {
    let mut ordered = day(1, ["清炒鱼片", "油焖茄子", "炒茼蒿菜"], &[]);
    ordered.ordered =
        vec![FormOrder { number: 41, fulfilment: Fulfilment::Delivery, portions: Portions::ONE }];
    WeekForm {
        date: TUESDAY,
        name: "欧阳＊".into(),
        door: Door { building: "12A".into(), floor: 12, flat: 3 },
        days: vec![
            day(
                0,
                ["红烧大排", "葱油南瓜", "炒空心菜"],
                &[Fulfilment::EatIn, Fulfilment::TakeAway],
            ),
            ordered,
            day(2, ["鲜茄牛肉滑蛋", "榨菜毛豆烧冬瓜", "炒杭白菜"], Fulfilment::ALL),
            day(3, ["青椒鸡丁炒香菇", "长豇豆炒香肠", "炒青菜"], &[]),
        ],
        substitute: true,
        leave_at: "会所食堂".into(),
        delivery_by: time(10, 0, 0, 0),
        collection_by: time(11, 30, 0, 0),
    }
}

fn boxes(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .map(|block| match block {
            Block::Shape(Shape::TickBox, _) => 1,
            Block::Row(cells, _) => cells.iter().map(|cell| boxes(&cell.blocks)).sum(),
            _ => 0,
        })
        .sum()
}

#[test]
fn there_is_a_box_for_each_way_that_can_be_had_and_for_each_count() {
    let paper = compose::compose(&Ticket::WeekForm(form()), &Marks::NONE);
    // Two ways and three ways, four counts each, and four wishes.
    assert_eq!(boxes(&paper.blocks), (2 + 4) + (3 + 4) + 4);
    let said = super::words(&paper.blocks);
    for word in
        ["欧阳＊", "12A号楼1203室", "已订 41 号", "这一天不能订了", "会所食堂", "10:00", "11:30"]
    {
        assert!(said.contains(word), "“{word}” is missing: {said}");
    }
}
