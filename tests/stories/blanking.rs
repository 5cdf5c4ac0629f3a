//! A screen before which nobody has been for long: black, its light off, and awake at a touch.

use clubhouse_kiosk::backlight::Backlight;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Input};
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::words::Lang;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::kiosk::Bare;
use crate::support::screens::{Played, on_its_own_thread};

/// A screen that goes dark after ten minutes; nothing stands at the window.
fn blanking(set_up: impl FnOnce(&mut Sample)) -> Bare {
    let mut kiosk = Bare::new(|sample| {
        sample.today.called.clear();
        set_up(sample);
    });
    kiosk.controller.set_blanking(600);
    kiosk
}

fn pass(kiosk: &mut Bare, seconds: u32) {
    for _ in 0..seconds {
        kiosk.put(Input::Tick { seconds: 1 });
    }
}

fn dark(kiosk: &Bare) -> bool {
    matches!(kiosk.screen(), Screen::Dark(_))
}

#[test]
fn after_ten_quiet_minutes_it_is_black_and_a_touch_only_wakes_it() {
    let mut kiosk = blanking(|_| {});
    pass(&mut kiosk, 599);
    assert!(!dark(&kiosk) && kiosk.lights.is_empty());
    pass(&mut kiosk, 1);
    assert!(dark(&kiosk));
    assert_eq!(kiosk.lights, [false]);
    let asked = kiosk.asked.len();
    // Whatever lay under the finger.
    kiosk.touch(Action::Way(Fulfilment::EatIn));
    assert_eq!(kiosk.lights, [false, true]);
    assert_eq!(kiosk.page(), &Page::Home);
    kiosk.home();
    assert!(kiosk.placed().is_empty() && kiosk.asked.len() == asked + 1, "the day is looked at");
    kiosk.touch(Action::Way(Fulfilment::EatIn));
    assert_eq!(kiosk.page(), &Page::Options);
}

#[test]
fn a_card_wakes_it_and_does_what_it_does() {
    let mut kiosk = blanking(|_| {});
    pass(&mut kiosk, 600);
    kiosk.read_card();
    assert_eq!(kiosk.lights, [false, true]);
    assert!(!kiosk.home().greeting.is_empty());
}

#[test]
fn while_the_sensor_sees_somebody_it_stays_on_and_counts_from_when_they_left() {
    let mut kiosk = blanking(|_| {});
    pass(&mut kiosk, 500);
    kiosk.put(Input::Presence);
    pass(&mut kiosk, 3600);
    assert!(!dark(&kiosk));
    kiosk.put(Input::Absence);
    pass(&mut kiosk, 599);
    assert!(!dark(&kiosk));
    pass(&mut kiosk, 1);
    assert!(dark(&kiosk));
    kiosk.put(Input::Presence);
    kiosk.home();
    assert_eq!(kiosk.lights, [false, true]);
}

#[test]
fn photographs_come_before_the_dark_and_the_first_screen_after_it() {
    let mut kiosk = blanking(Sample::hang_slides);
    pass(&mut kiosk, 121);
    assert!(matches!(kiosk.screen(), Screen::Slides(_)));
    pass(&mut kiosk, 479);
    assert!(dark(&kiosk));
    let slides = |kiosk: &Bare| {
        use clubhouse_kiosk::kiosk::protocol::Request;
        kiosk.asked.iter().filter(|asked| matches!(asked, Request::Slide { .. })).count()
    };
    let before = slides(&kiosk);
    pass(&mut kiosk, 8 * 3600);
    assert!(dark(&kiosk), "all night");
    assert_eq!((slides(&kiosk), kiosk.heard.len()), (before, 0), "in quiet");
    kiosk.touch(Action::Wake);
    kiosk.home();
}

#[test]
fn nobody_is_left_in_the_dark() {
    let mut kiosk = blanking(|_| {});
    kiosk.touch(Action::Help);
    pass(&mut kiosk, 79);
    assert!(!dark(&kiosk), "help is open");
    // Asked, not answered, and then alone.
    pass(&mut kiosk, 521);
    assert!(dark(&kiosk));
    kiosk.touch(Action::Wake);
    assert!(kiosk.controller.view().help.is_none());

    // Without a sensor, who waits for a number can't be seen.
    let mut kiosk = blanking(|sample| sample.today.called = vec![12]);
    pass(&mut kiosk, 3600);
    assert!(!dark(&kiosk));
    kiosk.put(Input::Absence);
    pass(&mut kiosk, 600);
    assert!(dark(&kiosk), "the sensor sees that nobody waits");
    // A number that is called is shown.
    kiosk.sample.today.called = vec![12, 13];
    kiosk.put(Input::AtWindow(vec![12, 13]));
    kiosk.home();
    assert!(kiosk.lights.last() == Some(&true) && !kiosk.heard.is_empty());
}

#[test]
fn paper_only_goes_dark_too_and_zero_means_never() {
    use clubhouse_kiosk::paper_only::PaperOnly;
    let mut kiosk = blanking(|sample| sample.paper_only = Some(PaperOnly::Disk));
    assert!(matches!(kiosk.screen(), Screen::PaperOnly(_)));
    pass(&mut kiosk, 600);
    assert!(dark(&kiosk));
    kiosk.touch(Action::Wake);
    assert!(matches!(kiosk.screen(), Screen::PaperOnly(_)));

    let mut kiosk = blanking(|_| {});
    kiosk.controller.set_blanking(0);
    pass(&mut kiosk, 24 * 3600);
    assert!(!dark(&kiosk) && kiosk.lights.is_empty());
}

#[test]
fn the_black_picture_is_black_to_its_corners_and_one_touch_away() {
    on_its_own_thread(|| {
        for panel in Panel::ALL {
            let mut kiosk = Played::open(panel, Lang::Zh);
            kiosk.sample.today.called.clear();
            kiosk.screen.input(Input::Changed);
            kiosk.answer();
            kiosk.screen.tick(600);
            kiosk.answer();
            assert_eq!(kiosk.screen.labels(), ["碰一下点餐"]);
            let picture = kiosk.screen.snapshot_rgb().expect("a picture");
            assert!(picture.as_slice().iter().all(|dot| (dot.r, dot.g, dot.b) == (0, 0, 0)));
            let began = Instant::now();
            kiosk.touch("碰一下点餐");
            let picture = kiosk.screen.snapshot_rgb().expect("a picture");
            println!("{panel}: awake and drawn after {:?}", began.elapsed());
            assert!(kiosk.screen.has("堂食"));
            assert!(picture.as_slice().iter().any(|dot| dot.r > 200));
        }
    });
}

/// Waits until a switch says this, for at most ten seconds.
fn wait_for(switch: &Path, what: &str) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while std::fs::read_to_string(switch).unwrap() != what {
        assert!(Instant::now() < deadline, "{} never said {what}", switch.display());
        std::thread::yield_now();
    }
}

#[test]
fn the_light_of_every_backlight_follows_and_is_on_at_both_ends() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["10-0045", "rpi_backlight"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        // As a run left it that was cut off in the dark.
        std::fs::write(folder.path().join(name).join("bl_power"), "4").unwrap();
    }
    std::fs::create_dir(folder.path().join("no-switch")).unwrap();
    let switches = ["10-0045", "rpi_backlight"].map(|n| folder.path().join(n).join("bl_power"));
    let stopping = Arc::new(AtomicBool::new(false));
    let (light, work) = Backlight::new(folder.path(), stopping.clone());
    let thread = std::thread::spawn(work);
    let all = |what| switches.iter().for_each(|switch| wait_for(switch, what));
    all("0");
    light.switch(false);
    all("4");
    light.switch(true);
    all("0");
    light.switch(false);
    all("4");
    stopping.store(true, Ordering::Relaxed);
    thread.join().unwrap();
    all("0");
    // The page of a failed start needs it as well.
    std::fs::write(&switches[0], "4").unwrap();
    clubhouse_kiosk::backlight::switch_on(folder.path());
    all("0");
    assert!(!folder.path().join("no-switch/bl_power").exists());
}

#[test]
fn settings_that_would_go_dark_too_early_are_refused() {
    let told = |text: &str| Settings::parse(text).unwrap_err();
    assert!(told("[screen]\nblank_after_s = 10\n").contains("allowed are 30 to 86400"));
    let early = told("[screen]\nblank_after_s = 100\n");
    assert!(early.contains("must be more than idle.after_s (120)"), "{early}");
    assert_eq!(Settings::parse("[screen]\nblank_after_s = 0\n").unwrap().screen.blank_after_s, 0);
}
