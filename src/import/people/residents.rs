//! Residents in and out.

use jiff::civil::Time;

use super::list::{Heading, PeopleList, Person};
use super::{NAME_MAX, building, phone, words};
use crate::domain::{Allergen, Building, Category, Door, Preferences, Resident, ResidentId};
use crate::import::table::{self, CellError, Column, Once, Row, Same, TableError, Wanted};
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
    Column {
        zh: "楼号",
        en: "building",
        also: &[
            "楼栋",
            "楼栋号",
            "楼幢",
            "楼",
            "幢",
            "幢号",
            "栋",
            "栋号",
            "号楼",
            "几号楼",
            "building_no",
        ],
        required: true,
    },
    Column {
        zh: "室号",
        en: "room",
        also: &["房号", "房间", "房间号", "室", "门牌", "门牌号", "几室", "flat", "room_no"],
        required: true,
    },
    Column {
        zh: "姓名",
        en: "name",
        also: &["名字", "居民姓名", "居民", "老人姓名", "full_name"],
        required: true,
    },
    Column {
        zh: "电话",
        en: "phone",
        also: &[
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "联系电话",
            "联系方式",
            "telephone",
            "mobile",
        ],
        required: false,
    },
    Column {
        zh: "类别",
        en: "category",
        also: &["人员类别", "居民类别", "类型", "价格类别"],
        required: true,
    },
    Column {
        zh: "忌口",
        en: "allergies",
        also: &["过敏", "过敏源", "过敏原", "忌口过敏", "饮食禁忌", "不能吃", "allergens"],
        required: false,
    },
    Column {
        zh: "口味",
        en: "usual",
        also: &["饮食习惯", "口味要求", "preferences"],
        required: false,
    },
    Column {
        zh: "厨房备注", en: "kitchen_note", also: &["给厨房的备注"], required: false
    },
    Column {
        zh: "备注",
        en: "door_note",
        also: &["门口备注", "上门备注", "送餐备注", "敲门备注", "note"],
        required: false,
    },
    Column {
        zh: "最晚用餐", en: "eat_by", also: &["最晚吃饭", "最晚用餐时间"], required: false
    },
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
    Ok(Resident::read_list(bytes, buildings, &mut new_id)?.people())
}

impl Person for Resident {
    type Id = ResidentId;

    fn id(&self) -> ResidentId {
        self.id
    }

    fn set_id(&mut self, id: ResidentId) {
        self.id = id;
    }

    fn cells(&self) -> Vec<String> {
        cells(self).to_vec()
    }

    fn headings() -> Vec<Heading> {
        COLUMNS.iter().map(|c| Heading { zh: c.zh, en: c.en, secret: false }).collect()
    }

    fn keep(&mut self, old: &Self, absent: usize) {
        match absent {
            PHONE => self.phone.clone_from(&old.phone),
            CATEGORY => self.category = old.category,
            ALLERGIES => self.allergies.clone_from(&old.allergies),
            USUAL => {
                let note = std::mem::take(&mut self.usual.note);
                self.usual = Preferences { note, ..old.usual.clone() };
            }
            KITCHEN_NOTE => self.usual.note.clone_from(&old.usual.note),
            DOOR_NOTE => self.door_note.clone_from(&old.door_note),
            EAT_BY => self.eat_by = old.eat_by,
            _ => {}
        }
    }

    fn read_list(
        bytes: &[u8],
        buildings: &[Building],
        new_id: &mut dyn FnMut() -> ResidentId,
    ) -> Result<PeopleList<Self>, TableError> {
        let (mut ids, mut people) = (Once::new(), Once::new());
        PeopleList::read(bytes, &COLUMNS, |row| {
            let resident = resident(row, buildings, new_id)?;
            ids.check(resident.id, row.number, || Same::Id(resident.id.to_string()))?;
            // Two people of one name behind one door are kept apart by their telephone numbers.
            let person = (resident.door.clone(), resident.name.clone(), resident.phone.clone());
            people.check(person, row.number, || Same::Person {
                name: resident.name.clone(),
                door: resident.door.to_string(),
            })?;
            Ok(resident)
        })
    }
}

fn resident(
    row: &Row<'_>,
    buildings: &[Building],
    new_id: &mut dyn FnMut() -> ResidentId,
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
            id.parse().map_err(|_| row.wrong(ID, Wanted::Id))?
        },
    })
}

fn door(row: &Row<'_>, buildings: &[Building]) -> Result<Door, CellError> {
    let building = building(row, BUILDING, buildings)?;
    let room = half_width(&row.filled(ROOM, NAME_MAX)?);
    let (floor, flat) = Door::parse_room(room.trim_end_matches('室'))
        .ok_or_else(|| row.wrong(ROOM, Wanted::Room))?;
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
    time.map(Some).ok_or_else(|| row.wrong(EAT_BY, Wanted::Time))
}

fn category(row: &Row<'_>) -> Result<Category, CellError> {
    let word = row.filled(CATEGORY, NAME_MAX)?.to_lowercase();
    let found = Category::ALL.iter().find(|c| c.zh() == word || c.as_str() == word);
    found.copied().ok_or_else(|| row.wrong(CATEGORY, Wanted::Category))
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
                found.push(*known.ok_or_else(|| row.wrong(ALLERGIES, Wanted::Allergies))?);
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
            _ => return Err(row.wrong(USUAL, Wanted::Usual)),
        }
    }
    Ok(usual)
}

/// Writes residents as a CSV file that Excel opens; reading it back gives the same residents.
pub fn write_residents(residents: &[Resident]) -> Vec<u8> {
    table::write(&COLUMNS, residents.iter().map(|r| cells(r).to_vec()))
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
