//! Residents and volunteers from tables.

use super::super::Failure;
use super::{Changes, Input};
use crate::domain::{Resident, Volunteer};
use crate::house::House;
use crate::registry::{ImportError, Kept, Registry};

/// Adds and updates residents.
pub fn residents(house: &House, file: &Input) -> Result<(), Failure> {
    if Registry::new(house.clone()).buildings()?.is_empty() {
        return Err(Failure::input(
            "there is no compound yet; read its drawing first with “import compound”",
        ));
    }
    take_over::<Resident>(house, file)
}

/// Adds and updates volunteers.
pub fn volunteers(house: &House, file: &Input) -> Result<(), Failure> {
    take_over::<Volunteer>(house, file)
}

fn take_over<T: Kept>(house: &House, file: &Input) -> Result<(), Failure> {
    let registry = Registry::new(house.clone());
    let import = if file.dry_run {
        registry.preview::<T>(&file.bytes)
    } else {
        registry.import::<T>(&file.bytes)
    };
    let import = import.map_err(|error| match error {
        ImportError::Table(problem) => file.wrong_table(&problem),
        ImportError::Workbook(problem) => file.wrong(&problem),
        ImportError::Failed(error) => error.into(),
    })?;
    let changes = Changes {
        new: import.added.len(),
        changed: import.changed.len(),
        same: import.unchanged,
        kept: import.kept,
    };
    changes.say(T::LIST);
    for back in &import.returned {
        say!("look: row {} brings back somebody who was archived", back.row);
    }
    Ok(())
}
