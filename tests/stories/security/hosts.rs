//! Another site that has its own name lead to this machine (DNS rebinding).

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use clubhouse_kiosk::config::{Settings, Web};

use crate::support::Clubhouse;
use crate::support::pages::Pages;

#[test]
fn a_name_that_is_not_ours_is_not_answered() {
    let web = Web { names: vec!["desk.example".into()], ..Web::default() };
    let clubhouse = Clubhouse::with(Settings { web, ..Settings::default() });
    let pages = Pages::of(&clubhouse);
    let ask = |host: &str, path: &str| {
        let request = Request::get(path).header(header::HOST, host).body(Body::empty());
        pages.browser().ask(request.unwrap())
    };
    for path in ["/sign-in", "/display", "/api/v1/openapi.json", "/r/x", "/nowhere"] {
        let answer = ask("rebound.evil.example:8080", path);
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{path}");
        answer.says(&["web.names", "请用机器的地址打开"]).hides(&["desk.example"]);
    }
    for ours in ["127.0.0.1:8080", "localhost:8080", "192.168.1.20", "desk.example:8080"] {
        assert_eq!(ask(ours, "/sign-in").status, StatusCode::OK, "{ours}");
    }
}

#[test]
fn no_way_back_leads_to_another_site() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    for away in
        ["/%09/evil.example", "/%0a/evil.example", "/%00", "%20//evil.example", "/%5Cevil.example"]
    {
        let answer = pages.browser().get(&format!("/language/en?back={away}"));
        assert_eq!(answer.location, "/", "{away}");
    }
}
