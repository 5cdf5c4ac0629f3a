//! Made-up compounds to plan for: seeded, of the five sizes the planner is measured at.
//!
//! A lattice of footpaths with some left out, 27 towers and 6 walk-ups at its crossings, the kitchen
//! in the middle. A few *senior blocks* have most of the deliveries, as in a real compound.

use std::collections::BTreeSet;

use clubhouse_kiosk::routing::estate::{
    Building, Delivery, Estate, NodeKind, PathEdge, PathNode, Paths, Timing, Volunteer,
};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// Crossings across and down, and metres between them.
const ACROSS: i64 = 8;
const DOWN: i64 = 7;
const GRID_M: f64 = 48.0;

/// One size of day.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// What it is called in tables.
    pub name: &'static str,
    /// Doors.
    pub doors: usize,
    /// Volunteers.
    pub volunteers: usize,
    /// Longest round in seconds.
    pub longest_s: i64,
}

/// From a quiet day to a compound that is delivered whole.
pub const SIZES: [Size; 5] = [
    Size { name: "S", doors: 25, volunteers: 4, longest_s: 2400 },
    Size { name: "M", doors: 80, volunteers: 10, longest_s: 2100 },
    Size { name: "L", doors: 300, volunteers: 35, longest_s: 1800 },
    Size { name: "XL", doors: 1000, volunteers: 110, longest_s: 1800 },
    Size { name: "XXL", doors: 2500, volunteers: 270, longest_s: 1800 },
];

struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// A whole number from `least` to `most`.
    fn whole(&mut self, least: i64, most: i64) -> i64 {
        least + (self.0.next_u64() % (most - least + 1).unsigned_abs()) as i64
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.0.next_u64() % 100 < percent
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.whole(0, last as i64) as usize);
        }
    }
}

/// A day of this size in the compound of this seed.
pub fn estate(size: Size, seed: u64) -> Estate {
    let mut dice = Dice(Xoshiro256PlusPlus::seed_from_u64(seed));
    let mut crossings: Vec<i64> = (0..ACROSS * DOWN).collect();
    let kitchen = ACROSS * (DOWN / 2) + ACROSS / 2;
    crossings.remove(kitchen as usize);
    dice.shuffle(&mut crossings);
    let buildings = buildings(&mut dice, &crossings[..33]);
    let deliveries = deliveries(&mut dice, &buildings, size.doors);
    let meals: i64 = deliveries.iter().map(|d| d.meals).sum();
    let mut volunteers: Vec<Volunteer> = (1..=size.volunteers)
        .map(|n| Volunteer {
            id: format!("V{n:03}"),
            capacity: dice.whole(8, 14),
            max_duration_s: size.longest_s,
            ..Volunteer::default()
        })
        .collect();
    // Tight, but enough: three per cent more room than meals.
    let mut at = 0;
    while volunteers.iter().map(|v| v.capacity).sum::<i64>() * 100 < meals * 103 {
        volunteers[at % size.volunteers].capacity += 1;
        at += 1;
    }
    Estate {
        name: format!("made-{}-{seed}", size.name),
        timing: Timing::default(),
        kitchen,
        paths: paths(&mut dice, kitchen),
        buildings,
        deliveries,
        volunteers,
        ..Estate::default()
    }
}

fn paths(dice: &mut Dice, kitchen: i64) -> Paths {
    let nodes = (0..ACROSS * DOWN)
        .map(|id| PathNode {
            id,
            x: (id % ACROSS) as f64 * GRID_M,
            y: (id / ACROSS) as f64 * GRID_M,
            kind: if id == kitchen { NodeKind::Kitchen } else { NodeKind::Junction },
        })
        .collect();
    let mut edges = Vec::new();
    for id in 0..ACROSS * DOWN {
        let mut path = |to: i64, kept: bool| {
            let metres = GRID_M + dice.whole(0, 120) as f64 / 10.0;
            if kept || dice.chance(60) {
                edges.push(PathEdge { a: id, b: to, metres, steps: !kept && dice.chance(12) });
            }
        };
        // Every row is a path and the first column joins them; the rest is there as often as not.
        if id % ACROSS + 1 < ACROSS {
            path(id + 1, true);
        }
        if id / ACROSS + 1 < DOWN {
            path(id + ACROSS, id % ACROSS == 0);
        }
    }
    Paths { nodes, edges }
}

fn buildings(dice: &mut Dice, crossings: &[i64]) -> Vec<Building> {
    crossings
        .iter()
        .enumerate()
        .map(|(i, &entrance)| {
            let tower = i < 27;
            Building {
                id: format!("B{:02}", i + 1),
                entrance,
                floors: if tower { dice.whole(20, 30) } else { 6 },
                lift: tower,
                lifts: i64::from(tower),
                flats_per_floor: 4,
            }
        })
        .collect()
}

fn deliveries(dice: &mut Dice, buildings: &[Building], doors: usize) -> Vec<Delivery> {
    let mut blocks: Vec<usize> = (0..buildings.len()).collect();
    dice.shuffle(&mut blocks);
    let senior: BTreeSet<usize> = blocks[..(3 + doors / 100).min(10)].iter().copied().collect();
    let mut flats = Vec::new();
    for (at, building) in buildings.iter().enumerate() {
        for floor in i64::from(building.lift)..building.floors {
            for flat in 0..building.flats_per_floor {
                // A flat in a senior block comes to the front seven times as readily.
                let draw = dice.whole(1, 1_000_000);
                flats.push((if senior.contains(&at) { draw / 7 } else { draw }, at, floor, flat));
            }
        }
    }
    flats.sort_unstable();
    flats.truncate(doors);
    dice.shuffle(&mut flats);
    flats
        .into_iter()
        .enumerate()
        .map(|(i, (_, at, floor, flat))| Delivery {
            id: format!("D{:04}", i + 1),
            building: buildings[at].id.clone(),
            floor,
            room: format!("{floor}{}", char::from(b'A' + flat as u8)),
            meals: if dice.chance(12) { 2 } else { 1 },
            service_s: if dice.chance(22) { dice.whole(80, 120) } else { dice.whole(45, 75) },
            ..Delivery::default()
        })
        .collect()
}
