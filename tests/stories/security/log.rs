//! The log of a day, at its most talkative, names nobody.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use clubhouse_kiosk::counter::Credential;
use clubhouse_kiosk::domain::{Fulfilment, OrderCode};
use clubhouse_kiosk::kiosk::protocol::Request;
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::pictures::{Fit, Shelf, Sizes};
use clubhouse_kiosk::printing::Bell;
use tracing_subscriber::fmt::MakeWriter;

use super::door::{get, heard, post, until};
use super::running::{Running, free_port};
use crate::support::desk::{Desk, sample};
use crate::support::{Clubhouse, delivery, wish};

const PASSWORD: &str = "braised pork and winter melon";
const PIN: &str = "740913";

/// Everything of the sample that is nobody's business: names, telephone numbers, doors, PINs.
fn personal() -> Vec<String> {
    let mut words = Vec::new();
    for (file, columns) in [("residents.csv", &[2, 3][..]), ("volunteers.csv", &[0, 1, 5])] {
        let text = std::fs::read_to_string(sample(file)).unwrap();
        for line in text.lines().skip(1) {
            let cells: Vec<_> = line.split(',').collect();
            words.extend(columns.iter().map(|nth| cells[*nth].to_owned()));
            if file == "residents.csv" {
                words.push(format!("{}-{}", cells[0], cells[1]));
                words.push(format!("{}号楼{}", cells[0], cells[1]));
            }
        }
    }
    words.sort();
    words.dedup();
    words.retain(|word| !word.is_empty());
    assert!(words.len() > 1000, "the sample is there: {}", words.len());
    words
}

/// Whether a text says a word, not as a part of a longer number or id.
fn says(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '_');
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(joins) && !after.is_some_and(joins)
    })
}

#[track_caller]
fn names_nobody(log: &str, secrets: &[String]) {
    let said: Vec<_> = personal()
        .into_iter()
        .chain(secrets.iter().cloned())
        .filter(|word| says(log, word) || (word.len() > 8 && log.contains(word.as_str())))
        .map(|word| {
            let line = log.lines().find(|line| line.contains(&word)).unwrap_or_default();
            format!("{word}: {line}")
        })
        .collect();
    assert_eq!(said, [""; 0]);
}

fn ask(address: SocketAddr, words: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(super::door::PATIENCE)).unwrap();
    stream.write_all(words.as_bytes()).unwrap();
    heard(&mut stream)
}

/// A command to which something is typed.
fn typed(desk: &Desk, args: &[&str], line: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"))
        .args(args)
        .current_dir(desk.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    command.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    assert!(command.wait().unwrap().success());
}

#[test]
fn a_day_with_pages_programs_phones_and_mishaps() {
    let address = free_port();
    let desk = Desk::new();
    desk.settings(&format!(
        "demonstration = \"2026-11-24T09:40\"\n[rounds]\nplan_s = 1\n[staff]\npin = \"{PIN}\"\n[web]\naddress = \"{address}\"\npublic_url = \"http://{address}\"\n"
    ));
    typed(&desk, &["account", "add", "chen", "--role", "office"], &format!("{PASSWORD}\n"));
    let said = desk.run(&["program", "add", "app", "--scope", "orders"]).says(0, &["token"]);
    let token =
        said.out.lines().find_map(|line| line.split_once("only now: ")).unwrap().1.to_owned();
    let kiosk = Running::start(&desk, "trace");
    until("the pages are there", || TcpStream::connect(address).is_ok());

    // At the pages: wrong and right, asking, ordering, and what is refused.
    let wrong = post("/sign-in", "name=%E8%8C%83%E6%95%8F&password=wrong+secret+words");
    assert!(ask(address, &wrong).contains("名字或密码不对"));
    let form = serde_urlencoded::to_string([("name", "chen"), ("password", PASSWORD)]).unwrap();
    let answer = ask(address, &post("/sign-in", &form));
    let kept = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let cookie = kept.split(';').next().unwrap();
    let with = |words: String| words.replacen("Host:", &format!("Cookie: {cookie}\r\nHost:"), 1);
    let page = ask(address, &with(get("/today")));
    let form_token = page.split("name=\"form_token\" value=\"").nth(1).unwrap();
    let form_token = form_token.split('"').next().unwrap().to_owned();
    for path in [
        "/people?q=%E8%8C%83%E6%95%8F",
        "/people",
        "/orders?q=1-201",
        "/history",
        "/people/residents/7",
    ] {
        ask(address, &with(get(path)));
    }
    for (path, fields) in [
        ("/orders", "door=1-201&way=nonsense"),
        ("/people/residents", "name=%E8%8C%83%E6%95%8F&phone=13900000349"),
        ("/today/selling", "sell=perhaps"),
    ] {
        ask(address, &with(post(path, &format!("form_token={form_token}&{fields}"))));
    }
    let bearer = |words: String, token: &str| {
        words.replacen("Host:", &format!("Authorization: Bearer {token}\r\nHost:"), 1)
    };
    let residents = ask(address, &bearer(get("/api/v1/residents?find=1-201"), &token));
    assert!(residents.contains("范敏"), "{residents}");
    ask(address, &bearer(get("/api/v1/residents?find=1-201"), "clubhouse_0123456789abcdef"));
    ask(address, &bearer(post("/api/v1/orders", "{\"door\":\"1-201\"}"), &token));
    ask(address, "GET /r/\u{7} HTTP/9\r\n\r\n");

    // At the desk's terminal: orders, imports with bad rows, rounds, papers, a day that won't close.
    desk.run(&["order", "place", "--way", "delivery", "--door", "1-201"]).says(0, &["1-201"]);
    desk.run(&["order", "place", "--way", "delivery", "--door", "1-202", "--digits", "0286"]);
    desk.run(&["order", "place", "--way", "delivery", "--door", "1-202", "--digits", "9999"]);
    let bad = "楼号,室号,姓名,电话\n1,201,范敏,13900000349\n999,1,俞祖德,13900018992\n";
    desk.write("bad.csv", bad);
    desk.run(&["import", "residents", "bad.csv"]);
    desk.run(&["roster", "add", "101", "102"]).says(0, &["on duty"]);
    let card = desk.run(&["resident", "card", "issue", "--door", "1-201"]);
    desk.run(&["day", "close"]);
    desk.run(&["print-test"]);
    let links = ask(address, &get("/r/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    assert!(links.starts_with("HTTP/1.1 404"));
    let log = {
        let path = desk.path("log.txt");
        assert_eq!(kiosk.stop(), Some(0));
        std::fs::read_to_string(path).unwrap()
    };
    let out = std::fs::read_to_string(desk.path("out.txt")).unwrap();
    let mut secrets: Vec<String> =
        [PASSWORD, PIN, "wrong secret words", "wrong+secret+words", "0123456789abcdef"]
            .map(str::to_owned)
            .to_vec();
    secrets.extend([token, cookie.to_owned(), form_token]);
    secrets.extend(card.out.split_whitespace().filter(|w| w.starts_with("C1.")).map(str::to_owned));
    assert!(log.contains("clubhouse_kiosk"), "something was logged: {log}");
    names_nobody(&log, &secrets);
    names_nobody(&out, &secrets);
    // Had it named somebody, that would have been seen.
    let told = std::panic::catch_unwind(|| names_nobody("door 1-201: 范敏", &[]));
    assert!(told.is_err());
}

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn a_day_at_the_screen_and_the_printer() {
    let mut c = Clubhouse::new();
    let (alarm, _calls) = Alarm::new();
    let photograph = "晚霞 - 凤珍.jpg";
    let slides = c.house.folder().join("slides");
    std::fs::create_dir_all(&slides).unwrap();
    std::fs::write(slides.join(photograph), "no picture").unwrap();
    let shelf = Shelf::new(c.house.folder(), Path::new("slides"));
    let fit = Fit::Inside { width: 100, height: 100 };
    shelf.serve(Sizes { dish: fit, slide: fit }, || {});
    let mut clerk = Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm)
        .with_pictures(shelf.clone());
    let who = c.senior(0);
    let card = c.counter.issue_card(who.id).unwrap();
    let kept = Kept::default();
    let writer = kept.clone();
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(writer)
        .finish();
    tracing::subscriber::with_default(log, || {
        let digits =
            |digits: &str| Credential::Digits { door: who.door.clone(), digits: digits.into() };
        for request in [
            Request::Identify(Credential::Card(card.clone())),
            Request::Identify(Credential::Card(format!("{card}x"))),
            Request::Identify(digits("0000")),
            Request::Identify(digits(&who.phone[who.phone.len().saturating_sub(4)..])),
            Request::Place(delivery(&who)),
            Request::Place(delivery(&who)),
            Request::Place(wish(Fulfilment::EatIn)),
            Request::OrdersOf(who.id),
            Request::FindByCode(OrderCode::parse("ABCDEH").unwrap()),
            Request::SignIn { badge: 101, pin: "9943".into() },
            Request::SignIn { badge: 101, pin: "1234".into() },
            Request::StaffSignIn { pin: PIN.into() },
            Request::Slide { turn: 0 },
            Request::CloseDay,
        ] {
            clerk.answer(request);
        }
        assert!(shelf.step(), "the photograph was looked at");
        c.print();
        // A printer that fails, a paper that is in doubt, a store that can't be written.
        c.printer.set_fault(clubhouse_hardware::printer::Fault::Disconnected, true);
        clerk.answer(Request::Place(wish(Fulfilment::TakeAway)));
        c.print();
    });
    let log = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("a picture is skipped"), "something was logged: {log}");
    let door = who.door.to_string();
    let secrets = [card, who.name, door, PIN.to_owned(), photograph.to_owned(), "凤珍".to_owned()];
    names_nobody(&log, &secrets);
}
