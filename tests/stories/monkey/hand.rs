//! What the monkey does next: mostly what a person could, sometimes what nobody could.

use clubhouse_kiosk::domain::{Category, Fulfilment, Outcome, Payment, PrintQueue};
use clubhouse_kiosk::kiosk::controller::page::{Keypad, Notice, Page};
use clubhouse_kiosk::kiosk::controller::{
    Action, Contrast, Controller, Keeper, TextSize, WayOut, Wish,
};
use clubhouse_kiosk::kiosk::words::Lang;

use super::books::Books;
use super::club::Club;
use super::offers;
use crate::stories::campaign::chance::Chance;

/// The next touches: one, or a number typed to its end.
pub fn touches(
    chance: &mut Chance,
    screen: &Controller,
    club: &Club,
    books: &Books,
) -> Vec<Action> {
    if chance.percent(6) {
        return vec![anything(chance, club, books)];
    }
    let view = screen.view();
    let free = view.idle.is_none() && view.help.is_none() && view.display.is_none();
    if free && chance.percent(60) {
        let typed = knowing(chance, screen.page(), club, books);
        if !typed.is_empty() {
            return typed;
        }
    }
    let mut offered = offers::offered(&view);
    if offered.is_empty() || (free && chance.percent(12)) {
        offered = offers::of_frame(&view);
    }
    vec![offered[chance.below(offered.len())].clone()]
}

/// What somebody does who knows the answer to the question on the page.
fn knowing(chance: &mut Chance, page: &Page, club: &Club, books: &Books) -> Vec<Action> {
    let friend = &club.friends[chance.below(club.friends.len())].resident;
    let at = |building: &str| {
        let here: Vec<_> =
            club.friends.iter().filter(|f| f.resident.door.building == building).collect();
        (!here.is_empty()).then(|| here[0].resident.door.clone())
    };
    match page {
        Page::Door(_) => vec![Action::Building(friend.door.building.clone())],
        Page::Floor(_, building) => {
            at(&building.number).map(|door| Action::Floor(door.floor)).into_iter().collect()
        }
        Page::Flat(_, building, floor) => at(&building.number)
            .filter(|door| door.floor == *floor)
            .map(|door| Action::Flat(door.flat))
            .into_iter()
            .collect(),
        Page::Keypad(keypad, typed) if typed.is_empty() => match keypad {
            Keypad::Phone(_, door) => {
                let who = club.friends.iter().find(|f| f.resident.door == *door);
                let digits = who.and_then(|f| f.resident.last_digits()).unwrap_or("0000");
                digits_of(digits)
            }
            Keypad::Badge => {
                digits_of(&club.volunteers[chance.below(club.volunteers.len())].badge.to_string())
            }
            Keypad::Pin(badge) => {
                let who = club.volunteers.iter().find(|v| v.badge == *badge);
                digits_of(who.map_or("0000", |v| v.pin.as_str()))
            }
            Keypad::StaffPin => digits_of(&club.house.house.settings.staff.pin),
            Keypad::Reprint | Keypad::Number => {
                digits_of(&books.some_number(chance, club.today()).to_string())
            }
        },
        Page::Notice(Notice::NoAnswer(_) | Notice::Failed(_)) => vec![Action::Back],
        Page::Confirm if chance.percent(50) => vec![Action::Confirm],
        Page::MyOrder if chance.percent(50) => vec![Action::ByLetters],
        Page::Order(shown) if shown.changeable && chance.percent(80) => {
            vec![if chance.percent(65) { Action::Edit } else { Action::CancelOrder }]
        }
        Page::Letters(typed) if typed.is_empty() => {
            let Some(code) = books.some_code(chance) else { return Vec::new() };
            code.chars().map(Action::Letter).chain([Action::Enter]).collect()
        }
        _ => Vec::new(),
    }
}

fn digits_of(text: &str) -> Vec<Action> {
    text.bytes().map(|b| Action::Digit(b.wrapping_sub(b'0'))).chain([Action::Enter]).collect()
}

/// What a reader types: something of this house, or rubbish.
pub fn scan(chance: &mut Chance, club: &Club, books: &Books) -> String {
    match chance.below(10) {
        0..=4 => club.friends[chance.below(club.friends.len())].card.clone(),
        5 | 6 => {
            let number = books.some_number(chance, club.today());
            format!("R1.{}.{number}", club.today())
        }
        7 => {
            books.some_code(chance).map_or_else(|| "O1.ABCDEF".into(), |code| format!("O1.{code}"))
        }
        8 => "H1.3".into(),
        _ => chance
            .pick(&[
                "",
                "6901234567892",
                "C1.x.y",
                "R1.2026-13-41.9",
                "O1.??",
                "\u{0}",
                "R1.x",
                "😀",
            ])
            .into(),
    }
}

/// Any action at all, whether or not it belongs to the page.
fn anything(chance: &mut Chance, club: &Club, books: &Books) -> Action {
    let date = club.today().plus_days(chance.between(0, 6) as i64 - 2);
    let way = chance.pick(Fulfilment::ALL);
    let outcome =
        chance.pick(&[Outcome::Delivered, Outcome::LeftWith, Outcome::NoAnswer, Outcome::Refused]);
    let keeper = chance.pick(&Keeper::ALL);
    let order = books.some_order(chance);
    let mut all = vec![
        Action::Date(date),
        Action::AsLast,
        Action::Week,
        Action::Tick(date, way),
        Action::PrintForm,
        Action::Way(way),
        Action::Fewer,
        Action::More,
        Action::Category(chance.pick(&[Category::Senior, Category::Guest, Category::Volunteer])),
        Action::Wish(chance.pick(&[
            Wish::LessSalt,
            Wish::Softer,
            Wish::LessRice,
            Wish::Substitute,
        ])),
        Action::Pay(chance.pick(&[Payment::Later, Payment::FromAccount])),
        Action::Next,
        Action::Confirm,
        Action::Building(chance.pick(&["7", "99", ""]).into()),
        Action::Floor(chance.below(256) as u8),
        Action::Flat(chance.below(256) as u8),
        Action::Digit(chance.below(256) as u8),
        Action::Letter(chance.pick(&['A', 'I', '好', '\u{0}'])),
        Action::Erase,
        Action::Enter,
        Action::MyOrder,
        Action::ByDoor,
        Action::ByLetters,
        Action::Edit,
        Action::CancelOrder,
        Action::Called,
        Action::Duty,
        Action::Volunteer,
        Action::Staff,
        Action::TakeSlip,
        Action::HandIn,
        Action::Stop(chance.below(40)),
        Action::Outcome(outcome),
        Action::LeftWith(keeper),
        Action::Cash(chance.percent(50)),
        Action::Advance,
        Action::PaidCash,
        Action::Papers,
        Action::Queue(chance.pick(PrintQueue::ALL)),
        Action::Printer("window".into()),
        Action::Found,
        Action::StaffNumbers,
        Action::Sales,
        Action::PaperOnly(chance.percent(50)),
        Action::Wake,
        Action::ReprintNumber,
        Action::FindNumber,
        Action::DayEnd,
        Action::Updates,
        Action::Update(chance.below(4)),
        Action::Correct,
        Action::Corrected(outcome, (outcome == Outcome::LeftWith).then_some(keeper)),
        Action::CorrectCash(chance.percent(50)),
        Action::UndoHandIn,
        Action::UnfinishedOrders,
        Action::Unfinished(chance.below(30) as i64),
        Action::FollowedUp,
        Action::Instead(WayOut::Home),
        Action::Instead(WayOut::Again),
        Action::Instead(WayOut::TakeAwayInstead),
        Action::Instead(WayOut::OtherDate(date)),
        Action::Instead(WayOut::WithSubstitute),
        Action::Instead(WayOut::Portions(chance.below(256) as u8)),
        Action::Instead(WayOut::PayCash),
        Action::Instead(WayOut::MyOrder),
        Action::Instead(WayOut::CallStaff),
        Action::Back,
        Action::StartOver,
        Action::Help,
        Action::CloseHelp,
        Action::CallStaff,
        Action::Display,
        Action::CloseDisplay,
        Action::Size(TextSize::Large),
        Action::Contrast(Contrast::High),
        Action::Language(chance.pick(&Lang::ALL)),
        Action::Listen,
        Action::Loudness,
        Action::StillHere,
    ];
    all.extend(order.map(Action::Order));
    all.swap_remove(chance.below(all.len()))
}
