//! Residents and volunteers from tables as people write them.

use clubhouse_kiosk::domain::{Allergen, Category, Resident, VolunteerKind};
use clubhouse_kiosk::import::{
    TableError, read_residents, read_volunteers, write_residents, write_volunteers,
};

use super::{counting, new_resident, resident_id, small, volunteer_id};

fn residents_of(text: &str) -> Result<Vec<Resident>, TableError> {
    read_residents(text.as_bytes(), &small().buildings, counting(resident_id))
}

#[test]
fn residents_are_read_as_people_write_them() {
    let text = "序号,楼号,室号,姓名,电话,类别,忌口,备注\r\n\
                1,7号楼,1203室,王秀英,139-0000 0001,老年餐,不吃猪肉、海鲜,\"敲门重一点,耳朵背\"\r\n\
                \r\n\
                2,８,２０４,李䶮,+86 13900000002,guest,无,\r\n";
    let all = residents_of(text).unwrap();
    assert_eq!(all[0].door.to_string(), "7号楼1203室");
    assert_eq!(all[0].phone, "13900000001");
    assert_eq!(all[0].allergies, [Allergen::Pork, Allergen::Fish, Allergen::Shellfish]);
    assert_eq!(all[0].door_note, "敲门重一点,耳朵背");
    assert_eq!((all[1].door.building.as_str(), all[1].door.floor, all[1].door.flat), ("8", 2, 4));
    assert_eq!(all[1].category, Category::Guest);

    let (gb, _, lost) = encoding_rs::GB18030.encode(text);
    assert!(!lost);
    assert_eq!(read_residents(&gb, &small().buildings, counting(resident_id)).unwrap(), all);
    assert_eq!(residents_of(&format!("\u{feff}{text}")).unwrap(), all);
    let english = residents_of("Building,Room,Name,Category\n7,1203,Mary Smith,senior\n").unwrap();
    assert_eq!(english[0].surname(), "Smith");
}

#[test]
fn wrong_rows_are_named_by_the_number_excel_shows() {
    let heading = "楼号,室号,姓名,电话,类别,忌口";
    for (rows, sentence) in [
        ("7,1203,王,1,老年餐,", "row 2: “电话” is “1”"),
        ("7,1203,王,,老年餐,\n\n9,201,李,,老年餐,", "row 4: the compound has no building 9"),
        ("7,1205,王,,老年餐,", "row 2: building 7 has no flat 1205"),
        ("7,103,王,,老年餐,", "building 7 has no flat 103"),
        ("7,二楼,王,,老年餐,", "“室号” is “二楼”"),
        ("7,1203,,,老年餐,", "row 2: “姓名” is empty"),
        ("7,1203,王,,老人,", "“类别” is “老人”; it must be one of 老年餐 (senior)"),
        ("7,1203,王,,老年餐,榴莲", "“忌口” is “榴莲”; it must be words among 猪肉"),
        ("7,1203,王,,老年餐,\n7,1203,王,,老年餐,", "row 3: 王 of 7号楼1203室 is already in row 2"),
        ("7,1203,王,,老年", "row 2: it has 5 cells, but there are 6 headings"),
        ("7,1203,王,,老年餐,,more", "row 2: it has 7 cells"),
        ("7,1203,王,1.39E+10,老年餐,", "a telephone number of 5 to 15 digits"),
    ] {
        let error = residents_of(&format!("{heading}\n{rows}\n")).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    let many = format!("{heading}\n{}", "9,201,李,,老年餐,\n".repeat(9));
    let error = residents_of(&many).unwrap_err();
    assert!(matches!(&error, TableError::Rows(rows) if rows.len() == 9));
    assert!(error.to_string().ends_with("; and 4 more"), "{error}");
    for (text, sentence) in [
        ("", "is empty"),
        ("楼号,室号,姓名\n", "no column “类别” (category)"),
        ("楼号,室号,姓名,类别,忌囗\n", "the heading “忌囗” is not known"),
        ("楼号,building,室号,姓名,类别\n", "the column “楼号” is there twice"),
        ("PK\u{3}\u{4}zip", "Excel workbook"),
        ("\0\0\0", "not text"),
    ] {
        let error = residents_of(text).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    let row = "7,1203,王,,老年餐,\n";
    let error = residents_of(&format!("{heading}\n{}", row.repeat(20_001))).unwrap_err();
    assert_eq!(error, TableError::TooManyRows);
    let error = read_residents(&vec![b'a'; 16 * 1024 * 1024 + 1], &[], new_resident).unwrap_err();
    assert!(matches!(error, TableError::TooLarge { .. }));
}

#[test]
fn volunteers_are_checked_row_by_row() {
    let heading = "姓名,电话,身份,楼组,编号,口令,容量,最长分钟";
    let read = |rows: &str| {
        let text = format!("{heading}\n{rows}\n");
        read_volunteers(text.as_bytes(), &small().buildings, counting(volunteer_id))
    };
    let all =
        read("张三,13900010001,楼组长,7号楼,101,0423,10,40\n李四,,志愿者,,102,1111,8,35").unwrap();
    assert_eq!(all[0].leads.as_deref(), Some("7"));
    assert_eq!((all[0].pin.as_str(), all[0].max_round_s), ("0423", 2400));
    assert_eq!(all[1].kind, VolunteerKind::Neighbour);
    for (rows, sentence) in [
        ("张三,,楼组长,,101,0423,10,40", "row 2: a building leader needs a building"),
        ("张三,,楼组长,9,101,0423,10,40", "no building 9"),
        ("张三,,在职党员,7,101,0423,10,40", "“楼组” names building 7"),
        ("张三,,经理,,101,0423,10,40", "it must be one of 在职党员 (party_member)"),
        ("张三,,志愿者,,0,0423,10,40", "“编号” is “0”"),
        ("张三,,志愿者,,101,423,10,40", "four digits (Excel drops a leading 0"),
        ("张三,,志愿者,,101,0423,-1,40", "“容量” is “-1”"),
        ("张三,,志愿者,,101,0423,10,999", "“最长分钟”"),
        (
            "张三,,志愿者,,101,0423,10,40\n李四,,志愿者,,101,0424,10,40",
            "row 3: badge 101 is already in row 2",
        ),
    ] {
        let error = read(rows).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
}

#[test]
fn excel_takes_no_cell_for_a_formula() {
    let (compound, mut residents) =
        (small(), residents_of("楼号,室号,姓名,类别\n7,1203,王,老年餐\n").unwrap());
    for evil in ["=1+1", "+86", "-2", "@SUM(A1)", "'=quoted", "'plain", "a\"b,c", "x;y"] {
        residents[0].door_note = evil.to_owned();
        let bytes = write_residents(&residents);
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
        let text = String::from_utf8(bytes.clone()).unwrap();
        for cell in text.lines().skip(1).flat_map(|line| line.split(',')) {
            assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
        }
        assert_eq!(read_residents(&bytes, &compound.buildings, new_resident).unwrap(), residents);
    }
}

#[test]
fn stairs_homes_trips_and_latest_meals_are_columns_that_may_be_missing() {
    let buildings = small().buildings;
    let row = "姓名,身份,编号,口令,容量,最长分钟,爬楼,住楼,最多趟数\n小力,邻居,900,1234,12,40,否,8号楼,2\n小强,邻居,901,1234,12,40,,,\n";
    let read =
        |text: &str| read_volunteers(text.as_bytes(), &buildings, counting(volunteer_id)).unwrap();
    let people = read(row);
    assert_eq!((people[0].climbs, people[0].max_trips), (false, 2));
    assert_eq!((people[0].home_building.as_deref(), people[0].home()), (Some("8"), Some("8")));
    assert_eq!((people[1].climbs, people[1].max_trips, people[1].home()), (true, 1, None));
    let written = String::from_utf8(write_volunteers(&people)).unwrap();
    assert_eq!(read(&written), people);
    let old = "姓名,身份,编号,口令,容量,最长分钟\n小强,邻居,901,1234,12,40\n";
    assert!(read(old)[0].climbs, "a list of before goes on working");
    let wrong =
        read_volunteers(row.replace("否", "有时").as_bytes(), &buildings, counting(volunteer_id));
    assert!(wrong.unwrap_err().to_string().contains("爬楼"));

    let text = |by: &str| format!("楼号,室号,姓名,类别,最晚用餐\n7,1203,范敏,senior,{by}\n");
    assert_eq!(
        residents_of(&text("11：45")).unwrap()[0].eat_by,
        Some(jiff::civil::time(11, 45, 0, 0))
    );
    assert_eq!(residents_of(&text("")).unwrap()[0].eat_by, None);
    assert!(residents_of(&text("25:00")).unwrap_err().to_string().contains("最晚用餐"));
}
