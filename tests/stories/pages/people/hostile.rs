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

/// An archive of so many empty files.
fn many_files(count: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..count {
        archive.start_file(format!("xl/{n}.xml"), SimpleFileOptions::default()).unwrap();
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
    let list = |rows: &str| format!("楼号,室号,姓名,类别,备注\n{rows}").into_bytes();
    let long = list(&"7,301,甲,老年餐,\n".repeat(20_001));
    let columns = ",".repeat(70) + "楼号,室号,姓名,类别\n";
    let gbk_cut = &encoding_rs::GB18030.encode("楼号,室号,姓名,类别\n7,301,甲,老年餐\n").0[..8];
    let cases: [(&[u8], &str); 16] = [
        (&bomb(80 << 20), "解开后太大"),
        (&many_files(600), "解开后太大"),
        (&formula, "表里有公式"),
        (&far, "行或列太多"),
        (&wide, "行或列太多"),
        (b"PK\x03\x04 no archive", "打不开"),
        (b"\xD0\xCF\x11\xE0 old", "旧式 Excel"),
        (b"\xff\xff\x00\x81", "UTF-8"),
        (gbk_cut, "UTF-8"),
        (b"", "空的"),
        ("楼号,室号,姓名\n".as_bytes(), "没有“类别”这一列"),
        ("楼号,室号,姓名,类别,忌囗\n".as_bytes(), "不认识标题“忌囗”"),
        (&long, "行太多"),
        (columns.as_bytes(), "列太多"),
        (&list("7,301,甲,老年餐,=HYPERLINK(\"x\")\n"), "像公式"),
        (&list("7,301,甲,老年餐,\"=1+1\"\n"), "第 2 行"),
    ];
    for (file, sentence) in cases {
        upload(&office, file).says(&[sentence, "什么也没有改"]).hides(&["name=\"list\""]);
    }
    let large = upload(&office, &vec![b'a'; 11 << 20]);
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    large.says(&["10 MB"]);
    assert_eq!(clubhouse.registry.residents().unwrap(), before);
}

#[test]
fn every_bad_row_is_told_in_the_readers_language() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let rows = [
        ("7,301,甲,12,老年餐,,,", "5 到 15 位数字的电话", "5 to 15 digits"),
        ("7,三楼,甲,,老年餐,,,", "楼层加两位房号", "floor and two digits"),
        ("99,301,甲,,老年餐,,,", "没有 99 号楼", "no building 99"),
        ("7,9999,甲,,老年餐,,,", "7 号楼没有 9999 室", "no flat 9999"),
        ("7,301,,,老年餐,,,", "“姓名”没有填", "“姓名” is empty"),
        ("7,301,甲,,皇帝,,,", "老年餐、困难补助、志愿者、访客之一", "one of 老年餐 (senior)"),
        ("7,301,甲,,老年餐,榴莲,,", "应该是这些词：猪肉", "words among 猪肉"),
        ("7,301,甲,,老年餐,,很甜,", "少盐、软食、少饭、换菜", "words among 少盐"),
        ("7,301,甲,,老年餐,,,中午", "时间，如 11:45", "a time such as 11:45"),
        ("7,301,甲,,老年餐", "可能断了", "may be cut off"),
        ("7,301,甲,1.39E+10,老年餐,,,", "1.39E+10", "1.39E+10"),
    ];
    let heading = "楼号,室号,姓名,电话,类别,忌口,口味,最晚用餐\n";
    let file = |row: &str| format!("{heading}{row}\n");
    for (row, zh, _) in rows {
        let said = upload(&office, file(row).as_bytes()).says(&["第 2 行", zh]);
        let problem = said.text.split_once(" 行：").unwrap().1.split_once("</li>").unwrap().0;
        let english = [" must ", " be ", " it ", " the ", " a ", " of "];
        assert!(!english.iter().any(|word| problem.contains(word)), "{problem}");
    }
    office.get("/language/en?back=/today");
    for (row, _, en) in rows {
        upload(&office, file(row).as_bytes()).says(&["Row 2: ", en, "Nothing was changed"]);
    }
}

#[test]
fn a_date_or_a_number_in_a_workbook_reads_as_what_it_was() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let r = clubhouse.senior(0);
    let sheet = |room: Option<u32>| {
        book(|s| {
            s.write_string(0, 4, "电话").unwrap();
            s.write_string(0, 5, "最晚用餐").unwrap();
            s.write_string(1, 0, &r.door.building).unwrap();
            match room {
                Some(days) => {
                    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
                    s.write_number_with_format(1, 1, days, &date).unwrap();
                }
                None => {
                    s.write_number(1, 1, r.door.room().parse::<u32>().unwrap()).unwrap();
                }
            }
            s.write_string(1, 2, &r.name).unwrap();
            s.write_string(1, 3, "老年餐").unwrap();
            s.write_number(1, 4, 13_800_004_444_f64).unwrap();
            let clock = rust_xlsxwriter::Format::new().set_num_format("hh:mm");
            s.write_number_with_format(1, 5, 11.75 / 24.0, &clock).unwrap();
        })
    };
    upload(&office, &sheet(None)).says(&["修改 1", "13800004444", "11:45"]);
    // Excel made a date of “12-03”; 46359 days after its first one.
    upload(&office, &sheet(Some(46_359))).says(&["第 2 行", "“室号”写的是“2026-12-03”"]);
}
