//! Crossover: a plan that has a neighbourhood of one parent and the rest of the other.
//!
//! In the spirit of selective route exchange (Nagata and Bräysy, "Edge assembly-based memetic
//! algorithm for the capacitated vehicle routing problem", Networks 54(4), 2009): whole routes around
//! a random door are taken from the second parent; the routes of the first that they overlap most
//! give up their volunteers to them, and what is left without a route is put back by recreate.

use super::chance::Chance;
use super::route::Route;
use super::state::State;
use super::terrain::Terrain;

/// Lays the child of `mother` and `father` into `state`; stops without a route go to `pool`.
pub(super) fn cross(
    terrain: &Terrain,
    state: &mut State,
    chance: &mut Chance,
    mother: &[Route],
    father: &[Route],
    pool: &mut Vec<u32>,
) {
    state.adopt(terrain, mother);
    state.begin();
    pool.append(&mut state.absent);

    let seed = terrain.servable[chance.below(terrain.servable.len())];
    let taken = routes_around(terrain, chance, father, seed);
    let mut moves = vec![false; terrain.spot.len()];
    for &f in &taken {
        for &stop in father[f].doors() {
            moves[stop as usize] = true;
        }
    }
    pool.retain(|&stop| !moves[stop as usize]);

    // Volunteers for them: of the routes that lose most.
    let mut losing: Vec<(usize, u32)> = state
        .routes
        .iter()
        .zip(0..)
        .map(|(route, r)| (route.doors().iter().filter(|&&s| moves[s as usize]).count(), r))
        .filter(|&(lost, _)| lost > 0)
        .collect();
    let mut gone = Vec::new();
    for &(_, r) in &losing {
        let mut place = state.routes[r as usize].len();
        while place > 0 {
            if moves[state.routes[r as usize].stops[place] as usize] {
                state.cut(terrain, r, place, 1, &mut gone);
            }
            place -= 1;
        }
    }
    losing.sort_unstable_by_key(|&(lost, r)| (std::cmp::Reverse(lost), r));
    losing.truncate(taken.len());
    for &(_, r) in &losing {
        let len = state.routes[r as usize].len();
        if len > 0 {
            state.cut(terrain, r, 1, len, pool);
        }
    }
    // The largest bags for the heaviest routes.
    losing.sort_unstable_by_key(|&(_, r)| {
        (std::cmp::Reverse(terrain.capacity[state.routes[r as usize].vehicle as usize]), r)
    });
    let mut taken = taken;
    taken.sort_unstable_by_key(|&f| (std::cmp::Reverse(father[f].load), f));
    let mut free = losing.into_iter().map(|(_, r)| r);
    for f in taken {
        let fits = free.next().filter(|&r| {
            let vehicle = state.routes[r as usize].vehicle as usize;
            father[f].load <= terrain.capacity[vehicle]
                && father[f].duration <= terrain.limit[vehicle]
        });
        match fits {
            Some(r) => {
                for (after, &stop) in father[f].doors().iter().enumerate() {
                    state.insert(terrain, stop, r, after);
                }
            }
            None => pool.extend(father[f].doors()),
        }
    }
}

/// Between one and half of the routes, those that are met first going away from a door.
fn routes_around(
    terrain: &Terrain,
    chance: &mut Chance,
    routes: &[Route],
    seed: u32,
) -> Vec<usize> {
    let mut route_of = vec![usize::MAX; terrain.spot.len()];
    let mut busy = 0;
    for (r, route) in routes.iter().enumerate().filter(|(_, route)| route.len() > 0) {
        busy += 1;
        for &stop in route.doors() {
            route_of[stop as usize] = r;
        }
    }
    let wanted = 1 + chance.below((busy / 2).max(1));
    let mut taken = Vec::with_capacity(wanted);
    for &stop in std::iter::once(&seed).chain(terrain.near(seed)) {
        let r = route_of[stop as usize];
        if taken.len() < wanted && r != usize::MAX && !taken.contains(&r) {
            taken.push(r);
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::super::terrain::tests::row;
    use super::*;
    use crate::routing::solver::state::NOWHERE;

    /// The routes of a plan that serves these stops in this order, vehicle by vehicle.
    fn plan(terrain: &Terrain, rounds: &[&[u32]]) -> Vec<Route> {
        let mut state = State::new(terrain);
        state.begin();
        for (r, stops) in rounds.iter().enumerate() {
            for (after, &stop) in stops.iter().enumerate() {
                state.insert(terrain, stop, r as u32, after);
            }
        }
        state.routes
    }

    #[test]
    fn a_child_has_every_door_once_within_bags_and_time() {
        let problem = row();
        let terrain = Terrain::new(&problem, &[0, 1, 2, 3, 4, 5]);
        let mother = plan(&terrain, &[&[1, 2, 3], &[4, 5, 6]]);
        let father = plan(&terrain, &[&[6, 1], &[2, 3, 4, 5]]);
        let mut new_edges = 0;
        for seed in 0..40 {
            let mut chance = Chance::new(seed, 0.0);
            let (mut state, mut pool) = (State::new(&terrain), Vec::new());
            cross(&terrain, &mut state, &mut chance, &mother, &father, &mut pool);
            let mut doors = pool.clone();
            for route in &state.routes {
                doors.extend(route.doors());
                let vehicle = route.vehicle as usize;
                assert!(route.load <= terrain.capacity[vehicle]);
                assert!(route.duration <= terrain.limit[vehicle]);
            }
            doors.sort_unstable();
            assert_eq!(doors, [1, 2, 3, 4, 5, 6], "seed {seed}");
            assert!(pool.iter().all(|&stop| state.route_of[stop as usize] == NOWHERE));
            let inherits =
                |a, b| state.routes.iter().any(|r| r.stops.windows(2).any(|p| p == [a, b]));
            new_edges += usize::from(inherits(6, 1) || inherits(3, 4));
        }
        assert!(new_edges > 10, "children of the father: {new_edges}");
    }
}
