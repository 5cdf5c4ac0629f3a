#![allow(clippy::unwrap_used)]
//! Every page of the gallery, listened to.

use super::readable::is_han;
use super::*;
use crate::kiosk::controller::{Action, Controller, Effect, Input};
use crate::kiosk::gallery::{SCENES, Sample, Scene, Step};
use crate::kiosk::protocol::Request;
use std::collections::VecDeque;

/// What is said at the end of a scene, without a window.
fn hear(scene: &Scene, lang: Lang) -> (View, String) {
    let mut sample = Sample::default();
    (scene.set_up)(&mut sample);
    let mut controller = Controller::new(lang);
    let mut open: VecDeque<Request> = VecDeque::new();
    let mut put = |input: Input, answer: bool, open: &mut VecDeque<Request>| {
        let ask = |effects: Vec<Effect>, open: &mut VecDeque<Request>| {
            open.extend(effects.into_iter().filter_map(|effect| match effect {
                Effect::Ask(request) => Some(request),
                _ => None,
            }));
        };
        ask(controller.handle(input), open);
        while answer && let Some(request) = open.pop_front() {
            let reply = sample.answer(request);
            ask(controller.handle(Input::Reply(reply)), open);
        }
    };
    put(Input::Start, true, &mut open);
    let steps = (scene.steps)(&Sample::default());
    for step in steps {
        match step {
            Step::Touch(action) => put(Input::Touch(action), true, &mut open),
            Step::Scan(text) => put(Input::Scanned(text.into()), true, &mut open),
            Step::Answer(reply) => {
                open.pop_front();
                put(Input::Reply(*reply), true, &mut open);
            }
            Step::Ask(action) => put(Input::Touch(action), false, &mut open),
            Step::Tick(seconds) => put(Input::Tick { seconds }, true, &mut open),
            Step::Wait(seconds) => put(Input::Tick { seconds }, false, &mut open),
        }
    }
    if matches!(controller.view().screen, Screen::Slides(_) | Screen::Dark(_)) {
        // A touch would wake the first screen, and do nothing else.
        let view = controller.view();
        let text = spoken(&view, Wanted::Asked);
        return (view, text);
    }
    let heard = controller.handle(Input::Touch(Action::Listen));
    let text = heard.into_iter().find_map(|effect| match effect {
        Effect::Say(utterance) => Some(utterance.text),
        _ => None,
    });
    (controller.view(), text.unwrap())
}

#[test]
fn every_page_can_be_heard_and_nothing_in_it_stumbles() {
    for scene in SCENES {
        for lang in Lang::ALL {
            let (_, text) = hear(scene, lang);
            let name = format!("{} in {lang:?}: {text}", scene.name);
            let sound = |c: char| match lang {
                Lang::Zh => is_han(c) || c.is_ascii_alphabetic() || "，、：；。？！".contains(c),
                Lang::En => c.is_ascii_alphanumeric() || " ,.:;?!'".contains(c),
            };
            assert!(text.chars().filter(|c| c.is_alphanumeric()).count() >= 4, "{name}");
            assert_eq!(text.chars().find(|c| !sound(*c)), None, "{name}");
            assert!(text.ends_with(['。', '？', '！', '.', '?', '!']), "{name}");
            for twice in ["。。", "，，", "，。", "：。", "..", ",,", ", .", " .", "  ", "、，"]
            {
                assert!(!text.contains(twice), "“{twice}” in {name}");
            }
            if lang == Lang::Zh {
                assert!(!text.contains(|c: char| c.is_ascii_digit()), "{name}");
            }
        }
    }
}

fn zh(name: &str) -> String {
    hear(SCENES.iter().find(|s| s.name == name).unwrap(), Lang::Zh).1
}

fn en(name: &str) -> String {
    hear(SCENES.iter().find(|s| s.name == name).unwrap(), Lang::En).1
}

#[track_caller]
fn says(heard: &str, words: &[&str]) {
    let mut rest = heard;
    for word in words {
        let at = rest.find(word);
        assert!(at.is_some(), "“{word}” is not, or not in this order, in: {heard}");
        rest = &rest[at.unwrap()..];
    }
}

#[test]
fn the_first_screen_tells_the_day_the_dishes_the_price_and_the_keys() {
    says(
        &zh("home"),
        &[
            "十一月二十四日，周二",
            "今天的午餐：红烧大排、葱油南瓜、炒空心菜。",
            "老年餐二十元，访客二十八元",
            "还剩八十三份",
            "请按：堂食，十一点到十二点半；自取，十一点起；或外送到家，",
        ],
    );
    says(
        &en("home"),
        &[
            "Tuesday 24 November",
            "Today's lunch",
            "Senior 20 yuan",
            "Press Eat here, 11 o'clock to 12 30; Take away",
            "; or Delivery",
        ],
    );
    says(&zh("home-before-opening"), &["今天的午餐", "七点开始点餐"]);
    says(&zh("home-closed"), &["没有午餐", "国庆节放假", "要订别的日子，请按：周三；周四；或周五"]);
}

#[test]
fn the_order_is_read_before_it_counts_and_the_number_after() {
    says(
        &zh("confirm-known"),
        &[
            "对不对？",
            "外送到家，七号楼一二零三室",
            "一共：二十元",
            "对，请按确认下单；不对，请按返回",
        ],
    );
    says(&zh("done"), &["订好了", "您的号码是三十七号", "十一点", "取餐时付二十元", "小票"]);
    says(&en("done"), &["Your number is 37", "11 o'clock", "Pay 20 yuan"]);
    says(&zh("done-no-paper"), &["查单字母：", "、"]);
    says(
        &zh("options"),
        &[
            "要几份？",
            "现在：两份",
            "四十元",
            "少盐，已选；软一点",
            "红烧大排换成香菇面筋，已选",
            "请按：下一步",
        ],
    );
}

#[test]
fn the_way_to_the_window_is_read_with_what_became_of_the_order() {
    says(&zh("paper-only"), &["请到窗口用纸点餐", "照常取餐", "硬盘满了", "请按：值班"]);
    says(&zh("paper-only-lost"), &["没有下成，也没有收钱"]);
    says(&en("paper-only-lost"), &["order on paper", "was not placed", "Press Duty"]);
    says(&zh("slide"), &["今天的午餐：红烧大排", "碰一下点餐"]);
}

#[test]
fn digits_that_were_typed_are_counted_and_not_said() {
    let heard = zh("door-digits");
    says(&heard, &["电话", "已经按了两位"]);
    let pin = zh("duty-pin");
    says(&pin, &["密码", "已经按了两位"]);
    assert!(!pin.contains("二四"), "{pin}");
}

#[test]
fn what_the_card_told_is_read_only_to_who_asks() {
    let scene = SCENES.iter().find(|s| s.name == "home-known").unwrap();
    let (view, asked) = hear(scene, Lang::Zh);
    says(&asked, &["王", "一百二十六元"]);
    let by_itself = spoken(&view, Wanted::ByItself);
    assert!(!by_itself.contains("一百二十六") && !by_itself.contains('王'), "{by_itself}");
}

#[test]
fn numbers_are_called_in_one_sentence() {
    assert_eq!(call(Lang::Zh, &[12]), "十二号，请到窗口取餐。");
    assert_eq!(call(Lang::Zh, &[2, 15, 120]), "二号、十五号、一百二十号，请到窗口取餐。");
    assert_eq!(call(Lang::En, &[12, 15]), "number 12, number 15: please come to the window.");
}
