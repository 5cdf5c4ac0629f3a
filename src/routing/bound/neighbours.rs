//! Which doors a partial round remembers: the ng-sets, grown where cycles pay.
//!
//! Starting from the nearest doors, a door is added to the memory of those on a cycle that the
//! linear program uses (R. Roberti, A. Mingozzi, *Dynamic ng-path relaxation for the delivery man
//! problem*, 2014).

use super::model::{Doors, Model, bit};

/// The nearest doors of each door, itself among them, by node.
pub(super) fn nearest(model: &Model, size: usize) -> Vec<Doors> {
    let mut near = vec![0; model.doors + 1];
    for (door, near) in near.iter_mut().enumerate().skip(1) {
        let mut others: Vec<usize> = (1..=model.doors).collect();
        others.sort_by_key(|&o| (o != door, model.leg(door, o) + model.leg(o, door), o));
        *near = others[..size.min(others.len())].iter().fold(0, |set, &o| set | bit(o));
    }
    near
}

/// Lets the doors on each cycle of a round remember the door it comes back to, as far as their
/// memory of `most` doors allows. True if anything was added.
pub(super) fn grow(near: &mut [Doors], round: &[u8], most: u32) -> bool {
    let mut grown = false;
    for (first, last) in cycles(round) {
        let again = usize::from(round[first]);
        let between = &round[first + 1..last];
        if between.iter().any(|&d| {
            near[usize::from(d)].count_ones() >= most && near[usize::from(d)] & bit(again) == 0
        }) {
            continue;
        }
        for &door in between {
            grown |= near[usize::from(door)] & bit(again) == 0;
            near[usize::from(door)] |= bit(again);
        }
    }
    grown
}

/// Whether a round is an ng-route.
pub(super) fn allows(near: &[Doors], round: &[u8]) -> bool {
    let mut known: Doors = 0;
    for &door in round {
        let door = usize::from(door);
        if known & bit(door) != 0 {
            return false;
        }
        known = known & near[door] | bit(door);
    }
    true
}

/// Whether no door is visited twice.
pub(super) fn elementary(round: &[u8]) -> bool {
    cycles(round).next().is_none()
}

/// Positions of consecutive visits of the same door.
fn cycles(round: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    (0..round.len()).filter_map(move |first| {
        let next = round[first + 1..].iter().position(|d| *d == round[first]);
        next.map(|ahead| (first, first + 1 + ahead))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_forbidden_once_the_doors_on_it_remember() {
        let mut near: Vec<Doors> = (0..5).map(bit).collect();
        let cycle = [1, 2, 3, 1, 4];
        assert!(allows(&near, &cycle) && !elementary(&cycle));
        assert!(grow(&mut near, &cycle, 4));
        assert!(!allows(&near, &cycle));
        assert!(allows(&near, &[1, 2, 3, 4]));
        assert!(!grow(&mut near, &cycle, 4), "nothing is left to add");
    }
}
