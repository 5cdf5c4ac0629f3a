//! What an extract holds, whichever of its two forms it is in.

use std::collections::BTreeMap;

use super::OsmError;
use crate::import::Origin;

/// The most nodes, ways and relations together, and the most references of all ways.
const MAX_ELEMENTS: usize = 500_000;
const MAX_REFS: usize = 2_000_000;
/// The most tags of one element, and the most bytes of one key or value (`OpenStreetMap` allows 255
/// characters).
const MAX_TAGS: usize = 200;
const MAX_TEXT: usize = 1_020;

/// Tags of an element.
pub(super) type Tags = BTreeMap<String, String>;

/// A point.
pub(super) struct Node {
    pub at: Origin,
    pub tags: Tags,
}

/// A line or an outline.
pub(super) struct Way {
    pub id: i64,
    pub refs: Vec<i64>,
    pub tags: Tags,
}

/// A shape of several outlines; only the ways that are its outside are kept.
pub(super) struct Relation {
    pub id: i64,
    pub outer: Vec<i64>,
    pub tags: Tags,
}

/// Everything of an extract that is used.
#[derive(Default)]
pub(super) struct Elements {
    pub nodes: BTreeMap<i64, Node>,
    pub ways: Vec<Way>,
    pub relations: Vec<Relation>,
    refs: usize,
}

impl Elements {
    pub fn node(&mut self, id: i64, at: (f64, f64), tags: Tags) -> Result<(), OsmError> {
        self.room(0)?;
        let (lon, lat) = at;
        let at = Origin::new(lon, lat).ok_or(OsmError::Position { node: id })?;
        self.nodes.insert(id, Node { at, tags });
        Ok(())
    }

    pub fn way(&mut self, way: Way) -> Result<(), OsmError> {
        self.room(way.refs.len())?;
        self.ways.push(way);
        Ok(())
    }

    pub fn relation(&mut self, relation: Relation) -> Result<(), OsmError> {
        self.room(relation.outer.len())?;
        self.relations.push(relation);
        Ok(())
    }

    fn room(&mut self, refs: usize) -> Result<(), OsmError> {
        self.refs += refs;
        let count = self.nodes.len() + self.ways.len() + self.relations.len();
        if count >= MAX_ELEMENTS || self.refs > MAX_REFS {
            return Err(OsmError::TooMuch);
        }
        Ok(())
    }
}

/// Adds a tag, as long as it has a size that tags have.
pub(super) fn tag(tags: &mut Tags, key: &str, value: &str) -> Result<(), OsmError> {
    if tags.len() >= MAX_TAGS || key.len() > MAX_TEXT || value.len() > MAX_TEXT {
        return Err(OsmError::TooMuch);
    }
    tags.insert(key.to_owned(), value.to_owned());
    Ok(())
}
