//! Named threads: when one ends before it should, the program ends and is started again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// The threads of the running program.
#[derive(Default)]
pub struct Supervisor {
    stopping: Arc<AtomicBool>,
    fallen: Arc<AtomicBool>,
    threads: Vec<(&'static str, JoinHandle<()>)>,
}

impl Supervisor {
    /// Whether everything should end.
    pub fn stopping(&self) -> Arc<AtomicBool> {
        self.stopping.clone()
    }

    /// Set when a thread ended although nobody asked it to.
    pub fn fallen(&self) -> Arc<AtomicBool> {
        self.fallen.clone()
    }

    /// Threads that go on when these have ended; one that falls ends the program all the same.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self { stopping: Arc::default(), fallen: self.fallen.clone(), threads: Vec::new() }
    }

    /// Starts a thread that is expected to work until everything stops.
    pub fn spawn(
        &mut self,
        name: &'static str,
        work: impl FnOnce() + Send + 'static,
    ) -> std::io::Result<()> {
        let (stopping, fallen) = (self.stopping.clone(), self.fallen.clone());
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let _guard = FallGuard { name, stopping, fallen };
            work();
        })?;
        self.threads.push((name, thread));
        Ok(())
    }

    /// Asks every thread to end and waits for them.
    pub fn stop(mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        for (name, thread) in std::mem::take(&mut self.threads) {
            if thread.join().is_err() {
                tracing::error!(thread = name, "a thread broke down");
            }
        }
    }
}

/// A start that breaks off half way leaves no thread at work.
impl Drop for Supervisor {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
    }
}

/// Tells when its thread ends, be it by returning or by a panic.
struct FallGuard {
    name: &'static str,
    stopping: Arc<AtomicBool>,
    fallen: Arc<AtomicBool>,
}

impl Drop for FallGuard {
    fn drop(&mut self) {
        if !self.stopping.load(Ordering::Relaxed) {
            tracing::error!(
                thread = self.name,
                "a thread ended on its own; the program ends with it"
            );
            self.fallen.store(true, Ordering::Relaxed);
        }
    }
}
