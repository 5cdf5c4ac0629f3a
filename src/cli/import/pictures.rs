//! Pictures of dishes: looked at one by one, and copied to where the screen finds them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::{Ended, Failure, open};
use crate::domain::ServiceDate;
use crate::error::Error;
use crate::house::House;
use crate::pictures::{EXTENSIONS, check, dish_file, dishes_folder, is_picture};
use crate::store::menus;

/// The most files of a folder that are looked at.
const MOST: usize = 2000;

/// Copies the pictures of a folder; what is no picture is named and left out.
pub(super) fn import(
    config: Option<&Path>,
    folder: &Path,
    dry_run: bool,
) -> Result<Ended, Failure> {
    let files = pictures_in(folder)?;
    let house = open::house(config)?;
    let dishes = dishes(&house)?;
    let target = dishes_folder(house.folder());
    if !dry_run {
        std::fs::create_dir_all(&target)
            .map_err(|e| Failure::failed(format!("{} can't be made: {e}", target.display())))?;
    }
    let (mut taken, mut skipped) = (BTreeSet::new(), 0);
    for file in &files {
        let shown = file.file_name().unwrap_or_default().to_string_lossy();
        let dish = file.file_stem().unwrap_or_default().to_string_lossy();
        let (width, height) = match check(file) {
            Ok(measures) => measures,
            Err(problem) => {
                say!("{shown}: skipped, {problem}");
                skipped += 1;
                continue;
            }
        };
        let belongs =
            if dishes.contains(dish.as_ref()) { "" } else { ", which is on no menu so far" };
        say!("{shown}: {width} × {height}, shown for {dish}{belongs}");
        if !dry_run {
            copy(file, &target, &dish)?;
        }
        taken.insert(dish.into_owned());
    }
    let bare: Vec<&str> = dishes
        .iter()
        .filter(|dish| !taken.contains(*dish) && dish_file(&target, dish).is_none())
        .map(String::as_str)
        .collect();
    say!("{} pictures {}, {skipped} skipped", taken.len(), if dry_run { "fit" } else { "taken" });
    if !bare.is_empty() {
        say!("a bowl is drawn for dishes without a picture: {}", bare.join(", "));
    }
    if dry_run {
        say!("nothing was changed: this was a dry run");
    }
    Ok(if skipped == 0 { Ended::Done } else { Ended::InPart })
}

fn pictures_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let name = folder.display();
    let entries = std::fs::read_dir(folder)
        .map_err(|e| Failure::input(format!("the folder {name} can't be read: {e}")))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_picture(path) && path.is_file())
        .take(MOST + 1)
        .collect();
    if files.is_empty() {
        let endings = EXTENSIONS.join(", ");
        return Err(Failure::input(format!(
            "{name} holds no pictures; they end in {endings} and are called like their dish"
        )));
    }
    if files.len() > MOST {
        return Err(Failure::input(format!("{name} holds more than {MOST} pictures")));
    }
    files.sort();
    Ok(files)
}

/// Every dish and substitute of every menu on record.
fn dishes(house: &House) -> Result<BTreeSet<String>, Failure> {
    Ok(house.store.read(|db| {
        let mut names = BTreeSet::new();
        for date in menus::dates(db)? {
            for dish in menus::get(db, ServiceDate(date))?.iter().flat_map(|menu| &menu.dishes) {
                names.insert(dish.zh.clone());
            }
        }
        Ok::<_, Error>(names)
    })?)
}

/// Puts a picture in the place of an older one; half a copy is never seen.
fn copy(file: &Path, target: &Path, dish: &str) -> Result<(), Failure> {
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let (place, half) =
        (target.join(format!("{dish}.{ending}")), target.join(format!(".{dish}.half")));
    std::fs::copy(file, &half).and_then(|_| std::fs::rename(&half, &place)).map_err(|e| {
        // Half a copy is of no use to anybody; perhaps there is not even that.
        let _ = std::fs::remove_file(&half);
        Failure::failed(format!("{} can't be written: {e}; those above are taken", place.display()))
    })?;
    for other in EXTENSIONS.iter().filter(|other| **other != ending) {
        // A dish has one picture, the newest; mostly there is no other.
        let _ = std::fs::remove_file(target.join(format!("{dish}.{other}")));
    }
    Ok(())
}
