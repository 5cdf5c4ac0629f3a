//! Names leave what is old, and one person's data leaves everything; figures and money stay.

use clubhouse_kiosk::care::{Care, NewPause};
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::NewOrder;
use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{
    CareRefusal, FamilyContact, Fen, Fulfilment, Outcome, PauseKind, Payment, PaymentMethod,
    Preferences, Refusal, Resident, Role, StepOutcome,
};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::figures::{Figures, Span};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::privacy::{Forgotten, Privacy};
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::schedule;
use clubhouse_kiosk::store::{ledger, orders, residents};
use rusqlite::Connection;

use crate::support::pages::Pages;
use crate::support::{Clubhouse, delivery, tuesday, wish};

const PLAN: Options = Options { seed: 7, iterations: Some(300), threads: 1 };
/// Nights that are stepped through at most.
const STEPS: usize = 500;

/// The sample's Tuesday with everything that names somebody: notes, a substitute at the door, a shut
/// door, a re-planned slip, an account. Closed.
fn lunch() -> (Clubhouse, Vec<Resident>) {
    let mut c = Clubhouse::new();
    let people: Vec<_> = (0..4).map(|nth| c.senior(nth)).collect();
    c.counter.top_up(people[3].id, Fen::yuan(20), PaymentMethod::Cash).unwrap();
    let carried: Vec<_> =
        people[..3].iter().map(|r| c.counter.place(&delivery(r), "kiosk").unwrap()).collect();
    let note = Preferences { note: "假牙".into(), ..Preferences::default() };
    let here = NewOrder {
        resident: Some(people[3].id),
        preferences: note,
        payment: Payment::FromAccount,
        ..wish(Fulfilment::EatIn)
    };
    c.counter.place(&here, "kiosk").unwrap();
    c.dispatch.put_on_duty(tuesday(), &[101, 102]).unwrap();
    c.at("10:05");
    c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    c.print();
    c.at("11:00");
    let visit = |order: usize, outcome, left_with: &str| {
        let line = HandInLine {
            order: carried[order].id,
            outcome,
            left_with: left_with.into(),
            cash: None,
        };
        c.dispatch.record_visit(&line).unwrap();
    };
    visit(0, Outcome::Delivered, "");
    visit(1, Outcome::LeftWith, "隔壁周阿姨");
    visit(2, Outcome::NoAnswer, "");
    let check = c.dispatch.open_checks().unwrap().remove(0);
    c.dispatch.take_step(check.id, 0, StepOutcome::Reached, "侄子周明接的", "office").unwrap();
    c.dispatch.close_check(check.id, "在侄子周明家", "周明").unwrap();
    c.at("12:40");
    c.dispatch.close_day(tuesday()).unwrap();
    c.print();
    (c, people)
}

/// Every text of every table but the residents' own rows, in one.
fn written(c: &Clubhouse, but: &[&str]) -> String {
    let db = Connection::open(c.house.store.path()).unwrap();
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut text = String::new();
    for name in names.map(Result::unwrap).filter(|name| !but.contains(&name.as_str())) {
        let mut rows = db.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let rusqlite::types::ValueRef::Text(cell) = row.get_ref(column).unwrap() {
                    text.push_str(&String::from_utf8_lossy(cell));
                    text.push('\n');
                }
            }
        }
    }
    text
}

fn door(resident: &Resident) -> String {
    let door = &resident.door;
    format!("\"floor\":{},\"flat\":{}}}", door.floor, door.flat)
}

/// Everything that the figures say, and what the ledger holds.
fn figures(c: &Clubhouse) -> String {
    let span = Span::new(tuesday(), tuesday()).unwrap();
    let tables = Figures::read(&c.house, span, Lang::Zh).unwrap().tables();
    let money = c.house.store.read(|db| {
        let totals = ledger::Account::ALL.iter().map(|a| ledger::total(db, *a, tuesday()));
        let totals: Vec<_> = totals.collect::<Result<_, _>>()?;
        Ok::<_, Error>((totals, ledger::unbalanced(db)?))
    });
    format!("{tables:?} {:?} {:?}", c.dispatch.figures(tuesday()).unwrap(), money.unwrap())
}

#[test]
fn a_year_later_the_names_are_gone_and_every_figure_is_as_before() {
    let (c, people) = lunch();
    let before = figures(&c);
    let residents_only = ["residents", "volunteers", "sqlite_sequence"];
    let text = written(&c, &residents_only);
    assert!(text.contains("周明") && text.contains("周阿姨") && text.contains("假牙"));
    assert!(people.iter().take(3).all(|r| text.contains(&door(r))));

    // Eleven months on nothing is touched, and in the middle of the day nothing ever is.
    c.house.clock.set("2027-10-24T22:00:00+08:00".parse().unwrap());
    for _ in 0..STEPS {
        schedule::tick(&c.house);
    }
    assert!(written(&c, &residents_only).contains("周明"));
    c.house.clock.set("2027-12-01T11:00:00+08:00".parse().unwrap());
    assert_eq!(Privacy::new(c.house.clone()).forget_at_night().unwrap(), None);

    c.house.clock.set("2027-12-01T22:00:00+08:00".parse().unwrap());
    let mut steps = 0;
    while Privacy::new(c.house.clone()).forget_at_night().unwrap().is_some() {
        steps += 1;
        assert!(steps < STEPS, "it ends");
    }
    assert_eq!(figures(&c), before);
    let text = written(&c, &residents_only);
    for gone in ["周明", "周阿姨", "假牙"] {
        assert!(!text.contains(gone), "{gone}");
    }
    for resident in &people {
        assert!(!text.contains(&door(resident)), "{}", resident.door);
        assert!(!text.contains(&resident.name), "{}", resident.name);
    }
    let all = c.house.store.read(|db| orders::on(db, tuesday())).unwrap();
    assert!(all.iter().all(|o| o.resident.is_none() && o.preferences.note.is_empty()));
    let doors: Vec<_> = all.iter().filter_map(|o| o.door.as_ref()).collect();
    assert_eq!(doors.len(), 3, "the building stays, for the figures");
    assert!(doors.iter().all(|door| door.is_forgotten() && door.to_string().ends_with("号楼")));
    // Nothing is left to do, and the pages still open.
    assert_eq!(Privacy::new(c.house.clone()).forget().unwrap(), None);
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    assert!(office.get("/figures?from=2026-11-24&until=2026-11-24").status.is_success());
    assert!(office.get("/money/day/2026-11-24").status.as_u16() < 500);
}

#[test]
fn append_only_tables_still_refuse_everything_but_the_emptying() {
    let (c, _) = lunch();
    let db = Connection::open(c.house.store.path()).unwrap();
    for sql in [
        "UPDATE visits SET outcome = 'refused'",
        "UPDATE visits SET left_with = 'somebody else'",
        "UPDATE visits SET left_with = '', cash_fen = cash_fen + 1",
        "UPDATE check_steps SET outcome = 'no_answer'",
        "UPDATE check_steps SET note = 'other words'",
        "DELETE FROM check_steps",
        "UPDATE ledger_entries SET note = ''",
        "UPDATE order_events SET detail = '{}'",
        "DELETE FROM visits",
    ] {
        let refused = db.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
}

#[test]
fn who_looked_is_forgotten_after_its_months_a_bounded_number_of_rows_at_a_time() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    office.get("/today");
    office.fill("/today", "/today/selling", &[("sell", "false")]);
    let db = Connection::open(c.house.store.path()).unwrap();
    let count = |table: &str| -> u32 {
        db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    let (looks, changes) = (count("audit_reads"), count("desk_history"));
    assert!(looks > 0 && changes == 1);
    db.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
         INSERT INTO audit_reads (at, account, page) SELECT 1000, 'office', 'today' FROM n",
        [],
    )
    .unwrap();
    let privacy = Privacy::new(c.house.clone());
    let mut rows = Vec::new();
    for _ in 0..STEPS {
        match privacy.forget().unwrap() {
            Some(Forgotten::Rows(_, n)) => rows.push(n),
            Some(_) => {}
            None => break,
        }
    }
    assert_eq!(rows, [500, 500, 200]);
    assert_eq!((count("audit_reads"), count("desk_history")), (looks, changes), "these are new");

    c.house.clock.set("2028-12-01T22:00:00+08:00".parse().unwrap());
    while privacy.forget().unwrap().is_some() {}
    assert_eq!((count("audit_reads"), count("desk_history")), (0, 0));
}

fn refusal(error: Error) -> Refusal {
    match error {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

#[test]
fn one_person_is_erased_once_nothing_is_open_and_the_ledger_still_adds_up() {
    let (c, people) = lunch();
    let privacy = Privacy::new(c.house.clone());
    let (held, gone) = (&people[3], &people[2]);
    let care = Care::new(c.house.clone());
    let daughter = FamilyContact {
        name: "孙女小周".into(),
        relation: "孙女".into(),
        phone: "021-55667788".into(),
    };
    let version = care.of(gone.id).unwrap().version();
    care.keep_contacts(gone.id, &version, &[daughter], "office").unwrap();
    let version = care.of(gone.id).unwrap().version();
    let away =
        NewPause { from: tuesday(), until: None, kind: PauseKind::Away, note: "去杭州".into() };
    care.pause(gone.id, &version, &away, "office").unwrap();

    // Money on the account, then an order ahead: refused with a reason, nothing changed.
    c.counter.top_up(held.id, Fen::yuan(5), PaymentMethod::Cash).unwrap();
    let refused = refusal(privacy.erase(held.id, "console").unwrap_err());
    assert_eq!(refused, CareRefusal::MoneyOnAccount { balance: Fen::yuan(5) }.into());
    let ahead = NewOrder { date: tuesday().next(), ..delivery(gone) };
    let ahead = c.counter.place(&ahead, "kiosk").unwrap();
    assert_eq!(
        refusal(privacy.erase(gone.id, "console").unwrap_err()),
        CareRefusal::StillOpen.into()
    );
    c.counter.cancel(ahead.id, "kiosk").unwrap();

    // Everything of a person, to read.
    let exported = privacy.export(gone.id, "console").unwrap();
    let rows = |name: &str| {
        exported.lists.iter().find(|(list, _)| *list == name).map_or(0, |(_, rows)| rows.len())
    };
    let counts = ["resident", "orders", "visits", "welfare_checks", "check_steps", "days_away"];
    assert_eq!(counts.map(rows), [1, 2, 1, 1, 1, 1]);
    assert!(rows("papers") > 2 && rows("family_contacts") == 1);
    let everything = format!("{:?}", exported.lists);
    assert!(everything.contains(&gone.name) && everything.contains("在侄子周明家"));
    assert!(!everything.contains(&people[0].name), "nobody else's");

    let before = figures(&c);
    // What still waits for the printer would come out with the name on it.
    c.house.clock.set("2026-11-25T21:00:00+08:00".parse().unwrap());
    schedule::tick(&c.house);
    privacy.erase(gone.id, "console").unwrap();
    assert_eq!(figures(&c), before);
    let text = written(&c, &[]);
    for word in
        [gone.name.as_str(), &gone.phone, "周明", "小周", "021-55667788", "去杭州", &door(gone)]
    {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains(&people[0].name), "others stay as they were");
    assert!(text.contains("resident.erased"));
    let listed = c.house.store.read(residents::all).unwrap();
    assert!(listed.iter().all(|r| r.id != gone.id));

    // Nor is it in what the file no longer uses.
    let db = Connection::open(c.house.store.path()).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let bytes = std::fs::read(c.house.store.path()).unwrap();
    let found = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    assert!(!found(&gone.name) && !found("小周"));
    assert!(found(&people[0].name));
}

#[test]
fn months_of_nothing_are_refused() {
    for key in ["orders_months", "visits_months", "audit_months", "history_months"] {
        let error = Settings::parse(&format!("[privacy]\n{key} = 0\n")).unwrap_err();
        assert!(error.contains(key) && error.contains("1 to 120"), "{error}");
    }
    assert!(Settings::parse("[care]\nregular_days = 5\nregular_of = 4\n").is_err());
}
