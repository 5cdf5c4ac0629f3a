//! What every page has: a language, who looks at it, and the way around.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Html;
use std::convert::Infallible;

use super::error::WebError;
use super::guard::{Signed, cookie};
use super::routes;
use super::state::Web;
use crate::domain::{Fulfilment, OrderState, Preferences, Role};
use crate::kiosk::words::{self, Lang};

/// The cookie of the language.
pub const LANGUAGE: &str = "lang";

/// What every page has.
#[derive(Debug, Clone)]
pub struct View {
    /// The language.
    pub lang: Lang,
    /// Who is signed in, and as what.
    pub who: Option<(String, Role)>,
    /// What every form brings along.
    pub form_token: String,
    /// The page's path, for the way back from a change of language.
    pub path: String,
    /// Whether the network can read along.
    pub readable: bool,
    /// What the clubhouse is called.
    pub house: String,
}

// Templates hand over references.
#[allow(clippy::trivially_copy_pass_by_ref)]
impl View {
    /// The word of the page's language.
    pub fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(zh, en)
    }

    /// The program's version, for files that a browser keeps.
    #[expect(clippy::unused_self, reason = "templates ask the view")]
    pub fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The language in HTML's words.
    pub fn html_lang(&self) -> &'static str {
        self.lang.pick("zh-CN", "en")
    }

    /// The pages that this role may open, with their names: path, name, whether it is this one.
    pub fn menu(&self) -> Vec<(&'static str, &'static str, bool)> {
        let Some((_, role)) = &self.who else { return Vec::new() };
        routes::MENU
            .iter()
            .filter(|(path, ..)| routes::may_open(path, *role))
            .map(|(path, zh, en)| (*path, self.lang.pick(*zh, *en), self.path.starts_with(path)))
            .collect()
    }

    /// Whether whoever looks has one of these roles.
    pub fn is(&self, roles: &[Role]) -> bool {
        self.who.as_ref().is_some_and(|(_, role)| roles.contains(role))
    }

    /// A role in words.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub fn role(&self, role: &Role) -> &'static str {
        match role {
            Role::Office => self.lang.pick("办公室", "Office"),
            Role::Kitchen => self.lang.pick("厨房", "Kitchen"),
            Role::Dispatcher => self.lang.pick("调度", "Dispatch"),
            Role::BuildingLeader => self.lang.pick("楼组长", "Building leader"),
        }
    }

    /// A way of eating in words.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub fn way(&self, way: &Fulfilment) -> &'static str {
        match way {
            Fulfilment::EatIn => self.lang.pick("堂食", "Eat in"),
            Fulfilment::TakeAway => self.lang.pick("自取", "Take away"),
            Fulfilment::Delivery => self.lang.pick("外送", "Delivery"),
        }
    }

    /// An order's state in words.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub fn state(&self, state: &OrderState) -> &'static str {
        let (zh, en) = match state {
            OrderState::Placed => ("已订", "ordered"),
            OrderState::Ready => ("已叫号", "ready"),
            OrderState::Collected => ("已取", "collected"),
            OrderState::OnRound => ("在路上", "on its round"),
            OrderState::Delivered => ("已送到", "delivered"),
            OrderState::Returned => ("带回", "came back"),
            OrderState::Cancelled => ("已取消", "cancelled"),
            OrderState::NotCollected => ("没有来取", "not collected"),
        };
        self.lang.pick(zh, en)
    }
}

impl FromRequestParts<Web> for View {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        let signed = parts.extensions.get::<Signed>();
        let lang = match cookie(&parts.headers, LANGUAGE) {
            Some("en") => Lang::En,
            _ => Lang::Zh,
        };
        Ok(Self {
            lang,
            who: signed.map(|s| (s.account().name.clone(), s.account().role)),
            form_token: signed.map(|s| s.0.form_token.clone()).unwrap_or_default(),
            path: parts.uri.path().to_owned(),
            readable: web.house.settings.web.is_readable_on_the_way(),
            house: web.house.settings.name.clone(),
        })
    }
}

/// What is done differently, in words; nothing for a plain meal.
pub fn wishes(lang: Lang, preferences: &Preferences) -> String {
    if preferences.is_plain() { String::new() } else { words::preferences(lang, preferences) }
}

/// A page as HTML.
pub fn html(page: &impl Template) -> Result<Html<String>, WebError> {
    Ok(Html(page.render()?))
}
