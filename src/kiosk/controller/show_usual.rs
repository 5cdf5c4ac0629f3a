//! The state as a view: as last time.

use super::Controller;
use super::action::Action;
use super::view::Choice;
use crate::domain::{Habit, Portions};
use crate::kiosk::words::{self, Lang};

impl Controller {
    /// The first tile of a known person, at most one.
    pub(super) fn show_as_last(&self) -> Vec<Choice> {
        let lang = self.lang;
        let Some(proposal) = self.proposal() else { return Vec::new() };
        let tile = Choice::new(lang.pick("老样子", "As usual"), Action::AsLast);
        vec![match proposal {
            Ok(p) => {
                let each = self.menu().and_then(|m| m.prices.get(&self.category()).copied());
                let total = each.unwrap_or_default() * i64::from(p.portions.get());
                let habit = Habit {
                    fulfilment: p.fulfilment,
                    portions: p.portions,
                    preferences: p.preferences,
                };
                tile.note(format!(
                    "{} · {}",
                    habit_words(lang, &habit),
                    words::short_money(lang, total)
                ))
            }
            Err(why) => tile.note(words::why_not(lang, (&why).into())).open(false),
        }]
    }

    /// Among the options the tile stands where strangers choose a price group.
    pub(super) fn show_as_last_option(&self) -> Vec<Choice> {
        let lang = self.lang;
        let Some(Ok(p)) = self.proposal() else { return Vec::new() };
        let count = words::count(lang, p.portions);
        let note = if p.preferences.is_plain() {
            count
        } else {
            format!("{count} · {}", words::preferences(lang, &p.preferences))
        };
        vec![Choice::new(lang.pick("老样子", "As usual"), Action::AsLast).note(note)]
    }

    /// What to know before saying yes: what is not as last time, and what is ordered already.
    pub(super) fn confirm_warning(&self) -> String {
        let lang = self.lang;
        let date = self.today.as_ref().map(|t| t.date);
        let mut said: Vec<String> = self
            .session
            .draft
            .differs
            .iter()
            .map(|d| words::difference(lang, d, self.session.draft.way))
            .collect();
        let standing = self.session.person.iter().flat_map(|known| &known.standing);
        let numbers: Vec<String> = standing
            .filter(|order| Some(order.date) == date && !order.state.is_final())
            .map(|order| order.number.to_string())
            .collect();
        if !numbers.is_empty() {
            let numbers = numbers.join(lang.pick("、", ", "));
            said.push(match lang {
                Lang::Zh => format!("您这天已经订了 {numbers} 号，这是再订一份。"),
                Lang::En => format!("You have {numbers} for this day; this is one more."),
            });
        }
        said.join(lang.pick("", " "))
    }
}

/// Way, count and wishes in one line.
fn habit_words(lang: Lang, habit: &Habit) -> String {
    let mut parts = vec![words::way(lang, habit.fulfilment).to_owned()];
    if habit.portions > Portions::ONE || habit.preferences.is_plain() {
        parts.push(words::count(lang, habit.portions));
    }
    if !habit.preferences.is_plain() {
        parts.push(words::preferences(lang, &habit.preferences));
    }
    parts.join(" · ")
}
