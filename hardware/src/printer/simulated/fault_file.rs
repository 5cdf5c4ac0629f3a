//! A text file that says what is the matter with the simulated printer.

use super::fault::{Fault, ReplyFault};
use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// How often the file is looked at, at most.
pub(super) const POLL: Duration = Duration::from_millis(100);
/// A file changed this recently may change again without its time showing it.
const SETTLED: Duration = Duration::from_secs(2);
/// Longest file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// Bad lines of one version that are logged.
const MOST_COMPLAINTS: usize = 10;

/// What a fault file says; an empty one says that the printer is in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Script {
    pub(super) faults: BTreeSet<Fault>,
    pub(super) reply: ReplyFault,
    pub(super) fail_after: Option<(Fault, usize)>,
    pub(super) roll_mm: Option<u32>,
}

impl Script {
    /// Reads the text; each line that says nothing is answered with its number and is skipped.
    fn read(text: &str) -> (Self, Vec<(usize, &str)>) {
        let mut script = Self::default();
        let mut bad = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let said = line.split_once('#').map_or(line, |(said, _)| said).trim();
            if !said.is_empty() && script.obey(said).is_none() {
                bad.push((number, line));
            }
        }
        (script, bad)
    }

    fn obey(&mut self, said: &str) -> Option<()> {
        match said.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            None => {
                self.faults.insert(said.parse().ok()?);
            }
            Some(("reply", value)) => self.reply = value.parse().ok()?,
            Some(("fail_after", value)) => {
                let (bytes, fault) = value.split_once(char::is_whitespace)?;
                self.fail_after = Some((fault.trim().parse().ok()?, bytes.parse().ok()?));
            }
            Some(("roll_mm", value)) => self.roll_mm = Some(value.parse().ok()?),
            Some(_) => return None,
        }
        Some(())
    }
}

/// A file's time, length and number: what shows that it has changed.
type Stamp = (SystemTime, u64, u64);

/// The file, and what was last seen of it.
pub(super) struct FaultFile {
    path: PathBuf,
    looked_at: Option<Instant>,
    /// Of the version last read; `None` if it has to be read again.
    stamp: Option<Stamp>,
    content: Option<Vec<u8>>,
    /// Whether it was logged that the file can't be read.
    complained: bool,
}

impl FaultFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, looked_at: None, stamp: None, content: None, complained: false }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What the file says, if that is not what it said the last time. Looks ten times a second at most.
    pub(super) fn news(&mut self) -> Option<Script> {
        let now = Instant::now();
        if self.looked_at.is_some_and(|before| now < before + POLL) {
            return None;
        }
        self.looked_at = Some(now);
        let content = match self.changed_content() {
            Ok(content) => content?,
            // No file, no fault.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                if !std::mem::replace(&mut self.complained, true) {
                    tracing::warn!(path = %self.path.display(), %error, "the fault file can't be read; the printer stays as it is");
                }
                return None;
            }
        };
        self.complained = false;
        if self.content.as_ref() == Some(&content) {
            return None;
        }
        let text = String::from_utf8_lossy(&content);
        let (script, bad) = Script::read(&text);
        for (line, text) in bad.into_iter().take(MOST_COMPLAINTS) {
            tracing::warn!(path = %self.path.display(), line, text, "a line of the fault file says nothing and is ignored");
        }
        self.content = Some(content);
        Some(script)
    }

    /// The content, unless time and length say that it is the same still.
    fn changed_content(&mut self) -> io::Result<Option<Vec<u8>>> {
        let stamp_of = |found: &Metadata| Ok((found.modified()?, found.len(), found.ino()));
        let before: io::Result<Stamp> =
            std::fs::metadata(&self.path).and_then(|found| stamp_of(&found));
        let stamp = before.inspect_err(|_| self.stamp = None)?;
        if self.stamp == Some(stamp) {
            return Ok(None);
        }
        let mut content = Vec::new();
        File::open(&self.path)?.take(MAX_BYTES).read_to_end(&mut content)?;
        // File times have steps: two changes within one step would look like one.
        let settled = stamp.0.elapsed().is_ok_and(|age| age > SETTLED);
        self.stamp = settled.then_some(stamp);
        Ok(Some(content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_says_what_is_the_matter() {
        let (script, bad) = Script::read(
            "# the kitchen's\npaper_out\n  cover_open  # and this\n\nreply=late:2000\n\
             fail_after = 1234 powered_off\nroll_mm = 500\n",
        );
        assert_eq!(bad, []);
        assert_eq!(script.faults, BTreeSet::from([Fault::PaperOut, Fault::CoverOpen]));
        assert_eq!(script.reply, ReplyFault::Late(Duration::from_secs(2)));
        assert_eq!(script.fail_after, Some((Fault::PoweredOff, 1234)));
        assert_eq!(script.roll_mm, Some(500));
    }

    #[test]
    fn a_bad_line_is_numbered_and_takes_nothing_with_it() {
        let text =
            "burning\nstalled\nreply = late\nfail_after = powered_off\nroll_mm = -1\nx = 1\n";
        let (script, bad) = Script::read(text);
        assert_eq!(bad.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3, 4, 5, 6]);
        assert_eq!(script, Script { faults: [Fault::Stalled].into(), ..Script::default() });
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(?s).{0,200}") {
            let (_, bad) = Script::read(&text);
            prop_assert!(bad.len() <= text.lines().count());
        }
    }
}
