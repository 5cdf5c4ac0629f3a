//! How the picture is turned, and how a touch must be turned with it.

/// How far the picture is turned to the right, in degrees: `SLINT_KMS_ROTATION`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rotation {
    /// As the panel stands.
    #[default]
    None,
    /// A quarter to the right.
    Right,
    /// Upside down.
    Half,
    /// A quarter to the left.
    Left,
}

impl Rotation {
    /// All four.
    pub const ALL: [Self; 4] = [Self::None, Self::Right, Self::Half, Self::Left];

    /// Degrees to the right.
    pub const fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Right => 90,
            Self::Half => 180,
            Self::Left => 270,
        }
    }

    /// The rotation of so many degrees.
    pub fn parse(text: &str) -> Option<Self> {
        let degrees: u16 = text.trim().parse().ok()?;
        Self::ALL.into_iter().find(|rotation| rotation.degrees() == degrees)
    }

    /// `LIBINPUT_CALIBRATION_MATRIX` that brings a touch on the panel to the picture's place:
    /// `a b c d e f` for x' = ax + by + c and y' = dx + ey + f, all in parts of the panel's sides.
    ///
    /// Slint's renderer puts the picture's point (x, y) at (1 − y, x) of the panel when it is
    /// turned by 90°, at (1 − x, 1 − y) by 180° and at (y, 1 − x) by 270°; a touch goes the other
    /// way round.
    pub const fn matrix(self) -> [i8; 6] {
        match self {
            Self::None => [1, 0, 0, 0, 1, 0],
            Self::Right => [0, 1, 0, -1, 0, 1],
            Self::Half => [-1, 0, 1, 0, -1, 1],
            Self::Left => [0, -1, 1, 1, 0, 0],
        }
    }

    /// The matrix as udev's rule has it.
    pub fn calibration(self) -> String {
        self.matrix().map(|number| number.to_string()).join(" ")
    }

    /// The rotation that a calibration stands for, if it is one of the four.
    pub fn of_calibration(text: &str) -> Option<Self> {
        let numbers: Vec<f32> = text.split_whitespace().map_while(|n| n.parse().ok()).collect();
        Self::ALL.into_iter().find(|rotation| {
            let wanted = rotation.matrix().map(f32::from);
            numbers.len() == wanted.len()
                && numbers.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-3)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Where Slint's software renderer draws a point of the picture (`Transform::transformed`),
    /// in parts of the sides: it mirrors, then swaps.
    fn drawn(rotation: Rotation, [mut x, mut y]: [f32; 2]) -> [f32; 2] {
        if matches!(rotation, Rotation::Left | Rotation::Half) {
            x = 1.0 - x;
        }
        if matches!(rotation, Rotation::Right | Rotation::Half) {
            y = 1.0 - y;
        }
        if matches!(rotation, Rotation::Right | Rotation::Left) { [y, x] } else { [x, y] }
    }

    /// Where libinput says that a touch is (`evdev_transform_absolute`).
    fn touched(matrix: [i8; 6], [x, y]: [f32; 2]) -> [f32; 2] {
        let row = |m: &[i8]| f32::from(m[0]) * x + f32::from(m[1]) * y + f32::from(m[2]);
        [row(&matrix[..3]), row(&matrix[3..])]
    }

    #[test]
    fn a_touch_on_what_is_drawn_is_a_touch_on_what_was_meant() {
        for rotation in Rotation::ALL {
            for point in [[0.1, 0.2], [0.9, 0.3], [0.5, 0.5], [0.25, 0.95]] {
                let [x, y] = touched(rotation.matrix(), drawn(rotation, point));
                assert!((x - point[0]).abs() < 1e-5 && (y - point[1]).abs() < 1e-5, "{rotation:?}");
            }
        }
        // Turned to the right, the picture's upper left corner is the panel's upper right one.
        let [x, y] = drawn(Rotation::Right, [0.0, 0.0]);
        assert!(x > 0.99 && y < 0.01);
    }

    #[test]
    fn the_shipped_rule_has_the_same_matrices() {
        let rule = include_str!("../../systemd/udev/71-clubhouse-touch.rules");
        for rotation in Rotation::ALL {
            let line = format!(
                "ENV{{SLINT_KMS_ROTATION}}==\"{}\", ENV{{LIBINPUT_CALIBRATION_MATRIX}}=\"{}\"",
                rotation.degrees(),
                rotation.calibration()
            );
            assert!(rule.contains(&line), "{line}");
            assert_eq!(Rotation::of_calibration(&rotation.calibration()), Some(rotation));
            assert_eq!(Rotation::parse(&rotation.degrees().to_string()), Some(rotation));
        }
        assert_eq!(Rotation::of_calibration("1.02 0 -0.01 0 1 0"), None);
        assert_eq!(Rotation::parse("45"), None);
    }
}
