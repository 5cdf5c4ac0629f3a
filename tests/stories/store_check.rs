//! The look at the whole database: before the screen where it must be, beside it where it may.

use clubhouse_kiosk::store::{Store, StoreError};

use crate::support::desk::Desk;

#[test]
fn damage_that_nobody_saw_at_the_start_is_found_beside_the_work() {
    let desk = Desk::new();
    let path = desk.path("var/lunch.sqlite");
    let sound = std::fs::read(&path).unwrap();
    let mut bytes = sound.clone();
    // Among the rows: the first half of a young file holds the schema, which every start reads.
    let rows = bytes.len() / 4 * 3 / 4096 * 4096;
    bytes[rows..rows + 16_384].fill(0xa5);

    // After a clean end the screen is not kept waiting; after a power cut the file is looked at first.
    std::fs::write(&path, &bytes).unwrap();
    let store = Store::open_to_serve(&path).unwrap();
    assert!(matches!(store.check(), Err(StoreError::Damaged { .. })));
    drop(store);
    assert!(matches!(Store::open_to_serve(&path), Err(StoreError::Damaged { .. })), "marked");

    // The copy of the backup is put in its place: it is looked at, and the mark goes.
    std::fs::write(&path, &sound).unwrap();
    Store::open_to_serve(&path).unwrap().check().unwrap();
    assert!(!desk.path("var/lunch.sqlite-damaged").exists());

    std::fs::write(&path, &bytes).unwrap();
    std::fs::write(desk.path("var/lunch.sqlite-wal"), [0; 4_096]).unwrap();
    assert!(matches!(Store::open_to_serve(&path), Err(StoreError::Damaged { .. })), "cut off");
}
