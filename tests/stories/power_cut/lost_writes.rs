//! A disk that loses what was not synced: the layer below the program writes down every change, and
//! at the cut only what a disk would hold is left.

use tempfile::TempDir;

use super::{layer, number, play, report};

/// Cuts of the short form, and one in so many of the long form.
const CUTS: usize = 4;
const SHARE: u64 = 5;

fn library(folder: &TempDir) -> Option<std::path::PathBuf> {
    let library = layer::compile(folder.path());
    if library.is_none() {
        println!("skipped: there is no C compiler (cc) to build the layer below the program with");
    }
    library
}

#[test]
fn what_was_told_is_on_a_disk_that_loses_every_write_it_was_not_told_to_keep() {
    let folder = TempDir::new().unwrap();
    let Some(library) = library(&folder) else { return };
    let cuts = number("POWER_CUTS").map_or(CUTS, |n| (n / SHARE) as usize);
    let clubs = play(cuts, 1, Some(&library));
    report(&clubs);
    assert!(clubs.iter().map(|s| s.moments).sum::<usize>() >= cuts);
}
