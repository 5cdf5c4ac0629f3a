//! Subset-row cuts of three doors, with limited memory.
//!
//! Of the rounds that serve at least two of three doors a plan has at most one (M. Jepsen, B.
//! Petersen, S. Spoorendonk, D. Pisinger, *Subset-row inequalities applied to the vehicle-routing
//! problem with time windows*, 2008). A round that leaves the cut's memory set forgets what it has
//! collected, which weakens the coefficient and makes pricing far cheaper (D. Pecin, A. Pessoa, M.
//! Poggi, E. Uchoa, *Improved branch-cut-and-price for capacitated vehicle routing*, 2017).

use super::model::{Doors, bit};

/// A cut `sum over rounds of coefficient * x <= 1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SubsetRow {
    /// The three doors, ascending.
    pub doors: [u8; 3],
    /// Where a half-collected coefficient is kept; contains the three doors.
    pub memory: Doors,
}

impl SubsetRow {
    /// The three doors as a set.
    pub fn set(&self) -> Doors {
        self.doors.iter().fold(0, |set, &door| set | bit(usize::from(door)))
    }

    /// How often a round counts: half a unit for each visit, in whole units, with limited memory.
    pub fn coefficient(&self, round: &[u8]) -> i64 {
        let set = self.set();
        let (mut half, mut whole) = (false, 0);
        for &door in round {
            let door = bit(usize::from(door));
            half &= self.memory & door != 0;
            if set & door != 0 {
                whole += i64::from(half);
                half = !half;
            }
        }
        whole
    }

    /// The doors this round must remember on the way for its coefficient to count in full.
    fn needs(&self, round: &[u8]) -> Doors {
        let set = self.set();
        let (mut since, mut half, mut needed) = (0, false, 0);
        for &door in round {
            let door = bit(usize::from(door));
            since |= door;
            if set & door != 0 {
                if half {
                    needed |= since;
                }
                half = !half;
                since = door;
            }
        }
        needed
    }
}

/// The most violated cuts of a fractional plan, given as rounds with their values.
///
/// Each door is in at most `each` of them, so that they spread. Cuts of triples in `present` come
/// back too, with a larger memory, where theirs is too small to cut this plan off.
pub(super) fn separate(
    doors: usize,
    rounds: &[(&[u8], f64)],
    least_violation: f64,
    most: usize,
    each: usize,
) -> Vec<SubsetRow> {
    let mut found = violated(doors, rounds, least_violation);
    found.sort_by(|(a, s), (b, t)| b.total_cmp(a).then(s.cmp(t)));
    let mut uses = vec![0; doors + 1];
    let mut cuts = Vec::new();
    for (_, triple) in found {
        if cuts.len() == most {
            break;
        }
        if triple.iter().any(|&d| uses[usize::from(d)] == each) {
            continue;
        }
        for &door in &triple {
            uses[usize::from(door)] += 1;
        }
        let mut cut = SubsetRow { doors: triple, memory: 0 };
        cut.memory = rounds.iter().fold(cut.set(), |memory, (round, _)| memory | cut.needs(round));
        cuts.push(cut);
    }
    cuts
}

/// All triples whose full-memory cut is violated, with the violation.
fn violated(doors: usize, rounds: &[(&[u8], f64)], least: f64) -> Vec<(f64, [u8; 3])> {
    let n = doors + 1;
    // A visit more of the same door counts like any other, so a door can pair with itself.
    let mut pair = vec![0.0; n * n];
    let mut visits: Vec<Vec<(u32, u8)>> = vec![Vec::new(); n];
    for (at, (round, x)) in rounds.iter().enumerate() {
        for &door in *round {
            match visits[usize::from(door)].last_mut() {
                Some((latest, times)) if *latest == at as u32 => *times += 1,
                _ => visits[usize::from(door)].push((at as u32, 1)),
            }
        }
        let mut distinct = round.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        for &a in &distinct {
            for &b in &distinct {
                pair[usize::from(a) * n + usize::from(b)] += x;
            }
        }
    }
    let twice: Vec<f64> = visits
        .iter()
        .map(|v| v.iter().map(|&(at, k)| f64::from(k / 2) * rounds[at as usize].1).sum())
        .collect();
    let mut found = Vec::new();
    for a in 1..n {
        for b in a + 1..n {
            for c in b + 1..n {
                let most = pair[a * n + b] + pair[a * n + c] + pair[b * n + c];
                if most + twice[a] + twice[b] + twice[c] > 1.0 + least {
                    let violation = full(rounds, &visits, [a, b, c]) - 1.0;
                    if violation > least {
                        found.push((violation, [a as u8, b as u8, c as u8]));
                    }
                }
            }
        }
    }
    found
}

/// The full-memory left-hand side of a triple.
fn full(rounds: &[(&[u8], f64)], visits: &[Vec<(u32, u8)>], triple: [usize; 3]) -> f64 {
    let mut next = [0; 3];
    let mut sum = 0.0;
    loop {
        let front = |i: usize| visits[triple[i]].get(next[i]).map_or(u32::MAX, |v| v.0);
        let at = front(0).min(front(1)).min(front(2));
        if at == u32::MAX {
            return sum;
        }
        let mut times = 0;
        for i in 0..3 {
            if front(i) == at {
                times += visits[triple[i]][next[i]].1;
            }
        }
        for i in 0..3 {
            if visits[triple[i]].get(next[i]).is_some_and(|v| v.0 == at) {
                next[i] += 1;
            }
        }
        sum += f64::from(times / 2) * rounds[at as usize].1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_counts_every_second_visit_that_is_remembered() {
        let everywhere = SubsetRow { doors: [1, 2, 3], memory: Doors::MAX };
        assert_eq!(everywhere.coefficient(&[1, 7, 2]), 1);
        assert_eq!(everywhere.coefficient(&[1, 7, 8]), 0);
        assert_eq!(everywhere.coefficient(&[1, 2, 3, 1]), 2);
        let forgets_seven = SubsetRow { memory: everywhere.set() | bit(8), ..everywhere };
        assert_eq!(forgets_seven.coefficient(&[1, 7, 2]), 0);
        assert_eq!(forgets_seven.coefficient(&[1, 8, 2]), 1);
    }

    #[test]
    fn three_halves_of_rounds_between_three_doors_are_cut_off() {
        let rounds: [(&[u8], f64); 3] = [(&[1, 5, 2], 0.5), (&[2, 3], 0.5), (&[3, 4, 1], 0.5)];
        let cuts = separate(5, &rounds, 0.1, 10, 5);
        assert_eq!(cuts.len(), 1);
        assert_eq!(cuts[0].doors, [1, 2, 3]);
        let sum: i64 = rounds.iter().map(|(round, _)| cuts[0].coefficient(round)).sum();
        assert_eq!(sum, 3, "the memory suffices for each of these rounds");
        assert_eq!(cuts[0].memory & (bit(4) | bit(5)), bit(4) | bit(5));
    }
}
