//! Every page, with who may see it. What is not in this table is not served.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::api::{self, Problem};
use super::desk::{
    accounts, care, checks, compound, figures, hand_over, history, knock, menus, money, orders,
    people, programs, roster, rounds, today,
};
use super::error::WebError;
use super::state::Web;
use super::{display, guard, headers, sign_in, statics, volunteer};
use crate::domain::{Role, Scope};

/// The largest form, in bytes.
const FORM_MAX: usize = 64 * 1024;

/// Who may see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody on the network.
    Anybody,
    /// Whoever is signed in with one of these roles.
    Roles(&'static [Role]),
    /// Another program whose token covers this scope.
    Program(Scope),
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The method.
    pub method: Method,
    /// The path, `{name}` for what varies.
    pub path: &'static str,
    /// Who.
    pub who: Who,
}

/// A line of the table with its page.
pub(super) struct Route {
    rule: Rule,
    page: MethodRouter<Web>,
}

/// Every role.
pub const ALL: &[Role] = Role::ALL;
/// Those who work in the clubhouse.
pub const HOUSE: &[Role] = &[Role::Office, Role::Kitchen, Role::Dispatcher];
/// Those who write the menu.
pub const COOKS: &[Role] = &[Role::Office, Role::Kitchen];
/// The office alone.
pub const OFFICE: &[Role] = &[Role::Office];

/// The pages that the menu names: path, Chinese, English.
pub const MENU: &[(&str, &str, &str)] = &[
    ("/today", "今天", "Today"),
    ("/hand-over", "取餐", "Hand-over"),
    ("/checks", "探望", "Doors"),
    ("/knock", "敲门", "Knock"),
    ("/orders", "点餐", "Order"),
    ("/rounds", "路线", "Rounds"),
    ("/roster", "排班", "Roster"),
    ("/people", "名单", "People"),
    ("/compound", "小区", "Compound"),
    ("/menus", "菜单", "Menus"),
    ("/money", "钱款", "Money"),
    ("/figures", "统计", "Figures"),
    ("/accounts", "账号", "Accounts"),
    ("/programs", "程序", "Programs"),
    ("/history", "记录", "History"),
];

/// Makes the function that puts a page with one method into the table.
macro_rules! method {
    ($(#[$what:meta])* $name:ident, $method:ident) => {
        $(#[$what])*
        pub(super) fn $name<H, T>(path: &'static str, who: Who, page: H) -> Route
        where
            H: Handler<T, Web>,
            T: 'static,
        {
            let rule = Rule { method: Method::$method, path, who };
            Route { rule, page: on(MethodFilter::$method, page) }
        }
    };
}
method!(
    /// A page that is looked at.
    get,
    GET
);
method!(
    /// A form that changes something.
    post,
    POST
);
method!(
    /// A change of something, by another program.
    patch,
    PATCH
);

/// A form that brings a file of at most so many bytes.
pub(super) fn upload<H, T>(path: &'static str, who: Who, page: H, most: usize) -> Route
where
    H: Handler<T, Web>,
    T: 'static,
{
    let Route { rule, page } = post(path, who, page);
    Route { rule, page: page.layer(DefaultBodyLimit::max(most)) }
}

fn table() -> Vec<Route> {
    [
        sign_in::routes(),
        statics::routes(),
        display::routes(),
        today::routes(),
        checks::routes(),
        care::routes(),
        knock::routes(),
        hand_over::routes(),
        orders::routes(),
        people::routes(),
        rounds::routes(),
        roster::routes(),
        compound::routes(),
        menus::routes(),
        money::routes(),
        figures::routes(),
        accounts::routes(),
        programs::routes(),
        history::routes(),
        volunteer::routes(),
        api::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Who may see what.
pub fn rules() -> Vec<Rule> {
    table().into_iter().map(|route| route.rule).collect()
}

/// Whether a role may open a page.
pub fn may_open(path: &str, role: Role) -> bool {
    rules().iter().any(|rule| {
        rule.method == Method::GET
            && rule.path == path
            && matches!(rule.who, Who::Roles(roles) if roles.contains(&role))
    })
}

/// All pages, each behind its guard.
pub fn app(web: Web) -> Router {
    let mut router = Router::new();
    for Route { rule, page } in table() {
        let guarded = page.layer(from_fn_with_state((web.clone(), rule.who), guard::guard));
        router = router.route(rule.path, guarded);
    }
    router
        .fallback(|uri: Uri| async move {
            let missing = WebError::NotFound;
            if is_api(&uri) {
                Problem::from(missing).into_response()
            } else {
                missing.into_response()
            }
        })
        .method_not_allowed_fallback(|uri: Uri| async move {
            if is_api(&uri) {
                Problem::Method.into_response()
            } else {
                StatusCode::METHOD_NOT_ALLOWED.into_response()
            }
        })
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .layer(from_fn_with_state(web.clone(), headers::protect))
        .with_state(web)
}

fn is_api(uri: &Uri) -> bool {
    uri.path().starts_with(api::UNDER)
}
