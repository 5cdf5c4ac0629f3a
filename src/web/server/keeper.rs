//! Has a good certificate at hand, and reads it again whenever its files change, so that a renewed
//! one needs no new start.

use jiff::Timestamp;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio_rustls::rustls::ServerConfig;

use crate::certificate::{Certificate, CertificateError, Facts, Files};

/// What a connection is encrypted with.
pub type Seal = Arc<ServerConfig>;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is said that a certificate ends soon, and how often a bad one is tried again although
/// its files are the same: the clock may have been put right.
const AGAIN: Duration = Duration::from_hours(24);
const RETRY: Duration = Duration::from_mins(1);

/// What tells one state of a file from another.
type Mark = Option<(u64, i64, i64, u64)>;

/// The certificate of the pages, kept up to date.
pub struct Keeper {
    files: Files,
    marks: (Mark, Mark),
    facts: Option<Facts>,
    told: watch::Sender<Option<Seal>>,
}

impl Keeper {
    /// Reads the certificate for the first time; why not, if it is no good yet.
    pub fn open(files: Files) -> (Self, watch::Receiver<Option<Seal>>, Option<CertificateError>) {
        let (told, newest) = watch::channel(None);
        let mut keeper = Self { marks: (None, None), facts: None, files, told };
        let error = keeper.read().err();
        (keeper, newest, error)
    }

    /// What the certificate in use says.
    pub fn facts(&self) -> Option<&Facts> {
        self.facts.as_ref()
    }

    /// Looks at the files until everything ends.
    pub async fn keep(mut self, stopping: Arc<AtomicBool>) {
        let (mut warned, mut tried) = (None, tokio::time::Instant::now());
        while !stopping.load(Ordering::Relaxed) {
            if let Some(facts) = &self.facts {
                warn_of_end(facts, &mut warned);
            }
            tokio::time::sleep(LOOK).await;
            let retry = self.facts.is_none() && tried.elapsed() >= RETRY;
            let looked = tokio::task::spawn_blocking(move || {
                let read = (retry || self.changed()).then(|| self.read());
                (self, read)
            });
            let Ok((back, read)) = looked.await else { return };
            self = back;
            let Some(read) = read else { continue };
            tried = tokio::time::Instant::now();
            match read {
                Ok(()) => {
                    warned = None;
                    let until = self.facts.as_ref().map(|facts| facts.not_after.to_string());
                    tracing::info!(
                        until,
                        "the pages are served with the certificate that was put in"
                    );
                }
                Err(error) if self.facts.is_some() => {
                    tracing::warn!(%error, "the new certificate is not used; the one before still is");
                }
                Err(error) if !retry => {
                    tracing::error!(%error, "the desk's pages are not served; the kiosk goes on without them");
                }
                Err(_) => {}
            }
        }
    }

    fn changed(&self) -> bool {
        self.marks != (mark(&self.files.certificate), mark(&self.files.key))
    }

    fn read(&mut self) -> Result<(), CertificateError> {
        // Marked first: what is changed while it is read is seen to have changed.
        self.marks = (mark(&self.files.certificate), mark(&self.files.key));
        // Browsers go by the true time, whatever a demonstration's clock shows.
        let certificate = Certificate::read(&self.files, Timestamp::now())?;
        self.facts = Some(certificate.facts);
        self.told.send_replace(Some(certificate.config));
        Ok(())
    }
}

fn warn_of_end(facts: &Facts, warned: &mut Option<tokio::time::Instant>) {
    let now = Timestamp::now();
    if !facts.ends_soon(now) || warned.is_some_and(|at| at.elapsed() < AGAIN) {
        return;
    }
    *warned = Some(tokio::time::Instant::now());
    let until = facts.not_after;
    if until <= now {
        tracing::error!(%until, "the certificate of the desk's pages has ended: browsers refuse them until it is renewed");
    } else {
        let days = facts.days_left(now);
        tracing::warn!(%until, days, "the certificate of the desk's pages ends soon; renew it");
    }
}

fn mark(path: &Path) -> Mark {
    let about = std::fs::metadata(path).ok()?;
    Some((about.ino(), about.mtime(), about.mtime_nsec(), about.len()))
}
