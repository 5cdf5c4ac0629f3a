//! Updates of an appliance: packages that lie on a stick or in a folder, and the request to install
//! one.
//!
//! The kiosk may not install anything. It copies the package whose checksum a person confirmed, and
//! writes a request; `systemd/libexec/update` runs as root, looks at both again, installs, and puts
//! the version before back if the new one does not serve.

mod deb;
mod request;
mod result;
mod version;

use std::path::{Path, PathBuf};

pub use deb::{DebError, Package};
pub use request::{Checksum, RequestError, pending, request};
pub use result::{Outcome, Report, report};
pub use version::compare;

/// The only package that is ever installed.
pub const NAME: &str = "clubhouse-kiosk";
/// Where a stick called CLUBHOUSE is mounted.
pub const STICK: &str = "/media/clubhouse";
/// What dpkg knows to be installed.
const STATUS: &str = "/var/lib/dpkg/status";
/// Files of a folder that are looked at.
const MOST: usize = 50;

/// How a package stands to what is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Newer than what is installed.
    Newer,
    /// The same version.
    Same,
    /// Older than what is installed.
    Older,
    /// Another program's package.
    Foreign,
    /// For machines of another kind.
    OtherMachine,
}

/// The version that is installed: dpkg's word, or the program's own where dpkg does not know it.
pub fn installed_version() -> String {
    std::fs::read_to_string(STATUS)
        .ok()
        .and_then(|status| installed_in(&status))
        .unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned())
}

/// The version in a text of dpkg's status file.
fn installed_in(status: &str) -> Option<String> {
    let ours = format!("Package: {NAME}");
    let entry = status.split("\n\n").find(|e| e.lines().next() == Some(ours.as_str()))?;
    entry.lines().find_map(|line| line.strip_prefix("Version: ")).map(str::to_owned)
}

/// What Debian calls this kind of machine.
pub fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// How a package stands to the installed version.
pub fn standing(package: &Package, installed: &str) -> Standing {
    if package.name != NAME {
        return Standing::Foreign;
    }
    if package.architecture != architecture() {
        return Standing::OtherMachine;
    }
    match compare(&package.version, installed) {
        std::cmp::Ordering::Greater => Standing::Newer,
        std::cmp::Ordering::Equal => Standing::Same,
        std::cmp::Ordering::Less => Standing::Older,
    }
}

/// Whether a folder holds a file that is called like a package.
pub fn any(folder: &Path) -> bool {
    packages(folder).is_ok_and(|mut files| files.next().is_some())
}

/// The packages of a folder by name, each read; at most fifty files, and no folders in it.
pub fn look(folder: &Path) -> std::io::Result<Vec<(PathBuf, Result<Package, DebError>)>> {
    let mut files: Vec<PathBuf> = packages(folder)?.collect();
    files.sort();
    files.truncate(MOST);
    Ok(files.into_iter().map(|file| (file.clone(), Package::read(&file))).collect())
}

fn packages(folder: &Path) -> std::io::Result<impl Iterator<Item = PathBuf>> {
    let files = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path());
    Ok(files.filter(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("deb"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_installed_version_is_dpkgs() {
        let status = "Package: cage\nVersion: 9\n\nPackage: clubhouse-kiosk\nStatus: install ok \
                      installed\nVersion: 1:0.2~rc1-3\nDescription: x\n\nPackage: z\nVersion: 7\n";
        assert_eq!(installed_in(status).as_deref(), Some("1:0.2~rc1-3"));
        assert_eq!(installed_in("Package: clubhouse-kiosk-extra\nVersion: 1\n"), None);
    }

    #[test]
    fn a_package_is_for_this_program_this_machine_and_newer() {
        let package = |name: &str, version: &str, architecture: &str| Package {
            name: name.into(),
            version: version.into(),
            architecture: architecture.into(),
            bytes: 1,
            sha256: [0; 32],
        };
        let here = architecture();
        for (package, is) in [
            (package(NAME, "0.2-1", here), Standing::Newer),
            (package(NAME, "0.1-1", here), Standing::Same),
            (package(NAME, "0.1~rc1-1", here), Standing::Older),
            (package("cage", "9", here), Standing::Foreign),
            (package(NAME, "0.2-1", "riscv64"), Standing::OtherMachine),
        ] {
            assert_eq!(standing(&package, "0.1-1"), is);
        }
    }
}
