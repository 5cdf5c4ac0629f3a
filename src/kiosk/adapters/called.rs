//! Numbers at the window.

use slint::ComponentHandle;

use super::Lists;
use crate::kiosk::controller::view;
use crate::kiosk::generated::{CalledAdapter, KioskWindow};

pub(super) fn show(window: &KioskWindow, called: &view::Called, lists: &Lists) {
    let adapter = window.global::<CalledAdapter>();
    adapter.set_numbers(lists.texts(adapter.get_numbers(), &called.numbers));
    adapter.set_calling(called.calling.as_str().into());
}
