//! Bags of different sizes: who could lend a route a larger one.
//!
//! A route that is full need not be closed to a door when another volunteer with a larger bag
//! carries so little that the two may change rounds; the exchange itself costs nothing.

use super::state::State;
use super::terrain::Terrain;

/// Volunteers with the same bag and the same time are one kind.
pub(super) struct Bags {
    /// (capacity, limit) by kind.
    kinds: Vec<(i32, i64)>,
    kind_of: Vec<u32>,
    /// Lightest route of each kind: its load and number.
    lightest: Vec<(i32, u32)>,
    /// Largest bag within each kind's reach.
    reach: Vec<i32>,
}

impl Bags {
    /// Sorts the vehicles into kinds.
    pub(super) fn new(terrain: &Terrain) -> Self {
        let mut kinds: Vec<(i32, i64)> =
            terrain.capacity.iter().copied().zip(terrain.limit.iter().copied()).collect();
        let each = kinds.clone();
        kinds.sort_unstable();
        kinds.dedup();
        let kind_of = each
            .iter()
            .map(|kind| kinds.iter().position(|k| k == kind).unwrap_or(0) as u32)
            .collect();
        let reach = kinds.iter().map(|kind| kind.0).collect();
        Self { lightest: vec![(i32::MAX, 0); kinds.len()], reach, kinds, kind_of }
    }

    /// Whether all vehicles are alike, so that no exchange can help.
    pub(super) fn alike(&self) -> bool {
        self.kinds.len() < 2
    }

    /// Looks up the lightest route of each kind.
    pub(super) fn survey(&mut self, state: &State) {
        self.lightest.fill((i32::MAX, 0));
        for (brief, r) in state.briefs.iter().zip(0..) {
            let lightest = &mut self.lightest[self.kind_of[brief.vehicle as usize] as usize];
            if brief.load < lightest.0 {
                *lightest = (brief.load, r);
            }
        }
        for (own, reach) in self.kinds.iter().zip(&mut self.reach) {
            let lent = self.kinds.iter().zip(&self.lightest);
            let lent = lent.filter(|(kind, lightest)| kind.1 == own.1 && lightest.0 <= own.0);
            *reach = lent.map(|(kind, _)| kind.0).max().unwrap_or(own.0).max(own.0);
        }
    }

    /// The largest bag a route of this vehicle can have, its own or by exchange.
    pub(super) fn reach(&self, vehicle: u32) -> i32 {
        self.reach[self.kind_of[vehicle as usize] as usize]
    }

    /// The kind of a vehicle.
    pub(super) fn kind(&self, vehicle: u32) -> u32 {
        self.kind_of[vehicle as usize]
    }

    /// The route to change with for a bag of at least `needed`: the smallest such bag.
    pub(super) fn partner(&self, vehicle: u32, needed: i32) -> Option<u32> {
        let (own, limit) = self.kinds[self.kind_of[vehicle as usize] as usize];
        // Kinds are sorted by capacity.
        let lends = |(kind, lightest): &(&(i32, i64), &(i32, u32))| {
            kind.0 >= needed && kind.1 == limit && lightest.0 <= own
        };
        self.kinds.iter().zip(&self.lightest).find(lends).map(|(_, lightest)| lightest.1)
    }
}
