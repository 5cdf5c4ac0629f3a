//! Files that lie are refused with a sentence, and nobody is changed.

use std::io::{Cursor, Write};

use axum::http::StatusCode;
use clubhouse_kiosk::domain::Role;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

use super::upload;
use crate::support::Clubhouse;
use crate::support::pages::Pages;

/// A workbook's archive with one file of so many zeros.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..bytes >> 20 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook with one more cell than the headings.
fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["楼号", "室号", "姓名", "类别"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, heading).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn files_that_lie_are_refused_with_a_sentence() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let before = clubhouse.registry.residents().unwrap();
    let formula = book(|s| {
        s.write_formula(1, 2, "=1+1").unwrap();
    });
    let far = book(|s| {
        s.write_string(900_000, 2, "far").unwrap();
    });
    let wide = book(|s| {
        s.write_string(1, 9_000, "wide").unwrap();
    });
    let cases: [(&[u8], &str); 9] = [
        (&bomb(80 << 20), "解开后太大"),
        (&formula, "表里有公式"),
        (&far, "行或列太多"),
        (&wide, "行或列太多"),
        (b"PK\x03\x04 no archive", "打不开"),
        (b"\xD0\xCF\x11\xE0 old", "旧式 Excel"),
        (b"\xff\xff\x00\x81", "UTF-8"),
        (b"", "空的"),
        ("楼号,室号,姓名\n".as_bytes(), "没有“类别”这一列"),
    ];
    for (file, sentence) in cases {
        upload(&office, file).says(&[sentence, "什么也没有改"]).hides(&["name=\"list\""]);
    }
    let large = upload(&office, &vec![b'a'; 11 << 20]);
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    large.says(&["10 MB"]);
    assert_eq!(clubhouse.registry.residents().unwrap(), before);
}
