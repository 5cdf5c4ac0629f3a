//! The compound as it is kept: its map, every building with its way from the kitchen, and what no
//! path joins.

mod draft;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use serde::Deserialize;

use crate::error::Error;
use crate::import::compound::Compound;
use crate::import::{MAX_BYTES, Origin, to_geojson};
use crate::kiosk::words::Lang;
use crate::map::{self, Ground, LoosePiece, Reach, Survey, Whole, Words};
use crate::web::error::WebError;
use crate::web::routes::{OFFICE, Route, Who::Roles, get, post, upload};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Where a drawing's south-west corner is put, which the database does not keep: the middle of
/// Shanghai, as the command does.
const CORNER: Origin = Origin { lon: 121.4737, lat: 31.2304 };
/// Loose pieces that are listed one by one; the rest is counted.
const LISTED: usize = 50;

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/compound", Roles(OFFICE), page),
        get("/compound/drawing.geojson", Roles(OFFICE), drawing),
        get("/compound/draft", Roles(OFFICE), draft::page),
        get("/compound/draft.geojson", Roles(OFFICE), draft::drawing),
        upload("/compound/draft", Roles(OFFICE), draft::begin, MAX_BYTES),
        post("/compound/draft/join", Roles(OFFICE), draft::join),
        post("/compound/draft/point", Roles(OFFICE), draft::point),
        post("/compound/draft/cut", Roles(OFFICE), draft::cut),
        post("/compound/draft/entrance", Roles(OFFICE), draft::entrance),
        post("/compound/draft/kitchen", Roles(OFFICE), draft::kitchen),
        post("/compound/draft/shape", Roles(OFFICE), draft::shape),
        post("/compound/draft/undo", Roles(OFFICE), draft::undo),
        post("/compound/draft/drop", Roles(OFFICE), draft::drop_it),
        post("/compound/draft/use", Roles(OFFICE), draft::put_in_use),
    ]
}

/// What the page says of a compound.
pub struct Looked {
    /// The map as SVG.
    pub map: String,
    /// The buildings.
    pub buildings: Vec<BuildingLine>,
    /// Those that nobody can walk to: place in the list from 1, and number.
    pub unreachable: Vec<(usize, String)>,
    /// Pieces of paths apart, at most [`LISTED`].
    pub loose: Vec<LooseLine>,
    /// How many more there are.
    pub more: usize,
    /// Doors that no path touches, by point.
    pub doors_alone: Vec<u32>,
    /// Points, paths, and paths with steps.
    pub counts: (usize, usize, usize),
}

/// A building.
pub struct BuildingLine {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Floors, the lowest one with flats, flats on each, lifts.
    pub shape: (u8, u8, u8, u8),
    /// The point of its entrance.
    pub entrance: u32,
    /// Metres and minutes from the kitchen.
    pub walk: Option<(String, String)>,
    /// Why nobody can walk there.
    pub problem: Option<&'static str>,
}

/// A piece of paths apart.
pub struct LooseLine {
    /// How many paths, and metres in all.
    pub size: (usize, u64),
    /// Its first points by number.
    pub points: String,
}

impl Looked {
    /// Looks a compound over.
    pub fn over(compound: &Compound, lang: Lang, large: bool) -> Self {
        let ground = Ground::new(compound);
        let survey = Survey::of(&ground);
        let how = Whole {
            words: Words { kitchen: lang.pick("厨房", "Kitchen"), north: lang.pick("北", "N") },
            unreachable: lang.pick("到不了", "no way"),
            large,
        };
        let label =
            lang.pick("小区图，内容和单子一样", "Map of the compound; the list says the same");
        let map = map::whole(&ground, &survey, how).svg(label);
        let lines = compound.buildings.iter().zip(&survey.reach);
        let buildings: Vec<_> = lines.map(|(b, reach)| building(b, *reach, lang)).collect();
        Self {
            map,
            unreachable: (1..)
                .zip(&buildings)
                .filter(|(_, b)| b.problem.is_some())
                .map(|(place, b)| (place, b.number.clone()))
                .collect(),
            buildings,
            more: survey.loose.len().saturating_sub(LISTED),
            loose: survey.loose.iter().take(LISTED).map(loose).collect(),
            doors_alone: survey.doors_alone,
            counts: (
                compound.nodes.len(),
                compound.edges.len(),
                compound.edges.iter().filter(|e| e.steps).count(),
            ),
        }
    }
}

fn building(b: &crate::domain::Building, reach: Reach, lang: Lang) -> BuildingLine {
    let walk = match reach {
        Reach::Walked { decimetres, seconds } => {
            let minutes = f64::from(seconds) / 60.0;
            Some((decimetres.div_ceil(10).to_string(), format!("{minutes:.1}")))
        }
        _ => None,
    };
    let problem = match reach {
        Reach::Walked { .. } => None,
        Reach::NoPath => {
            Some(lang.pick("到不了：没有路通到门口", "no way: no path touches its entrance"))
        }
        Reach::CutOff => Some(lang.pick(
            "到不了：门口的路和厨房不连",
            "no way: its paths are not joined to the kitchen's",
        )),
        Reach::NotDrawn => Some(lang.pick(
            "图上没有：暂时把厨房门口当作它的门",
            "not on the drawing: rounds take the kitchen's door for its own",
        )),
    };
    BuildingLine {
        number: b.number.clone(),
        name: b.name.clone(),
        shape: (b.floors, b.first_flat_floor, b.flats_per_floor, b.lifts),
        entrance: b.entrance,
        walk,
        problem,
    }
}

fn loose(piece: &LoosePiece) -> LooseLine {
    let first: Vec<String> = piece.nodes.iter().take(6).map(u32::to_string).collect();
    let more = if piece.nodes.len() > first.len() { "…" } else { "" };
    LooseLine {
        size: (piece.paths, piece.decimetres.div_ceil(10)),
        points: format!("{}{more}", first.join(", ")),
    }
}

#[derive(Template)]
#[template(path = "compound.html")]
struct Page {
    v: View,
    looked: Option<Looked>,
    large: bool,
    /// Where this page and its larger form are.
    here: &'static str,
    /// Whether a draft lies there.
    has_draft: bool,
}

/// How large the map is.
#[derive(Deserialize, Default)]
pub struct Size {
    #[serde(default)]
    size: String,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Query(Size { size }): Query<Size>,
) -> Result<Html<String>, WebError> {
    let (lang, large) = (v.lang, size == "large");
    let read = move |web: &Web| {
        let compound = web.registry.compound()?;
        let drawn = !compound.buildings.is_empty();
        let has_draft = web.registry.draft()?.is_some();
        Ok::<_, Error>((drawn.then(|| Looked::over(&compound, lang, large)), has_draft))
    };
    let (looked, has_draft) = web.work(read).await?;
    html(&Page { v, looked, large, here: "/compound", has_draft })
}

/// The compound in use as a drawing, as “import compound” reads it.
pub async fn drawing(State(web): State<Web>) -> Result<impl IntoResponse, WebError> {
    let compound = web.work(|web| web.registry.compound()).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/geo+json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"compound.geojson\""),
    ];
    Ok((headers, to_geojson(&compound, CORNER)))
}
