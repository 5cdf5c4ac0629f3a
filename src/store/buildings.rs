//! Buildings and the footpaths between them.

use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::convert::parsed;
use crate::domain::Building;
use crate::import::compound::{Compound, PathEdge, PathNode};

/// Replaces the footpaths and adds or updates the buildings.
///
/// A building that is gone from the new drawing stays while residents, a leader or orders name it.
pub fn replace(tx: &Transaction<'_>, compound: &Compound) -> Result<(), StoreError> {
    // Entrances of kept buildings are set anew below, so the references are checked at the end.
    tx.pragma_update(None, "defer_foreign_keys", "ON")?;
    tx.execute("DELETE FROM path_edges", [])?;
    tx.execute("DELETE FROM path_nodes", [])?;
    let mut node =
        tx.prepare("INSERT INTO path_nodes (id, x_mm, y_mm, kind) VALUES (?1, ?2, ?3, ?4)")?;
    for n in &compound.nodes {
        node.execute(params![n.id, n.x_mm, n.y_mm, n.kind.as_str()])?;
    }
    let mut edge =
        tx.prepare("INSERT INTO path_edges (a, b, decimetres, steps) VALUES (?1, ?2, ?3, ?4)")?;
    for e in &compound.edges {
        edge.execute(params![e.a, e.b, e.decimetres, e.steps])?;
    }
    tx.execute(
        "DELETE FROM buildings WHERE number NOT IN (SELECT building FROM residents)
            AND number NOT IN (SELECT leads FROM volunteers WHERE leads IS NOT NULL)
            AND number NOT IN (SELECT home_building FROM volunteers WHERE home_building IS NOT NULL)
            AND number NOT IN (SELECT building FROM lifts_out)
            AND number NOT IN (SELECT building FROM orders WHERE building IS NOT NULL)",
        [],
    )?;
    // What is kept without being drawn has no entrance any more; its old node may be another place
    // now. Until it is drawn again, the kitchen's door stands in.
    tx.execute("UPDATE buildings SET entrance = ?1", [compound.kitchen])?;
    let mut building = tx.prepare(
        "INSERT INTO buildings (number, position, name, entrance, floors, first_flat_floor, flats_per_floor, lifts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, name = excluded.name,
            entrance = excluded.entrance, floors = excluded.floors,
            first_flat_floor = excluded.first_flat_floor, flats_per_floor = excluded.flats_per_floor,
            lifts = excluded.lifts",
    )?;
    for (b, position) in compound.buildings.iter().zip(0_i64..) {
        building.execute(params![
            b.number,
            position,
            b.name,
            b.entrance,
            b.floors,
            b.first_flat_floor,
            b.flats_per_floor,
            b.lifts
        ])?;
    }
    Ok(())
}

/// All buildings, in the order of the drawing.
pub fn all(db: &Connection) -> Result<Vec<Building>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM buildings ORDER BY position, number")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One building.
pub fn get(db: &Connection, number: &str) -> Result<Option<Building>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM buildings WHERE number = ?1")?;
    let mut rows = statement.query_map([number], read)?;
    Ok(rows.next().transpose()?)
}

/// Sets what the neighbours call a building.
pub fn set_name(tx: &Transaction<'_>, number: &str, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE buildings SET name = ?2 WHERE number = ?1")?
        .execute(params![number, name])?;
    Ok(())
}

/// Junctions, entrances and the kitchen.
pub fn nodes(db: &Connection) -> Result<Vec<PathNode>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id, x_mm, y_mm, kind FROM path_nodes ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(PathNode {
            id: row.get("id")?,
            x_mm: row.get("x_mm")?,
            y_mm: row.get("y_mm")?,
            kind: parsed(row, "kind")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Footpaths.
pub fn edges(db: &Connection) -> Result<Vec<PathEdge>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT a, b, decimetres, steps FROM path_edges ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(PathEdge {
            a: row.get("a")?,
            b: row.get("b")?,
            decimetres: row.get("decimetres")?,
            steps: row.get("steps")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Building> {
    Ok(Building {
        number: row.get("number")?,
        name: row.get("name")?,
        entrance: row.get("entrance")?,
        floors: row.get("floors")?,
        first_flat_floor: row.get("first_flat_floor")?,
        flats_per_floor: row.get("flats_per_floor")?,
        lifts: row.get("lifts")?,
    })
}
