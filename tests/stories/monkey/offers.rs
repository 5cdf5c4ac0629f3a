//! What a view offers to be touched, as the window does: choices of the page, and the fixed keys.

use clubhouse_kiosk::kiosk::controller::Action;
use clubhouse_kiosk::kiosk::controller::view::{Choice, Screen, View};

/// The actions behind everything that can be touched on a view. What lies over the page hides it.
pub fn offered(view: &View) -> Vec<Action> {
    if view.idle.is_some() {
        return vec![Action::StillHere, Action::StartOver];
    }
    if let Some(display) = &view.display {
        let mut offers = actions(&display.choices);
        offers.push(Action::CloseDisplay);
        return offers;
    }
    if view.help.is_some() {
        return vec![Action::CloseHelp, Action::CallStaff, Action::Listen, Action::Loudness];
    }
    of_page(&view.screen)
}

/// The keys of the frame.
pub fn of_frame(view: &View) -> Vec<Action> {
    let mut offers = vec![Action::Help, Action::Display, Action::StartOver];
    if view.can_back {
        offers.extend([Action::Back, Action::Back]);
    }
    offers
}

fn of_page(screen: &Screen) -> Vec<Action> {
    match screen {
        Screen::Home(home) => {
            let mut offers = actions(&home.ways);
            offers.extend(actions(&home.as_last));
            offers.extend(actions(&home.dates));
            offers.extend(actions(&home.ways));
            offers.extend([Action::MyOrder, Action::Called, Action::Duty]);
            if home.week {
                offers.push(Action::Week);
            }
            offers
        }
        Screen::Options(options) => {
            let mut offers = vec![Action::Next; 5];
            for choices in [&options.categories, &options.wishes, &options.substitute] {
                offers.extend(actions(choices));
            }
            offers.extend(options.fewer.then_some(Action::Fewer));
            offers.extend(options.more.then_some(Action::More));
            offers
        }
        Screen::Door(door) => actions(&door.choices),
        Screen::Keypad(keypad) => {
            let mut offers: Vec<Action> = (0..10).map(Action::Digit).collect();
            offers.push(Action::Erase);
            offers.extend(keypad.enough.then_some(Action::Enter));
            offers
        }
        Screen::Letters(letters) => {
            let mut offers: Vec<Action> = ('A'..='Z').map(Action::Letter).collect();
            offers.push(Action::Erase);
            offers.extend(letters.enough.then_some(Action::Enter));
            offers
        }
        Screen::Confirm(confirm) => {
            let mut offers = vec![Action::Confirm; 3];
            offers.extend(actions(&confirm.payments));
            offers
        }
        Screen::Week(week) => {
            let mut offers = actions(&week.cells);
            offers.extend(actions(&week.form));
            if week.ready {
                offers.extend(vec![Action::Next; offers.len() / 3]);
            }
            offers
        }
        Screen::Done(_) => vec![Action::StartOver],
        Screen::Ways(ways) => actions(&ways.ways),
        Screen::List(list) => {
            let mut offers = actions(&list.rows);
            let next = actions(&list.next);
            for _ in 0..=offers.len() / 4 {
                offers.extend(next.clone());
            }
            offers
        }
        Screen::Facts(facts) => actions(&facts.ways),
        Screen::Called(_) => Vec::new(),
        Screen::Stop(stop) => {
            let mut offers = actions(&stop.outcomes);
            offers.extend(actions(&stop.keepers));
            offers.extend(actions(&stop.cash));
            offers.push(Action::Back);
            offers
        }
        Screen::Notice(notice) => actions(&notice.ways),
        Screen::PaperOnly(paper_only) => actions(&paper_only.ways),
        Screen::Slides(_) | Screen::Dark(_) => vec![Action::Wake],
    }
}

fn actions(choices: &[Choice]) -> Vec<Action> {
    choices.iter().map(|choice| choice.action.clone()).collect()
}
