//! Every page against every role, and what protects a form.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::web::{Who, rules};

use crate::support::Clubhouse;
use crate::support::pages::Pages;

/// A path with something in place of what varies.
fn filled(path: &str) -> String {
    path.replace("{id}", "1")
        .replace("{to}", "zh")
        .replace("{file}", "desk.css")
        .replace("{resident}", "1")
        .replace("{token}", "x")
}

#[test]
fn every_page_refuses_what_a_role_may_not_do() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let stranger = pages.browser();
    let people: Vec<_> = Role::ALL.iter().map(|role| (*role, pages.signed_in(*role))).collect();
    for rule in rules() {
        let path = filled(rule.path);
        let ask = |browser: &crate::support::pages::Browser<'_>| match rule.method {
            Method::GET => browser.get(&path),
            _ => browser.send(&path, &[]),
        };
        let Who::Roles(allowed) = rule.who else { continue };
        let answer = ask(&stranger);
        let turned_away = answer.location == "/sign-in" || answer.status == StatusCode::FORBIDDEN;
        assert!(turned_away, "a stranger got {} at {path}", answer.status);
        for (role, browser) in &people {
            if rule.path == "/sign-out" || rule.path.ends_with("/events") {
                continue;
            }
            let answer = ask(browser);
            let refused = answer.text.contains("不归您管");
            assert_eq!(refused, !allowed.contains(role), "{role} at {} {path}", rule.method);
        }
    }
}

#[test]
fn a_form_without_its_token_or_from_elsewhere_changes_nothing() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let sold_out = [("sell", "false")];
    let answer = office.send("/today/selling", &sold_out);
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    answer.says(&["什么也没有改"]);

    let other = pages.signed_in(Role::Kitchen);
    let token = other.get("/today").after("name=\"form_token\" value=\"");
    let stolen = [("form_token", token.as_str()), ("sell", "false")];
    assert_eq!(office.send("/today/selling", &stolen).status, StatusCode::FORBIDDEN);

    let token = office.get("/today").after("name=\"form_token\" value=\"");
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "http://evil.example")] {
        let request = Request::post("/today/selling")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, "desk.example")
            .header(name, value)
            .body(Body::from(format!("form_token={token}&sell=false")))
            .unwrap();
        assert_eq!(office.ask(request).status, StatusCode::FORBIDDEN);
    }
    let date = crate::support::tuesday();
    assert!(clubhouse.counter.day(date).unwrap().left > 0);
    assert_eq!(office.fill("/today", "/today/selling", &sold_out).location, "/today");
    assert_eq!(clubhouse.counter.day(date).unwrap().left, 0);
}

#[test]
fn every_answer_has_the_headers_that_protect_it() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    for path in ["/sign-in", "/today", "/nowhere", "/static/desk.js"] {
        let headers = pages.browser().get(path).headers;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
    }
    // No page may need what the policy forbids.
    let page = pages.signed_in(Role::Office).get("/today").text;
    assert!(!page.contains(" style=") && !page.contains("<script>") && !page.contains(" onclick"));
}
