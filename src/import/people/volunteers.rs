//! Volunteers in and out.

use super::list::{Heading, PeopleList, Person};
use super::{NAME_MAX, building, phone};
use crate::domain::{Building, Volunteer, VolunteerId, VolunteerKind};
use crate::import::table::{self, CellError, Column, Once, Row, Same, TableError, Wanted};
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
    Column {
        zh: "姓名", en: "name", also: &["名字", "志愿者姓名", "full_name"], required: true
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
    Column { zh: "身份", en: "kind", also: &["人员身份", "志愿者类别"], required: true },
    Column { zh: "楼组", en: "leads", also: &["负责楼号", "负责楼栋"], required: false },
    Column {
        zh: "编号", en: "badge", also: &["工号", "志愿者编号", "胸牌号"], required: true
    },
    Column { zh: "口令", en: "pin", also: &["密码"], required: true },
    Column { zh: "容量", en: "capacity", also: &["份数", "能带几份"], required: true },
    Column { zh: "最长分钟", en: "max_minutes", also: &["最长时间"], required: true },
    Column { zh: "爬楼", en: "climbs", also: &["能爬楼", "能否爬楼"], required: false },
    Column {
        zh: "住楼", en: "home_building", also: &["住址楼号", "居住楼号"], required: false
    },
    Column { zh: "最多趟数", en: "max_trips", also: &["趟数"], required: false },
    Column { zh: "内部编号", en: "id", also: &[], required: false },
];

/// What a volunteer is called at the desk.
pub const fn kind_zh(kind: VolunteerKind) -> &'static str {
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
    Ok(Volunteer::read_list(bytes, buildings, &mut new_id)?.people())
}

impl Person for Volunteer {
    type Id = VolunteerId;

    fn id(&self) -> VolunteerId {
        self.id
    }

    fn set_id(&mut self, id: VolunteerId) {
        self.id = id;
    }

    fn cells(&self) -> Vec<String> {
        cells(self)
    }

    fn headings() -> Vec<Heading> {
        let heading = |(at, c): (usize, &Column)| Heading { zh: c.zh, en: c.en, secret: at == PIN };
        COLUMNS.iter().enumerate().map(heading).collect()
    }

    fn keep(&mut self, old: &Self, absent: usize) {
        match absent {
            PHONE => self.phone.clone_from(&old.phone),
            // Whoever leads a building is told by the column before; without it nobody begins to.
            LEADS if self.kind == old.kind => self.leads.clone_from(&old.leads),
            CLIMBS => self.climbs = old.climbs,
            HOME => self.home_building.clone_from(&old.home_building),
            MAX_TRIPS => self.max_trips = old.max_trips,
            _ => {}
        }
    }

    fn read_list(
        bytes: &[u8],
        buildings: &[Building],
        new_id: &mut dyn FnMut() -> VolunteerId,
    ) -> Result<PeopleList<Self>, TableError> {
        let (mut ids, mut badges) = (Once::new(), Once::new());
        PeopleList::read(bytes, &COLUMNS, |row| {
            let volunteer = volunteer(row, buildings, new_id)?;
            ids.check(volunteer.id, row.number, || Same::Id(volunteer.id.to_string()))?;
            badges.check(volunteer.badge, row.number, || Same::Badge(volunteer.badge))?;
            Ok(volunteer)
        })
    }
}

fn volunteer(
    row: &Row<'_>,
    buildings: &[Building],
    new_id: &mut dyn FnMut() -> VolunteerId,
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
            id.parse().map_err(|_| row.wrong(ID, Wanted::Id))?
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
                row.wrong(KIND, Wanted::Kind(all))
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
        _ => Err(row.wrong(CLIMBS, Wanted::YesNo)),
    }
}

fn pin(row: &Row<'_>) -> Result<String, CellError> {
    let pin = half_width(&row.filled(PIN, NAME_MAX)?);
    if pin.len() == 4 && pin.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(pin);
    }
    Err(row.wrong(PIN, Wanted::Pin))
}

/// Writes volunteers as a CSV file that Excel opens; reading it back gives the same volunteers.
pub fn write_volunteers(volunteers: &[Volunteer]) -> Vec<u8> {
    table::write(&COLUMNS, volunteers.iter().map(cells))
}

/// What stands in each column.
fn cells(v: &Volunteer) -> Vec<String> {
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
}
