#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! The voice with a made-up speech program: a script that writes down what it is told and goes on
//! until it is cut off.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use super::*;
use crate::config::TextBy;

/// Speaks until it is killed: its arguments, its text, its own number and that of a player it starts.
const ENDLESS: &str = r#"
{ echo "$*"; cat; } >"$0.heard.new"; mv "$0.heard.new" "$0.heard"
sleep 1000 & echo "$$ $!" >>"$0.running"; wait
"#;
/// Says one thing and ends well.
const QUICK: &str = r#"{ echo "$*"; cat; } >>"$0.heard""#;
/// Ends badly without reading.
const BROKEN: &str = "exit 3";

struct Stage {
    folder: tempfile::TempDir,
    voice: Voice,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// The shell is the program and the script its argument, so that no file is written and run at once.
fn settings(script: &Path) -> Speech {
    let arguments = |lang: &str| {
        vec![script.display().to_string(), lang.to_owned(), "vol={volume}; rm -rf $HOME".to_owned()]
    };
    Speech {
        program: "/bin/sh".into(),
        zh: arguments("zh"),
        en: arguments("en"),
        ..Speech::default()
    }
}

impl Stage {
    fn new(script: &str, limits: Limits, change: impl FnOnce(&mut Speech)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("speak");
        std::fs::write(&file, script).unwrap();
        let mut settings = settings(&file);
        change(&mut settings);
        let stopping = Arc::new(AtomicBool::new(false));
        let (voice, work) = Voice::within(settings, stopping.clone(), limits);
        let thread = work.map(std::thread::spawn);
        Self { folder, voice, stopping, thread }
    }

    fn read(&self, what: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(format!("speak.{what}")))
            .unwrap_or_default()
    }

    fn hears(&self, words: &str) {
        until(|| self.read("heard").contains(words), words);
    }

    /// The processes the script told of, one line each time it was started.
    fn processes(&self, lines: usize) -> Vec<u32> {
        until(|| self.read("running").lines().count() == lines, "processes");
        self.read("running").split_whitespace().map(|n| n.parse().unwrap()).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the voice broke down");
        }
    }
}

#[track_caller]
fn until(mut true_now: impl FnMut() -> bool, what: &str) {
    let began = Instant::now();
    while !true_now() {
        assert!(began.elapsed() < Duration::from_secs(20), "never: {what}");
        std::thread::park_timeout(Duration::from_millis(2));
    }
}

/// Whether a process is there, a dead one nobody waited for included.
fn is_there(process: u32) -> bool {
    // The player belongs to whoever inherits it; only its zombie may be left for a moment.
    std::fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| {
        !stat.contains(") Z ") || stat.contains(&format!(" {} ", std::process::id()))
    })
}

fn page(text: &str) -> Utterance {
    Utterance { lang: Lang::Zh, text: text.into(), loud: false, kind: Kind::Page }
}

fn called(text: &str) -> Utterance {
    Utterance { loud: true, kind: Kind::Call, ..page(text) }
}

#[test]
fn a_page_is_told_to_the_program_and_cut_off_with_all_it_started() {
    let stage = Stage::new(ENDLESS, Limits::default(), |_| {});
    assert_eq!(stage.voice.state(), VoiceState::Ready);
    stage.voice.say(page("您好，\n今天吃什么？"));
    stage.hears("您好， 今天吃什么？");
    assert!(
        stage.read("heard").starts_with("zh vol=100; rm -rf $HOME\n"),
        "no shell reads arguments"
    );
    let processes = stage.processes(1);
    assert_eq!(processes.len(), 2);
    stage.voice.hush();
    until(|| !processes.iter().any(|p| is_there(*p)), "program and player are gone");
    assert_eq!(stage.voice.failures(), 0, "who is cut off has not failed");
}

#[test]
fn a_newer_page_takes_the_place_of_the_older_one() {
    let stage = Stage::new(ENDLESS, Limits::default(), |_| {});
    stage.voice.say(page("第一页"));
    stage.hears("第一页");
    let first = stage.processes(1);
    for text in ["第二页", "第三页", "第四页"] {
        stage.voice.say(page(text));
    }
    stage.hears("第四页");
    until(|| !first.iter().any(|p| is_there(*p)), "the first one is gone");
}

#[test]
fn a_touch_does_not_cut_off_a_call_and_a_page_waits_for_it() {
    let stage = Stage::new(
        "cat >>\"$0.heard\"; until [ -e \"$0.go\" ]; do sleep 0.01; done",
        Limits::default(),
        |_| {},
    );
    stage.voice.say(called("十二号"));
    stage.hears("十二号");
    stage.voice.hush();
    stage.voice.say(page("这一页"));
    stage.voice.say(called("十三号"));
    std::fs::write(stage.folder.path().join("speak.go"), "").unwrap();
    stage.hears("这一页");
    assert_eq!(stage.read("heard"), "十二号\n十三号\n这一页\n");
}

#[test]
fn a_call_lets_a_page_go_on_only_for_a_while() {
    let limits = Limits { call_waits: Duration::ZERO, ..Limits::default() };
    let stage = Stage::new(ENDLESS, limits, |_| {});
    stage.voice.say(page("很长的一页"));
    stage.hears("很长的一页");
    stage.voice.say(called("十二号"));
    stage.hears("十二号");
    assert!(stage.read("heard").starts_with("zh vol=160"), "calls are louder");
}

#[test]
fn only_the_newest_calls_wait() {
    let stage = Stage::new(
        "cat >>\"$0.heard\"; until [ -e \"$0.go\" ]; do sleep 0.01; done",
        Limits::default(),
        |_| {},
    );
    stage.voice.say(called("0"));
    stage.hears("0");
    for n in 1..=9 {
        stage.voice.say(called(&n.to_string()));
    }
    std::fs::write(stage.folder.path().join("speak.go"), "").unwrap();
    stage.hears("9");
    assert_eq!(stage.read("heard").lines().collect::<Vec<_>>(), ["0", "6", "7", "8", "9"]);
}

#[test]
fn a_program_may_take_the_text_as_its_last_argument() {
    let stage = Stage::new("echo \"$3\" >\"$0.heard\"", Limits::default(), |settings| {
        settings.text = TextBy::Argument;
    });
    stage.voice.say(Utterance { lang: Lang::En, ..page("--help; `id` $(id) 'and' \"more\"") });
    stage.hears("help; `id` $(id) 'and' \"more\"\n");
}

#[test]
fn a_program_that_is_missing_is_a_state_and_not_the_end() {
    let stage = Stage::new(QUICK, Limits::default(), |settings| {
        settings.program = "/nowhere/espeak-ng".into();
    });
    assert!(matches!(stage.voice.state(), VoiceState::Trouble(why) if why.contains("not there")));
    stage.voice.say(page("您好"));
    until(|| stage.voice.failures() == 1, "the failure is counted");
    stage.voice.say(page("您好"));
    until(|| stage.voice.failures() == 2, "and it is tried again");
}

#[test]
fn a_program_that_fails_is_told_and_works_again_later() {
    let stage = Stage::new(BROKEN, Limits::default(), |_| {});
    stage.voice.say(page("您好"));
    until(|| stage.voice.failures() == 1, "the failure is counted");
    assert!(
        matches!(stage.voice.state(), VoiceState::Trouble(why) if why.contains('3') && !why.contains("您好"))
    );
    std::fs::write(stage.folder.path().join("speak"), QUICK).unwrap();
    stage.voice.say(page("再见"));
    stage.hears("再见");
    until(|| stage.voice.state() == VoiceState::Ready, "it is well again");
}

#[test]
fn a_program_that_never_ends_is_ended() {
    let limits = Limits { longest: Duration::from_millis(50), ..Limits::default() };
    let stage = Stage::new("sleep 1000 & wait", limits, |_| {});
    stage.voice.say(called("十二号"));
    until(|| stage.voice.failures() == 1, "it is a failure");
    assert!(matches!(stage.voice.state(), VoiceState::Trouble(why) if why.contains("did not end")));
}

#[test]
fn a_house_without_a_voice_has_no_thread_and_says_nothing() {
    let stage = Stage::new(QUICK, Limits::default(), |settings| settings.program = String::new());
    assert!(stage.thread.is_none());
    stage.voice.say(page("您好"));
    stage.voice.hush();
    assert_eq!(stage.voice.state(), VoiceState::Off);
}

#[test]
fn stopping_ends_what_is_being_said() {
    let stage = Stage::new(ENDLESS, Limits::default(), |_| {});
    stage.voice.say(called("十二号"));
    stage.hears("十二号");
    let processes = stage.processes(1);
    drop(stage);
    until(|| !processes.iter().any(|p| is_there(*p)), "nothing speaks on");
}
