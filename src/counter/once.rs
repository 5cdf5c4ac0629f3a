//! Orders of other programs: a request that is sent twice, because its answer was lost on the way,
//! orders once.

use jiff::SignedDuration;

use super::{Counter, Deadline, NewOrder};
use crate::domain::{Order, Program, Refusal};
use crate::error::Error;
use crate::store::{orders, programs};

/// How long a request's key is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What became of a program's wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// The order was placed now.
    Placed(Order),
    /// The same request came before; this is its order as it stands.
    Before(Order),
    /// The key came before with another wish. Nothing was ordered.
    OtherWish,
}

impl Counter {
    /// Places an order for a program, once for each key; `digest` tells one wish from another.
    pub fn place_once(
        &self,
        wish: &NewOrder,
        program: &Program,
        key: &str,
        digest: &str,
    ) -> Result<Once, Error> {
        self.house.store.write(|tx| {
            match programs::request(tx, program.id, key)? {
                Some((before, order)) if before == digest => {
                    let order = orders::get(tx, order)?.ok_or(Refusal::UnknownOrder)?;
                    return Ok(Once::Before(order));
                }
                Some(_) => return Ok(Once::OtherWish),
                None => {}
            }
            let order = self.place_in(tx, wish, Deadline::Holds, &program.actor())?;
            let now = order.placed_at;
            programs::forget_requests(tx, now - REMEMBERED)?;
            programs::keep_request(tx, (program.id, key, digest), order.id, now)?;
            Ok(Once::Placed(order))
        })
    }
}
