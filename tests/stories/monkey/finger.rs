//! Where a finger lands on the glass.

use clubhouse_kiosk::kiosk::headless::Target;

use crate::stories::campaign::chance::Chance;

/// A place on any key.
pub fn on_any(chance: &mut Chance, targets: &[Target]) -> [f32; 2] {
    let at = chance.below(targets.len());
    spot(chance, &targets[at])
}

/// A place on a key, not at its very edge.
pub fn spot(chance: &mut Chance, target: &Target) -> [f32; 2] {
    let [x, y, w, h] = target.mm;
    let mut share = || 0.1 + 0.8 * chance.below(1000) as f32 / 1000.0;
    [x + w * share(), y + h * share()]
}

/// Keys that may be pressed as quickly as one likes.
pub fn is_typing(label: &str) -> bool {
    label.chars().count() <= 1 || ["删除", "Erase"].contains(&label)
}

/// Whether a place lies on a key.
pub fn lies_on(target: &Target, [px, py]: [f32; 2]) -> bool {
    let [x, y, w, h] = target.mm;
    // A pixel at the edge may count for either.
    (x - 0.3..=x + w + 0.3).contains(&px) && (y - 0.3..=y + h + 0.3).contains(&py)
}
