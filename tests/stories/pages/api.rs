//! Another program sees the menu, finds a resident, orders, changes and takes back.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use clubhouse_kiosk::domain::{OrderState, Resident, Role, Scope};
use clubhouse_kiosk::programs::Programs;
use clubhouse_kiosk::web::api::document;
use clubhouse_kiosk::web::{Who, rules};
use serde_json::{Value, json};

use crate::support::pages::{Answer, Pages};
use crate::support::{Clubhouse, tuesday};

/// A program with its token.
struct Program<'a> {
    pages: &'a Pages,
    token: String,
}

impl<'a> Program<'a> {
    fn new(clubhouse: &Clubhouse, pages: &'a Pages, name: &str, scope: Scope) -> Self {
        let token = Programs::new(clubhouse.house.clone()).add("office", name, scope).unwrap();
        Self { pages, token }
    }

    fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.pages.browser().ask(request.body(body).unwrap())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], None)
    }

    fn place(&self, key: &str, body: &Value) -> Answer {
        self.ask(Method::POST, "/api/v1/orders", &[("idempotency-key", key)], Some(body))
    }
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text).unwrap_or_else(|e| panic!("{e}: {}", answer.text))
}

/// The problem's kind, with its status checked.
#[track_caller]
fn problem(answer: &Answer) -> String {
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    let problem = json_of(answer);
    assert_eq!(problem["status"], answer.status.as_u16());
    assert!(!problem["detail"].as_str().unwrap().is_empty());
    assert!(!problem["detail_zh"].as_str().unwrap().is_ascii());
    problem["type"].as_str().unwrap().strip_prefix("urn:clubhouse:problem:").unwrap().to_owned()
}

fn delivery(resident: &Resident) -> Value {
    json!({ "resident": resident.id, "date": "2026-11-24", "way": "delivery", "portions": 1,
            "preferences": { "softer": true } })
}

#[test]
fn a_program_orders_for_a_resident_changes_it_and_takes_it_back() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let app = Program::new(&clubhouse, &pages, "compound-app", Scope::Orders);
    let days = json_of(&app.get("/api/v1/days"));
    assert_eq!(days[0]["date"], "2026-11-24");
    assert!(days[0]["ways"].as_array().unwrap().iter().all(|way| way["open"] == true));
    assert_eq!(days[0]["prices_fen"]["senior"], 2000);

    let senior = clubhouse.senior(0);
    let door = format!("{}-{}", senior.door.building, senior.door.room());
    let found = json_of(&app.get(&format!("/api/v1/residents?find={door}")));
    assert!(found.as_array().unwrap().iter().any(|r| r["id"] == senior.id.to_string()));
    let whole = json_of(&app.get(&format!("/api/v1/residents/{}", senior.id)));
    assert_eq!((&whole["door"], &whole["name"]), (&json!(door), &json!(senior.name)));

    let placed = app.place("wish-1", &delivery(&senior));
    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text);
    let (order, tag) = (json_of(&placed), placed.headers[header::ETAG].to_str().unwrap());
    assert_eq!((&order["total_fen"], &order["door"]), (&json!(2000), &json!(door)));
    let path = format!("/api/v1/orders/{}", order["id"].as_str().unwrap());

    let two = json!({ "portions": 2 });
    let changed = app.ask(Method::PATCH, &path, &[("if-match", tag)], Some(&two));
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert_eq!(json_of(&changed)["total_fen"], 4000);
    assert_eq!(json_of(&changed)["preferences"]["softer"], true, "what is missing stays");
    // Whoever still holds the old tag is told.
    let stale = app.ask(Method::PATCH, &path, &[("if-match", tag)], Some(&two));
    assert_eq!((stale.status.as_u16(), &*problem(&stale)), (412, "changed-meanwhile"));
    // A whole number is one however it is written.
    let tag = changed.headers[header::ETAG].to_str().unwrap();
    let three = json!({ "portions": 3.0 });
    let changed = app.ask(Method::PATCH, &path, &[("if-match", tag)], Some(&three));
    assert_eq!(json_of(&changed)["portions"], 3, "{}", changed.text);
    let blind = app.ask(Method::PATCH, &path, &[], Some(&two));
    assert_eq!((blind.status.as_u16(), &*problem(&blind)), (428, "not-conditional"));

    let cancel = || app.ask(Method::POST, &format!("{path}/cancel"), &[], None);
    assert_eq!(json_of(&cancel())["state"], "cancelled");
    let again = cancel();
    assert_eq!((again.status.as_u16(), &*problem(&again)), (409, "wrong-state"));
    let listed = json_of(&app.get(&format!("/api/v1/residents/{}/orders", senior.id)));
    assert_eq!(listed[0]["state"], "cancelled");
    let number = order["number"].as_u64().unwrap() as u32;
    let kept = clubhouse.counter.by_number(tuesday(), number).unwrap();
    assert_eq!(kept.state, OrderState::Cancelled);

    // What it looked at stands in the history under its name.
    let office = pages.signed_in(Role::Office);
    office.get("/history?show=looks").says(&["api:compound-app"]);
}

#[test]
fn a_request_that_is_sent_twice_orders_once() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let app = Program::new(&clubhouse, &pages, "app", Scope::Orders);
    let other = Program::new(&clubhouse, &pages, "other", Scope::Orders);
    let senior = clubhouse.senior(0);
    let first = app.place("wish-1", &delivery(&senior));
    let second = app.place("wish-1", &delivery(&senior));
    assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(json_of(&first)["id"], json_of(&second)["id"]);
    let another = app.place("wish-1", &delivery(&clubhouse.senior(1)));
    assert_eq!((another.status.as_u16(), &*problem(&another)), (422, "key-used"));
    // A key is the program's own.
    assert_eq!(other.place("wish-1", &delivery(&senior)).status, StatusCode::CREATED);
    assert_eq!(clubhouse.counter.orders(tuesday()).unwrap().len(), 2);
    let without = app.ask(Method::POST, "/api/v1/orders", &[], Some(&delivery(&senior)));
    assert_eq!((without.status.as_u16(), &*problem(&without)), (400, "key-missing"));
}

#[test]
fn a_token_is_shown_once_covers_its_scope_and_is_nothing_once_revoked() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let shown = office.fill("/programs", "/programs", &[("name", "tv"), ("scope", "menu")]);
    let (_, rest) = shown.text.split_once("clubhouse_").unwrap();
    let token = format!("clubhouse_{}", rest.split('<').next().unwrap());
    assert_eq!(token.len(), "clubhouse_".len() + 64);
    office.get("/programs").says(&["tv"]).hides(&[&token]);
    let tv = Program { pages: &pages, token };
    assert_eq!(tv.get("/api/v1/days/2026-11-24").status, StatusCode::OK);
    let senior = clubhouse.senior(0);
    let refused = tv.place("1", &delivery(&senior));
    assert_eq!((refused.status.as_u16(), &*problem(&refused)), (403, "scope"));

    office.fill("/programs", "/programs/off", &[("name", "tv")]);
    let gone = tv.get("/api/v1/days");
    assert_eq!((gone.status.as_u16(), &*problem(&gone)), (401, "unknown-program"));
    office.get("/history").says(&["加了程序", "停用了程序"]).hides(&[&tv.token]);
    office.fill("/programs", "/programs", &[("name", "tv"), ("scope", "menu")]).says(&["不能用"]);
    assert!(clubhouse.counter.orders(tuesday()).unwrap().is_empty());
}

#[test]
fn every_path_of_the_interface_wants_a_token_and_a_session_is_none() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let liar = Program { pages: &pages, token: format!("clubhouse_{}", "0".repeat(64)) };
    let mut asked = 0;
    for rule in rules() {
        let Who::Program(_) = rule.who else { continue };
        let path = rule.path.replace("{id}", &clubhouse.senior(0).id.to_string());
        let path = path.replace("{date}", "2026-11-24");
        let bare = Request::builder().method(&rule.method).uri(&path).body(Body::empty()).unwrap();
        assert_eq!(office.ask(bare).status, StatusCode::UNAUTHORIZED, "{path}");
        let answer = liar.ask(rule.method, &path, &[], None);
        assert_eq!(answer.headers[header::WWW_AUTHENTICATE], "Bearer");
        assert_eq!(problem(&answer), "unknown-program");
        asked += 1;
    }
    assert_eq!(asked, 9);
}

#[test]
fn what_a_program_gets_wrong_is_said_and_nothing_is_ordered() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let app = Program::new(&clubhouse, &pages, "app", Scope::Orders);
    let senior = clubhouse.senior(0);
    let right = delivery(&senior);
    let wrong = |name: &str, value: Value| {
        let mut body = right.clone();
        body[name] = value;
        let answer = app.place("k", &body);
        (answer.status.as_u16(), problem(&answer))
    };
    let input = |status| (status, "input".to_owned());
    assert_eq!(wrong("portions", json!(5)), input(422));
    assert_eq!(wrong("portions", json!("1")), input(422));
    assert_eq!(wrong("portions", json!(1.5)), input(422));
    assert_eq!(wrong("way", json!("by drone")), input(422));
    assert_eq!(wrong("date", json!("tomorrow")), input(422));
    assert_eq!(wrong("colour", json!("red")), input(422));
    assert_eq!(wrong("resident", json!("somebody")), input(422));
    let nobody = json!("01890000-0000-7000-8000-000000000000");
    assert_eq!(wrong("resident", nobody), (404, "unknown-resident".to_owned()));
    assert_eq!(wrong("date", json!("2026-11-23")).0, 409);
    assert_eq!(wrong("pay", json!("account")), (409, "not-enough-money".to_owned()));
    assert_eq!(
        wrong("preferences", json!({ "note": "很".repeat(25) })),
        (409, "note-too-long".to_owned())
    );
    let long = app.place("k", &json!({ "resident": "x".repeat(70_000) }));
    assert_eq!((long.status.as_u16(), &*problem(&long)), (413, "too-large"));
    let plain = app.ask(
        Method::POST,
        "/api/v1/orders",
        &[("content-type", "text/plain"), ("idempotency-key", "k")],
        None,
    );
    assert_eq!((plain.status.as_u16(), &*problem(&plain)), (415, "not-json"));
    let nowhere = app.get("/api/v1/dinner");
    assert_eq!((nowhere.status.as_u16(), &*problem(&nowhere)), (404, "not-found"));
    let method = app.ask(Method::PUT, "/api/v1/days", &[], None);
    assert_eq!((method.status.as_u16(), &*problem(&method)), (405, "method"));
    assert!(clubhouse.counter.orders(tuesday()).unwrap().is_empty());
}

#[test]
fn the_description_in_docs_is_the_one_that_is_served_and_names_every_path() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let served = pages.browser().get("/api/v1/openapi.json").text;
    assert_eq!(served, document::text().unwrap());
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.json");
    if std::env::var_os("RENEW_OPENAPI").is_some() {
        std::fs::write(kept, format!("{served}\n")).unwrap();
    }
    let text = std::fs::read_to_string(kept).unwrap();
    assert_eq!(text.trim_end(), served, "RENEW_OPENAPI=1 writes docs/openapi.json anew");
    let described: Value = serde_json::from_str(&served).unwrap();
    for rule in rules() {
        let Who::Program(_) = rule.who else { continue };
        let method = rule.method.as_str().to_lowercase();
        assert!(described["paths"][rule.path][&method].is_object(), "{method} {}", rule.path);
    }
}
