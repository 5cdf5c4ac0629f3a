//! Watching a job by the printer's states alone.

use clubhouse_hardware::printer::{
    Document, JobOptions, Outcome, Progress, Status, Target, print_with_progress,
};
use std::ops::ControlFlow;

/// Prints a document; `watch` hears of states only, and bytes go by.
pub fn print_watched(
    target: &Target,
    document: &Document,
    options: &JobOptions,
    watch: &mut dyn FnMut(Status) -> ControlFlow<()>,
) -> Outcome {
    print_with_progress(target, document, options, &mut |progress| match progress {
        Progress::Status(status) => watch(status),
        Progress::Sending { .. } => ControlFlow::Continue(()),
    })
}
