//! The text of a benchmark instance, taken apart into headers and sections.

use std::collections::HashMap;
use std::str::{FromStr, SplitAsciiWhitespace};
use std::sync::Arc;

use super::{CvrplibError, Distances};

/// Headers, and the text of each section; a full matrix is too long to keep as a list of words.
pub(super) struct Raw<'a> {
    pub(super) headers: HashMap<&'a str, &'a str>,
    sections: HashMap<&'a str, &'a str>,
}

impl<'a> Raw<'a> {
    pub(super) fn split(text: &'a str) -> Self {
        let mut raw = Self { headers: HashMap::new(), sections: HashMap::new() };
        let mut open: Option<(&'a str, usize)> = None;
        let mut at = 0;
        for whole_line in text.split_inclusive('\n') {
            let (start, line) = (at, whole_line.trim());
            at += whole_line.len();
            let header = line.split_once(':');
            if header.is_none() && !line.ends_with("_SECTION") && line != "EOF" {
                continue;
            }
            if let Some((section, from)) = open.take() {
                raw.sections.insert(section, &text[from..start]);
            }
            if let Some((key, value)) = header {
                raw.headers.insert(key.trim(), value.trim().trim_matches('"'));
            } else if line != "EOF" {
                open = Some((line, at));
            }
        }
        if let Some((section, from)) = open {
            raw.sections.insert(section, &text[from..]);
        }
        raw
    }

    pub(super) fn words(&self, section: &str) -> Option<SplitAsciiWhitespace<'a>> {
        self.sections.get(section).map(|text| text.split_ascii_whitespace())
    }

    pub(super) fn number<T: FromStr>(&self, key: &'static str) -> Result<Option<T>, CvrplibError> {
        let Some(value) = self.headers.get(key) else {
            return Ok(None);
        };
        value.parse().map(Some).map_err(|_| bad_number(key, value, "a whole number"))
    }

    /// A section of `number value` pairs, in any order, each of `1..=count` once.
    pub(super) fn by_node(
        &self,
        section: &'static str,
        count: usize,
    ) -> Result<Option<Vec<i64>>, CvrplibError> {
        let Some(mut words) = self.words(section) else {
            return Ok(None);
        };
        let mut values = vec![None; count];
        while let (Some(node), Some(value)) = (words.next(), words.next()) {
            let slot = node.parse::<usize>().ok().and_then(|n| values.get_mut(n.wrapping_sub(1)));
            let slot = slot.ok_or_else(|| bad_number(section, node, "a number of the list"))?;
            let value =
                value.parse::<i64>().ok().filter(|v| (0..=1_000_000_000).contains(v)).ok_or_else(
                    || bad_number(section, value, "a whole number from 0 to 1000000000"),
                )?;
            *slot = Some(value);
        }
        let found = values.iter().flatten().count();
        if found < count {
            return Err(CvrplibError::Count { section, found, wanted: count });
        }
        Ok(Some(values.into_iter().flatten().collect()))
    }

    pub(super) fn distances(&self, nodes: usize) -> Result<Distances, CvrplibError> {
        match self.headers.get("EDGE_WEIGHT_TYPE").copied() {
            Some("EUC_2D") => self.plane(nodes),
            Some("EXPLICIT") => match self.headers.get("EDGE_WEIGHT_FORMAT").copied() {
                Some("FULL_MATRIX") => self.table(nodes),
                other => Err(not_understood("EDGE_WEIGHT_FORMAT", other, "FULL_MATRIX")),
            },
            other => Err(not_understood("EDGE_WEIGHT_TYPE", other, "EUC_2D and EXPLICIT")),
        }
    }

    fn plane(&self, nodes: usize) -> Result<Distances, CvrplibError> {
        const SECTION: &str = "NODE_COORD_SECTION";
        let mut words = self.words(SECTION).ok_or(CvrplibError::Missing(SECTION))?;
        let mut at = vec![None; nodes];
        while let (Some(node), Some(x), Some(y)) = (words.next(), words.next(), words.next()) {
            let slot = node.parse::<usize>().ok().and_then(|n| at.get_mut(n.wrapping_sub(1)));
            let slot = slot.ok_or_else(|| bad_number(SECTION, node, "a number of the list"))?;
            let coordinate = |word: &str| {
                word.parse::<f64>()
                    .ok()
                    .filter(|v| v.abs() <= 1e8)
                    .ok_or_else(|| bad_number(SECTION, word, "a coordinate within 100000000"))
            };
            *slot = Some((coordinate(x)?, coordinate(y)?));
        }
        let found = at.iter().flatten().count();
        if found < nodes {
            return Err(CvrplibError::Count { section: SECTION, found, wanted: nodes });
        }
        Ok(Distances::Plane(at.into_iter().flatten().collect()))
    }

    fn table(&self, nodes: usize) -> Result<Distances, CvrplibError> {
        const SECTION: &str = "EDGE_WEIGHT_SECTION";
        let words = self.words(SECTION).ok_or(CvrplibError::Missing(SECTION))?;
        let weight = |word: &str| {
            word.parse::<i32>()
                .ok()
                .filter(|v| (0..=100_000_000).contains(v))
                .ok_or_else(|| bad_number(SECTION, word, "a whole number from 0 to 100000000"))
        };
        let mut rows = Vec::with_capacity(nodes * nodes);
        for word in words {
            rows.push(weight(word)?);
        }
        if rows.len() != nodes * nodes {
            return Err(CvrplibError::Count {
                section: SECTION,
                found: rows.len(),
                wanted: nodes * nodes,
            });
        }
        Ok(Distances::Table(Arc::new(rows)))
    }
}

pub(super) fn bad_number(section: &str, value: &str, allowed: &'static str) -> CvrplibError {
    CvrplibError::Number { section: section.to_owned(), value: value.to_owned(), allowed }
}

fn not_understood(key: &'static str, value: Option<&str>, allowed: &'static str) -> CvrplibError {
    CvrplibError::NotUnderstood { key, value: value.unwrap_or("not given").to_owned(), allowed }
}
