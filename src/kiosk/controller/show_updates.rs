//! The state as a view: updates.

use super::view::{self, Choice, Fact};
use super::{Action, Controller};
use crate::kiosk::updates::UpdatesView;
use crate::kiosk::words;

impl Controller {
    pub(super) fn show_updates(&self, view: &UpdatesView) -> view::List {
        let lang = self.lang;
        let rows = view.offered.iter().enumerate().map(|(index, offered)| {
            Choice::new(offered.version.clone(), Action::Update(index))
                .note(lang.pick("看校验码", "see its checksum"))
        });
        view::List {
            text: words::updates(lang, view),
            rows: if view.under_way { Vec::new() } else { rows.collect() },
            next: vec![Choice::new(lang.pick("再看一次", "Look again"), Action::Updates)],
        }
    }

    pub(super) fn show_update_question(&self, view: &UpdatesView, index: usize) -> view::Facts {
        let lang = self.lang;
        let Some(offered) = view.offered.get(index) else { return view::Facts::default() };
        let fact = |zh: &str, en: &str, value| Fact { name: lang.pick(zh, en).to_owned(), value };
        view::Facts {
            headline: offered.version.clone(),
            rows: vec![fact("现在是", "Now", view.installed.clone())],
            text: words::checksum(lang, &offered.checksum),
            ways: vec![
                Choice::new(lang.pick("取消", "Cancel"), Action::Back),
                Choice::new(lang.pick("一样，安装", "Same: install"), Action::Confirm),
            ],
        }
    }
}
