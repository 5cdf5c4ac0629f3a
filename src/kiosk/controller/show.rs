//! The state as a view: the frame, the questions about the door, and notices.

use super::page::{Keypad, Page, WhoFor};
use super::view::{self, Choice, Help, Screen, View};
use super::{Action, Controller};
use crate::kiosk::words::{self, Lang};

impl Controller {
    /// What is on the screen now.
    pub fn view(&self) -> View {
        let lang = self.lang;
        View {
            lang,
            look: self.look,
            screen: self.screen(),
            page: self.steps,
            title: self.title(),
            so_far: self.so_far(),
            can_back: self.pages.len() > 1,
            busy: self.busy(),
            toast: self.toast.map(|t| words::toast(lang, t)).unwrap_or_default(),
            idle: self.seconds_to_answer(),
            help: self.help_open.then(|| Help {
                text: words::help(lang, self.page()).to_owned(),
                called: self.help_called,
            }),
            display: self.display_open.then(|| self.show_display()),
            status: self
                .today
                .as_ref()
                .map(|t| words::printer(lang, t.printer, t.doubtful_papers))
                .unwrap_or_default(),
            voice: self.show_voice(),
        }
    }

    fn screen(&self) -> Screen {
        let lang = self.lang;
        if self.is_dark() {
            return Screen::Dark(self.wake_words().to_owned());
        }
        match self.page() {
            Page::Home => match self.paper_only {
                Some(stopped) => Screen::PaperOnly(self.show_paper_only(stopped)),
                None => Screen::Home(self.show_home()),
            },
            Page::Slides(slide) => Screen::Slides(self.show_slides(slide.0, slide.1.as_ref())),
            Page::Door(who) => Screen::Door(self.show_buildings(*who)),
            Page::Floor(_, building) => Screen::Door(self.show_floors(building)),
            Page::Flat(_, building, floor) => Screen::Door(self.show_flats(building, *floor)),
            Page::Keypad(keypad, typed) => Screen::Keypad(self.show_keypad(keypad, typed)),
            Page::Options => Screen::Options(self.show_options()),
            Page::Confirm => Screen::Confirm(self.show_confirm()),
            Page::Done(shown) => Screen::Done(self.show_done(shown)),
            Page::Week(week) => Screen::Week(self.show_week_grid(week)),
            Page::WeekConfirm(week) => Screen::Confirm(self.show_week_confirm(week)),
            Page::WeekDone(results) => Screen::Facts(self.show_week_done(results)),
            Page::Unfinished(view) => Screen::List(self.show_unfinished(view)),
            Page::UnfinishedOne(view, id) => Screen::Facts(self.show_unfinished_one(view, *id)),
            Page::MyOrder => Screen::Ways(self.show_my_order()),
            Page::Letters(typed) => Screen::Letters(view::Letters {
                typed: spaced(typed),
                places: spaced(&"＿".repeat(6 - typed.len().min(6))),
                enough: typed.len() == 6,
            }),
            Page::Orders(orders) => Screen::List(self.show_orders_list(orders)),
            Page::Order(shown) => Screen::Facts(self.show_order(shown)),
            Page::CancelQuestion(shown) => Screen::Facts(self.show_cancel(shown)),
            Page::Called => Screen::Called(view::Called {
                numbers: self
                    .today
                    .iter()
                    .flat_map(|t| t.called.iter().rev())
                    .map(ToString::to_string)
                    .collect(),
                calling: words::calling(lang, &self.being_called()),
            }),
            Page::Duty => Screen::Ways(self.show_duty()),
            Page::Round(on_duty) => Screen::Facts(self.show_round(on_duty)),
            Page::HandIn(hand_in) => Screen::List(self.show_hand_in(hand_in)),
            Page::Stop(hand_in, index) => Screen::Stop(self.show_stop(hand_in, *index)),
            Page::HandInQuestion(hand_in) => Screen::Facts(self.show_hand_in_sum(hand_in)),
            Page::StaffList(view) => Screen::List(self.show_staff_list(view)),
            Page::StaffOrder(view, id) => Screen::Facts(self.show_staff_order(view, *id)),
            Page::StaffMenu(view) => Screen::List(self.show_staff_keys(view)),
            Page::Clock(at) => Screen::List(self.show_clock(*at)),
            Page::SalesQuestion(view) => Screen::Facts(self.show_sales(view)),
            Page::OrderPapers(view) => Screen::List(self.show_order_papers_list(view)),
            Page::OrderPaperQuestion(view, id) => Screen::Facts(self.show_order_paper(view, *id)),
            Page::StaffNumber(view) => Screen::Facts(self.show_number(view)),
            Page::Correct(view) => Screen::List(self.show_correct(view)),
            Page::CorrectQuestion(view, outcome, keeper) => {
                Screen::Facts(self.show_correct_question(view, *outcome, *keeper))
            }
            Page::DayEnd(view) => Screen::Facts(self.show_day_end(view)),
            Page::Updates(view) => Screen::List(self.show_updates(view)),
            Page::UpdateQuestion(view, index) => {
                Screen::Facts(self.show_update_question(view, *index))
            }
            Page::Papers(view) => Screen::List(self.show_papers(view)),
            Page::Queue(view, queue) => Screen::List(self.show_queue(view, *queue)),
            Page::PaperQuestion(view, id) => Screen::Facts(self.show_paper(view, *id)),
            Page::Notice(notice) => Screen::Notice(self.show_notice(notice)),
        }
    }

    fn show_buildings(&self, _who: WhoFor) -> view::Door {
        let lang = self.lang;
        let choices = self.buildings.iter().flatten().map(|b| {
            let label = match lang {
                Lang::Zh => format!("{}号楼", b.number),
                Lang::En => format!("Building {}", b.number),
            };
            Choice::new(b.number.clone(), Action::Building(b.number.clone())).label(label)
        });
        view::Door {
            card: true,
            chosen: String::new(),
            choices: choices.collect(),
            loading: self.buildings.is_none(),
        }
    }

    fn show_floors(&self, building: &crate::domain::Building) -> view::Door {
        let lang = self.lang;
        let choices = (building.first_flat_floor..=building.floors).map(|floor| {
            let label = match lang {
                Lang::Zh => format!("{floor}楼"),
                Lang::En => format!("Floor {floor}"),
            };
            Choice::new(floor.to_string(), Action::Floor(floor)).label(label)
        });
        view::Door {
            chosen: building_words(lang, &building.number),
            choices: choices.collect(),
            ..view::Door::default()
        }
    }

    fn show_flats(&self, building: &crate::domain::Building, floor: u8) -> view::Door {
        let lang = self.lang;
        let choices = (1..=building.flats_per_floor).map(|flat| {
            let room = format!("{floor}{flat:02}");
            let label = match lang {
                Lang::Zh => format!("{room}室"),
                Lang::En => format!("Room {room}"),
            };
            Choice::new(room, Action::Flat(flat)).label(label)
        });
        let chosen = match lang {
            Lang::Zh => format!("{}号楼 {floor}楼", building.number),
            Lang::En => format!("Building {}, floor {floor}", building.number),
        };
        view::Door { chosen, choices: choices.collect(), ..view::Door::default() }
    }

    fn show_keypad(&self, keypad: &Keypad, typed: &str) -> view::Keypad {
        let lang = self.lang;
        let text = match keypad {
            Keypad::Phone(_, door) => match lang {
                Lang::Zh => format!("{}，登记电话的最后四位", words::door(lang, door)),
                Lang::En => format!("{}: last four digits of the phone", words::door(lang, door)),
            },
            Keypad::Badge => lang.pick("请输入工号", "Your badge number").to_owned(),
            Keypad::Pin(_) => lang.pick("请输入四位密码", "Your four-digit PIN").to_owned(),
            Keypad::Reprint | Keypad::Number => {
                lang.pick("请输入今天的号码", "A number of today").to_owned()
            }
            Keypad::StaffPin => lang.pick("工作人员密码", "Staff PIN").to_owned(),
        };
        let shown = if keypad.hidden() { "●".repeat(typed.len()) } else { typed.to_owned() };
        let fixed = keypad.min_digits() == keypad.max_digits();
        let empty = if fixed { keypad.max_digits().saturating_sub(typed.len()) } else { 0 };
        view::Keypad {
            text,
            typed: spaced(&shown),
            places: spaced(&"＿".repeat(empty)),
            enough: typed.len() >= keypad.min_digits(),
        }
    }

    fn show_notice(&self, notice: &super::page::Notice) -> view::Notice {
        let day = words::Day {
            times: self.today.as_ref().map(|t| &t.times),
            collection: self.collection_is_open(),
        };
        let (mood, words) = words::notice(self.lang, notice, day);
        let mut ways: Vec<Choice> = words
            .ways
            .into_iter()
            .map(|way| Choice::new(words::way_out(self.lang, way), Action::Instead(way)))
            .collect();
        if let (super::page::Notice::HandedIn(..), Some(undo)) = (notice, &self.session.undo) {
            let seconds = undo.seconds;
            let count = match self.lang {
                Lang::Zh => format!("还有 {seconds} 秒"),
                Lang::En => format!("{seconds} s left"),
            };
            let text = self.lang.pick("撤回", "Take back");
            ways.insert(0, Choice::new(text, Action::UndoHandIn).note(count));
        }
        view::Notice { mood, headline: words.headline, text: words.text, ways }
    }
}

/// Digits with air between them.
fn spaced(text: &str) -> String {
    text.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

fn building_words(lang: Lang, number: &str) -> String {
    match lang {
        Lang::Zh => format!("{number}号楼"),
        Lang::En => format!("Building {number}"),
    }
}
