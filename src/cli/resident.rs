//! `resident`: a person's account, card and data.

mod card;
mod privacy;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{Ended, Failure, export, open};
use crate::counter::Counter;
use crate::domain::{Door, Fen, PaymentMethod, Resident, ResidentId};
use crate::house::House;
use crate::registry::Registry;

/// The most residents that a search lists.
const LISTED: usize = 40;

/// Find a resident; see and fill the account; issue and block cards.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List residents by door (7-1203), building (7) or a part of the name.
    Find {
        /// A door, a building or a part of a name.
        text: String,
    },
    /// Issue a new card, or block the cards there are.
    #[command(subcommand)]
    Card(Card),
    /// Put money on a prepaid account.
    TopUp {
        /// How much, in yuan: 100 or 99.50.
        #[arg(value_parser = yuan)]
        amount: Fen,
        /// How the money came: cash or other.
        #[arg(long, default_value = "cash", value_parser = money_in)]
        method: PaymentMethod,
        #[command(flatten)]
        who: Whom,
    },
    /// Print the days ahead as a form to fill in by pen, name masked.
    Form {
        /// The resident's id, as “resident find” shows it.
        #[arg(value_name = "ID", value_parser = resident_id, conflicts_with_all = ["id", "door"])]
        resident: Option<ResidentId>,
        #[command(flatten)]
        who: Whom,
    },
    /// Show what a prepaid account holds.
    Balance {
        #[command(flatten)]
        who: Whom,
    },
    /// Write everything that is kept of a person into a folder of readable JSON files.
    Export(privacy::ExportArgs),
    /// Take a person out of everything that is kept; figures and money stay.
    Erase(privacy::EraseArgs),
}

#[derive(Debug, clap::Subcommand)]
enum Card {
    /// Issue a card; earlier ones of this resident stop working.
    Issue {
        #[command(flatten)]
        who: Whom,
        /// Write the card's QR code as a picture.
        #[arg(long, value_name = "FILE.png")]
        qr: Option<PathBuf>,
        /// Write over a picture that is there already.
        #[arg(long)]
        force: bool,
    },
    /// Block every card of a resident.
    Block {
        #[command(flatten)]
        who: Whom,
    },
}

/// How the command line names a resident.
#[derive(Debug, clap::Args)]
pub struct Whom {
    /// Where they live, such as 7-1203 for building 7, floor 12, flat 03.
    #[arg(long, value_name = "DOOR")]
    pub door: Option<DoorArg>,
    /// The last four digits of the telephone number, where several live behind the door.
    #[arg(long, value_name = "DIGITS", requires = "door")]
    pub digits: Option<String>,
    /// The resident's id, as “resident find” shows it.
    #[arg(long = "resident", value_name = "ID", value_parser = resident_id)]
    pub id: Option<ResidentId>,
}

impl Whom {
    /// The one resident who is meant, or nobody if nobody was named.
    pub fn find(&self, house: &House) -> Result<Option<Resident>, Failure> {
        if let Some(id) = self.id {
            return Ok(Some(Counter::new(house.clone()).resident(id)?.resident));
        }
        let Some(DoorArg(door)) = &self.door else { return Ok(None) };
        let place = short(door);
        let registry = Registry::new(house.clone());
        let known = registry.buildings()?;
        if !known.iter().any(|b| b.number == door.building && b.has(door.floor, door.flat)) {
            return Err(Failure::input(format!("the compound has no door {place}")));
        }
        let mut there = registry.residents()?;
        there.retain(|r| r.door == *door);
        if there.is_empty() {
            return Err(Failure::input(format!("nobody on record lives at {place}")));
        }
        if let Some(digits) = &self.digits {
            there.retain(|r| r.last_digits() == Some(digits));
        }
        match (there.pop(), there.len()) {
            (Some(one), 0) => Ok(Some(one)),
            (Some(_), others) => Err(Failure::input(format!(
                "{} people live at {place}: add --digits, or name one with --resident (“resident find {place}” lists them)",
                others + 1
            ))),
            (None, _) => Err(Failure::input(format!(
                "nobody at {place} has a telephone number that ends like this; “resident find {place}” lists who lives there"
            ))),
        }
    }

    /// The one resident who is meant; refused if nobody was named.
    fn one(&self, house: &House) -> Result<Resident, Failure> {
        self.find(house)?
            .ok_or_else(|| Failure::input("say who: --door 7-1203, or --resident with an id"))
    }
}

/// A door as the command line writes it: `7-1203`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorArg(pub Door);

impl FromStr for DoorArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Door::parse(text).map(Self).ok_or_else(|| {
            format!("“{text}” is not a door; write 7-1203 for building 7, floor 12, flat 03")
        })
    }
}

/// A door in the same words as the command line takes.
pub fn short(door: &Door) -> String {
    if door.is_forgotten() {
        return door.building.clone();
    }
    format!("{}-{}", door.building, door.room())
}

/// An amount of the command line.
pub fn yuan(text: &str) -> Result<Fen, String> {
    Fen::parse_yuan(text)
        .ok_or_else(|| format!("“{text}” is not an amount in yuan; write 20 or 20.50"))
}

fn resident_id(text: &str) -> Result<ResidentId, String> {
    text.parse().map_err(|_| format!("“{text}” is not a resident's id; “resident find” shows ids"))
}

fn money_in(word: &str) -> Result<PaymentMethod, String> {
    match word {
        "cash" => Ok(PaymentMethod::Cash),
        "other" => Ok(PaymentMethod::Other),
        _ => Err(format!("“{word}” is not how money comes in; allowed: cash, other")),
    }
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    let counter = Counter::new(house.clone());
    match &args.verb {
        Verb::Find { text } => return find(&house, text),
        Verb::Export(args) => privacy::export(&house, args)?,
        Verb::Erase(args) => privacy::erase(&house, args)?,
        Verb::Card(Card::Issue { who, qr, force }) => {
            issue(&counter, &who.one(&house)?, qr.as_deref(), *force)?;
        }
        Verb::Card(Card::Block { who }) => match counter.block_cards(who.one(&house)?.id)? {
            0 => say!("there was no card that still worked"),
            1 => say!("1 card is blocked"),
            n => say!("{n} cards are blocked"),
        },
        Verb::Form { resident, who } => {
            let id = match resident {
                Some(id) => *id,
                None => who.one(&house)?.id,
            };
            let form = counter.print_form(id)?;
            say!(
                "the form for {} at {} waits for the printer: {} days",
                form.name,
                short(&form.door),
                form.days.len()
            );
        }
        Verb::TopUp { amount, method, who } => {
            if *amount == Fen::ZERO {
                return Err(Failure::input("there is nothing to put on the account"));
            }
            let who = who.one(&house)?;
            let balance = counter.top_up(who.id, *amount, *method)?;
            say!(
                "{amount} yuan ({method}) are on the account of {}, which holds {balance} yuan now",
                short(&who.door)
            );
        }
        Verb::Balance { who } => {
            let who = who.one(&house)?;
            say!("the account of {} holds {} yuan", short(&who.door), counter.balance(who.id)?);
        }
    }
    Ok(Ended::Done)
}

fn issue(counter: &Counter, who: &Resident, qr: Option<&Path>, force: bool) -> Result<(), Failure> {
    // Asked first: issuing blocks the old card, which must not happen for a picture that can't be kept.
    if let Some(path) = qr {
        export::check_free(path, force)?;
    }
    let code = counter.issue_card(who.id)?;
    say!("{code}");
    if let Some(path) = qr {
        let saved = card::picture(&code)
            .and_then(|png| export::save(path, &png, export::Kind::Personal, force));
        saved.map_err(|e| {
            Failure::failed(format!(
                "the card is issued and works, but its picture could not be written: {}",
                e.message
            ))
        })?;
        say!("its QR code is in {}", path.display());
    }
    Ok(())
}

fn find(house: &House, text: &str) -> Result<Ended, Failure> {
    let text = text.trim();
    let found = Registry::new(house.clone()).find_residents(text)?;
    if found.is_empty() {
        return Err(Failure::input(format!("nobody on record lives at or is called “{text}”")));
    }
    for r in found.iter().take(LISTED) {
        let allergies: Vec<&str> = r.allergies.iter().map(|a| a.as_str()).collect();
        let (door, phone) = (short(&r.door), if r.phone.is_empty() { "-" } else { &r.phone });
        say!("{door:<9} {:<9} {phone:<12} {} {} {}", r.category, r.id, r.name, allergies.join(","));
    }
    if found.len() > LISTED {
        say!("and {} more; give a door or more of the name", found.len() - LISTED);
    }
    Ok(Ended::Done)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_door_is_read_as_it_is_shown() {
        for text in ["7-1203", "12A-201", "3-1-0102"] {
            let DoorArg(door) = text.parse().unwrap();
            assert_eq!(short(&door).replace("-0", "-"), text.replace("-0", "-"));
        }
        for bad in ["", "7", "1203", "-1203", "7-12", "七-一二"] {
            assert!(bad.parse::<DoorArg>().unwrap_err().contains("7-1203"), "{bad}");
        }
    }
}
