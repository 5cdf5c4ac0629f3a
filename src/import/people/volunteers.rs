//! Volunteers in and out.

use super::{NAME_MAX, building, phone};
use crate::domain::{Building, Volunteer, VolunteerId, VolunteerKind};
use crate::import::table::{self, CellError, Column, Once, Row, Table, TableError};
use crate::import::text::half_width;

const NAME: usize = 0;
const PHONE: usize = 1;
const KIND: usize = 2;
const LEADS: usize = 3;
const BADGE: usize = 4;
const PIN: usize = 5;
const CAPACITY: usize = 6;
const MAX_MINUTES: usize = 7;
const CLIMBS: usize = 8;
const HOME: usize = 9;
const MAX_TRIPS: usize = 10;
const ID: usize = 11;

/// The most trips that a list may say.
const TRIPS: u32 = 20;

const COLUMNS: [Column; 12] = [
    Column { zh: "姓名", en: "name", also: &[], required: true },
    Column {
        zh: "电话", en: "phone", also: &["手机", "联系电话", "telephone"], required: false
    },
    Column { zh: "身份", en: "kind", also: &[], required: true },
    Column { zh: "楼组", en: "leads", also: &["负责楼号"], required: false },
    Column { zh: "编号", en: "badge", also: &["工号"], required: true },
    Column { zh: "口令", en: "pin", also: &["密码"], required: true },
    Column { zh: "容量", en: "capacity", also: &["份数"], required: true },
    Column { zh: "最长分钟", en: "max_minutes", also: &[], required: true },
    Column { zh: "爬楼", en: "climbs", also: &["能爬楼"], required: false },
    Column { zh: "住楼", en: "home_building", also: &["住址楼号"], required: false },
    Column { zh: "最多趟数", en: "max_trips", also: &["趟数"], required: false },
    Column { zh: "内部编号", en: "id", also: &[], required: false },
];

/// What a volunteer is called at the desk.
const fn kind_zh(kind: VolunteerKind) -> &'static str {
    match kind {
        VolunteerKind::PartyMember => "在职党员",
        VolunteerKind::BuildingLeader => "楼组长",
        VolunteerKind::Neighbour => "邻居",
    }
}

/// Reads volunteers; those who lead a building lead one of these.
///
/// A row without an id (a person new to the list) gets one from `new_id`. The file is refused as a
/// whole if any row is wrong.
pub fn read_volunteers(
    bytes: &[u8],
    buildings: &[Building],
    mut new_id: impl FnMut() -> VolunteerId,
) -> Result<Vec<Volunteer>, TableError> {
    let table = Table::read(bytes, &COLUMNS)?;
    let (mut ids, mut badges) = (Once::new(), Once::new());
    table.map(|row| {
        let volunteer = volunteer(row, buildings, &mut new_id)?;
        ids.check(volunteer.id, row.number, || format!("the id {}", volunteer.id))?;
        badges.check(volunteer.badge, row.number, || format!("badge {}", volunteer.badge))?;
        Ok(volunteer)
    })
}

fn volunteer(
    row: &Row<'_>,
    buildings: &[Building],
    new_id: &mut impl FnMut() -> VolunteerId,
) -> Result<Volunteer, CellError> {
    let kind = kind(row)?;
    let id = row.text(ID);
    Ok(Volunteer {
        name: row.filled(NAME, NAME_MAX)?,
        phone: phone(row, PHONE)?,
        kind,
        leads: leads(row, kind, buildings)?,
        badge: row.number(BADGE, 1, 999_999)?,
        pin: pin(row)?,
        capacity: row.number(CAPACITY, 1, 60)? as u16,
        max_round_s: row.number(MAX_MINUTES, 5, 180)? * 60,
        climbs: climbs(row)?,
        home_building: if row.text(HOME).is_empty() {
            None
        } else {
            Some(building(row, HOME, buildings)?.number.clone())
        },
        max_trips: if row.text(MAX_TRIPS).is_empty() {
            1
        } else {
            row.number(MAX_TRIPS, 1, TRIPS)? as u8
        },
        id: if id.is_empty() {
            new_id()
        } else {
            id.parse().map_err(|_| row.wrong(ID, "an id as exported, or empty for a new person"))?
        },
    })
}

fn kind(row: &Row<'_>) -> Result<VolunteerKind, CellError> {
    match row.filled(KIND, NAME_MAX)?.to_lowercase().as_str() {
        "志愿者" => Ok(VolunteerKind::Neighbour),
        "党员" => Ok(VolunteerKind::PartyMember),
        word => VolunteerKind::ALL
            .iter()
            .copied()
            .find(|k| kind_zh(*k) == word || k.as_str() == word)
            .ok_or_else(|| {
                let all: Vec<String> = VolunteerKind::ALL
                    .iter()
                    .map(|k| format!("{} ({})", kind_zh(*k), k.as_str()))
                    .collect();
                row.wrong(KIND, &format!("one of {}", all.join(", ")))
            }),
    }
}

fn leads(
    row: &Row<'_>,
    kind: VolunteerKind,
    buildings: &[Building],
) -> Result<Option<String>, CellError> {
    let leader = kind == VolunteerKind::BuildingLeader;
    match (leader, row.text(LEADS).is_empty()) {
        (true, true) => Err(CellError::LeadsNothing),
        (false, true) => Ok(None),
        (false, false) => Err(CellError::NotALeader(row.text(LEADS))),
        (true, false) => Ok(Some(building(row, LEADS, buildings)?.number.clone())),
    }
}

/// Whether stairs are climbed; nothing said means yes, as for everybody in older lists.
fn climbs(row: &Row<'_>) -> Result<bool, CellError> {
    match row.text(CLIMBS).to_lowercase().as_str() {
        "" | "是" | "能" | "yes" | "y" | "1" | "true" => Ok(true),
        "否" | "不" | "不能" | "no" | "n" | "0" | "false" => Ok(false),
        _ => Err(row.wrong(CLIMBS, "是 (yes) or 否 (no), or empty for yes")),
    }
}

fn pin(row: &Row<'_>) -> Result<String, CellError> {
    let pin = half_width(&row.filled(PIN, NAME_MAX)?);
    if pin.len() == 4 && pin.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(pin);
    }
    Err(row.wrong(PIN, "four digits (Excel drops a leading 0 unless the column is text)"))
}

/// Writes volunteers as a CSV file that Excel opens; reading it back gives the same volunteers.
pub fn write_volunteers(volunteers: &[Volunteer]) -> Vec<u8> {
    table::write(
        &COLUMNS,
        volunteers.iter().map(|v| {
            vec![
                v.name.clone(),
                v.phone.clone(),
                kind_zh(v.kind).to_owned(),
                v.leads.clone().unwrap_or_default(),
                v.badge.to_string(),
                v.pin.clone(),
                v.capacity.to_string(),
                (v.max_round_s / 60).to_string(),
                if v.climbs { "是" } else { "否" }.to_owned(),
                v.home_building.clone().unwrap_or_default(),
                v.max_trips.to_string(),
                v.id.to_string(),
            ]
        }),
    )
}
