//! How many volunteers are enough.

use super::posed::{Service, ServiceError};
use super::rules::Rules;
use super::slice::Slice;
use super::stages;
use crate::routing::estate::{Estate, Volunteer};
use crate::routing::measure::Seconds;
use crate::routing::{Control, Options};

/// Whom to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Staff {
    /// The volunteers listed, the most useful first.
    Listed,
    /// So many like this one; the id is not looked at.
    Typical(Box<Volunteer>),
}

/// What a number of volunteers would manage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffing {
    /// How many carry.
    pub volunteers: usize,
    /// Doors left out, by delivery id, with the reason as a sentence.
    pub left_out: Vec<(String, String)>,
    /// Doors that are late, by delivery id, and by how much.
    pub late: Vec<(String, Seconds)>,
}

impl Staffing {
    /// Whether every door is served in time.
    pub fn enough(&self) -> bool {
        self.left_out.is_empty() && self.late.is_empty()
    }
}

/// The answer to "how many do we need?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HowMany {
    /// The smallest number found that is enough; none if all that can be asked are too few.
    pub enough: Option<usize>,
    /// Fewer than this cannot be enough: meals and time alone say so.
    pub at_least: usize,
    /// What was tried, by number.
    pub tried: Vec<Staffing>,
}

/// The smallest number of volunteers that serves all doors and keeps the hot limit and times.
///
/// A number is enough when a search of the given length finds such a plan for the most useful so
/// many of the staff. Numbers are halved between the lower bound and all; then the numbers just
/// below the answer are tried again with longer searches, since a search that failed has proved
/// nothing. Fixed trips are not looked at.
pub fn how_many(
    estate: &Estate,
    staff: &Staff,
    rules: Rules,
    options: &Options,
    control: &dyn Control,
) -> Result<HowMany, ServiceError> {
    let mut bench = Bench::new(estate, staff, rules, options, control)?;
    let most = bench.estate.volunteers.len();
    let at_least = bench.lower_bound()?.min(most);
    let (mut low, mut high) = (at_least, most);
    if !bench.try_number(high, 1)?.enough() {
        return Ok(HowMany { enough: None, at_least, tried: bench.tried });
    }
    while low < high {
        let middle = usize::midpoint(low, high);
        if bench.try_number(middle, 1)?.enough() {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    while high > at_least && bench.try_number(high - 1, 3)?.enough() {
        high -= 1;
    }
    if high > 0 && high == at_least {
        bench.try_number(high - 1, 1)?;
    }
    Ok(HowMany { enough: Some(high), at_least, tried: bench.tried })
}

/// Numbers under trial.
struct Bench<'c> {
    estate: Estate,
    rules: Rules,
    options: Options,
    control: &'c dyn Control,
    /// Share of the control's time that one search has.
    share: f64,
    spent: f64,
    tried: Vec<Staffing>,
}

impl<'c> Bench<'c> {
    fn new(
        estate: &Estate,
        staff: &Staff,
        rules: Rules,
        options: &Options,
        control: &'c dyn Control,
    ) -> Result<Self, ServiceError> {
        let mut estate = Estate { fixed: Vec::new(), now_s: 0, ..estate.clone() };
        match staff {
            Staff::Listed => {
                let stairs = Service::pose(&estate, rules)?.climb.contains(&true) && rules.climbs;
                estate.volunteers.sort_by_key(|v| {
                    let duty = v.until_s.map_or(i64::MAX, |until| until - v.from_s);
                    let trips = if rules.trips { v.max_trips } else { 1 };
                    let time = v.max_duration_s.saturating_mul(trips).min(duty);
                    (stairs && !v.climbs, std::cmp::Reverse(v.capacity * trips * time.min(86_400)))
                });
            }
            Staff::Typical(one) => {
                let most = estate.deliveries.len();
                estate.volunteers = (1..=most)
                    .map(|n| Volunteer { id: format!("T{n:04}"), ..(**one).clone() })
                    .collect();
            }
        }
        // Halvings, and the check below with its longer searches.
        let searches = f64::from(estate.volunteers.len().max(2).ilog2() + 9);
        let rules = Rules { longest: false, faces: false, evenness: false, ..rules };
        Ok(Self {
            estate,
            rules,
            options: *options,
            control,
            share: 1.0 / searches,
            spent: 0.0,
            tried: Vec::new(),
        })
    }

    /// Meals over the bags' trips, and time at doors and on the way over the volunteers' time.
    fn lower_bound(&self) -> Result<usize, ServiceError> {
        let service = Service::pose(&self.estate, self.rules)?;
        let meals: i64 = self.estate.deliveries.iter().map(|d| d.meals).sum();
        let work: i64 = self.estate.deliveries.iter().map(|d| d.service_s).sum();
        let carry = |c: &super::posed::Carrier| c.capacity.saturating_mul(c.trips_left as i64);
        let time = |c: &super::posed::Carrier| {
            c.limit.saturating_mul(c.trips_left as i64).min(c.until - c.ready)
        };
        let least = |need: i64, of: &dyn Fn(&super::posed::Carrier) -> i64| {
            let mut each: Vec<i64> = service.carriers.iter().map(of).collect();
            each.sort_unstable_by_key(|&n| std::cmp::Reverse(n));
            let mut left = need;
            each.iter()
                .take_while(|&&n| {
                    let needed = left > 0;
                    left -= n;
                    needed
                })
                .count()
        };
        Ok(least(meals, &carry).max(least(work, &time)))
    }

    /// Plans with the first so many; `effort` searches in a row, until one is enough.
    fn try_number(&mut self, number: usize, effort: u64) -> Result<Staffing, ServiceError> {
        let listed = self.estate.volunteers.clone();
        self.estate.volunteers.truncate(number);
        let service = Service::pose(&self.estate, self.rules)?;
        let to = self.spent + self.share * effort as f64;
        let slice = Slice::new(self.control, self.spent, to);
        let options = Options {
            seed: self.options.seed.wrapping_add(effort - 1),
            iterations: self.options.iterations.map(|n| n * effort),
            ..self.options
        };
        let plan = stages::plan(&service, &options, &slice, true);
        self.spent = self.control.elapsed_fraction().unwrap_or(0.0).max(self.spent);
        let id = |stop: usize| self.estate.deliveries[stop].id.clone();
        let staffing = Staffing {
            volunteers: number,
            left_out: plan
                .plan
                .left_out
                .iter()
                .map(|l| (id(l.stop), l.reason.to_string()))
                .collect(),
            late: plan.late.iter().map(|late| (late.id.clone(), late.by())).collect(),
        };
        self.estate.volunteers = listed;
        // Of two searches with one number the better is remembered.
        let worse = |known: &Staffing| {
            (known.left_out.len(), known.late.len())
                >= (staffing.left_out.len(), staffing.late.len())
        };
        match self.tried.binary_search_by_key(&number, |t| t.volunteers) {
            Ok(at) if worse(&self.tried[at]) => self.tried[at] = staffing.clone(),
            Ok(_) => {}
            Err(at) => self.tried.insert(at, staffing.clone()),
        }
        Ok(staffing)
    }
}
