//! The request: a copy of the package, and who it is, in the folder that root's service watches.

use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::deb::{LARGEST, Writing, hex};
use super::{DebError, Package, Standing, architecture, installed_version, standing};
use crate::disk::sync_name;

/// The folder of updates, in the data folder.
pub(super) const FOLDER: &str = "update";
/// The file that root's service waits for.
const REQUEST: &str = "request";
/// The fewest hexadecimal digits of a checksum that a person has to have compared.
const FEWEST: usize = 16;

/// Why no update was asked for.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The file is no package.
    #[error("{file} can't be installed: {source}. Nothing was changed")]
    Package {
        /// The file.
        file: PathBuf,
        /// Why.
        source: DebError,
    },
    /// The package is of another program or machine, or not newer.
    #[error("{file} can't be installed: {why}. Nothing was changed")]
    Unfit {
        /// The file.
        file: PathBuf,
        /// Why.
        why: String,
    },
    /// What was confirmed is not what the file holds.
    #[error(
        "the checksum of {file} is another than the one that was confirmed; it may be damaged, or not what it says it is. Nothing was changed; copy it again from where it came from"
    )]
    Checksum {
        /// The file.
        file: PathBuf,
    },
    /// Another update is under way.
    #[error("an update is under way already; “clubhouse-kiosk update result” says how it ends")]
    Pending,
    /// The folder of updates can't be written.
    #[error(
        "the folder {folder} can't be written: {source}. Nothing was changed; look at its room and its rights"
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A checksum as somebody typed it: in groups or not, whole or its first digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum(String);

impl std::str::FromStr for Checksum {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let digits: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
        let fine = digits.chars().all(|c| c.is_ascii_hexdigit());
        if fine && (FEWEST..=64).contains(&digits.len()) {
            Ok(Self(digits))
        } else {
            Err(format!("a checksum has {FEWEST} to 64 digits 0-9 and a-f"))
        }
    }
}

impl Checksum {
    /// All digits of a package's checksum, once a person has said yes to them.
    pub fn of(package: &Package) -> Self {
        Self(hex(&package.sha256))
    }

    fn fits(&self, sha256: &[u8; 32]) -> bool {
        hex(sha256).starts_with(&self.0)
    }
}

/// Whether an update was asked for and not yet ended.
pub fn pending(data: &Path) -> bool {
    data.join(FOLDER).join(REQUEST).exists()
}

/// Copies the package into the data folder and asks root's service to install it. `back` allows a
/// version that is not newer.
pub fn request(
    data: &Path,
    file: &Path,
    confirmed: &Checksum,
    back: bool,
) -> Result<Package, RequestError> {
    if pending(data) {
        return Err(RequestError::Pending);
    }
    let package = Package::read(file)
        .map_err(|source| RequestError::Package { file: file.to_owned(), source })?;
    let installed = installed_version();
    let why = match standing(&package, &installed) {
        Standing::Newer => None,
        Standing::Same | Standing::Older if back => None,
        Standing::Same | Standing::Older => Some(format!(
            "it holds version {}, and {installed} is installed; --back installs it nevertheless",
            package.version
        )),
        Standing::Foreign => Some(format!("it is the package of {}", package.name)),
        Standing::OtherMachine => Some(format!(
            "it is for {}, and this machine is {}",
            package.architecture,
            architecture()
        )),
    };
    if let Some(why) = why {
        return Err(RequestError::Unfit { file: file.to_owned(), why });
    }
    let folder = data.join(FOLDER);
    let in_folder = |source| RequestError::Folder { folder: folder.clone(), source };
    let mut maker = std::fs::DirBuilder::new();
    maker.recursive(true).mode(0o700).create(&folder).map_err(in_folder)?;
    let name = format!("{}_{}_{}.deb", package.name, package.version, package.architecture);
    // An epoch's colon is no letter for a file name.
    let name = name.replace(':', "%3a");
    let copied = copy(file, &folder.join(&name)).map_err(in_folder)?;
    // What counts is what was copied: the stick may have been changed meanwhile.
    if !confirmed.fits(&copied) {
        // Left behind it does nothing: there is no request for it.
        let _ = std::fs::remove_file(folder.join(&name));
        return Err(RequestError::Checksum { file: file.to_owned() });
    }
    let back = if back { "yes" } else { "no" };
    let text = format!("file={name}\nsha256={}\nback={back}\n", hex(&copied));
    write(&folder.join(REQUEST), text.as_bytes()).map_err(in_folder)?;
    Ok(package)
}

/// Copies a file onto the disk for good, and says the checksum of what was written.
fn copy(from: &Path, to: &Path) -> io::Result<[u8; 32]> {
    let mut source = File::open(from)?.take(LARGEST);
    let mut target = private(to)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = source.read(&mut piece)?;
        if read == 0 {
            break;
        }
        target.write_all(&piece[..read])?;
        Writing(&mut digest).write_all(&piece[..read])?;
    }
    target.sync_all()?;
    Ok(digest.finalize().into())
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut file = private(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&part, path)?;
    sync_name(path)
}

fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}
