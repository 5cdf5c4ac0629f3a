//! A device at the reader's plug that types like a keyboard.

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::protocol::Request;
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::screens::{Played, on_its_own_thread};

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
