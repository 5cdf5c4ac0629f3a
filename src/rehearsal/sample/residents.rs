//! About two thousand people who eat at the clubhouse, at the doors of the sample compound.

use super::dice::Dice;
use super::names::{Who, full_name, rare_name};
use super::{made_at, notes};
use crate::domain::{Allergen, Category, Door, Preferences, Resident, ResidentId};
use crate::import::Compound;

/// How many residents the sample has, if the compound has the doors for them.
const RESIDENTS: usize = 2000;

/// What people do not eat, the frequent things first and most often.
const ALLERGIES: [&[Allergen]; 14] = [
    &[Allergen::Pork],
    &[Allergen::Pork],
    &[Allergen::Pork],
    &[Allergen::Shellfish],
    &[Allergen::Shellfish],
    &[Allergen::Fish],
    &[Allergen::Fish, Allergen::Shellfish],
    &[Allergen::Peanut],
    &[Allergen::Egg],
    &[Allergen::Milk],
    &[Allergen::Beef],
    &[Allergen::Gluten],
    &[Allergen::Peanut, Allergen::Sesame],
    &[Allergen::Soya],
];

/// The residents of the sample, in order of their doors; in about a quarter of the households two
/// of them live behind one door.
pub fn residents(seed: u64, compound: &Compound) -> Vec<Resident> {
    let mut dice = Dice::new(seed, 2);
    let mut phones: Vec<u32> = (0..10_000).collect();
    dice.shuffle(&mut phones);
    let mut residents: Vec<Resident> = Vec::with_capacity(RESIDENTS);
    for (door, two) in households(&mut dice, compound) {
        let who = Who::of(&mut dice);
        for who in [who, who.other()].into_iter().take(if two { 2 } else { 1 }) {
            // Every telephone number is drawn once, so last digits differ behind every door.
            let phone = phones.pop().unwrap_or(0);
            let name = full_name(&mut dice, who);
            let name = rare_name(residents.len()).map_or(name, str::to_owned);
            residents.push(resident(&mut dice, name, door.clone(), phone));
        }
    }
    residents
}

/// The doors that order, and whether two people live there.
fn households(dice: &mut Dice, compound: &Compound) -> Vec<(Door, bool)> {
    let mut doors = Vec::new();
    for (at, b) in compound.buildings.iter().enumerate() {
        for floor in b.first_flat_floor..=b.floors {
            for flat in 1..=b.flats_per_floor {
                doors.push((at, Door { building: b.number.clone(), floor, flat }));
            }
        }
    }
    dice.shuffle(&mut doors);
    let mut people = 0;
    let mut chosen = Vec::new();
    for (at, door) in doors {
        if people >= RESIDENTS {
            break;
        }
        let two = people + 1 < RESIDENTS && dice.chance(25);
        people += if two { 2 } else { 1 };
        chosen.push((at, door, two));
    }
    // As the file is kept at the desk: building by building in the compound's order.
    chosen.sort_by_key(|(at, door, _)| (*at, door.floor, door.flat));
    chosen.into_iter().map(|(_, door, two)| (door, two)).collect()
}

fn resident(dice: &mut Dice, name: String, door: Door, phone: u32) -> Resident {
    let category = match dice.below(100) {
        0..70 => Category::Senior,
        70..80 => Category::Hardship,
        80..83 => Category::Volunteer,
        _ => Category::Guest,
    };
    let allergies = if dice.chance(12) { dice.pick(&ALLERGIES).to_vec() } else { Vec::new() };
    let old = matches!(category, Category::Senior | Category::Hardship);
    let usual = Preferences {
        less_salt: dice.chance(if old { 30 } else { 8 }),
        softer: dice.chance(if old { 18 } else { 2 }),
        less_rice: dice.chance(15),
        // Who eats no pork always takes the other dish.
        substitute: allergies.contains(&Allergen::Pork),
        note: if dice.chance(4) { dice.pick(&notes::KITCHEN).to_owned() } else { String::new() },
    };
    let door_note =
        if dice.chance(10) { dice.pick(&notes::DOOR).to_owned() } else { String::new() };
    Resident {
        id: ResidentId::new(made_at(), dice.ten_bytes()),
        name,
        door,
        phone: format!("1390000{phone:04}"),
        category,
        allergies,
        usual,
        door_note,
        eat_by: None,
    }
}
