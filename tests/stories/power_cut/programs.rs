//! Other programs that order for residents, each on a connection of its own: what is asked is noted
//! before it is sent, and what is told once it is read.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clubhouse_kiosk::domain::{Fulfilment, ServiceDate};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::http::{Answer, Http};
use super::promises::{From, Promise, Promises, Version, Wish, now};
use crate::stories::campaign::chance::Chance;

/// Orders that one program places in one life of the clubhouse.
const MOST: usize = 10;
/// How often something is asked again that a busy machine did not come to.
const TRIES: usize = 20;

/// What all programs of a club know.
pub struct Known<'a> {
    pub token: &'a str,
    pub residents: &'a [String],
    pub dates: &'a [ServiceDate],
    pub promises: &'a Promises,
    /// Counts wishes over all lives: each has a note of its own.
    pub notes: &'a AtomicUsize,
    /// Answers so far in this life.
    pub answers: &'a AtomicUsize,
    pub stop: &'a AtomicBool,
}

impl Known<'_> {
    fn http(&self, address: SocketAddr) -> Http {
        Http::new(address, &format!("Authorization: Bearer {}\r\n", self.token))
    }

    fn note(&self) -> String {
        format!("第{}条", self.notes.fetch_add(1, Ordering::Relaxed))
    }

    /// Orders, changes and takes back until the power goes, or until it has done enough.
    pub fn work(&self, address: SocketAddr, chance: &mut Chance) {
        let mut http = self.http(address);
        let mut placed = 0;
        while !self.stop.load(Ordering::Relaxed) {
            let done = match chance.below(100) {
                0..68 if placed < MOST => {
                    placed += 1;
                    self.place(&mut http, chance)
                }
                0..80 => self.change(&mut http, chance),
                80..88 => self.cancel(&mut http, chance),
                _ => http
                    .get("/api/v1/days")
                    .map(|answer| assert!(answer.status == 200 || is_busy(&answer))),
            };
            // The power went: nobody knows what became of the last wish.
            if done.is_err() {
                return;
            }
            self.answers.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn place(&self, http: &mut Http, chance: &mut Chance) -> std::io::Result<()> {
        let note = self.note();
        let way = chance.pick(Fulfilment::ALL);
        let (date, portions) = (chance.pick(self.dates), chance.between(1, 4) as u8);
        let resident = self.residents[chance.below(self.residents.len())].clone();
        let body = json!({
            "resident": resident, "date": date.to_string(), "way": way, "portions": portions,
            "preferences": { "note": note }, "pay": if chance.percent(20) { "account" } else { "later" },
        })
        .to_string();
        let version = Version { portions, note: note.clone(), total_fen: None, cancelled: false };
        let from = From::Program { key: format!("key-{note}").replace(['第', '条'], "-"), body };
        let wishes = vec![Wish { version, asked: now(), told: None }];
        let at = self.promises.ask(Promise {
            from: from.clone(),
            date,
            way,
            resident: Some(resident),
            told: None,
            refused: false,
            wishes,
        });
        let answer = send(http, &from)?;
        self.promises.with(|all| answered(&mut all[at], &answer));
        Ok(())
    }

    /// One of the open orders of the day that were acknowledged and are not being changed.
    fn mine(
        &self,
        chance: &mut Chance,
        version: &dyn Fn(&Version) -> Version,
    ) -> Option<(usize, String)> {
        self.promises.with(|all| {
            let free = |p: &Promise| {
                let paid =
                    matches!(&p.from, From::Program { body, .. } if body.contains("\"account\""));
                !paid
                    && p.from != From::Screen
                    && p.told.is_some()
                    && !p.is_open()
                    && !p.last().version.cancelled
                    && self.dates.contains(&p.date)
            };
            let mine: Vec<usize> =
                all.iter().enumerate().filter(|(_, p)| free(p)).map(|(at, _)| at).collect();
            let at = *mine.get(chance.below(mine.len()))?;
            let version = version(&all[at].last().version);
            all[at].wishes.push(Wish { version, asked: now(), told: None });
            Some((at, all[at].told.clone()?.0))
        })
    }

    fn change(&self, http: &mut Http, chance: &mut Chance) -> std::io::Result<()> {
        let (portions, note) = (chance.between(1, 4) as u8, self.note());
        let new = |_: &Version| Version {
            portions,
            note: note.clone(),
            total_fen: None,
            cancelled: false,
        };
        let Some((at, id)) = self.mine(chance, &new) else { return Ok(()) };
        let body = json!({ "portions": portions, "preferences": { "note": note } }).to_string();
        let headers = "If-Match: *\r\nContent-Type: application/json\r\n";
        let answer = http.ask("PATCH", &format!("/api/v1/orders/{id}"), headers, &body)?;
        self.settle(at, &answer);
        Ok(())
    }

    fn cancel(&self, http: &mut Http, chance: &mut Chance) -> std::io::Result<()> {
        let back = |last: &Version| Version { cancelled: true, ..last.clone() };
        let Some((at, id)) = self.mine(chance, &back) else { return Ok(()) };
        let answer = http.ask("POST", &format!("/api/v1/orders/{id}/cancel"), "", "")?;
        self.settle(at, &answer);
        Ok(())
    }

    fn settle(&self, at: usize, answer: &Answer) {
        self.promises.with(|all| {
            if answer.status == 200 {
                changed(&mut all[at], &answer.json());
            } else if !is_busy(answer) {
                // Too late for this one: it stays as it is.
                assert_eq!(answer.status, 409, "{answer:?}");
                all[at].wishes.pop();
            }
        });
    }

    /// After a cut: what nobody was told of is asked again, as a program does whose answer was lost
    /// on the way; and some of what was told. The same key is the same order.
    /// At the screen of this life, which began at `begun`, somebody may stand already.
    pub fn again(
        &self,
        address: SocketAddr,
        db: &Connection,
        begun: u64,
        chance: &mut Chance,
    ) -> usize {
        let mut http = self.http(address);
        let mut repeated = 0;
        // A key is remembered for a week, and an order is placed three days ahead at most.
        let remembered = self.dates[0].plus_days(-3);
        for at in 0..self.promises.with(|all| all.len()) {
            let promise = self.promises.with(|all| all[at].clone());
            let From::Program { .. } = &promise.from else {
                if promise.is_open() && promise.wishes[0].asked < begun {
                    self.promises.with(|all| seen_later(all, at, db));
                }
                continue;
            };
            if let (true, Some((id, _))) = (promise.is_open(), &promise.told) {
                let path = format!("/api/v1/orders/{id}");
                let answer = (0..TRIES)
                    .map(|_| http.get(&path).unwrap())
                    .find(|answer| !is_busy(answer))
                    .expect("an answer");
                assert_eq!(answer.status, 200, "{answer:?}");
                self.promises.with(|all| as_it_is(&mut all[at], &answer.json()));
            } else if promise.is_open()
                || (promise.told.is_some() && promise.date >= remembered && chance.percent(4))
            {
                let note = &promise.wishes[0].version.note;
                let there = promise.told.is_some() || exists(db, note);
                let answer = (0..TRIES)
                    .map(|_| send(&mut http, &promise.from).unwrap())
                    .find(|answer| !is_busy(answer))
                    .expect("an answer");
                repeated += 1;
                if let Some((id, number)) = &promise.told {
                    let order = answer.json();
                    assert_eq!(answer.status, 200, "{answer:?}");
                    assert_eq!(order["id"], id.as_str(), "the same key, another order");
                    assert_eq!(order["number"], *number);
                } else {
                    assert!(!there || answer.status == 200, "ordered twice: {answer:?}");
                    assert!(there || answer.status != 200, "nothing was there: {answer:?}");
                    self.promises.with(|all| answered(&mut all[at], &answer));
                }
            }
        }
        repeated
    }
}

fn send(http: &mut Http, from: &From) -> std::io::Result<Answer> {
    let From::Program { key, body } = from else { unreachable!("a screen sends no requests") };
    let headers = format!("Idempotency-Key: {key}\r\nContent-Type: application/json\r\n");
    http.ask("POST", "/api/v1/orders", &headers, body)
}

/// A machine on which a writer waits longer than it may: nobody was told anything.
fn is_busy(answer: &Answer) -> bool {
    matches!(answer.status, 429 | 500 | 503)
}

/// Placed, placed before, or refused.
fn answered(promise: &mut Promise, answer: &Answer) {
    match answer.status {
        200 | 201 => {
            let order = answer.json();
            let id = order["id"].as_str().unwrap().to_owned();
            promise.told = Some((id, order["number"].as_u64().unwrap() as u32));
            changed(promise, &order);
        }
        409 => promise.refused = true,
        _ => assert!(is_busy(answer), "{answer:?}"),
    }
}

fn changed(promise: &mut Promise, order: &Value) {
    let wish = promise.wishes.last_mut().unwrap();
    wish.told = Some(now());
    wish.version.total_fen = order["total_fen"].as_i64();
    assert_eq!(order["portions"], wish.version.portions);
}

/// A change of which nobody knows: it was made whole, or not at all.
fn as_it_is(promise: &mut Promise, order: &Value) {
    let version = &promise.last().version;
    let cancelled = order["state"] == "cancelled";
    let made =
        cancelled == version.cancelled && order["preferences"]["note"] == version.note.as_str();
    if made {
        changed(promise, order);
    } else {
        promise.wishes.pop();
    }
}

fn exists(db: &Connection, note: &str) -> bool {
    let sql = "SELECT count(*) FROM orders WHERE json_extract(preferences, '$.note') = ?1";
    db.query_row(sql, [note], |row| row.get::<_, u32>(0)).unwrap() > 0
}

/// An order of the screen whose number nobody saw: from now on it stays there, or away.
fn seen_later(all: &mut [Promise], at: usize, db: &Connection) {
    let known: Vec<String> = all.iter().filter_map(|p| Some(p.told.clone()?.0)).collect();
    let sql = "SELECT id, number, total_fen FROM orders
               WHERE service_date = ?1 AND coalesce(json_extract(preferences, '$.note'), '') = ''";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([all[at].date.to_string()], |row| {
        Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
    });
    let found = rows.unwrap().map(Result::unwrap).find(|(id, _, _)| !known.contains(id));
    let promise = &mut all[at];
    match found {
        Some((id, number, total)) => {
            promise.told = Some((id, number));
            promise.wishes[0].told = Some(now());
            promise.wishes[0].version.total_fen = Some(total);
        }
        None => promise.refused = true,
    }
}
