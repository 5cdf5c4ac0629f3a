//! The screen's mind without a window.

use clubhouse_kiosk::counter::NewOrder;
use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::view::{Facts, Home, List, Notice, Screen};
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
    /// How the panel's light was switched.
    pub lights: Vec<bool>,
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
            lights: Vec::new(),
        };
        bare.put(Input::Start);
        bare
    }

    /// With the card of the sample's resident.
    pub fn with_card(set_up: impl FnOnce(&mut Sample)) -> Self {
        let mut kiosk = Self::new(set_up);
        kiosk.read_card();
        kiosk
    }

    /// Behind the staff's PIN.
    pub fn with_staff() -> Self {
        let mut kiosk = Self::new(|_| {});
        kiosk.touches([Action::Duty, Action::Staff]);
        kiosk.digits(&[2, 4, 6, 8]);
        assert!(matches!(kiosk.page(), Page::StaffMenu(_)), "{:?}", kiosk.page());
        kiosk
    }

    /// A volunteer, back from the round whose slip they took.
    pub fn at_hand_in() -> Self {
        let mut kiosk = Self::new(|_| {});
        kiosk.touches([Action::Duty, Action::Volunteer]);
        kiosk.digits(&[1, 7]);
        kiosk.digits(&[2, 4, 6, 8]);
        kiosk.touches([Action::TakeSlip, Action::HandIn]);
        assert!(matches!(kiosk.page(), Page::HandIn(_)), "{:?}", kiosk.page());
        kiosk
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
                Effect::Light(on) => {
                    self.lights.push(on);
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

    pub fn read_card(&mut self) {
        self.put(Input::Scanned("C1.sample.0".into()));
    }

    /// A delivery to 7号楼1203室, up to the four digits.
    pub fn choose_door(&mut self) {
        self.touches([
            Action::Way(Fulfilment::Delivery),
            Action::Building("7".into()),
            Action::Floor(12),
            Action::Flat(3),
        ]);
    }

    pub fn placed(&self) -> Vec<&NewOrder> {
        self.asked
            .iter()
            .filter_map(|r| if let Request::Place(order) = r { Some(order) } else { None })
            .collect()
    }

    pub fn screen(&self) -> Screen {
        self.controller.view().screen
    }

    #[track_caller]
    pub fn home(&self) -> Home {
        let Screen::Home(home) = self.screen() else { panic!("{:?}", self.screen()) };
        home
    }

    #[track_caller]
    pub fn list(&self) -> List {
        let Screen::List(list) = self.screen() else { panic!("{:?}", self.screen()) };
        list
    }

    #[track_caller]
    pub fn facts(&self) -> Facts {
        let Screen::Facts(facts) = self.screen() else { panic!("{:?}", self.screen()) };
        facts
    }

    #[track_caller]
    pub fn notice(&self) -> Notice {
        let Screen::Notice(notice) = self.screen() else { panic!("{:?}", self.screen()) };
        notice
    }

    pub fn page(&self) -> &Page {
        self.controller.page()
    }
}

/// What was handed in, if anything was.
pub fn handed_in(asked: &[Request]) -> Option<&[HandInLine]> {
    asked
        .iter()
        .find_map(|r| if let Request::HandIn { lines, .. } = r { Some(&lines[..]) } else { None })
}
