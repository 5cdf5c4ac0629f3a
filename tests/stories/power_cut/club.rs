//! A club that is cut off again and again: its days, its load, and the look at everything after each
//! restart.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clubhouse_kiosk::domain::ServiceDate;
use jiff::civil::{Time, time};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::Ground;
use super::appliance::{Life, Role, Under, write_settings};
use super::desk::Desk;
use super::disk::{Disk, Syncs};
use super::programs::Known;
use super::promises::{Promises, now};
use super::{layer, screen, truth};
use crate::stories::campaign::chance::Chance;
use crate::stories::campaign::club::Press;
use crate::stories::campaign::faults::interrupt;
use crate::stories::campaign::papers::Draughtsman;
use crate::stories::campaign::truth::Auditor;

/// Longer than a queue takes on a busy machine.
const LONGEST: Duration = Duration::from_mins(4);
/// How long a queue may stand still before somebody pulls the cable for a moment, the first time.
const STANDSTILL: Duration = Duration::from_secs(5);
/// What happens between two cuts: when, and who is there. A day goes through them in turn.
const DAY: [(Time, Role); 6] = [
    (time(8, 0, 0, 0), Role::Headless),
    (time(8, 20, 0, 0), Role::Screen),
    (time(10, 0, 0, 0), Role::Headless),
    (time(10, 20, 0, 0), Role::Screen),
    (time(10, 50, 0, 0), Role::Headless),
    (time(12, 31, 0, 0), Role::Evening),
];
/// Evenings that are cut off before one may end.
const EVENINGS: usize = 2;
/// Moments of each life at which the power may have gone, besides the one at which it did.
const MOMENTS: usize = 8;

/// What was seen, for the report.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    pub cuts: usize,
    /// Other moments at which the power might have gone, each rebuilt and looked at.
    pub moments: usize,
    pub orders: usize,
    pub told: usize,
    pub papers: usize,
    pub marked: usize,
    pub scraps: usize,
    pub repeated: usize,
    pub backups: usize,
    pub closed: usize,
    /// Rounds, and those that another plan took the place of.
    pub rounds: usize,
    pub withdrawn: usize,
    /// Changes of a plan at the desk, and those that were refused.
    pub planned: usize,
    pub refused: usize,
    pub signed_in: usize,
    pub starts: Vec<Duration>,
    pub computed: Vec<Duration>,
}

pub struct Club<'a> {
    ground: &'a Ground,
    chance: Chance,
    home: TempDir,
    /// The folder that is the disk now; cuts make a new one of it.
    folder: PathBuf,
    disks: usize,
    library: Option<PathBuf>,
    presses: [Press; 2],
    promises: Arc<Promises>,
    notes: AtomicUsize,
    desk: Desk,
    auditor: Auditor,
    day: usize,
    step: usize,
    evenings: usize,
    /// A day that was closed and whose papers were not looked at in the end.
    over: Option<ServiceDate>,
    /// Backups with the moment after which they were begun.
    backups: BTreeMap<String, u64>,
    pub seen: Seen,
}

impl<'a> Club<'a> {
    pub fn new(ground: &'a Ground, seed: u64, stream: u64, library: Option<PathBuf>) -> Self {
        let home = TempDir::new().unwrap();
        let folder = home.path().join("disk0");
        std::fs::create_dir_all(folder.join("var")).unwrap();
        std::fs::copy(ground.database(), folder.join("var/lunch.sqlite")).unwrap();
        let draughtsman = Draughtsman::new(&ground.fonts, ground.calendar.clone());
        Self {
            auditor: Auditor::new(&folder.join("var/lunch.sqlite"), draughtsman),
            chance: Chance::new(seed, stream),
            ground,
            home,
            folder,
            disks: 0,
            library,
            presses: Press::two(),
            promises: Arc::default(),
            notes: AtomicUsize::new(1),
            desk: Desk::default(),
            day: 0,
            step: 0,
            evenings: 0,
            over: None,
            backups: BTreeMap::new(),
            seen: Seen::default(),
        }
    }

    fn date(&self) -> ServiceDate {
        self.ground.dates[self.day]
    }

    /// So many lives, each ended by a cut, and one more that shows how the last cut ended.
    pub fn live(&mut self, cuts: usize) {
        for _ in 0..cuts {
            self.life();
        }
        let start = self.start();
        let (life, clock) = self.open(Role::Headless, start, None);
        self.after_a_cut(&life, clock, now());
        life.close();
        let database = self.database();
        let orders = truth::audit(&truth::open(&database), &self.promises, now());
        self.seen.orders = orders.unwrap_or_else(|wrong| panic!("{wrong}"));
        self.seen.told = self.promises.with(|all| all.iter().filter(|p| p.told.is_some()).count());
        let papers = &self.auditor.seen;
        (self.seen.papers, self.seen.marked) = (papers.papers, papers.marked);
        self.seen.scraps = papers.scraps;
        self.seen.planned = self.desk.changed.load(Ordering::Relaxed);
        self.seen.refused = self.desk.refused.load(Ordering::Relaxed);
        let rounds = "SELECT count(*), coalesce(sum(state = 'withdrawn'), 0) FROM rounds";
        let count = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, u32>(0)? as usize, row.get::<_, u32>(1)? as usize))
        };
        (self.seen.rounds, self.seen.withdrawn) =
            truth::open(&database).query_row(rounds, [], count).unwrap();
        self.seen.signed_in = self.desk.signed_in.load(Ordering::Relaxed);
    }

    fn database(&self) -> PathBuf {
        self.folder.join("var/lunch.sqlite")
    }

    fn start(&self) -> jiff::civil::DateTime {
        self.date().0.to_datetime(DAY[self.step].0)
    }

    /// From the power's coming back to its going.
    fn life(&mut self) {
        let (start, role) = (self.start(), DAY[self.step].1);
        let under = self.library.clone().map(|library| {
            let records = self.home.path().join(format!("records{}", self.seen.cuts));
            std::fs::create_dir(&records).unwrap();
            Under { library, records }
        });
        let before = under.as_ref().map(|_| {
            let kept = self.home.path().join(format!("kept{}", self.seen.cuts));
            std::fs::create_dir(&kept).unwrap();
            (Disk::of(&self.folder.join("var"), &kept, Syncs::Honest), kept)
        });
        let begun = now();
        let (life, clock) = self.open(role, start, under.as_ref());
        self.after_a_cut(&life, clock, begun);
        let closed = self.load_and_cut(role, life);
        self.seen.cuts += 1;
        if let (Some(under), Some((disk, kept))) = (under, before) {
            self.cut_disk(disk, &under, begun);
            // Only the last disk is needed any more.
            std::fs::remove_dir_all(kept).unwrap();
            std::fs::remove_dir_all(under.records).unwrap();
        }
        self.go_on(role, closed, begun);
    }

    fn open(
        &mut self,
        role: Role,
        start: jiff::civil::DateTime,
        under: Option<&Under>,
    ) -> (Life, Timestamp) {
        write_settings(&self.folder, &self.presses, start);
        let seed = self.chance.below(usize::MAX) as u64;
        let life = Life::begin(&self.folder, role, seed, under, &self.promises);
        if role == Role::Headless {
            self.seen.starts.push(life.ready);
            self.seen.computed.push(life.computed);
        }
        // The clock goes on from the last record; never behind what the settings say.
        let sql = "SELECT coalesce(max(at), 0) FROM order_events";
        let latest: i64 =
            truth::open(&self.database()).query_row(sql, [], |row| row.get(0)).unwrap();
        let start = self.ground.calendar.at(ServiceDate(start.date()), start.time());
        (life, start.max(Timestamp::from_millisecond(latest).unwrap()))
    }

    /// Everything that can be said of a clubhouse that was cut off and is there again.
    fn after_a_cut(&mut self, life: &Life, clock: Timestamp, begun: u64) {
        let since = Instant::now();
        let database = truth::open(&self.database());
        if let Err(wrong) = truth::audit(&database, &self.promises, now()) {
            panic!("after cut {} of {}: {wrong}", self.seen.cuts, self.home.path().display());
        }
        let backups = truth::backups(&self.folder.join("var"), &self.promises, &self.backups);
        self.seen.backups =
            backups.unwrap_or_else(|wrong| panic!("{wrong}")).max(self.seen.backups);
        let (answers, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let dates = self.bookable();
        let known = self.known(&dates, &answers, &stop);
        let mut chance = Chance::new(self.notes.load(Ordering::Relaxed) as u64, 77);
        let repeated = known.again(life.address, &database, begun, &mut chance);
        self.seen.repeated += repeated;
        let now_or_later = || clock + SignedDuration::try_from(since.elapsed()).unwrap();
        let (mut before, mut still, mut patience) = (u32::MAX, Instant::now(), STANDSTILL);
        loop {
            let open = self.auditor.open_papers(now_or_later());
            if open == 0 {
                break;
            }
            assert!(since.elapsed() < LONGEST, "papers wait that nothing holds up");
            if open != before {
                (before, still) = (open, Instant::now());
            } else if still.elapsed() > patience {
                // Somebody pulls the cable for a moment, as after a picture that was broken off.
                self.presses.iter().for_each(|press| interrupt(&press.printer));
                (still, patience) = (Instant::now(), patience * 2);
            }
            let version = self.presses[0].printer.version();
            self.presses[0].printer.wait_for_change(version, Duration::from_millis(30));
            Press::collect(&mut self.presses);
        }
        self.auditor.papers(&mut self.presses);
        if let Some(date) = self.over.take() {
            self.auditor.day_on_paper(date);
        }
    }

    fn bookable(&self) -> Vec<ServiceDate> {
        let today = self.date();
        let soon = |date: &&ServiceDate| **date >= today && **date <= today.plus_days(3);
        self.ground.dates.iter().filter(soon).copied().collect()
    }

    fn known<'k>(
        &'k self,
        dates: &'k [ServiceDate],
        answers: &'k AtomicUsize,
        stop: &'k AtomicBool,
    ) -> Known<'k> {
        Known {
            token: &self.ground.token,
            residents: &self.ground.residents,
            dates,
            promises: &self.promises,
            notes: &self.notes,
            answers,
            stop,
        }
    }

    /// Programs order, the desk plans, people stand at the screen; in the middle of it the power goes.
    fn load_and_cut(&mut self, role: Role, life: Life) -> bool {
        let dates = self.bookable();
        let (answers, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let seeds = [0, 1, 2].map(|_| self.chance.below(usize::MAX) as u64);
        let last_evening = role == Role::Evening && self.evenings >= EVENINGS;
        let by_answers = self.chance.percent(50).then(|| self.chance.between(1, 14));
        // Planning takes a second, so that a cut may come before, in or after it.
        let most = if self.step > 1 { 1_600_000 } else { 700_000 };
        let longest = Duration::from_micros(self.chance.between(1_000, most) as u64);
        let soon = Duration::from_micros(self.chance.between(0, 250_000) as u64);
        let (this, address) = (&*self, life.address);
        let date = this.date();
        if this.step > 2 {
            this.desk.sit_down(address, date);
        }
        let mut closed = false;
        let known = &this.known(&dates, &answers, &stop);
        std::thread::scope(|scope| {
            for seed in &seeds[..2] {
                scope.spawn(move || known.work(address, &mut Chance::new(*seed, 1)));
            }
            if this.step > 2 {
                let (desk, stop, seed) = (&this.desk, &stop, seeds[2]);
                scope.spawn(move || desk.work(address, date, &mut Chance::new(seed, 2), stop));
            }
            if last_evening {
                closed = life.hears(screen::CLOSED, LONGEST);
                assert!(closed, "the day could not be closed");
            } else if role == Role::Evening {
                // In the middle of the close, of the backup, or before either.
                if this.evenings > 0 {
                    life.hears(screen::CLOSING, LONGEST);
                }
                closed = life.hears(screen::CLOSED, soon);
            } else {
                let until = Instant::now() + longest;
                let enough = || by_answers.is_some_and(|n| answers.load(Ordering::Relaxed) >= n);
                while Instant::now() < until && !enough() {
                    let version = this.presses[0].printer.version();
                    this.presses[0].printer.wait_for_change(version, Duration::from_millis(1));
                }
            }
            life.kill();
            stop.store(true, Ordering::Relaxed);
        });
        closed
    }

    /// Rebuilds what the disk holds, at the moment of the cut and at others before it, looks at each,
    /// and goes on with the first.
    fn cut_disk(&mut self, mut disk: Disk, under: &Under, begun: u64) {
        let records = layer::read(&under.records);
        let whole = records.len();
        let mut moments: Vec<usize> = (0..MOMENTS).map(|_| self.chance.between(0, whole)).collect();
        moments.push(whole);
        moments.sort_unstable();
        let mut done = 0;
        for (nth, moment) in moments.iter().enumerate() {
            records[done..*moment].iter().for_each(|record| disk.follow(record));
            done = *moment;
            let is_last = nth + 1 == moments.len();
            // Nothing that was told later than the last change had to be on disk for it.
            let cut = match records.get(*moment) {
                Some(next) => next.at - 1,
                None => now(),
            };
            let folder = self.home.path().join(format!("disk{}", self.disks + 1));
            disk.cut(&mut self.chance, &folder.join("var"));
            if is_last {
                let old = std::mem::replace(&mut self.folder, folder);
                std::fs::remove_dir_all(old).unwrap();
                self.auditor.follow(&self.database());
                self.disks += 1;
                continue;
            }
            let at = format!("{moment} changes after {begun} of {whole}");
            look_at(&folder.join("var"), &self.promises, cut)
                .unwrap_or_else(|wrong| panic!("{at}: {wrong} (left in {})", folder.display()));
            std::fs::remove_dir_all(folder).unwrap();
            self.seen.moments += 1;
        }
    }

    fn go_on(&mut self, role: Role, closed: bool, begun: u64) {
        self.note_backups(begun);
        if role != Role::Evening {
            self.step += 1;
            return;
        }
        self.evenings += 1;
        if !closed {
            return;
        }
        self.seen.closed += 1;
        self.over = Some(self.date());
        (self.evenings, self.step) = (0, 0);
        self.day += 1;
    }

    /// What a backup must hold at least: what was told before this life began.
    fn note_backups(&mut self, begun: u64) {
        let Ok(folder) = std::fs::read_dir(self.folder.join("var/backups")) else { return };
        for entry in folder {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if name.ends_with(".sqlite") {
                self.backups.entry(name).or_insert(begun);
            }
        }
    }
}

/// A disk that nobody has opened since the cut.
pub fn look_at(data: &Path, promises: &Promises, cut: u64) -> Result<usize, truth::Wrong> {
    let database = data.join("lunch.sqlite");
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
    let db = rusqlite::Connection::open_with_flags(&database, flags).map_err(|e| e.to_string())?;
    let verdict: String =
        db.query_row("PRAGMA quick_check", [], |row| row.get(0)).map_err(|e| e.to_string())?;
    if verdict != "ok" {
        return Err(verdict);
    }
    let orders = truth::audit(&db, promises, cut)?;
    truth::backups(data, promises, &BTreeMap::new())?;
    Ok(orders)
}
