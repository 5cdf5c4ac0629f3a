//! What to read out on the telephone, or to copy into a message: a day's volunteers and their hours.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;

use super::{Asked, hours, monday};
use crate::domain::{ServiceDate, Shift};
use crate::kiosk::words::{self, Lang};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "roster_reminders.html")]
struct Page {
    v: View,
    from: ServiceDate,
    days: Vec<DayList>,
    nobody: bool,
}

/// The volunteers of a day: name, hours, telephone number.
struct DayList {
    name: String,
    people: Vec<(String, String, String)>,
    text: String,
}

/// The lists of a week, for the printer or the telephone.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let (from, days) = web
        .work(move |web| {
            web.accounts.looked(who.account(), "roster.reminders", None)?;
            let from = monday(web, &asked.week)?;
            let (shifts, _) = web.dispatch.roster_week(from)?;
            let day = |(days, shifts): (i64, &Vec<Shift>)| {
                let date = from.plus_days(days);
                DayList {
                    name: words::date(lang, date),
                    people: shifts.iter().map(|s| person(web, lang, s)).collect(),
                    text: text(web, lang, date, shifts),
                }
            };
            let days: Vec<_> = (0..).zip(&shifts).map(day).collect();
            Ok::<_, WebError>((from, days))
        })
        .await?;
    let nobody = days.iter().all(|day| day.people.is_empty());
    html(&Page { v, from, days, nobody })
}

fn person(web: &Web, lang: Lang, shift: &Shift) -> (String, String, String) {
    let v = &shift.volunteer;
    (v.name.clone(), when(web, lang, shift), v.phone.clone())
}

/// The hours; from the first departure for who has none of their own.
fn when(web: &Web, lang: Lang, shift: &Shift) -> String {
    let said = hours(lang, shift);
    if !said.is_empty() {
        return said;
    }
    let depart = web.house.settings.rounds.depart.strftime("%-H:%M");
    match lang {
        Lang::Zh => format!("{depart} 起"),
        Lang::En => format!("from {depart}"),
    }
}

/// The list as a message.
pub fn text(web: &Web, lang: Lang, date: ServiceDate, shifts: &[Shift]) -> String {
    if shifts.is_empty() {
        return String::new();
    }
    let (house, day) = (&web.house.settings.name, words::date(lang, date));
    let mut lines = vec![match lang {
        Lang::Zh => format!("【{house}】{day} 中午送餐，请准时到，谢谢："),
        Lang::En => format!("[{house}] Lunch delivery on {day}. Please be in time, thank you:"),
    }];
    lines.extend(shifts.iter().map(|shift| {
        let (name, when, phone) = person(web, lang, shift);
        format!("{name} {when} {phone}").trim_end().to_owned()
    }));
    lines.join("\n")
}
