//! Rounds for a service date: from orders and volunteers on duty to slips.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction};
use std::collections::BTreeMap;

use super::{Dispatch, papers};
use crate::domain::{
    Fulfilment, Order, OrderId, PrintJobState, Refusal, Round, RoundId, RoundState, ServiceDate,
    Stop, Volunteer,
};
use crate::error::Error;
use crate::house::{House, entropy};
use crate::routing::estate::{
    Building, Delivery, Estate, NodeKind, PathEdge, PathNode, Paths, Timing, Volunteer as Walker,
};
use crate::routing::{self, Control, Instance, Options, PlanRun};
use crate::store::{buildings, days, duty, ledger, orders, print_jobs, residents, rounds};

/// What planning a date brought.
#[derive(Debug, Clone)]
pub struct PlannedDay {
    /// The rounds as they are printed.
    pub rounds: Vec<Round>,
    /// Pick-up numbers nobody can carry, each with the reason.
    pub left_out: Vec<(u32, String)>,
    /// The planner's run with its checked solution.
    pub run: PlanRun,
    /// What was planned on: for the map.
    pub estate: Estate,
}

/// Everything the planner needs, read in one consistent state.
struct Wanted {
    estate: Estate,
    orders: BTreeMap<String, Order>,
    volunteers: Vec<Volunteer>,
}

impl Dispatch {
    /// Plans the deliveries of a date over the volunteers on duty, and queues the papers.
    ///
    /// Rounds planned before that have not left are withdrawn. The planner runs between two
    /// transactions; the second refuses a plan whose orders have changed meanwhile.
    pub fn plan_rounds(
        &self,
        date: ServiceDate,
        options: &Options,
        control: &dyn Control,
    ) -> Result<PlannedDay, Error> {
        let wanted = self.house.store.read(|db| self.wanted(db, date))?;
        let instance = Instance::Estate(Box::new(wanted.estate.clone()));
        let run = routing::plan_rounds(&instance, options, control)
            .map_err(|e| Error::Planning(e.to_string()))?;
        if !run.verdict.sound() {
            let faults: Vec<String> = run.verdict.faults.iter().map(ToString::to_string).collect();
            return Err(Error::Planning(format!(
                "the checker refused the plan: {}",
                faults.join("; ")
            )));
        }
        let rounds = self.house.store.write(|tx| self.keep(tx, date, &wanted, &run))?;
        let left_out = run
            .left_out()
            .filter_map(|(id, why)| Some((wanted.orders.get(&id)?.number, why)))
            .collect();
        Ok(PlannedDay { rounds, left_out, run, estate: wanted.estate })
    }

    fn wanted(&self, db: &Connection, date: ServiceDate) -> Result<Wanted, Error> {
        let calendar = self.house.calendar(db)?;
        let cut_off = calendar.times.delivery_cut_off;
        if self.house.clock.now() < calendar.at(date, cut_off) {
            return Err(Refusal::BeforeCutOff { date, cut_off }.into());
        }
        let volunteers = free_volunteers(db, date)?;
        if volunteers.is_empty() {
            return Err(Refusal::NobodyOnDuty { date }.into());
        }
        let orders: BTreeMap<String, Order> = orders::on(db, date)?
            .into_iter()
            .filter(|o| o.fulfilment == Fulfilment::Delivery && is_waiting(o))
            .map(|o| (o.id.to_string(), o))
            .collect();
        let estate = estate_of(db, &self.house, orders.values(), &volunteers)?;
        Ok(Wanted { estate, orders, volunteers })
    }

    fn keep(
        &self,
        tx: &Transaction<'_>,
        date: ServiceDate,
        wanted: &Wanted,
        run: &PlanRun,
    ) -> Result<Vec<Round>, Error> {
        let now = self.house.writing_time(tx)?;
        for (id, order) in &wanted.orders {
            let id: OrderId = id.parse().map_err(|_| Refusal::UnknownOrder)?;
            let stands = orders::get(tx, id)?.ok_or(Refusal::UnknownOrder)?;
            if !is_waiting(&stands)
                || stands.fulfilment != order.fulfilment
                || stands.portions != order.portions
            {
                return Err(
                    Refusal::WrongState { number: stands.number, state: stands.state }.into()
                );
            }
        }
        withdraw(tx, date, now)?;
        let calendar = self.house.calendar(tx)?;
        // Planned late, volunteers leave at once; their slips show when they stand at each door.
        let depart_at = calendar.at(date, self.house.settings.rounds.depart).max(now);
        let first = rounds::last_number(tx, date)? + 1;
        let mut kept = Vec::new();
        for (planned, number) in run.plan.rounds.iter().zip(first..) {
            let volunteer = planned
                .volunteer
                .as_ref()
                .and_then(|badge| wanted.volunteers.iter().find(|v| v.badge.to_string() == *badge))
                .ok_or(Refusal::UnknownVolunteer)?;
            let stops = planned
                .stops
                .iter()
                .map(|stop| {
                    let order = wanted.orders.get(&stop.id).ok_or(Refusal::UnknownOrder)?;
                    Ok(Stop {
                        order: order.id,
                        number: order.number,
                        door: order.door.clone().ok_or(Refusal::UnknownOrder)?,
                        portions: order.portions.get(),
                        arrive_at: depart_at + SignedDuration::from_secs(stop.arrival.0),
                        collect: ledger::owed(tx, order.id)?,
                        visited: None,
                    })
                })
                .collect::<Result<Vec<_>, Error>>()?;
            let round = Round {
                id: RoundId::new(now, entropy()),
                date,
                number,
                volunteer: volunteer.id,
                state: RoundState::Planned,
                depart_at,
                duration_s: u32::try_from(planned.duration.0).unwrap_or(u32::MAX),
                stops,
            };
            rounds::insert(tx, &round, now)?;
            papers::round(tx, &self.house, &calendar, &round, volunteer, now)?;
            kept.push(round);
        }
        days::ensure(tx, date)?;
        days::planned(tx, date, now)?;
        Ok(kept)
    }
}

/// Ready to be carried and not yet on its way.
fn is_waiting(order: &Order) -> bool {
    use crate::domain::OrderState::{Placed, Ready};
    matches!(order.state, Placed | Ready)
}

/// Volunteers on duty who have not left on a round of the date.
fn free_volunteers(db: &Connection, date: ServiceDate) -> Result<Vec<Volunteer>, Error> {
    let busy: Vec<_> = rounds::on(db, date)?
        .into_iter()
        .filter(|r| r.state != RoundState::Planned)
        .map(|r| r.volunteer)
        .collect();
    let mut volunteers = duty::on(db, date)?;
    volunteers.retain(|v| !busy.contains(&v.id));
    Ok(volunteers)
}

/// Takes back rounds that have not left, with their unprinted papers.
fn withdraw(tx: &Transaction<'_>, date: ServiceDate, now: Timestamp) -> Result<(), Error> {
    for round in rounds::on(tx, date)?.iter().filter(|r| r.state == RoundState::Planned) {
        rounds::set_state(tx, round.id, RoundState::Withdrawn, now)?;
        for job in print_jobs::on(tx, date)? {
            if job.round == Some(round.id) && job.state == PrintJobState::Queued {
                print_jobs::set_state(tx, job.id, PrintJobState::Superseded, now)?;
            }
        }
    }
    Ok(())
}

/// The compound on a delivery day, as the planner reads it.
pub fn estate_of<'a>(
    db: &Connection,
    house: &House,
    orders: impl Iterator<Item = &'a Order>,
    volunteers: &[Volunteer],
) -> Result<Estate, Error> {
    let nodes = buildings::nodes(db)?;
    let kitchen = nodes
        .iter()
        .find(|n| n.kind == crate::import::compound::NodeKind::Kitchen)
        .map(|n| i64::from(n.id))
        .ok_or_else(|| {
            Error::Planning("the compound has no kitchen; import its drawing first".into())
        })?;
    let rules = &house.settings.rounds;
    let mut deliveries = Vec::new();
    for order in orders {
        let Some(door) = &order.door else { continue };
        let noted = match order.resident {
            Some(id) => residents::get(db, id)?.is_some_and(|r| !r.door_note.is_empty()),
            None => false,
        };
        deliveries.push(Delivery {
            id: order.id.to_string(),
            building: door.building.clone(),
            // The planner counts floors from the ground, residents count them from one.
            floor: i64::from(door.floor) - 1,
            room: door.room(),
            meals: i64::from(order.portions.get()),
            service_s: i64::from(rules.door_s + if noted { rules.door_note_s } else { 0 }),
            ..Delivery::default()
        });
    }
    Ok(Estate {
        name: house.settings.name.clone(),
        timing: Timing::default(),
        kitchen,
        paths: Paths {
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
        },
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
        volunteers: volunteers
            .iter()
            .map(|v| Walker {
                id: v.badge.to_string(),
                capacity: v.capacity.into(),
                max_duration_s: v.max_round_s.into(),
                ..Walker::default()
            })
            .collect(),
        ..Estate::default()
    })
}

fn path_node(node: &crate::import::compound::PathNode) -> PathNode {
    use crate::import::compound::NodeKind as Drawn;
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
