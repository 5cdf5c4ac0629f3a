//! The compound from its drawing.

use super::super::Failure;
use super::{Changes, Input};
use crate::domain::Building;
use crate::house::House;
use crate::import::{Origin, is_osm, read_compound, read_osm};
use crate::registry::Registry;

/// Takes the drawing over, and says what it leaves behind.
pub fn import(house: &House, file: &Input, kitchen: Option<Origin>) -> Result<(), Failure> {
    let registry = Registry::new(house.clone());
    let before = registry.buildings()?;
    let (compound, remarks) = if is_osm(&file.bytes) {
        let read = read_osm(&file.bytes, kitchen, &before).map_err(|e| file.wrong(&e))?;
        (read.compound, read.remarks)
    } else if kitchen.is_some() {
        return Err(
            file.wrong(&"--kitchen is for extracts of OpenStreetMap; a drawing has its own")
        );
    } else {
        (read_compound(&file.bytes).map_err(|e| file.wrong(&e))?, Vec::new())
    };
    let residents = registry.residents()?;
    let drawn = |number: &str| compound.buildings.iter().find(|b| b.number == number);
    let lost: Vec<&Building> = before.iter().filter(|b| drawn(&b.number).is_none()).collect();
    if !file.dry_run {
        registry.put_compound(&compound)?;
    }

    let mut changes = Changes::default();
    for building in &compound.buildings {
        // Nodes are numbered anew by every drawing, so they say nothing about a change.
        let old = before
            .iter()
            .find(|b| b.number == building.number)
            .map(|b| Building { entrance: building.entrance, ..b.clone() });
        changes.count(old.as_ref(), building);
    }
    changes.say("buildings");
    say!("footpaths: {} between {} points", compound.edges.len(), compound.nodes.len());
    for remark in remarks {
        say!("look: {remark}");
    }
    for building in lost {
        let number = &building.number;
        let people = residents.iter().filter(|r| r.door.building == *number).count();
        if people > 0 {
            say!(
                "look: building {number} is not drawn any more, but {people} residents live there; it stays on record, and rounds take the kitchen's door for its entrance until it is drawn"
            );
        } else {
            say!("building {number} is not drawn any more");
        }
    }
    let doorless = residents
        .iter()
        .filter(|r| drawn(&r.door.building).is_some_and(|b| !b.has(r.door.floor, r.door.flat)))
        .count();
    if doorless > 0 {
        say!(
            "look: {doorless} residents live behind doors that their buildings no longer have; nothing can be delivered there"
        );
    }
    Ok(())
}
