//! A volunteer's form: one text for each column of a list but the PIN, read by the same rules.

use serde::Deserialize;

use super::words;
use crate::domain::{Building, Volunteer, VolunteerId, VolunteerKind};
use crate::import::{Person, kind_zh, person_from_texts};
use crate::web::error::WebError;
use crate::web::view::View;

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct VolunteerForm {
    /// What the volunteer looked like when the form was opened; empty for a new one.
    pub version: String,
    /// Full name.
    pub name: String,
    /// Telephone number.
    pub phone: String,
    /// What they are in the neighbourhood.
    pub kind: String,
    /// The building they lead.
    pub leads: String,
    /// The number they sign in with.
    pub badge: String,
    /// Meals their bag holds.
    pub capacity: String,
    /// The longest round, in minutes.
    pub minutes: String,
    /// Whether they climb stairs.
    pub climbs: String,
    /// The building they live in.
    pub home: String,
    /// The most trips on one day.
    pub trips: String,
}

impl VolunteerForm {
    /// An empty form with a badge that is free.
    pub fn empty(badge: u32) -> Self {
        Self {
            kind: kind_zh(VolunteerKind::Neighbour).to_owned(),
            badge: badge.to_string(),
            capacity: "10".to_owned(),
            minutes: "40".to_owned(),
            climbs: "是".to_owned(),
            trips: "1".to_owned(),
            ..Self::default()
        }
    }

    /// The form of a volunteer.
    pub fn of(volunteer: &Volunteer, version: String) -> Self {
        let mut cells = volunteer.cells().into_iter();
        let mut next = || cells.next().unwrap_or_default();
        let (name, phone, kind, leads, badge) = (next(), next(), next(), next(), next());
        let _pin = next();
        Self {
            version,
            name,
            phone,
            kind,
            leads,
            badge,
            capacity: next(),
            minutes: next(),
            climbs: next(),
            home: next(),
            trips: next(),
        }
    }

    /// The volunteer that the form says, with this PIN.
    pub fn volunteer(
        self,
        id: VolunteerId,
        pin: String,
        buildings: &[Building],
    ) -> Result<Volunteer, WebError> {
        let texts = vec![
            self.name,
            self.phone,
            self.kind,
            self.leads,
            self.badge,
            pin,
            self.capacity,
            self.minutes,
            self.climbs,
            self.home,
            self.trips,
            id.to_string(),
        ];
        person_from_texts(texts, id, buildings).map_err(|e| words::form(&e))
    }
}

/// A kind of volunteer in the page's words.
pub fn kind(v: &View, kind: VolunteerKind) -> &'static str {
    let en = match kind {
        VolunteerKind::PartyMember => "Party member on duty",
        VolunteerKind::BuildingLeader => "Building leader",
        VolunteerKind::Neighbour => "Neighbour",
    };
    v.lang.pick(kind_zh(kind), en)
}

/// The kinds: what the form sends, and the word.
pub fn kinds(v: &View) -> Vec<(&'static str, &'static str)> {
    VolunteerKind::ALL.iter().map(|k| (kind_zh(*k), kind(v, *k))).collect()
}
