//! A start that failed: said on a page of its own, in plain words, with a way back behind the PIN.

use clubhouse_kiosk::fonts::{Fonts, Letters};
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::gallery::failure_scenes;
use clubhouse_kiosk::kiosk::headless::HeadlessFailure;
use clubhouse_kiosk::kiosk::start_failure::{Input, Mind, News};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::start_trouble::{Both, Cause, RestoreOffer, StartTrouble};
use std::sync::Arc;

use crate::support::desk::Desk;
use crate::support::layout::faults;
use crate::support::screens::{fonts, on_its_own_thread};

fn offered() -> StartTrouble {
    let offer = RestoreOffer {
        words: Both::new("恢复到昨天的备份？", "Go back to yesterday's copy?"),
        pin: "8642".to_owned(),
        restore: Arc::new(|| Ok(())),
    };
    StartTrouble::new(Cause::Damaged, "the database x is damaged").with_offer(Some(offer))
}

fn type_in(mind: &mut Mind, digits: &[u8]) {
    for digit in digits {
        assert!(!mind.handle(Input::Digit(*digit)));
    }
    assert!(!mind.handle(Input::Enter));
}

#[test]
fn every_kind_of_trouble_fits_every_panel_in_both_languages() {
    on_its_own_thread(|| {
        let fonts = fonts();
        let mut found = Vec::new();
        for panel in Panel::ALL {
            for lang in Lang::ALL {
                for scene in failure_scenes() {
                    let page = scene.open(&fonts, panel, lang).expect("a headless window");
                    assert_eq!(page.view().lang, lang);
                    for fault in faults(&page.layout(), panel) {
                        found.push(format!("{} {} {panel}: {fault}", scene.name(), lang.code()));
                    }
                }
            }
        }
        assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    });
}

#[test]
fn each_says_what_happened_what_is_safe_and_what_to_do() {
    let mut said = std::collections::BTreeSet::new();
    for cause in Cause::ALL {
        let trouble = StartTrouble::new(cause, "why");
        for both in [&trouble.title, &trouble.what, &trouble.safe, &trouble.todo] {
            assert!(both.zh.chars().any(|c| ('一'..='龥').contains(&c)), "{cause:?}: {both:?}");
            assert!(both.en.is_ascii() && both.en.len() > 10, "{cause:?}: {both:?}");
        }
        assert!(said.insert(trouble.what.en.clone()), "{cause:?} says nothing of its own");
        let text = trouble.to_string();
        assert!(text.contains("请到窗口点餐") && text.contains("Please order at the window"));
    }
}

#[test]
fn the_copy_is_restored_only_behind_the_pin_and_a_yes() {
    let mut mind = Mind::new(offered(), true);
    mind.handle(Input::Enter);
    assert!(mind.view().keypad.is_none() && mind.view().way == "恢复备份");
    assert!(!mind.handle(Input::Offer));
    type_in(&mut mind, &[2, 4, 6, 8]);
    let (text, typed, _) = mind.view().keypad.expect("the keypad stays");
    assert!(text.contains("不对") && typed.is_empty(), "{text}");
    // Whoever guesses has to wait.
    for _ in 0..4 {
        type_in(&mut mind, &[1, 1, 1, 1]);
    }
    type_in(&mut mind, &[8, 6, 4, 2]);
    let (text, typed, _) = mind.view().keypad.expect("the keypad rests");
    assert!(text.contains("60 秒") && typed.is_empty(), "{text}");
    for _ in 0..59 {
        mind.handle(Input::Tick);
        mind.handle(Input::Digit(8));
    }
    assert!(mind.view().keypad.expect("still").1.is_empty());
    mind.handle(Input::Tick);
    type_in(&mut mind, &[8, 6, 4, 2]);
    let view = mind.view();
    assert!(
        view.keypad.is_none() && view.rows == [[String::new(), "恢复到昨天的备份？".to_owned()]]
    );
    assert!(!mind.is_mending());
    // The yes, once.
    assert!(mind.handle(Input::Offer));
    assert!(!mind.handle(Input::Offer) && !mind.handle(Input::Back));
    assert!(mind.view().busy && mind.is_mending());
    mind.handle(Input::Restored(Err("the stick is gone".to_owned())));
    let view = mind.view();
    assert!(view.rows[1][1] == "the stick is gone" && !view.busy && view.back, "{view:?}");
    mind.handle(Input::Offer);
    assert!(mind.view().keypad.is_some(), "tried again, behind the PIN");
}

#[test]
fn who_leaves_in_the_middle_leaves_the_page_and_no_digit() {
    let mut mind = Mind::new(offered(), true);
    mind.handle(Input::Offer);
    mind.handle(Input::Digit(8));
    for _ in 0..60 {
        mind.handle(Input::Tick);
    }
    assert!(mind.view().keypad.is_none());
    mind.handle(Input::Offer);
    assert_eq!(mind.view().keypad.expect("begun anew").1, "");
    // The offer goes with its trouble.
    mind.tell(StartTrouble::new(Cause::Busy, "busy"));
    assert!(mind.view().keypad.is_none() && mind.view().way.is_empty());
    assert!(!mind.handle(Input::Offer));
}

#[test]
fn the_page_is_touched_and_follows_the_news() {
    on_its_own_thread(|| {
        let letters = Letters::Ours(fonts());
        let page = HeadlessFailure::open(Panel::TEN_INCH, &letters, Lang::Zh, offered()).unwrap();
        assert_eq!(page.labels(), ["English", "恢复备份"]);
        page.touch("English").unwrap();
        assert_eq!(page.labels(), ["中文", "Restore copy"]);
        page.touch("Restore copy").unwrap();
        for label in ["8", "6", "4", "2", "OK"] {
            page.touch(label).unwrap();
        }
        assert_eq!(page.restores(), 0, "not before the yes");
        page.touch("Restore").unwrap();
        assert_eq!(page.restores(), 1);
        // What starts meanwhile does not take the page away from who waits for the end.
        assert!(!page.hear(News::Works));
        page.hear(News::Restored(Ok(())));
        assert_eq!(page.view().title, "Restored");

        let trouble = StartTrouble::new(Cause::DiskFull, "the disk is full");
        let page = HeadlessFailure::open(Panel::TEN_INCH, &letters, Lang::Zh, trouble).unwrap();
        assert!(page.view().rows[0][1].contains("满"));
        page.hear(News::Fails(Box::new(StartTrouble::new(Cause::Fonts, "no font"))));
        assert!(page.view().rows[0][1].contains("字体"));
        page.tick(3);
        assert!(page.hear(News::Works), "nothing keeps it any more");
    });
}

#[test]
fn without_chinese_letters_the_page_is_english() {
    on_its_own_thread(|| {
        let trouble = StartTrouble::new(Cause::Fonts, "no font with full Chinese coverage");
        let panel = Panel::SEVEN_INCH_PORTRAIT;
        let page = HeadlessFailure::open(panel, &Letters::Latin, Lang::En, trouble).unwrap();
        let shown = format!("{:?}", page.view());
        assert!(shown.is_ascii(), "{shown}");
        assert!(page.labels().is_empty(), "no other language to choose: {:?}", page.labels());
    });
}

#[test]
fn causes_are_told_apart_by_what_failed() {
    use clubhouse_kiosk::store::StoreError;
    let folder = tempfile::tempdir().unwrap();
    let font = Fonts::load(Some(folder.path())).unwrap_err();
    assert_eq!(Cause::of(&anyhow::Error::from(font)), Cause::Fonts);
    assert_eq!(Cause::of_store(&StoreError::DiskFull), Cause::DiskFull);
    assert_eq!(Cause::of_store(&StoreError::ReadOnly), Cause::Disk);
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    assert_eq!(Cause::of_io(&full), Cause::DiskFull);
    let wrapped = anyhow::Error::from(clubhouse_kiosk::error::Error::Store(StoreError::Busy));
    assert_eq!(Cause::of(&wrapped.context("the papers of the last run")), Cause::Busy);
}

/// What the page offers is done by the same code as at the desk.
#[test]
fn a_damaged_database_goes_back_to_its_newest_good_copy() {
    use clubhouse_kiosk::clock::Clock;
    use clubhouse_kiosk::config::Settings;
    use clubhouse_kiosk::house::House;
    use clubhouse_kiosk::store::Store;
    use clubhouse_kiosk::{backup, start_trouble};

    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { data: folder.path().join("data"), ..Settings::default() };
    std::fs::create_dir(&settings.data).unwrap();
    let database = settings.data.join("lunch.sqlite");
    assert!(start_trouble::offer(&settings, "lunch.sqlite").is_none(), "there is no copy yet");
    let store = Store::open(&database).unwrap();
    let house = House { store, clock: Clock::system(), settings: Arc::new(settings.clone()) };
    backup::back_up(&house).unwrap();
    drop(house);
    let damage = "not a database any more".repeat(4000);
    std::fs::write(&database, &damage).unwrap();
    let error = Store::open(&database).map(drop).unwrap_err();
    assert_eq!(Cause::of_store(&error), Cause::Damaged);

    let offer = start_trouble::offer(&settings, "lunch.sqlite").expect("the copy is sound");
    assert!(offer.words.zh.contains("的备份？") && offer.pin == settings.staff.pin);
    assert!(!format!("{offer:?}").contains(&offer.pin));
    (offer.restore)().unwrap();
    Store::open(&database).map(drop).expect("the copy is in its place");
    let kept = std::fs::read_dir(&settings.data).unwrap().flatten().any(|entry| {
        let name = entry.file_name().into_string().unwrap();
        name.starts_with("lunch-replaced-")
            && std::fs::read_to_string(entry.path()).is_ok_and(|text| text == damage)
    });
    assert!(kept, "the damaged file is kept");
}

/// Asking for the system's fonts breaks down where there is none: that is no reason to be silent.
#[test]
fn a_machine_without_any_font_still_says_what_is_wrong() {
    let desk = Desk::empty();
    desk.settings("demonstration = \"2026-11-24T09:40\"\nfonts = \"/nowhere\"\n");
    std::fs::create_dir(desk.path("none")).unwrap();
    let (none, cache) = (desk.path("none"), desk.path("cache"));
    let known = format!(
        "<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
        none.display(),
        cache.display()
    );
    desk.write("fonts.conf", known);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"));
    command.arg("run").env("FONTCONFIG_FILE", desk.path("fonts.conf"));
    command.env_remove("SLINT_BACKEND");
    let said = desk.start(&mut command);
    said.says(1, &["机器里没有中文字体", "this machine has no font at all", "check fonts.folder"]);
}

/// What the program says of a start that fails, and its exit code as ever.
#[test]
fn a_start_without_a_screen_says_the_same_on_its_error_output() {
    let desk = Desk::empty();
    desk.write("wrong.toml", "[staff]\npin = 739154\n");
    let run = desk.run(&["--config", "wrong.toml", "run", "--headless"]);
    run.says(2, &["请到窗口点餐", "点餐机的设置有一处不对", "A setting of the kiosk is not right"]);

    let database = desk.folder.path().join("var/lunch.sqlite");
    std::fs::create_dir_all(database.parent().unwrap()).unwrap();
    std::fs::write(&database, "no database at all, and long enough to be told apart".repeat(40))
        .unwrap();
    let run = desk.run(&["run", "--headless"]);
    run.says(1, &["存单的文件坏了", "The file is kept as it is", "is damaged"]);
}
