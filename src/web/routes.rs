//! Every page, with who may see it. What is not in this table is not served.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::handler::Handler;

use super::desk::{hand_over, today};
use super::error::WebError;
use super::state::Web;
use super::{display, guard, headers, sign_in, statics};
use crate::domain::Role;

/// The largest form, in bytes.
const FORM_MAX: usize = 64 * 1024;

/// Who may see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody on the network.
    Anybody,
    /// Whoever is signed in with one of these roles.
    Roles(&'static [Role]),
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

struct Route {
    rule: Rule,
    page: MethodRouter<Web>,
}

/// Every role.
pub const ALL: &[Role] = Role::ALL;
/// Those who work in the clubhouse.
pub const HOUSE: &[Role] = &[Role::Office, Role::Kitchen, Role::Dispatcher];
/// The office alone.
pub const OFFICE: &[Role] = &[Role::Office];
/// The office, and who sends volunteers out.
pub const SENDERS: &[Role] = &[Role::Office, Role::Dispatcher];

/// The pages that the menu names: path, Chinese, English.
pub const MENU: &[(&str, &str, &str)] =
    &[("/today", "今天", "Today"), ("/hand-over", "取餐", "Hand-over")];

fn get<H, T>(path: &'static str, who: Who, page: H) -> Route
where
    H: Handler<T, Web>,
    T: 'static,
{
    let rule = Rule { method: Method::GET, path, who };
    Route { rule, page: on(MethodFilter::GET, page) }
}

fn post<H, T>(path: &'static str, who: Who, page: H) -> Route
where
    H: Handler<T, Web>,
    T: 'static,
{
    let rule = Rule { method: Method::POST, path, who };
    Route { rule, page: on(MethodFilter::POST, page) }
}

fn table() -> Vec<Route> {
    use Who::{Anybody, Roles};
    vec![
        get("/", Anybody, sign_in::front),
        get("/sign-in", Anybody, sign_in::form),
        post("/sign-in", Anybody, sign_in::sign_in),
        post("/sign-out", Roles(ALL), sign_in::sign_out),
        get("/language/{to}", Anybody, sign_in::language),
        get("/static/{file}", Anybody, statics::file),
        get("/display", Anybody, display::page),
        get("/display/numbers", Anybody, display::numbers),
        get("/display/events", Anybody, display::events),
        get("/today", Roles(ALL), today::page),
        get("/today/live", Roles(ALL), today::live),
        get("/today/events", Roles(ALL), today::events),
        post("/today/help/{id}", Roles(HOUSE), today::help_answered),
        post("/today/unfinished/{id}", Roles(HOUSE), today::followed_up),
        post("/today/paper/{id}/again", Roles(HOUSE), today::paper_again),
        post("/today/paper/{id}/found", Roles(HOUSE), today::paper_found),
        post("/today/check/{id}", Roles(ALL), today::check_closed),
        post("/today/selling", Roles(HOUSE), today::selling),
        post("/today/close", Roles(OFFICE), today::close_day),
        get("/hand-over", Roles(HOUSE), hand_over::page),
        post("/hand-over", Roles(HOUSE), hand_over::step),
        post("/hand-over/paid", Roles(HOUSE), hand_over::paid),
    ]
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
        .fallback(|| async { WebError::NotFound })
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .layer(from_fn(headers::protect))
        .with_state(web)
}
