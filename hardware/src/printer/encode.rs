//! A document as ESC/POS bytes: pure, so that every byte can be pinned by a test.
//!
//! Command names are Epson's (ESC/POS Command Reference). Only commands that cheap
//! compatibles know are used.

use super::{Align, Cut, Document, Feed, Item, TextLine};
use crate::printer::Bitmap;
use encoding_rs::GBK;
use escpos::driver::Driver;
use escpos::errors::{PrinterError, Result as EscposResult};
use escpos::printer::Printer;
use escpos::utils::{Encoder, JustifyMode, Protocol};
use std::cell::RefCell;
use std::rc::Rc;
use thiserror::Error;

/// Rows of a picture sent with one `GS v 0`.
///
/// Small bands keep the printer's buffer from filling with a command it cannot begin, and
/// bound how much of a broken-off band has to be made up for afterwards.
pub const BAND_ROWS: usize = 128;

/// Dots of the widest head this crate prints on (4 inch at 203 dpi).
pub const MAX_PRINT_WIDTH_DOTS: u32 = 832;

/// Why a document cannot be put into bytes.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum EncodeError {
    /// The printer's own letters lack it; a picture of the line can still be printed.
    #[error("the printer's own letters have no {0:?}: this line has to be printed as a picture")]
    NoLetter(char),
    /// A control character would be taken as a command.
    #[error("a line of text may not hold the control character {0:?}")]
    Control(char),
    /// Letters can be 1 to 8 times as large.
    #[error("letters can be 1 to 8 times as large, not {width} by {height}")]
    Size {
        /// Asked factor across.
        width: u8,
        /// Asked factor down.
        height: u8,
    },
    /// Wider than any head.
    #[error(
        "a picture of {0} dots is wider than any receipt printer ({MAX_PRINT_WIDTH_DOTS} dots)"
    )]
    TooWide(u32),
    /// The command library refused.
    #[error("the document could not be put into printer commands: {0}")]
    Command(String),
}

impl From<PrinterError> for EncodeError {
    fn from(error: PrinterError) -> Self {
        Self::Command(error.to_string())
    }
}

/// The bytes of a document: `ESC @`, its parts, no question to the printer.
pub fn encode(document: &Document) -> Result<Vec<u8>, EncodeError> {
    let capture = Capture::default();
    let mut printer = Printer::new(capture.clone(), protocol(), None);
    printer.init()?;
    let mut style = Style::default();
    for item in &document.items {
        match item {
            Item::Image(bitmap) => image(&mut printer, &mut style, bitmap)?,
            Item::Text(line) => text(&mut printer, &mut style, line)?,
            Item::Feed(feed) => white(&mut printer, *feed)?,
            Item::Cut(cut) => knife(&mut printer, *cut)?,
        }
    }
    printer.print()?;
    Ok(capture.bytes.take())
}

/// Whether a line can be printed in the printer's own letters.
pub fn can_encode(text: &str) -> bool {
    printable(text).is_ok()
}

/// The protocol of all our printers: text leaves it as GBK, the common part of all GB18030 printers.
pub(super) fn protocol() -> Protocol {
    Protocol::new(Encoder::new(GBK))
}

/// What the printer is set to, so that a setting is sent when it changes and not before each line.
#[derive(Default)]
struct Style {
    chinese: bool,
    align: Align,
    bold: bool,
    inverted: bool,
    size: Option<(u8, u8)>,
}

fn image<D: Driver>(
    printer: &mut Printer<D>,
    style: &mut Style,
    bitmap: &Bitmap,
) -> Result<(), EncodeError> {
    if bitmap.width() > MAX_PRINT_WIDTH_DOTS {
        return Err(EncodeError::TooWide(bitmap.width()));
    }
    justify(printer, style, Align::Left)?;
    let row_bytes = bitmap.row_bytes();
    for band in bitmap.bytes().chunks(BAND_ROWS * row_bytes) {
        let [x_low, x_high] = (row_bytes as u16).to_le_bytes();
        let [y_low, y_high] = ((band.len() / row_bytes) as u16).to_le_bytes();
        // GS v 0: mode 0 (no enlarging), bytes across, rows down.
        let mut command = vec![0x1D, b'v', b'0', 0, x_low, x_high, y_low, y_high];
        command.extend_from_slice(band);
        printer.custom(&command)?;
    }
    Ok(())
}

fn text<D: Driver>(
    printer: &mut Printer<D>,
    style: &mut Style,
    line: &TextLine,
) -> Result<(), EncodeError> {
    let size = (line.width, line.height);
    if !(1..=8).contains(&line.width) || !(1..=8).contains(&line.height) {
        return Err(EncodeError::Size { width: line.width, height: line.height });
    }
    let text = printable(&line.text)?;
    if !style.chinese {
        // FS &: two bytes make one Chinese character from here on.
        printer.custom(&[0x1C, b'&'])?;
        style.chinese = true;
    }
    justify(printer, style, line.align)?;
    if style.bold != line.bold {
        printer.bold(line.bold)?;
        style.bold = line.bold;
    }
    if style.inverted != line.inverted {
        printer.reverse(line.inverted)?;
        style.inverted = line.inverted;
    }
    if style.size.unwrap_or((1, 1)) != size {
        // FS ! comes first: compatibles that know only double Chinese letters take it,
        // the others take the exact size from GS ! behind it.
        let double = u8::from(line.width > 1) << 2 | u8::from(line.height > 1) << 3;
        printer.custom(&[0x1C, b'!', double])?.size(line.width, line.height)?;
        style.size = Some(size);
    }
    printer.writeln(&text)?;
    Ok(())
}

fn justify<D: Driver>(
    printer: &mut Printer<D>,
    style: &mut Style,
    align: Align,
) -> Result<(), EncodeError> {
    if style.align != align {
        printer.justify(match align {
            Align::Left => JustifyMode::LEFT,
            Align::Centre => JustifyMode::CENTER,
            Align::Right => JustifyMode::RIGHT,
        })?;
        style.align = align;
    }
    Ok(())
}

fn white<D: Driver>(printer: &mut Printer<D>, feed: Feed) -> Result<(), EncodeError> {
    match feed {
        Feed::Lines(lines) => {
            printer.feeds(lines)?;
        }
        Feed::Dots(dots) => {
            let mut left = dots;
            while left > 0 {
                let step = left.min(255);
                // ESC J: one dot a unit on 203 dpi heads.
                printer.custom(&[0x1B, b'J', step as u8])?;
                left -= step;
            }
        }
    }
    Ok(())
}

fn knife<D: Driver>(printer: &mut Printer<D>, cut: Cut) -> Result<(), EncodeError> {
    match cut {
        // GS V 65 0: feed to the knife, cut through.
        Cut::Full => printer.cut()?,
        // GS V 66 0: feed to the knife, leave a bridge. The library's own partial cut is GS V 65 1, a full one.
        Cut::Partial => printer.custom(&[0x1D, b'V', 66, 0])?,
    };
    Ok(())
}

/// The line as the printer's letters can say it.
fn printable(text: &str) -> Result<String, EncodeError> {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        // The half-width yen sign is a four-byte code, which turns a price to garbage on GBK printers.
        let letter = if letter == '¥' { '￥' } else { letter };
        if letter.is_control() {
            return Err(EncodeError::Control(letter));
        }
        if !letter.is_ascii() && !has_letter(letter) {
            return Err(EncodeError::NoLetter(letter));
        }
        line.push(letter);
    }
    Ok(line)
}

/// Whether the two-byte code of a character lies in a part of GBK that printers' fonts fill.
fn has_letter(letter: char) -> bool {
    let mut utf8 = [0; 4];
    let (bytes, _, unmappable) = GBK.encode(letter.encode_utf8(&mut utf8));
    match *bytes {
        _ if unmappable => false,
        // Later additions and the user-defined areas are empty in printers.
        [0xFE, _] | [0xAA..=0xAF | 0xF8..=0xFD, 0xA1..=0xFF] | [0xA1..=0xA7, 0..=0xA0] => false,
        [_, _] => true,
        // The euro sign's single byte, which only one vendor's code page knows.
        _ => false,
    }
}

/// A driver that keeps the bytes.
#[derive(Clone, Default)]
struct Capture {
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl Driver for Capture {
    fn name(&self) -> String {
        "capture".into()
    }

    fn write(&self, data: &[u8]) -> EscposResult<()> {
        self.bytes.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> EscposResult<usize> {
        Ok(0)
    }

    fn flush(&self) -> EscposResult<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn bytes(document: &Document) -> Vec<u8> {
        encode(document).unwrap()
    }

    #[test]
    fn nothing_is_only_the_reset() {
        assert_eq!(bytes(&Document::new()), [0x1B, b'@']);
    }

    #[test]
    fn a_picture_is_sent_in_bands() {
        let mut picture = Bitmap::new(16, BAND_ROWS as u32 + 2).unwrap();
        picture.set(0, 0, true);
        picture.set(15, BAND_ROWS as u32 + 1, true);
        let sent = bytes(&Document::new().image(picture).cut(Cut::Partial));
        assert_eq!(sent[..11], [0x1B, b'@', 0x1D, b'v', b'0', 0, 2, 0, 128, 0, 0x80]);
        let second = 2 + 8 + 2 * BAND_ROWS;
        assert_eq!(
            sent[second..],
            [0x1D, b'v', b'0', 0, 2, 0, 2, 0, 0, 0, 0, 1, 0x1D, b'V', 66, 0]
        );
    }

    #[test]
    fn chinese_text_is_two_bytes_a_character() {
        let sent = bytes(&Document::new().text(TextLine::new("红烧 A")));
        assert_eq!(
            sent,
            [0x1B, b'@', 0x1C, b'&', 0xBA, 0xEC, 0xC9, 0xD5, b' ', b'A', 0x1B, b'd', 1]
        );
    }

    #[test]
    fn style_is_sent_when_it_changes() {
        let line = TextLine::new("1").sized(2, 3).bold().inverted().aligned(Align::Centre);
        let sent = bytes(&Document::new().text(line.clone()).text(line).text(TextLine::new("2")));
        assert_eq!(
            sent,
            [
                0x1B, b'@', 0x1C, b'&', 0x1B, b'a', 1, 0x1B, b'E', 1, 0x1D, b'B', 1, 0x1C, b'!',
                0x0C, 0x1D, b'!', 0x12, b'1', 0x1B, b'd', 1, b'1', 0x1B, b'd', 1, 0x1B, b'a', 0,
                0x1B, b'E', 0, 0x1D, b'B', 0, 0x1C, b'!', 0, 0x1D, b'!', 0, b'2', 0x1B, b'd', 1
            ]
        );
    }

    #[test]
    fn feeds_and_cuts() {
        let sent = bytes(&Document::new().feed_lines(3).feed_dots(300).cut(Cut::Full));
        assert_eq!(
            sent,
            [0x1B, b'@', 0x1B, b'd', 3, 0x1B, b'J', 255, 0x1B, b'J', 45, 0x1D, b'V', 65, 0]
        );
    }

    #[test]
    fn a_price_never_turns_to_garbage() {
        let sent = bytes(&Document::new().text(TextLine::new("¥20")));
        assert_eq!(sent[4..8], [0xA3, 0xA4, b'2', b'0']);
    }

    #[test]
    fn what_the_letters_lack_is_named() {
        for (text, letter) in [("陈㐂", '㐂'), ("龑䶮", '䶮'), ("€", '€'), ("😀", '😀')]
        {
            let document = Document::new().text(TextLine::new(text));
            assert_eq!(encode(&document), Err(EncodeError::NoLetter(letter)));
            assert!(!can_encode(text));
        }
        assert!(can_encode("镕 喆 犇 →①"));
    }

    #[test]
    fn a_name_cannot_smuggle_in_a_command() {
        let document = Document::new().text(TextLine::new("王\u{1b}@"));
        assert_eq!(encode(&document), Err(EncodeError::Control('\u{1b}')));
    }

    #[test]
    fn sizes_out_of_range_are_refused() {
        let document = Document::new().text(TextLine::new("1").sized(9, 1));
        assert_eq!(encode(&document), Err(EncodeError::Size { width: 9, height: 1 }));
        let document = Document::new().image(Bitmap::new(MAX_PRINT_WIDTH_DOTS + 1, 1).unwrap());
        assert_eq!(encode(&document), Err(EncodeError::TooWide(833)));
    }
}
