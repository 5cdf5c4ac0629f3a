//! Buildings as the desk sees them: who lives there, who leads it, what it is called. Their shape
//! comes from the drawing.

use serde_json::json;

use super::{Registry, Saved, version_of};
use crate::domain::{Account, Building, ServiceDate, Volunteer, VolunteerId, VolunteerKind};
use crate::error::Error;
use crate::store::{audit, buildings, lifts, residents, volunteers};

/// The most characters of a building's name.
pub const BUILDING_NAME_MAX: usize = 40;

/// A building with its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffed {
    /// The building.
    pub building: Building,
    /// Who leads it, by badge; more than one only through an imported list.
    pub leaders: Vec<Volunteer>,
    /// Residents who are not archived.
    pub residents: usize,
    /// Whether its lift is out today.
    pub lift_out: bool,
}

impl Staffed {
    /// What a form that was opened before a change does not carry: the name and the leader.
    pub fn version(&self) -> String {
        version(&self.building, &self.leaders)
    }

    /// Flats in all.
    pub fn flats(&self) -> u32 {
        let b = &self.building;
        u32::from((b.floors + 1).saturating_sub(b.first_flat_floor)) * u32::from(b.flats_per_floor)
    }
}

fn version(building: &Building, leaders: &[Volunteer]) -> String {
    let ids: Vec<VolunteerId> = leaders.iter().map(|v| v.id).collect();
    version_of(&(&building.name, ids))
}

impl Registry {
    /// Every building with its people, in the order of the drawing.
    pub fn staffed(&self, today: ServiceDate) -> Result<Vec<Staffed>, Error> {
        self.house.store.read(|db| {
            let (people, carriers) = (residents::all(db)?, volunteers::all(db)?);
            let out = lifts::on(db, today)?;
            let staffed = |building: Building| {
                let number = &building.number;
                let leads = |v: &&Volunteer| v.leads.as_ref() == Some(number);
                Staffed {
                    leaders: carriers.iter().filter(leads).cloned().collect(),
                    residents: people.iter().filter(|r| r.door.building == *number).count(),
                    lift_out: out.contains(number),
                    building,
                }
            };
            Ok(buildings::all(db)?.into_iter().map(staffed).collect())
        })
    }

    /// Sets a building's name and its leader, or none. Whoever led it before becomes a neighbour.
    /// Stale if either changed since the form, or if the chosen one leads another building.
    pub fn save_building(
        &self,
        who: &Account,
        number: &str,
        name: &str,
        leader: Option<VolunteerId>,
        seen: &str,
    ) -> Result<Saved, Error> {
        self.house.store.write(|tx| {
            let Some(building) = buildings::get(tx, number)? else { return Ok(Saved::Stale) };
            let everybody = volunteers::all(tx)?;
            let leads = |v: &&Volunteer| v.leads.as_deref() == Some(number);
            let before: Vec<Volunteer> = everybody.iter().filter(leads).cloned().collect();
            if version(&building, &before) != seen {
                return Ok(Saved::Stale);
            }
            let chosen = leader.map(|id| everybody.iter().find(|v| v.id == id));
            if chosen
                .is_some_and(|v| v.is_none_or(|v| v.leads.as_deref().is_some_and(|b| b != number)))
            {
                return Ok(Saved::Stale);
            }
            for old in before.into_iter().filter(|v| Some(v.id) != leader) {
                let kind = VolunteerKind::Neighbour;
                volunteers::put(tx, &Volunteer { kind, leads: None, ..old })?;
            }
            if let Some(new) = chosen.flatten().filter(|v| v.leads.is_none()) {
                let (kind, leads) = (VolunteerKind::BuildingLeader, Some(number.to_owned()));
                volunteers::put(tx, &Volunteer { kind, leads, ..new.clone() })?;
            }
            buildings::set_name(tx, number, name)?;
            let detail = json!({ "leader": leader.map(|id| id.to_string()) });
            let now = self.house.clock.now();
            audit::changed(tx, &who.name, "building.changed", number, &detail, now)?;
            Ok(Saved::Done)
        })
    }
}
