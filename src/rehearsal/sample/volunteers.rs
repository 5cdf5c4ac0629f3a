//! Sixty people who carry: a leader for each building, party members and other neighbours.

use super::dice::Dice;
use super::made_at;
use super::names::{Who, full_name};
use crate::domain::{Volunteer, VolunteerId, VolunteerKind};
use crate::import::Compound;

/// How many volunteers the sample has.
const VOLUNTEERS: usize = 60;
/// How many of them are neighbours without an office.
const NEIGHBOURS: usize = 8;
/// The first badge.
const FIRST_BADGE: u32 = 101;

/// The volunteers of the sample; the first lead the buildings in their order.
pub fn volunteers(seed: u64, compound: &Compound) -> Vec<Volunteer> {
    let mut dice = Dice::new(seed, 3);
    // No PIN begins with 0, which a spreadsheet would drop.
    let mut pins: Vec<u32> = (1000..10_000).collect();
    dice.shuffle(&mut pins);
    let mut phones: Vec<u32> = (0..10_000).collect();
    dice.shuffle(&mut phones);
    (0..VOLUNTEERS)
        .map(|nth| {
            let leads = compound.buildings.get(nth).map(|b| b.number.clone());
            let who = Who::of(&mut dice);
            Volunteer {
                id: VolunteerId::new(made_at(), dice.ten_bytes()),
                name: full_name(&mut dice, who),
                phone: format!("1390001{:04}", phones.pop().unwrap_or(0)),
                kind: match &leads {
                    Some(_) => VolunteerKind::BuildingLeader,
                    None if nth + NEIGHBOURS >= VOLUNTEERS => VolunteerKind::Neighbour,
                    None => VolunteerKind::PartyMember,
                },
                leads,
                badge: FIRST_BADGE + nth as u32,
                pin: pins.pop().unwrap_or(1000).to_string(),
                capacity: dice.between(8, 14) as u16,
                max_round_s: dice.between(35, 45) as u32 * 60,
                climbs: true,
                home_building: None,
                max_trips: 1,
            }
        })
        .collect()
}
