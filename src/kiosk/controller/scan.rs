//! What a reader typed: cards, order slips and kitchen tickets each have their own beginning.

use crate::domain::{OrderCode, ServiceDate};

/// A text that a reader typed, told apart by its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// A resident's card, `C1.<random>.<check>`, kept whole: the counter checks it.
    Card(String),
    /// An order slip, `O1.<code>`.
    Slip(OrderCode),
    /// A kitchen ticket, `R1.<date>.<number>`.
    Ticket(ServiceDate, u32),
    /// A round slip, `H1.…`: a volunteer is back.
    RoundSlip,
    /// Nothing that belongs to the clubhouse.
    Unknown,
}

/// Reads the text of a reader.
pub fn parse(text: &str) -> Scanned {
    let text = text.trim();
    let Some((kind, rest)) = text.split_once('.') else { return Scanned::Unknown };
    match kind {
        "C1" => Scanned::Card(text.to_owned()),
        "O1" => OrderCode::parse(rest).map_or(Scanned::Unknown, Scanned::Slip),
        "R1" => rest
            .split_once('.')
            .and_then(|(date, number)| Some((date.parse().ok()?, number.parse().ok()?)))
            .map_or(Scanned::Unknown, |(date, number)| Scanned::Ticket(date, number)),
        "H1" => Scanned::RoundSlip,
        _ => Scanned::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paper_is_told_by_its_beginning() {
        assert_eq!(parse("C1.abc.9"), Scanned::Card("C1.abc.9".into()));
        assert!(matches!(parse(" O1.abcdeh "), Scanned::Slip(code) if code.as_str() == "ABCDEH"));
        assert!(matches!(parse("R1.2026-11-24.37"), Scanned::Ticket(_, 37)));
        assert_eq!(parse("H1.whatever"), Scanned::RoundSlip);
        for bad in ["", "6901234567892", "O1.AB", "R1.2026-11-24", "R1.x.1", "C1"] {
            assert_eq!(parse(bad), Scanned::Unknown, "{bad}");
        }
    }
}
