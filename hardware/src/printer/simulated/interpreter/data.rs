//! Data in the middle of a picture or of a skipped command, taken many bytes at once: read byte
//! by byte, a broken-off picture that swallows megabytes would hold a test up.

use super::{Interpreter, Mode, SKIP_CHUNK};

impl Interpreter {
    /// How many of the next bytes are mere data, in the middle of a row or of a skipped command.
    pub(in crate::printer::simulated) fn data_ahead(&self) -> usize {
        match &self.mode {
            Mode::Raster { row_bytes, row, .. } => row_bytes - row.len() - 1,
            Mode::Skip { left, seen } => {
                let left = usize::try_from(left.saturating_sub(1)).unwrap_or(SKIP_CHUNK);
                left.min(SKIP_CHUNK.saturating_sub(seen.len() + 1))
            }
            _ => 0,
        }
    }

    /// Takes that many bytes, or fewer, all at once.
    pub(in crate::printer::simulated) fn take_data(
        &mut self,
        bytes: impl ExactSizeIterator<Item = u8>,
    ) {
        match &mut self.mode {
            Mode::Raster { row, .. } => row.extend(bytes),
            Mode::Skip { left, seen } => {
                *left -= bytes.len() as u64;
                seen.extend(bytes);
            }
            _ => {}
        }
    }
}
