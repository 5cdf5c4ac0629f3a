//! The scenes of updates.

use super::sample::Sample;
use super::scenes::{Scene, Step, to_staff, touches};
use crate::kiosk::controller::Action;
use crate::kiosk::updates::{Offered, UpdatesView};
use crate::update::{Outcome, Report};

/// Two packages on the stick.
fn on_the_stick(sample: &mut Sample) {
    let offered = |version: &str, begins: &str| Offered {
        file: format!("/media/clubhouse/clubhouse-kiosk_{version}_arm64.deb").into(),
        version: version.to_owned(),
        checksum: format!(
            "{begins} b0c4 4298 fc1c 149a fbf4 c899 6fb9 2427 ae41 e464 9b93 4ca4 9599 1b78 52b8"
        ),
    };
    sample.updates = Some(UpdatesView {
        installed: "0.1.0-1".into(),
        offered: vec![offered("0.3.0-1", "e3b0"), offered("0.2.0-1", "9f86")],
        ..UpdatesView::default()
    });
}

fn put_back(sample: &mut Sample) {
    let last = Report {
        outcome: Outcome::PutBack,
        from: "0.1.0-1".into(),
        to: "0.2.0-1".into(),
        at: "2026-11-24 13:05".into(),
        why: String::new(),
    };
    sample.updates = Some(UpdatesView {
        installed: "0.1.0-1".into(),
        last: Some(last),
        ..UpdatesView::default()
    });
}

fn to_updates() -> Vec<Step> {
    [to_staff(), touches([Action::Updates])].concat()
}

pub(super) const KEYS: Scene =
    Scene { name: "staff-keys-update", set_up: on_the_stick, steps: |_| to_staff() };

pub(super) const UPDATES: Scene =
    Scene { name: "updates", set_up: on_the_stick, steps: |_| to_updates() };

pub(super) const QUESTION: Scene = Scene {
    name: "updates-question",
    set_up: on_the_stick,
    steps: |_| [to_updates(), touches([Action::Update(0)])].concat(),
};

pub(super) const UNDER_WAY: Scene = Scene {
    name: "updates-under-way",
    set_up: on_the_stick,
    steps: |_| [to_updates(), touches([Action::Update(0), Action::Confirm])].concat(),
};

pub(super) const PUT_BACK: Scene =
    Scene { name: "updates-put-back", set_up: put_back, steps: |_| to_updates() };
