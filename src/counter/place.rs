//! Placing an order: number, portions, ledger, history and papers in one transaction.

use rusqlite::{Connection, Transaction};
use serde_json::json;

use super::{Actor, Counter, Deadline, NewOrder, open_menu, papers, pay};
use crate::domain::{
    Door, Fen, Fulfilment, Menu, Order, OrderCode, OrderId, OrderState, Payment, PaymentMethod,
    PaymentState, Preferences, Refusal, Resident, ServiceDate,
};
use crate::error::Error;
use crate::house::entropy;
use crate::store::{StoreError, buildings, days, ledger, orders, residents};

impl Counter {
    /// Places an order. When this returns `Ok`, it is on disk with its papers.
    pub fn place(&self, wish: &NewOrder, actor: Actor<'_>) -> Result<Order, Error> {
        self.place_by(wish, Deadline::Holds, actor)
    }

    /// Places an order, if need be after the cut-off: the desk has asked the kitchen.
    pub fn place_by(
        &self,
        wish: &NewOrder,
        deadline: Deadline,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        self.house.store.write(|tx| self.place_in(tx, wish, deadline, actor))
    }

    /// Places an order as part of a larger change.
    pub(super) fn place_in(
        &self,
        tx: &Transaction<'_>,
        wish: &NewOrder,
        deadline: Deadline,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        let now = self.house.writing_time(tx)?;
        let calendar = self.house.calendar(tx)?;
        let menu = open_menu(tx, &calendar, wish.date)?;
        deadline.check(&calendar, wish.date, wish.fulfilment, now)?;

        let resident = match wish.resident {
            Some(id) => Some(residents::get(tx, id)?.ok_or(Refusal::UnknownResident)?),
            None => None,
        };
        let category = resident.as_ref().map_or(wish.category, |r| r.category);
        let allergies = resident.as_ref().map_or_else(Vec::new, |r| r.allergies.clone());
        let price = *menu.prices.get(&category).ok_or(Refusal::NotEligible { category })?;
        let door = door_of(tx, wish.fulfilment, wish.door.as_ref(), resident.as_ref())?;
        check_preferences(&menu, &wish.preferences, &allergies)?;

        days::ensure(tx, wish.date)?;
        check_left(tx, &menu, u32::from(wish.portions.get()))?;
        let number = days::take_number(tx, wish.date, wish.portions.get())?;
        let order = Order {
            id: OrderId::new(now, entropy()),
            date: wish.date,
            number,
            code: free_code(tx, wish.date)?,
            fulfilment: wish.fulfilment,
            portions: wish.portions,
            preferences: wish.preferences.clone(),
            allergies,
            category,
            resident: wish.resident,
            door,
            total: price * i64::from(wish.portions.get()),
            payment: PaymentState::Due,
            method: None,
            state: OrderState::Placed,
            placed_at: now,
        };
        orders::insert(tx, &order)?;
        let detail = json!({ "portions": order.portions, "total": order.total, "fulfilment": order.fulfilment });
        orders::event(tx, order.id, now, orders::Event::Placed, actor, &detail)?;
        sell(tx, now, &order, order.total)?;
        let order = match wish.payment {
            Payment::Later => order,
            Payment::FromAccount => pay::settle(tx, now, order, PaymentMethod::Account, actor)?,
        };
        papers::placed(tx, &self.house, &calendar, &menu, &order, now)?;
        Ok(order)
    }
}

/// Books a sale (or, with a negative amount, takes one back).
pub(super) fn sell(
    tx: &Transaction<'_>,
    now: jiff::Timestamp,
    order: &Order,
    amount: Fen,
) -> Result<(), StoreError> {
    let about =
        ledger::About { date: Some(order.date), order: Some(order.id), ..Default::default() };
    ledger::transfer(tx, now, amount, ledger::Account::Sales, ledger::Account::Receivable, about)
}

/// Where a delivery goes; nothing for the other ways.
pub(super) fn door_of(
    db: &Connection,
    fulfilment: Fulfilment,
    asked: Option<&Door>,
    resident: Option<&Resident>,
) -> Result<Option<Door>, Error> {
    if fulfilment != Fulfilment::Delivery {
        return Ok(None);
    }
    let resident = resident.ok_or(Refusal::DeliveryNeedsResident)?;
    let door = asked.unwrap_or(&resident.door).clone();
    match buildings::get(db, &door.building)? {
        Some(building) if building.has(door.floor, door.flat) => Ok(Some(door)),
        _ => Err(Refusal::UnknownDoor { room: door.room(), building: door.building }.into()),
    }
}

/// Refuses wishes the menu can't serve, and dishes the eater must not be served.
pub(super) fn check_preferences(
    menu: &Menu,
    wished: &Preferences,
    allergies: &[crate::domain::Allergen],
) -> Result<(), Refusal> {
    if wished.note.chars().count() > Preferences::NOTE_MAX {
        return Err(Refusal::NoteTooLong { max: Preferences::NOTE_MAX });
    }
    if wished.substitute && menu.substitutable().is_none() {
        return Err(Refusal::NoSubstitute);
    }
    let allergens = menu.clashes(allergies, wished.substitute);
    if allergens.is_empty() {
        return Ok(());
    }
    let substitute_helps = !wished.substitute && menu.clashes(allergies, true).is_empty();
    Err(Refusal::Allergy { allergens, substitute_helps })
}

/// Refuses more portions than are left.
pub(super) fn check_left(db: &Connection, menu: &Menu, more: u32) -> Result<(), Error> {
    let left = menu.portions.saturating_sub(days::get(db, menu.date)?.sold);
    if more > left {
        return Err(Refusal::SoldOut { left }.into());
    }
    Ok(())
}

/// Six letters that no other order of the date has.
fn free_code(db: &Connection, date: ServiceDate) -> Result<OrderCode, StoreError> {
    loop {
        let code = OrderCode::from_random(rand::random());
        if !orders::code_taken(db, date, &code)? {
            return Ok(code);
        }
    }
}
