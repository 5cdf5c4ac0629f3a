//! What must and what should be different about a meal, in the words of every paper.

use crate::domain::{Allergen, Preferences};

/// `忌花生、虾蟹`, or nothing.
pub fn avoid(allergies: &[Allergen]) -> Option<String> {
    let names: Vec<&str> = allergies.iter().map(|a| a.zh()).collect();
    (!names.is_empty()).then(|| format!("忌{}", names.join("、")))
}

/// The wishes in words, apart: `少盐  软食`; or nothing.
pub fn wishes(preferences: &Preferences) -> Option<String> {
    let words = preferences.words_zh();
    (!words.is_empty()).then(|| words.join("  "))
}
