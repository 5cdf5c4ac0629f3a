//! The three ways of eating as filled shapes, and the box to tick.

use super::sprite::Sprite;
use crate::tickets::paper::Shape;

/// Draws a shape with sides of `side` dots.
pub(super) fn sprite(shape: Shape, side: u32) -> Sprite {
    let inked = match shape {
        Shape::Bowl => bowl,
        Shape::Bag => bag,
        Shape::House => house,
        Shape::TickBox => tick_box,
    };
    let scale = 1.0 / side.max(1) as f32;
    Sprite::draw(side, side, |x, y| inked((x as f32 + 0.5) * scale, (y as f32 + 0.5) * scale))
}

/// Whether (x, y) lies within the box.
fn within(x: f32, y: f32, left: f32, top: f32, right: f32, bottom: f32) -> bool {
    (left..right).contains(&x) && (top..bottom).contains(&y)
}

/// Three plumes of steam over a half disc on a foot.
fn bowl(x: f32, y: f32) -> bool {
    let plume = |at: f32| {
        let sway = 0.035 * (y * 24.0).sin();
        within(x - sway, y, at - 0.035, 0.06, at + 0.035, 0.36)
    };
    let (dx, dy) = (x - 0.5, y - 0.46);
    let body = dy >= 0.0 && dx * dx + dy * dy < 0.44 * 0.44;
    let rim = within(x, y, 0.02, 0.43, 0.98, 0.52);
    let foot = within(x, y, 0.30, 0.86, 0.70, 0.95);
    body || rim || foot || plume(0.30) || plume(0.50) || plume(0.70)
}

/// A filled bag with two handles.
fn bag(x: f32, y: f32) -> bool {
    let flare = 0.06 * (y - 0.32) / 0.64;
    let body = within(x, y, 0.16 - flare, 0.34, 0.84 + flare, 0.96);
    let (dx, dy) = (x - 0.5, (y - 0.36) * 0.8);
    let away = (dx * dx + dy * dy).sqrt();
    let handle = y < 0.36 && (0.15..0.24).contains(&away);
    let hole = |at: f32| {
        let (dx, dy) = (x - at, y - 0.46);
        dx * dx + dy * dy < 0.04 * 0.04
    };
    handle || (body && !hole(0.305) && !hole(0.695))
}

/// A house whose door is left white, with a knob.
fn house(x: f32, y: f32) -> bool {
    let roof = (0.06..0.46).contains(&y) && (x - 0.5).abs() < (y - 0.06) * 1.2 + 0.02;
    let walls = within(x, y, 0.14, 0.44, 0.86, 0.96);
    let door = within(x, y, 0.36, 0.52, 0.64, 0.96);
    let (dx, dy) = (x - 0.57, y - 0.75);
    let knob = dx * dx + dy * dy < 0.04 * 0.04;
    ((roof || walls) && !door) || knob
}

/// The edge of a square.
fn tick_box(x: f32, y: f32) -> bool {
    let inner = within(x, y, 0.10, 0.10, 0.90, 0.90);
    within(x, y, 0.02, 0.02, 0.98, 0.98) && !inner
}
