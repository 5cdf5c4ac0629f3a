//! How long each ESC/POS command is: enough of the reference to step over what is not simulated.

/// Longest NUL-terminated parameter that is waited for.
const MAX_TERMINATED: usize = 300;

/// What the first bytes of a command say about its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// More bytes are needed to know.
    More,
    /// The command has this many bytes.
    Bytes(u64),
}

/// The extent of the command that begins with `bytes` (the first is ESC, GS, FS or DLE).
pub(super) fn extent(bytes: &[u8]) -> Extent {
    let length = match *bytes {
        [_] | [] => None,
        [0x10, second, ref rest @ ..] => dle(second, rest),
        [0x1B, second, ref rest @ ..] => esc(second, rest),
        [0x1C, second, ref rest @ ..] => fs(second, rest),
        [0x1D, second, ref rest @ ..] => gs(second, rest),
        _ => Some(1),
    };
    length.map_or(Extent::More, Extent::Bytes)
}

fn dle(second: u8, rest: &[u8]) -> Option<u64> {
    Some(match (second, rest) {
        // EOT, DC4: the length hangs on the function.
        (0x04 | 0x14, []) => return None,
        (0x04, [7 | 8 | 18, ..]) => 4,
        (0x04 | 0x05, _) => 3,
        (0x14, [8, ..]) => 10,
        (0x14, _) => 5,
        _ => 1,
    })
}

fn esc(second: u8, rest: &[u8]) -> Option<u64> {
    Some(match second {
        b' ' | b'!' | b'%' | b'-' | b'3' | b'=' | b'?' | b'A' | b'E' | b'G' | b'J' | b'K'
        | b'M' | b'R' | b'T' | b'U' | b'V' | b'a' | b'd' | b'e' | b'r' | b't' | b'{' => 3,
        b'$' | b'\\' | b'B' | b'c' => 4,
        b'p' => 5,
        b'W' => 10,
        b'D' => return terminated(rest),
        b'(' => counted(rest.get(1..)?, 5)?,
        b'*' => match *rest {
            [mode, low, high, ..] => {
                let columns = u64::from(u16::from_le_bytes([low, high]));
                5 + columns * if mode >= 32 { 3 } else { 1 }
            }
            _ => return None,
        },
        _ => 2,
    })
}

fn fs(second: u8, rest: &[u8]) -> Option<u64> {
    Some(match second {
        b'!' | b'-' | b'C' | b'W' | b'?' => 3,
        b'S' | b'p' => 4,
        b'2' => 4 + 72,
        b'(' => counted(rest.get(1..)?, 5)?,
        _ => 2,
    })
}

fn gs(second: u8, rest: &[u8]) -> Option<u64> {
    Some(match second {
        b'!' | b'/' | b'B' | b'E' | b'H' | b'I' | b'T' | b'a' | b'b' | b'f' | b'h' | b'r'
        | b'w' | b'c' => 3,
        b'$' | b'L' | b'P' | b'W' | b'\\' => 4,
        b'^' | b'z' => 5,
        b'V' => match rest {
            [] => return None,
            [65 | 66 | 97 | 98 | 103 | 104, ..] => 4,
            _ => 3,
        },
        // The header only: the rows behind it are the interpreter's.
        b'v' => 8,
        b'(' => counted(rest.get(1..)?, 5)?,
        b'8' => match *rest {
            [_, a, b, c, d, ..] => 7 + u64::from(u32::from_le_bytes([a, b, c, d])),
            _ => return None,
        },
        b'*' => match *rest {
            [x, y, ..] => 4 + u64::from(x) * u64::from(y) * 8,
            _ => return None,
        },
        b'k' => match *rest {
            [system, count, ..] if system >= 65 => 4 + u64::from(count),
            [system, ref data @ ..] if system < 65 => {
                return terminated(data).map(|length| length + 1);
            }
            _ => return None,
        },
        _ => 2,
    })
}

/// `pL pH` and as many bytes behind them.
fn counted(rest: &[u8], header: u64) -> Option<u64> {
    match *rest {
        [low, high, ..] => Some(header + u64::from(u16::from_le_bytes([low, high]))),
        _ => None,
    }
}

fn terminated(data: &[u8]) -> Option<u64> {
    match data.iter().position(|byte| *byte == 0) {
        Some(end) => Some(2 + end as u64 + 1),
        None if data.len() > MAX_TERMINATED => Some(2 + data.len() as u64),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_of_the_reference() {
        for (bytes, length) in [
            (&[0x1B, b'@'][..], 2),
            (&[0x1B, b'a'], 3),
            (&[0x1D, b'V', 0], 3),
            (&[0x1D, b'V', 66], 4),
            (&[0x1D, b'v'], 8),
            (&[0x1D, b'(', b'H', 6, 0], 11),
            (&[0x1D, b'(', b'k', 3, 1], 5 + 259),
            (&[0x1D, b'k', 73, 10], 14),
            (&[0x1D, b'k', 4, b'1', b'2', 0], 6),
            (&[0x1B, b'*', 33, 10, 0], 35),
            (&[0x1B, b'D', 8, 16, 0], 5),
            (&[0x1C, b'!'], 3),
            (&[0x10, 0x04, 1], 3),
            (&[0x10, 0x04, 7], 4),
        ] {
            assert_eq!(extent(bytes), Extent::Bytes(length), "{bytes:02X?}");
        }
    }

    proptest! {
        #[test]
        fn the_end_is_known_soon(first in prop::sample::select(vec![0x10_u8, 0x1B, 0x1C, 0x1D]),
                                 rest in prop::collection::vec(any::<u8>(), MAX_TERMINATED + 5)) {
            let mut bytes = vec![first];
            bytes.extend(rest);
            prop_assert_ne!(extent(&bytes), Extent::More);
        }
    }
}
