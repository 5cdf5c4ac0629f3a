//! What the forms of the care page bring along.

use serde::Deserialize;

use crate::care::NewPause;
use crate::domain::{FamilyContact, Pause, ServiceDate};
use crate::web::error::WebError;

/// Names, relations and numbers as the form has them, line by line.
#[derive(Deserialize)]
pub struct Contacts {
    pub(super) seen: String,
    name1: String,
    relation1: String,
    phone1: String,
    name2: String,
    relation2: String,
    phone2: String,
    name3: String,
    relation3: String,
    phone3: String,
    name4: String,
    relation4: String,
    phone4: String,
}

impl Contacts {
    /// The lines in which anything was written.
    pub(super) fn list(&self) -> Vec<FamilyContact> {
        [
            (&self.name1, &self.relation1, &self.phone1),
            (&self.name2, &self.relation2, &self.phone2),
            (&self.name3, &self.relation3, &self.phone3),
            (&self.name4, &self.relation4, &self.phone4),
        ]
        .into_iter()
        .map(|(name, relation, phone)| FamilyContact {
            name: name.trim().to_owned(),
            relation: relation.trim().to_owned(),
            phone: phone.trim().to_owned(),
        })
        .filter(|c| !(c.name.is_empty() && c.relation.is_empty() && c.phone.is_empty()))
        .collect()
    }
}

/// Days away.
#[derive(Deserialize)]
pub struct Away {
    pub(super) seen: String,
    from: String,
    #[serde(default)]
    until: String,
    kind: String,
    #[serde(default)]
    note: String,
}

impl Away {
    /// The days that are meant.
    pub(super) fn wanted(&self) -> Result<NewPause, WebError> {
        let until = match self.until.trim() {
            "" => None,
            text => Some(day(text)?),
        };
        let wanted = NewPause {
            from: day(&self.from)?,
            until,
            kind: self.kind.parse().map_err(|_| NOT_RIGHT)?,
            note: self.note.trim().to_owned(),
        };
        if wanted.note.chars().count() > Pause::NOTE_MAX {
            return Err(WebError::Input(
                "说明太长了，最多 60 字。",
                "The note is too long: 60 characters at most.",
            ));
        }
        Ok(wanted)
    }
}

const NOT_RIGHT: WebError =
    WebError::Input("表格没有填对，请返回再填。", "The form is not right. Go back and fill it in.");

fn day(text: &str) -> Result<ServiceDate, WebError> {
    text.trim().parse().map_err(|_| {
        WebError::Input(
            "日期没有填对，请写成 2026-11-24。",
            "A date is not right; write 2026-11-24.",
        )
    })
}
