//! What a page says when it can't do what was asked: what happened, what is safe, what to do.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::accounts::AccountError;
use crate::domain::Refusal;
use crate::error::Error;
use crate::kiosk::words::{self, Lang};
use crate::programs::ProgramError;
use crate::store::StoreError;

/// Why a page can't be shown, or a wish not be granted. Nothing was changed.
#[derive(Debug)]
pub enum WebError {
    /// The wish can't be granted.
    Refused(Box<Refusal>),
    /// What was typed is not right, in Chinese and English.
    Input(&'static str, &'static str),
    /// What was sent is not right, with what is wrong about it, in Chinese and English.
    Told(String, String),
    /// The role may not do this.
    Forbidden,
    /// The form is from another session, or was sent by another page.
    Stale,
    /// There is no such page or thing.
    NotFound,
    /// Too many pages of one person follow what happens.
    Full,
    /// Something broke.
    Broken(String),
}

impl From<Error> for WebError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => Self::Refused(Box::new(refusal)),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<AccountError> for WebError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Wrong => {
                Self::Input("名字或密码不对。", "Name or password is not right.")
            }
            AccountError::Locked => Self::Input(
                "错得太多了，请等一刻钟再试。",
                "Too many wrong tries. Wait a quarter of an hour.",
            ),
            AccountError::Name(_) => Self::Input(
                "这个名字不能用：已经有了，或者不是 1 到 32 个字（字母、数字、- . _）。",
                "This name can't be used: it is taken, or not 1 to 32 letters, digits, - . _",
            ),
            AccountError::WeakPassword => {
                Self::Input("密码至少要 10 个字。", "A password needs at least 10 characters.")
            }
            AccountError::Building => Self::Input(
                "楼组长要写明哪一幢楼。",
                "A building leader needs a building of the compound.",
            ),
            AccountError::Unknown(_) => Self::Input(
                "没有这个账号，或者已经停用。",
                "There is no such account, or it was switched off.",
            ),
            AccountError::Own => Self::Input(
                "不能停用自己的账号，请别的同事来做。",
                "Nobody can switch off the own account; ask a colleague.",
            ),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<ProgramError> for WebError {
    fn from(error: ProgramError) -> Self {
        match error {
            ProgramError::Name(_) => Self::Input(
                "这个名字不能用：已经用过了，或者不是 1 到 32 个字（字母、数字、- . _）。",
                "This name can't be used: it was used before, or is not 1 to 32 letters, digits, - . _",
            ),
            ProgramError::Unknown(_) => Self::Input(
                "没有这个程序，或者已经停用。",
                "There is no such program, or it was switched off.",
            ),
            ProgramError::Store(error) => error.into(),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct Page {
    zh: String,
    en: String,
}

impl WebError {
    /// The status code.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Input(..) | Self::Told(..) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Forbidden | Self::Stale => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Full => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What it says in a language.
    pub fn words(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Refused(refusal) => return words::refusal(lang, refusal).one_line(),
            Self::Input(zh, en) => (*zh, *en),
            Self::Told(zh, en) => (zh.as_str(), en.as_str()),
            Self::Forbidden => (
                "这一页不归您管。需要的话请办公室的人来做。",
                "This page is not for your role. Ask the office.",
            ),
            Self::Stale => (
                "这一页太旧了，什么也没有改。请返回，刷新后再做一次。",
                "This page was too old; nothing was changed. Go back, reload and do it again.",
            ),
            Self::NotFound => ("没有这一页。", "There is no such page."),
            Self::Full => {
                ("开着的页面太多了，请关掉几页。", "Too many pages are open. Close some of them.")
            }
            Self::Broken(_) => (
                "出错了，什么也没有改。请再试一次；再不行就叫管机器的人看日志。",
                "Something broke; nothing was changed. Try again; if it stays, have the log looked at.",
            ),
        };
        lang.pick(zh, en).to_owned()
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        if let Self::Broken(error) = &self {
            tracing::error!(%error, "a page failed");
        }
        let page = Page { zh: self.words(Lang::Zh), en: self.words(Lang::En) };
        let text = page.render().unwrap_or_else(|_| self.words(Lang::Zh));
        (self.status(), Html(text)).into_response()
    }
}
