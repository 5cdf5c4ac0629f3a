//! From tags to a drawing: what is walked on, who lives where, where one goes in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::elements::{Elements, Tags};
use super::outline::{self, Outline};
use super::{OsmDrawing, OsmError, numbers};
use crate::domain::Building;
use crate::import::compound::MAX_DECIMETRES;
use crate::import::geojson::{self, Drawn, DrawnEntrance, DrawnPath};
use crate::import::{MAX_ROWS, Origin};

/// What people walk on.
const WALKED: [&str; 10] = [
    "footway",
    "path",
    "pedestrian",
    "steps",
    "living_street",
    "service",
    "residential",
    "unclassified",
    "track",
    "cycleway",
];
/// What a kitchen is called.
const KITCHEN: [&str; 3] = ["食堂", "厨房", "助餐"];
/// The most buildings, and the most kitchens that an error names.
const MAX_BUILDINGS: usize = 1_000;
const NAMED: usize = 5;

/// Something that the map does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumed {
    /// So many floors.
    Floors(u8),
    /// So many flats on a floor.
    Flats(u8),
    /// So many lifts.
    Lifts(u8),
    /// The entrance: a point of the outline that a path passes, or the one nearest to a path.
    Entrance,
}

impl fmt::Display for Assumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Floors(n) => write!(f, "{n} floors"),
            Self::Flats(n) => write!(f, "{n} flats on a floor"),
            Self::Lifts(0) => write!(f, "no lift"),
            Self::Lifts(n) => write!(f, "{n} lifts"),
            Self::Entrance => write!(f, "the entrance at the corner nearest to a path"),
        }
    }
}

/// What was assumed of a building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OsmRemark {
    /// Its number.
    pub building: String,
    /// What the map does not say of it.
    pub assumed: Vec<Assumed>,
}

impl fmt::Display for OsmRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list: Vec<String> = self.assumed.iter().map(ToString::to_string).collect();
        write!(
            f,
            "the map does not say all of building {}; assumed: {}",
            self.building,
            list.join(", ")
        )
    }
}

/// The compound that an extract shows.
pub(super) fn compound(
    elements: &Elements,
    kitchen: Option<Origin>,
    known: &[Building],
) -> Result<OsmDrawing, OsmError> {
    let outlines = outline::all(elements);
    let kitchen = kitchen.map_or_else(|| find_kitchen(elements, &outlines), Ok)?;
    let paths = paths(elements);
    let points = paths.iter().map(|p| p.points.len()).sum();
    if points > MAX_ROWS {
        return Err(OsmError::TooManyPoints { found: points });
    }
    let mut drawn = Drawn { paths, entrances: Vec::new(), buildings: Vec::new(), kitchen };
    let mut remarks = Vec::new();
    let mut doors: Vec<_> = doors(elements, &outlines, &drawn.paths)?.into_iter().collect();
    // 2 comes before 10.
    doors.sort_by_cached_key(|(number, _)| numbers::order(number));
    for (nth, (number, door)) in doors.into_iter().enumerate() {
        let kept = known.iter().find(|b| b.number == number);
        let (building, mut assumed) = numbers::building(&number, door.tags, kept);
        if door.guessed {
            assumed.push(Assumed::Entrance);
        }
        if !assumed.is_empty() {
            remarks.push(OsmRemark { building: number.clone(), assumed });
        }
        drawn.buildings.push(building);
        drawn.entrances.push(DrawnEntrance { index: nth + 1, building: number, at: door.at });
    }
    let name = elements.ways.iter().find_map(|w| compound_name(&w.tags)).unwrap_or_default();
    near(kitchen, &drawn)?;
    let compound = geojson::build(name, &drawn, None)?;
    compound.check_parts().map_err(geojson::GeoJsonError::from)?;
    Ok(OsmDrawing { compound, remarks })
}

/// The name of the grounds, if the extract has their outline.
fn compound_name(tags: &Tags) -> Option<String> {
    tags.get("landuse").filter(|kind| *kind == "residential")?;
    tags.get("name").map(|name| name.chars().take(40).collect())
}

/// Nothing may lie farther from the kitchen than a compound's path is long.
fn near(kitchen: Origin, drawn: &Drawn) -> Result<(), OsmError> {
    let far = |at: &Origin| {
        let place = kitchen.place(*at);
        place.x_mm.abs().max(place.y_mm.abs()) > i64::from(MAX_DECIMETRES) * 100
    };
    if let Some(path) = drawn.paths.iter().find(|p| p.points.iter().any(far)) {
        return Err(OsmError::FarAway { what: format!("path {}", path.index) });
    }
    match drawn.entrances.iter().find(|e| far(&e.at)) {
        Some(door) => Err(OsmError::FarAway { what: format!("building {}", door.building) }),
        None => Ok(()),
    }
}

/// Whether a point can't be passed: a gate that is locked.
fn locked(tags: &Tags) -> bool {
    let is = |key: &str, value: &str| tags.get(key).is_some_and(|v| v == value);
    tags.contains_key("barrier") && (is("locked", "yes") || is("foot", "no"))
}

/// Everything that is walked on. A way ends at a locked gate and goes on behind it; points that the
/// extract has cut off are left out likewise.
fn paths(elements: &Elements) -> Vec<DrawnPath> {
    let mut paths = Vec::new();
    for way in &elements.ways {
        let Some(kind) = way.tags.get("highway").filter(|k| WALKED.contains(&k.as_str())) else {
            continue;
        };
        if way.tags.get("foot").is_some_and(|foot| foot == "no") {
            continue;
        }
        let steps = kind == "steps";
        let here = |id: &i64| elements.nodes.get(id).filter(|n| !locked(&n.tags)).map(|n| n.at);
        let places: Vec<Option<Origin>> = way.refs.iter().map(here).collect();
        for piece in places.split(Option::is_none) {
            let points: Vec<Origin> = piece.iter().copied().flatten().collect();
            if points.len() > 1 && long_enough(&points) {
                let index = paths.len() + 1;
                paths.push(DrawnPath { index, points, steps, metres: None });
            }
        }
    }
    paths
}

/// Whether a line does not lie within a metre, which the graph takes for one point.
fn long_enough(points: &[Origin]) -> bool {
    let from = |at: &Origin| points[0].place(*at);
    points.iter().any(|at| from(at).x_mm.abs().max(from(at).y_mm.abs()) > 1_500)
}

/// A building's door, and whose tags say how large the building is.
struct DoorOf<'a> {
    at: Origin,
    tags: &'a Tags,
    what: String,
    guessed: bool,
}

/// The door of every numbered building. A block whose entrances have numbers of their own is as many
/// buildings, as its residents see it.
fn doors<'a>(
    elements: &'a Elements,
    outlines: &[Outline<'a>],
    paths: &[DrawnPath],
) -> Result<BTreeMap<String, DoorOf<'a>>, OsmError> {
    let walked: BTreeSet<i64> = elements
        .ways
        .iter()
        .filter(|w| w.tags.get("highway").is_some_and(|k| WALKED.contains(&k.as_str())))
        .flat_map(|w| w.refs.iter().copied())
        .collect();
    let mut doors: BTreeMap<String, DoorOf<'a>> = BTreeMap::new();
    let mut add = |number: String, door: DoorOf<'a>| {
        if let Some(other) = doors.get(&number) {
            let (first, second) = (other.what.clone(), door.what);
            return Err(OsmError::NumberTwice { number, first, second });
        }
        doors.insert(number, door);
        if doors.len() > MAX_BUILDINGS {
            return Err(OsmError::TooManyBuildings { found: doors.len() });
        }
        Ok(())
    };
    for outline in outlines {
        let at = |id: &i64| elements.nodes.get(id).map(|n| n.at);
        let entrances = outline.entrances(elements);
        let mut own: BTreeMap<String, i64> = BTreeMap::new();
        for id in &entrances {
            if let Some(number) = elements.nodes.get(id).and_then(|n| numbers::number(&n.tags)) {
                own.entry(number).or_insert(*id);
            }
        }
        for (number, id) in &own {
            let Some(at) = at(id) else { continue };
            let what = format!("node {id}");
            let door = DoorOf { at, tags: outline.tags, what, guessed: false };
            add(number.clone(), door)?;
        }
        if !own.is_empty() {
            continue;
        }
        let Some(number) = numbers::number(outline.tags) else { continue };
        let passed = outline.corners.iter().find(|id| walked.contains(id));
        let found = entrances.first().and_then(at);
        let guess = || passed.and_then(at).or_else(|| nearest(elements, outline, paths));
        let Some(place) = found.or_else(guess) else { continue };
        let what = outline.what.clone();
        add(number, DoorOf { at: place, tags: outline.tags, what, guessed: found.is_none() })?;
    }
    Ok(doors)
}

/// The corner of an outline that is nearest to a point of a path.
fn nearest(elements: &Elements, outline: &Outline<'_>, paths: &[DrawnPath]) -> Option<Origin> {
    let corners = outline.corners.iter().filter_map(|id| elements.nodes.get(id)).map(|n| n.at);
    let far = |corner: &Origin| {
        let points = paths.iter().flat_map(|p| &p.points);
        points.fold(f64::INFINITY, |least, point| {
            let place = corner.place(*point);
            least.min((place.x_mm as f64).hypot(place.y_mm as f64))
        })
    };
    corners.map(|c| (far(&c), c)).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, corner)| corner)
}

/// The one place that is called a kitchen; of a building, its entrance.
fn find_kitchen(elements: &Elements, outlines: &[Outline<'_>]) -> Result<Origin, OsmError> {
    let called = |tags: &Tags| {
        tags.get("name").filter(|name| KITCHEN.iter().any(|word| name.contains(word))).cloned()
    };
    let points = elements.nodes.values().filter_map(|n| Some((called(&n.tags)?, n.at)));
    let houses = outlines.iter().filter_map(|outline| {
        let name = called(outline.tags)?;
        let door = outline.entrances(elements).first().and_then(|id| elements.nodes.get(id));
        let at = match door {
            Some(node) => node.at,
            None => outline.middle(elements).and_then(|(lon, lat)| Origin::new(lon, lat))?,
        };
        Some((name, at))
    });
    let found: Vec<(String, Origin)> = points.chain(houses).collect();
    match found.as_slice() {
        [] => Err(OsmError::NoKitchen),
        [(_, at)] => Ok(*at),
        many => Err(OsmError::ManyKitchens(many.iter().take(NAMED).map(|k| k.0.clone()).collect())),
    }
}
