//! The compound on a delivery day as the planner reads it.
//!
//! Deliveries are named by their pick-up numbers and volunteers by their badges, so that what the
//! planner says of them can be read by a dispatcher.

use rusqlite::Connection;

use super::standing::Standing;
use crate::domain::{self, Fulfilment, Order, Round, RoundState, Shift, Stop};
use crate::error::Error;
use crate::house::House;
use crate::import::compound::{NodeKind as Drawn, PathNode as DrawnNode};
use crate::routing::estate::{
    Building, CarriedTrip, Delivery, Estate, NodeKind, PathEdge, PathNode, Paths, Timing, Volunteer,
};
use crate::store::{buildings, residents, walked};

/// How long a door knows a face, and how far back minutes walked count, in days.
const MONTH: i64 = 30;

/// Which rounds a plan starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Those that have left; everything else is planned anew.
    Left,
    /// All that stand.
    Standing,
    /// None: the whole day as if nobody had left.
    Nothing,
}

/// The estate of a date.
pub(super) fn estate(
    db: &Connection,
    house: &House,
    standing: &Standing,
    from: From,
) -> Result<Estate, Error> {
    let nodes = buildings::nodes(db)?;
    let kitchen =
        nodes.iter().find(|n| n.kind == Drawn::Kitchen).map(|n| i64::from(n.id)).ok_or_else(
            || Error::Planning("the compound has no kitchen; import its drawing first".into()),
        )?;
    let mut deliveries = Vec::new();
    for order in standing.orders.values().filter(|o| is_carried(standing, o, from)) {
        deliveries.extend(delivery(db, house, standing, order)?);
    }
    Ok(Estate {
        name: house.settings.name.clone(),
        timing: Timing::default(),
        kitchen,
        paths: paths(db, &nodes)?,
        buildings: buildings::all(db)?
            .into_iter()
            .map(|b| Building {
                id: b.number,
                entrance: b.entrance.into(),
                floors: b.floors.into(),
                lift: b.lifts > 0,
                lifts: b.lifts.into(),
                flats_per_floor: b.flats_per_floor.into(),
            })
            .collect(),
        deliveries,
        volunteers: volunteers(db, standing)?,
        hot_limit_s: Some(i64::from(house.settings.times.hot_limit_min) * 60),
        turnaround_s: Some(house.settings.rounds.turnaround_s.into()),
        lifts_out: standing.lifts_out.clone(),
        now_s: if from == From::Nothing { 0 } else { standing.seconds(standing.earliest) },
        fixed: match from {
            From::Nothing => Vec::new(),
            From::Left => fixed(standing, Round::has_left),
            From::Standing => fixed(standing, |_| true),
        },
    })
}

/// Whether the planner has to know of an order: it waits to be carried, or it is on the way, or its
/// door says where a volunteer stands.
fn is_carried(standing: &Standing, order: &Order, from: From) -> bool {
    if order.fulfilment != Fulfilment::Delivery {
        return false;
    }
    if from == From::Nothing {
        return order.state != crate::domain::OrderState::Cancelled;
    }
    if !order.state.is_final() {
        return true;
    }
    standing.round_of(order.number).is_some_and(|round| {
        let visited = round.stops.iter().any(|s| s.number == order.number && s.visited.is_some());
        visited && round.state != RoundState::HandedIn && standing.is_here(round.volunteer)
    })
}

fn delivery(
    db: &Connection,
    house: &House,
    standing: &Standing,
    order: &Order,
) -> Result<Option<Delivery>, Error> {
    let Some(door) = &order.door else { return Ok(None) };
    let resident = match order.resident {
        Some(id) => residents::get(db, id)?,
        None => None,
    };
    let rules = &house.settings.rounds;
    let noted = resident.as_ref().is_some_and(|r| !r.door_note.is_empty());
    let eat_by = resident.and_then(|r| r.eat_by);
    Ok(Some(Delivery {
        id: order.number.to_string(),
        building: door.building.clone(),
        // The planner counts floors from the ground, residents count them from one.
        floor: i64::from(door.floor) - 1,
        room: door.room(),
        meals: i64::from(order.portions.get()),
        service_s: i64::from(rules.door_s + if noted { rules.door_note_s } else { 0 }),
        arrive_by_s: eat_by.map(|time| standing.at(time)),
    }))
}

fn volunteers(db: &Connection, standing: &Standing) -> Result<Vec<Volunteer>, Error> {
    let (from, until) = (standing.date.plus_days(-MONTH), standing.date);
    let known = walked::known_doors(db, from, until)?;
    let walked = walked::seconds(db, from, until)?;
    let on_duty = |shift: &Shift| {
        let v = &shift.volunteer;
        let doors = known.get(&v.id).map_or(&[][..], Vec::as_slice);
        Volunteer {
            knows: doors.iter().map(|d| format!("{}/{}", d.building, d.room())).collect(),
            walked_s: walked.get(&v.id).copied().unwrap_or(0),
            from_s: shift.from.map_or(0, |time| standing.at(time)),
            until_s: shift
                .until
                .map(|time| standing.at(time).max(shift.from.map_or(0, |f| standing.at(f)))),
            ..alike(v)
        }
    };
    Ok(standing.shifts.iter().map(on_duty).collect())
}

/// What a volunteer can do on any day.
pub(super) fn alike(v: &domain::Volunteer) -> Volunteer {
    Volunteer {
        id: v.badge.to_string(),
        capacity: v.capacity.into(),
        max_duration_s: v.max_round_s.into(),
        home_building: v.home().map(str::to_owned),
        climbs: v.climbs,
        max_trips: v.max_trips.into(),
        ..Volunteer::default()
    }
}

/// The rounds of volunteers on duty as the planner is told of them.
///
/// A volunteer who is gone is left out with everything carried: what was visited is history, the
/// rest is free and is carried again from the kitchen.
fn fixed(standing: &Standing, which: impl Fn(&Round) -> bool) -> Vec<CarriedTrip> {
    let here = |round: &&Round| which(round) && standing.is_here(round.volunteer);
    standing.rounds.iter().filter(here).filter_map(|round| carried(standing, round)).collect()
}

fn carried(standing: &Standing, round: &Round) -> Option<CarriedTrip> {
    let badge =
        &standing.shifts.iter().find(|s| s.volunteer.id == round.volunteer)?.volunteer.badge;
    let volunteer = badge.to_string();
    if round.state == RoundState::HandedIn {
        // Back in the kitchen: one trip less, and ready for the next from that moment on.
        let left_s = round.back_at.map(|at| standing.seconds(at));
        return Some(CarriedTrip { volunteer, out: true, left_s, ..CarriedTrip::default() });
    }
    let named = |wanted: &dyn Fn(&Stop) -> bool| -> Vec<String> {
        round.stops.iter().filter(|s| wanted(s)).map(|s| s.number.to_string()).collect()
    };
    let to_come = |s: &Stop| {
        let order = standing.orders.get(&s.number);
        s.visited.is_none()
            && order.is_some_and(|o| o.fulfilment == Fulfilment::Delivery && !o.state.is_final())
    };
    let last = round.stops.iter().filter_map(|s| s.visited_at).max();
    Some(CarriedTrip {
        volunteer,
        out: round.has_left(),
        left_s: round.left_at.map(|at| standing.seconds(at)),
        away_s: last.map(|at| standing.seconds(at)),
        visited: named(&|s| s.visited.is_some()),
        pinned: named(&|s| s.pinned && to_come(s)),
        planned: named(&to_come),
    })
}

fn paths(db: &Connection, nodes: &[DrawnNode]) -> Result<Paths, Error> {
    Ok(Paths {
        nodes: nodes.iter().map(path_node).collect(),
        edges: buildings::edges(db)?
            .iter()
            .map(|e| PathEdge {
                a: e.a.into(),
                b: e.b.into(),
                metres: f64::from(e.decimetres) / 10.0,
                steps: e.steps,
            })
            .collect(),
    })
}

fn path_node(node: &DrawnNode) -> PathNode {
    PathNode {
        id: node.id.into(),
        x: node.x_mm as f64 / 1000.0,
        y: node.y_mm as f64 / 1000.0,
        kind: match node.kind {
            Drawn::Junction => NodeKind::Junction,
            Drawn::Entrance => NodeKind::Entrance,
            Drawn::Kitchen => NodeKind::Kitchen,
        },
    }
}
