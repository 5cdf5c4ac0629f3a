//! Reads what a Debian package says of itself, with bounds: it lies on somebody's stick.

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The largest package, in bytes.
pub(super) const LARGEST: u64 = 400 << 20;
/// The largest list of fields that is unpacked, in bytes.
const CONTROL: u64 = 1 << 20;
/// What every package begins with.
const MAGIC: &[u8] = b"!<arch>\n";

/// Why a file is no package that can be installed.
#[derive(Debug, thiserror::Error)]
pub enum DebError {
    /// It can't be read.
    #[error("it can't be read: {0}")]
    Read(#[from] io::Error),
    /// It is larger than any version of this program.
    #[error("it is larger than {} MiB", LARGEST >> 20)]
    Large,
    /// It is no package, or is cut off.
    #[error("it is no Debian package, or not all of it is there ({0})")]
    Broken(&'static str),
    /// It is packed in another way than this program's packages.
    #[error("it was not packed for this program (its fields are in {0})")]
    Packing(String),
}

/// What a package is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The program's name.
    pub name: String,
    /// Its version, as Debian writes it.
    pub version: String,
    /// The kind of machine it is for.
    pub architecture: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of the file.
    pub sha256: [u8; 32],
}

impl Package {
    /// Reads a file whole, once for its checksum.
    pub fn read(path: &Path) -> Result<Self, DebError> {
        let mut file = File::open(path)?;
        let bytes = file.metadata()?.len();
        if bytes > LARGEST {
            return Err(DebError::Large);
        }
        let control = control(&mut file)?;
        let field = |key: &'static str| {
            let value = control.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
            let value = value.map(str::trim).filter(|v| is_plain(v));
            value.map(str::to_owned).ok_or(DebError::Broken(key))
        };
        let (name, version) = (field("Package")?, field("Version")?);
        let architecture = field("Architecture")?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Self { name, version, architecture, bytes, sha256: sha256(&mut file)? })
    }

    /// The checksum as people compare it: sixteen groups of four digits.
    pub fn groups(&self) -> String {
        let hex = hex(&self.sha256);
        let groups: Vec<&str> = (0..hex.len()).step_by(4).map(|at| &hex[at..at + 4]).collect();
        groups.join(" ")
    }
}

/// Words that may be shown and compared: what dpkg allows in names and versions.
fn is_plain(value: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || "+-.:~".contains(c);
    !value.is_empty() && value.len() <= 100 && value.chars().all(fine)
}

/// The SHA-256 of all that is read, at most of the largest package.
pub(super) fn sha256(from: &mut impl Read) -> Result<[u8; 32], DebError> {
    let mut digest = Sha256::new();
    let read = io::copy(&mut from.take(LARGEST + 1), &mut Writing(&mut digest))?;
    if read > LARGEST { Err(DebError::Large) } else { Ok(digest.finalize().into()) }
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut all, byte| {
        // Writing to a string can't fail.
        let _ = write!(all, "{byte:02x}");
        all
    })
}

/// A digest that is written to.
pub(super) struct Writing<'a>(pub(super) &'a mut Sha256);

impl io::Write for Writing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The fields of a package: the second member of the archive, unpacked.
fn control(file: &mut File) -> Result<String, DebError> {
    let mut magic = [0; 8];
    fill(file, &mut magic)?;
    if magic != MAGIC {
        return Err(DebError::Broken("it begins otherwise"));
    }
    let (first, size) = member(file)?;
    if first != "debian-binary" || size > 64 {
        return Err(DebError::Broken("debian-binary"));
    }
    file.seek_relative(i64::try_from(size + size % 2).unwrap_or(0))?;
    let (second, size) = member(file)?;
    if second != "control.tar.gz" {
        return Err(DebError::Packing(
            second.chars().filter(|c| is_plain(&c.to_string())).collect(),
        ));
    }
    let mut tar = Vec::new();
    GzDecoder::new(file.take(size)).take(CONTROL).read_to_end(&mut tar)?;
    let fields = file_in(&tar, "control").ok_or(DebError::Broken("control"))?;
    String::from_utf8(fields.to_vec()).map_err(|_| DebError::Broken("control"))
}

/// The name and size of the next member of the archive.
fn member(file: &mut File) -> Result<(String, u64), DebError> {
    let mut header = [0; 60];
    fill(file, &mut header)?;
    let text = |range: std::ops::Range<usize>| {
        std::str::from_utf8(&header[range]).map(str::trim).map_err(|_| DebError::Broken("member"))
    };
    let name = text(0..16)?.trim_end_matches('/').to_owned();
    let size = text(48..58)?.parse().map_err(|_| DebError::Broken("member"))?;
    Ok((name, size))
}

/// A file at the top of a tar archive.
fn file_in<'a>(tar: &'a [u8], wanted: &str) -> Option<&'a [u8]> {
    let mut rest = tar;
    while rest.len() >= 512 && rest[0] != 0 {
        let (header, behind) = rest.split_at(512);
        let name = header[..100].split(|b| *b == 0).next()?;
        let size = std::str::from_utf8(&header[124..135]).ok()?;
        let size = usize::from_str_radix(size.trim_matches(['\0', ' ']), 8).ok()?;
        let name = name.strip_prefix(b"./").unwrap_or(name);
        if name == wanted.as_bytes() {
            return behind.get(..size);
        }
        rest = behind.get(size.div_ceil(512).checked_mul(512)?..)?;
    }
    None
}

fn fill(file: &mut File, bytes: &mut [u8]) -> Result<(), DebError> {
    file.read_exact(bytes).map_err(|e| match e.kind() {
        io::ErrorKind::UnexpectedEof => DebError::Broken("it ends early"),
        _ => DebError::Read(e),
    })
}
