//! Makes a certificate for a house that has none: a small authority of its own, which telephones
//! and desks are told to trust once, and with it the kiosk's certificate.
//!
//! The authority can vouch for the kiosk's own names and for nothing else (name constraints, RFC
//! 5280, 4.2.1.10), so that whoever steals its key can't stand in for anybody else. It is used
//! again as long as it can vouch for what is wanted.

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints, date_time_ymd,
};
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::ServerCertVerifier;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};

use super::{CertificateError, Facts, Files, chain, provider};
use crate::disk::sync_name;

/// The longest that Apple's devices take from an authority that was installed by hand, in days.
pub const DAYS_MAX: u16 = 825;
/// How long the authority holds, in days.
const AUTHORITY_DAYS: i32 = 3650;
/// The most names.
const NAMES_MAX: usize = 20;
/// A telephone's clock may be behind by so much.
const BEFORE: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What the clubhouse is called; telephones show it among the authorities they trust.
    pub house: String,
    /// The names and addresses under which the pages are opened.
    pub names: Vec<String>,
    /// How long the certificate holds, in days.
    pub days: u16,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// For the settings.
    pub files: Files,
    /// What the certificate says.
    pub facts: Facts,
    /// What telephones and desks are told to trust.
    pub authority: PathBuf,
    /// What it says.
    pub authority_facts: Facts,
    /// Whether it is new, so that every device has to be told again.
    pub new_authority: bool,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// A name is no name.
    #[error(
        "“{0}” is no name or address; write kiosk.lan or 192.168.1.20, without http:// and port. Nothing was made"
    )]
    Name(String),
    /// Not 1 to 20 names.
    #[error("a certificate is for 1 to {NAMES_MAX} names; name each with --name. Nothing was made")]
    Names,
    /// Too short or too long.
    #[error(
        "--days {0}: allowed are 1 to {DAYS_MAX}; iPhones take no longer ones. Nothing was made"
    )]
    Days(u16),
    /// There is one that came from elsewhere.
    #[error("{} was not made by this program; name another folder with --out. Nothing was made", .0.display())]
    Foreign(PathBuf),
    /// The folder can't be written.
    #[error("{} can't be written: {}. The certificate that was there is still the one that is used", .0.display(), .1)]
    Write(PathBuf, #[source] std::io::Error),
    /// It did not work out.
    #[error("no certificate could be made: {0}")]
    Failed(String),
    /// What was made can't be read back.
    #[error(transparent)]
    Made(#[from] CertificateError),
}

impl From<rcgen::Error> for MakeError {
    fn from(error: rcgen::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Makes a certificate in a folder. The authority that lies there is used again if it can vouch for
/// all names and the whole time.
pub fn make(folder: &Path, wanted: &Wanted, now: Timestamp) -> Result<Made, MakeError> {
    let names = checked(wanted)?;
    let files = Files { certificate: folder.join("kiosk.pem"), key: folder.join("kiosk.key") };
    let (authority, authority_key) = (folder.join("ca.pem"), folder.join("ca.key"));
    if files.certificate.exists() && !authority_key.exists() {
        return Err(MakeError::Foreign(files.certificate));
    }
    let from = now - BEFORE;
    let until = from + DAY * i32::from(wanted.days);
    let key = KeyPair::generate()?;
    let leaf = leaf(wanted, from, until)?;

    let kept = kept(&authority, &authority_key, wanted, &names).and_then(|(issuer, root)| {
        let signed = leaf.signed_by(&key, &issuer).ok()?;
        vouches(&root, signed.der(), &names, now, until).ok()?;
        Some(signed)
    });
    let new_authority = kept.is_none();
    let mut fresh = None;
    let signed = if let Some(signed) = kept {
        signed
    } else {
        let ca_key = KeyPair::generate()?;
        let params = authority_params(wanted, &names, now);
        let root = params.self_signed(&ca_key)?;
        let (root_pem, key_pem) = (root.pem(), ca_key.serialize_pem());
        let signed = leaf.signed_by(&key, &Issuer::new(params, ca_key))?;
        vouches(root.der(), signed.der(), &names, now, until).map_err(MakeError::Failed)?;
        fresh = Some((root_pem, key_pem));
        signed
    };

    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|e| MakeError::Write(folder.to_owned(), e))?;
    if let Some((root, key)) = fresh {
        write(&authority_key, &key, 0o600)?;
        write(&authority, &root, 0o644)?;
    }
    write(&files.key, &key.serialize_pem(), 0o600)?;
    write(&files.certificate, &signed.pem(), 0o644)?;
    Ok(Made {
        facts: Facts::read(&files.certificate)?,
        authority_facts: Facts::read(&authority)?,
        files,
        authority,
        new_authority,
    })
}

fn checked(wanted: &Wanted) -> Result<Vec<ServerName<'static>>, MakeError> {
    if !(1..=DAYS_MAX).contains(&wanted.days) {
        return Err(MakeError::Days(wanted.days));
    }
    if !(1..=NAMES_MAX).contains(&wanted.names.len()) {
        return Err(MakeError::Names);
    }
    let name = |name: &String| {
        ServerName::try_from(name.clone()).map_err(|_| MakeError::Name(name.clone()))
    };
    wanted.names.iter().map(name).collect()
}

fn leaf(
    wanted: &Wanted,
    from: Timestamp,
    until: Timestamp,
) -> Result<CertificateParams, MakeError> {
    let mut params = CertificateParams::new(wanted.names.clone())?;
    // No name of a machine: some browsers would hold it against the constraints, too.
    params.distinguished_name = called(&format!("{} · kiosk pages", wanted.house));
    hold(&mut params, from, until);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn authority_params(
    wanted: &Wanted,
    names: &[ServerName<'_>],
    now: Timestamp,
) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = called(&format!("{} · kiosk", wanted.house));
    hold(&mut params, now - BEFORE, now + DAY * AUTHORITY_DAYS);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.name_constraints = Some(constraints(names));
    params
}

/// These names and no others. A kind of name that is not among them is shut out as a whole, for
/// what constraints do not mention is allowed.
fn constraints(names: &[ServerName<'_>]) -> NameConstraints {
    let (mut permitted, mut excluded) = (Vec::new(), Vec::new());
    let (mut dns, mut ip) = (false, false);
    for name in names {
        match name {
            ServerName::DnsName(name) => {
                dns = true;
                permitted.push(GeneralSubtree::DnsName(name.as_ref().to_owned()));
            }
            ServerName::IpAddress(address) => {
                ip = true;
                let subnet = match IpAddr::from(*address) {
                    IpAddr::V4(four) => CidrSubnet::V4(four.octets(), [0xff; 4]),
                    IpAddr::V6(six) => CidrSubnet::V6(six.octets(), [0xff; 16]),
                };
                permitted.push(GeneralSubtree::IpAddress(subnet));
            }
            _ => {}
        }
    }
    if !dns {
        excluded.push(GeneralSubtree::DnsName(String::new()));
    }
    if !ip {
        let (four, six) = (Ipv4Addr::UNSPECIFIED.octets(), Ipv6Addr::UNSPECIFIED.octets());
        excluded.push(GeneralSubtree::IpAddress(CidrSubnet::V4(four, four)));
        excluded.push(GeneralSubtree::IpAddress(CidrSubnet::V6(six, six)));
    }
    NameConstraints { permitted_subtrees: permitted, excluded_subtrees: excluded }
}

/// The authority that lies there, if it is whole.
fn kept(
    certificate: &Path,
    key: &Path,
    wanted: &Wanted,
    names: &[ServerName<'_>],
) -> Option<(Issuer<'static, KeyPair>, CertificateDer<'static>)> {
    let root = chain(certificate).ok()?.into_iter().next()?;
    let key = KeyPair::from_pem(&std::fs::read_to_string(key).ok()?).ok()?;
    // An issuer is its name and its key; whether both are the root's is told by the signature.
    Some((Issuer::new(authority_params(wanted, names, Timestamp::UNIX_EPOCH), key), root))
}

/// Whether the authority vouches for all names, from now until the end, as a browser would ask.
fn vouches(
    root: &CertificateDer<'_>,
    leaf: &CertificateDer<'_>,
    names: &[ServerName<'_>],
    now: Timestamp,
    until: Timestamp,
) -> Result<(), String> {
    let mut roots = RootCertStore::empty();
    roots.add(root.clone().into_owned()).map_err(|e| e.to_string())?;
    let verifier =
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::new(provider()))
            .build()
            .map_err(|e| e.to_string())?;
    for at in [now, until - SignedDuration::from_secs(1)] {
        let at = Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0));
        for name in names {
            verifier
                .verify_server_cert(leaf, &[], name, &[], UnixTime::since_unix_epoch(at))
                .map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

fn called(name: &str) -> DistinguishedName {
    let mut called = DistinguishedName::new();
    called.push(DnType::CommonName, name);
    called
}

/// From one moment until another.
fn hold(params: &mut CertificateParams, from: Timestamp, until: Timestamp) {
    let moment = |at: Timestamp| {
        let date = jiff::tz::TimeZone::UTC.to_datetime(at).date();
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        let seconds = u64::try_from(at.as_second().rem_euclid(24 * 3600)).unwrap_or(0);
        date_time_ymd(i32::from(date.year()), month, day) + Duration::from_secs(seconds)
    };
    (params.not_before, params.not_after) = (moment(from), moment(until));
}

/// Writes a file beside and puts it in place at once, so that nobody reads half of one.
fn write(path: &Path, text: &str, mode: u32) -> Result<(), MakeError> {
    let failed = |e| MakeError::Write(path.to_owned(), e);
    let beside = path.with_extension("new");
    // What a power cut left of an earlier one has other rights, perhaps.
    match std::fs::remove_file(&beside) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(failed(e)),
        _ => {}
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(&beside)
        .map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)?;
    sync_name(path).map_err(failed)
}
