//! The certificate that the desk's pages are served with: read, checked, and explained to whoever
//! has to renew it. [`make`] makes one for a house that has none.

mod der;
mod error;
mod make;

pub use error::CertificateError;
pub use make::{Made, MakeError, Wanted, make};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{Error as TlsError, InconsistentKeys, ServerConfig};

/// The largest file that is read, in bytes; a long chain has a tenth of it.
const FILE_MAX: u64 = 256 * 1024;
/// How long before its end a certificate should be renewed.
pub const RENEW_BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What others on the machine may do with a key: nothing.
const OTHERS: u32 = 0o007;

/// Where a certificate and its key lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The certificate, with what vouches for it behind it; PEM.
    pub certificate: PathBuf,
    /// Its key; PEM.
    pub key: PathBuf,
}

/// What a certificate says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The names and addresses it is for.
    pub names: Vec<String>,
    /// From when it holds.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
    /// SHA-256 of the whole.
    pub fingerprint: [u8; 32],
}

impl Facts {
    /// Reads the first certificate of a PEM file.
    pub fn read(path: &Path) -> Result<Self, CertificateError> {
        let chain = chain(path)?;
        Self::of(path, &chain)
    }

    fn of(path: &Path, chain: &[CertificateDer<'_>]) -> Result<Self, CertificateError> {
        let none = || CertificateError::NoCertificate(path.to_owned());
        let first = chain.first().ok_or_else(none)?;
        let said = der::read(first).ok_or_else(none)?;
        Ok(Self {
            names: said.names,
            not_before: said.not_before,
            not_after: said.not_after,
            fingerprint: Sha256::digest(first).into(),
        })
    }

    /// Whole days until it ends; negative once it has.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        self.not_after.duration_since(now).as_secs().div_euclid(24 * 3600)
    }

    /// Whether it should be renewed by now.
    pub fn ends_soon(&self, now: Timestamp) -> bool {
        self.not_after < now + RENEW_BEFORE
    }

    /// Whether it is for a name or address, `*.example.org` for one more label.
    pub fn is_for(&self, host: &str) -> bool {
        let host = host.trim_matches(['[', ']']);
        self.names.iter().any(|name| {
            name.eq_ignore_ascii_case(host)
                || name.strip_prefix("*.").is_some_and(|zone| {
                    host.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(zone))
                })
        })
    }

    /// The fingerprint as telephones show it, in two lines.
    pub fn fingerprint(&self) -> String {
        let mut text = String::new();
        for (nth, byte) in self.fingerprint.iter().enumerate() {
            let before = match nth {
                0 => "",
                16 => "\n",
                _ => " ",
            };
            let _ = write!(text, "{before}{byte:02X}");
        }
        text
    }
}

/// A certificate that pages can be served with.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// What it says.
    pub facts: Facts,
    /// How connections are encrypted with it: TLS 1.2 and 1.3, HTTP/1.1.
    pub config: Arc<ServerConfig>,
}

impl Certificate {
    /// Reads a certificate and its key. One that has ended is refused, for no browser would take
    /// it; one that has not begun is not, because then it is mostly the clock that is wrong.
    pub fn read(files: &Files, now: Timestamp) -> Result<Self, CertificateError> {
        let chain = chain(&files.certificate)?;
        let facts = Facts::of(&files.certificate, &chain)?;
        let key = key(&files.key)?;
        let provider = Arc::new(provider());
        let wrong = |error: TlsError| match error {
            TlsError::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                CertificateError::Mismatch(files.certificate.clone(), files.key.clone())
            }
            other => CertificateError::Unusable(files.certificate.clone(), other.to_string()),
        };
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(wrong)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(wrong)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        if facts.not_after <= now {
            return Err(CertificateError::Ended(files.certificate.clone(), facts.not_after));
        }
        Ok(Self { facts, config: Arc::new(config) })
    }
}

/// The mathematics behind it.
fn provider() -> CryptoProvider {
    ring::default_provider()
}

fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let text = bytes(path)?;
    let none = || CertificateError::NoCertificate(path.to_owned());
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(&text).collect::<Result<_, _>>().map_err(|_| none())?;
    if chain.is_empty() { Err(none()) } else { Ok(chain) }
}

fn key(path: &Path) -> Result<PrivateKeyDer<'static>, CertificateError> {
    let text = bytes(path)?;
    let mode = std::fs::metadata(path)
        .map_err(|source| CertificateError::Read(path.to_owned(), source))?
        .permissions()
        .mode();
    if mode & OTHERS != 0 {
        return Err(CertificateError::Open(path.to_owned()));
    }
    PrivateKeyDer::from_pem_slice(&text).map_err(|_| CertificateError::NoKey(path.to_owned()))
}

fn bytes(path: &Path) -> Result<Vec<u8>, CertificateError> {
    let failed = |source| CertificateError::Read(path.to_owned(), source);
    let file = std::fs::File::open(path).map_err(failed)?;
    // A pipe or a device would be waited for.
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(failed(std::io::Error::from(std::io::ErrorKind::InvalidInput)));
    }
    let mut bytes = Vec::new();
    file.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > FILE_MAX {
        return Err(CertificateError::NoCertificate(path.to_owned()));
    }
    Ok(bytes)
}
