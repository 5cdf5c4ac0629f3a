//! The layer under the program that writes down every change of its files: a C file, compiled where
//! the test runs, preloaded into the program.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The layer's source.
const SOURCE: &str = include_str!("../../support/power_cut.c");
/// Begins each record.
const MAGIC: u32 = 0x0c07_c075;
/// A record without what follows it.
const HEAD: usize = 40;

/// One change, in the order in which they happened.
#[derive(Debug, Clone)]
pub struct Record {
    /// Nanoseconds since 1970, when it was done and before anybody was told.
    pub at: u64,
    pub change: Change,
}

/// What was changed. Files are told by their inode, for their names change.
#[derive(Debug, Clone)]
pub enum Change {
    Write { file: u64, at: u64, bytes: Vec<u8> },
    Size { file: u64, length: u64 },
    Sync { file: u64 },
    Create { file: u64, path: PathBuf },
    Rename { from: PathBuf, to: PathBuf },
    Unlink { path: PathBuf },
    MakeFolder { path: PathBuf },
    RemoveFolder { path: PathBuf },
    SyncFolder { path: PathBuf },
    SyncAll,
}

/// Compiles the layer into a folder; a machine without a compiler has none.
pub fn compile(folder: &Path) -> Option<PathBuf> {
    let (source, library) = (folder.join("power_cut.c"), folder.join("power_cut.so"));
    std::fs::write(&source, SOURCE).unwrap();
    let compiled = Command::new("cc")
        .args(["-O1", "-Wall", "-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .output();
    match compiled {
        Ok(said) if said.status.success() => Some(library),
        Ok(said) => panic!("the layer does not compile: {}", String::from_utf8_lossy(&said.stderr)),
        Err(_) => None,
    }
}

/// Puts a program onto the layer: changes below `folder` go into `records`.
pub fn under(command: &mut Command, library: &Path, folder: &Path, records: &Path) {
    command.env("LD_PRELOAD", library).env("CUT_FOLDER", folder).env("CUT_LOG", records);
}

/// The changes that all processes made, in order. A process that was killed may have left half a
/// record at the end of its own: that change was told to nobody.
pub fn read(records: &Path) -> Vec<Record> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(records).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("records.")) {
            parse(&std::fs::read(path).unwrap(), &mut all);
        }
    }
    all.sort_by_key(|record| record.at);
    all
}

fn parse(mut bytes: &[u8], into: &mut Vec<Record>) {
    while bytes.len() >= HEAD {
        let word = |at: usize| u32::from_ne_bytes(bytes[at..at + 4].try_into().unwrap());
        let long = |at: usize| u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap());
        assert_eq!(word(0), MAGIC, "the records of a process are broken");
        let (kind, at, file, number) = (word(4), long(8), long(16), long(24));
        let (first, second) = (word(32) as usize, word(36) as usize);
        let Some(parts) = bytes.get(HEAD..HEAD + first + second) else { return };
        let path = |bytes: &[u8]| PathBuf::from(String::from_utf8(bytes.to_vec()).unwrap());
        let (one, two) = parts.split_at(first);
        let change = match kind {
            1 => Change::Write { file, at: number, bytes: one.to_vec() },
            2 => Change::Size { file, length: number },
            3 => Change::Sync { file },
            4 => Change::Create { file, path: path(one) },
            5 => Change::Rename { from: path(one), to: path(two) },
            6 => Change::Unlink { path: path(one) },
            7 => Change::MakeFolder { path: path(one) },
            8 => Change::RemoveFolder { path: path(one) },
            9 => Change::SyncFolder { path: path(one) },
            10 => Change::SyncAll,
            _ => panic!("the layer can't follow what was done to {}", path(one).display()),
        };
        into.push(Record { at, change });
        bytes = &bytes[HEAD + first + second..];
    }
}
