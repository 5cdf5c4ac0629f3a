//! A new drawing of the compound: looked at, mended, and put in use when the office says so.

use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{CORNER, Looked, Size};
use crate::domain::Building;
use crate::import::{read_draft, to_geojson};
use crate::registry::{DraftError, Mend};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::uploaded::file_of;
use crate::web::view::{View, html};

const HERE: &str = "/compound/draft";
const TOO_LARGE: WebError = WebError::Input(
    "文件没有收全，或者超过 16 MB。什么也没有改。",
    "The file did not arrive whole, or has more than 16 MB. Nothing was changed.",
);

#[derive(Template)]
#[template(path = "compound_draft.html")]
struct Page {
    v: View,
    looked: Looked,
    large: bool,
    here: &'static str,
    version: i64,
    by: String,
    at: String,
    changed: bool,
    remarks: Vec<String>,
    sound: bool,
}

/// The draft; the compound in use if there is none.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Query(Size { size }): Query<Size>,
) -> Result<Response, WebError> {
    let large = size == "large";
    let Some(draft) = web.work(|web| web.registry.draft()).await? else {
        return Ok(Redirect::to("/compound").into_response());
    };
    let at = web.house.settings.calendar().local(draft.at).strftime("%Y-%m-%d %H:%M").to_string();
    let looked = Looked::over(&draft.compound, v.lang, large);
    let page = Page {
        sound: looked.unreachable.is_empty(),
        looked,
        large,
        here: HERE,
        version: draft.version,
        by: draft.account,
        at,
        changed: draft.changed,
        remarks: draft.remarks,
        v,
    };
    Ok(html(&page)?.into_response())
}

/// The draft as a drawing.
pub async fn drawing(State(web): State<Web>) -> Result<impl IntoResponse, WebError> {
    let draft = web.work(|web| web.registry.draft()).await?.ok_or(WebError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/geo+json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"draft.geojson\""),
    ];
    Ok((headers, to_geojson(&draft.compound, CORNER)))
}

/// Begins a draft with a file.
pub async fn begin(
    State(web): State<Web>,
    who: Signed,
    form: Multipart,
) -> Result<Redirect, WebError> {
    let (file, filled) = file_of(form, &who, TOO_LARGE).await?;
    let kitchen =
        match filled.get("kitchen").map(|text| text.trim()).filter(|text| !text.is_empty()) {
            Some(text) => Some(text.replace('，', ",").parse().map_err(|_| NO_PLACE)?),
            None => None,
        };
    web.work(move |web| {
        let known = web.registry.buildings()?;
        let (compound, remarks) = read_draft(&file, kitchen, &known).map_err(|e| {
            WebError::Told(
                format!("这张图不能用：{e}"),
                format!("This drawing can't be used: {e}."),
            )
        })?;
        let remarks: Vec<String> = remarks.iter().map(ToString::to_string).collect();
        Ok::<_, WebError>(web.registry.begin_draft(who.account(), &compound, &remarks)?)
    })
    .await?;
    Ok(Redirect::to(HERE))
}

const NO_PLACE: WebError = WebError::Input(
    "厨房的位置要写成“经度,纬度”，如 121.4402,31.2001。",
    "Write the kitchen's place as degrees east and north, such as 121.4402,31.2001.",
);

/// Two points, as they stand on the large map.
#[derive(Deserialize)]
pub struct Two {
    seen: i64,
    a: u32,
    b: u32,
    #[serde(default)]
    steps: bool,
}

/// Draws a path.
pub async fn join(
    State(web): State<Web>,
    who: Signed,
    Posted(Two { seen, a, b, steps }): Posted<Two>,
) -> Result<Redirect, WebError> {
    mend(&web, who, seen, Mend::Join { a, b, steps }).await
}

/// A place that has no point yet.
#[derive(Deserialize)]
pub struct Beside {
    seen: i64,
    from: u32,
    east: i32,
    north: i32,
}

/// Adds a point.
pub async fn point(
    State(web): State<Web>,
    who: Signed,
    Posted(Beside { seen, from, east, north }): Posted<Beside>,
) -> Result<Redirect, WebError> {
    mend(&web, who, seen, Mend::Point { from, east_m: east, north_m: north }).await
}

/// Takes a path away.
pub async fn cut(
    State(web): State<Web>,
    who: Signed,
    Posted(Two { seen, a, b, .. }): Posted<Two>,
) -> Result<Redirect, WebError> {
    mend(&web, who, seen, Mend::Cut { a, b }).await
}

/// A point, and the building whose entrance it is.
#[derive(Deserialize)]
pub struct At {
    seen: i64,
    #[serde(default)]
    building: String,
    point: u32,
}

/// Places an entrance.
pub async fn entrance(
    State(web): State<Web>,
    who: Signed,
    Posted(At { seen, building, point }): Posted<At>,
) -> Result<Redirect, WebError> {
    mend(&web, who, seen, Mend::Entrance { building, point }).await
}

/// Moves the kitchen.
pub async fn kitchen(
    State(web): State<Web>,
    who: Signed,
    Posted(At { seen, point, .. }): Posted<At>,
) -> Result<Redirect, WebError> {
    mend(&web, who, seen, Mend::Kitchen { point }).await
}

/// What a building is like.
#[derive(Deserialize)]
pub struct Shape {
    seen: i64,
    building: String,
    floors: u8,
    first: u8,
    flats: u8,
    lifts: u8,
}

/// Sets what a building is like.
pub async fn shape(
    State(web): State<Web>,
    who: Signed,
    Posted(Shape { seen, building, floors, first, flats, lifts }): Posted<Shape>,
) -> Result<Redirect, WebError> {
    let building = Building {
        number: building,
        name: String::new(),
        entrance: 0,
        floors,
        first_flat_floor: first,
        flats_per_floor: flats,
        lifts,
    };
    mend(&web, who, seen, Mend::Shape(building)).await
}

async fn mend(web: &Web, who: Signed, seen: i64, mend: Mend) -> Result<Redirect, WebError> {
    web.work(move |web| web.registry.mend_draft(who.account(), seen, &mend)).await?;
    Ok(Redirect::to(HERE))
}

/// Which version was looked at.
#[derive(Deserialize)]
pub struct Seen {
    seen: i64,
}

/// Takes the last change back.
pub async fn undo(
    State(web): State<Web>,
    who: Signed,
    Posted(Seen { seen }): Posted<Seen>,
) -> Result<Redirect, WebError> {
    web.work(move |web| web.registry.undo_draft(who.account(), seen)).await?;
    Ok(Redirect::to(HERE))
}

/// Drops the draft.
pub async fn drop_it(
    State(web): State<Web>,
    who: Signed,
    Posted(Seen { seen }): Posted<Seen>,
) -> Result<Redirect, WebError> {
    web.work(move |web| web.registry.drop_draft(who.account(), seen)).await?;
    Ok(Redirect::to("/compound"))
}

/// Puts the draft in use.
pub async fn put_in_use(
    State(web): State<Web>,
    who: Signed,
    Posted(Seen { seen }): Posted<Seen>,
) -> Result<Redirect, WebError> {
    web.work(move |web| web.registry.use_draft(who.account(), seen)).await?;
    Ok(Redirect::to("/compound"))
}

impl From<DraftError> for WebError {
    fn from(error: DraftError) -> Self {
        let (zh, en) = match &error {
            DraftError::Failed(_) => return Self::Broken(error.to_string()),
            DraftError::Stale => (
                "别人刚改过这张图，或者已经没有了。什么也没有改，请重新打开。".to_owned(),
                "Somebody changed the draft meanwhile, or it is gone. Nothing was changed; open it again.".to_owned(),
            ),
            DraftError::NoPoint(point) => {
                (format!("图上没有 {point} 号点。"), format!("There is no point {point}."))
            }
            DraftError::NoBuilding(number) => {
                (format!("图上没有 {number} 号楼。"), format!("There is no building {number} on it."))
            }
            DraftError::NoPath => (
                "这两点之间没有路。".to_owned(),
                "There is no path between these two points.".to_owned(),
            ),
            DraftError::Joined => (
                "这两点之间已经有路了。".to_owned(),
                "There is a path between these two points already.".to_owned(),
            ),
            DraftError::Compound(wrong) => {
                (format!("这样不行：{wrong}。什么也没有改。"), format!("That can't be: {wrong}. Nothing was changed."))
            }
            DraftError::Doors(doors) => {
                let list = |between: &str, people: &str| {
                    let one = |(building, count): &(String, usize)| format!("{building} ({count}{people})");
                    doors.iter().map(one).collect::<Vec<_>>().join(between)
                };
                (
                    format!("还不能启用，有居民的门图上没有：{}。请补上楼，或先改居民的门牌。", list("、", " 人")),
                    format!("It can't be used yet: people live behind doors that are not on it: {}. Add the buildings, or mend the residents' doors first.", list(", ", " people")),
                )
            }
            DraftError::Rounds => (
                "今天的路线正在用现在的图。等今天送完再启用。".to_owned(),
                "Today's rounds walk on the drawing in use. Use the new one when they are back.".to_owned(),
            ),
        };
        Self::Told(zh, en)
    }
}
