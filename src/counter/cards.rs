//! Residents' cards: `C1.<random>.<check>`.
//!
//! `random` is 16 characters of RFC 4648 base 32 (80 random bits, so a code can't be guessed);
//! `check` is two more, the CRC-10 (ATM, polynomial 0x233) of `random`, so that a misread code is
//! told apart from a blocked one.

use super::Counter;
use crate::domain::{Refusal, ResidentId};
use crate::error::Error;
use crate::store::{cards, residents};

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl Counter {
    /// Issues a card; older ones of the resident stop working. Returns its text for the QR code.
    pub fn issue_card(&self, resident: ResidentId) -> Result<String, Error> {
        self.house.store.write(|tx| {
            residents::get(tx, resident)?.ok_or(Refusal::UnknownResident)?;
            let code = card_code(rand::random());
            cards::issue(tx, &code, resident, self.house.clock.now())?;
            Ok(code)
        })
    }

    /// The text of the card with which a resident orders now, if there is one.
    pub fn current_card(&self, resident: ResidentId) -> Result<Option<String>, Error> {
        self.house.store.read(|db| Ok(cards::current(db, resident)?))
    }

    /// Blocks every card of a resident; returns how many still worked.
    pub fn block_cards(&self, resident: ResidentId) -> Result<usize, Error> {
        self.house.store.write(|tx| {
            residents::get(tx, resident)?.ok_or(Refusal::UnknownResident)?;
            Ok(cards::block_all(tx, resident, self.house.clock.now())?)
        })
    }
}

/// The text of a card made from 80 random bits.
pub fn card_code(random: [u8; 10]) -> String {
    let bits = random.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let body: String = (0..16).rev().map(|i| letter((bits >> (5 * i)) as usize)).collect();
    let check = crc10(body.as_bytes());
    format!("C1.{body}.{}{}", letter(usize::from(check >> 5)), letter(usize::from(check)))
}

/// Whether a text is a card's, by its shape and check.
pub fn is_card_code(text: &str) -> bool {
    let mut parts = text.split('.');
    let (Some("C1"), Some(body), Some(check), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let crc = crc10(body.as_bytes());
    body.len() == 16
        && body.bytes().all(|b| ALPHABET.contains(&b))
        && check == format!("{}{}", letter(usize::from(crc >> 5)), letter(usize::from(crc)))
}

fn letter(five_bits: usize) -> char {
    char::from(ALPHABET[five_bits & 31])
}

fn crc10(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0u16, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 2, |crc, _| {
            if crc & 0x200 == 0 { crc << 1 } else { crc << 1 ^ 0x233 }
        }) & 0x3ff
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_proves_itself_and_a_misread_one_does_not() {
        // CRC-10/ATM of "123456789" by the catalogue of parametrised CRC algorithms.
        assert_eq!(crc10(b"123456789"), 0x199);
        let code = card_code([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert!(is_card_code(&code), "{code}");
        for at in 3..code.len() {
            let mut wrong = code.clone().into_bytes();
            wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
            assert!(!is_card_code(&String::from_utf8_lossy(&wrong)), "position {at}");
        }
        for bad in ["", "C1", "C1..", "C2.AAAAAAAAAAAAAAAA.AA", "C1.短.AA"] {
            assert!(!is_card_code(bad));
        }
    }
}
