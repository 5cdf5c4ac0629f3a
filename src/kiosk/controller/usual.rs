//! As last time: the proposal for a known person, one touch from the last question.

use super::page::{Draft, Notice, Page};
use super::{Action, Controller};
use crate::domain::habit::propose;
use crate::domain::{Category, Fulfilment, Habit, Offer, Preferences, Proposal, Refusal, Unfit};

impl Controller {
    /// What the date shown allows of the person's habit; none for strangers, first-timers, and
    /// dates without lunch.
    pub(super) fn proposal(&self) -> Option<Result<Proposal, Unfit>> {
        let habit = self.habit()?;
        let known = self.session.person.as_ref()?;
        let today = self.today.as_ref()?;
        let menu = today.menu.as_ref()?;
        if !menu.prices.contains_key(&known.resident.category) {
            return Some(Err(Unfit::NotSold));
        }
        if today.left == 0 {
            return Some(Err(Unfit::SoldOut));
        }
        let open = |way: &Fulfilment| Self::obstacle(today, *way).is_none();
        let ways: Vec<Fulfilment> = Fulfilment::ALL.iter().copied().filter(open).collect();
        let allergies = &known.resident.allergies;
        Some(propose(habit, Offer { menu, left: today.left, ways: &ways, allergies }))
    }

    fn habit(&self) -> Option<&Habit> {
        self.session.person.as_ref()?.habit.as_ref()
    }

    /// The wishes a known person's order begins with: those of their last one, or the usual ones.
    pub(super) fn first_wishes(&self) -> Option<Preferences> {
        let known = self.session.person.as_ref()?;
        let wishes = known.habit.as_ref().map_or(&known.resident.usual, |h| &h.preferences);
        Some(Preferences { note: String::new(), ..wishes.clone() })
    }

    /// One touch to the last question, on the first screen or among the options.
    pub(super) fn as_last_time(&mut self) {
        let among_options = matches!(self.page(), Page::Options);
        if !among_options && !matches!(self.page(), Page::Home) {
            return;
        }
        let proposal = match self.proposal() {
            None => return,
            Some(Err(why)) => {
                let notice = self.unfit_notice(why);
                self.notice(notice);
                return;
            }
            Some(Ok(proposal)) => proposal,
        };
        // Whoever chose a way keeps it.
        let way = if among_options { self.session.draft.way } else { proposal.fulfilment };
        let kept = |d: &crate::domain::Difference| {
            !among_options || !matches!(d, crate::domain::Difference::Way(_))
        };
        self.session.draft = Draft {
            way,
            portions: proposal.portions,
            preferences: proposal.preferences,
            differs: proposal.differs.into_iter().filter(kept).collect(),
            ..Draft::default()
        };
        if !among_options {
            // “Back” leads to the questions, so that one thing can be changed.
            self.push(Page::Options);
        }
        self.ask_to_confirm();
    }

    fn unfit_notice(&self, why: Unfit) -> Notice {
        let way = self.habit().map_or(Fulfilment::EatIn, |habit| habit.fulfilment);
        let category =
            self.session.person.as_ref().map_or(Category::Guest, |k| k.resident.category);
        match why {
            Unfit::Over => match self.today.as_ref().and_then(|t| Self::obstacle(t, way)) {
                Some(notice) => notice,
                None => Notice::Over(way),
            },
            Unfit::SoldOut => Notice::Refused(Refusal::SoldOut { left: 0 }),
            Unfit::NotSold => Notice::Refused(Refusal::NotEligible { category }),
            Unfit::Allergy(allergens) => {
                Notice::Refused(Refusal::Allergy { allergens, substitute_helps: false })
            }
        }
    }

    pub(super) fn touched_usual(&mut self, action: &Action) {
        match action {
            _ if self.paper_only.is_some() => {}
            Action::AsLast => self.as_last_time(),
            Action::Week => self.open_week(),
            _ => {}
        }
    }
}
