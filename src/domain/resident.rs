//! The people who eat.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::compound::Door;
use super::ids::ResidentId;
use super::menu::Allergen;
use super::order::Preferences;

crate::text_enum!(
    /// The price group of who buys.
    Category, "category" {
        /// Sixty and over: the senior meal.
        Senior = "senior",
        /// Supported by the neighbourhood office.
        Hardship = "hardship",
        /// A volunteer on duty.
        Volunteer = "volunteer",
        /// Anyone else at the counter's word.
        Guest = "guest",
    }
);

impl Category {
    /// The word at the counter.
    pub const fn zh(self) -> &'static str {
        match self {
            Category::Senior => "老年餐",
            Category::Hardship => "困难补助",
            Category::Volunteer => "志愿者",
            Category::Guest => "访客",
        }
    }
}

/// A resident as the desk knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resident {
    /// Identity.
    pub id: ResidentId,
    /// Full name.
    pub name: String,
    /// Where they live.
    pub door: Door,
    /// Telephone number, digits only; may be empty.
    pub phone: String,
    /// Price group.
    pub category: Category,
    /// What they must not be served.
    pub allergies: Vec<Allergen>,
    /// What they usually ask for.
    pub usual: Preferences,
    /// What a volunteer must know at the door: `敲门重一点,耳朵背`.
    pub door_note: String,
    /// The latest moment the meal must be at the door, local: for somebody who takes medicine with
    /// it. None where the hot limit is enough.
    pub eat_by: Option<Time>,
}

impl Resident {
    /// The last four digits of the telephone number, if it has that many.
    pub fn last_digits(&self) -> Option<&str> {
        self.phone.len().checked_sub(4).and_then(|at| self.phone.get(at..))
    }

    /// The name as a shared screen may show it: `王＊`.
    pub fn masked_name(&self) -> String {
        format!("{}＊", surname(&self.name))
    }

    /// The surname, which is all that a slip carries.
    pub fn surname(&self) -> &str {
        surname(&self.name)
    }
}

/// Two-character surnames that are in use.
const COMPOUND_SURNAMES: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯",
    "宇文", "长孙", "端木", "申屠", "南宫", "独孤", "轩辕", "太史",
];

/// The surname part of a Chinese name, or the whole of a name in another script.
pub fn surname(name: &str) -> &str {
    let name = name.trim();
    if name.is_ascii() {
        return name.split_whitespace().next_back().unwrap_or(name);
    }
    let end = |chars: usize| name.char_indices().nth(chars).map_or(name.len(), |(at, _)| at);
    let two = &name[..end(2)];
    if name.chars().count() > 2 && COMPOUND_SURNAMES.contains(&two) { two } else { &name[..end(1)] }
}

#[cfg(test)]
mod tests {
    use super::surname;

    #[test]
    fn surnames_are_one_character_or_a_known_pair() {
        assert_eq!(surname("王秀英"), "王");
        assert_eq!(surname("欧阳兰"), "欧阳");
        assert_eq!(surname("欧阳"), "欧");
        assert_eq!(surname("㐂田"), "㐂");
        assert_eq!(surname("Mary Smith"), "Smith");
    }
}
