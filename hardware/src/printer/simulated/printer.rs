//! The handle by which the simulated printer is looked at and steered.

use super::fault::{Fault, ReplyFault};
use super::fault_file::{self, FaultFile};
use super::line::GlyphRequest;
use super::link::SimulatedLink;
use super::machine::Machine;
use super::paper::Receipt;
use super::serve::ServedPrinter;
use crate::printer::{Bitmap, PaperWidth, TransportError};
use std::fmt;
use std::io;
use std::net::ToSocketAddrs;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Longest wait for a change, whatever is asked for.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// What all handles of one simulated printer share.
pub(super) struct Shared {
    machine: Mutex<Machine>,
    changed: Condvar,
    /// The file that steers the printer, if one does. Locked before the machine, never after.
    file: Mutex<Option<FaultFile>>,
}

impl Shared {
    /// The machine, as the fault file wants it by now.
    pub(super) fn lock(&self) -> MutexGuard<'_, Machine> {
        // Held until its news are obeyed, so that older news never overtake newer ones.
        let mut file = self.file();
        let news = file.as_mut().and_then(FaultFile::news);
        // A glyph drawer that panicked has left a printer with a letter missing, nothing worse.
        let mut machine = self.machine.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(script) = news {
            machine.follow(&script);
            self.tell();
        }
        machine
    }

    fn file(&self) -> MutexGuard<'_, Option<FaultFile>> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change, `until` at most; whoever waits also looks after the fault file.
    pub(super) fn wait<'a>(
        &'a self,
        machine: MutexGuard<'a, Machine>,
        until: Instant,
    ) -> MutexGuard<'a, Machine> {
        let left = until.saturating_duration_since(Instant::now());
        if !machine.is_steered {
            return self
                .changed
                .wait_timeout(machine, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        let waited = self.changed.wait_timeout(machine, left.min(fault_file::POLL));
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        self.lock()
    }

    pub(super) fn tell(&self) {
        self.changed.notify_all();
    }
}

/// A printer that exists in this program only.
///
/// The handle is cheap to clone and can be used from any thread; all clones are the same printer.
#[derive(Clone)]
pub struct SimulatedPrinter {
    shared: Arc<Shared>,
}

impl fmt::Debug for SimulatedPrinter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SimulatedPrinter({} faults)", self.faults().len())
    }
}

impl SimulatedPrinter {
    /// A printer without faults and with a roll that never ends.
    pub fn new(paper: PaperWidth) -> Self {
        let machine = Mutex::new(Machine::new(paper));
        let file = Mutex::new(None);
        Self { shared: Arc::new(Shared { machine, changed: Condvar::new(), file }) }
    }

    /// Steers the printer by a text file from now on: a fault's name a line, `reply = missing`
    /// (or another [`ReplyFault`]), `fail_after = 1234 powered_off` (as
    /// [`SimulatedPrinter::fail_after`]), `roll_mm = 500`; `#` begins a comment.
    ///
    /// The file is the whole truth: each time its content changes, everything becomes as it says,
    /// with a new roll in, whatever was set by hand or went wrong by itself. An empty or missing
    /// file is a printer in order. A line that says nothing is logged and ignored. The file is
    /// looked at ten times a second while somebody uses the printer, waits for it or looks at it;
    /// to change it in one step, write another one and rename it.
    pub fn follow(&self, path: impl Into<PathBuf>) {
        *self.shared.file() = Some(FaultFile::new(path.into()));
        self.change(|machine| machine.is_steered = true);
    }

    /// The file that steers the printer, if one does.
    pub fn fault_file(&self) -> Option<PathBuf> {
        self.shared.file().as_ref().map(|file| file.path().to_path_buf())
    }

    /// A new printer on the same paper.
    pub(in crate::printer) fn another(&self) -> Self {
        let narrow = self.width_dots() == PaperWidth::Mm58.dots();
        Self::new(if narrow { PaperWidth::Mm58 } else { PaperWidth::Mm80 })
    }

    fn change<T>(&self, how: impl FnOnce(&mut Machine) -> T) -> T {
        let answer = how(&mut self.shared.lock());
        self.shared.tell();
        answer
    }

    pub(in crate::printer) fn connect(
        &self,
        deadline: Instant,
    ) -> Result<SimulatedLink, TransportError> {
        SimulatedLink::connect(&self.shared, deadline)
    }

    /// Printable width in dots.
    pub fn width_dots(&self) -> u32 {
        self.shared.lock().width()
    }

    /// Sets or clears a fault. Putting paper in or closing the cover lets the buffer print on.
    pub fn set_fault(&self, fault: Fault, on: bool) {
        self.change(|machine| machine.set_fault(fault, on));
    }

    /// Whether a fault is set, by hand or by the roll's end.
    pub fn has_fault(&self, fault: Fault) -> bool {
        self.shared.lock().has(fault)
    }

    /// The faults that are set.
    pub fn faults(&self) -> Vec<Fault> {
        let machine = self.shared.lock();
        Fault::ALL.into_iter().filter(|fault| machine.has(*fault)).collect()
    }

    /// Sets what is the matter with the answers.
    pub fn set_reply_fault(&self, fault: ReplyFault) {
        self.change(|machine| machine.reply_fault = fault);
    }

    /// Sets `fault` once the printer has taken this many more bytes, status questions (3 bytes each) included.
    ///
    /// With [`Fault::PoweredOff`] the power goes in the middle of a document, with
    /// [`Fault::Disconnected`] the cable comes out.
    pub fn fail_after(&self, bytes: usize, fault: Fault) {
        self.change(|machine| machine.fail_after = Some((fault, bytes)));
    }

    /// Puts in a roll of this many millimetres, or one that never ends; paper out is cleared.
    pub fn load_paper(&self, millimetres: Option<u32>) {
        self.change(|machine| machine.load_roll(millimetres));
    }

    /// Millimetres left on the roll; `None` if it never ends.
    pub fn paper_left_mm(&self) -> Option<u32> {
        self.shared.lock().paper_left_mm()
    }

    /// Sets the size of the receive buffer in bytes (64 KiB at first); at least one.
    pub fn set_buffer_size(&self, bytes: usize) {
        self.change(|machine| machine.buffer_bytes = bytes.max(1));
    }

    /// Bytes that wait in the receive buffer.
    pub fn buffered_bytes(&self) -> usize {
        self.shared.lock().buffered()
    }

    /// Sets who draws the printer's own letters; without, they are empty boxes.
    ///
    /// The drawer is called while the printer prints and must not use the printer itself.
    pub fn set_glyphs(
        &self,
        draw: impl Fn(GlyphRequest) -> Option<Bitmap> + Send + Sync + 'static,
    ) {
        self.change(|machine| machine.interpreter.set_glyphs(Some(Arc::new(draw))));
    }

    /// The finished pieces of paper, oldest first (the newest 512).
    pub fn receipts(&self) -> Vec<Arc<Receipt>> {
        self.shared.lock().receipts()
    }

    /// The piece that still hangs in the printer, if anything is on it.
    pub fn unfinished(&self) -> Option<Receipt> {
        self.shared.lock().sheet()
    }

    /// Takes the finished pieces away, oldest first.
    pub fn take_paper(&self) -> Vec<Arc<Receipt>> {
        self.change(Machine::take_receipts)
    }

    /// Tears off what hangs in the printer; it becomes a piece that was not cut.
    pub fn tear_off(&self) {
        self.change(|machine| machine.end_sheet(false));
    }

    /// Counts up with everything that can be seen from outside: paper, faults.
    pub fn version(&self) -> u64 {
        self.shared.lock().version
    }

    /// Waits until [`SimulatedPrinter::version`] is no longer `seen`, at most `timeout`; answers with the version.
    pub fn wait_for_change(&self, seen: u64, timeout: Duration) -> u64 {
        let until = Instant::now() + timeout.min(LONGEST_WAIT);
        let mut machine = self.shared.lock();
        while machine.version == seen && Instant::now() < until {
            machine = self.shared.wait(machine, until);
        }
        machine.version
    }

    /// Puts the printer on a TCP port until the answer is dropped; port 0 takes any free one.
    pub fn serve_tcp(&self, address: impl ToSocketAddrs) -> io::Result<ServedPrinter> {
        ServedPrinter::start(self.clone(), address)
    }
}
