//! What a disk holds after the power went: all that was synced, and of the rest whatever chance
//! left, page by page, some pages torn between two sectors; names as far as their folder was synced,
//! and after that as many changes as got through, in order.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::layer::{Change, Record};
use crate::stories::campaign::chance::Chance;

/// What a disk writes whole; `SQLite` and ext4 write pages of eight.
const SECTOR: usize = 512;
const PAGE: u64 = 4096;

/// Which syncs count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syncs {
    Honest,
    /// The disk says that it has written, and has not: as without any sync in the program.
    Lies,
}

/// How much of what was not synced is left.
#[derive(Debug, Clone, Copy)]
enum Left {
    Nothing,
    AsFarAs(usize),
    Some(usize),
    All,
}

#[derive(Clone)]
enum Pending {
    Write { at: u64, bytes: Vec<u8> },
    Size(u64),
}

#[derive(Clone, Default)]
struct File {
    /// Where its bytes lie while nobody has changed it.
    untouched: Option<PathBuf>,
    durable: Vec<u8>,
    pending: Vec<Pending>,
}

#[derive(Clone)]
enum Naming {
    Is(PathBuf, usize),
    Gone(PathBuf),
    Moved(PathBuf, PathBuf),
}

/// A folder on a disk, with what is on its way to it.
#[derive(Clone)]
pub struct Disk {
    root: PathBuf,
    files: Vec<File>,
    by_inode: HashMap<u64, usize>,
    /// Names as the program sees them, and as they are on the disk.
    live: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    naming: BTreeMap<PathBuf, Vec<Naming>>,
    folders: BTreeSet<PathBuf>,
    syncs: Syncs,
}

impl Disk {
    /// A folder that lies still, all of it durable. Its bytes are kept in `kept`, because the program
    /// goes on in the folder itself.
    pub fn of(root: &Path, kept: &Path, syncs: Syncs) -> Self {
        let root = root.canonicalize().unwrap();
        let mut disk = Self {
            root: root.clone(),
            files: Vec::new(),
            by_inode: HashMap::new(),
            live: BTreeMap::new(),
            durable: BTreeMap::new(),
            naming: BTreeMap::new(),
            folders: BTreeSet::new(),
            syncs,
        };
        disk.look_into(&root, kept);
        disk
    }

    fn look_into(&mut self, folder: &Path, kept: &Path) {
        self.folders.insert(folder.to_owned());
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.look_into(&path, kept);
                continue;
            }
            let inode = path.metadata().unwrap().ino();
            let copy = kept.join(self.files.len().to_string());
            std::fs::copy(&path, &copy).unwrap();
            self.by_inode.insert(inode, self.files.len());
            self.live.insert(path.clone(), self.files.len());
            self.durable.insert(path, self.files.len());
            self.files.push(File { untouched: Some(copy), ..File::default() });
        }
    }

    /// Does what the program did.
    pub fn follow(&mut self, record: &Record) {
        match &record.change {
            Change::Write { file, at, bytes } => {
                if let Some(file) = self.changing(*file) {
                    file.pending.push(Pending::Write { at: *at, bytes: bytes.clone() });
                }
            }
            Change::Size { file, length } => {
                if let Some(file) = self.changing(*file) {
                    file.pending.push(Pending::Size(*length));
                }
            }
            Change::Sync { file } => {
                if self.syncs == Syncs::Honest
                    && let Some(file) = self.changing(*file)
                {
                    file.settle();
                }
            }
            Change::Create { file, path } => {
                self.by_inode.insert(*file, self.files.len());
                self.live.insert(path.clone(), self.files.len());
                self.name(path, Naming::Is(path.clone(), self.files.len()));
                self.files.push(File::default());
            }
            Change::Rename { from, to } => {
                if let Some(file) = self.live.remove(from) {
                    self.live.insert(to.clone(), file);
                    self.name(to, Naming::Moved(from.clone(), to.clone()));
                }
            }
            Change::Unlink { path } => {
                if self.live.remove(path).is_some() {
                    self.name(path, Naming::Gone(path.clone()));
                }
            }
            // Whoever syncs a folder writes that it was made with it: journals keep the order.
            Change::MakeFolder { path } => {
                self.folders.insert(path.clone());
            }
            Change::RemoveFolder { path } => {
                self.folders.remove(path);
            }
            Change::SyncFolder { path } => {
                if self.syncs == Syncs::Honest {
                    for naming in self.naming.remove(path).unwrap_or_default() {
                        apply(&mut self.durable, &naming);
                    }
                }
            }
            Change::SyncAll => {
                let folders: Vec<PathBuf> = self.naming.keys().cloned().collect();
                for path in folders {
                    self.follow(&Record { at: record.at, change: Change::SyncFolder { path } });
                }
                if self.syncs == Syncs::Honest {
                    self.files.iter_mut().for_each(File::settle);
                }
            }
        }
    }

    fn name(&mut self, path: &Path, naming: Naming) {
        self.naming.entry(path.parent().unwrap().to_owned()).or_default().push(naming);
    }

    fn changing(&mut self, inode: u64) -> Option<&mut File> {
        let file = &mut self.files[*self.by_inode.get(&inode)?];
        if let Some(copy) = file.untouched.take() {
            file.durable = std::fs::read(copy).unwrap();
        }
        Some(file)
    }

    /// Puts what is left after a cut at this moment into an empty folder.
    pub fn cut(&self, chance: &mut Chance, into: &Path) {
        let left = match chance.below(20) {
            0..5 => Left::Nothing,
            5..10 => Left::AsFarAs(chance.between(0, 100)),
            10..17 => Left::Some(chance.between(5, 95)),
            _ => Left::All,
        };
        self.write_out(left, chance, into);
    }

    /// Puts everything into an empty folder as the program saw it.
    pub fn whole(&self, into: &Path) {
        self.write_out(Left::All, &mut Chance::new(0, 0), into);
    }

    /// Puts what was synced into an empty folder, and nothing else.
    pub fn synced(&self, into: &Path) {
        self.write_out(Left::Nothing, &mut Chance::new(0, 0), into);
    }

    fn write_out(&self, left: Left, chance: &mut Chance, into: &Path) {
        let place = |path: &Path| into.join(path.strip_prefix(&self.root).unwrap());
        for folder in &self.folders {
            std::fs::create_dir_all(place(folder)).unwrap();
        }
        let mut names = self.durable.clone();
        for naming in self.naming.values() {
            let kept = match left {
                Left::Nothing => 0,
                Left::All => naming.len(),
                Left::AsFarAs(percent) => naming.len() * percent / 100,
                Left::Some(_) => chance.between(0, naming.len()),
            };
            naming[..kept].iter().for_each(|naming| apply(&mut names, naming));
        }
        for (path, file) in names {
            if path.to_string_lossy().ends_with("-shm") {
                continue;
            }
            let file = &self.files[file];
            match &file.untouched {
                Some(copy) => {
                    std::fs::copy(copy, place(&path)).unwrap();
                }
                None => std::fs::write(place(&path), file.after_cut(left, chance)).unwrap(),
            }
        }
    }
}

fn apply(names: &mut BTreeMap<PathBuf, usize>, naming: &Naming) {
    match naming {
        Naming::Is(path, file) => {
            names.insert(path.clone(), *file);
        }
        Naming::Gone(path) => {
            names.remove(path);
        }
        Naming::Moved(from, to) => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
    }
}

impl File {
    fn settle(&mut self) {
        for change in std::mem::take(&mut self.pending) {
            match change {
                Pending::Write { at, bytes } => put(&mut self.durable, at, &bytes),
                Pending::Size(length) => self.durable.resize(length as usize, 0),
            }
        }
    }

    fn after_cut(&self, left: Left, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        let reached = match left {
            Left::Nothing => 0,
            Left::AsFarAs(percent) => self.pending.len() * percent / 100,
            Left::Some(_) | Left::All => self.pending.len(),
        };
        for change in &self.pending[..reached] {
            match change {
                Pending::Size(length) => {
                    if !matches!(left, Left::Some(share) if !chance.percent(share)) {
                        bytes.resize(*length as usize, 0);
                    }
                }
                Pending::Write { at, bytes: written } => {
                    let Left::Some(share) = left else {
                        put(&mut bytes, *at, written);
                        continue;
                    };
                    for (at, page) in pages(*at, written) {
                        if chance.percent(share) {
                            put(&mut bytes, at, page);
                        } else if chance.percent(25) {
                            torn(&mut bytes, at, page, chance);
                        }
                    }
                }
            }
        }
        bytes
    }
}

/// Some sectors of a page got through.
fn torn(bytes: &mut Vec<u8>, at: u64, page: &[u8], chance: &mut Chance) {
    let (mut from, end) = (0, page.len());
    while from < end {
        // Sectors are counted from the start of the file.
        let next = end.min(from + SECTOR - (at as usize + from) % SECTOR);
        if chance.percent(50) {
            put(bytes, at + from as u64, &page[from..next]);
        }
        from = next;
    }
}

/// A write cut at the borders of pages.
fn pages(at: u64, written: &[u8]) -> Vec<(u64, &[u8])> {
    let (mut cut, mut from) = (Vec::new(), 0);
    while from < written.len() {
        let here = at + from as u64;
        let next = written.len().min(from + (PAGE - here % PAGE) as usize);
        cut.push((here, &written[from..next]));
        from = next;
    }
    cut
}

fn put(into: &mut Vec<u8>, at: u64, bytes: &[u8]) {
    let end = at as usize + bytes.len();
    if into.len() < end {
        into.resize(end, 0);
    }
    into[at as usize..end].copy_from_slice(bytes);
}
