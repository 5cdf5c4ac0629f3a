//! From what a paper says to how it stands on paper; one file a paper.

mod account;
mod bag;
mod blackout;
mod card;
mod closing;
mod count;
mod delta;
mod emptied;
mod kitchen;
mod knock;
mod marks;
mod parts;
mod roll;
mod round;
mod slip;
mod test_page;
mod week_form;
mod welfare;

use super::Marks;
use super::content::Ticket;
use super::paper::Paper;

/// Sets a paper, with what is to be said above it.
pub fn compose(ticket: &Ticket, marks: &Marks) -> Paper {
    let mut paper = Paper::new();
    marks::add(&mut paper, marks);
    match ticket {
        Ticket::Kitchen(t) => kitchen::ticket(&mut paper, t),
        Ticket::Changed(t) => kitchen::changed(&mut paper, t),
        Ticket::Void(t) => kitchen::void(&mut paper, t),
        Ticket::Slip(t) => slip::slip(&mut paper, t),
        Ticket::PrepCount(t) => count::count(&mut paper, t),
        Ticket::CountDelta(t) => count::delta(&mut paper, t),
        Ticket::BagStrip(t) => bag::strip(&mut paper, t),
        Ticket::RoundSlip(t) => round::slip(&mut paper, t),
        Ticket::RoundDelta(t) => delta::slip(&mut paper, t),
        Ticket::BagVoid(t) => delta::bag_void(&mut paper, t),
        Ticket::WelfareNote(t) => welfare::note(&mut paper, t),
        Ticket::Closing(t) => closing::tally(&mut paper, t),
        Ticket::Blackout(t) => blackout::list(&mut paper, t),
        Ticket::Forecast(t) => roll::forecast(&mut paper, t),
        Ticket::RollLine(t) => roll::line(&mut paper, t),
        Ticket::WeekForm(t) => week_form::form(&mut paper, t),
        Ticket::Account(t) => account::slip(&mut paper, t),
        Ticket::Card(t) => card::slip(&mut paper, t),
        Ticket::KnockSlip(t) => knock::slip(&mut paper, t),
        Ticket::Emptied(t) => emptied::sheet(&mut paper, t),
        Ticket::Test(t) => test_page::page(&mut paper, t),
    }
    paper
}
