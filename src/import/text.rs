//! Bytes to text, in the encodings that Excel and its kin write in China.

use encoding_rs::{Encoding, GB18030};
use std::borrow::Cow;

/// Decodes UTF-8 (with or without a byte order mark), UTF-16 with one, or else GB18030.
///
/// Text that is valid UTF-8 is taken for it: GB18030 text of any length almost never is. Returns
/// nothing for bytes that are none of them.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes)?,
        },
    };
    (!text.contains('\0')).then_some(text)
}

/// Full-width digits, letters and signs (as Chinese input methods write them) to their ASCII twins.
pub(super) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xff01 + 0x21).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// One line: runs of blanks and line ends become one space, the ends are trimmed.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
