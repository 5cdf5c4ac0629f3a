//! The whole way in a real window: X clicks on the keys that the screen shows, the ticket's dots at
//! a TCP printer, the row in the database, and the paper confirmed. It needs Xvfb and xdotool, so
//! it is told where `REAL_WINDOW=1` is set, as `./test --full` does.

mod display;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clubhouse_hardware::printer::{PaperWidth, ServedPrinter, SimulatedPrinter};
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::headless::Headless;
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;
use clubhouse_kiosk::tickets::Ticket;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::stories::campaign::papers::{Draughtsman, sort};
use crate::support::Clubhouse;
use crate::support::desk::Desk;
use crate::support::screens::{fonts, on_its_own_thread};
use display::Display;

/// Longer than two tickets take.
const PATIENCE: Duration = Duration::from_mins(1);

/// The kiosk as it is installed, in its own process.
struct Kiosk {
    process: Child,
}

impl Kiosk {
    fn open(desk: &Desk, display: &Display) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"));
        command.arg("run").current_dir(desk.folder.path()).env("SLINT_SCALE_FACTOR", "1");
        display.show(&mut command);
        let process = command.stdout(Stdio::null()).spawn().expect("the kiosk starts");
        Self { process }
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The same screen without a display, in a clubhouse of the same sample: it says where the keys are
/// and how the next screen looks.
struct Mirror {
    screen: Headless,
    clerk: Clerk,
    panel: Panel,
    club: Clubhouse,
}

impl Mirror {
    fn open(panel: Panel, fonts: &Fonts) -> Self {
        let club = Clubhouse::new();
        let (alarm, _calls) = Alarm::new();
        let clerk = Clerk::new(club.house.clone(), club.board.clone(), Bell::default(), alarm);
        let screen = Headless::open(panel, fonts, Lang::Zh).expect("a headless window");
        let mut mirror = Self { screen, clerk, panel, club };
        mirror.screen.answer(|request| mirror.clerk.answer(request));
        mirror
    }

    /// The middle of a key, in pixels.
    fn middle(&self, label: &str) -> [u32; 2] {
        let keys = self.screen.keys();
        let key = keys.iter().find(|key| key.label == label).expect("the key is there");
        let [x, y, w, h] = key.mm;
        let across = (x + w / 2.0) / self.panel.width_mm * self.panel.width_px as f32;
        let down = (y + h / 2.0) / self.panel.height_mm * self.panel.height_px as f32;
        [across as u32, down as u32]
    }

    fn touch(&mut self, label: &str) {
        self.screen.touch(label).unwrap_or_else(|error| panic!("{error}"));
        self.screen.answer(|request| self.clerk.answer(request));
    }

    fn picture(&self) -> Vec<[u8; 3]> {
        let picture = self.screen.snapshot_rgb().expect("a picture");
        picture.as_slice().iter().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect()
    }
}

/// Settings of a demonstration with this panel and a printer on the network.
fn settings(desk: &Desk, panel: Panel, printer: &ServedPrinter) {
    desk.settings(&format!(
        "demonstration = \"2026-11-24T09:40\"\n\
         [screen]\nwidth_px = {}\nheight_px = {}\nwidth_mm = {}\nheight_mm = {}\n\
         [printers.window]\ntarget = \"tcp:{}\"\n\
         [panel]\nbackend = \"none\"\n[speech]\nprogram = \"\"\n",
        panel.width_px,
        panel.height_px,
        panel.width_mm,
        panel.height_mm,
        printer.address(),
    ));
}

/// A paper of the order, and the attempt that brought it out.
struct Printed {
    kind: String,
    ticket: Ticket,
    due: Timestamp,
    at: Timestamp,
}

/// The papers of order 1 that the database says are confirmed.
fn confirmed(database: &Path) -> Vec<Printed> {
    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    db.busy_timeout(PATIENCE).unwrap();
    let sql = "SELECT j.kind, j.ticket, j.due_at, a.at FROM print_jobs j
               JOIN orders o ON o.id = j.order_id JOIN print_attempts a ON a.job_id = j.id
               WHERE o.number = 1 AND j.state = 'confirmed' AND a.outcome = 'confirmed'
               ORDER BY j.kind";
    let mut statement = db.prepare(sql).unwrap();
    let moment = |ms: i64| Timestamp::from_millisecond(ms).unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Printed {
            kind: row.get(0)?,
            ticket: serde_json::from_str(&row.get::<_, String>(1)?).unwrap(),
            due: moment(row.get(2)?),
            at: moment(row.get(3)?),
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// The order as it stands: number, way, state.
fn orders(database: &Path) -> Vec<(u32, String, String)> {
    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut statement = db.prepare("SELECT number, fulfilment, state FROM orders").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn from_click_to_paper(panel: Panel) {
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let served = printer.serve_tcp("127.0.0.1:0").expect("a port");
    let desk = Desk::empty();
    settings(&desk, panel, &served);
    let display = Display::open(panel.width_px + 40, panel.height_px + 40);
    let kiosk = Kiosk::open(&desk, &display);
    let fonts = fonts();
    let mut mirror = Mirror::open(panel, &fonts);

    let origin = display.window_of(kiosk.process.id());
    for label in ["堂食", "下一步", "确认下单"] {
        // The wall clock runs in the one and stands in the other; all else is the same.
        display.wait_for(origin, &mirror.picture(), panel.width_px, 10);
        let [x, y] = mirror.middle(label);
        display.click([origin[0] + x, origin[1] + y]);
        mirror.touch(label);
    }
    let Screen::Done(done) = mirror.screen.kiosk().view().screen else { panic!("not the number") };
    assert_eq!(done.number, "1");
    // The letters of the slip are drawn by lot.
    display.wait_for(origin, &mirror.picture(), panel.width_px, 30);

    let database = desk.path("var/lunch.sqlite");
    let until = Instant::now() + PATIENCE;
    let mut seen = printer.version();
    while confirmed(&database).len() < 2 {
        assert!(Instant::now() < until, "the papers were not confirmed: {printer:?}");
        seen = printer.wait_for_change(seen, Duration::from_millis(200));
    }
    assert_eq!(orders(&database), [(1, "eat-in".to_owned(), "placed".to_owned())]);

    let papers = confirmed(&database);
    let kinds: Vec<&str> = papers.iter().map(|paper| paper.kind.as_str()).collect();
    assert_eq!(kinds, ["kitchen", "slip"]);
    let calendar = mirror.club.counter.calendar().unwrap();
    let mut draughtsman = Draughtsman::new(&fonts, calendar);
    let mut look = |p: &Printed| draughtsman.look(&p.ticket, false, p.due, p.at, PaperWidth::Mm80);
    let looks: Vec<_> = papers.iter().map(&mut look).collect();
    let sorted = sort(&printer.take_paper(), &looks);
    for (paper, look) in papers.iter().zip(&looks) {
        assert_eq!(paper.ticket.number(), Some(1));
        assert_eq!(sorted.whole.get(look), Some(&1), "the {} paper, dot by dot", paper.kind);
    }
}

/// Not every machine that runs the stories has an X server to open windows on.
fn where_asked_for(story: impl FnOnce() + Send + 'static) {
    if std::env::var_os("REAL_WINDOW").is_some() {
        on_its_own_thread(story);
    } else {
        println!("skipped: REAL_WINDOW=1 opens a window under Xvfb");
    }
}

#[test]
fn a_click_becomes_an_order_on_paper_on_a_lying_panel() {
    where_asked_for(|| from_click_to_paper(Panel::TEN_INCH));
}

#[test]
fn a_click_becomes_an_order_on_paper_on_a_standing_panel() {
    where_asked_for(|| from_click_to_paper(Panel::SEVEN_INCH_PORTRAIT));
}
