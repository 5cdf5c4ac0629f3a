//! Everything a clubhouse without residents and devices needs: the sample compound, the played
//! lunch and the device dock.

pub mod dock;
pub mod lunch;
mod map;
pub mod sample;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::counter::Counter;
use crate::domain::{Allergen, Category, Fen, PaymentMethod, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::registry::Registry;

/// Days ahead for which the sample's menus are written.
const MENU_DAYS: i64 = 35;

/// Fills an empty clubhouse with the sample compound, its people and the menus of five weeks.
pub fn furnish(house: &House) -> Result<(), Error> {
    let registry = Registry::new(house.clone());
    let compound = sample::compound(sample::SEED);
    registry.put_compound(&compound)?;
    registry.put_residents(&sample::residents(sample::SEED, &compound))?;
    registry.put_volunteers(&sample::volunteers(sample::SEED, &compound))?;
    let counter = Counter::new(house.clone());
    let today = counter.calendar()?.today(house.clock.now());
    let week = sample::week();
    let menus: Vec<_> = (0..MENU_DAYS)
        .filter_map(|days| week.menu_for(ServiceDate(today.plus_days(days).0)))
        .collect();
    counter.write_menus(&menus, &BTreeMap::<Date, String>::new())
}

/// Residents of different kinds, each with a new card: how they are called on the dock, and the
/// card's text.
pub fn sample_cards(house: &House) -> Result<Vec<(String, String)>, Error> {
    let counter = Counter::new(house.clone());
    let residents = Registry::new(house.clone()).residents()?;
    let plain = residents.iter().find(|r| r.allergies.is_empty() && r.category == Category::Senior);
    let careful = residents.iter().find(|r| r.allergies.contains(&Allergen::Pork));
    let supported = residents.iter().find(|r| r.category == Category::Hardship);
    let mut cards = Vec::new();
    for (kind, resident) in [("老年餐", plain), ("忌猪肉", careful), ("困难补助", supported)]
    {
        let Some(resident) = resident else { continue };
        if counter.balance(resident.id)? == Fen::ZERO {
            counter.top_up(resident.id, Fen::yuan(200), PaymentMethod::Other)?;
        }
        let label = format!("{} {} {kind}", resident.masked_name(), resident.door);
        cards.push((label, counter.issue_card(resident.id)?));
    }
    Ok(cards)
}
