//! `papers`: what is printed, what is in doubt, and which printer serves which queue.

use std::path::Path;

use super::{Ended, Failure, open};
use crate::counter::STAFF;
use crate::domain::{PrintJobId, PrintJobState, PrintQueue, Refusal, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::printing;
use crate::store::{print_jobs, queue_moves};

/// See the papers of a date, print one again, send a queue to another printer.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List the papers of a date. Exit code 3 if some need a person.
    List {
        /// Only what needs a person: uncertain, failed and expired papers.
        #[arg(long)]
        troubled: bool,
        #[command(flatten)]
        when: open::When,
    },
    /// Print a paper again, marked 可能重复 if it may be on paper already.
    Reprint {
        /// Its name in the list, or enough of its end to tell it apart.
        id: String,
        #[command(flatten)]
        when: open::When,
    },
    /// Send a queue to another printer, or back to its own.
    Move {
        /// kitchen, counter or rounds.
        queue: PrintQueue,
        /// The printer's name in the settings; left out, the queue's own.
        printer: Option<String>,
    },
    /// Say how far the paper in each printer will last.
    Forecast(open::When),
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    match &args.verb {
        Verb::List { troubled, when } => list(&house, when.date.date(&house), *troubled),
        Verb::Reprint { id, when } => reprint(&house, when.date.date(&house), id),
        Verb::Move { queue, printer } => {
            printing::move_queue(&house, *queue, printer.as_deref(), STAFF)?;
            show_queues(&house)?;
            Ok(Ended::Done)
        }
        Verb::Forecast(open::When { date }) => forecast(&house, date.date(&house)),
    }
}

fn list(house: &House, date: ServiceDate, troubled: bool) -> Result<Ended, Failure> {
    let (all, needy) = house
        .store
        .read(|db| Ok::<_, Error>((print_jobs::on(db, date)?, print_jobs::troubled(db, date)?)))?;
    let shown = if troubled { &needy } else { &all };
    let calendar = house.settings.calendar();
    for job in shown {
        let due = calendar.local(job.due_at).strftime("%m-%d %H:%M").to_string();
        let number = job.ticket.number().map_or_else(String::new, |n| format!(" {n}"));
        let mark = if job.duplicate { "  marked 可能重复" } else { "" };
        say!(
            "{}  {:<8} {:<10} due {due}  {}{number}{mark}",
            end_of(&job.id.to_string()),
            job.queue.as_str(),
            job.state.as_str(),
            job.ticket.title_zh(),
        );
    }
    let count = |state| all.iter().filter(|j| j.state == state).count();
    let counts: Vec<String> = PrintJobState::ALL
        .iter()
        .filter(|state| count(**state) > 0)
        .map(|state| format!("{} {state}", count(*state)))
        .collect();
    say!(
        "{date}: {} papers{}{}",
        all.len(),
        if all.is_empty() { "" } else { ": " },
        counts.join(", ")
    );
    show_queues(house)?;
    Ok(if needy.is_empty() { Ended::Done } else { Ended::InPart })
}

/// The end of an id, which differs from paper to paper where the beginning is the time.
fn end_of(id: &str) -> &str {
    id.len().checked_sub(8).and_then(|at| id.get(at..)).unwrap_or(id)
}

fn reprint(house: &House, date: ServiceDate, wanted: &str) -> Result<Ended, Failure> {
    let all = house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, date)?))?;
    let found: Vec<PrintJobId> = all
        .iter()
        .filter(|job| !wanted.is_empty() && job.id.to_string().ends_with(wanted))
        .map(|job| job.id)
        .collect();
    match found.as_slice() {
        [id] => {
            printing::reprint(house, *id)?;
            say!("it is in its queue again");
            Ok(Ended::Done)
        }
        [] => Err(Error::from(Refusal::UnknownPaper).into()),
        more => Err(Failure::input(format!(
            "{} papers of {date} end with “{wanted}”; write more of the name",
            more.len()
        ))),
    }
}

fn show_queues(house: &House) -> Result<(), Failure> {
    let moved = house.store.read(|db| Ok::<_, Error>(queue_moves::current(db)?))?;
    for queue in PrintQueue::ALL {
        let settings = house.settings.queue(*queue);
        let fallback = match settings.fallback.as_str() {
            "" => "no fall-back".to_owned(),
            name => format!("falls back to {name}"),
        };
        let own = &settings.printer;
        let now = moved
            .get(queue)
            .map_or_else(|| own.clone(), |printer| format!("{printer}, sent there from {own}"));
        say!("queue {:<8} {now}; {fallback}", queue.as_str());
    }
    Ok(())
}

fn forecast(house: &House, date: ServiceDate) -> Result<Ended, Failure> {
    let all = house.store.read(|db| Ok::<_, Error>(printing::forecasts(db, house, date)?))?;
    for (forecast, _) in all {
        let left = match (forecast.left.mm, forecast.left.papers) {
            (Some(mm), Some(papers)) => format!("{papers} papers ({} m)", mm / 1000),
            _ => "not known until the roll is changed once".to_owned(),
        };
        say!(
            "{:<12} left: {left}; {date} will bring about {}",
            forecast.printer,
            forecast.expected
        );
    }
    Ok(Ended::Done)
}
