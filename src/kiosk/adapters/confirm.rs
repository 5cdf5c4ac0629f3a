//! Everything before it counts.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::Action;
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{ConfirmAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<ConfirmAdapter>();
    adapter.on_confirm(touches.always(Action::Confirm));
    adapter.on_pay(touches.chooser(|screen| match screen {
        Screen::Confirm(confirm) => Some(&confirm.payments),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, confirm: &view::Confirm, lists: &Lists) {
    let adapter = window.global::<ConfirmAdapter>();
    adapter.set_total(confirm.total.as_str().into());
    adapter.set_payment(confirm.payment.as_str().into());
    adapter.set_warning(confirm.warning.as_str().into());
    adapter.set_rows(lists.facts(adapter.get_rows(), &confirm.rows));
    adapter.set_payments(lists.choices(adapter.get_payments(), &confirm.payments));
}
