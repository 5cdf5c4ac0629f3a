//! Which round of the plan at hand goes on as which trip of a new plan.

use crate::domain::Round;

/// Which rounds keep their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matching {
    /// None: every round gets a new number, so that an old slip can't be taken for a new one.
    Anew,
    /// A volunteer's rounds, the one with the most doors in common first.
    SameVolunteer,
    /// The rounds with the most doors in common, whoever walks them.
    SameDoors,
}

/// For each new round the index of the old one that it goes on as.
pub(super) fn pair(old: &[&Round], new: &[Round], matching: Matching) -> Vec<Option<usize>> {
    let mut kept = vec![None; new.len()];
    if matching == Matching::Anew {
        return kept;
    }
    let mut pairs = Vec::new();
    for (n, draft) in new.iter().enumerate() {
        for (o, round) in old.iter().enumerate() {
            let same = draft.volunteer == round.volunteer;
            let common = common(round, draft);
            let may = match matching {
                Matching::SameVolunteer => same,
                _ => common > 0 || same,
            };
            if may {
                pairs.push((std::cmp::Reverse(common), !same, o, n));
            }
        }
    }
    pairs.sort_unstable();
    for (_, _, o, n) in pairs {
        if kept[n].is_none() && !kept.contains(&Some(o)) {
            kept[n] = Some(o);
        }
    }
    kept
}

fn common(one: &Round, other: &Round) -> usize {
    one.stops.iter().filter(|s| other.stops.iter().any(|o| o.number == s.number)).count()
}
