//! The played lunch, which is the whole system at once.

use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::rehearsal::lunch::{self, Script};
use clubhouse_kiosk::store::Store;

#[test]
fn a_whole_lunch_from_the_touch_choose_door() {
    let folder = tempfile::TempDir::new().unwrap();
    let script = Script::ordinary(folder.path());
    let mut lines = Vec::new();
    let summary = lunch::play(&script, &mut |line| lines.push(line.to_owned())).unwrap();
    let closing = &summary.closing;
    assert!(closing.last_number >= 120);
    assert!(summary.doors >= 60 && summary.buildings >= 20 && summary.rounds == 8, "{summary}");
    for way in Fulfilment::ALL {
        assert!(closing.served.of(*way) > 20, "{summary}");
    }
    assert_eq!((closing.cancelled.len(), closing.returned.len()), (1, 1));
    assert!(closing.uncertain.is_empty() && closing.owed.is_empty(), "{summary}");
    assert!(lines.iter().any(|l| l.contains("paper ran out")));

    let files = |name: &str| std::fs::read_dir(folder.path().join(name)).unwrap().count();
    assert_eq!(files("tickets"), 2 * summary.papers as usize, "each paper as picture and as bytes");
    assert_eq!(files("slips"), 8);
    assert!(files("screens") >= 30);
    let map = std::fs::read_to_string(folder.path().join("rounds.svg")).unwrap();
    assert_eq!(map.matches("class=\"walk\"").count(), 8);
    assert!(Store::open(&summary.backup).is_ok(), "the backup is a database");
}
