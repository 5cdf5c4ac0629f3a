//! A browser without a window: asks the pages, keeps cookies, fills in forms.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::{Bell, Board};
use clubhouse_kiosk::web::{self, Web};
use tokio::sync::watch;

use super::Clubhouse;

/// The password of every account of the stories.
pub const PASSWORD: &str = "three dishes, twenty yuan";

/// The pages of a clubhouse.
pub struct Pages {
    app: Router,
    runtime: tokio::runtime::Runtime,
    changed: watch::Sender<u64>,
    accounts: Accounts,
}

impl Pages {
    pub fn of(clubhouse: &Clubhouse) -> Self {
        Self::at(&clubhouse.house, &clubhouse.board)
    }

    /// The pages of a house and its printers.
    pub fn at(house: &House, board: &Board) -> Self {
        let (changed, follow) = watch::channel(0);
        let (alarm, _) = Alarm::new();
        let house = house.clone();
        let web = Web::new(house.clone(), board.clone(), Bell::default(), alarm, follow);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { app: web::app(web), runtime, changed, accounts: Accounts::new(house) }
    }

    /// Something in the database changed.
    pub fn change(&self) {
        self.changed.send_modify(|n| *n += 1);
    }

    /// A browser at which nobody is signed in.
    pub fn browser(&self) -> Browser<'_> {
        Browser { pages: self, cookies: RefCell::default() }
    }

    /// A browser of somebody with a role; building leaders lead building 7.
    pub fn signed_in(&self, role: Role) -> Browser<'_> {
        let name = role.as_str().replace('_', "-");
        if !self.accounts.list().unwrap().iter().any(|a| a.name == name) {
            self.accounts.add(&name, role, Some("7"), PASSWORD).unwrap();
        }
        let browser = self.browser();
        let answer = browser.send("/sign-in", &[("name", &name), ("password", PASSWORD)]);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser
    }
}

/// A browser.
pub struct Browser<'a> {
    pages: &'a Pages,
    cookies: RefCell<BTreeMap<String, String>>,
}

/// What a page answered.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub headers: axum::http::HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The page is there and says these words.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.text.contains(word),
                "“{word}” is missing ({}):\n{}",
                self.status,
                self.text
            );
        }
        self
    }

    /// The page does not say these words.
    #[track_caller]
    pub fn hides(self, words: &[&str]) -> Self {
        for word in words {
            assert!(!self.text.contains(word), "“{word}” is there:\n{}", self.text);
        }
        self
    }

    /// What follows `before` up to the next quotation mark: an attribute's value.
    #[track_caller]
    pub fn after(&self, before: &str) -> String {
        let Some((_, rest)) = self.text.split_once(before) else {
            panic!("“{before}” is missing:\n{}", self.text)
        };
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Browser<'_> {
    /// Opens a page.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap())
    }

    /// Sends a form as it is.
    pub fn send(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.ask(request)
    }

    /// Fills in a form of a page and sends it.
    pub fn fill(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(page).after("name=\"form_token\" value=\"");
        let mut all = vec![("form_token", token.as_str())];
        all.extend_from_slice(fields);
        self.send(path, &all)
    }

    /// Uploads a file by the form of a page, with what else is filled in before it.
    pub fn upload(&self, page: &str, to: &str, filled: &[(&str, &str)], file: &[u8]) -> Answer {
        let token = self.get(page).after("name=\"form_token\" value=\"");
        let mut body = Vec::new();
        for (name, value) in [("form_token", token.as_str())].iter().chain(filled) {
            let part = format!(
                "--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        body.extend_from_slice(
            b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l\"\r\n\r\n",
        );
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request = Request::post(to)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .unwrap();
        self.ask(request)
    }

    /// Sends any request, with this browser's cookies.
    pub fn ask(&self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        let app = self.pages.app.clone();
        self.pages.runtime.block_on(async move {
            let response = app.oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            for cookie in parts.headers.get_all(header::SET_COOKIE) {
                let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
                let value = rest.split(';').next().unwrap();
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
            let location = parts.headers.get(header::LOCATION);
            let events = parts.headers.get(header::CONTENT_TYPE);
            let endless =
                events.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
            let text = if endless {
                // What comes first tells; the rest never ends.
                let mut body = body;
                let frame = tokio::time::timeout(Duration::from_secs(5), body.frame()).await;
                let data = frame.ok().flatten().and_then(|f| f.unwrap().into_data().ok());
                data.unwrap_or_default()
            } else {
                body.collect().await.unwrap().to_bytes()
            };
            Answer {
                status: parts.status,
                location: location.map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default(),
                text: String::from_utf8_lossy(&text).into_owned(),
                bytes: text.to_vec(),
                headers: parts.headers,
            }
        })
    }
}
