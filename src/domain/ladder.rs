//! What is done when a door stays shut: a ladder of people to ask, one after the other, each step timed
//! and written down. No step closes a check; only a finding does.

use jiff::Timestamp;

crate::text_enum!(
    /// Whom a step of the ladder asks.
    LadderStep, "step of the ladder" {
        /// The resident's own telephone.
        Phone = "phone",
        /// The building's leader, who goes to the door.
        Leader = "leader",
        /// Whoever is at the desk.
        Desk = "desk",
        /// The family contacts, in their order.
        Family = "family",
    }
);

crate::text_enum!(
    /// What came out of a step.
    StepOutcome, "outcome of a step" {
        /// Somebody knows how the resident is: what is missing is the finding.
        Reached = "reached",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// It could not be done, and the next one was asked.
        HandedOn = "handed_on",
    }
);

impl LadderStep {
    /// The step after this one.
    pub const fn next(self) -> Option<Self> {
        match self {
            LadderStep::Phone => Some(LadderStep::Leader),
            LadderStep::Leader => Some(LadderStep::Desk),
            LadderStep::Desk => Some(LadderStep::Family),
            LadderStep::Family => None,
        }
    }
}

/// One step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenStep {
    /// Whom it asked.
    pub step: LadderStep,
    /// What came out.
    pub outcome: StepOutcome,
    /// Who took it.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// What was said; may be empty.
    pub note: String,
}

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Ask these.
    Ask(LadderStep),
    /// Somebody was reached: write down what was found.
    WriteDown,
    /// Everybody was asked and nobody answered: the desk decides, and does not wait.
    Decide,
}

/// How far a check has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// When the check was opened.
    pub opened_at: Timestamp,
    /// The steps since then, oldest first.
    pub taken: Vec<TakenStep>,
    /// How many steps the check has ever had; what a form has seen.
    pub position: u32,
}

impl Ladder {
    /// What is to be done next.
    pub fn next(&self) -> NextStep {
        match self.taken.last() {
            None => NextStep::Ask(LadderStep::Phone),
            Some(last) if last.outcome == StepOutcome::Reached => NextStep::WriteDown,
            Some(last) => last.step.next().map_or(NextStep::Decide, NextStep::Ask),
        }
    }

    /// Since when that is to be done.
    pub fn since(&self) -> Timestamp {
        self.taken.last().map_or(self.opened_at, |last| last.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(steps: &[(LadderStep, StepOutcome)]) -> NextStep {
        let at = Timestamp::UNIX_EPOCH;
        let taken = steps.iter().map(|(step, outcome)| TakenStep {
            step: *step,
            outcome: *outcome,
            who: "chen".into(),
            at,
            note: String::new(),
        });
        Ladder { opened_at: at, taken: taken.collect(), position: 0 }.next()
    }

    #[test]
    fn each_is_asked_in_turn_until_somebody_is_reached() {
        use LadderStep::{Desk, Family, Leader, Phone};
        use StepOutcome::{HandedOn, NoAnswer, Reached};
        assert_eq!(after(&[]), NextStep::Ask(Phone));
        assert_eq!(after(&[(Phone, NoAnswer)]), NextStep::Ask(Leader));
        assert_eq!(after(&[(Phone, NoAnswer), (Leader, HandedOn)]), NextStep::Ask(Desk));
        assert_eq!(after(&[(Desk, NoAnswer)]), NextStep::Ask(Family));
        assert_eq!(after(&[(Phone, Reached)]), NextStep::WriteDown);
        assert_eq!(after(&[(Family, NoAnswer)]), NextStep::Decide);
    }
}
