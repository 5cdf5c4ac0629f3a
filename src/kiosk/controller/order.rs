//! Putting an order together: way, portions, wishes, money, and the one touch that counts.

use super::page::{Draft, Notice, Page, WhoFor};
use super::{Action, Controller, Purpose, WayOut, Wish};
use crate::counter::{Amendment, NewOrder};
use crate::domain::calendar::DayPhase;
use crate::domain::{Category, Fen, Fulfilment, Menu, Payment, Portions, Preferences, Refusal};
use crate::kiosk::protocol::{Request, Today};

impl Controller {
    pub(super) fn touched_order(&mut self, action: &Action) {
        match (self.page().clone(), action) {
            (Page::Home, Action::Way(way)) => self.start_order(*way),
            (Page::Options, Action::Fewer) => self.change_portions(-1),
            (Page::Options, Action::More) => self.change_portions(1),
            (Page::Options, Action::Category(category)) => self.session.draft.category = *category,
            (Page::Options, Action::Wish(wish)) => self.toggle(*wish),
            (Page::Options, Action::Next) => self.options_done(),
            (Page::Confirm, Action::Pay(payment)) => self.session.draft.payment = *payment,
            (Page::WeekConfirm(mut week), Action::Pay(payment)) => {
                week.payment = *payment;
                self.replace(Page::WeekConfirm(week));
            }
            _ => {}
        }
    }

    /// The menu of the date shown.
    pub(super) fn menu(&self) -> Option<&Menu> {
        self.today.as_ref().and_then(|t| t.menu.as_ref())
    }

    /// The price group of the person, or the one chosen for an anonymous order.
    pub(super) fn category(&self) -> Category {
        match (&self.session.draft.editing, &self.session.person) {
            (Some(shown), _) => shown.order.category,
            (None, Some(known)) => known.resident.category,
            (None, None) => self.session.draft.category,
        }
    }

    /// What the draft costs.
    pub(super) fn draft_total(&self) -> Fen {
        let draft = &self.session.draft;
        let each = match &draft.editing {
            Some(shown) => Fen(shown.order.total.0 / i64::from(shown.order.portions.get())),
            None => self
                .menu()
                .and_then(|menu| menu.prices.get(&self.category()).copied())
                .unwrap_or_default(),
        };
        each * i64::from(draft.portions.get())
    }

    /// Why this way of eating can't be ordered on the date shown.
    pub(super) fn obstacle(today: &Today, way: Fulfilment) -> Option<Notice> {
        match &today.phase {
            DayPhase::Closed { reason } => Some(Notice::Refused(Refusal::Closed {
                date: today.date,
                reason: reason.clone(),
                next: today.next,
            })),
            DayPhase::BeforeOpening { from } => {
                Some(Notice::Refused(Refusal::NotYetOpen { from: *from }))
            }
            DayPhase::OrdersClosed => Some(Notice::Over(way)),
            DayPhase::CollectionOnly if way == Fulfilment::Delivery => Some(Notice::Over(way)),
            _ if today.menu.is_none() => {
                Some(Notice::Refused(Refusal::NoMenu { date: today.date }))
            }
            _ if today.left == 0 => Some(Notice::Refused(Refusal::SoldOut { left: 0 })),
            _ => None,
        }
    }

    fn start_order(&mut self, way: Fulfilment) {
        if self.paper_only.is_some() {
            return;
        }
        let Some(today) = &self.today else {
            self.refresh();
            return;
        };
        if let Some(notice) = Self::obstacle(today, way) {
            self.notice(notice);
            return;
        }
        let category = Self::first_category(today);
        self.session.draft = Draft { way, category, ..Draft::default() };
        if way == Fulfilment::Delivery && self.session.person.is_none() {
            self.ask_door(WhoFor::Delivery);
        } else {
            self.open_options();
        }
    }

    /// The price group that an anonymous order begins with.
    pub(super) fn first_category(today: &Today) -> Category {
        let sold_to =
            |category| today.menu.as_ref().is_some_and(|m| m.prices.contains_key(&category));
        if sold_to(Category::Senior) { Category::Senior } else { Category::Guest }
    }

    /// Opens portions and preferences, with what the person usually asks for.
    pub(super) fn open_options(&mut self) {
        if let (Some(wishes), None) = (self.first_wishes(), &self.session.draft.editing) {
            self.session.draft.preferences = wishes;
            self.need_substitute();
        }
        self.push(Page::Options);
    }

    /// An allergy that the substitute dish solves turns it on.
    pub(super) fn need_substitute(&mut self) {
        let has = self.menu().is_some_and(|menu| menu.substitutable().is_some());
        self.session.draft.preferences.substitute &= has;
        if self.substitute_needed() {
            self.session.draft.preferences.substitute = true;
        }
    }

    /// Whether an allergy clashes with the menu and the substitute dish solves it.
    pub(super) fn substitute_needed(&self) -> bool {
        let (Some(menu), Some(known)) = (self.menu(), &self.session.person) else { return false };
        let allergies = &known.resident.allergies;
        !menu.clashes(allergies, false).is_empty() && menu.clashes(allergies, true).is_empty()
    }

    fn change_portions(&mut self, by: i8) {
        let most = self.most_portions();
        let count = self.session.draft.portions.get().saturating_add_signed(by).min(most);
        if let Ok(portions) = Portions::new(count) {
            self.session.draft.portions = portions;
        }
    }

    /// The most portions that can be asked for now.
    pub(super) fn most_portions(&self) -> u8 {
        let left = self.today.as_ref().map_or(0, |t| t.left);
        let own =
            self.session.draft.editing.as_ref().map_or(0, |s| u32::from(s.order.portions.get()));
        u8::try_from(left + own).unwrap_or(Portions::MAX).clamp(1, Portions::MAX)
    }

    fn toggle(&mut self, wish: Wish) {
        let locked = self.substitute_needed();
        let has = self.menu().is_some_and(|menu| menu.substitutable().is_some());
        let preferences = &mut self.session.draft.preferences;
        match wish {
            Wish::LessSalt => preferences.less_salt ^= true,
            Wish::Softer => preferences.softer ^= true,
            Wish::LessRice => preferences.less_rice ^= true,
            Wish::Substitute if locked => preferences.substitute = true,
            Wish::Substitute if has => preferences.substitute ^= true,
            Wish::Substitute => {}
        }
    }

    fn options_done(&mut self) {
        let draft = &self.session.draft;
        if let Some(shown) = &draft.editing {
            let change = Amendment {
                fulfilment: None,
                portions: Some(draft.portions),
                preferences: Some(Preferences {
                    note: shown.order.preferences.note.clone(),
                    ..draft.preferences.clone()
                }),
                seen: None,
            };
            let id = shown.order.id;
            self.ask(Purpose::Amend, Request::Amend(id, change));
            return;
        }
        if let (Some(menu), Some(known)) = (self.menu(), &self.session.person) {
            let allergens = menu.clashes(&known.resident.allergies, draft.preferences.substitute);
            if !allergens.is_empty() {
                let substitute_helps = self.substitute_needed();
                self.notice(Notice::Refused(Refusal::Allergy { allergens, substitute_helps }));
                return;
            }
        }
        self.session.draft.differs.clear();
        self.ask_to_confirm();
    }

    /// On to the last question; the account pays where it can.
    pub(super) fn ask_to_confirm(&mut self) {
        self.session.draft.payment =
            if self.account_is_enough() { Payment::FromAccount } else { Payment::Later };
        self.push(Page::Confirm);
    }

    /// Whether the person's account pays for the draft.
    pub(super) fn account_is_enough(&self) -> bool {
        let total = self.draft_total();
        self.session
            .person
            .as_ref()
            .is_some_and(|known| known.balance >= total && total > Fen::ZERO)
    }

    /// The one touch that counts, wherever it is asked for.
    pub(super) fn confirmed(&mut self) {
        match self.page().clone() {
            Page::Confirm => self.place(),
            Page::WeekConfirm(week) => self.place_week(&week),
            Page::CancelQuestion(shown) => {
                self.ask(Purpose::Cancel, Request::Cancel(shown.order.id));
            }
            Page::HandInQuestion(hand_in) => {
                let request = Request::HandIn { round: hand_in.round.id, lines: hand_in.lines() };
                self.ask(Purpose::HandIn, request);
            }
            _ => {}
        }
    }

    pub(super) fn place(&mut self) {
        let Some(today) = &self.today else { return };
        let draft = &self.session.draft;
        let order = NewOrder {
            date: today.date,
            fulfilment: draft.way,
            portions: draft.portions,
            preferences: draft.preferences.clone(),
            category: self.category(),
            resident: self.session.person.as_ref().map(|known| known.resident.id),
            door: None,
            payment: draft.payment,
        };
        self.ask(Purpose::Place, Request::Place(order));
    }

    /// The same order with one thing changed, after a “no”; the person confirms it again.
    pub(super) fn order_otherwise(&mut self, way: WayOut) {
        let over = match self.page() {
            Page::Notice(Notice::Over(way)) => Some(*way),
            Page::Notice(_) => None,
            _ => return,
        };
        self.pages.pop();
        let draft = &mut self.session.draft;
        match way {
            WayOut::TakeAwayInstead
                if over.is_some() && matches!(self.pages.last(), Some(Page::Home)) =>
            {
                self.start_order(Fulfilment::TakeAway);
            }
            WayOut::TakeAwayInstead => {
                draft.way = Fulfilment::TakeAway;
                if !matches!(self.page(), Page::Options | Page::Confirm) {
                    self.pages.truncate(1);
                    self.open_options();
                }
            }
            WayOut::WithSubstitute => draft.preferences.substitute = true,
            WayOut::Portions(count) => {
                if let Ok(portions) = Portions::new(count) {
                    draft.portions = portions;
                }
            }
            WayOut::PayCash => draft.payment = Payment::Later,
            _ => {}
        }
    }
}
