//! The screens by accessible label, headless: a finger, a reader, both languages.

use clubhouse_kiosk::counter::{Credential, NewOrder};
use clubhouse_kiosk::domain::{Category, Fulfilment, Outcome, Payment, Portions, Preferences};
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::headless::TouchError;
use clubhouse_kiosk::kiosk::protocol::Request;
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::kiosk::handed_in;
use crate::support::screens::{Played, on_its_own_thread};

#[test]
fn three_touches_on_the_screen_place_exactly_this_order() {
    on_its_own_thread(|| {
        for panel in Panel::ALL {
            let mut kiosk = Played::open(panel, Lang::Zh);
            kiosk.touches(&["堂食", "下一步", "确认下单"]);
            let placed: Vec<_> =
                kiosk.asked.iter().filter(|r| matches!(r, Request::Place(_))).collect();
            assert_eq!(
                placed,
                [&Request::Place(NewOrder {
                    date: kiosk.sample.today.date,
                    fulfilment: Fulfilment::EatIn,
                    portions: Portions::ONE,
                    preferences: Preferences::default(),
                    category: Category::Senior,
                    resident: None,
                    door: None,
                    payment: Payment::Later,
                })]
            );
            assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Done(_)));
            kiosk.touch("好了，回首页");
            assert!(kiosk.screen.has("堂食"));
        }
    });
}

#[test]
fn a_delivery_is_ordered_by_door_digits_and_pages() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::SEVEN_INCH_PORTRAIT, Lang::Zh);
        kiosk.touches(&["外送到家", "26号楼", "6楼", "602室", "1", "3", "5", "7", "确定"]);
        kiosk.touches(&["加", "少饭", "换菜", "下一步", "付现金", "确认下单"]);
        let order = kiosk
            .asked
            .iter()
            .find_map(|r| if let Request::Place(order) = r { Some(order) } else { None })
            .expect("placed");
        assert_eq!(order.fulfilment, Fulfilment::Delivery);
        assert_eq!(order.portions.get(), 2);
        assert!(order.preferences.less_rice && order.preferences.substitute);
        assert_eq!(order.payment, Payment::Later);
        assert_eq!(order.resident, Some(kiosk.sample.known.resident.id));
    });
}

#[test]
fn a_reader_types_like_a_keyboard_on_any_page() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touch("外送到家");
        kiosk.read("C1.abcDEF.7");
        assert!(kiosk.asked.contains(&Request::Identify(Credential::Card("C1.abcDEF.7".into()))));
        kiosk.touches(&["下一步", "确认下单", "好了，回首页"]);
        kiosk.read("O1.ABCDEF");
        kiosk.touches(&["取消订单", "是，取消", "回首页"]);
        assert!(kiosk.screen.has("堂食"));
    });
}

#[test]
fn a_volunteer_and_the_staff_find_their_keys() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touches(&["值班", "志愿者", "1", "7", "确定", "2", "4", "6", "8", "确定"]);
        kiosk.touches(&["拿单出发", "交回", "48 号", "无人应门", "记下", "写好了", "全部交回"]);
        let failed = handed_in(&kiosk.asked).expect("handed in");
        assert_eq!(failed[7].outcome, Outcome::NoAnswer);
        kiosk.touches(&["回首页", "值班", "工作人员", "1", "2", "3", "4", "确定"]);
        kiosk.touches(&["今天的号", "15 号", "收到现金", "12 号", "已取走"]);
        assert!(kiosk.asked.contains(&Request::PaidCash { number: 15 }));
        assert!(kiosk.asked.contains(&Request::Advance { number: 12 }));
    });
}

#[test]
fn a_key_that_is_not_there_is_told_with_those_that_are() {
    on_its_own_thread(|| {
        let kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        let error = kiosk.screen.touch("确认下单").expect_err("home has no such key");
        let TouchError::NotThere { there, .. } = error else { panic!("{error}") };
        assert!(there.contains(&"外送到家".to_owned()));
    });
}
