//! A device at the reader's plug that types like a keyboard, and somebody who tries PINs.

use clubhouse_kiosk::domain::Refusal;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;

use crate::support::screens::{Played, on_its_own_thread};
use crate::support::{Clubhouse, tuesday};

#[test]
fn a_device_that_types_without_end_is_not_listened_to_and_the_next_card_is() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::new(1280, 800, 217.0, 136.0), Lang::Zh);
        let identified = |kiosk: &Played| {
            kiosk.asked.iter().filter(|request| matches!(request, Request::Identify(_))).count()
        };
        let endless = format!("C1.{}", "x".repeat(20_000));
        kiosk.read(&endless);
        assert_eq!(identified(&kiosk), 0);
        // Neither its beginning nor its end is taken for a card.
        kiosk.read(&format!("{}C1.abc.9", "x".repeat(300)));
        assert_eq!(identified(&kiosk), 0);
        kiosk.read("C1.abc.9");
        assert_eq!(identified(&kiosk), 1);
    });
}

#[test]
fn who_knows_one_pin_gets_no_more_tries_at_another() {
    let c = Clubhouse::new();
    let (alarm, _calls) = Alarm::new();
    let mut clerk = Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm);
    let volunteer = c.registry.volunteers().unwrap().remove(0);
    c.dispatch.put_on_duty(tuesday(), &[volunteer.badge]).unwrap();
    let own = Request::SignIn { badge: volunteer.badge, pin: volunteer.pin.clone() };
    for guess in ["0000", "0001", "0002", "0003"] {
        clerk.answer(Request::StaffSignIn { pin: guess.into() });
        let signed = clerk.answer(own.clone());
        assert!(!matches!(&signed, Reply::Refused(_)), "{signed:?}");
    }
    clerk.answer(Request::StaffSignIn { pin: "0004".into() });
    let right = clerk.answer(Request::StaffSignIn { pin: c.house.settings.staff.pin.clone() });
    let Reply::Refused(refusal) = right else { panic!("{right:?}") };
    assert!(matches!(refusal, Refusal::LockedOut { .. }), "{refusal:?}");
}
