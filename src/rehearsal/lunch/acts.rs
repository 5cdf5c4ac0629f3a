//! The lunch in five acts.

use clubhouse_hardware::printer::Fault;
use std::collections::BTreeSet;

use super::Script;
use super::record::Summary;
use super::stage::{LunchError, Stage};
use crate::backup;
use crate::domain::{Category, Fen, Fulfilment, OrderState, PaymentMethod, Resident};
use crate::registry::Registry;
use crate::rehearsal::map;
use crate::routing::{Options, Unattended};

type Act<T = ()> = Result<T, LunchError>;

/// Every so many orders the screens on the way are kept as pictures, and a line is told.
const LINE: usize = 20;
/// Trials of the planner: about a second's worth.
const TRIALS: u64 = 100_000;

/// 8:30 to 9:55: orders come in, one is changed and one taken back after its ticket is out, and
/// the paper runs out.
pub fn morning(stage: &mut Stage, script: &Script, tell: &mut dyn FnMut(&str)) -> Act {
    stage.picture("home")?;
    let carried = eaters(stage, script)?;
    let total = script.eat_in + script.take_away + carried.len();
    let (mut inside, mut away, mut doors) = (script.eat_in, script.take_away, carried.into_iter());
    for nth in 0..total {
        stage.scene = format!("order {}", nth + 1);
        if nth == total / 2 {
            paper_runs_out(stage)?;
            tell("the paper ran out and was changed");
        }
        // The three ways in turn, until each is used up.
        match nth % 4 {
            0 if inside > 0 => {
                inside -= 1;
                at_the_counter(stage, "堂食", nth)?;
            }
            1 if away > 0 => {
                away -= 1;
                at_the_counter(stage, "自取", nth)?;
            }
            _ => match doors.next() {
                Some(resident) => deliver(stage, &resident, nth)?,
                None if inside > 0 => {
                    inside -= 1;
                    at_the_counter(stage, "堂食", nth)?;
                }
                None => {
                    away -= 1;
                    at_the_counter(stage, "自取", nth)?;
                }
            },
        }
        if (nth + 1) % LINE == 0 || nth + 1 == total {
            let minute = 30 + (nth * 85 / total) as i8;
            stage.print_all()?;
            stage.at(8 + minute / 60, minute % 60);
            tell(&format!("{} of {total} orders", nth + 1));
        }
    }
    english(stage)?;
    change_and_cancel(stage)?;
    tell("one order was changed and one taken back after their tickets");
    Ok(())
}

/// 10:00: the count, the plan, the slips.
pub fn cut_off(stage: &mut Stage, script: &Script, tell: &mut dyn FnMut(&str)) -> Act {
    stage.scene = "cut-off".into();
    stage.at(10, 0);
    stage.picture("past-the-delivery-cut-off")?;
    stage.counter.print_count(stage.date, true)?;
    let badges = just_enough(stage, script.volunteers)?;
    stage.dispatch.put_on_duty(stage.date, &badges)?;
    // By trials instead of seconds: the same lunch on every machine.
    let options = Options { iterations: Some(TRIALS), ..Options::default() };
    let planned = stage.dispatch.plan_rounds(stage.date, &options, &Unattended)?;
    if !planned.left_out.is_empty() {
        return Err(LunchError::Astray(format!("nobody can carry {:?}", planned.left_out)));
    }
    let compound = Registry::new(stage.machine.house.clone()).compound()?;
    stage.write("rounds.svg", map::draw(&compound, &planned.rounds).as_bytes())?;
    // One more eater after the count: a delta strip.
    at_the_counter(stage, "堂食", 0)?;
    stage.print_all()?;
    tell(&format!("{} rounds planned and printed", planned.rounds.len()));
    Ok(())
}

/// 11:00: numbers are called and collected.
pub fn hand_over(stage: &mut Stage, tell: &mut dyn FnMut(&str)) -> Act {
    stage.scene = "hand-over".into();
    stage.at(11, 0);
    let waiting: Vec<_> = stage
        .counter
        .orders(stage.date)?
        .into_iter()
        .filter(|o| o.state == OrderState::Placed && o.fulfilment != Fulfilment::Delivery)
        .collect();
    // One is never collected; it is called like the others.
    let forgotten = waiting.last().map(|o| o.number);
    for chunk in waiting.chunks(8) {
        for order in chunk {
            stage.read(&format!("R1.{}.{}", stage.date, order.number));
        }
        stage.tick(35);
        stage.touch("叫号")?;
        stage.picture("called")?;
        stage.touch("返回")?;
        for order in chunk.iter().filter(|o| Some(o.number) != forgotten) {
            stage.counter.pay(order.id, PaymentMethod::Cash, "staff")?;
            stage.read(&format!("R1.{}.{}", stage.date, order.number));
        }
    }
    staff_screen(stage)?;
    tell(&format!("{} numbers called", waiting.len()));
    Ok(())
}

/// 11:00 to 11:50: slips are taken, doors visited, rounds handed in.
pub fn rounds(stage: &mut Stage, script: &Script, tell: &mut dyn FnMut(&str)) -> Act {
    let rounds = stage.dispatch.rounds(stage.date)?;
    let volunteers = stage.dispatch.on_duty(stage.date)?;
    let walking: Vec<_> = rounds
        .iter()
        .filter_map(|r| Some((r, volunteers.iter().find(|v| v.id == r.volunteer)?)))
        .collect();
    for (nth, (round, volunteer)) in walking.iter().enumerate() {
        stage.scene = format!("round {} leaves", round.number);
        sign_in(stage, volunteer.badge, &volunteer.pin, nth == 0)?;
        if nth == 0 {
            stage.picture("round")?;
        }
        stage.touch("拿单出发")?;
        go_home(stage)?;
    }
    tell(&format!("{} volunteers of {} are on their way", walking.len(), script.volunteers));
    stage.at(11, 45);
    for (nth, (round, volunteer)) in walking.iter().enumerate() {
        stage.scene = format!("round {} comes back", round.number);
        sign_in(stage, volunteer.badge, &volunteer.pin, false)?;
        stage.touch("交回")?;
        if nth == 0 {
            let number = round.stops.first().map_or(0, |s| s.number);
            stage.picture("hand-in")?;
            stage.touch_beginning(&format!("{number} 号"))?;
            stage.picture("stop")?;
            stage.touch("无人应门")?;
            if stage.screen.has("记下") {
                stage.touch("记下")?;
            }
        }
        stage.touch("写好了")?;
        if nth == 0 {
            stage.picture("hand-in-sum")?;
        }
        stage.touch("全部交回")?;
        if nth == 0 {
            stage.picture("handed-in")?;
        }
        go_home(stage)?;
    }
    stage.print_all()?;
    tell("every round is handed in, one door did not open");
    Ok(())
}

/// 12:40: the welfare check is answered and the day closed.
pub fn close(stage: &mut Stage, tell: &mut dyn FnMut(&str)) -> Act<Summary> {
    stage.scene = "close of day".into();
    stage.at(12, 40);
    stage.picture("orders-closed")?;
    for check in stage.dispatch.open_checks()? {
        stage.dispatch.close_check(check.id, "在女儿家,平安", "staff")?;
    }
    let closing = stage.dispatch.close_day(stage.date)?;
    stage.print_all()?;
    let house = &stage.machine.house;
    let backup = backup::back_up_to(house, &stage.out.join("backups"))
        .map_err(|e| LunchError::Astray(e.to_string()))?;
    tell("the day is closed and backed up");
    let rounds = stage.dispatch.rounds(stage.date)?;
    let stops = || rounds.iter().flat_map(|r| r.stops.iter().map(move |s| (r, s)));
    Ok(Summary {
        touches: stage.touches,
        papers: stage.printed,
        rounds: rounds.len(),
        doors: stops().count(),
        buildings: stops().map(|(_, s)| s.door.building.as_str()).collect::<BTreeSet<_>>().len(),
        minutes: rounds.iter().map(|r| r.duration_s).sum::<u32>().div_ceil(60),
        longest_way_min: stops()
            .map(|(r, s)| s.arrive_at.duration_since(r.depart_at).as_mins())
            .max()
            .unwrap_or(0),
        closing,
        backup,
    })
}

/// Residents to deliver to: as many in each building as it takes.
fn eaters(stage: &Stage, script: &Script) -> Act<Vec<Resident>> {
    let each = script.deliveries.div_ceil(script.buildings.max(1));
    let menu = stage.counter.day(stage.date)?.menu;
    // Whom even the substitute dish does not help eats something else today.
    let can_eat =
        |r: &Resident| menu.as_ref().is_some_and(|m| m.clashes(&r.allergies, true).is_empty());
    let mut residents = stage.residents()?;
    residents.retain(|r| r.category != Category::Guest && can_eat(r));
    residents.dedup_by(|a, b| a.door == b.door);
    let mut chosen: Vec<Resident> = Vec::new();
    let in_building = residents.chunk_by(|a, b| a.door.building == b.door.building);
    for neighbours in in_building.take(script.buildings) {
        // Doors from the lowest floor to the highest, not the first few.
        let step = (neighbours.len() / each).max(1);
        chosen.extend(neighbours.iter().step_by(step).take(each).cloned());
    }
    chosen.truncate(script.deliveries);
    if chosen.len() < script.deliveries {
        return Err(LunchError::Astray(format!("only {} doors were found", chosen.len())));
    }
    Ok(chosen)
}

/// So many volunteers whose bags together hold today's deliveries, and hardly more: everyone walks.
fn just_enough(stage: &Stage, wanted: usize) -> Act<Vec<u32>> {
    let meals = stage.counter.count(stage.date)?.of(Fulfilment::Delivery);
    let mut volunteers = Registry::new(stage.machine.house.clone()).volunteers()?;
    volunteers.sort_by_key(|v| (v.capacity, v.badge));
    let team = volunteers
        .windows(wanted)
        .find(|team| team.iter().map(|v| u32::from(v.capacity)).sum::<u32>() >= meals)
        .ok_or_else(|| {
            LunchError::Astray(format!("{wanted} volunteers can't carry {meals} meals"))
        })?;
    Ok(team.iter().map(|v| v.badge).collect())
}

/// Somebody without a card orders for the window.
fn at_the_counter(stage: &mut Stage, way: &str, nth: usize) -> Act {
    let shown = nth < 2;
    stage.touch(way)?;
    if nth % 9 == 4 {
        stage.touch("访客")?;
    }
    if nth.is_multiple_of(6) {
        stage.touch("加")?;
    }
    if nth % 5 == 1 {
        stage.touch("少盐")?;
    }
    if shown {
        stage.picture(if nth == 0 { "options" } else { "options-take-away" })?;
    }
    stage.touch("下一步")?;
    if shown {
        stage.picture(if nth == 0 { "confirm" } else { "confirm-take-away" })?;
    }
    stage.touch("确认下单")?;
    if shown {
        stage.picture(if nth == 0 { "done" } else { "done-take-away" })?;
    }
    go_home(stage)
}

/// A resident has lunch carried to the door: with a card, or by door and digits.
fn deliver(stage: &mut Stage, resident: &Resident, nth: usize) -> Act {
    let counter = stage.counter.clone();
    let by_account = nth.is_multiple_of(3);
    if by_account {
        counter.top_up(resident.id, Fen::yuan(100), PaymentMethod::Other)?;
    }
    let first = nth < 4;
    stage.touch("外送到家")?;
    if first {
        stage.picture("door")?;
    }
    if nth % 5 == 3 {
        let door = &resident.door;
        stage.touch(&format!("{}号楼", door.building))?;
        if first {
            stage.picture("floor")?;
        }
        stage.touch(&format!("{}楼", door.floor))?;
        stage.touch(&format!("{}室", door.room()))?;
        if first {
            stage.picture("digits")?;
        }
        stage.type_digits(resident.last_digits().unwrap_or_default())?;
    } else {
        let card = counter.issue_card(resident.id)?;
        stage.read(&card);
    }
    if nth % 7 == 2 {
        stage.touch("软一点")?;
    }
    if first {
        stage.picture("options-delivery")?;
    }
    stage.touch("下一步")?;
    if by_account && stage.screen.has("账户付") {
        stage.touch("账户付")?;
    }
    if first {
        stage.picture("confirm-delivery")?;
    }
    stage.touch("确认下单")?;
    if first {
        stage.picture("done-delivery")?;
    }
    go_home(stage)
}

fn paper_runs_out(stage: &mut Stage) -> Act {
    stage.print_all()?;
    stage.machine.printer.set_fault(Fault::PaperOut, true);
    at_the_counter(stage, "堂食", 3)?;
    wait_for_trouble(stage)?;
    stage.tick(35);
    stage.picture("paper-out")?;
    stage.machine.printer.load_paper(None);
    stage.print_all()?;
    stage.tick(35);
    Ok(())
}

fn wait_for_trouble(stage: &Stage) -> Act {
    let begun = std::time::Instant::now();
    while stage.machine.board.worst().prints() {
        if begun.elapsed().as_secs() > 20 {
            return Err(LunchError::Astray("nobody noticed that the paper ran out".into()));
        }
        stage.machine.bell.ring();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    Ok(())
}

/// The same screens in English, for the pictures.
fn english(stage: &mut Stage) -> Act {
    stage.scene = "English".into();
    for label in ["显示", "English", "Close"] {
        stage.touch(label)?;
    }
    stage.picture("home-english")?;
    for label in ["Display", "中文", "关上"] {
        stage.touch(label)?;
    }
    Ok(())
}

/// One order is changed and one taken back when their tickets are out already.
fn change_and_cancel(stage: &mut Stage) -> Act {
    stage.scene = "a change after the ticket".into();
    stage.print_all()?;
    let orders = stage.counter.orders(stage.date)?;
    let mut by_slip = orders.iter().filter(|o| o.fulfilment == Fulfilment::EatIn);
    let (Some(changed), Some(off)) = (by_slip.next(), by_slip.next()) else {
        return Err(LunchError::Astray("nobody eats in".into()));
    };
    stage.read(&format!("O1.{}", changed.code));
    stage.picture("my-order")?;
    stage.touch("改份数要求")?;
    stage.touch("加")?;
    stage.touch("改好了")?;
    stage.picture("changed")?;
    go_home(stage)?;
    stage.scene = "a cancellation after the ticket".into();
    stage.touch("我的订单")?;
    stage.picture("find-my-order")?;
    stage.touch("用字母查")?;
    for letter in off.code.as_str().chars() {
        stage.touch(&letter.to_string())?;
    }
    stage.picture("letters")?;
    stage.touch("确定")?;
    stage.touch("取消订单")?;
    stage.picture("cancel-question")?;
    stage.touch("是，取消")?;
    stage.picture("cancelled")?;
    go_home(stage)?;
    stage.print_all()
}

fn staff_screen(stage: &mut Stage) -> Act {
    stage.touch("值班")?;
    stage.picture("duty")?;
    stage.touch("工作人员")?;
    let pin = stage.machine.house.settings.staff.pin.clone();
    stage.type_digits(&pin)?;
    stage.picture("staff")?;
    go_home(stage)
}

fn sign_in(stage: &mut Stage, badge: u32, pin: &str, shown: bool) -> Act {
    stage.touch("值班")?;
    stage.touch("志愿者")?;
    if shown {
        stage.picture("badge")?;
    }
    stage.type_digits(&badge.to_string())?;
    stage.type_digits(pin)
}

/// Back to the first screen by whatever key this screen has for it.
fn go_home(stage: &mut Stage) -> Act {
    for key in ["好了，回首页", "好了", "好的", "回首页", "重来"] {
        if stage.screen.has(key) {
            stage.touch(key)?;
            break;
        }
    }
    if stage.screen.has("堂食") { Ok(()) } else { stage.touch("重来") }
}
