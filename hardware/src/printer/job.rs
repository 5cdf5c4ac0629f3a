//! One document to one printer, and what became of it.

use super::document::Document;
use super::encode::encode;
use super::outcome::{JobOptions, Outcome};
use super::progress::Progress;
use super::session::{Session, status_of};
use super::status::Status;
use super::target::Target;
use super::transport::open;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Time for a question about the status outside of a job.
const STATUS_DEADLINE: Duration = Duration::from_secs(2);
/// Longest time for a job, whatever the options say.
const LONGEST: Duration = Duration::from_hours(1);

/// Prints a document. Returns at the latest when `options.deadline` is over.
pub fn print(target: &Target, document: &Document, options: &JobOptions) -> Outcome {
    print_with_progress(target, document, options, &mut |_| ControlFlow::Continue(()))
}

/// Like [`print()`]; `watch` may break the job off. It is told the status beforehand and about
/// twice a second while the proof is waited for, so that a paper-out shows at once; and of bytes, so
/// that whoever has patience only with a printer at work can tell a slow line from one that stands
/// still. A printer that takes no bytes or answers nothing for two seconds is told as
/// [`Status::Offline`], too.
pub fn print_with_progress(
    target: &Target,
    document: &Document,
    options: &JobOptions,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Outcome {
    let bytes = match encode(document) {
        Ok(bytes) => bytes,
        Err(error) => {
            let status = status_with(target, &JobOptions { deadline: STATUS_DEADLINE, ..*options });
            return Outcome::NotSent { reason: error.into(), status };
        }
    };
    let deadline = Instant::now() + options.deadline.min(LONGEST);
    let connection = match open(target, deadline) {
        Ok(connection) => connection,
        Err(error) => {
            let status = status_of(&error);
            return Outcome::NotSent { reason: error.into(), status };
        }
    };
    let reply_timeout = options.reply_timeout.min(LONGEST);
    let mut session = Session::new(connection, reply_timeout, deadline);
    if !(options.expects_replies && session.connection.can_answer()) {
        return session.send_only(&bytes, watch);
    }
    let ready = session
        .prepare(options.recover, watch)
        .and_then(|()| if options.recover { session.recover(watch) } else { Ok(()) });
    match ready {
        Err((reason, status)) => Outcome::NotSent { reason, status },
        Ok(()) => session.send_and_prove(&bytes, options.proof, watch),
    }
}

/// Asks a printer how it is; takes two seconds at most.
pub fn status(target: &Target) -> Status {
    status_with(target, &JobOptions { deadline: STATUS_DEADLINE, ..JobOptions::default() })
}

/// Asks a printer how it is within `options.deadline`; one that never answers counts as ready if it can be opened.
pub fn status_with(target: &Target, options: &JobOptions) -> Status {
    status_watched(target, options, &mut |_| ControlFlow::Continue(()))
}

/// Like [`status_with()`]; with `options.recover`, `watch` is told twice a second that the printer
/// is still being helped into step, and may break that off: it can take some seconds.
pub fn status_watched(
    target: &Target,
    options: &JobOptions,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Status {
    let deadline = Instant::now() + options.deadline.min(LONGEST);
    match open(target, deadline) {
        Err(error) => status_of(&error),
        Ok(connection) if options.expects_replies && connection.can_answer() => {
            Session::new(connection, options.reply_timeout.min(LONGEST), deadline)
                .find_status(options.recover, watch)
        }
        Ok(_) => Status::Ready,
    }
}
