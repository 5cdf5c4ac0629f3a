//! An extract as XML (`.osm`, API 0.6).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::OsmError;
use super::elements::{Elements, Relation, Tags, Way, tag};

/// The element that is open.
#[derive(Default)]
enum Open {
    #[default]
    None,
    Node(i64, (f64, f64), Tags),
    Way(Way),
    Relation(Relation),
}

/// Reads all of it.
pub(super) fn read(bytes: &[u8]) -> Result<Elements, OsmError> {
    let text = std::str::from_utf8(bytes).map_err(|_| OsmError::NotUtf8)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut elements = Elements::default();
    let mut open = Open::None;
    let mut ended = false;
    loop {
        let wrong = |at: u64, reason: String| OsmError::Xml { byte: at, reason };
        match reader.read_event() {
            Ok(Event::Start(start)) => begin(&mut open, &start)?,
            Ok(Event::Empty(start)) => {
                begin(&mut open, &start)?;
                if is_element(start.name().as_ref()) {
                    end(&mut elements, &mut open)?;
                }
            }
            Ok(Event::End(name)) if is_element(name.name().as_ref()) => {
                end(&mut elements, &mut open)?;
            }
            Ok(Event::End(name)) if name.name().as_ref() == "osm" => ended = true,
            Ok(Event::Eof) if ended => return Ok(elements),
            Ok(Event::Eof) => return Err(OsmError::HalfWritten),
            // Entities of its own are how small files grow large.
            Ok(Event::DocType(_)) => {
                return Err(wrong(reader.buffer_position(), "a DOCTYPE".to_owned()));
            }
            Ok(_) => {}
            Err(error) => return Err(wrong(reader.error_position(), error.to_string())),
        }
    }
}

fn is_element(name: &str) -> bool {
    matches!(name, "node" | "way" | "relation")
}

fn begin(open: &mut Open, start: &BytesStart<'_>) -> Result<(), OsmError> {
    match (start.name().as_ref(), &mut *open) {
        ("node", _) => {
            let id = number(start, "id")?;
            let at = (number(start, "lon")?, number(start, "lat")?);
            *open = Open::Node(id, at, Tags::new());
        }
        ("way", _) => {
            let way = Way { id: number(start, "id")?, refs: Vec::new(), tags: Tags::new() };
            *open = Open::Way(way);
        }
        ("relation", _) => {
            let id = number(start, "id")?;
            *open = Open::Relation(Relation { id, outer: Vec::new(), tags: Tags::new() });
        }
        ("nd", Open::Way(way)) => way.refs.push(number(start, "ref")?),
        ("member", Open::Relation(relation)) => {
            let is = |name, wanted: &[&str]| {
                attribute(start, name).is_ok_and(|value| wanted.contains(&value.as_str()))
            };
            if is("type", &["way"]) && is("role", &["outer", ""]) {
                relation.outer.push(number(start, "ref")?);
            }
        }
        ("tag", Open::Node(_, _, tags)) => pair(tags, start)?,
        ("tag", Open::Way(way)) => pair(&mut way.tags, start)?,
        ("tag", Open::Relation(relation)) => pair(&mut relation.tags, start)?,
        _ => {}
    }
    Ok(())
}

fn end(elements: &mut Elements, open: &mut Open) -> Result<(), OsmError> {
    match std::mem::take(open) {
        Open::None => Ok(()),
        Open::Node(id, at, tags) => elements.node(id, at, tags),
        Open::Way(way) => elements.way(way),
        Open::Relation(relation) => elements.relation(relation),
    }
}

fn pair(tags: &mut Tags, start: &BytesStart<'_>) -> Result<(), OsmError> {
    tag(tags, &attribute(start, "k")?, &attribute(start, "v")?)
}

fn attribute(start: &BytesStart<'_>, name: &'static str) -> Result<String, OsmError> {
    let missing = || OsmError::Attribute { name };
    let found = start.try_get_attribute(name).map_err(|_| missing())?.ok_or_else(missing)?;
    let text = quick_xml::escape::unescape(&found.value).map_err(|_| missing())?;
    Ok(text.into_owned())
}

fn number<T: std::str::FromStr>(start: &BytesStart<'_>, name: &'static str) -> Result<T, OsmError> {
    attribute(start, name)?.trim().parse().map_err(|_| OsmError::Attribute { name })
}
