//! The screen's mind without a window.

use clubhouse_kiosk::counter::NewOrder;
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::{Action, Controller, Effect, Input};
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::protocol::Request;
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::speech::Utterance;

/// A controller whose questions a made-up clubhouse answers at once.
pub struct Bare {
    pub controller: Controller,
    pub sample: Sample,
    pub asked: Vec<Request>,
    /// What was said; nothing for a hush.
    pub heard: Vec<Option<Utterance>>,
}

impl Bare {
    pub fn new(set_up: impl FnOnce(&mut Sample)) -> Self {
        let mut sample = Sample::default();
        set_up(&mut sample);
        let mut bare = Self {
            controller: Controller::new(Lang::Zh),
            sample,
            asked: Vec::new(),
            heard: Vec::new(),
        };
        bare.put(Input::Start);
        bare
    }

    pub fn put(&mut self, input: Input) {
        let mut effects = self.controller.handle(input);
        while !effects.is_empty() {
            let request = match effects.remove(0) {
                Effect::Ask(request) => request,
                Effect::Say(utterance) => {
                    self.heard.push(Some(utterance));
                    continue;
                }
                Effect::Hush => {
                    self.heard.push(None);
                    continue;
                }
            };
            self.asked.push(request.clone());
            let reply = self.sample.answer(request);
            effects.extend(self.controller.handle(Input::Reply(reply)));
        }
    }

    pub fn touch(&mut self, action: Action) {
        self.put(Input::Touch(action));
    }

    pub fn touches(&mut self, actions: impl IntoIterator<Item = Action>) {
        actions.into_iter().for_each(|action| self.touch(action));
    }

    pub fn digits(&mut self, digits: &[u8]) {
        self.touches(digits.iter().map(|d| Action::Digit(*d)));
        self.touch(Action::Enter);
    }

    pub fn placed(&self) -> Vec<&NewOrder> {
        self.asked
            .iter()
            .filter_map(|r| if let Request::Place(order) = r { Some(order) } else { None })
            .collect()
    }

    pub fn page(&self) -> &Page {
        self.controller.page()
    }
}
