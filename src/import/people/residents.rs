//! Residents in and out.

use jiff::civil::Time;

use super::{NAME_MAX, building, phone, words};
use crate::domain::{Allergen, Building, Category, Door, Preferences, Resident, ResidentId};
use crate::import::table::{self, CellError, Column, Once, Row, Table, TableError};
use crate::import::text::half_width;

/// The most characters of a door note, which must fit on a slip.
const DOOR_NOTE_MAX: usize = 60;

const BUILDING: usize = 0;
const ROOM: usize = 1;
const NAME: usize = 2;
const PHONE: usize = 3;
const CATEGORY: usize = 4;
const ALLERGIES: usize = 5;
const USUAL: usize = 6;
const KITCHEN_NOTE: usize = 7;
const DOOR_NOTE: usize = 8;
const EAT_BY: usize = 9;
const ID: usize = 10;

const COLUMNS: [Column; 11] = [
    Column { zh: "楼号", en: "building", also: &["楼栋", "楼", "幢号"], required: true },
    Column { zh: "室号", en: "room", also: &["房号", "室", "门牌", "flat"], required: true },
    Column { zh: "姓名", en: "name", also: &[], required: true },
    Column {
        zh: "电话", en: "phone", also: &["手机", "联系电话", "telephone"], required: false
    },
    Column { zh: "类别", en: "category", also: &[], required: true },
    Column { zh: "忌口", en: "allergies", also: &["过敏"], required: false },
    Column { zh: "口味", en: "usual", also: &["饮食习惯", "preferences"], required: false },
    Column { zh: "厨房备注", en: "kitchen_note", also: &[], required: false },
    Column {
        zh: "备注", en: "door_note", also: &["门口备注", "上门备注"], required: false
    },
    Column { zh: "最晚用餐", en: "eat_by", also: &["最晚吃饭"], required: false },
    Column { zh: "内部编号", en: "id", also: &[], required: false },
];

/// Reads residents who live in these buildings.
///
/// A row without an id (a person new to the list) gets one from `new_id`. The file is refused as a
/// whole if any row is wrong.
pub fn read_residents(
    bytes: &[u8],
    buildings: &[Building],
    mut new_id: impl FnMut() -> ResidentId,
) -> Result<Vec<Resident>, TableError> {
    let table = Table::read(bytes, &COLUMNS)?;
    let (mut ids, mut people) = (Once::new(), Once::new());
    table.map(|row| {
        let resident = resident(row, buildings, &mut new_id)?;
        ids.check(resident.id, row.number, || format!("the id {}", resident.id))?;
        // Two people of one name behind one door are kept apart by their telephone numbers.
        let person = (resident.door.clone(), resident.name.clone(), resident.phone.clone());
        people.check(person, row.number, || format!("{} of {}", resident.name, resident.door))?;
        Ok(resident)
    })
}

/// A resident as somebody types one into a form: one text for each column of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ResidentText {
    /// The building's number.
    pub building: String,
    /// The room: floor and two digits of the flat.
    pub room: String,
    /// Full name.
    pub name: String,
    /// Telephone number.
    pub phone: String,
    /// Price group.
    pub category: String,
    /// What they must not be served, in words.
    pub allergies: String,
    /// What they usually ask for, in words.
    pub usual: String,
    /// A note for the kitchen.
    pub kitchen_note: String,
    /// A note for whoever stands at the door.
    pub door_note: String,
    /// The latest time to eat.
    pub eat_by: String,
}

impl ResidentText {
    /// The texts that say a resident.
    pub fn of(resident: &Resident) -> Self {
        let [
            building,
            room,
            name,
            phone,
            category,
            allergies,
            usual,
            kitchen_note,
            door_note,
            eat_by,
            _,
        ] = cells(resident);
        Self {
            building,
            room,
            name,
            phone,
            category,
            allergies,
            usual,
            kitchen_note,
            door_note,
            eat_by,
        }
    }
}

/// Reads what somebody typed by the same rules as a row of a list.
pub fn resident_from_text(
    text: &ResidentText,
    id: ResidentId,
    buildings: &[Building],
) -> Result<Resident, TableError> {
    let cells = [
        &text.building,
        &text.room,
        &text.name,
        &text.phone,
        &text.category,
        &text.allergies,
        &text.usual,
        &text.kitchen_note,
        &text.door_note,
        &text.eat_by,
    ];
    let row = cells.into_iter().cloned().chain([id.to_string()]).collect();
    let bytes = table::write(&COLUMNS, std::iter::once(row));
    let mut read = read_residents(&bytes, buildings, || id)?;
    read.pop().ok_or(TableError::Empty)
}

fn resident(
    row: &Row<'_>,
    buildings: &[Building],
    new_id: &mut impl FnMut() -> ResidentId,
) -> Result<Resident, CellError> {
    let door = door(row, buildings)?;
    let id = row.text(ID);
    Ok(Resident {
        name: row.filled(NAME, NAME_MAX)?,
        door,
        phone: phone(row, PHONE)?,
        category: category(row)?,
        allergies: allergies(row)?,
        usual: usual(row)?,
        door_note: row.short(DOOR_NOTE, DOOR_NOTE_MAX)?,
        eat_by: eat_by(row)?,
        id: if id.is_empty() {
            new_id()
        } else {
            id.parse().map_err(|_| row.wrong(ID, "an id as exported, or empty for a new person"))?
        },
    })
}

fn door(row: &Row<'_>, buildings: &[Building]) -> Result<Door, CellError> {
    let building = building(row, BUILDING, buildings)?;
    let room = half_width(&row.filled(ROOM, NAME_MAX)?);
    let (floor, flat) = Door::parse_room(room.trim_end_matches('室'))
        .ok_or_else(|| row.wrong(ROOM, "floor and two digits of the flat, such as 1203"))?;
    if !building.has(floor, flat) {
        return Err(CellError::NoFlat { building: building.number.clone(), room });
    }
    Ok(Door { building: building.number.clone(), floor, flat })
}

/// A time of day such as `11:45`, full-width or not; empty for none.
fn eat_by(row: &Row<'_>) -> Result<Option<Time>, CellError> {
    let text = half_width(&row.text(EAT_BY));
    if text.trim().is_empty() {
        return Ok(None);
    }
    let time = text.trim().split_once(':').and_then(|(hour, minute)| {
        let two = |s: &str| (1..=2).contains(&s.len()).then(|| s.parse().ok()).flatten();
        Time::new(two(hour)?, two(minute)?, 0, 0).ok()
    });
    time.map(Some).ok_or_else(|| row.wrong(EAT_BY, "a time such as 11:45, or empty"))
}

fn category(row: &Row<'_>) -> Result<Category, CellError> {
    let word = row.filled(CATEGORY, NAME_MAX)?.to_lowercase();
    let found = Category::ALL.iter().find(|c| c.zh() == word || c.as_str() == word);
    found.copied().ok_or_else(|| {
        let all: Vec<String> =
            Category::ALL.iter().map(|c| format!("{} ({})", c.zh(), c.as_str())).collect();
        row.wrong(CATEGORY, &format!("one of {}", all.join(", ")))
    })
}

/// What the words under 忌口 mean; the everyday words take the wider meaning, to be safe.
fn allergies(row: &Row<'_>) -> Result<Vec<Allergen>, CellError> {
    let mut found = Vec::new();
    for word in words(&row.text(ALLERGIES)) {
        let bare = word.trim_start_matches("不吃").trim_end_matches("过敏");
        match bare {
            "清真" | "猪" | "大排" => found.push(Allergen::Pork),
            "牛" => found.push(Allergen::Beef),
            "鱼类" => found.push(Allergen::Fish),
            "虾" | "蟹" => found.push(Allergen::Shellfish),
            "海鲜" | "seafood" => found.extend([Allergen::Fish, Allergen::Shellfish]),
            "蛋" => found.push(Allergen::Egg),
            "奶" | "乳制品" => found.push(Allergen::Milk),
            "豆" | "豆制品" => found.push(Allergen::Soya),
            "面筋" | "小麦" => found.push(Allergen::Gluten),
            _ => {
                let known = Allergen::ALL.iter().find(|a| a.zh() == bare || a.as_str() == bare);
                let all: Vec<&str> = Allergen::ALL.iter().map(|a| a.zh()).collect();
                found.push(*known.ok_or_else(|| {
                    row.wrong(ALLERGIES, &format!("words among {}", all.join("、")))
                })?);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn usual(row: &Row<'_>) -> Result<Preferences, CellError> {
    let mut usual = Preferences {
        note: row.short(KITCHEN_NOTE, Preferences::NOTE_MAX)?,
        ..Preferences::default()
    };
    for word in words(&row.text(USUAL)) {
        match word.as_str() {
            "少盐" | "less_salt" => usual.less_salt = true,
            "软食" | "软" | "softer" => usual.softer = true,
            "少饭" | "less_rice" => usual.less_rice = true,
            "换菜" | "substitute" => usual.substitute = true,
            _ => return Err(row.wrong(USUAL, "words among 少盐、软食、少饭、换菜")),
        }
    }
    Ok(usual)
}

/// Writes residents as a CSV file that Excel opens; reading it back gives the same residents.
pub fn write_residents(residents: &[Resident]) -> Vec<u8> {
    table::write(&COLUMNS, residents.iter().map(|r| cells(r).to_vec()))
}

/// The headings and rows of residents, for a workbook.
pub fn resident_rows(residents: &[Resident]) -> Vec<Vec<String>> {
    let headings = COLUMNS.iter().map(|c| c.zh.to_owned()).collect();
    std::iter::once(headings).chain(residents.iter().map(|r| cells(r).to_vec())).collect()
}

/// What stands in each column.
fn cells(r: &Resident) -> [String; 11] {
    let allergies: Vec<&str> = r.allergies.iter().map(|a| a.zh()).collect();
    [
        r.door.building.clone(),
        r.door.room(),
        r.name.clone(),
        r.phone.clone(),
        r.category.zh().to_owned(),
        allergies.join("、"),
        r.usual.words_zh().join("、"),
        r.usual.note.clone(),
        r.door_note.clone(),
        r.eat_by.map_or_else(String::new, |t| t.strftime("%H:%M").to_string()),
        r.id.to_string(),
    ]
}
