//! `account`: who may sign in at the desk's pages.

use std::io::{BufRead, IsTerminal};
use std::path::Path;

use super::{Ended, Failure, open};
use crate::accounts::{AccountError, Accounts};
use crate::domain::Role;

/// Letters of a password that is made up: none that look like another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// How many of them; 80 random bits.
const LENGTH: usize = 16;

/// Add, list and switch off accounts of the desk's pages; set passwords.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Add an account. The password is read from standard input; without one it is made up and shown once.
    Add {
        /// The name to sign in with.
        name: String,
        /// What it may do: office, kitchen, dispatcher, `building_leader`.
        #[arg(long)]
        role: Role,
        /// The building that a building leader leads.
        #[arg(long, value_name = "NUMBER")]
        building: Option<String>,
    },
    /// List the accounts.
    List,
    /// Set another password, read from standard input or made up; whoever is signed in is signed out.
    Password {
        /// The account's name.
        name: String,
    },
    /// Switch an account off; whoever is signed in is signed out.
    Disable {
        /// The account's name.
        name: String,
    },
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    let accounts = Accounts::new(house);
    match &args.verb {
        Verb::Add { name, role, building } => {
            let (password, made_up) = password()?;
            accounts.add(name, *role, building.as_deref(), &password).map_err(failure)?;
            say!("{name} can sign in as {role}");
            tell_once(&password, made_up);
        }
        Verb::List => {
            let all = accounts.list().map_err(Failure::failed)?;
            for account in &all {
                let building = account.building.as_deref().unwrap_or_default();
                say!("{:<20} {:<16} {building}", account.name, account.role.as_str());
            }
            if all.is_empty() {
                say!("there is no account yet: “account add NAME --role office” makes the first");
            }
        }
        Verb::Password { name } => {
            let (password, made_up) = password()?;
            accounts.set_password(name, &password).map_err(failure)?;
            say!("the password of {name} is set; whoever was signed in is signed out");
            tell_once(&password, made_up);
        }
        Verb::Disable { name } => {
            accounts.disable(name).map_err(failure)?;
            say!("{name} can't sign in any more");
        }
    }
    Ok(Ended::Done)
}

/// A line of standard input, or a made-up password for who typed none; and whether it is made up.
fn password() -> Result<(String, bool), Failure> {
    let mut line = String::new();
    let input = std::io::stdin();
    if input.is_terminal() {
        tell!("password (it is shown as you type; an empty line makes one up):");
    }
    input.lock().read_line(&mut line).map_err(|e| {
        Failure::input(format!("the password can't be read: {e}. Nothing was changed"))
    })?;
    let typed = line.trim_end_matches(['\r', '\n']);
    if typed.is_empty() {
        let letters: [u8; LENGTH] = rand::random();
        let made = letters.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        return Ok((made.iter().collect(), true));
    }
    Ok((typed.to_owned(), false))
}

fn tell_once(password: &str, made_up: bool) {
    if made_up {
        say!("password, shown only now: {password}");
    }
}

fn failure(error: AccountError) -> Failure {
    match error {
        AccountError::Store(_) | AccountError::Hash(_) => Failure::failed(error),
        _ => Failure::input(format!("{error}. Nothing was changed")),
    }
}
