//! A card as a picture.

use crate::cli::Failure;

/// Dots of one module of a card's QR code, and white modules around it.
const MODULE: u32 = 8;
const QUIET: u32 = 4;

/// A QR code as a PNG with the quiet zone of ISO/IEC 18004.
pub(super) fn picture(code: &str) -> Result<Vec<u8>, Failure> {
    let qr = qrcode::QrCode::new(code).map_err(Failure::failed)?;
    let modules = qr.width() as u32;
    let side = (modules + 2 * QUIET) * MODULE;
    let colours = qr.to_colors();
    let dark = |x: u32, y: u32| {
        let (column, row) = (x / MODULE, y / MODULE);
        let inside = QUIET..QUIET + modules;
        inside.contains(&column)
            && inside.contains(&row)
            && colours[((row - QUIET) * modules + column - QUIET) as usize] == qrcode::Color::Dark
    };
    let dots: Vec<u8> = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .map(|(x, y)| if dark(x, y) { 0 } else { 255 })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(Failure::failed)?;
    writer.write_image_data(&dots).map_err(Failure::failed)?;
    writer.finish().map_err(Failure::failed)?;
    Ok(bytes)
}
