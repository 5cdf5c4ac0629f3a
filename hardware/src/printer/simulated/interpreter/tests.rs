//! What the byte reader makes of commands, text and data.

use super::*;
use proptest::prelude::*;

fn run(bytes: &[u8]) -> Vec<Action> {
    let mut interpreter = Interpreter::new(576);
    let mut actions = Vec::new();
    for byte in bytes {
        interpreter.take(*byte, &mut actions);
    }
    actions
}

fn texts(bytes: &[u8]) -> Vec<String> {
    let text = |action| {
        if let Action::Text(text) = action { Some(text) } else { None }
    };
    run(bytes).into_iter().filter_map(text).collect()
}

#[test]
fn chinese_needs_its_mode() {
    assert_eq!(texts(b"\x1c&\xba\xec\xc9\xd5 A\n"), ["红烧 A"]);
    assert_eq!(texts(b"\xba\xec\n"), ["\u{FFFD}\u{FFFD}"]);
    assert_eq!(texts(b"\x1c&\x81\x30\x84\x36\n"), ["¥"]);
}

#[test]
fn long_lines_wrap() {
    assert_eq!(texts(&[&[b'a'; 50][..], b"\n"].concat()), ["a".repeat(48), "aa".into()]);
}

#[test]
fn unknown_commands_are_stepped_over() {
    let qr = b"\x1d(k\x05\x001P0ab";
    let settings = b"\x1bt\x10\x1b3\x18\x1dh\x50";
    assert_eq!(texts(&[&qr[..], settings, b"ok\n"].concat()), ["ok"]);
}

proptest! {
    // Lines of letters eight times as large take their time to draw.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn data_at_once_is_read_as_byte_by_byte(
        head in prop::sample::select(vec![
            &b"\x1dv0\x00\x05\x00\x07\x00"[..], b"\x1d(k\x40\x00", b"\x1dv0\x00\x01\x00\x02\x00", b"",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        cut in 1_usize..60,
    ) {
        let all = [head, &bytes].concat();
        let (mut interpreter, mut actions) = (Interpreter::new(576), Vec::new());
        let mut rest = &all[..];
        while let Some((first, _)) = rest.split_first() {
            let data = interpreter.data_ahead().min(rest.len()).min(cut);
            if data > 0 {
                interpreter.take_data(rest[..data].iter().copied());
                rest = &rest[data..];
            } else {
                interpreter.take(*first, &mut actions);
                rest = &rest[1..];
            }
        }
        prop_assert_eq!(actions, run(&all));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        for action in run(&bytes) {
            if let Action::Row(row) = action {
                prop_assert_eq!(row.len(), 72);
            }
        }
    }
}
