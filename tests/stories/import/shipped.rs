//! What comes with the program can be read: the sample, and the examples in docs/.

use std::collections::{BTreeMap, BTreeSet};

use clubhouse_kiosk::domain::{Allergen, Category};
use clubhouse_kiosk::import::{
    geojson, read_compound, read_menu, read_residents, read_volunteers, write_volunteers,
};
use clubhouse_kiosk::rehearsal::sample::{self, SEED};

use super::{day, new_resident, new_volunteer, shipped};

#[test]
fn the_shipped_sample_is_what_the_seed_makes() {
    let made = sample::write_files(SEED);
    let total: usize = made.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(total < 1_000_000, "{total} bytes");
    for (name, bytes) in made {
        assert!(
            shipped(name) == bytes,
            "sample/{name} is out of date; run `clubhouse-kiosk export sample sample`"
        );
    }
}

#[test]
fn the_sample_reads_back_unchanged() {
    let compound = sample::compound(SEED);
    assert_eq!(compound.check(), Ok(()));
    assert_eq!(read_compound(&shipped("compound.geojson")).unwrap(), compound);
    let residents =
        read_residents(&shipped("residents.csv"), &compound.buildings, new_resident).unwrap();
    assert_eq!(residents, sample::residents(SEED, &compound));
    let volunteers =
        read_volunteers(&shipped("volunteers.csv"), &compound.buildings, new_volunteer).unwrap();
    assert_eq!(volunteers, sample::volunteers(SEED, &compound));
    assert_eq!(write_volunteers(&volunteers), shipped("volunteers.csv"));
    let menu = String::from_utf8(shipped("menu.toml")).unwrap();
    assert_eq!(read_menu(&menu).unwrap(), sample::week());
}

#[test]
fn the_sample_looks_like_a_compound() {
    for seed in [SEED, 1, 2, 3] {
        let compound = sample::compound(seed);
        assert_eq!(compound.check(), Ok(()));
        let towers = compound.buildings.iter().filter(|b| b.lifts > 0);
        assert_eq!((compound.buildings.len(), towers.count()), (28, 25));
        assert!(compound.edges.iter().any(|e| e.steps));

        let residents = sample::residents(seed, &compound);
        assert!((1900..=2000).contains(&residents.len()), "{}", residents.len());
        let share = |n: usize| n * 100 / residents.len();
        assert!(
            (65..=75).contains(&share(
                residents.iter().filter(|r| r.category == Category::Senior).count()
            ))
        );
        assert!(
            (9..=15).contains(&share(residents.iter().filter(|r| !r.allergies.is_empty()).count()))
        );
        assert!(
            (7..=13).contains(&share(residents.iter().filter(|r| !r.door_note.is_empty()).count()))
        );
        assert!(residents.iter().any(|r| r.surname() == "㐂"));
        let mut behind: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for r in &residents {
            let home = compound.buildings.iter().find(|b| b.number == r.door.building).unwrap();
            assert!(home.has(r.door.floor, r.door.flat));
            behind.entry(r.door.clone()).or_default().push(r.last_digits().unwrap().to_owned());
        }
        assert!(behind.values().any(|digits| digits.len() == 2));
        assert!(behind.values().all(|digits| digits.len() == 1 || digits[0] != digits[1]));

        let volunteers = sample::volunteers(seed, &compound);
        let leads: BTreeSet<_> = volunteers.iter().filter_map(|v| v.leads.clone()).collect();
        assert_eq!((volunteers.len(), leads.len()), (60, 28));
    }
    let tuesday = sample::week().menu_for(day("2026-11-24")).unwrap();
    assert_eq!(tuesday.zh(), "红烧大排、葱油南瓜、炒空心菜");
    assert!(tuesday.clashes(&[Allergen::Pork], true).is_empty());
    assert_eq!(sample::week().closed_weekdays().len(), 3);
}

/// The fenced block of a language in a page of docs/.
fn example(page: &str, language: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_examples_in_the_handbook_can_be_read() {
    let compound = geojson::read(&example("compound-geojson.md", "json")).unwrap();
    assert_eq!(compound.buildings.len(), 2);
    let template = read_menu(&example("files.md", "toml")).unwrap();
    assert_eq!(template.menu_for(day("2026-11-24")).unwrap().portions, 120);
}
