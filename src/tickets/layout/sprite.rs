//! Small one-bit pictures: glyphs, shapes and codes.

/// A one-bit picture with rows of whole bytes, most significant bit first, black = 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sprite {
    pub width: u32,
    pub height: u32,
    bytes: Vec<u8>,
}

impl Sprite {
    /// Draws every dot for which `black(x, y)` holds.
    pub fn draw(width: u32, height: u32, black: impl Fn(u32, u32) -> bool) -> Self {
        let row = width.div_ceil(8) as usize;
        let mut bytes = vec![0u8; row * height as usize];
        for y in 0..height {
            for x in 0..width {
                if black(x, y) {
                    bytes[y as usize * row + (x / 8) as usize] |= 0x80 >> (x % 8);
                }
            }
        }
        Self { width, height, bytes }
    }

    /// Adds the black dots to a larger picture of the same layout.
    ///
    /// The caller has made sure that the sprite lies within the picture.
    pub fn stamp(&self, target: &mut [u8], target_row: usize, left: u32, top: u32) {
        let row = self.width.div_ceil(8) as usize;
        let (column, shift) = ((left / 8) as usize, left % 8);
        for (y, source) in self.bytes.chunks_exact(row.max(1)).enumerate() {
            let start = (top as usize + y) * target_row + column;
            for (i, byte) in source.iter().enumerate().filter(|(_, byte)| **byte != 0) {
                let spread = (u16::from(*byte) << 8 >> shift).to_be_bytes();
                for (offset, part) in spread.into_iter().enumerate() {
                    // The second byte is white where it would lie behind the row's end.
                    if part != 0
                        && let Some(dots) = target.get_mut(start + i + offset)
                    {
                        *dots |= part;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sprite;

    #[test]
    fn a_sprite_lands_on_any_dot() {
        let sprite = Sprite::draw(10, 2, |x, y| x == 0 || (x == 9 && y == 1));
        for left in 0..14 {
            let mut target = vec![0; 3 * 3];
            sprite.stamp(&mut target, 3, left, 1);
            let black: Vec<(u32, u32)> = (0..3)
                .flat_map(|y| (0..24).map(move |x| (x, y)))
                .filter(|(x, y)| target[(y * 3 + x / 8) as usize] & (0x80 >> (x % 8)) != 0)
                .collect();
            assert_eq!(black, [(left, 1), (left, 2), (left + 9, 2)]);
        }
    }
}
