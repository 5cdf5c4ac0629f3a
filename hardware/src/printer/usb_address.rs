//! Which USB printer is meant.

use super::TargetError;
use std::fmt;
use std::str::FromStr;

/// A USB printer by its numbers, as `lsusb` shows them, and its serial number where several of
/// one model are plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbAddress {
    /// The maker's number.
    pub vendor: u16,
    /// The model's number.
    pub product: u16,
    /// The serial number, exactly as the printer tells it.
    pub serial: Option<String>,
}

impl fmt::Display for UsbAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}:{:04x}", self.vendor, self.product)?;
        self.serial.iter().try_for_each(|serial| write!(f, ":{serial}"))
    }
}

impl FromStr for UsbAddress {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let bad = || TargetError::BadUsbAddress(text.to_owned());
        let number = |part: Option<&str>| {
            part.filter(|hex| hex.len() == 4 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
                .and_then(|hex| u16::from_str_radix(hex, 16).ok())
                .ok_or_else(bad)
        };
        let mut parts = text.splitn(3, ':');
        let (vendor, product) = (number(parts.next())?, number(parts.next())?);
        let serial = parts.next().map(str::to_owned);
        // A descriptor's string has at most 126 characters.
        let allowed = |serial: &String| {
            (1..=126).contains(&serial.chars().count()) && !serial.contains(char::is_control)
        };
        if serial.as_ref().is_some_and(|serial| !allowed(serial)) {
            return Err(bad());
        }
        Ok(Self { vendor, product, serial })
    }
}
