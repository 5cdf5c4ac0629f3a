//! Whatever the bytes are: an answer, never a fall.

use clubhouse_kiosk::import::{read_compound, read_menu, read_residents, read_volunteers};
use clubhouse_kiosk::rehearsal::sample::{self, SEED};
use proptest::prelude::*;

use super::{DRAWING, new_resident, new_volunteer, shipped, small};

proptest! {
    #![proptest_config(crate::support::cases(96))]

    /// Whatever the bytes are, a reader answers; it never falls over.
    #[test]
    fn no_bytes_bring_a_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        let buildings = small().buildings;
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            let _ = read_compound(bytes);
            let _ = read_residents(bytes, &buildings, new_resident);
            let _ = read_volunteers(bytes, &buildings, new_volunteer);
            let lossy = String::from_utf8_lossy(bytes);
            let _ = read_menu(&lossy);
            let _ = read_residents(format!("楼号,室号,姓名,类别\n{lossy}").as_bytes(), &buildings, new_resident);
        }
    }

    /// A file that was cut off is refused, or gives exactly the rows that are whole.
    #[test]
    fn a_cut_file_is_an_error_or_a_whole_value(share in 0.0f64..1.0) {
        let cut = |bytes: &[u8]| bytes[..(bytes.len() as f64 * share) as usize].to_vec();
        let compound = sample::compound(SEED);
        prop_assert!(read_compound(&cut(&shipped("compound.geojson"))).is_err());
        let whole = sample::volunteers(SEED, &compound);
        if let Ok(read) = read_volunteers(&cut(&shipped("volunteers.csv")), &compound.buildings, new_volunteer) {
            let sound = read.len().saturating_sub(1);
            prop_assert_eq!(&read[..sound], &whole[..sound]);
        }
        let menu = shipped("menu.toml");
        let _ = read_menu(&String::from_utf8_lossy(&cut(&menu)));
    }

    /// One character changed anywhere in a drawing is no reason to fall over.
    #[test]
    fn a_changed_drawing_never_panics(at in 0usize..DRAWING.len(), with in "[0-9eE\\-.,\\[\\]{}\"a]") {
        let mut text = DRAWING.as_bytes().to_vec();
        text[at] = with.as_bytes()[0];
        let _ = read_compound(&text);
    }
}
