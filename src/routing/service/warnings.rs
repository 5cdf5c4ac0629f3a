//! What speaks against a plan as it stands, whoever made it.

use std::fmt;

use super::plan::ServicePlan;
use super::posed::Service;

/// What speaks against a plan that a hand has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// More meals than the bag holds.
    BagTooFull {
        /// Who carries.
        volunteer: String,
        /// Meals on the trip.
        load: i64,
        /// Meals the bag holds.
        capacity: i64,
    },
    /// A trip longer than the volunteer may be out.
    TooLong {
        /// Who carries.
        volunteer: String,
        /// Duration of the trip in seconds.
        duration: i64,
        /// Longest allowed.
        limit: i64,
    },
    /// A return after the end of duty.
    OffDuty {
        /// Who carries.
        volunteer: String,
        /// Back, in seconds after time 0.
        back: i64,
        /// End of duty.
        until: i64,
    },
    /// More trips than the volunteer makes.
    TooManyTrips {
        /// Who carries.
        volunteer: String,
        /// Trips planned.
        trips: usize,
        /// Most trips.
        allowed: usize,
    },
    /// A door up the stairs for somebody who does not climb.
    CannotClimb {
        /// Who carries.
        volunteer: String,
        /// The delivery.
        delivery: String,
    },
    /// A door reached beyond the hot limit.
    TooCold {
        /// The delivery.
        delivery: String,
        /// By how many seconds.
        by: i64,
    },
    /// A door reached after its latest arrival.
    TooLate {
        /// The delivery.
        delivery: String,
        /// By how many seconds.
        by: i64,
    },
    /// A bag that has left the kitchen does not hold what its slip would say.
    CarriedSlip {
        /// Who carries it.
        volunteer: String,
    },
    /// A door that was pinned to somebody else.
    WasPinned {
        /// The delivery.
        delivery: String,
        /// To whom it was pinned.
        volunteer: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BagTooFull { volunteer, load, capacity } => {
                write!(f, "{volunteer} would carry {load} meals; the bag holds {capacity}")
            }
            Self::TooLong { volunteer, duration, limit } => {
                write!(f, "{volunteer} would be out for {duration} s; allowed are {limit} s")
            }
            Self::OffDuty { volunteer, back, until } => {
                write!(f, "{volunteer} would be back at {back} s; on duty until {until} s")
            }
            Self::TooManyTrips { volunteer, trips, allowed } => {
                write!(f, "{volunteer} would make {trips} trips; allowed are {allowed}")
            }
            Self::CannotClimb { volunteer, delivery } => {
                write!(f, "{volunteer} does not climb stairs, but {delivery} is up the stairs")
            }
            Self::TooCold { delivery, by } => {
                write!(f, "{delivery} would be {by} s beyond the hot limit")
            }
            Self::TooLate { delivery, by } => write!(f, "{delivery} would be {by} s late"),
            Self::CarriedSlip { volunteer } => {
                write!(f, "{volunteer} has left already: the bag and the slip say otherwise")
            }
            Self::WasPinned { delivery, volunteer } => {
                write!(f, "{delivery} was pinned to {volunteer}")
            }
        }
    }
}

/// Everything that a plan does not keep, trip by trip. Trips that are out are looked at for
/// lateness only: the rest of them is decided.
pub(super) fn speaks_against(service: &Service<'_>, plan: &ServicePlan) -> Vec<Warning> {
    let mut found = Vec::new();
    for (round, clock) in plan.plan.rounds.iter().zip(&plan.trips).filter(|(_, c)| !c.out) {
        let person = &service.estate.volunteers[clock.vehicle];
        let volunteer = || person.id.clone();
        if round.load.0 > person.capacity {
            let (load, capacity) = (round.load.0, person.capacity);
            found.push(Warning::BagTooFull { volunteer: volunteer(), load, capacity });
        }
        if round.duration.0 > person.max_duration_s {
            let (duration, limit) = (round.duration.0, person.max_duration_s);
            found.push(Warning::TooLong { volunteer: volunteer(), duration, limit });
        }
        if clock.end.0 > service.carriers[clock.vehicle].until {
            let (back, until) = (clock.end.0, service.carriers[clock.vehicle].until);
            found.push(Warning::OffDuty { volunteer: volunteer(), back, until });
        }
        if !service.carriers[clock.vehicle].climbs {
            let up = round.stops.iter().filter(|s| service.climb[s.stop]);
            found.extend(
                up.map(|s| Warning::CannotClimb { volunteer: volunteer(), delivery: s.id.clone() }),
            );
        }
    }
    for (vehicle, person) in service.estate.volunteers.iter().enumerate() {
        let allowed = if service.rules.trips { person.max_trips.max(1) as usize } else { 1 };
        let own = plan.trips.iter().filter(|clock| clock.vehicle == vehicle);
        let trips = own.clone().count();
        if trips > allowed && own.clone().any(|clock| !clock.out) {
            let volunteer = person.id.clone();
            found.push(Warning::TooManyTrips { volunteer, trips, allowed });
        }
    }
    for late in &plan.late {
        if late.cold.0 > 0 {
            found.push(Warning::TooCold { delivery: late.id.clone(), by: late.cold.0 });
        }
        if late.overdue.0 > 0 {
            found.push(Warning::TooLate { delivery: late.id.clone(), by: late.overdue.0 });
        }
    }
    found
}
