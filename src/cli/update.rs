//! `update`: packages on a stick or in a folder, and installing one.

use std::path::{Path, PathBuf};

use super::{Ended, Failure, open};
use crate::update::{self, Checksum, Outcome, Package, Standing};

/// See packages on a stick or in a folder, and have one installed.
///
/// A package is installed by the service clubhouse-kiosk-update, which keeps the version before and
/// puts it back, with its database, if the new one does not serve within two minutes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// List the packages of a folder with version and checksum.
    Look {
        /// The folder; a stick called CLUBHOUSE if none is named.
        #[arg(default_value = update::STICK)]
        folder: PathBuf,
    },
    /// Have a package installed whose checksum you have compared with that of its maker.
    Install {
        /// The package.
        file: PathBuf,
        /// Its SHA-256 as its maker says it: all of it, or at least the first sixteen digits.
        #[arg(long, value_name = "DIGITS")]
        sha256: Checksum,
        /// Install it although it is not newer.
        #[arg(long)]
        back: bool,
    },
    /// Say how the last update ended. Exit code 3 while one is under way or when it was put back.
    Result,
    /// Bring the database to this version, as a package does when it is installed. If that fails,
    /// the database stays as it was.
    Migrate,
}

/// Does what was asked.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    match &args.what {
        What::Look { folder } => look(folder),
        What::Install { file, sha256, back } => {
            let settings = open::settings(config)?;
            let package = update::request(&settings.data, file, sha256, *back).map_err(
                |error| match error {
                    update::RequestError::Folder { .. } => Failure::failed(error),
                    other => Failure::input(other),
                },
            )?;
            say!(
                "version {} will be installed now; lunch is ordered on paper meanwhile",
                package.version
            );
            say!("“clubhouse-kiosk update result” says how it ended");
            Ok(Ended::Done)
        }
        What::Result => {
            let settings = open::settings(config)?;
            let report = update::report(&settings.data);
            if update::pending(&settings.data) {
                say!("an update is under way");
                return Ok(Ended::InPart);
            }
            let Some(report) = report else {
                say!(
                    "no update was asked for yet; version {} is installed",
                    update::installed_version()
                );
                return Ok(Ended::Done);
            };
            say!("{}", report.english());
            Ok(if report.outcome == Outcome::Installed { Ended::Done } else { Ended::InPart })
        }
        What::Migrate => {
            let house = open::house(config)?;
            say!("{} is as this version needs it", house.store.path().display());
            Ok(Ended::Done)
        }
    }
}

fn look(folder: &Path) -> Result<Ended, Failure> {
    let found = update::look(folder).map_err(|e| {
        let folder = folder.display();
        Failure::input(format!(
            "the folder {folder} can't be read: {e}. Is the stick called CLUBHOUSE, and in?"
        ))
    })?;
    let installed = update::installed_version();
    say!("installed: {} {installed} ({})", update::NAME, update::architecture());
    if found.is_empty() {
        say!("no package (*.deb) is in {}", folder.display());
        return Ok(Ended::Done);
    }
    let mut unfit = false;
    for (file, package) in found {
        say!("\n{}", file.display());
        match package {
            Ok(package) => unfit |= !tell(&package, &installed),
            Err(error) => {
                unfit = true;
                say!("  {error}");
            }
        }
    }
    Ok(if unfit { Ended::InPart } else { Ended::Done })
}

/// Says what a package is, and whether it can be installed.
fn tell(package: &Package, installed: &str) -> bool {
    let Package { name, version, architecture, .. } = package;
    let mib = package.bytes.div_ceil(1 << 20);
    say!("  {name} {version} for {architecture}, {mib} MiB");
    let standing = update::standing(package, installed);
    match standing {
        Standing::Newer => say!("  newer than what is installed"),
        Standing::Same => say!("  the version that is installed"),
        Standing::Older => say!("  older than what is installed; only with --back"),
        Standing::Foreign => say!("  another program's package: it is not installed here"),
        Standing::OtherMachine => say!("  for another kind of machine: it can't run here"),
    }
    let fits = !matches!(standing, Standing::Foreign | Standing::OtherMachine);
    if fits {
        say!("  SHA-256 {}", package.groups());
    }
    fits
}
