//! The rules of a service plan: which stages decide, each a switch.

/// What a service plan keeps and what it prefers; by default everything.
///
/// With every switch off the service planner is the plain one: most doors, then the smallest sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Each is a switch of its own.
#[allow(clippy::struct_excessive_bools)]
pub struct Rules {
    /// Volunteers who do not climb get no door up the stairs.
    pub climbs: bool,
    /// Volunteers leave and return within their time on duty.
    pub windows: bool,
    /// Volunteers with `max_trips` above 1 may go again.
    pub trips: bool,
    /// The hot limit and the doors' latest arrivals come before the sum of durations.
    pub lateness: bool,
    /// On a re-plan, the fewest doors change hands, before the sum of durations.
    pub hands: bool,
    /// The longest round is made short, within the slack.
    pub longest: bool,
    /// How much longer than the best sum found a plan with a shorter longest round may be, in
    /// thousandths.
    pub slack_permille: i64,
    /// Rounds go to those who are known at their doors.
    pub faces: bool,
    /// Rounds go to those who walked less over the last month.
    pub evenness: bool,
    /// How much of the best score of familiar faces evenness may cost, in thousandths. At 0 it
    /// decides between equals only, and who is known once walks every day while others stay.
    pub faces_slack_permille: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            climbs: true,
            windows: true,
            trips: true,
            lateness: true,
            hands: true,
            longest: true,
            slack_permille: 20,
            faces: true,
            evenness: true,
            faces_slack_permille: 300,
        }
    }
}

impl Rules {
    /// Every switch off: the plain objective.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            climbs: false,
            windows: false,
            trips: false,
            lateness: false,
            hands: false,
            longest: false,
            slack_permille: 0,
            faces: false,
            evenness: false,
            faces_slack_permille: 0,
        }
    }
}
