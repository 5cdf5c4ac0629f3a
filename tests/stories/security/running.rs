//! The whole program as a process of its own, without a window.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

use super::door::until;
use crate::support::desk::Desk;

/// A kiosk that runs until it is stopped or dropped.
pub struct Running<'a> {
    desk: &'a Desk,
    process: Child,
}

/// A port that nobody had a moment ago.
pub fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl<'a> Running<'a> {
    /// Starts `run --headless` in a desk's folder and waits until it is up.
    pub fn start(desk: &'a Desk, log: &str) -> Self {
        let file = |name: &str| std::fs::File::create(desk.path(name)).unwrap();
        let process = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"))
            .args(["run", "--headless"])
            .env("RUST_LOG", log)
            .current_dir(desk.folder.path())
            .stdin(Stdio::null())
            .stdout(file("out.txt"))
            .stderr(file("log.txt"))
            .spawn()
            .unwrap();
        let mut running = Self { desk, process };
        until("it is open", || {
            assert!(running.process.try_wait().unwrap().is_none(), "{}", running.log());
            running.out().contains("is open") && running.listens_to_systemd()
        });
        running
    }

    /// What it wrote to its standard output so far.
    pub fn out(&self) -> String {
        std::fs::read_to_string(self.desk.path("out.txt")).unwrap()
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.desk.path("log.txt")).unwrap()
    }

    /// Whether it has a hand on SIGTERM, number 15 of the signals that are caught.
    fn listens_to_systemd(&self) -> bool {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << 14) != 0
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it as systemd does, and says how it ended.
    pub fn stop(mut self) -> Option<i32> {
        let id = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        self.process.wait().unwrap().code()
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        // One that has ended already needs no end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
