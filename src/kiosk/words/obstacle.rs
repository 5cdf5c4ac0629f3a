//! What stands in the way of closing the day, in words.

use super::Lang;
use crate::domain::Obstacle;

/// Numbers named one by one; more are counted.
const NAMED: usize = 6;

/// All obstacles, a sentence each; rounds that are out share one.
pub fn obstacles(lang: Lang, what: &[Obstacle]) -> String {
    let out: Vec<u32> = what
        .iter()
        .filter_map(|o| if let Obstacle::RoundOut { round } = o { Some(*round) } else { None })
        .collect();
    let mut said: Vec<String> = Vec::new();
    if !out.is_empty() {
        said.push(match lang {
            Lang::Zh => format!("第 {} 轮还没有交回。", listed(lang, &out, "")),
            Lang::En => format!("Not handed in: round {}.", listed(lang, &out, "")),
        });
    }
    said.extend(what.iter().filter_map(|o| sentence(lang, o)));
    said.join(lang.pick("", " "))
}

fn sentence(lang: Lang, obstacle: &Obstacle) -> Option<String> {
    Some(match (obstacle, lang) {
        (Obstacle::RoundOut { .. }, _) => return None,
        (Obstacle::StillServing { until }, _) => {
            let until = until.strftime("%-H:%M");
            match lang {
                Lang::Zh => format!("午餐供应到 {until}。"),
                Lang::En => format!("Lunch is served until {until}."),
            }
        }
        (Obstacle::NotVisited { numbers }, Lang::Zh) => {
            format!("{}没有记下送到没有。", listed(lang, numbers, " 号"))
        }
        (Obstacle::NotVisited { numbers }, Lang::En) => {
            format!("Nobody noted what became of {}.", listed(lang, numbers, ""))
        }
        (Obstacle::CheckOpen { numbers }, Lang::Zh) => {
            format!("{}无人应门，还没有人去看过。", listed(lang, numbers, " 号"))
        }
        (Obstacle::CheckOpen { numbers }, Lang::En) => {
            format!("Nobody has looked in at the closed door of {}.", listed(lang, numbers, ""))
        }
        (Obstacle::KnockOpen { doors }, Lang::Zh) => {
            format!("{}敲门无人应，还没有记下看到什么。", doors.join("、"))
        }
        (Obstacle::KnockOpen { doors }, Lang::En) => {
            format!("Nobody has written down what was found at {}.", doors.join(", "))
        }
        (Obstacle::NumbersGap { .. }, _) => lang
            .pick("号码有缺，请找技术人员。", "A number is missing; call for technical help.")
            .into(),
        (Obstacle::Unbalanced { .. }, _) => lang
            .pick("账对不上，请找技术人员。", "The ledger is off; call for technical help.")
            .into(),
    })
}

/// The first numbers with their `unit`, and how many there are if not all are named.
fn listed(lang: Lang, numbers: &[u32], unit: &str) -> String {
    let named: Vec<String> = numbers.iter().take(NAMED).map(ToString::to_string).collect();
    let named = named.join(lang.pick("、", ", "));
    match (numbers.len() > NAMED, lang) {
        (false, _) => format!("{named}{unit}"),
        (true, Lang::Zh) => format!("{named}{unit}等 {} 个", numbers.len()),
        (true, Lang::En) => format!("{named} and {} more", numbers.len() - NAMED),
    }
}
