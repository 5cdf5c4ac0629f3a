//! `program`: other programs that may talk to the clubhouse.

use std::path::Path;

use super::{Ended, Failure, open};
use crate::counter::STAFF;
use crate::domain::Scope;
use crate::programs::{ProgramError, Programs};

/// Let other programs in by a token of their own, and keep them out again (docs/api.md).
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Let a program in; its token is shown once.
    Add {
        /// What it is called in the history.
        name: String,
        /// What it may do: menu (see menus only), or orders (that, find residents, order for them).
        #[arg(long)]
        scope: Scope,
    },
    /// List those that may come in.
    List,
    /// Let a program in no more.
    Revoke {
        /// The program's name.
        name: String,
    },
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let programs = Programs::new(open::house(config)?);
    match &args.verb {
        Verb::Add { name, scope } => {
            let token = programs.add(STAFF, name, *scope).map_err(failure)?;
            say!("{name} may come in with the scope {scope}");
            say!("token, shown only now: {token}");
        }
        Verb::List => {
            let all = programs.list().map_err(Failure::failed)?;
            for program in &all {
                let used = program.used_at.map_or_else(|| "never".to_owned(), |at| at.to_string());
                say!("{:<20} {:<8} last here: {used}", program.name, program.scope.as_str());
            }
            if all.is_empty() {
                say!("no program may come in yet");
            }
        }
        Verb::Revoke { name } => {
            programs.revoke(STAFF, name).map_err(failure)?;
            say!("{name} can't come in any more");
        }
    }
    Ok(Ended::Done)
}

fn failure(error: ProgramError) -> Failure {
    match error {
        ProgramError::Store(_) => Failure::failed(error),
        _ => Failure::input(format!("{error}. Nothing was changed")),
    }
}
