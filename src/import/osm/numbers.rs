//! What people call a building, and how large its tags say it is.

use super::elements::Tags;
use super::meaning::Assumed;
use crate::domain::Building;
use crate::import::compound::{MAX_FLATS, MAX_FLOORS};
use crate::import::text::half_width;

/// What stands after a building's number on its plate.
const AFTER: [&str; 6] = ["号楼", "号", "栋", "幢", "楼", "座"];
/// Above so many floors a block has a lift, as the building code asks for (GB 50096: seven).
const STAIRS_UP_TO: u8 = 6;
/// Flats on a floor where nothing is known: two a stair, as most six-floor blocks have.
const FLATS: u8 = 2;
/// Floors where nothing is known.
const FLOORS: u8 = 6;

/// The number of a building or an entrance: its house number, reference, or a name that is nothing else.
pub(super) fn number(tags: &Tags) -> Option<String> {
    let plate = ["addr:housenumber", "ref"].iter().find_map(|key| tags.get(*key));
    if let Some(number) = plate.and_then(|text| plain(text)) {
        return Some(number);
    }
    let name = half_width(tags.get("name")?);
    let named = AFTER.iter().any(|after| name.trim().ends_with(after));
    plain(&name).filter(|number| {
        named && number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 5
    })
}

/// Where a building stands in a list: by the number it begins with, then by its letters.
pub(super) fn order(number: &str) -> (u32, String) {
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(u32::MAX), number.to_owned())
}

/// A number without what stands after it: `12号楼` is `12`.
fn plain(text: &str) -> Option<String> {
    let text = half_width(text);
    let text = text.trim();
    let bare = AFTER.iter().find_map(|after| text.strip_suffix(after)).unwrap_or(text).trim();
    let fit = (1..=40).contains(&bare.chars().count()) && !bare.chars().any(char::is_control);
    fit.then(|| bare.to_owned())
}

/// A building by its tags, then by what is known of it, then by a guess that is told.
pub(super) fn building(
    number: &str,
    tags: &Tags,
    known: Option<&Building>,
) -> (Building, Vec<Assumed>) {
    let mut assumed = Vec::new();
    let mut or = |told: Option<u8>, kept: Option<u8>, guess: u8, what: fn(u8) -> Assumed| {
        told.or(kept).unwrap_or_else(|| {
            assumed.push(what(guess));
            guess
        })
    };
    let count = |key: &str| tags.get(key).and_then(|text| whole(text));
    let fits = |most: u8| move |n: &u32| (1..=u32::from(most)).contains(n);
    let told = count("building:levels").filter(fits(MAX_FLOORS)).map(|n| n as u8);
    let floors = or(told, known.map(|b| b.floors), FLOORS, Assumed::Floors);
    let first_flat_floor = known.map_or(1, |b| b.first_flat_floor).min(floors);
    let each = count("building:flats").map(|all| all.div_ceil(u32::from(floors)));
    let told = each.filter(fits(MAX_FLATS)).map(|n| n as u8);
    let flats_per_floor = or(told, known.map(|b| b.flats_per_floor), FLATS, Assumed::Flats);
    let told = match tags.get("elevator").or_else(|| tags.get("building:elevator")) {
        Some(text) if text == "yes" => Some(1),
        Some(text) if text == "no" => Some(0),
        Some(text) => whole(text).filter(|n| *n <= 50).map(|n| n as u8),
        None => None,
    };
    let guess = u8::from(floors > STAIRS_UP_TO);
    let lifts = or(told, known.map(|b| b.lifts), guess, Assumed::Lifts);
    let name = known.map(|b| b.name.clone()).unwrap_or_default();
    let number = number.to_owned();
    let building =
        Building { number, name, entrance: 0, floors, first_flat_floor, flats_per_floor, lifts };
    (building, assumed)
}

/// A whole number; `6.5` floors are 6.
fn whole(text: &str) -> Option<u32> {
    half_width(text).trim().split('.').next()?.parse().ok()
}
