//! `certificate`: what the desk's pages are encrypted with.

use jiff::Timestamp;
use std::path::{Path, PathBuf};

use super::{Ended, Failure, open};
use crate::certificate::{self, Certificate, CertificateError, Facts, MakeError, Wanted};
use crate::config::Settings;

/// Make the certificate that the desk's pages are served with, or look at it (docs/certificate.md).
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Make a certificate, and an authority of the house's own for telephones and desks to trust.
    ///
    /// An authority that is there already is used again if it was made for these names, so that
    /// no device has to be told anew. A running kiosk takes the new certificate by itself.
    Make {
        /// A name or address under which the pages are opened: kiosk.lan, 192.168.1.20. May be given
        /// several times.
        #[arg(long = "name", value_name = "NAME", required = true)]
        names: Vec<String>,
        /// How long it holds, in days, 1 to 825.
        #[arg(long, value_name = "DAYS", default_value_t = 825)]
        days: u16,
        /// The folder it goes to; “certificate” in the data folder if none is named.
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    /// Show whom the certificate of the settings is for, and until when.
    Show,
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let settings = open::settings(config)?;
    match &args.verb {
        Verb::Make { names, days, out } => {
            let wanted = Wanted { house: settings.name.clone(), names: names.clone(), days: *days };
            make(&settings, &wanted, out.as_deref())
        }
        Verb::Show => show(&settings),
    }
}

fn make(settings: &Settings, wanted: &Wanted, out: Option<&Path>) -> Result<Ended, Failure> {
    let folder = if let Some(folder) = out {
        folder.to_owned()
    } else {
        open::data_folder(settings)?;
        settings.data.join("certificate")
    };
    // Browsers go by the true time, whatever a demonstration's clock shows.
    let made =
        certificate::make(&folder, wanted, Timestamp::now()).map_err(|error| match error {
            MakeError::Name(_) | MakeError::Names | MakeError::Days(_) | MakeError::Foreign(_) => {
                Failure::input(error)
            }
            other => Failure::failed(other),
        })?;
    describe("certificate", &made.files.certificate, &made.facts);
    say!("key           {} (nobody else may read it)", made.files.key.display());
    describe("authority", &made.authority, &made.authority_facts);
    if made.new_authority {
        say!(
            "              new: install this file on every phone and desk, and compare the fingerprint"
        );
    } else {
        say!("              as before: phones and desks that trust it need nothing");
    }
    let port = match settings.web.address() {
        Ok(Some(address)) => address.port(),
        _ => 8080,
    };
    let first = wanted.names.first().map_or("", String::as_str);
    let first = if first.contains(':') { format!("[{first}]") } else { first.to_owned() };
    say!("\nFor the settings:\n");
    say!("[web]");
    say!("address = \"0.0.0.0:{port}\"");
    say!("certificate = {:?}", made.files.certificate);
    say!("key = {:?}", made.files.key);
    say!("public_url = \"https://{first}:{port}\"");
    Ok(Ended::Done)
}

fn show(settings: &Settings) -> Result<Ended, Failure> {
    let Some(files) = settings.web.files() else {
        return Err(Failure::input(
            "the settings name no certificate; “clubhouse-kiosk certificate make --name kiosk.lan” makes one and says what to write there",
        ));
    };
    let now = Timestamp::now();
    let facts = Facts::read(&files.certificate).map_err(failure)?;
    describe("certificate", &files.certificate, &facts);
    say!("              {}", left(&facts, now));
    let authority = files.certificate.with_file_name("ca.pem");
    if let Ok(facts) = Facts::read(&authority) {
        describe("authority", &authority, &facts);
    }
    Certificate::read(&files, now).map_err(failure)?;
    say!("key           {} fits", files.key.display());
    if facts.ends_soon(now) { Ok(Ended::InPart) } else { Ok(Ended::Done) }
}

fn left(facts: &Facts, now: Timestamp) -> String {
    match facts.days_left(now) {
        days if days < 0 => "it has ended: no browser takes it".to_owned(),
        days if facts.ends_soon(now) => format!("{days} days left: renew it now"),
        days => format!("{days} days left"),
    }
}

fn describe(what: &str, path: &Path, facts: &Facts) {
    say!("{what:<13} {}", path.display());
    if !facts.names.is_empty() {
        say!("              for {}", facts.names.join(", "));
    }
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    say!("              from {} until {}", day(facts.not_before), day(facts.not_after));
    say!("              SHA-256 {}", facts.fingerprint().replace('\n', "\n                      "));
}

fn failure(error: CertificateError) -> Failure {
    Failure::failed(error)
}
