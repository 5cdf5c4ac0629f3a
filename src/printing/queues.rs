//! Sending a queue to another printer by a person's hand.

use crate::counter::Actor;
use crate::domain::{PrintQueue, Refusal};
use crate::error::Error;
use crate::house::House;
use crate::store::queue_moves;

/// Sends a queue to a printer from now on, or back to the one of the settings.
pub fn move_queue(
    house: &House,
    queue: PrintQueue,
    printer: Option<&str>,
    actor: Actor<'_>,
) -> Result<(), Error> {
    let known = &house.settings.printers;
    if let Some(name) = printer.filter(|name| !known.contains_key(*name)) {
        let known = known.keys().cloned().collect::<Vec<_>>().join(", ");
        return Err(Refusal::UnknownPrinter { name: name.to_owned(), known }.into());
    }
    let own = &house.settings.queue(queue).printer;
    let printer = printer.filter(|name| name != own).unwrap_or_default();
    house.store.write(|tx| {
        let now = house.clock.now();
        if queue_moves::current(tx)?.get(&queue).map_or("", String::as_str) != printer {
            queue_moves::insert(tx, queue, printer, actor, now)?;
        }
        Ok(())
    })
}
