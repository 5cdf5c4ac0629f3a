//! `plan --rules service` and `plan --how-many`: all that a dispatcher wants of a day.

use super::watch::Watch;
use super::{Args, checked, judged, write};
use crate::cli::{Ended, Failure};
use crate::routing::Options;
use crate::routing::checker::check_service;
use crate::routing::estate::Estate;
use crate::routing::service::{
    Delta, ReplanOptions, Rules, Service, ServicePlan, Staff, how_many as count, replan,
};

/// Plans an estate under all rules; one that is being carried out is put right in place.
pub(super) fn plan(
    args: &Args,
    estate: &Estate,
    options: &Options,
    watch: &Watch,
) -> Result<Ended, Failure> {
    let rules = Rules::default();
    let service = Service::pose(estate, rules).map_err(Failure::input)?;
    let (plan, deltas) = if estate.fixed.is_empty() {
        (service.plan(options, watch), Vec::new())
    } else {
        let options = ReplanOptions { seed: options.seed, trials: options.iterations };
        let done = replan(estate, rules, &options, watch).map_err(Failure::input)?;
        (done.plan, done.deltas)
    };
    watch.end();
    let solution = plan.solution(&service);
    let verdict = check_service(estate, &solution, rules);
    write(args.output.as_deref(), &solution)?;
    summary(estate, &plan, verdict.verdict.walking);
    checked(&verdict.verdict);
    for late in &plan.late {
        tell!("late: {late}");
    }
    for left in &plan.plan.left_out {
        tell!("left out: {}: {}", estate.deliveries[left.stop].id, left.reason);
    }
    for delta in &deltas {
        tell!("changed: {}", said(delta));
    }
    for id in &args.explain {
        match service.explain(&plan, id) {
            Some(why) => tell!("why: {why}"),
            None => return Err(Failure::input(format!("there is no delivery {id} in this plan"))),
        }
    }
    judged(&verdict.verdict)
}

/// Says how many volunteers are enough.
pub(super) fn how_many(
    estate: &Estate,
    options: &Options,
    watch: &Watch,
) -> Result<Ended, Failure> {
    let answer =
        count(estate, &Staff::Listed, Rules::default(), options, watch).map_err(Failure::input)?;
    watch.end();
    let listed = estate.volunteers.len();
    if let Some(enough) = answer.enough {
        say!("{enough} volunteers are enough, of {listed} listed");
    } else {
        say!("all {listed} volunteers listed are not enough");
    }
    let mut tried: Vec<_> = answer.tried.iter().collect();
    tried.sort_by_key(|staffing| staffing.volunteers);
    for staffing in tried {
        let with = staffing.volunteers;
        if staffing.enough() {
            say!("with {with}: every door in time");
        } else {
            let (out, late) = (staffing.left_out.len(), staffing.late.len());
            say!("with {with}: {out} doors left out, {late} late");
        }
    }
    Ok(if answer.enough.is_some() { Ended::Done } else { Ended::InPart })
}

fn summary(estate: &Estate, plan: &ServicePlan, walking: i64) {
    tell!(
        "{}: cost {}, walking {walking} s, {} rounds, longest {}, all back after {}, {} doors late, \
         {} changed hands, {} trials",
        estate.name,
        plan.cost(),
        plan.plan.rounds.len(),
        plan.longest(),
        plan.finish(),
        plan.late.len(),
        plan.hands,
        plan.plan.iterations
    );
}

/// `V003: 2 doors more (D0012, D0044), 1 fewer (D0007), back after 1820 s`.
fn said(delta: &Delta) -> String {
    if delta.gone {
        return format!("{}: gone; {} doors go to others", delta.volunteer, delta.removed.len());
    }
    let doors = |list: &[String], what: &str| {
        (!list.is_empty()).then(|| format!("{} {what} ({})", list.len(), list.join(", ")))
    };
    let mut parts: Vec<String> = [
        doors(&delta.added, "doors more"),
        doors(&delta.removed, "doors fewer"),
        doors(&delta.cancelled, "cancelled"),
        delta.reordered.then(|| "another order".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.extend(delta.back.map(|back| format!("back after {back}")));
    format!("{}: {}", delta.volunteer, parts.join(", "))
}
