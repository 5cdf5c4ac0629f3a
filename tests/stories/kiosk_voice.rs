//! The voice of the screen: what is read, when it is cut off, and how numbers are called.

use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Input, VoiceRules};
use clubhouse_kiosk::kiosk::headless::Headless;
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::speech::{Kind, Utterance};

use crate::support::desk::Desk;
use crate::support::kiosk::Bare;

fn with(rules: VoiceRules) -> Bare {
    let mut kiosk = Bare::new(|_| {});
    kiosk.controller.set_voice(rules);
    kiosk
}

fn always() -> Bare {
    with(VoiceRules { always: true, ..VoiceRules::default() })
}

/// What was said since the last look; `None` for a hush.
fn heard(kiosk: &mut Bare) -> Vec<Option<Utterance>> {
    std::mem::take(&mut kiosk.heard)
}

fn only(kiosk: &mut Bare) -> Utterance {
    let mut said = heard(kiosk);
    assert_eq!(said.len(), 1, "{said:?}");
    said.remove(0).unwrap()
}

fn second(kiosk: &mut Bare) {
    kiosk.put(Input::Tick { seconds: 1 });
}

#[test]
fn who_asks_is_read_to_and_the_next_touch_cuts_it_off() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touch(Action::Listen);
    let said = only(&mut kiosk);
    assert!(said.text.contains("红烧大排") && said.text.contains("二十元"), "{}", said.text);
    assert_eq!((said.lang, said.kind, said.loud), (Lang::Zh, Kind::Page, false));
    kiosk.touch(Action::Way(Fulfilment::EatIn));
    assert_eq!(heard(&mut kiosk), [None], "cut off once, and nothing is read without asking");
    kiosk.touch(Action::More);
    assert!(heard(&mut kiosk).is_empty(), "there is nothing left to cut off");
    kiosk.touch(Action::Help);
    kiosk.touch(Action::Listen);
    assert!(only(&mut kiosk).text.contains("怎么用"));
    kiosk.touches([Action::CloseHelp, Action::Language(Lang::En), Action::Listen]);
    let said = heard(&mut kiosk).pop().unwrap().unwrap();
    assert_eq!(said.lang, Lang::En);
    assert!(said.text.contains("How many?"), "{}", said.text);
    kiosk.read_card();
    assert_eq!(heard(&mut kiosk), [None], "a card cuts it off as a touch does");
}

#[test]
fn a_louder_voice_is_heard_at_once_and_ends_with_the_person() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Loudness]);
    assert!(heard(&mut kiosk).is_empty(), "nothing was asked for yet");
    assert!(kiosk.controller.view().voice.loud);
    kiosk.touch(Action::Listen);
    assert!(only(&mut kiosk).loud);
    kiosk.touch(Action::Loudness);
    let said = heard(&mut kiosk);
    assert!(matches!(&said[..], [None, Some(softer)] if !softer.loud), "{said:?}");
    kiosk.touches([Action::Loudness, Action::StartOver]);
    assert!(!kiosk.controller.view().voice.loud);
    assert_eq!(heard(&mut kiosk).last(), Some(&None), "who leaves is not read to");
}

#[test]
fn a_louder_voice_is_forgotten_on_the_first_screen_too() {
    let mut kiosk = with(VoiceRules::default());
    kiosk.touches([Action::Help, Action::Loudness, Action::CloseHelp]);
    assert!(kiosk.controller.view().voice.loud);
    kiosk.put(Input::Tick { seconds: 80 });
    assert!(!kiosk.controller.view().voice.loud, "the next person is not shouted at");
}

#[test]
fn with_always_each_new_page_is_read_after_a_short_quiet() {
    let mut kiosk = always();
    second(&mut kiosk);
    assert!(heard(&mut kiosk).is_empty(), "nobody is there yet");
    kiosk.touch(Action::Way(Fulfilment::EatIn));
    assert!(heard(&mut kiosk).is_empty(), "a finger may still be moving");
    second(&mut kiosk);
    assert!(only(&mut kiosk).text.contains("要几份"));
    second(&mut kiosk);
    assert!(heard(&mut kiosk).is_empty(), "once");
    kiosk.touches([Action::Next, Action::Back, Action::Next]);
    assert_eq!(heard(&mut kiosk), [None]);
    second(&mut kiosk);
    assert!(only(&mut kiosk).text.contains("请按确认下单"));
    kiosk.touch(Action::Confirm);
    second(&mut kiosk);
    assert!(matches!(&heard(&mut kiosk)[..], [None, Some(s)] if s.text.contains("三十七号")));
    kiosk.touch(Action::StartOver);
    second(&mut kiosk);
    assert_eq!(heard(&mut kiosk), [None], "the first screen is not read to nobody");
}

#[test]
fn with_always_the_question_whether_somebody_is_there_is_heard() {
    let mut kiosk = always();
    kiosk.touch(Action::Way(Fulfilment::EatIn));
    second(&mut kiosk);
    heard(&mut kiosk);
    for _ in 0..60 {
        second(&mut kiosk);
    }
    let said = heard(&mut kiosk);
    assert!(
        matches!(&said[..], [None, Some(s)] if s.text.contains("还在吗")),
        "once, in the place of what was read: {said:?}"
    );
}

#[test]
fn numbers_are_called_once_when_ready_and_once_more_if_nobody_comes() {
    let mut kiosk = Bare::new(|_| {});
    let window = |kiosk: &mut Bare, numbers: &[u32]| {
        kiosk.sample.today.called = numbers.to_vec();
        kiosk.put(Input::AtWindow(numbers.to_vec()));
    };
    assert!(heard(&mut kiosk).is_empty(), "what stood there before was called before");
    window(&mut kiosk, &[12, 15, 16, 21, 24]);
    let call = only(&mut kiosk);
    assert_eq!(call.text, "二十四号，请到窗口取餐。");
    assert_eq!((call.kind, call.loud), (Kind::Call, true));
    assert_eq!(kiosk.controller.view().toast, "24 号可以取餐");
    for _ in 0..19 {
        second(&mut kiosk);
    }
    kiosk.put(Input::Changed);
    assert!(heard(&mut kiosk).is_empty(), "the same numbers again are no news");
    second(&mut kiosk);
    assert_eq!(only(&mut kiosk).text, "二十四号，请到窗口取餐。");
    for _ in 0..120 {
        second(&mut kiosk);
    }
    assert!(heard(&mut kiosk).is_empty(), "twice is enough");
    window(&mut kiosk, &[24, 30, 31]);
    assert_eq!(only(&mut kiosk).text, "三十号、三十一号，请到窗口取餐。");
    window(&mut kiosk, &[31]);
    for _ in 0..20 {
        second(&mut kiosk);
    }
    assert_eq!(only(&mut kiosk).text, "三十一号，请到窗口取餐。", "30 has been collected");
}

#[test]
fn a_call_disturbs_nobody_who_is_ordering() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touch(Action::Way(Fulfilment::EatIn));
    let before = kiosk.controller.view();
    kiosk.put(Input::AtWindow(vec![12, 15, 16, 21, 24]));
    assert_eq!(kiosk.controller.view(), before, "nothing moves under the finger");
    assert!(only(&mut kiosk).text.contains("二十四号"));
    kiosk.touch(Action::More);
    assert!(heard(&mut kiosk).is_empty(), "and a touch does not cut the call off");
    kiosk.touches([Action::Back, Action::Called]);
    let Screen::Called(called) = kiosk.screen() else { panic!("not the numbers") };
    assert_eq!(called.calling, "请 24 号到窗口取餐");
    for _ in 0..45 {
        second(&mut kiosk);
    }
    let Screen::Called(called) = kiosk.screen() else { panic!("not the numbers") };
    assert_eq!(called.calling, "", "after its second call it stands among the others");
}

#[test]
fn a_house_may_call_without_reading_or_stay_silent() {
    let mut kiosk = with(VoiceRules { calls: false, ..VoiceRules::default() });
    kiosk.put(Input::AtWindow(vec![12, 15, 16, 21, 24]));
    assert!(heard(&mut kiosk).is_empty());
    assert_eq!(kiosk.controller.view().toast, "24 号可以取餐", "it is still shown");
    let mut kiosk = with(VoiceRules { speaks: false, always: true, ..VoiceRules::default() });
    assert!(!kiosk.controller.view().voice.listen);
    kiosk.touches([Action::Listen, Action::Way(Fulfilment::EatIn), Action::Loudness]);
    second(&mut kiosk);
    kiosk.put(Input::AtWindow(vec![1]));
    assert!(heard(&mut kiosk).is_empty());
}

#[test]
fn who_asked_is_told_when_nothing_can_be_heard() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.put(Input::Unspoken);
    assert_eq!(kiosk.controller.view().toast, "", "a call that failed is no matter of theirs");
    kiosk.touch(Action::Listen);
    kiosk.put(Input::Unspoken);
    assert!(kiosk.controller.view().toast.contains("念不出来"));
}

#[test]
fn the_help_sheet_reads_the_page() {
    let fonts = Fonts::load(None).unwrap();
    for panel in [Panel::TEN_INCH, Panel::SEVEN_INCH_PORTRAIT] {
        let screen = Headless::open(panel, &fonts, Lang::Zh).unwrap();
        let mut sample = clubhouse_kiosk::kiosk::gallery::Sample::default();
        screen.answer(|request| sample.answer(request));
        screen.touch("堂食").unwrap();
        screen.touch("帮助").unwrap();
        screen.touch("念给我听").unwrap();
        let said = screen.heard();
        assert!(matches!(&said[..], [Some(s)] if s.text.contains("要几份")), "{said:?}");
        screen.touch("响一点").unwrap();
        assert!(matches!(&screen.heard()[..], [None, Some(s)] if s.loud));
        assert!(screen.has("轻一点"));
        screen.touch("知道了").unwrap();
        assert_eq!(screen.heard(), [None]);
    }
}

#[test]
fn a_sentence_is_tried_at_the_desk() {
    let desk = Desk::empty();
    desk.write("speak", "echo \"$*\" >heard; cat >>heard; exit $(cat code 2>/dev/null || echo 0)");
    let settings = |more: &str| {
        desk.settings(&format!(
            "demonstration = \"2026-11-24T09:40\"\n[speech]\nprogram = \"/bin/sh\"\nzh = [\"speak\", \"zh\", \"{{volume}}\"]\nen = [\"speak\", \"en\", \"{{volume}}\"]\n{more}"
        ));
    };
    settings("volume = 80");
    let told = || std::fs::read_to_string(desk.path("heard")).unwrap();
    desk.run(&["say", "12 号，请到窗口取餐"]).says(0, &["十二号，请到窗口取餐"]);
    assert_eq!(told(), "zh 80\n十二号，请到窗口取餐\n");
    desk.run(&["say", "No. 12 is ready at 11:30", "--lang", "en", "--loud"]).says(0, &["said"]);
    assert_eq!(told(), "en 160\nnumber 12 is ready at 11 30\n");
    desk.run(&["say", "……"]).one_sentence(2, &["nothing in this text"]);
    desk.run(&["say", "您好", "--lang", "de"]).says(2, &["zh, en"]);
    desk.write("code", "7");
    let failed = desk.run(&["say", "您好"]).one_sentence(1, &["/bin/sh", "7", "sound card"]);
    assert!(!failed.err.contains("您好"), "what is said stays out of messages");
    desk.run(&["doctor"]).says(3, &["OK     voice", "/bin/sh"]);

    settings("text = \"shout\"");
    desk.run(&["say", "您好"]).says(2, &["shout", "stdin, argument"]);
    settings("volume = 900");
    desk.run(&["say", "您好"]).says(2, &["speech.volume", "0 to 200"]);
    desk.settings("demonstration = \"2026-11-24T09:40\"\n[speech]\nprogram = \"no-such-voice\"\n");
    desk.run(&["say", "您好"]).one_sentence(1, &["no-such-voice", "is not there"]);
    desk.run(&["doctor"]).says(3, &["look   voice", "no-such-voice", "works without it"]);
    desk.settings("demonstration = \"2026-11-24T09:40\"\n[speech]\nprogram = \"\"\n");
    desk.run(&["say", "您好"]).one_sentence(1, &["speech.program"]);
    desk.run(&["doctor"]).says(3, &["OK     voice", "off"]);
}
