//! The staff's page of updates: what is on the stick, its checksum, and the yes to it.

use super::page::Page;
use super::{Action, Controller, Purpose};
use crate::kiosk::protocol::Request;
use crate::kiosk::updates::UpdatesView;

impl Controller {
    /// Touches of the pages of updates; says whether this page took it.
    pub(super) fn touched_updates(&mut self, action: &Action) -> bool {
        match (self.page().clone(), action) {
            (Page::StaffMenu(_) | Page::Updates(_), Action::Updates) => {
                self.ask(Purpose::Updates, Request::Updates);
            }
            (Page::Updates(view), Action::Update(index)) => {
                if *index < view.offered.len() && !view.under_way {
                    self.push(Page::UpdateQuestion(view, *index));
                }
            }
            (Page::UpdateQuestion(view, index), Action::Confirm) => {
                if let Some(offered) = view.offered.get(index) {
                    let (file, checksum) = (offered.file.clone(), offered.checksum.clone());
                    self.ask(Purpose::UpdateStep, Request::InstallUpdate { file, checksum });
                }
            }
            _ => return false,
        }
        true
    }

    pub(super) fn show_updates_page(&mut self, view: Box<UpdatesView>) {
        while matches!(self.page(), Page::Updates(_) | Page::UpdateQuestion(..)) {
            self.pages.pop();
        }
        self.push(Page::Updates(view));
    }
}
