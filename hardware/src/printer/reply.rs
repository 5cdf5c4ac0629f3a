//! What a printer says back, byte by byte, whatever else it babbles.

use super::status::{RealTimeStatus, paper_from_gs_r};

/// One thing a printer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// An answer to `DLE EOT n`.
    RealTime(u8),
    /// An answer to `GS r 1`: the printer has processed all that was sent before the question.
    Paper(u8),
    /// An answer to `GS ( H` (Specify process ID response) with the id that was sent.
    ProcessId([u8; 4]),
    /// Four bytes of Automatic Status Back that nobody asked for.
    AutomaticStatus([u8; 4]),
    /// XON or XOFF.
    FlowControl,
    /// A byte that means nothing here.
    Rubbish(u8),
}

/// Cuts the printer's bytes into [`Reply`]s; holds at most seven bytes.
#[derive(Debug, Clone, Default)]
pub struct ReplyParser {
    held: Vec<u8>,
}

impl ReplyParser {
    /// A parser at the beginning of a conversation.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one byte; answers with what it completes.
    pub fn push(&mut self, byte: u8) -> Option<Reply> {
        self.held.push(byte);
        let reply = match *self.held.as_slice() {
            // GS ( H answers 37h 22h, four bytes of id, 00h.
            [0x37]
            | [0x37, 0x22]
            | [0x37, 0x22, _]
            | [0x37, 0x22, _, _]
            | [0x37, 0x22, _, _, _]
            | [0x37, 0x22, _, _, _, _] => return None,
            [0x37, 0x22, a, b, c, d, 0] => Reply::ProcessId([a, b, c, d]),
            [0x37, ..] => Reply::Rubbish(byte),
            [first] if is_automatic_status(first) => return None,
            [first, _] | [first, _, _] if is_automatic_status(first) => return None,
            [first, second, third, fourth] if is_automatic_status(first) => {
                Reply::AutomaticStatus([first, second, third, fourth])
            }
            [0x11 | 0x13] => Reply::FlowControl,
            [first] if RealTimeStatus::is_answer(first) => Reply::RealTime(first),
            [first] if paper_from_gs_r(first).is_some() => Reply::Paper(first),
            _ => Reply::Rubbish(byte),
        };
        self.held.clear();
        Some(reply)
    }

    /// Whether the bytes so far stop in the middle of an answer.
    pub fn is_in_the_middle(&self) -> bool {
        !self.held.is_empty()
    }
}

/// The first byte of Automatic Status Back: bit 4 set, bits 0, 1 and 7 not.
const fn is_automatic_status(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(bytes: &[u8]) -> Vec<Reply> {
        let mut parser = ReplyParser::new();
        bytes.iter().filter_map(|byte| parser.push(*byte)).collect()
    }

    #[test]
    fn kinds_are_told_apart() {
        assert_eq!(
            parse(&[0x12, 0x00, 0x13, 0x37, 0x22, b'0', b'0', b'0', b'7', 0, 0xFF, 0x03]),
            [
                Reply::RealTime(0x12),
                Reply::Paper(0),
                Reply::FlowControl,
                Reply::ProcessId(*b"0007"),
                Reply::Rubbish(0xFF),
                Reply::Paper(3),
            ]
        );
    }

    #[test]
    fn an_unasked_status_is_not_taken_for_a_proof() {
        assert_eq!(parse(&[0x10, 0x00, 0x03, 0x0F]), [Reply::AutomaticStatus([0x10, 0, 3, 0x0F])]);
    }

    #[test]
    fn a_broken_id_is_rubbish_and_the_next_answer_counts() {
        assert_eq!(parse(&[0x37, 0x41, 0x00]), [Reply::Rubbish(0x41), Reply::Paper(0)]);
    }

    /// Bytes, most of them such that something could be read into them.
    fn some_bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
        let telling = vec![0x37, 0x22, 0x00, 0x03, 0x0C, 0x10, 0x12, 0x11, b'0'];
        let byte = prop_oneof![3 => prop::sample::select(telling), 1 => any::<u8>()];
        prop::collection::vec(byte, 0..most)
    }

    proptest! {
        #[test]
        fn each_reply_is_made_of_the_bytes_that_end_with_it(bytes in some_bytes(600)) {
            let mut parser = ReplyParser::new();
            for (index, byte) in bytes.iter().enumerate() {
                let so_far = &bytes[..=index];
                match parser.push(*byte) {
                    Some(Reply::Paper(value)) => {
                        prop_assert_eq!(value, *byte);
                        prop_assert!([0x00, 0x03, 0x0C, 0x0F].contains(byte));
                    }
                    Some(Reply::ProcessId([a, b, c, d])) => {
                        prop_assert!(so_far.ends_with(&[0x37, 0x22, a, b, c, d, 0x00]));
                    }
                    Some(Reply::RealTime(value)) => {
                        prop_assert_eq!(value, *byte);
                        prop_assert_eq!(byte & 0x93, 0x12);
                    }
                    Some(Reply::AutomaticStatus(four)) => {
                        prop_assert!(so_far.ends_with(&four));
                        prop_assert_eq!(four[0] & 0x93, 0x10);
                    }
                    Some(Reply::FlowControl) => prop_assert!([0x11, 0x13].contains(byte)),
                    Some(Reply::Rubbish(value)) => prop_assert_eq!(value, *byte),
                    None => prop_assert!(parser.is_in_the_middle()),
                }
            }
        }

        #[test]
        fn where_the_bytes_are_cut_makes_no_difference(
            bytes in some_bytes(300),
            cuts in prop::collection::vec(0_usize..20, 0..40),
        ) {
            let (mut rest, mut replies, mut parser) = (&bytes[..], Vec::new(), ReplyParser::new());
            for cut in cuts.into_iter().chain([usize::MAX]) {
                let (piece, behind) = rest.split_at(cut.min(rest.len()));
                // Between two reads the parser may move with its conversation.
                let mut moved = parser.clone();
                replies.extend(piece.iter().filter_map(|byte| moved.push(*byte)));
                (parser, rest) = (moved, behind);
            }
            prop_assert_eq!(replies, parse(&bytes));
        }

        #[test]
        fn no_proof_comes_out_of_bytes_without_one(
            bytes in prop::collection::vec(
                any::<u8>().prop_filter("no paper answer", |byte| paper_from_gs_r(*byte).is_none()),
                0..600,
            )
        ) {
            // An id's answer ends with a NUL, which is a paper answer's byte as well.
            let is_proof = |reply: &Reply| matches!(reply, Reply::Paper(_) | Reply::ProcessId(_));
            prop_assert!(!parse(&bytes).iter().any(is_proof));
        }

        #[test]
        fn any_bytes_are_taken_and_little_is_held(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            let mut parser = ReplyParser::new();
            for byte in bytes {
                let _ = parser.push(byte);
                prop_assert!(parser.held.len() < 7);
            }
        }

        #[test]
        fn an_id_is_found_behind_complete_answers(id in any::<[u8; 4]>(), before in prop::collection::vec(
            prop::sample::select(vec![0x12_u8, 0x16, 0x00, 0x11, 0xFF]), 0..20)) {
            let mut bytes = before;
            bytes.extend([0x37, 0x22]);
            bytes.extend(id);
            bytes.push(0);
            prop_assert_eq!(parse(&bytes).last().copied(), Some(Reply::ProcessId(id)));
        }
    }
}
