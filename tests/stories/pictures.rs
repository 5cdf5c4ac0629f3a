//! Pictures of dishes and slides: strangers' files, read with bounds, shown to whoever passes by.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Input, VoiceRules};
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::headless::Headless;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::kiosk::{Panel, worker::Worker as Clerk};
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::pictures::{Fit, PictureError, Shelf, Sight, Sizes, load};
use clubhouse_kiosk::printing::Bell;
use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

use crate::support::Clubhouse;
use crate::support::desk::Desk;
use crate::support::kiosk::Bare;

const SIZES: Sizes = Sizes {
    dish: Fit::Fill { width: 40, height: 30, radius: 4 },
    slide: Fit::Inside { width: 100, height: 100 },
};

/// A picture, red on the left and blue on the right.
fn photo(file: &Path, width: u32, height: u32) {
    let colour = |x, _| if x < width / 2 { Rgb([200, 10, 10]) } else { Rgb([10, 10, 200]) };
    RgbImage::from_fn(width, height, colour).save(file).unwrap();
}

/// A folder of data with pictures of dishes and slides.
fn data() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["dishes", "slides"] {
        std::fs::create_dir_all(folder.path().join("pictures").join(name)).unwrap();
    }
    folder
}

fn shelf(data: &TempDir) -> Shelf {
    let shelf = Shelf::new(data.path(), Path::new("pictures/slides"));
    shelf.serve(SIZES, || {});
    shelf
}

#[test]
fn a_dishs_picture_is_read_beside_the_screen_cut_to_shape_and_announced() {
    let data = data();
    photo(&data.path().join("pictures/dishes/红烧大排.jpg"), 800, 200);
    let told = Arc::new(AtomicUsize::new(0));
    let counter = told.clone();
    let shelf = Shelf::new(data.path(), Path::new("pictures/slides"));
    assert_eq!(shelf.dish("红烧大排"), None, "no window, no picture");
    shelf.serve(SIZES, move || {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    assert_eq!(shelf.dish("红烧大排"), None, "asking never waits");
    assert!(shelf.step() && !shelf.step(), "it was wanted once");
    assert_eq!(told.load(Ordering::Relaxed), 1);
    let picture = shelf.dish("红烧大排").expect("it is there");
    assert_eq!((picture.width(), picture.height()), (40, 30));
    assert_eq!(picture.rgba()[3], 0, "round corners");
    let middle = &picture.rgba()[(15 * 40 + 5) * 4..][..4];
    assert!(middle[0] > 150 && middle[2] < 60 && middle[3] == 255, "{middle:?}");
    assert_eq!(shelf.dish("红烧大排"), Some(picture), "the same pixels again");
    assert_eq!(shelf.dish("炒青菜"), None);
    assert!(!shelf.step(), "a dish without a picture is not looked for twice");
}

#[test]
fn a_new_file_takes_the_place_of_the_old_one() {
    let data = data();
    let file = data.path().join("pictures/dishes/炒青菜.png");
    photo(&file, 80, 60);
    let shelf = shelf(&data);
    shelf.dish("炒青菜");
    shelf.step();
    let old = shelf.dish("炒青菜").expect("the old one");
    photo(&file, 160, 120);
    assert_eq!(shelf.dish("炒青菜"), None);
    shelf.step();
    assert_ne!(shelf.dish("炒青菜").expect("the new one"), old);
}

#[test]
fn a_telephone_held_upright_gives_an_upright_picture() {
    let data = data();
    let file = data.path().join("upright.jpg");
    photo(&file, 64, 32);
    // The mark of a telephone that was turned by a quarter: EXIF orientation 6.
    let exif = [
        &b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
            [..],
    ]
    .concat();
    let plain = std::fs::read(&file).unwrap();
    std::fs::write(&file, [&plain[..2], &exif, &plain[2..]].concat()).unwrap();
    let picture = load(&file, Fit::Inside { width: 100, height: 100 }).unwrap();
    assert_eq!((picture.width(), picture.height()), (50, 100));
    assert!(picture.rgba()[0] > 150, "what lay on the left is above");
}

#[test]
fn broken_and_huge_files_are_told_apart_and_never_shown() {
    let data = data();
    let file = |name: &str| data.path().join(name);
    std::fs::write(file("text.jpg"), "Dear neighbours").unwrap();
    photo(&file("whole.png"), 64, 64);
    let whole = std::fs::read(file("whole.png")).unwrap();
    std::fs::write(file("half.png"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(file("empty.webp"), "").unwrap();
    RgbImage::new(8001, 1).save_with_format(file("wide.png"), ImageFormat::Png).unwrap();
    for name in ["text.jpg", "half.png", "empty.webp"] {
        let problem = load(&file(name), SIZES.slide).expect_err(name);
        assert!(matches!(problem, PictureError::Broken(_)), "{name}: {problem}");
    }
    let problem = load(&file("wide.png"), SIZES.slide).expect_err("too wide");
    assert!(problem.to_string().contains("8001 × 1 pixels; at most 8000 × 8000"), "{problem}");

    std::fs::rename(file("half.png"), data.path().join("pictures/dishes/炒青菜.png")).unwrap();
    let shelf = shelf(&data);
    assert_eq!(shelf.dish("炒青菜"), None);
    assert!(shelf.step());
    assert_eq!(shelf.dish("炒青菜"), None, "a bowl is drawn");
    assert!(!shelf.step(), "and the file is not read again until it changes");
}

#[test]
fn random_bytes_after_a_true_beginning_never_panic() {
    use rand::{RngExt, SeedableRng};
    let data = data();
    let mut dice = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(5);
    for (ending, format) in
        [("jpg", ImageFormat::Jpeg), ("png", ImageFormat::Png), ("webp", ImageFormat::WebP)]
    {
        let file = data.path().join(format!("dish.{ending}"));
        RgbImage::from_fn(48, 36, |x, y| Rgb([x as u8 * 5, y as u8 * 7, 90]))
            .save_with_format(&file, format)
            .unwrap();
        let whole = std::fs::read(&file).unwrap();
        assert!(load(&file, SIZES.dish).is_ok(), "{ending}");
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..dice.random_range(1..12) {
                let at = dice.random_range(12..bytes.len());
                bytes[at] = dice.random();
            }
            bytes.truncate(dice.random_range(12..=bytes.len()));
            std::fs::write(&file, &bytes).unwrap();
            if let Ok(picture) = load(&file, SIZES.dish) {
                assert_eq!((picture.width(), picture.height()), (40, 30));
            }
        }
    }
}

#[test]
fn slides_take_turns_with_the_photographers_first_name() {
    let data = data();
    let slides = data.path().join("pictures/slides");
    photo(&slides.join("湖边 - 小陈.jpg"), 400, 100);
    photo(&slides.join("桂花.png"), 100, 400);
    std::fs::write(slides.join("notes.txt"), "no picture").unwrap();
    let shelf = shelf(&data);
    assert_eq!(shelf.slides(), 2);
    assert_eq!(shelf.slide(0), Sight::Coming);
    while shelf.step() {}
    let Sight::Photo { picture, title, by } = shelf.slide(0) else { panic!("a photograph") };
    assert_eq!((title.as_str(), by.as_str()), ("桂花", ""));
    assert_eq!((picture.width(), picture.height()), (25, 100), "the whole of it");
    while shelf.step() {}
    let Sight::Photo { title, by, .. } = shelf.slide(1) else { panic!("the next, read ahead") };
    assert_eq!((title.as_str(), by.as_str()), ("湖边", "小陈"));
    let Sight::Photo { title, .. } = shelf.slide(2) else { panic!("round and round") };
    assert_eq!(title, "桂花");
}

#[test]
fn the_clerk_brings_pictures_and_turns_with_the_day() {
    let c = Clubhouse::new();
    let data = data();
    photo(&data.path().join("pictures/dishes/红烧大排.png"), 80, 60);
    photo(&data.path().join("pictures/slides/湖 - 小陈.png"), 80, 60);
    let shelf = shelf(&data);
    let (alarm, _calls) = Alarm::new();
    let mut clerk = Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm)
        .with_pictures(shelf.clone());
    clerk.answer(Request::Refresh { date: None });
    while shelf.step() {}
    let Reply::Today(today) = clerk.answer(Request::Refresh { date: None }) else { panic!() };
    let there: Vec<bool> = today.pictures.iter().map(Option::is_some).collect();
    assert_eq!(there, [true, false, false]);
    let turns = today.slides.expect("there is a slide");
    assert_eq!((turns.count, turns.after_s, turns.each_s), (1, 120, 12));
    assert_eq!(clerk.answer(Request::Slide { turn: 0 }), Reply::Slide(Sight::Coming));
}

fn slide_of(kiosk: &Bare) -> Option<clubhouse_kiosk::kiosk::controller::view::Slides> {
    match kiosk.controller.view().screen {
        Screen::Slides(slides) => Some(slides),
        _ => None,
    }
}

#[test]
fn after_two_quiet_minutes_the_neighbours_photographs_take_turns() {
    let mut kiosk = Bare::new(Sample::hang_slides);
    kiosk.put(Input::Tick { seconds: 119 });
    assert_eq!(slide_of(&kiosk), None);
    kiosk.put(Input::Tick { seconds: 1 });
    let first = slide_of(&kiosk).expect("the first");
    assert_eq!((first.by.as_str(), first.call.as_str()), ("摄影：小陈", "碰一下点餐"));
    assert_eq!(first.dishes, ["红烧大排", "葱油南瓜", "炒空心菜"]);
    kiosk.put(Input::Tick { seconds: 11 });
    assert_eq!(slide_of(&kiosk), Some(first.clone()));
    kiosk.put(Input::Tick { seconds: 1 });
    let second = slide_of(&kiosk).expect("the second");
    assert_eq!(second.by, "摄影：阿芳");
    assert_ne!(first.other_side, second.other_side, "nothing stays in one place");
    kiosk.put(Input::Tick { seconds: 12 });
    let lunch = slide_of(&kiosk).expect("the lunch alone");
    assert!(lunch.picture.is_none() && lunch.title.is_empty() && lunch.by.is_empty());
    for _ in 0..200 {
        kiosk.put(Input::Tick { seconds: 12 });
        assert!(slide_of(&kiosk).is_some(), "for hours");
    }
}

#[test]
fn the_touch_that_wakes_does_nothing_else_and_a_card_does_what_it_does() {
    let mut kiosk = Bare::new(Sample::hang_slides);
    kiosk.put(Input::Tick { seconds: 120 });
    kiosk.touch(Action::Way(clubhouse_kiosk::domain::Fulfilment::EatIn));
    assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)));
    kiosk.put(Input::Tick { seconds: 119 });
    assert_eq!(slide_of(&kiosk), None, "two minutes again");
    kiosk.put(Input::Tick { seconds: 1 });
    assert!(slide_of(&kiosk).is_some());
    kiosk.put(Input::Scanned("C1.sample.0".into()));
    let Screen::Home(home) = kiosk.controller.view().screen else { panic!("home") };
    assert!(home.greeting.starts_with("王＊"));
}

#[test]
fn somebody_who_comes_near_finds_the_first_screen() {
    let mut kiosk = Bare::new(Sample::hang_slides);
    kiosk.put(Input::Tick { seconds: 100 });
    kiosk.put(Input::Presence);
    kiosk.put(Input::Tick { seconds: 100 });
    assert_eq!(slide_of(&kiosk), None, "they are reading the dishes");
    kiosk.put(Input::Tick { seconds: 20 });
    assert!(slide_of(&kiosk).is_some());
    kiosk.put(Input::Presence);
    assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)));
    kiosk.touch(Action::MyOrder);
    let page = kiosk.page().clone();
    kiosk.put(Input::Presence);
    assert_eq!(kiosk.page(), &page, "whoever uses it is not disturbed");
}

#[test]
fn a_number_that_is_ready_is_shown_at_once_and_nobody_is_read_to() {
    let mut kiosk = Bare::new(Sample::hang_slides);
    kiosk.controller.set_voice(VoiceRules { always: true, ..VoiceRules::default() });
    kiosk.put(Input::AtWindow(vec![12, 15]));
    kiosk.put(Input::Tick { seconds: 120 });
    assert!(slide_of(&kiosk).is_some());
    for _ in 0..30 {
        kiosk.put(Input::Tick { seconds: 4 });
    }
    assert_eq!(kiosk.heard, [], "the room is empty");
    kiosk.put(Input::AtWindow(vec![12, 15, 37]));
    let view = kiosk.controller.view();
    assert!(matches!(view.screen, Screen::Home(_)) && view.toast.contains("37"));
    assert!(kiosk.heard.iter().flatten().any(|said| said.text.starts_with("三十七号")));
}

#[test]
fn without_photographs_the_first_screen_stays() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.put(Input::Tick { seconds: 10_000 });
    assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)));
    let mut kiosk = Bare::new(Sample::hang_slides);
    kiosk.put(Input::Tick { seconds: 120 });
    kiosk.sample.today.slides = None;
    kiosk.put(Input::Tick { seconds: 15 });
    kiosk.put(Input::Tick { seconds: 1 });
    assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)), "the folder was emptied");
}

#[test]
fn files_that_are_no_pictures_do_not_keep_the_lunch_away() {
    let mut kiosk = Bare::new(|s| {
        s.hang_slides();
        s.photos = vec![Sight::Nothing, Sight::Nothing];
    });
    for _ in 0..60 {
        kiosk.put(Input::Tick { seconds: 30 });
        assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)));
    }
    let asked = kiosk.asked.iter().filter(|r| matches!(r, Request::Slide { .. })).count();
    assert!(asked <= 30, "once a minute at most, not {asked} times");
}

/// The headless backend belongs to its thread: every screen story has one of its own.
fn on_its_own_thread(story: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(story)
        .expect("a thread")
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

#[test]
fn a_finger_anywhere_on_a_photograph_wakes_the_screen() {
    on_its_own_thread(|| {
        let fonts = clubhouse_kiosk::fonts::Fonts::load(None).expect("fonts-noto-cjk");
        for panel in Panel::ALL {
            let screen = Headless::open(panel, &fonts, Lang::Zh).expect("a headless window");
            let mut sample = Sample::default();
            sample.hang_slides();
            screen.answer(|request| sample.answer(request));
            screen.tick(120);
            screen.answer(|request| sample.answer(request));
            assert!(matches!(screen.kiosk().view().screen, Screen::Slides(_)));
            assert_eq!(screen.labels(), ["碰一下点餐"]);
            screen.touch("碰一下点餐").expect("it is as large as the panel");
            screen.answer(|request| sample.answer(request));
            assert!(screen.has("堂食"));
            assert!(matches!(screen.kiosk().view().screen, Screen::Home(_)));
        }
    });
}

#[test]
fn the_desk_brings_a_folder_of_pictures() {
    let desk = Desk::new();
    let folder = desk.folder.path().join("photos");
    std::fs::create_dir(&folder).unwrap();
    desk.run(&["import", "pictures", "photos"]).one_sentence(2, &["holds no pictures", "jpg"]);
    photo(&folder.join("红烧大排.jpg"), 80, 60);
    photo(&folder.join("八宝饭.png"), 80, 60);
    std::fs::write(folder.join("葱油南瓜.webp"), "no picture").unwrap();
    desk.run(&["import", "pictures", "photos", "--dry-run"])
        .says(3, &["2 pictures fit", "dry run"]);
    desk.run(&["import", "pictures", "photos"]).says(
        3,
        &[
            "红烧大排.jpg: 80 × 60, shown for 红烧大排\n",
            "八宝饭.png: 80 × 60, shown for 八宝饭, which is on no menu so far",
            "葱油南瓜.webp: skipped, it is damaged",
            "2 pictures taken, 1 skipped",
            "a bowl is drawn for dishes without a picture",
            "炒空心菜",
        ],
    );
    photo(&folder.join("红烧大排.png"), 80, 60);
    std::fs::remove_file(folder.join("红烧大排.jpg")).unwrap();
    std::fs::remove_file(folder.join("葱油南瓜.webp")).unwrap();
    desk.run(&["import", "pictures", "photos"]).says(0, &["2 pictures taken, 0 skipped"]);
}
