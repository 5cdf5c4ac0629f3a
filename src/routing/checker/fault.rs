//! What can be wrong with a plan.

use thiserror::Error;

/// One thing wrong with a plan, with whom and by how much.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// A round of nobody.
    #[error("{who} is not on the list of volunteers")]
    UnknownVolunteer {
        /// The volunteer or the number of the round.
        who: String,
    },
    /// A stop that is not in the instance.
    #[error("{who} goes to {stop}, which is not among the deliveries")]
    UnknownStop {
        /// Whose round.
        who: String,
        /// The stop.
        stop: String,
    },
    /// One carrier with two rounds.
    #[error("{who} has more than one round")]
    TwoRounds {
        /// Who.
        who: String,
    },
    /// A bag too full.
    #[error("{who} carries {load} meals; the bag holds {capacity}")]
    Overloaded {
        /// Who.
        who: String,
        /// Meals on the round.
        load: i64,
        /// Meals the bag holds.
        capacity: i64,
    },
    /// A round too long.
    #[error("{who} is out for {duration} s; allowed are {limit} s")]
    TooLong {
        /// Who.
        who: String,
        /// Duration of the round in seconds.
        duration: i64,
        /// Longest allowed.
        limit: i64,
    },
    /// A round between places with no way between them.
    #[error("the round of {who} leads where no footpath does")]
    NoWay {
        /// Who.
        who: String,
    },
    /// A door forgotten.
    #[error("{stop} is on no round and not listed as left out")]
    NotServed {
        /// The stop.
        stop: String,
    },
    /// A door visited more than once.
    #[error("{stop} is served {times} times")]
    ServedTwice {
        /// The stop.
        stop: String,
        /// How often it is on a round.
        times: usize,
    },
    /// A door both on a round and listed as left out.
    #[error("{stop} is on a round and also listed as left out")]
    ServedAndLeftOut {
        /// The stop.
        stop: String,
    },
    /// A stated cost that is not the cost.
    #[error("the plan says it costs {said} s; it costs {found} s")]
    WrongCost {
        /// What the plan says.
        said: i64,
        /// What was worked out.
        found: i64,
    },
    /// More trips than a volunteer makes.
    #[error("{who} makes {trips} trips; allowed are {allowed}")]
    TooManyTrips {
        /// Who.
        who: String,
        /// Trips of the plan.
        trips: usize,
        /// Most trips.
        allowed: usize,
    },
    /// A return after the end of duty.
    #[error("{who} is back at {back} s; on duty until {until} s")]
    OffDuty {
        /// Who.
        who: String,
        /// Back at the kitchen, in seconds after time 0.
        back: i64,
        /// End of duty.
        until: i64,
    },
    /// A door up the stairs for somebody who does not climb.
    #[error("{who} does not climb stairs, but goes up to {stop}")]
    CannotClimb {
        /// Who.
        who: String,
        /// The stop.
        stop: String,
    },
    /// A trip that has left the kitchen and was changed.
    #[error("{who} has left the kitchen on trip {trip}, which the plan changes")]
    CarriedChanged {
        /// Who.
        who: String,
        /// Which of the trips that are out, from 1.
        trip: usize,
    },
    /// A pinned door with somebody else.
    #[error("{stop} must stay with {pinned}, but {who} has it")]
    PinBroken {
        /// The stop.
        stop: String,
        /// With whom it must stay.
        pinned: String,
        /// Who has it.
        who: String,
    },
    /// A stated lateness that is not the lateness.
    #[error("the plan says {stop} is {said} s late; it is {found} s")]
    WrongLateness {
        /// The stop.
        stop: String,
        /// What the plan says; 0 where it says nothing.
        said: i64,
        /// What was worked out.
        found: i64,
    },
}
