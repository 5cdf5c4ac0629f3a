//! Orders and their history.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};
use serde_json::Value;

use super::StoreError;
use super::convert::{json, maybe_parsed, millis, parsed, timestamp, to_json};
use crate::domain::{Door, Order, OrderCode, OrderId, ResidentId, ServiceDate};

/// Writes a new order.
pub fn insert(tx: &Transaction<'_>, order: &Order) -> Result<(), StoreError> {
    let door = order.door.as_ref();
    tx.prepare_cached(
        "INSERT INTO orders (id, service_date, number, code, fulfilment, portions, preferences, allergies,
            category, resident_id, building, floor, flat, total_fen, payment, method, state, placed_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?18)",
    )?
    .execute(params![
        order.id.to_string(),
        order.date.to_string(),
        order.number,
        order.code.as_str(),
        order.fulfilment.as_str(),
        order.portions.get(),
        to_json(&order.preferences)?,
        to_json(&order.allergies)?,
        order.category.as_str(),
        order.resident.map(|r| r.to_string()),
        door.map(|d| &d.building),
        door.map(|d| d.floor),
        door.map(|d| d.flat),
        order.total.0,
        order.payment.as_str(),
        order.method.map(super::super::domain::order::PaymentMethod::as_str),
        order.state.as_str(),
        millis(order.placed_at),
    ])?;
    Ok(())
}

/// Writes what may change of an order.
pub fn update(tx: &Transaction<'_>, order: &Order, now: Timestamp) -> Result<(), StoreError> {
    let door = order.door.as_ref();
    tx.prepare_cached(
        "UPDATE orders SET fulfilment = ?2, portions = ?3, preferences = ?4, building = ?5, floor = ?6,
            flat = ?7, total_fen = ?8, payment = ?9, method = ?10, state = ?11, changed_at = ?12
         WHERE id = ?1",
    )?
    .execute(params![
        order.id.to_string(),
        order.fulfilment.as_str(),
        order.portions.get(),
        to_json(&order.preferences)?,
        door.map(|d| &d.building),
        door.map(|d| d.floor),
        door.map(|d| d.flat),
        order.total.0,
        order.payment.as_str(),
        order.method.map(super::super::domain::order::PaymentMethod::as_str),
        order.state.as_str(),
        millis(now),
    ])?;
    Ok(())
}

/// What happened to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It was accepted.
    Placed,
    /// It was changed.
    Amended,
    /// It was taken back.
    Cancelled,
    /// It was paid.
    Paid,
    /// The money was given back.
    Refunded,
    /// It stands at the window.
    Ready,
    /// It was handed over at the window.
    Collected,
    /// A volunteer left with it.
    OnRound,
    /// A volunteer was at the door.
    Visited,
    /// Nobody came for it.
    NotCollected,
}

impl Event {
    const fn as_str(self) -> &'static str {
        match self {
            Event::Placed => "placed",
            Event::Amended => "amended",
            Event::Cancelled => "cancelled",
            Event::Paid => "paid",
            Event::Refunded => "refunded",
            Event::Ready => "ready",
            Event::Collected => "collected",
            Event::OnRound => "on_round",
            Event::Visited => "visited",
            Event::NotCollected => "not_collected",
        }
    }
}

/// Appends to the history of an order.
pub fn event(
    tx: &Transaction<'_>,
    order: OrderId,
    now: Timestamp,
    event: Event,
    actor: &str,
    detail: &Value,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO order_events (order_id, at, kind, actor, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        order.to_string(),
        millis(now),
        event.as_str(),
        actor,
        detail.to_string()
    ])?;
    Ok(())
}

/// The kinds of what happened to an order, oldest first.
pub fn history(db: &Connection, order: OrderId) -> Result<Vec<String>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT kind FROM order_events WHERE order_id = ?1 ORDER BY id")?;
    let rows = statement.query_map([order.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An order by id.
pub fn get(db: &Connection, id: OrderId) -> Result<Option<Order>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM orders WHERE id = ?1")?;
    let mut rows = statement.query_map([id.to_string()], read)?;
    Ok(rows.next().transpose()?)
}

/// An order by its date and pick-up number.
pub fn by_number(
    db: &Connection,
    date: ServiceDate,
    number: u32,
) -> Result<Option<Order>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM orders WHERE service_date = ?1 AND number = ?2")?;
    let mut rows = statement.query_map(params![date.to_string(), number], read)?;
    Ok(rows.next().transpose()?)
}

/// The newest order of `from` or later with these letters on its slip.
pub fn by_code(
    db: &Connection,
    from: ServiceDate,
    code: &OrderCode,
) -> Result<Option<Order>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM orders WHERE service_date >= ?1 AND code = ?2 ORDER BY service_date LIMIT 1",
    )?;
    let mut rows = statement.query_map(params![from.to_string(), code.as_str()], read)?;
    Ok(rows.next().transpose()?)
}

/// Whether a date already has an order with these letters.
pub fn code_taken(
    db: &Connection,
    date: ServiceDate,
    code: &OrderCode,
) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM orders WHERE service_date = ?1 AND code = ?2")?
        .exists(params![date.to_string(), code.as_str()])?)
}

/// A resident's orders of `from` and later, oldest first.
pub fn of_resident(
    db: &Connection,
    resident: ResidentId,
    from: ServiceDate,
) -> Result<Vec<Order>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM orders WHERE resident_id = ?1 AND service_date >= ?2 ORDER BY service_date, number",
    )?;
    let rows = statement.query_map(params![resident.to_string(), from.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every order of a resident, oldest first.
pub fn all_of_resident(db: &Connection, resident: ResidentId) -> Result<Vec<Order>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM orders WHERE resident_id = ?1 ORDER BY service_date, number",
    )?;
    let rows = statement.query_map([resident.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The order that a resident placed last and did not take back.
pub fn last_of_resident(
    db: &Connection,
    resident: ResidentId,
) -> Result<Option<Order>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM orders WHERE resident_id = ?1 AND state <> 'cancelled'
         ORDER BY placed_at DESC, id DESC LIMIT 1",
    )?;
    let mut rows = statement.query_map([resident.to_string()], read)?;
    Ok(rows.next().transpose()?)
}

/// Every order of a date, by number.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<Order>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM orders WHERE service_date = ?1 ORDER BY number")?;
    let rows = statement.query_map([date.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers of a date that stand at the window, the longest there first; deliveries are not
/// among them.
pub fn called(db: &Connection, date: ServiceDate) -> Result<Vec<u32>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT number FROM orders
         WHERE service_date = ?1 AND state = 'ready' AND fulfilment <> 'delivery'
         ORDER BY changed_at, number",
    )?;
    let rows = statement.query_map([date.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many deliveries a date has had, those taken back included: it only grows with new ones.
pub fn deliveries(db: &Connection, date: ServiceDate) -> Result<u32, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT COUNT(*) FROM orders WHERE service_date = ?1 AND fulfilment = 'delivery'",
    )?;
    Ok(statement.query_row([date.to_string()], |row| row.get(0))?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Order> {
    let building: Option<String> = row.get("building")?;
    let door = building
        .map(|building| {
            Ok::<_, rusqlite::Error>(Door {
                building,
                floor: row.get("floor")?,
                flat: row.get("flat")?,
            })
        })
        .transpose()?;
    let portions: u8 = row.get("portions")?;
    Ok(Order {
        id: parsed(row, "id")?,
        date: parsed(row, "service_date")?,
        number: row.get("number")?,
        code: OrderCode::parse(&row.get::<_, String>("code")?)
            .ok_or_else(|| super::convert::broken(&"code"))?,
        fulfilment: parsed(row, "fulfilment")?,
        portions: portions.try_into().map_err(|e| super::convert::broken(&e))?,
        preferences: json(row, "preferences")?,
        allergies: json(row, "allergies")?,
        category: parsed(row, "category")?,
        resident: maybe_parsed(row, "resident_id")?,
        door,
        total: crate::domain::Fen(row.get("total_fen")?),
        payment: parsed(row, "payment")?,
        method: maybe_parsed(row, "method")?,
        state: parsed(row, "state")?,
        placed_at: timestamp(row, "placed_at")?,
    })
}

/// The orders of a span of service dates, open at either end, by date and number.
pub fn between(
    db: &Connection,
    from: Option<ServiceDate>,
    until: Option<ServiceDate>,
) -> Result<Vec<Order>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM orders WHERE service_date >= coalesce(?1, '') AND service_date <= coalesce(?2, '9999-12-31')
         ORDER BY service_date, number",
    )?;
    let span = params![from.map(|d| d.to_string()), until.map(|d| d.to_string())];
    let rows = statement.query_map(span, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
