//! Where a printer is, as the configuration writes it.

use super::{Baud, FlowControl, PaperWidth, SimulatedPrinter, UsbAddress};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use thiserror::Error;

/// The port that network printers listen on.
const RAW_PORT: u16 = 9100;

/// Where a printer is.
///
/// Written as `tcp:HOST[:PORT]` (port 9100 if none is given; IPv6 addresses in brackets),
/// `device:/dev/usb/lp0`, `serial:/dev/ttyUSB0[@BAUD][,xonxoff]` (9600 and RTS/CTS if nothing is
/// said), `usb:VENDOR:PRODUCT[:SERIAL]` (the numbers in four hexadecimal digits), `file:/path/tickets.bin`, `simulated` or `simulated:/path/faults.txt` (a simulated printer of
/// its own that does as the file says, see [`SimulatedPrinter::follow`]).
#[derive(Debug, Clone)]
pub enum Target {
    /// A network printer.
    Tcp {
        /// Name or address.
        host: String,
        /// TCP port.
        port: u16,
    },
    /// A device node that answers.
    Device(PathBuf),
    /// A serial line, 8N1.
    Serial {
        /// The line's node.
        path: PathBuf,
        /// Its speed.
        baud: Baud,
        /// How the printer says that it can take no more.
        flow: FlowControl,
    },
    /// A USB printer without the system's printer driver.
    Usb(UsbAddress),
    /// A plain file that bytes are appended to; it never answers.
    File(PathBuf),
    /// A printer that exists in this program only.
    Simulated(SimulatedPrinter),
}

/// Why a text names no printer.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum TargetError {
    /// No known kind before the colon.
    #[error(
        "{0:?} names no printer: allowed are tcp:HOST:PORT, device:/dev/usb/lp0, serial:/dev/ttyUSB0@9600, usb:04b8:0202, file:/PATH, simulated and simulated:/PATH"
    )]
    UnknownKind(String),
    /// The host is missing or holds what no host name has.
    #[error("{0:?} names no host: write tcp:192.168.1.50:9100 or tcp:printer.lan")]
    BadHost(String),
    /// The port is no number from 1 to 65535.
    #[error("{0:?} is no port: a number from 1 to 65535 is needed, 9100 as a rule")]
    BadPort(String),
    /// The speed is none that receipt printers have.
    #[error(
        "{0:?} is no speed of a serial printer: allowed are 1200, 2400, 4800, 9600, 19200, 38400, 57600 and 115200"
    )]
    BadBaud(String),
    /// What stands behind the comma is no way of flow control.
    #[error("{0:?} is no flow control: write xonxoff, or leave it out for RTS/CTS")]
    BadFlowControl(String),
    /// The numbers of a USB printer are missing or wrong.
    #[error(
        "{0:?} names no USB printer: write its two numbers as lsusb shows them, usb:04b8:0202, or with the serial number behind, usb:04b8:0202:ABC123"
    )]
    BadUsbAddress(String),
    /// The path does not start at the root, or is missing.
    #[error("{0:?} is no full path: it has to start with /")]
    BadPath(String),
}

impl Target {
    /// Reads a target's text; `simulated` becomes the printer that is passed, `simulated:` with a
    /// fault file a new one on the same paper.
    pub fn parse(text: &str, simulated: &SimulatedPrinter) -> Result<Self, TargetError> {
        match text.trim().split_once(':') {
            None if text.trim() == "simulated" => Ok(Self::Simulated(simulated.clone())),
            Some(("tcp", rest)) => tcp(rest),
            Some(("device", path)) => Ok(Self::Device(full_path(path)?)),
            Some(("serial", rest)) => serial(rest),
            Some(("usb", rest)) => rest.parse().map(Self::Usb),
            Some(("simulated", path)) => {
                let path = full_path(path)?;
                let steered = simulated.another();
                steered.follow(path);
                Ok(Self::Simulated(steered))
            }
            Some(("file", path)) => Ok(Self::File(full_path(path)?)),
            _ => Err(TargetError::UnknownKind(text.to_owned())),
        }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    /// Like [`Target::parse`]; `simulated` makes a new printer on 80 mm paper.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        Self::parse(text, &SimulatedPrinter::new(PaperWidth::Mm80))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "tcp:[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "tcp:{host}:{port}"),
            Self::Device(path) => write!(f, "device:{}", path.display()),
            Self::Serial { path, baud, flow } => {
                write!(f, "serial:{}@{baud}", path.display())?;
                match flow {
                    FlowControl::Hardware => Ok(()),
                    FlowControl::XonXoff => write!(f, ",{}", FlowControl::XON_XOFF),
                }
            }
            Self::Usb(address) => write!(f, "usb:{address}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Simulated(printer) => match printer.fault_file() {
                None => f.write_str("simulated"),
                Some(path) => write!(f, "simulated:{}", path.display()),
            },
        }
    }
}

fn full_path(path: &str) -> Result<PathBuf, TargetError> {
    if path.starts_with('/') && !path.contains('\0') {
        Ok(PathBuf::from(path))
    } else {
        Err(TargetError::BadPath(path.to_owned()))
    }
}

fn serial(text: &str) -> Result<Target, TargetError> {
    let (rest, flow) = match text.split_once(',') {
        None => (text, FlowControl::Hardware),
        Some((rest, FlowControl::XON_XOFF)) => (rest, FlowControl::XonXoff),
        Some((_, other)) => return Err(TargetError::BadFlowControl(other.to_owned())),
    };
    let (path, baud) = match rest.split_once('@') {
        None => (rest, Baud::default()),
        Some((path, baud)) => (path, baud.parse()?),
    };
    Ok(Target::Serial { path: full_path(path)?, baud, flow })
}

fn tcp(text: &str) -> Result<Target, TargetError> {
    let bad_host = || TargetError::BadHost(text.to_owned());
    let (host, port) = if let Some(bracketed) = text.strip_prefix('[') {
        let (host, rest) = bracketed.split_once(']').ok_or_else(bad_host)?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_| bad_host())?;
        let port = match rest.strip_prefix(':') {
            None if !rest.is_empty() => return Err(bad_host()),
            port => port,
        };
        (host, port)
    } else {
        let (host, port) =
            text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if host.is_empty() || host.len() > 253 || !host.chars().all(allowed) {
            return Err(bad_host());
        }
        (host, port)
    };
    let port = match port {
        None => RAW_PORT,
        Some(port) => match port.parse() {
            Ok(number) if number > 0 => number,
            _ => return Err(TargetError::BadPort(port.to_owned())),
        },
    };
    Ok(Target::Tcp { host: host.to_owned(), port })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_good_text_comes_back_as_itself() {
        for text in [
            "tcp:192.168.1.50:9100",
            "tcp:kitchen.lan:9101",
            "tcp:[fe80::1]:9100",
            "device:/dev/usb/lp0",
            "serial:/dev/ttyUSB0@19200",
            "serial:/dev/serial/by-id/usb-FTDI:1-port0@115200,xonxoff",
            "usb:04b8:0e15",
            "usb:0416:5011:A:0 1",
            "file:/tmp/out:1.bin",
            "simulated",
            "simulated:/tmp/faults.txt",
        ] {
            assert_eq!(text.parse::<Target>().unwrap().to_string(), text);
        }
        let line = "serial:/dev/ttyS0".parse::<Target>().unwrap();
        assert_eq!(line.to_string(), "serial:/dev/ttyS0@9600");
        let line = "serial:/dev/ttyS0,xonxoff".parse::<Target>().unwrap();
        assert_eq!(line.to_string(), "serial:/dev/ttyS0@9600,xonxoff");
        assert_eq!("tcp:kitchen".parse::<Target>().unwrap().to_string(), "tcp:kitchen:9100");
    }

    #[test]
    fn a_bad_text_is_named() {
        let refused = |text: &str| text.parse::<Target>().unwrap_err();
        assert_eq!(refused("lp0"), TargetError::UnknownKind("lp0".into()));
        for wrong in
            ["1", "04b8", "04b8:202", "04b8:02022", "04b8:+202", "04b8:0202:", "04b8:0202:\n1"]
        {
            let text = format!("usb:{wrong}");
            assert_eq!(refused(&text), TargetError::BadUsbAddress(wrong.into()));
        }
        assert_eq!(refused("tcp::9100"), TargetError::BadHost(":9100".into()));
        assert_eq!(refused("tcp:a b"), TargetError::BadHost("a b".into()));
        assert_eq!(refused("tcp:[::1"), TargetError::BadHost("[::1".into()));
        assert_eq!(refused("tcp:host:0"), TargetError::BadPort("0".into()));
        assert_eq!(refused("tcp:host:99999"), TargetError::BadPort("99999".into()));
        assert_eq!(refused("device:lp0"), TargetError::BadPath("lp0".into()));
        assert_eq!(refused("serial:ttyS0"), TargetError::BadPath("ttyS0".into()));
        for wrong in ["0", "", "9601", "09600", "+9600", "9 600", "99999999999"] {
            let text = format!("serial:/dev/ttyS0@{wrong}");
            assert_eq!(refused(&text), TargetError::BadBaud(wrong.into()));
        }
        assert!(refused("serial:/dev/ttyS0@14400").to_string().contains("\"14400\""));
        assert_eq!(
            refused("serial:/dev/ttyS0@9600,dtr"),
            TargetError::BadFlowControl("dtr".into())
        );
        assert_eq!(refused("simulated:faults.txt"), TargetError::BadPath("faults.txt".into()));
        assert_eq!(refused("file:"), TargetError::BadPath(String::new()));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "(tcp:|device:|serial:/|usb:04b8:0202|simulated:|file:)?\\PC{0,40}") {
            if let Ok(target) = text.parse::<Target>() {
                prop_assert_eq!(target.to_string().parse::<Target>().unwrap().to_string(), target.to_string());
            }
        }
    }
}
