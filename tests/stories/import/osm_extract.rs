//! A small extract of `OpenStreetMap`, written in either of its forms.

use std::fmt::Write as _;
use std::io::Write as _;

/// Tags as pairs.
pub type Tags = Vec<(&'static str, &'static str)>;

/// A node with metres east and north, and a shape's ways with their roles.
pub type Node = (i64, (f64, f64), Tags);
pub type Members = Vec<(i64, &'static str)>;

/// Nodes with metres east and north; ways; shapes with their ways and roles.
#[derive(Clone, Default)]
pub struct Extract {
    pub nodes: Vec<Node>,
    pub ways: Vec<(i64, Vec<i64>, Tags)>,
    pub relations: Vec<(i64, Members, Tags)>,
}

/// Degrees of a place in metres, in units of 100 billionths: the format's own.
fn units((x, y): (f64, f64)) -> (i64, i64) {
    let lon = 121.44 + x / 95_115.0;
    let lat = 31.2 + y / 111_195.0;
    ((lon * 1e7).round() as i64, (lat * 1e7).round() as i64)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

impl Extract {
    /// The API's XML.
    pub fn xml(&self) -> String {
        let mut text =
            String::from("<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n");
        let tags = |text: &mut String, tags: &Tags| {
            for (k, v) in tags {
                writeln!(text, "  <tag k=\"{}\" v=\"{}\"/>", escaped(k), escaped(v)).unwrap();
            }
        };
        for (id, at, of) in &self.nodes {
            let (lon, lat) = units(*at);
            let (lon, lat) = (lon as f64 / 1e7, lat as f64 / 1e7);
            write!(text, "<node id=\"{id}\" lat=\"{lat:.7}\" lon=\"{lon:.7}\" version=\"1\"")
                .unwrap();
            if of.is_empty() {
                text.push_str("/>\n");
            } else {
                text.push_str(">\n");
                tags(&mut text, of);
                text.push_str("</node>\n");
            }
        }
        for (id, refs, of) in &self.ways {
            writeln!(text, "<way id=\"{id}\">").unwrap();
            for node in refs {
                writeln!(text, "  <nd ref=\"{node}\"/>").unwrap();
            }
            tags(&mut text, of);
            text.push_str("</way>\n");
        }
        for (id, members, of) in &self.relations {
            writeln!(text, "<relation id=\"{id}\">").unwrap();
            for (way, role) in members {
                writeln!(text, "  <member type=\"way\" ref=\"{way}\" role=\"{role}\"/>").unwrap();
            }
            tags(&mut text, of);
            text.push_str("</relation>\n");
        }
        text.push_str("</osm>\n");
        text
    }

    /// Protocol buffers: a header, and one block with dense nodes, ways and relations.
    pub fn pbf(&self) -> Vec<u8> {
        let mut texts: Vec<&str> = vec![""];
        let mut index = |text: &'static str| {
            let at = texts.iter().position(|t| *t == text).unwrap_or_else(|| {
                texts.push(text);
                texts.len() - 1
            });
            at as u64
        };
        let mut pairs = Vec::new();
        for (_, _, tags) in &self.nodes {
            for (k, v) in tags {
                pairs.extend([index(k), index(v)]);
            }
            pairs.push(0);
        }
        let column =
            |of: &dyn Fn(&Node) -> i64| deltas(&self.nodes.iter().map(of).collect::<Vec<_>>());
        let dense = [
            bytes(1, &column(&|n| n.0)),
            bytes(8, &column(&|n| units(n.1).1)),
            bytes(9, &column(&|n| units(n.1).0)),
            bytes(10, &packed(&pairs)),
        ];
        let mut groups = vec![bytes(2, &bytes(2, &dense.concat()))];
        for (id, refs, tags) in &self.ways {
            let (keys, values): (Vec<u64>, Vec<u64>) =
                tags.iter().map(|(k, v)| (index(k), index(v))).unzip();
            let way = [
                number(1, *id as u64),
                bytes(2, &packed(&keys)),
                bytes(3, &packed(&values)),
                bytes(8, &deltas(refs)),
            ];
            groups.push(bytes(2, &bytes(3, &way.concat())));
        }
        for (id, members, tags) in &self.relations {
            let (keys, values): (Vec<u64>, Vec<u64>) =
                tags.iter().map(|(k, v)| (index(k), index(v))).unzip();
            let roles: Vec<u64> = members.iter().map(|m| index(m.1)).collect();
            let ids: Vec<i64> = members.iter().map(|m| m.0).collect();
            let relation = [
                number(1, *id as u64),
                bytes(2, &packed(&keys)),
                bytes(3, &packed(&values)),
                bytes(8, &packed(&roles)),
                bytes(9, &deltas(&ids)),
                bytes(10, &packed(&vec![1; members.len()])),
            ];
            groups.push(bytes(2, &bytes(4, &relation.concat())));
        }
        let table: Vec<u8> = texts.iter().flat_map(|t| bytes(1, t.as_bytes())).collect();
        let block = [bytes(1, &table), groups.concat(), number(17, 100)].concat();
        let asks = [bytes(4, b"OsmSchema-V0.6"), bytes(4, b"DenseNodes")].concat();
        [blob("OSMHeader", &asks), blob("OSMData", &block)].concat()
    }
}

/// A block with its header, packed.
pub fn blob(kind: &str, block: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(block).unwrap();
    let blob = [number(2, block.len() as u64), bytes(3, &packer.finish().unwrap())].concat();
    let header = [bytes(1, kind.as_bytes()), number(3, blob.len() as u64)].concat();
    let length = u32::try_from(header.len()).unwrap().to_be_bytes();
    [&length[..], &header, &blob].concat()
}

pub fn bytes(field: u64, of: &[u8]) -> Vec<u8> {
    [varint(field << 3 | 2), varint(of.len() as u64), of.to_vec()].concat()
}

fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

fn packed(values: &[u64]) -> Vec<u8> {
    values.iter().flat_map(|v| varint(*v)).collect()
}

fn deltas(values: &[i64]) -> Vec<u8> {
    let before = std::iter::once(0).chain(values.iter().copied());
    let steps = values.iter().zip(before).map(|(v, b)| v - b);
    steps.flat_map(|d| varint((d << 1 ^ d >> 63) as u64)).collect()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}
