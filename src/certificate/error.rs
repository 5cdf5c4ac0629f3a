//! Why a certificate can't be used, for whoever has to mend it.

use jiff::Timestamp;
use std::path::PathBuf;

/// Why a certificate can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file can't be read.
    #[error("{} can't be read ({}); see that it is there, and that it belongs to the user the kiosk runs as", .0.display(), .1)]
    Read(PathBuf, #[source] std::io::Error),
    /// The file holds no certificate.
    #[error("{} holds no certificate; it must be a PEM file, with -----BEGIN CERTIFICATE----- in it", .0.display())]
    NoCertificate(PathBuf),
    /// The file holds no key.
    #[error("{} holds no private key, or one with a passphrase; it must be a PEM file, with -----BEGIN PRIVATE KEY----- in it", .0.display())]
    NoKey(PathBuf),
    /// Others can get at the key.
    #[error("the key {} can be used by every user of this machine; do “chmod 600” with it, and have a new one made if others work on this machine", .0.display())]
    Open(PathBuf),
    /// The two belong to different pairs.
    #[error("{} and {} do not belong together; put in the key that this certificate was made for", .0.display(), .1.display())]
    Mismatch(PathBuf, PathBuf),
    /// It is of a kind that is not known here.
    #[error("{} can't be used ({}); have another one made, or make one by “clubhouse-kiosk certificate make”", .0.display(), .1)]
    Unusable(PathBuf, String),
    /// It has ended.
    #[error("{} ended on {}; no browser takes it any more. Renew it, or do “clubhouse-kiosk certificate make” again", .0.display(), .1)]
    Ended(PathBuf, Timestamp),
}
