//! The sample compound: made from a seed, the same on every machine.
//!
//! Nobody in it is real. Names are put together from lists, telephone numbers are drawn from
//! 1390000xxxx and 1390001xxxx, and the streets are nobody's. Only whole-number arithmetic and one
//! fixed generator (Xoshiro256++) are used, so the shipped files under `sample/` can be made again
//! byte for byte: `clubhouse-kiosk export sample DIR`.

mod dice;
mod layout;
mod names;
mod notes;
mod residents;
mod volunteers;
mod week;

pub use layout::compound;
pub use residents::residents;
pub use volunteers::volunteers;
pub use week::week;

use jiff::Timestamp;

use crate::import::{Origin, to_geojson, write_menu, write_residents, write_volunteers};

/// The seed of the shipped files.
pub const SEED: u64 = 20_261_124;

/// Where the sample stands in the world: the south-west corner, in Pudong.
pub const ORIGIN: Origin = Origin { lon: 121.5262, lat: 31.2214 };

/// The moment at which all ids of the sample were made (2026-11-01, 08:00 in Shanghai).
fn made_at() -> Timestamp {
    Timestamp::from_second(1_793_491_200).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The files of the sample, each with its name and contents.
pub fn write_files(seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let compound = compound(seed);
    vec![
        ("compound.geojson", to_geojson(&compound, ORIGIN).into_bytes()),
        ("residents.csv", write_residents(&residents(seed, &compound))),
        ("volunteers.csv", write_volunteers(&volunteers(seed, &compound))),
        ("menu.toml", write_menu(&week()).into_bytes()),
    ]
}
