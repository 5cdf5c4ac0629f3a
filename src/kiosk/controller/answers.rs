//! Answers: each belongs to the oldest request that is out, and perhaps to a person who left.

use super::page::{Keypad, Notice, Page, WhoFor};
use super::view::Toast;
use super::{Controller, Purpose};
use crate::counter::Known;
use crate::domain::{Fulfilment, Order, Refusal};
use crate::kiosk::protocol::{DayOutcome, DayResult, Reply, Request, ShownOrder, Today};

impl Controller {
    pub(super) fn answered(&mut self, reply: Reply) {
        // An answer nobody asked for changes nothing.
        let Some(waiting) = self.waiting.pop_front() else { return };
        let purpose = waiting.purpose;
        if purpose == Purpose::KeepUnfinished {
            self.written_down(&reply);
            return;
        }
        if waiting.visit != self.visit {
            self.placed_without_them(waiting.visit, &reply);
            self.answered_late(reply);
            return;
        }
        if waiting.late {
            // The person stands before “no answer”; that page gives way to the answer.
            if matches!(self.page(), Page::Notice(Notice::NoAnswer(p)) if *p == purpose) {
                self.pages.pop();
            }
        }
        match (purpose, reply) {
            (purpose, Reply::PaperOnly(why)) => self.stop_orders(purpose, why),
            (Purpose::Refresh, Reply::Today(today)) => self.show_today(*today),
            (Purpose::Buildings, Reply::Buildings(list)) => self.buildings = Some(list),
            (Purpose::Identify(who_for), Reply::Identified(known)) => self.known(who_for, *known),
            (Purpose::Place, Reply::Placed(shown)) => self.placed(shown),
            (Purpose::Week | Purpose::WeekAgain, Reply::Week(days)) => self.show_week(days),
            (Purpose::PlaceWeek, Reply::WeekPlaced(results)) => self.week_placed(results),
            (Purpose::Form, Reply::FormQueued) => self.form_queued(),
            (Purpose::FollowUp, Reply::Staff(view)) => self.asked_after(*view),
            (Purpose::Find | Purpose::OrdersOf, Reply::Orders(orders)) => self.show_orders(orders),
            (Purpose::Amend, Reply::Amended(shown)) => self.amended(shown),
            (Purpose::Cancel, Reply::Cancelled(order)) => self.cancelled(order),
            (Purpose::SignIn, Reply::OnDuty(on_duty)) => {
                self.leave_questions();
                self.push(Page::Round(on_duty));
            }
            (Purpose::TakeSlip, Reply::SlipTaken(round)) => {
                if let Page::Round(mut on_duty) = self.page().clone() {
                    on_duty.round = Some(*round);
                    self.replace(Page::Round(on_duty));
                    self.toast = Some(Toast::SlipTaken);
                }
            }
            (Purpose::HandIn, Reply::HandedIn { delivered, others }) => {
                self.handed_in(delivered, others);
            }
            (Purpose::UndoHandIn, Reply::HandInUndone(round)) => self.hand_in_undone(*round),
            (Purpose::StaffSignIn, Reply::Staff(view)) => self.show_staff_menu(*view),
            (Purpose::StaffStep, Reply::Staff(view)) => self.show_staff(*view),
            (Purpose::SalesStep | Purpose::PaperSwitch | Purpose::Clock, Reply::Staff(view)) => {
                self.show_staff_menu(*view);
                self.toast = Some(Toast::Noted);
                self.refresh();
            }
            (Purpose::OrderPapers, Reply::OrderPapers(view)) => self.show_order_papers(view),
            (Purpose::ReprintStep, Reply::Papers(_)) => self.done_at_the_desk(),
            (Purpose::Number | Purpose::Correct, Reply::Number(view)) => {
                if purpose == Purpose::Correct {
                    self.toast = Some(Toast::Noted);
                }
                self.show_number_page(view);
            }
            (Purpose::DayEnd, Reply::DayEnd(view)) => self.show_day_end_page(view),
            (Purpose::Updates | Purpose::UpdateStep, Reply::Updates(view)) => {
                self.show_updates_page(view);
            }
            (Purpose::CloseDay, Reply::DayClosed(backed_up)) => self.day_closed(backed_up),
            (Purpose::Papers | Purpose::PaperStep, Reply::Papers(view)) => {
                if purpose == Purpose::PaperStep {
                    self.toast = Some(Toast::Noted);
                }
                self.show_papers_page(view);
            }
            (Purpose::Ticket, Reply::Scanned { number, ready }) => self.ticket(number, ready),
            (Purpose::Slide, Reply::Slide(sight)) => self.slide_came(sight),
            (Purpose::Refresh | Purpose::Slide | Purpose::Help | Purpose::WeekAgain, _) => {}
            (Purpose::Ticket, _) => self.toast = Some(Toast::TicketRefused),
            (_, Reply::Refused(refusal)) => self.refused(refusal),
            // A broken store, or an answer of another kind: either way nothing can be promised.
            (_, _) => self.notice(Notice::Failed(purpose)),
        }
    }

    /// An answer to somebody who has gone: what was done stays done, the next person is not bothered.
    fn answered_late(&mut self, reply: Reply) {
        match reply {
            Reply::Placed(shown) if matches!(self.page(), Page::Home) => {
                self.toast = Some(Toast::PlacedLater(shown.order.number));
                self.refresh();
            }
            Reply::WeekPlaced(results) if matches!(self.page(), Page::Home) => {
                let placed = |day: &&DayResult| matches!(day.outcome, DayOutcome::Placed(_));
                let placed = results.iter().filter(placed).count();
                self.toast = (placed > 0).then_some(Toast::WeekPlacedLater(placed));
                self.refresh();
            }
            Reply::Buildings(list) => self.buildings = Some(list),
            Reply::PaperOnly(why) => self.stop_orders(Purpose::Refresh, why),
            Reply::Scanned { number, ready } => self.ticket(number, ready),
            _ => {}
        }
    }

    fn show_today(&mut self, today: Today) {
        self.resume_orders();
        let wanted = self.session.date.unwrap_or(today.today);
        let called = today.called.clone();
        // The answer for a date that is no longer looked at keeps the clock, not the menu.
        if today.date == wanted {
            self.today = Some(today);
        }
        self.looked_at(&called);
    }

    fn ticket(&mut self, number: u32, ready: bool) {
        // The list of numbers says in its own line which are called.
        let shown = ready && matches!(self.page(), Page::Called);
        let toast = if ready { Toast::Ready(number) } else { Toast::Collected(number) };
        self.toast = (!shown).then_some(toast);
        self.refresh();
    }

    fn known(&mut self, who_for: WhoFor, known: Known) {
        let id = known.resident.id;
        self.session.person = Some(known);
        match who_for {
            WhoFor::Delivery => {
                self.leave_questions();
                self.open_options();
            }
            WhoFor::MyOrder => {
                self.leave_questions();
                self.ask(Purpose::OrdersOf, Request::OrdersOf(id));
            }
            WhoFor::Greeting => self.greeted(),
        }
    }

    /// A card held to the reader without being asked: an order half made becomes theirs.
    fn greeted(&mut self) {
        match self.page() {
            Page::Options | Page::Confirm if self.session.draft.editing.is_none() => {
                self.need_substitute();
                if matches!(self.page(), Page::Confirm) {
                    // The price may be another one now: it is looked at once more.
                    self.pages.pop();
                }
            }
            _ => {}
        }
    }

    fn placed(&mut self, shown: Box<ShownOrder>) {
        self.pages.truncate(1);
        self.push(Page::Done(shown));
        self.refresh();
    }

    fn cancelled(&mut self, order: Box<Order>) {
        if !self.taken_back(order.number) {
            self.pages.truncate(1);
            self.notice(Notice::Cancelled(order));
        }
        self.refresh();
    }

    fn amended(&mut self, shown: Box<ShownOrder>) {
        while matches!(self.page(), Page::Options | Page::Order(_)) {
            self.pages.pop();
        }
        if let Page::Orders(orders) = self.page().clone() {
            let fresh = orders
                .into_iter()
                .map(|o| if o.order.id == shown.order.id { (*shown).clone() } else { o })
                .collect();
            self.replace(Page::Orders(fresh));
        }
        self.session.draft = super::page::Draft::default();
        self.renew_week();
        self.push(Page::Order(shown));
        self.toast = Some(Toast::Amended);
    }

    fn refused(&mut self, refusal: Refusal) {
        self.clear_typed();
        if let (Refusal::UnknownVolunteer, Page::Keypad(Keypad::Pin(_), _)) =
            (&refusal, self.page())
        {
            // Badge or PIN: it is not said which, so both are asked again.
            self.pages.pop();
            self.clear_typed();
        }
        let over = matches!(refusal, Refusal::PastCutOff { .. } | Refusal::SoldOut { .. });
        self.notice(match refusal {
            Refusal::PastCutOff { fulfilment, .. } => Notice::Over(fulfilment),
            other => Notice::Refused(other),
        });
        if over {
            self.refresh();
        }
    }

    /// The way of eating that a notice can offer instead.
    pub(super) fn collection_is_open(&self) -> bool {
        self.today
            .as_ref()
            .is_some_and(|today| Self::obstacle(today, Fulfilment::TakeAway).is_none())
    }
}
