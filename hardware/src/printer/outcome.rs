//! How a document is to be printed, and what can become of it.

use super::encode::EncodeError;
use super::status::Status;
use super::transport::TransportError;
use std::time::Duration;
use thiserror::Error;

/// How a printer shows that it has processed a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proof {
    /// `GS r 1` (Transmit status) behind the document: known to nearly every printer.
    #[default]
    PaperSensor,
    /// `GS ( H` (Specify process ID response) with a number of its own for each job, so that
    /// no old answer can be taken for this one's.
    ProcessId,
}

/// How a document is to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobOptions {
    /// Time for everything: connecting, asking, sending, proof.
    pub deadline: Duration,
    /// Whether the printer answers questions; without, a job ends as [`Outcome::Sent`] at best.
    pub expects_replies: bool,
    /// Time for the answer to one question of status.
    pub reply_timeout: Duration,
    /// What proves that the document was processed.
    pub proof: Proof,
    /// Set for the first job after a start and after each [`Outcome::Uncertain`], until one is
    /// proven: finishes a picture that may have been broken off, and waits for old answers to have
    /// come in. A question of status does so, too, if the printer is silent.
    pub recover: bool,
}

impl Default for JobOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(15),
            expects_replies: true,
            reply_timeout: Duration::from_millis(500),
            proof: Proof::default(),
            recover: false,
        }
    }
}

/// Why a job did not end well.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PrintError {
    /// The document cannot be put into bytes; trying again will not help.
    #[error(transparent)]
    Document(#[from] EncodeError),
    /// The bytes did not get through.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The printer said beforehand that it would not print.
    #[error("the printer is not ready: {0}")]
    NotReady(Status),
    /// The printer is connected and answers nothing.
    #[error("the printer is connected but does not answer")]
    NoAnswer,
    /// All was sent, but the printer did not say that it had processed it.
    #[error("the printer took everything but has not said that it printed it")]
    NoProof,
    /// What came back after the document was no answer of a printer.
    #[error("what the printer answered makes no sense")]
    Nonsense,
    /// The one who watched broke the wait off.
    #[error("the wait for the printer was broken off")]
    BrokenOff,
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The printer has processed all of it.
    Confirmed {
        /// The printer afterwards.
        status: Status,
    },
    /// Everything was sent to a printer that never answers.
    Sent,
    /// Nothing of it reached the printer: it can be sent again safely.
    NotSent {
        /// Why.
        reason: PrintError,
        /// The printer now.
        status: Status,
    },
    /// Some or all of it was sent, and nothing proves what came of it: sent again, it may come out twice.
    Uncertain {
        /// Bytes of the document (and of the question behind it) that were taken.
        sent: usize,
        /// Why it is not known.
        reason: PrintError,
        /// The printer now.
        status: Status,
    },
}
