//! Identities: `UUIDv7` (RFC 9562), so that they sort by the time they were made.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Makes a version 7 UUID from a time and ten random bytes given by the caller.
fn uuid_v7(now: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes an id from the time it is made at and ten random bytes.
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                Self(uuid_v7(now, random))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// An order.
    OrderId
);
id!(
    /// A resident of the compound.
    ResidentId
);
id!(
    /// A volunteer who carries lunches.
    VolunteerId
);
id!(
    /// One piece of paper to print.
    PrintJobId
);
id!(
    /// One volunteer's trip.
    RoundId
);
id!(
    /// What happened at one door.
    VisitId
);
id!(
    /// A welfare check after a door that did not open.
    CheckId
);
id!(
    /// An account at the desk.
    AccountId
);
id!(
    /// A program that talks to the clubhouse.
    ProgramId
);
