//! The few things of an X.509 certificate that a person asks after, read from its DER (RFC 5280,
//! 4.1; X.690).

use jiff::Timestamp;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const SEQUENCE: u8 = 0x30;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const OCTET_STRING: u8 = 0x04;
const BOOLEAN: u8 = 0x01;
const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;
/// A DNS name and an IP address among general names, RFC 5280, 4.2.1.6.
const DNS_NAME: u8 = 0x82;
const IP_ADDRESS: u8 = 0x87;
/// The OID 2.5.29.17, subject alternative names.
const ALTERNATIVE_NAMES: &[u8] = &[0x06, 0x03, 0x55, 0x1d, 0x11];

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// From when it holds.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
    /// The names and addresses it is for.
    pub names: Vec<String>,
}

/// Reads a certificate; nothing if it is none.
pub fn read(der: &[u8]) -> Option<Said> {
    let mut outer = Items(der);
    let mut certificate = Items(outer.of(SEQUENCE)?);
    let mut fields = Items(certificate.of(SEQUENCE)?);
    // Serial number, algorithm and issuer stand before the times, subject and key behind them.
    if fields.0.first() == Some(&VERSION) {
        fields.next()?;
    }
    fields.next()?;
    fields.next()?;
    fields.next()?;
    let mut times = Items(fields.of(SEQUENCE)?);
    let (not_before, not_after) = (time(times.next()?)?, time(times.next()?)?);
    fields.next()?;
    fields.next()?;
    let mut names = Vec::new();
    while let Some((tag, inside)) = fields.next() {
        if tag == EXTENSIONS {
            names = alternative_names(Items(inside).of(SEQUENCE)?)?;
        }
    }
    Some(Said { not_before, not_after, names })
}

fn alternative_names(extensions: &[u8]) -> Option<Vec<String>> {
    let mut extensions = Items(extensions);
    while let Some((_, extension)) = extensions.next() {
        let Some(rest) = extension.strip_prefix(ALTERNATIVE_NAMES) else { continue };
        let mut rest = Items(rest);
        let (mut tag, mut value) = rest.next()?;
        if tag == BOOLEAN {
            (tag, value) = rest.next()?;
        }
        if tag != OCTET_STRING {
            return None;
        }
        let mut names = Items(Items(value).of(SEQUENCE)?);
        let mut found = Vec::new();
        while let Some((tag, name)) = names.next() {
            match tag {
                DNS_NAME => found.push(std::str::from_utf8(name).ok()?.to_owned()),
                IP_ADDRESS => found.push(address(name)?.to_string()),
                _ => {}
            }
        }
        return Some(found);
    }
    Some(Vec::new())
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(four).into());
    }
    <[u8; 16]>::try_from(bytes).ok().map(|sixteen| Ipv6Addr::from(sixteen).into())
}

/// `YYMMDDHHMMSSZ` up to 2049, `YYYYMMDDHHMMSSZ` after it (RFC 5280, 4.1.2.5).
fn time((tag, text): (u8, &[u8])) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok().filter(|text| text.is_ascii())?;
    let full = match tag {
        UTC_TIME if text.len() == 13 => {
            let century = if text.get(..2)? < "50" { "20" } else { "19" };
            format!("{century}{text}")
        }
        GENERALIZED_TIME if text.len() == 15 => text.to_owned(),
        _ => return None,
    };
    let (date, clock) = full.split_at_checked(8)?;
    format!("{date}T{clock}").parse().ok()
}

/// DER items that stand one behind the other.
struct Items<'a>(&'a [u8]);

impl<'a> Items<'a> {
    /// The next item: its tag, and what it holds.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let mut length = usize::from(first);
        if first & 0x80 != 0 {
            let digits = usize::from(first & 0x7f);
            if !(1..=3).contains(&digits) {
                return None;
            }
            let (number, behind) = rest.split_at_checked(digits)?;
            length = number.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit));
            rest = behind;
        }
        let (inside, behind) = rest.split_at_checked(length)?;
        self.0 = behind;
        Some((tag, inside))
    }

    /// What the next item holds, if it has this tag.
    fn of(&mut self, wanted: u8) -> Option<&'a [u8]> {
        self.next().filter(|(tag, _)| *tag == wanted).map(|(_, inside)| inside)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sample() -> Vec<u8> {
        let names = ["kiosk.lan".to_owned(), "192.168.1.20".to_owned(), "fd00::7".to_owned()];
        let mut params = rcgen::CertificateParams::new(names).unwrap();
        params.not_before = rcgen::date_time_ymd(2026, 11, 24);
        params.not_after = rcgen::date_time_ymd(2052, 2, 29);
        let key = rcgen::KeyPair::generate().unwrap();
        params.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn names_and_times_are_read_on_both_sides_of_2050() {
        let said = read(&sample()).unwrap();
        assert_eq!(said.names, ["kiosk.lan", "192.168.1.20", "fd00::7"]);
        assert_eq!(said.not_before.to_string(), "2026-11-24T00:00:00Z");
        assert_eq!(said.not_after.to_string(), "2052-02-29T00:00:00Z");
    }

    #[test]
    fn no_byte_cut_off_or_turned_round_breaks_the_reader() {
        let whole = sample();
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "cut at {end}");
        }
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut turned = whole.clone();
                turned[at] ^= 1 << bit;
                // It may be read or not; it must come back.
                let _ = read(&turned);
            }
        }
    }
}
