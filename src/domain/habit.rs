//! As last time: what a resident usually orders, fitted to what a date still allows.

use super::menu::{Allergen, Menu};
use super::order::{Fulfilment, Order, Portions, Preferences};
use super::resident::Resident;

/// What a resident usually orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habit {
    /// The way of eating.
    pub fulfilment: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// What is done differently, without the desk's note.
    pub preferences: Preferences,
}

impl Habit {
    /// The habit of a resident: their last order or, before there is one, what the desk wrote down
    /// as usual; none where neither says anything.
    pub fn of(resident: &Resident, last: Option<&Order>) -> Option<Self> {
        let plain = |p: &Preferences| Preferences { note: String::new(), ..p.clone() };
        match last {
            Some(order) => Some(Self {
                fulfilment: order.fulfilment,
                portions: order.portions,
                preferences: Preferences {
                    // Where an allergy asked for the substitute, each menu is asked anew.
                    substitute: order.preferences.substitute && order.allergies.is_empty(),
                    ..plain(&order.preferences)
                },
            }),
            None if plain(&resident.usual).is_plain() => None,
            None => Some(Self {
                fulfilment: Fulfilment::EatIn,
                portions: Portions::ONE,
                preferences: plain(&resident.usual),
            }),
        }
    }
}

/// What a date still allows.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    /// The menu of the date.
    pub menu: &'a Menu,
    /// Portions still for sale.
    pub left: u32,
    /// The ways of eating that can still be ordered.
    pub ways: &'a [Fulfilment],
    /// What the eater must not be served.
    pub allergies: &'a [Allergen],
}

/// What a date allows of a habit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The way of eating.
    pub fulfilment: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// What is done differently.
    pub preferences: Preferences,
    /// What is not as last time.
    pub differs: Vec<Difference>,
}

/// Something that is not as last time, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// That way is over for the date; another one stands in.
    Way(Fulfilment),
    /// No more than this many are left.
    Fewer(u8),
    /// The menu has no substitute dish.
    NoSubstitute,
    /// The substitute dish stands in for what the eater must not be served.
    Substitute,
}

/// Why a date allows nothing of a habit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// Ordering is over.
    Over,
    /// Nothing is left.
    SoldOut,
    /// The day's lunch is not sold to the eater's price group.
    NotSold,
    /// The eater must not be served this menu.
    Allergy(Vec<Allergen>),
}

/// The preferences as a menu and the eater's allergies allow them, with what is not as wished.
pub fn suited(
    menu: &Menu,
    allergies: &[Allergen],
    wished: &Preferences,
) -> Result<(Preferences, Option<Difference>), Unfit> {
    let mut preferences = wished.clone();
    let mut differs = None;
    if preferences.substitute && menu.substitutable().is_none() {
        preferences.substitute = false;
        differs = Some(Difference::NoSubstitute);
    }
    let clashes = menu.clashes(allergies, preferences.substitute);
    if clashes.is_empty() {
        return Ok((preferences, differs));
    }
    if !preferences.substitute && menu.clashes(allergies, true).is_empty() {
        preferences.substitute = true;
        return Ok((preferences, Some(Difference::Substitute)));
    }
    Err(Unfit::Allergy(clashes))
}

/// Fits a habit to what a date still allows.
pub fn propose(habit: &Habit, offer: Offer<'_>) -> Result<Proposal, Unfit> {
    let mut differs = Vec::new();
    let fulfilment = if offer.ways.contains(&habit.fulfilment) {
        habit.fulfilment
    } else {
        // Who had it carried home would rather fetch it than sit down.
        let instead = [Fulfilment::TakeAway, Fulfilment::EatIn, Fulfilment::Delivery]
            .into_iter()
            .find(|way| offer.ways.contains(way))
            .ok_or(Unfit::Over)?;
        differs.push(Difference::Way(habit.fulfilment));
        instead
    };
    let most = u8::try_from(offer.left).unwrap_or(u8::MAX);
    let Ok(portions) = Portions::new(most.min(habit.portions.get())) else {
        return Err(Unfit::SoldOut);
    };
    if portions < habit.portions {
        differs.push(Difference::Fewer(portions.get()));
    }
    let (preferences, other) = suited(offer.menu, offer.allergies, &habit.preferences)?;
    differs.extend(other);
    Ok(Proposal { fulfilment, portions, preferences, differs })
}
