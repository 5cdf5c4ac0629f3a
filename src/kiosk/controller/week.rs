//! The days ahead on one grid: ticks, one question for all, and what became of each.

use super::page::{Notice, Page, WeekPage};
use super::view::{Toast, WhyNot};
use super::{Action, Controller, Purpose};
use crate::counter::{NewOrder, WeekDay};
use crate::domain::{Fen, Fulfilment, Order, OrderState, Payment, Refusal, ServiceDate, Unfit};
use crate::kiosk::protocol::{DayResult, Request, ShownOrder};

impl Controller {
    /// Asks for the grid; it opens with the answer.
    pub(super) fn open_week(&mut self) {
        if let (Page::Home, Some(known)) = (self.page(), &self.session.person) {
            let id = known.resident.id;
            self.ask(Purpose::Week, Request::Week(id));
        }
    }

    pub(super) fn touched_week(&mut self, action: &Action) {
        match (self.page().clone(), action) {
            (Page::Week(week), Action::Tick(date, way)) => self.tick(&week, *date, *way),
            (Page::Week(week), Action::PrintForm) if !week.form_printed => {
                if let Some(known) = &self.session.person {
                    let id = known.resident.id;
                    self.ask(Purpose::Form, Request::PrintForm(id));
                }
            }
            _ => {}
        }
    }

    fn tick(&mut self, week: &WeekPage, date: ServiceDate, way: Fulfilment) {
        let Some(day) = week.days.iter().find(|day| day.date == date) else { return };
        if !day.ordered.is_empty() {
            self.open_ordered(day, way);
            return;
        }
        if let Some(why) = day.obstacle(way) {
            self.toast = Some(Toast::NotThatDay(why.into()));
            return;
        }
        if let Some(page) = self.week_mut() {
            let was = page.ticks.contains(&(date, way));
            page.ticks.retain(|(ticked, _)| *ticked != date);
            if !was {
                page.ticks.push((date, way));
                page.ticks.sort_unstable();
            }
        }
    }

    /// What is ordered already is shown, to be changed or taken back.
    fn open_ordered(&mut self, day: &WeekDay, way: Fulfilment) {
        let shown = |order: &Order| ShownOrder {
            changeable: order.state == OrderState::Placed
                && day.obstacle(order.fulfilment) != Some(&Unfit::Over),
            order: order.clone(),
        };
        let mut there: Vec<ShownOrder> =
            day.ordered.iter().filter(|order| order.fulfilment == way).map(shown).collect();
        match there.len() {
            0 => self.toast = Some(Toast::NotThatDay(WhyNot::Ordered)),
            1 => self.push(Page::Order(Box::new(there.remove(0)))),
            _ => self.push(Page::Orders(there)),
        }
    }

    /// On to the question; nothing ticked leads nowhere.
    pub(super) fn week_ticked(&mut self, mut week: Box<WeekPage>) {
        if week.ticks.is_empty() {
            return;
        }
        let total = week.total();
        let paid = self.session.person.as_ref().is_some_and(|k| k.balance >= total);
        week.payment =
            if paid && total > Fen::ZERO { Payment::FromAccount } else { Payment::Later };
        self.push(Page::WeekConfirm(week));
    }

    /// Places every ticked day.
    pub(super) fn place_week(&mut self, week: &WeekPage) {
        let Some(known) = &self.session.person else { return };
        let resident = &known.resident;
        let wishes = week.ticked().map(|(day, way)| NewOrder {
            date: day.date,
            fulfilment: way,
            portions: day.portions,
            preferences: day.preferences.clone(),
            category: resident.category,
            resident: Some(resident.id),
            door: None,
            payment: week.payment,
        });
        let wishes: Vec<NewOrder> = wishes.collect();
        if !wishes.is_empty() {
            self.ask(Purpose::PlaceWeek, Request::PlaceWeek(wishes));
        }
    }

    /// The grid as the clubhouse knows it now; ticks that still hold stay.
    pub(super) fn show_week(&mut self, days: Vec<WeekDay>) {
        if let Some(page) = self.week_mut() {
            page.days = days;
            let days = page.days.clone();
            page.ticks.retain(|(date, way)| {
                days.iter().any(|day| {
                    day.date == *date && day.ordered.is_empty() && day.obstacle(*way).is_none()
                })
            });
        } else if days.is_empty() {
            if let Some(date) = self.today.as_ref().map(|t| t.today) {
                self.notice(Notice::Refused(Refusal::NoMenu { date }));
            }
        } else {
            self.push(Page::Week(Box::new(WeekPage::new(days))));
        }
    }

    /// Looks at the grid again, beside whatever the person does.
    pub(super) fn renew_week(&mut self) {
        if self.week_mut().is_none() {
            return;
        }
        if let Some(known) = &self.session.person {
            let id = known.resident.id;
            self.ask(Purpose::WeekAgain, Request::Week(id));
        }
    }

    /// An order was taken back from the grid: the person goes on there.
    pub(super) fn taken_back(&mut self, number: u32) -> bool {
        let Some(at) = self.pages.iter().position(|page| matches!(page, Page::Week(_))) else {
            return false;
        };
        self.pages.truncate(at + 1);
        self.toast = Some(Toast::TakenBack(number));
        self.renew_week();
        true
    }

    pub(super) fn week_placed(&mut self, results: Vec<DayResult>) {
        self.pages.truncate(1);
        self.push(Page::WeekDone(results));
        self.refresh();
    }

    pub(super) fn form_queued(&mut self) {
        if let Some(page) = self.week_mut() {
            page.form_printed = true;
            self.toast = Some(Toast::FormPrinting);
        }
    }

    fn week_mut(&mut self) -> Option<&mut WeekPage> {
        self.pages.iter_mut().find_map(|page| match page {
            Page::Week(week) => Some(&mut **week),
            _ => None,
        })
    }
}
