//! Residents and volunteers from tables.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Failure;
use super::{Changes, Input};
use crate::domain::{Door, Resident, ResidentId, Volunteer, VolunteerId};
use crate::house::{House, entropy};
use crate::import::{read_residents, read_volunteers};
use crate::registry::Registry;

/// Adds and updates residents.
pub fn residents(house: &House, file: &Input) -> Result<(), Failure> {
    let registry = Registry::new(house.clone());
    let buildings = registry.buildings()?;
    if buildings.is_empty() {
        return Err(Failure::input(
            "there is no compound yet; read its drawing first with “import compound”",
        ));
    }
    let mut fresh = BTreeSet::new();
    let now = house.clock.now();
    let mut list = read_residents(&file.bytes, &buildings, || {
        let id = ResidentId::new(now, entropy());
        fresh.insert(id);
        id
    })
    .map_err(|e| file.wrong_table(&e))?;
    let before = registry.residents()?;
    recognise(&mut list, &fresh, &before);
    let known: BTreeMap<ResidentId, &Resident> = before.iter().map(|r| (r.id, r)).collect();
    let mut changes = Changes::default();
    for resident in &list {
        changes.count(known.get(&resident.id).copied(), resident);
    }
    changes.kept = before.len() - changes.changed - changes.same;
    if !file.dry_run {
        registry.put_residents(&list)?;
    }
    changes.say("residents");
    Ok(())
}

/// Gives people without an id the one under which they are on record, so that a list that is read
/// twice makes nobody twice. Only a door and a name that fit one person on record do.
fn recognise(list: &mut [Resident], fresh: &BTreeSet<ResidentId>, before: &[Resident]) {
    let mut taken: BTreeSet<ResidentId> = list.iter().map(|r| r.id).collect();
    let mut on_record: BTreeMap<(&Door, &str), Vec<&Resident>> = BTreeMap::new();
    for resident in before {
        on_record.entry((&resident.door, &resident.name)).or_default().push(resident);
    }
    for resident in list.iter_mut().filter(|r| fresh.contains(&r.id)) {
        let same =
            on_record.get(&(&resident.door, resident.name.as_str())).map_or(&[][..], Vec::as_slice);
        let mut free = same.iter().filter(|r| !taken.contains(&r.id));
        let by_phone = free.clone().find(|r| r.phone == resident.phone);
        let only = match (free.next(), free.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        };
        if let Some(found) = by_phone.or(only) {
            taken.insert(found.id);
            resident.id = found.id;
        }
    }
}

/// Adds and updates volunteers.
pub fn volunteers(house: &House, file: &Input) -> Result<(), Failure> {
    let registry = Registry::new(house.clone());
    let now = house.clock.now();
    let buildings = registry.buildings()?;
    let mut list = read_volunteers(&file.bytes, &buildings, || VolunteerId::new(now, entropy()))
        .map_err(|e| file.wrong_table(&e))?;
    let before = registry.volunteers()?;
    let mut changes = Changes::default();
    for volunteer in &mut list {
        let by_badge = before.iter().find(|v| v.badge == volunteer.badge);
        let by_id = before.iter().find(|v| v.id == volunteer.id);
        let old = same_person(file, volunteer, by_id, by_badge)?;
        if let Some(old) = old {
            volunteer.id = old.id;
        }
        changes.count(old, volunteer);
    }
    changes.kept = before.len() - changes.changed - changes.same;
    if !file.dry_run {
        registry.put_volunteers(&list)?;
    }
    changes.say("volunteers");
    Ok(())
}

/// Who of those on record a row is about. A badge goes from one person to another in two steps
/// only: past rounds hang on the person, not on the number.
fn same_person<'a>(
    file: &Input,
    row: &Volunteer,
    by_id: Option<&'a Volunteer>,
    by_badge: Option<&'a Volunteer>,
) -> Result<Option<&'a Volunteer>, Failure> {
    match (by_id, by_badge) {
        (Some(known), Some(wearer)) if known.id != wearer.id => Err(file.wrong(&format!(
            "badge {} is worn by somebody else on record; give that person another badge first",
            row.badge
        ))),
        (Some(known), _) => Ok(Some(known)),
        (None, wearer) => Ok(wearer),
    }
}
