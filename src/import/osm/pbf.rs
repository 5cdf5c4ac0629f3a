//! An extract as protocol buffers (`.osm.pbf`): blocks, each packed by zlib.
//!
//! The layout is <https://wiki.openstreetmap.org/wiki/PBF_Format>.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::OsmError;
use super::elements::{Elements, Relation, Tags, Way, tag};
use super::wire::{Field, Fields, deltas, packed, signed, take};

/// Limits of the format, in bytes: a block's header, and a block once unpacked.
const MAX_HEADER: usize = 64 * 1024;
const MAX_BLOCK: usize = 32 * 1024 * 1024;
/// The most texts, and the most groups, of a block.
const MAX_PARTS: usize = 500_000;
/// All blocks of a file once unpacked, in bytes.
const MAX_UNPACKED: usize = 128 * 1024 * 1024;
/// What a file may ask of its reader. History of deleted things is not among it.
const UNDERSTOOD: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Whether a file looks like one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.len() > 4
        && bytes[0] == 0
        && bytes[..bytes.len().min(64)].windows(9).any(|w| w == b"OSMHeader")
}

/// Reads all of it.
pub(super) fn read(mut bytes: &[u8]) -> Result<Elements, OsmError> {
    let mut elements = Elements::default();
    let mut unpacked = 0;
    while !bytes.is_empty() {
        let length = take(&mut bytes, 4)?.iter().fold(0, |sum, b| sum << 8 | usize::from(*b));
        if length > MAX_HEADER {
            return Err(OsmError::Damaged);
        }
        let (kind, size) = header(take(&mut bytes, length)?)?;
        if size > MAX_BLOCK {
            return Err(OsmError::TooMuch);
        }
        let blob = take(&mut bytes, size)?;
        if kind != b"OSMHeader" && kind != b"OSMData" {
            continue;
        }
        let block = unpack(blob, MAX_UNPACKED - unpacked)?;
        unpacked += block.len();
        if kind == b"OSMData" {
            primitives(&block, &mut elements)?;
        } else {
            check_features(&block)?;
        }
    }
    Ok(elements)
}

fn header(bytes: &[u8]) -> Result<(&[u8], usize), OsmError> {
    let (mut kind, mut size) = (&[][..], None);
    let mut fields = Fields(bytes);
    while let Some(field) = fields.next()? {
        match field {
            Field::Bytes(1, text) => kind = text,
            Field::Number(3, bytes) => size = usize::try_from(bytes).ok(),
            _ => {}
        }
    }
    Ok((kind, size.ok_or(OsmError::Damaged)?))
}

/// A block's bytes; what it says of its own size is not believed.
fn unpack(blob: &[u8], room: usize) -> Result<Vec<u8>, OsmError> {
    let most = room.min(MAX_BLOCK);
    let mut fields = Fields(blob);
    while let Some(field) = fields.next()? {
        match field {
            Field::Bytes(1, raw) if raw.len() <= most => return Ok(raw.to_vec()),
            Field::Bytes(1, _) => return Err(OsmError::TooMuch),
            Field::Bytes(3, packed) => {
                let mut block = Vec::new();
                let mut unpacker = ZlibDecoder::new(packed).take(most as u64 + 1);
                unpacker.read_to_end(&mut block).map_err(|_| OsmError::Damaged)?;
                return if block.len() > most { Err(OsmError::TooMuch) } else { Ok(block) };
            }
            Field::Bytes(4..=7, _) => return Err(OsmError::Packing),
            _ => {}
        }
    }
    Err(OsmError::Damaged)
}

fn check_features(block: &[u8]) -> Result<(), OsmError> {
    let mut fields = Fields(block);
    while let Some(field) = fields.next()? {
        if let Field::Bytes(4, name) = field {
            let name = String::from_utf8_lossy(name);
            if !UNDERSTOOD.contains(&name.as_ref()) {
                return Err(OsmError::Feature(name.chars().take(40).collect()));
            }
        }
    }
    Ok(())
}

/// What the elements of a block share.
struct Block<'a> {
    texts: Vec<&'a str>,
    granularity: i64,
    offset: (i64, i64),
}

impl Block<'_> {
    /// Degrees east and north, from the block's own units.
    fn at(&self, lon: i64, lat: i64) -> (f64, f64) {
        let degrees = |offset: i64, value: i64| {
            offset.saturating_add(self.granularity.saturating_mul(value)) as f64 / 1e9
        };
        (degrees(self.offset.0, lon), degrees(self.offset.1, lat))
    }

    fn text(&self, index: u64) -> Result<&str, OsmError> {
        let text = usize::try_from(index).ok().and_then(|at| self.texts.get(at));
        text.copied().ok_or(OsmError::Damaged)
    }

    fn tags(&self, keys: &[u64], values: &[u64]) -> Result<Tags, OsmError> {
        let mut tags = Tags::new();
        for (key, value) in keys.iter().zip(values) {
            tag(&mut tags, self.text(*key)?, self.text(*value)?)?;
        }
        Ok(tags)
    }
}

fn primitives(bytes: &[u8], elements: &mut Elements) -> Result<(), OsmError> {
    let mut block = Block { texts: Vec::new(), granularity: 100, offset: (0, 0) };
    let mut groups = Vec::new();
    let mut fields = Fields(bytes);
    while let Some(field) = fields.next()? {
        match field {
            Field::Bytes(1, table) => {
                let mut table = Fields(table);
                while let Some(Field::Bytes(1, text)) = table.next()? {
                    if block.texts.len() == MAX_PARTS {
                        return Err(OsmError::TooMuch);
                    }
                    block.texts.push(std::str::from_utf8(text).map_err(|_| OsmError::NotUtf8)?);
                }
            }
            Field::Bytes(2, _) if groups.len() == MAX_PARTS => return Err(OsmError::TooMuch),
            Field::Bytes(2, group) => groups.push(group),
            Field::Number(17, value) => block.granularity = value as i64,
            Field::Number(19, value) => block.offset.1 = value as i64,
            Field::Number(20, value) => block.offset.0 = value as i64,
            _ => {}
        }
    }
    for group in groups {
        let mut fields = Fields(group);
        while let Some(field) = fields.next()? {
            match field {
                Field::Bytes(1, bytes) => {
                    let one = Parts::of(bytes)?;
                    let at = block.at(signed(one.lon), signed(one.lat));
                    elements.node(signed(one.id), at, block.tags(&one.keys, &one.values)?)?;
                }
                Field::Bytes(2, bytes) => dense(bytes, &block, elements)?,
                Field::Bytes(3, bytes) => {
                    let one = Parts::of(bytes)?;
                    let tags = block.tags(&one.keys, &one.values)?;
                    let refs = deltas(one.eighth)?;
                    elements.way(Way { id: one.id as i64, refs, tags })?;
                }
                Field::Bytes(4, bytes) => relation(bytes, &block, elements)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// The fields that nodes, ways and relations have in common.
#[derive(Default)]
struct Parts<'a> {
    id: u64,
    keys: Vec<u64>,
    values: Vec<u64>,
    lat: u64,
    lon: u64,
    eighth: &'a [u8],
    ninth: &'a [u8],
    tenth: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, OsmError> {
        let mut parts = Self::default();
        let mut fields = Fields(bytes);
        while let Some(field) = fields.next()? {
            match field {
                Field::Number(1, id) => parts.id = id,
                Field::Number(8, lat) => parts.lat = lat,
                Field::Number(9, lon) => parts.lon = lon,
                Field::Bytes(2, keys) => parts.keys = packed(keys)?,
                Field::Bytes(3, values) => parts.values = packed(values)?,
                Field::Bytes(8, list) => parts.eighth = list,
                Field::Bytes(9, list) => parts.ninth = list,
                Field::Bytes(10, list) => parts.tenth = list,
                _ => {}
            }
        }
        Ok(parts)
    }
}

/// Many nodes in columns; their tags are pairs, and a 0 ends those of one node.
fn dense(bytes: &[u8], block: &Block<'_>, elements: &mut Elements) -> Result<(), OsmError> {
    let mut ids = Vec::new();
    let mut columns = Fields(bytes);
    let parts = Parts::of(bytes)?;
    while let Some(field) = columns.next()? {
        if let Field::Bytes(1, list) = field {
            ids = deltas(list)?;
        }
    }
    let (lats, lons) = (deltas(parts.eighth)?, deltas(parts.ninth)?);
    if lats.len() != ids.len() || lons.len() != ids.len() {
        return Err(OsmError::Damaged);
    }
    let mut pairs = packed(parts.tenth)?.into_iter();
    for ((id, lat), lon) in ids.into_iter().zip(lats).zip(lons) {
        let mut tags = Tags::new();
        while let Some(key) = pairs.next().filter(|key| *key != 0) {
            let value = pairs.next().ok_or(OsmError::Damaged)?;
            tag(&mut tags, block.text(key)?, block.text(value)?)?;
        }
        elements.node(id, block.at(lon, lat), tags)?;
    }
    Ok(())
}

fn relation(bytes: &[u8], block: &Block<'_>, elements: &mut Elements) -> Result<(), OsmError> {
    let one = Parts::of(bytes)?;
    let (roles, ids, kinds) = (packed(one.eighth)?, deltas(one.ninth)?, packed(one.tenth)?);
    let mut outer = Vec::new();
    for ((role, id), kind) in roles.into_iter().zip(ids).zip(kinds) {
        if kind == 1 && matches!(block.text(role)?, "outer" | "") {
            outer.push(id);
        }
    }
    let tags = block.tags(&one.keys, &one.values)?;
    elements.relation(Relation { id: one.id as i64, outer, tags })
}
