//! A list as long as a compound's.

use std::time::Instant;

use clubhouse_kiosk::domain::{Resident, Role};
use clubhouse_kiosk::import::{rows_of, write_residents};
use rust_xlsxwriter::Workbook;

use super::{apply, upload};
use crate::support::Clubhouse;
use crate::support::pages::Pages;

/// Five thousand people behind the compound's doors, as an office would list them.
fn five_thousand(clubhouse: &Clubhouse) -> Vec<Resident> {
    let buildings = clubhouse.registry.buildings().unwrap();
    let model = clubhouse.senior(0);
    let doors = buildings.iter().flat_map(|b| {
        (b.first_flat_floor..=b.floors)
            .flat_map(move |floor| (1..=b.flats_per_floor).map(move |flat| (b, floor, flat)))
    });
    let doors: Vec<_> = doors.collect();
    (0..5_000_usize)
        .map(|n| {
            let (b, floor, flat) = doors[n % doors.len()];
            let mut r = model.clone();
            r.id = clubhouse.registry.new_resident_id();
            r.name = format!("{}{}", ["王", "李", "张", "欧阳"][n % 4], n);
            (r.door.building, r.door.floor, r.door.flat) = (b.number.clone(), floor, flat);
            r.phone = format!("139{n:08}");
            r.door_note = "敲门重一点,耳朵背".into();
            r
        })
        .collect()
}

#[test]
fn five_thousand_rows_are_shown_and_applied_as_csv_and_as_a_workbook() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let before = clubhouse.registry.residents().unwrap().len();
    let mut people = five_thousand(&clubhouse);
    let begun = Instant::now();
    let shown = upload(&office, &write_residents(&people)).says(&["新增 5000"]);
    let read = begun.elapsed();
    apply(&office, "/people/residents/import", &shown).says(&["新增 5000"]);
    println!("5,000 rows as csv: shown after {read:?}, applied after {:?}", begun.elapsed());
    assert_eq!(clubhouse.registry.residents().unwrap().len(), before + 5_000);

    for r in &mut people {
        r.door_note = "按铃".into();
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows_of(&people).iter().enumerate() {
        // An office's own list has no ids.
        for (column, cell) in cells.iter().take(10).enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    let book = book.save_to_buffer().unwrap();
    let begun = Instant::now();
    let shown = upload(&office, &book).says(&["新增 0 · 修改 5000"]);
    let read = begun.elapsed();
    apply(&office, "/people/residents/import", &shown).says(&["修改 5000"]);
    println!("5,000 rows as xlsx: shown after {read:?}, applied after {:?}", begun.elapsed());
    assert_eq!(clubhouse.registry.residents().unwrap().len(), before + 5_000);
}
