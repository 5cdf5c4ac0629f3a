//! A new drawing of the compound, mended step by step and put in use as a whole.

use serde::Serialize;
use serde_json::json;

use super::Registry;
use crate::domain::{Account, Building, Door, RoundState};
use crate::error::Error;
use crate::import::compound::to_decimetres;
use crate::import::{Compound, CompoundError, NodeKind, PathEdge, PathNode};
use crate::store::drafts::{self, Draft};
use crate::store::{StoreError, audit, buildings, orders, residents, rounds};

/// A change of a draft. Points are those that the large map numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mend {
    /// A path between two points, as long as they lie apart.
    Join {
        /// One end.
        a: u32,
        /// The other end.
        b: u32,
        /// Whether it has steps.
        steps: bool,
    },
    /// A new point, so far from another one, with a path between the two.
    Point {
        /// The other one.
        from: u32,
        /// Metres to the east of it; negative to the west.
        east_m: i32,
        /// Metres to the north of it; negative to the south.
        north_m: i32,
    },
    /// No path between two points any more.
    Cut {
        /// One end.
        a: u32,
        /// The other end.
        b: u32,
    },
    /// The entrance of a building is at this point.
    Entrance {
        /// The building's number.
        building: String,
        /// Where.
        point: u32,
    },
    /// The kitchen is at this point.
    Kitchen {
        /// Where.
        point: u32,
    },
    /// What a building is like.
    Shape(Building),
}

/// Why a draft stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// There is none, or somebody changed it since it was seen.
    #[error("the draft was changed meanwhile, or there is none any more")]
    Stale,
    /// There is no such point.
    #[error("there is no point {0}")]
    NoPoint(u32),
    /// There is no such building in the draft.
    #[error("there is no building {0} in the draft")]
    NoBuilding(String),
    /// No path between the two.
    #[error("there is no path between these two points")]
    NoPath,
    /// The two have a path already.
    #[error("there is a path between these two points already")]
    Joined,
    /// What would come of it can't be walked or names something twice.
    #[error(transparent)]
    Compound(#[from] CompoundError),
    /// People live where the drawing has no door: buildings with the number of people.
    #[error("people live where the drawing has no door")]
    Doors(Vec<(String, usize)>),
    /// Rounds are under way or planned on the compound in use.
    #[error("rounds of today are planned; put the drawing in use after the day's work")]
    Rounds,
    /// The database failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<StoreError> for DraftError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Registry {
    /// The draft, if there is one.
    pub fn draft(&self) -> Result<Option<Draft>, StoreError> {
        self.house.store.read(drafts::newest)
    }

    /// Begins a draft with a drawing; one that lay there gives way and can't be had back.
    pub fn begin_draft(
        &self,
        who: &Account,
        compound: &Compound,
        remarks: &[String],
    ) -> Result<(), DraftError> {
        compound.check_parts()?;
        self.house.store.write(|tx| {
            let now = self.house.clock.now();
            drafts::clear(tx)?;
            drafts::add(tx, compound, remarks, &who.name, now)?;
            let detail = json!({ "buildings": compound.buildings.len() });
            Ok(audit::changed(tx, &who.name, "compound.drawn", "", &detail, now)?)
        })
    }

    /// Changes the draft that was seen as `version`.
    pub fn mend_draft(&self, who: &Account, version: i64, mend: &Mend) -> Result<(), DraftError> {
        self.house.store.write(|tx| {
            let draft = seen(drafts::newest(tx)?, version)?;
            let compound = mended(draft.compound, mend)?;
            compound.check_parts()?;
            let now = self.house.clock.now();
            drafts::add(tx, &compound, &draft.remarks, &who.name, now)?;
            let detail = json!(mend);
            Ok(audit::changed(tx, &who.name, "compound.mended", "", &detail, now)?)
        })
    }

    /// Takes the last change back.
    pub fn undo_draft(&self, who: &Account, version: i64) -> Result<(), DraftError> {
        self.house.store.write(|tx| {
            let draft = seen(drafts::newest(tx)?, version)?;
            if !draft.changed {
                return Err(DraftError::Stale);
            }
            drafts::undo(tx, version)?;
            let now = self.house.clock.now();
            Ok(audit::changed(tx, &who.name, "compound.undone", "", &json!({}), now)?)
        })
    }

    /// Drops the draft; the compound in use stays.
    pub fn drop_draft(&self, who: &Account, version: i64) -> Result<(), DraftError> {
        self.house.store.write(|tx| {
            seen(drafts::newest(tx)?, version)?;
            drafts::clear(tx)?;
            let now = self.house.clock.now();
            Ok(audit::changed(tx, &who.name, "compound.dropped", "", &json!({}), now)?)
        })
    }

    /// Puts the draft in use, as a whole: every building can be reached, nobody loses the door, and
    /// no round of today walks on the old one.
    pub fn use_draft(&self, who: &Account, version: i64) -> Result<(), DraftError> {
        self.house.store.write(|tx| {
            let compound = seen(drafts::newest(tx)?, version)?.compound;
            compound.check()?;
            let now = self.house.clock.now();
            let calendar = self.house.calendar(tx)?;
            let today = calendar.today(now);
            let under_way = |state| matches!(state, RoundState::Planned | RoundState::Out);
            if rounds::on(tx, today)?.iter().any(|round| under_way(round.state)) {
                return Err(DraftError::Rounds);
            }
            let mut doors: Vec<(String, usize)> = Vec::new();
            let mut needed: Vec<Door> = residents::all(tx)?.into_iter().map(|r| r.door).collect();
            // Whoever was archived may still wait for lunch.
            for date in (0..=i64::from(calendar.times.days_ahead)).map(|days| today.plus_days(days))
            {
                let coming = orders::on(tx, date)?.into_iter().filter(|o| !o.state.is_final());
                for door in coming.filter_map(|o| o.door) {
                    if !needed.contains(&door) {
                        needed.push(door);
                    }
                }
            }
            for door in needed {
                let there = compound.buildings.iter().find(|b| b.number == door.building);
                if there.is_some_and(|b| b.has(door.floor, door.flat)) {
                    continue;
                }
                match doors.iter_mut().find(|(building, _)| *building == door.building) {
                    Some((_, people)) => *people += 1,
                    None => doors.push((door.building, 1)),
                }
            }
            if !doors.is_empty() {
                return Err(DraftError::Doors(doors));
            }
            buildings::replace(tx, &compound)?;
            drafts::clear(tx)?;
            let detail = json!({ "buildings": compound.buildings.len() });
            Ok(audit::changed(tx, &who.name, "compound.in_use", "", &detail, now)?)
        })
    }
}

fn seen(draft: Option<Draft>, version: i64) -> Result<Draft, DraftError> {
    draft.filter(|draft| draft.version == version).ok_or(DraftError::Stale)
}

/// What stands at a point once something has left it: a door if it is somebody's, or nothing.
fn settle(compound: &mut Compound, point: u32) {
    let door = compound.buildings.iter().any(|b| b.entrance == point);
    let kept = compound.nodes.iter_mut().find(|n| n.id == point && n.kind != NodeKind::Kitchen);
    if let Some(node) = kept {
        node.kind = if door { NodeKind::Entrance } else { NodeKind::Junction };
    }
}

fn mended(mut compound: Compound, mend: &Mend) -> Result<Compound, DraftError> {
    let between = |e: &PathEdge, a, b| (e.a, e.b) == (a, b) || (e.a, e.b) == (b, a);
    let place = |compound: &Compound, point: u32| {
        let node = compound.nodes.iter().position(|n| n.id == point);
        node.ok_or(DraftError::NoPoint(point))
    };
    match mend {
        &Mend::Point { from, east_m, north_m } => {
            let from_node = compound.nodes[place(&compound, from)?];
            let id = compound.nodes.iter().map(|n| n.id).max().unwrap_or(0).saturating_add(1);
            compound.nodes.push(PathNode {
                id,
                x_mm: from_node.x_mm + i64::from(east_m) * 1000,
                y_mm: from_node.y_mm + i64::from(north_m) * 1000,
                kind: NodeKind::Junction,
            });
            return mended(compound, &Mend::Join { a: from, b: id, steps: false });
        }
        &Mend::Join { a, b, steps } => {
            let (from, to) = (place(&compound, a)?, place(&compound, b)?);
            if compound.edges.iter().any(|e| between(e, a, b)) {
                return Err(DraftError::Joined);
            }
            let (from, to) = (&compound.nodes[from], &compound.nodes[to]);
            let (east, north) = ((from.x_mm - to.x_mm) as f64, (from.y_mm - to.y_mm) as f64);
            let metres = east.hypot(north) / 1000.0;
            let decimetres = to_decimetres(metres).ok_or_else(|| CompoundError::Length {
                a: a.into(),
                b: b.into(),
                metres: format!("{metres:.1}"),
            })?;
            compound.edges.push(PathEdge { a, b, decimetres, steps });
        }
        &Mend::Cut { a, b } => {
            let before = compound.edges.len();
            compound.edges.retain(|e| !between(e, a, b));
            if compound.edges.len() == before {
                return Err(DraftError::NoPath);
            }
        }
        Mend::Entrance { building, point } => {
            let node = place(&compound, *point)?;
            let found = compound.buildings.iter_mut().find(|b| b.number == *building);
            let found = found.ok_or_else(|| DraftError::NoBuilding(building.clone()))?;
            let old = std::mem::replace(&mut found.entrance, *point);
            settle(&mut compound, old);
            if compound.nodes[node].kind == NodeKind::Junction {
                compound.nodes[node].kind = NodeKind::Entrance;
            }
        }
        &Mend::Kitchen { point } => {
            let (old, new) = (place(&compound, compound.kitchen)?, place(&compound, point)?);
            let left = compound.nodes[old].id;
            compound.nodes[old].kind = NodeKind::Junction;
            compound.nodes[new].kind = NodeKind::Kitchen;
            compound.kitchen = point;
            settle(&mut compound, left);
        }
        Mend::Shape(shape) => {
            let found = compound.buildings.iter_mut().find(|b| b.number == shape.number);
            let found = found.ok_or_else(|| DraftError::NoBuilding(shape.number.clone()))?;
            *found =
                Building { entrance: found.entrance, name: found.name.clone(), ..shape.clone() };
        }
    }
    Ok(compound)
}
