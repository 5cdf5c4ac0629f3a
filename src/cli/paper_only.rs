//! `paper-only`: the staff's switch, from the desk.

use std::path::Path;

use super::{Ended, Failure, open};
use crate::paper_only::{PaperOnly, Switch, TIGHT};
use crate::store::Store;

/// Send people to the window with their orders, or take them on the screen again.
///
/// Without a word it says how things stand; exit code 3 if orders go on paper. The screen follows
/// within ten seconds.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Orders go on paper (on), or are taken on the screen (off).
    state: Option<State>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum State {
    On,
    Off,
}

/// Turns the switch, or looks at it.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    // The database may be what is broken: the switch works without it.
    let settings = open::settings(config)?;
    open::data_folder(&settings)?;
    let switch = Switch::new(&settings.data);
    if let Some(state) = args.state {
        switch.set(state == State::On).map_err(|e| {
            let folder = settings.data.display();
            Failure::failed(format!(
                "the switch in {folder} can't be turned: {e}; the screen is as it was. Turn it there: Duty, Staff"
            ))
        })?;
    }
    if switch.is_on() {
        say!("orders go on paper: the screen sends people to the window");
        return Ok(if args.state.is_some() { Ended::Done } else { Ended::InPart });
    }
    let broken = Store::open(&settings.data.join(open::DATABASE))
        .and_then(|store| store.has_room(TIGHT).and_then(|()| store.probe()))
        .err()
        .and_then(|error| PaperOnly::from_store(&error));
    if let Some(why) = broken {
        say!("orders go on paper until the database can be written: {}", why.english());
        return Ok(Ended::InPart);
    }
    say!("orders are taken on the screen");
    Ok(Ended::Done)
}
