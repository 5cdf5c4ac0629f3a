//! The measures of the touchscreen, from which every size on it follows.

/// A panel: pixels and millimetres of its picture, as it stands (portrait is taller than wide).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
    /// Millimetres across.
    pub width_mm: f32,
    /// Millimetres down.
    pub height_mm: f32,
}

impl Panel {
    /// 10.1″, 1280×800.
    pub const TEN_INCH: Panel = Panel::new(1280, 800, 217.0, 136.0);
    /// 15.6″, 1920×1080.
    pub const FIFTEEN_INCH: Panel = Panel::new(1920, 1080, 344.0, 194.0);
    /// 15.6″ standing, 1080×1920.
    pub const FIFTEEN_INCH_PORTRAIT: Panel = Panel::new(1080, 1920, 194.0, 344.0);
    /// 7″ standing, 720×1280.
    pub const SEVEN_INCH_PORTRAIT: Panel = Panel::new(720, 1280, 87.0, 155.0);
    /// The panels the screens are drawn for.
    pub const ALL: [Panel; 4] = [
        Panel::TEN_INCH,
        Panel::FIFTEEN_INCH,
        Panel::SEVEN_INCH_PORTRAIT,
        Panel::FIFTEEN_INCH_PORTRAIT,
    ];

    /// A panel of these measures.
    pub const fn new(width_px: u32, height_px: u32, width_mm: f32, height_mm: f32) -> Self {
        Self { width_px, height_px, width_mm, height_mm }
    }

    /// The panel of this many pixels among those the screens are drawn for.
    pub fn by_pixels(width_px: u32, height_px: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|p| (p.width_px, p.height_px) == (width_px, height_px))
    }

    /// The same glass with the picture that is really shown on it: other pixels, perhaps turned.
    #[must_use]
    pub fn showing(self, width_px: u32, height_px: u32) -> Self {
        let turned = (width_px > height_px) != (self.width_mm > self.height_mm);
        let (width_mm, height_mm) =
            if turned { (self.height_mm, self.width_mm) } else { (self.width_mm, self.height_mm) };
        Self { width_px, height_px, width_mm, height_mm }
    }

    /// Pixels of a millimetre, in the direction that has fewer.
    pub fn px_per_mm(&self) -> f32 {
        (self.width_px as f32 / self.width_mm).min(self.height_px as f32 / self.height_mm)
    }
}

/// `1280x800`, as in file names.
impl std::fmt::Display for Panel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.width_px, self.height_px)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_another_size_keeps_the_millimetres_and_a_turned_one_swaps_them() {
        assert_eq!(Panel::TEN_INCH.showing(1920, 1200), Panel::new(1920, 1200, 217.0, 136.0));
        assert_eq!(Panel::TEN_INCH.showing(800, 1280), Panel::new(800, 1280, 136.0, 217.0));
        for panel in Panel::ALL {
            assert_eq!(panel.showing(panel.width_px, panel.height_px), panel);
        }
    }
}
