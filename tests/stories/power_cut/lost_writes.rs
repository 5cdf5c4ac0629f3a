//! A disk that loses what was not synced: the layer below the program writes down every change, and
//! at the cut only what a disk would hold is left.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::Counter;
use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::paper_only::Switch;
use clubhouse_kiosk::store::Store;
use jiff::civil::{DateTime, date};
use tempfile::TempDir;

use super::appliance::{Life, Role, Under, command, write_settings};
use super::club::look_at;
use super::disk::{Disk, Syncs};
use super::programs::Known;
use super::promises::{Promises, now};
use super::{Ground, SEED, layer, number, play, report, truth};
use crate::stories::campaign::chance::Chance;
use crate::stories::campaign::club::Press;
use crate::support::{tuesday, wish};

/// Cuts of the short form, and one in so many of the long form.
const CUTS: usize = 6;
const SHARE: u64 = 5;
/// Disks that are drawn for one cut.
const DISKS: usize = 24;
const MORNING: DateTime = date(2026, 11, 24).at(9, 0, 0, 0);
const OVER: DateTime = date(2026, 11, 24).at(12, 31, 0, 0);

/// A clubhouse on the layer.
struct Stage {
    home: TempDir,
    ground: Ground,
    folder: PathBuf,
    under: Under,
    presses: [Press; 2],
    promises: Arc<Promises>,
}

impl Stage {
    /// A machine without a compiler has none.
    fn set() -> Option<Self> {
        let home = TempDir::new().unwrap();
        let library = layer::compile(home.path());
        let Some(library) = library else {
            println!("skipped: there is no C compiler (cc) to build the layer below the program");
            return None;
        };
        let ground = Ground::lay();
        let (folder, records) = (home.path().join("disk"), home.path().join("records"));
        std::fs::create_dir_all(folder.join("var")).unwrap();
        std::fs::create_dir(&records).unwrap();
        std::fs::copy(ground.database(), folder.join("var/lunch.sqlite")).unwrap();
        let (presses, promises) = (Press::two(), Arc::default());
        let under = Under { library, records };
        Some(Self { home, ground, folder, under, presses, promises })
    }

    fn data(&self) -> PathBuf {
        self.folder.join("var")
    }

    /// The disk as it is now, before the program runs.
    fn disk(&self, syncs: Syncs) -> Disk {
        let kept = TempDir::new_in(self.home.path()).unwrap().keep();
        Disk::of(&self.data(), &kept, syncs)
    }

    /// A life in which two programs are told of some orders.
    fn order(&self) -> Life {
        write_settings(&self.folder, &self.presses, MORNING);
        let (role, under) = (Role::Headless, Some(&self.under));
        let life = Life::begin(&self.folder, role, SEED, under, &self.promises);
        let (answers, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let notes = AtomicUsize::new(1);
        let known = Known {
            token: &self.ground.token,
            residents: &self.ground.residents,
            dates: &self.ground.dates[..2],
            promises: &self.promises,
            notes: &notes,
            answers: &answers,
            stop: &stop,
        };
        std::thread::scope(|scope| {
            for seed in 0..2 {
                scope.spawn({
                    let known = &known;
                    move || known.work(life.address, &mut Chance::new(seed, 3))
                });
            }
            while answers.load(Ordering::Relaxed) < 24 {
                let version = self.presses[0].printer.version();
                let moment = std::time::Duration::from_millis(2);
                self.presses[0].printer.wait_for_change(version, moment);
            }
            stop.store(true, Ordering::Relaxed);
        });
        life
    }

    /// Runs a command to its end and takes what it said.
    fn command(&self, args: &[&str]) -> String {
        let said = command(&self.folder, Some(&self.under)).args(args).output().unwrap();
        assert!(said.status.success(), "{args:?}: {said:?}");
        String::from_utf8(said.stdout).unwrap()
    }

    /// Everything that was done since `disk` was as it was.
    fn follow(&self, mut disk: Disk) -> Disk {
        for record in &layer::read(&self.under.records) {
            disk.follow(record);
        }
        disk
    }

    /// Looks at a disk after the cut, and lets go of it.
    fn after<T>(&self, fill: impl FnOnce(&Path), look: impl FnOnce(&Path) -> T) -> T {
        let folder = TempDir::new_in(self.home.path()).unwrap();
        fill(folder.path());
        look(folder.path())
    }
}

#[test]
fn what_was_told_is_on_a_disk_that_loses_every_write_it_was_not_told_to_keep() {
    let folder = TempDir::new().unwrap();
    let Some(library) = layer::compile(folder.path()) else {
        println!("skipped: there is no C compiler (cc) to build the layer below the program");
        return;
    };
    let cuts = number("POWER_CUTS").map_or(CUTS, |n| (n / SHARE) as usize);
    let clubs = play(cuts, 1, Some(&library));
    report(&clubs);
    assert!(clubs.iter().map(|s| s.moments).sum::<usize>() >= cuts);
}

#[test]
fn a_disk_that_lies_about_its_syncs_loses_orders_so_the_layer_bites() {
    let Some(stage) = Stage::set() else { return };
    let (honest, lying) = (stage.disk(Syncs::Honest), stage.disk(Syncs::Lies));
    stage.order().kill();
    let told = stage.promises.with(|all| all.iter().filter(|p| p.told.is_some()).count());
    assert!(told > 4, "{told} orders");
    let (honest, lying) = (stage.follow(honest), stage.follow(lying));
    let mut chance = Chance::new(SEED, 4);
    let mut draw = |disk: &Disk| {
        let chance = &mut chance;
        stage.after(|f| disk.cut(chance, f), |f| look_at(f, &stage.promises, now()))
    };
    for nth in 0..DISKS {
        let orders = draw(&honest).unwrap_or_else(|wrong| panic!("disk {nth}: {wrong}"));
        assert!(orders >= told);
    }
    let wrong: Vec<String> = (0..DISKS).filter_map(|_| draw(&lying).err()).collect();
    let lost = wrong.iter().filter(|w| w.contains("an acknowledged order is missing")).count();
    println!(
        "{told} orders told; of {DISKS} lying disks {} are wrong, {lost} lost orders",
        wrong.len()
    );
    assert!(lost > 0, "no order was lost: {wrong:?}");
}

#[test]
fn the_layer_sees_every_change_that_the_program_makes() {
    let Some(stage) = Stage::set() else { return };
    let before = stage.disk(Syncs::Honest);
    stage.order().close();
    stage.command(&["paper-only", "on"]);
    stage.has_seen_all(&stage.follow(before), 2);
}

/// Every file below a folder but the shared memory, which a cut takes away.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.to_string_lossy().ends_with("-shm") {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_switch_to_paper_stays_as_it_was_told() {
    let Some(stage) = Stage::set() else { return };
    write_settings(&stage.folder, &stage.presses, MORNING);
    for (word, on) in [("on", true), ("off", false), ("on", true)] {
        stage.under_new_records(|stage| {
            let before = stage.disk(Syncs::Honest);
            stage.command(&["paper-only", word]);
            let disk = stage.follow(before);
            let is_on = |folder: &Path| Switch::new(folder).is_on();
            assert_eq!(stage.after(|f| disk.synced(f), is_on), on, "told {word}, then cut");
            let mut chance = Chance::new(SEED, 5);
            for _ in 0..DISKS {
                assert_eq!(stage.after(|f| disk.cut(&mut chance, f), is_on), on, "told {word}");
            }
        });
    }
}

#[test]
fn a_backup_that_was_told_of_is_there_and_whole() {
    let Some(stage) = Stage::set() else { return };
    {
        let settings = Arc::new(Settings::default());
        let store = Store::open(&stage.data().join("lunch.sqlite")).unwrap();
        let clock = Clock::standing_at("2026-11-24T01:00:00Z".parse().unwrap());
        let counter = Counter::new(House { store, clock, settings });
        for way in [Fulfilment::EatIn, Fulfilment::TakeAway] {
            counter.place(&wish(way), "kiosk").unwrap();
        }
    }
    write_settings(&stage.folder, &stage.presses, OVER);
    let before = stage.disk(Syncs::Honest);
    let said = stage.command(&["day", "close"]);
    let name = said.lines().find_map(|line| line.split_once("backups/")).expect("a backup").1;
    let disk = stage.follow(before);
    stage.has_seen_all(&disk, 2);
    let look = |folder: &Path| {
        assert!(folder.join("backups").join(name).exists(), "told of {name}, then cut");
        let closed = truth::backups(folder, &Promises::default(), &BTreeMap::new());
        assert_eq!(closed, Ok(1));
        let db = truth::open(&folder.join("lunch.sqlite"));
        let sql =
            "SELECT count(*) FROM service_days WHERE closed_at IS NOT NULL AND service_date = ?1";
        let closed: u32 = db.query_row(sql, [tuesday().to_string()], |row| row.get(0)).unwrap();
        assert_eq!(closed, 1);
    };
    for (nth, draw) in drawn().enumerate() {
        stage.after(|folder| draw(&disk, folder, nth), look);
    }

    // The same file is put back: what it replaces is kept, and all of it stays so.
    stage.under_new_records(|stage| {
        let before = stage.disk(Syncs::Honest);
        stage.command(&["restore", "--latest", "--yes"]);
        let disk = stage.follow(before);
        stage.has_seen_all(&disk, 3);
        for (nth, draw) in drawn().enumerate() {
            stage.after(
                |folder| draw(&disk, folder, nth),
                |folder| {
                    look(folder);
                    let kept = files(folder)
                        .into_keys()
                        .filter(|name| name.to_string_lossy().starts_with("lunch-replaced-"));
                    assert!(kept.count() > 0, "what was replaced is gone");
                },
            );
        }
    });
}

/// First what was synced alone, then what chance lets through besides.
fn drawn() -> impl Iterator<Item = fn(&Disk, &Path, usize)> {
    let synced: fn(&Disk, &Path, usize) = |disk, folder, _| disk.synced(folder);
    let some: fn(&Disk, &Path, usize) = |disk, folder, nth| {
        disk.cut(&mut Chance::new(SEED, nth as u64), folder);
    };
    std::iter::once(synced).chain(std::iter::repeat_n(some, DISKS))
}

impl Stage {
    /// The changes that were seen add up to the folder as it is; it holds so many files at least.
    fn has_seen_all(&self, disk: &Disk, least: usize) {
        let (there, rebuilt) = (files(&self.data()), self.after(|f| disk.whole(f), files));
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&there), names(&rebuilt));
        assert!(there.len() >= least, "{:?}", names(&there));
        for (name, bytes) in &there {
            assert!(*bytes == rebuilt[name], "{} was changed unseen", name.display());
        }
    }

    /// With records that begin now.
    fn under_new_records(&self, work: impl FnOnce(&Self)) {
        for entry in std::fs::read_dir(&self.under.records).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
        work(self);
    }
}

/// Calls that go to the kernel past the C library are not seen by the layer: none of those that
/// change files may be used.
#[test]
fn nothing_changes_files_past_the_layer() {
    const UNSEEN: [&str; 8] = [
        "fs::fsync",
        "fs::fdatasync",
        "fs::rename",
        "fs::unlink",
        "fs::ftruncate",
        "fs::pwrite",
        "fs::open",
        "io::pwrite",
    ];
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![sources];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for call in UNSEEN {
                let call = format!("rustix::{call}");
                assert!(!text.contains(&call), "{} uses {call}: use std::fs", path.display());
            }
        }
    }
}
