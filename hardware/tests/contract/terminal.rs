//! A terminal line: what stands in for a device node or a serial line.

use clubhouse_hardware::printer::Target;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::File;
use std::net::{SocketAddr, TcpStream};

/// A pair of terminal lines; the program opens `path`, the printer's side is `far`.
pub struct Terminal {
    pub far: File,
    pub path: String,
    // Held open, as a line hangs up when its last user goes.
    near: File,
}

impl Terminal {
    pub fn new() -> Self {
        let far = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&far).unwrap();
        unlockpt(&far).unwrap();
        let path = ptsname(&far, Vec::new()).unwrap().into_string().unwrap();
        let near = File::options().read(true).write(true).open(&path).unwrap();
        let mut line = rustix::termios::tcgetattr(&near).unwrap();
        line.make_raw();
        rustix::termios::tcsetattr(&near, rustix::termios::OptionalActions::Now, &line).unwrap();
        Self { far: File::from(far), path, near }
    }

    /// Puts a served printer at the far end.
    pub fn connect(&self, address: SocketAddr) {
        let (mut there, mut back) = (self.far.try_clone().unwrap(), self.far.try_clone().unwrap());
        let socket = TcpStream::connect(address).unwrap();
        let (mut out, mut answers) = (socket.try_clone().unwrap(), socket);
        std::thread::spawn(move || std::io::copy(&mut there, &mut out));
        std::thread::spawn(move || std::io::copy(&mut answers, &mut back));
    }

    pub fn target(&self, kind: &str, settings: &str) -> Target {
        format!("{kind}{}{settings}", self.path).parse().unwrap()
    }

    /// How the line is set now.
    pub fn settings(&self) -> rustix::termios::Termios {
        rustix::termios::tcgetattr(&self.near).unwrap()
    }
}
