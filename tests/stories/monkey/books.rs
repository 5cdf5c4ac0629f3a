//! What the clubhouse promised at the screen, and whether it is so on disk.

use std::collections::{BTreeMap, BTreeSet};

use clubhouse_kiosk::domain::{Fen, Order, OrderId, OrderState, ServiceDate};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::kiosk::protocol::{DayOutcome, Reply};
use clubhouse_kiosk::store::{StoreError, ledger};
use rusqlite::Connection;

use super::club::Club;
use crate::stories::campaign::chance::Chance;

/// An order that somebody was told of.
#[derive(Debug, Clone)]
struct Promise {
    date: ServiceDate,
    number: u32,
    code: String,
    total: Fen,
    cancelled: bool,
}

/// Every order that was placed at the screen, as its person was told.
#[derive(Debug, Default)]
pub struct Books {
    promised: BTreeMap<OrderId, Promise>,
    in_order: Vec<OrderId>,
    pub changed: usize,
    pub cancelled: usize,
}

impl Books {
    /// Notes what an answer promises.
    pub fn note(&mut self, reply: &Reply) {
        match reply {
            Reply::Placed(shown) => self.placed(&shown.order),
            Reply::WeekPlaced(days) => {
                for day in days {
                    if let DayOutcome::Placed(order) = &day.outcome {
                        self.placed(order);
                    }
                }
            }
            Reply::Amended(shown) => {
                self.promised.get_mut(&shown.order.id).expect("a known order").total =
                    shown.order.total;
                self.changed += 1;
            }
            Reply::Cancelled(order) => {
                let promise = self.promised.get_mut(&order.id).expect("a known order");
                assert!(!promise.cancelled, "taken back twice");
                promise.cancelled = true;
                self.cancelled += 1;
            }
            _ => {}
        }
    }

    fn placed(&mut self, order: &Order) {
        let promise = Promise {
            date: order.date,
            number: order.number,
            code: order.code.as_str().to_owned(),
            total: order.total,
            cancelled: false,
        };
        assert!(self.promised.insert(order.id, promise).is_none(), "one order, promised twice");
        self.in_order.push(order.id);
    }

    pub fn len(&self) -> usize {
        self.in_order.len()
    }

    /// Whether an order with this number was promised.
    pub fn has_number(&self, number: &str) -> bool {
        self.promised.values().any(|p| p.number.to_string() == number)
    }

    fn lately(&self, chance: &mut Chance) -> Option<OrderId> {
        let from = self.in_order.len().saturating_sub(40);
        let lately = &self.in_order[from..];
        (!lately.is_empty()).then(|| lately[chance.below(lately.len())])
    }

    pub fn some_order(&self, chance: &mut Chance) -> Option<OrderId> {
        self.lately(chance)
    }

    pub fn some_code(&self, chance: &mut Chance) -> Option<String> {
        Some(self.promised[&self.lately(chance)?].code.clone())
    }

    /// A number of the day, or one past the last.
    pub fn some_number(&self, chance: &mut Chance, today: ServiceDate) -> u32 {
        let last = self.promised.values().filter(|p| p.date == today).count();
        chance.between(1, last + 1) as u32
    }

    /// Compares with the disk: every order once, with number, papers and money.
    pub fn audit(&self, club: &Club) {
        let store = &club.house.house.store;
        store
            .read(|db| {
                self.orders(db)?;
                papers(db)?;
                assert_eq!(ledger::unbalanced(db)?, 0, "a posting does not add up");
                self.money(db)?;
                portions(db)?;
                for friend in &club.friends {
                    assert!(ledger::balance(db, friend.resident.id)? >= Fen::ZERO);
                }
                Ok::<_, Error>(())
            })
            .unwrap();
    }

    fn orders(&self, db: &Connection) -> Result<(), StoreError> {
        let rows: Vec<(String, String, u32, i64, String)> = rows(
            db,
            "SELECT id, service_date, number, total_fen, state FROM orders ORDER BY service_date, number",
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )?;
        let mut on_disk = BTreeSet::new();
        let mut last: Option<(String, u32)> = None;
        for (id, date, number, total, state) in rows {
            let expected = match &last {
                Some((day, before)) if *day == date => before + 1,
                _ => 1,
            };
            assert_eq!(number, expected, "the numbers of {date} have a gap");
            let promise = self.promised.iter().find(|(known, _)| known.to_string() == id);
            let (_, promise) =
                promise.unwrap_or_else(|| panic!("{date} {number}: nobody was told"));
            assert_eq!((promise.date.to_string(), promise.number), (date.clone(), number));
            assert_eq!(promise.total, Fen(total), "{date} {number}");
            let cancelled = state == OrderState::Cancelled.as_str();
            assert_eq!(promise.cancelled, cancelled, "{date} {number} is {state}");
            on_disk.insert(id);
            last = Some((date, number));
        }
        assert_eq!(on_disk.len(), self.promised.len(), "a promised order is not on disk");
        Ok(())
    }

    /// What each order sold and what is still owed for it follow from how it stands.
    fn money(&self, db: &Connection) -> Result<(), StoreError> {
        let sums: Vec<(String, String, String, i64, i64, i64)> = rows(
            db,
            "SELECT o.id, o.state, o.payment, o.total_fen,
                    (SELECT coalesce(-sum(amount_fen), 0) FROM ledger_entries
                     WHERE order_id = o.id AND account = 'sales'),
                    (SELECT coalesce(sum(amount_fen), 0) FROM ledger_entries
                     WHERE order_id = o.id AND account = 'receivable')
             FROM orders o",
            |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            },
        )?;
        let mut all = 0;
        for (id, state, payment, total, sold, owed) in &sums {
            let told =
                format!("{id}: {state}, {payment}, {total} in all, {sold} sold, {owed} owed");
            match state.as_str() {
                "cancelled" => assert_eq!((*sold, *owed), (0, 0), "{told}"),
                "not_collected" if payment == "due" => assert_eq!((*sold, *owed), (0, 0), "{told}"),
                "returned" => assert!((0..=*total).contains(sold) && *owed == 0, "{told}"),
                _ => {
                    assert_eq!(sold, total, "{told}");
                    assert_eq!(*owed > 0, payment == "due", "{told}");
                }
            }
            all += sold;
        }
        let kept: i64 = self.promised.values().filter(|p| !p.cancelled).map(|p| p.total.0).sum();
        assert!(all <= kept, "{all} sold of {kept} promised");
        let sum: i64 =
            db.query_row("SELECT coalesce(sum(amount_fen), 0) FROM ledger_entries", [], |row| {
                row.get(0)
            })?;
        assert_eq!(sum, 0, "the ledger as a whole adds up to zero");
        Ok(())
    }
}

/// Every order has its kitchen ticket and its slip, and not one of them twice without a mark.
fn papers(db: &Connection) -> Result<(), StoreError> {
    let without: Vec<(String, u32, String)> = rows(
        db,
        "SELECT o.service_date, o.number, k.kind FROM orders o, (SELECT 'kitchen' AS kind UNION SELECT 'slip') k
         WHERE NOT EXISTS (SELECT 1 FROM print_jobs j WHERE j.order_id = o.id AND j.kind = k.kind)",
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    assert_eq!(without, [], "orders without a paper");
    let twice: Vec<(String, u32)> = rows(
        db,
        "SELECT order_id, count(*) FROM print_jobs
         WHERE kind = 'kitchen' AND duplicate = 0 AND order_id IS NOT NULL
           AND state IN ('sending', 'sent', 'confirmed', 'uncertain')
         GROUP BY order_id HAVING count(*) > 1",
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    assert_eq!(twice, [], "kitchen tickets twice");
    Ok(())
}

/// The portions sold of each day are those of its orders.
fn portions(db: &Connection) -> Result<(), StoreError> {
    let wrong: Vec<(String, i64, i64)> = rows(
        db,
        "SELECT d.service_date, d.sold, coalesce(sum(o.portions), 0) AS ordered
         FROM service_days d LEFT JOIN orders o
              ON o.service_date = d.service_date AND o.state <> 'cancelled'
         GROUP BY d.service_date HAVING d.sold <> ordered",
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    assert_eq!(wrong, [], "portions sold are not those ordered");
    Ok(())
}

fn rows<T>(
    db: &Connection,
    sql: &str,
    map: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare(sql)?;
    let found = statement.query_map([], |row| map(row))?.collect::<Result<_, _>>()?;
    Ok(found)
}
