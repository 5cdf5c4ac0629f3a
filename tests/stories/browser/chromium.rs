//! A headless Chromium, steered over `WebDriver`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::http::Method;
use clubhouse_kiosk::domain::Role;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::served::{Served, name};
use crate::support::pages::PASSWORD;

/// Longer than any page takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// How large the window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// An old office screen.
    Desk,
    /// A cheap telephone.
    Phone,
}

impl Size {
    pub const fn pixels(self) -> (u32, u32) {
        match self {
            Self::Desk => (1280, 900),
            Self::Phone => (390, 844),
        }
    }
}

/// A browser of its own process.
pub struct Chromium<'a> {
    served: &'a Served,
    client: Option<Client>,
    driver: Child,
}

impl<'a> Chromium<'a> {
    pub fn open(served: &'a Served, size: Size) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's chromium-driver is installed");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                let line = line.ok()?;
                let (_, port) = line.split_once("successfully on port ")?;
                Some(port.trim_end_matches('.').to_owned())
            })
            .expect("chromedriver says its port");
        // What else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let (width, height) = size.pixels();
        let mut options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update",
                     "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
                     format!("--window-size={width},{height}")],
        });
        if size == Size::Phone {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.0 } });
        }
        let capabilities =
            json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let client = served.runtime.block_on(
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.as_object().unwrap().clone())
                .connect(&format!("http://127.0.0.1:{port}")),
        );
        Self { served, client: Some(client.expect("Chromium starts")), driver }
    }

    /// A browser in which somebody with a role has signed in by typing.
    pub fn signed_in(served: &'a Served, size: Size, role: Role) -> Self {
        let browser = Self::open(served, size);
        browser.go("/sign-in");
        browser.type_into("#name", name(role));
        browser.type_into("#password", PASSWORD);
        browser.click("button.primary");
        browser.until("document.querySelector('nav') !== null");
        browser
    }

    fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    /// Opens a page.
    pub fn go(&self, path: &str) {
        let url = if path.starts_with("http") { path.to_owned() } else { self.served.url(path) };
        self.served.runtime.block_on(self.client().goto(&url)).unwrap();
    }

    /// Clicks what a selector finds first; again, should the page be on its way to another.
    #[track_caller]
    pub fn click(&self, css: &str) {
        let done = self.served.runtime.block_on(async {
            let mut tries = 0;
            loop {
                let found = self.client().wait().at_most(PATIENCE).for_element(Locator::Css(css));
                match found.await?.click().await {
                    Err(_) if tries < 10 => tries += 1,
                    done => return done,
                }
            }
        });
        done.unwrap_or_else(|e| panic!("{css}: {e}"));
    }

    /// Clicks the first visible key or link with these words.
    #[track_caller]
    pub fn press(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a or self::summary][contains(normalize-space(.), '{words}')]"
        );
        let done = self.served.runtime.block_on(async {
            for key in self.client().find_all(Locator::XPath(&path)).await? {
                if key.is_displayed().await? {
                    key.click().await?;
                    return Ok(true);
                }
            }
            Ok::<_, fantoccini::error::CmdError>(false)
        });
        assert!(done.unwrap_or_else(|e| panic!("{words}: {e}")), "no key says “{words}”");
    }

    /// Types into a field that is emptied first.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        let done = self.served.runtime.block_on(async {
            let field =
                self.client().wait().at_most(PATIENCE).for_element(Locator::Css(css)).await?;
            field.clear().await?;
            field.send_keys(text).await
        });
        done.unwrap_or_else(|e| panic!("{css}: {e}"));
    }

    /// Names a file in an upload field.
    #[track_caller]
    pub fn attach(&self, css: &str, file: &std::path::Path) {
        let path = file.to_str().unwrap();
        let done = self.served.runtime.block_on(async {
            let field =
                self.client().wait().at_most(PATIENCE).for_element(Locator::Css(css)).await?;
            field.send_keys(path).await
        });
        done.unwrap_or_else(|e| panic!("{css}: {e}"));
    }

    /// Chooses a line of a list by its words.
    #[track_caller]
    pub fn choose(&self, css: &str, words: &str) {
        let done = self.served.runtime.block_on(async {
            let field = self.client().find(Locator::Css(css)).await?;
            field.select_by_label(words).await
        });
        done.unwrap_or_else(|e| panic!("{css}: {e}"));
    }

    /// What a script's expression is worth.
    #[track_caller]
    pub fn value(&self, expression: &str) -> Value {
        let script = format!("return {expression};");
        let value = self.served.runtime.block_on(self.client().execute(&script, Vec::new()));
        value.unwrap_or_else(|e| panic!("{expression}: {e}"))
    }

    /// Runs a script that ends by calling its last argument.
    #[track_caller]
    pub fn later(&self, script: &str) -> Value {
        let value = self.served.runtime.block_on(self.client().execute_async(script, Vec::new()));
        value.unwrap_or_else(|e| panic!("{e}"))
    }

    /// The words that the page shows.
    pub fn text(&self) -> String {
        self.value("document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true.
    #[track_caller]
    pub fn until(&self, expression: &str) {
        let script = format!("return !!({expression});");
        let reached = self.served.runtime.block_on(async {
            let mut look = tokio::time::interval(Duration::from_millis(100));
            let until = tokio::time::Instant::now() + PATIENCE;
            while tokio::time::Instant::now() < until {
                look.tick().await;
                // While a page is left there is none to ask.
                let found = self.client().execute(&script, Vec::new()).await;
                if found.is_ok_and(|value| value == true) {
                    return true;
                }
            }
            false
        });
        assert!(reached, "{expression} never came true; the page says:\n{}", self.text());
    }

    /// Waits until the page shows these words.
    #[track_caller]
    pub fn says(&self, words: &str) {
        self.until(&format!("document.body.innerText.includes({})", json!(words)));
    }

    /// Takes the network away, or gives it back.
    pub fn offline(&self, offline: bool) {
        let rate = if offline { 0 } else { -1 };
        self.command("Network.enable", &json!({}));
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": rate,
                                 "uploadThroughput": rate });
        self.command("Network.emulateNetworkConditions", &conditions);
    }

    /// A command of Chromium's own protocol.
    pub fn command(&self, command: &str, parameters: &Value) {
        let body = json!({ "cmd": command, "params": parameters });
        let ask = Ask { path: "goog/cdp/execute", body };
        self.served.runtime.block_on(self.client().issue_cmd(ask)).unwrap();
    }

    /// What the page complained about since the last time this was asked.
    pub fn complaints(&self) -> Vec<String> {
        let ask = Ask { path: "se/log", body: json!({ "type": "browser" }) };
        let log = self.served.runtime.block_on(self.client().issue_cmd(ask)).unwrap();
        let lines = log.as_array().cloned().unwrap_or_default();
        lines
            .into_iter()
            .filter(|line| line["level"] == "SEVERE" || line["level"] == "WARNING")
            .map(|line| line["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// A picture of the whole page, as PNG.
    pub fn picture(&self, size: Size) -> Vec<u8> {
        let (width, height) = size.pixels();
        let tall = self.value("document.documentElement.scrollHeight").as_u64().unwrap_or(0);
        let whole = json!({ "width": width, "height": tall.clamp(u64::from(height), 4000),
                            "deviceScaleFactor": 1, "mobile": size == Size::Phone });
        self.command("Emulation.setDeviceMetricsOverride", &whole);
        let picture = self.served.runtime.block_on(self.client().screenshot()).unwrap();
        let small = json!({ "width": width, "height": height, "deviceScaleFactor": 1,
                            "mobile": size == Size::Phone });
        self.command("Emulation.setDeviceMetricsOverride", &small);
        picture
    }
}

impl Drop for Chromium<'_> {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self.served.runtime.block_on(client.close());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A request that `WebDriver`'s standard does not name.
#[derive(Debug)]
struct Ask {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Ask {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
