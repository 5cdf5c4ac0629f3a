//! Protocol buffers as they lie in a file: fields one after another, nothing believed of them.
//!
//! The wire format is <https://protobuf.dev/programming-guides/encoding/>. A generated reader would
//! take the whole of a message into memory before anything of it can be refused.

use super::OsmError;

/// A field: its number and its value.
pub(super) enum Field<'a> {
    Number(u32, u64),
    Bytes(u32, &'a [u8]),
}

/// The fields of a message, in their order.
pub(super) struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    /// The next field; none at the end. Numbers of a fixed width are passed over.
    pub fn next(&mut self) -> Result<Option<Field<'a>>, OsmError> {
        while !self.0.is_empty() {
            let key = varint(&mut self.0)?;
            let field = u32::try_from(key >> 3).map_err(|_| OsmError::Damaged)?;
            match key & 7 {
                0 => return Ok(Some(Field::Number(field, varint(&mut self.0)?))),
                1 => drop(take(&mut self.0, 8)?),
                2 => {
                    let length = varint(&mut self.0)?;
                    let length = usize::try_from(length).map_err(|_| OsmError::Damaged)?;
                    return Ok(Some(Field::Bytes(field, take(&mut self.0, length)?)));
                }
                5 => drop(take(&mut self.0, 4)?),
                _ => return Err(OsmError::Damaged),
            }
        }
        Ok(None)
    }
}

/// The first bytes of a slice, which then begins after them.
pub(super) fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Result<&'a [u8], OsmError> {
    let (head, tail) = bytes.split_at_checked(count).ok_or(OsmError::HalfWritten)?;
    *bytes = tail;
    Ok(head)
}

/// A number of seven bits a byte, the lowest first; at most ten bytes.
pub(super) fn varint(bytes: &mut &[u8]) -> Result<u64, OsmError> {
    let mut value = 0_u64;
    for shift in (0..70).step_by(7) {
        let [byte] = *take(bytes, 1)? else { return Err(OsmError::HalfWritten) };
        value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(OsmError::Damaged)
}

/// The most numbers of one packed field: a byte of the file becomes eight in memory.
const MAX_PACKED: usize = 1_000_000;

/// All numbers of a packed field.
pub(super) fn packed(mut bytes: &[u8]) -> Result<Vec<u64>, OsmError> {
    let mut list = Vec::new();
    while !bytes.is_empty() {
        if list.len() == MAX_PACKED {
            return Err(OsmError::TooMuch);
        }
        list.push(varint(&mut bytes)?);
    }
    Ok(list)
}

/// A number whose sign is its lowest bit (`ZigZag`).
pub(super) fn signed(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Signed numbers, each of which is told by its difference from the one before.
pub(super) fn deltas(bytes: &[u8]) -> Result<Vec<i64>, OsmError> {
    let mut at = 0_i64;
    let step = |value| {
        at = at.wrapping_add(signed(value));
        at
    };
    Ok(packed(bytes)?.into_iter().map(step).collect())
}
