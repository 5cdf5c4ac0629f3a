//! Every “no” has words and a way out.

use clubhouse_kiosk::domain::{Allergen, Category, Fulfilment, Refusal};
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::words::Lang;

#[test]
fn every_refusal_has_words_and_a_way_out_in_both_languages() {
    let date = Sample::default().today.date;
    let time = jiff::civil::time(10, 0, 0, 0);
    let now = jiff::Timestamp::UNIX_EPOCH;
    let refusals = [
        Refusal::Closed { date, reason: "国庆节".into(), next: Some(date.next()) },
        Refusal::TooFarAhead { date, last: date },
        Refusal::PastCutOff { fulfilment: Fulfilment::EatIn, cut_off: time },
        Refusal::NoMenu { date },
        Refusal::SoldOut { left: 0 },
        Refusal::SoldOut { left: 3 },
        Refusal::DayClosed { date },
        Refusal::NotEligible { category: Category::Guest },
        Refusal::DeliveryNeedsResident,
        Refusal::UnknownDoor { building: "99".into(), room: "101".into() },
        Refusal::UnknownCard,
        Refusal::BlockedCard,
        Refusal::WrongDigits { tries_left: 1 },
        Refusal::LockedOut { until: now },
        Refusal::Allergy { allergens: vec![Allergen::Egg], substitute_helps: true },
        Refusal::NoSubstitute,
        Refusal::Portions { asked: 9 },
        Refusal::NoteTooLong { max: 24 },
        Refusal::UnknownOrder,
        Refusal::UnknownVolunteer,
        Refusal::UnknownResident,
        Refusal::NotOnDuty { date },
        Refusal::NoRound,
        Refusal::NoOpenCheck,
        Refusal::ClockSetBack { now, latest: now },
    ];
    for refusal in refusals {
        for lang in Lang::ALL {
            let words = clubhouse_kiosk::kiosk::words::refusal(lang, &refusal);
            assert!(!words.headline.is_empty() && !words.text.is_empty(), "{refusal:?}");
            assert!(!words.ways.is_empty(), "{refusal:?} is a dead end");
            let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            let text = format!("{}{}", words.headline, words.text);
            assert_eq!(text.chars().any(chinese), lang == Lang::Zh, "{text}");
        }
    }
}
