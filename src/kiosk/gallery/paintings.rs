//! Pictures painted by numbers, in the place of photographs: no file, no rights, always the same.

use crate::pictures::Picture;

type Colour = [f32; 3];

/// Paints a picture point by point; points go from 0 to 1 across and down.
fn paint(width: u32, height: u32, at: impl Fn(f32, f32) -> Colour) -> Option<Picture> {
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for y in 0..height {
        for x in 0..width {
            let colour = at((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
            rgba.extend(colour.map(|c| (c.clamp(0.0, 1.0) * 255.0).round() as u8));
            rgba.push(255);
        }
    }
    Picture::new(width, height, rgba)
}

fn mix(a: Colour, b: Colour, part: f32) -> Colour {
    let part = part.clamp(0.0, 1.0);
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * part)
}

/// A lake at dawn between hills.
pub(super) fn landscape(width: u32, height: u32) -> Option<Picture> {
    let shape = width as f32 / height as f32;
    paint(width, height, |x, y| {
        let wide = x * shape;
        let sun = ((wide - 0.62 * shape).hypot(y - 0.34) / 0.09).min(9.0);
        let mut colour = mix([0.97, 0.80, 0.62], [0.55, 0.70, 0.80], 1.0 - y / 0.55);
        colour = mix([1.0, 0.94, 0.80], colour, sun - 1.0);
        colour = mix([1.0, 0.90, 0.72], colour, sun / 4.0 - 0.1);
        let hills: [(f32, f32, f32, f32, Colour); 3] = [
            (0.44, 0.06, 5.0, 0.4, [0.55, 0.62, 0.68]),
            (0.50, 0.05, 8.0, 2.1, [0.36, 0.47, 0.50]),
            (0.56, 0.03, 13.0, 4.4, [0.20, 0.33, 0.32]),
        ];
        for (base, rise, often, shift, hill) in hills {
            let line = base - rise * ((wide * often + shift).sin() + (wide * often * 0.37).cos());
            if y > line {
                colour = hill;
            }
        }
        if y > 0.62 {
            let ripple = ((y * 90.0).sin() * 0.5 + (wide * 23.0 + y * 40.0).sin() * 0.5) * 0.04;
            colour = mix([0.45, 0.58, 0.63], [0.16, 0.28, 0.33], (y - 0.62) / 0.38 + ripple);
            let glint = (1.0 - (wide - 0.62 * shape).abs() / 0.07).max(0.0);
            colour = mix(colour, [0.98, 0.86, 0.66], glint * (0.5 + ripple * 9.0) * 0.6);
        }
        colour
    })
}

/// A plate seen from above with one of the dishes of the sample's Tuesday.
pub(super) fn dish(nth: usize) -> Option<Picture> {
    const WIDTH: u32 = 400;
    let foods: [(Colour, Colour); 3] = [
        ([0.46, 0.19, 0.10], [0.74, 0.38, 0.20]),
        ([0.80, 0.42, 0.10], [0.96, 0.68, 0.30]),
        ([0.16, 0.36, 0.14], [0.47, 0.66, 0.30]),
    ];
    let (dark, light) = foods[nth % foods.len()];
    paint(WIDTH, WIDTH * 3 / 4, |x, y| {
        let (dx, dy) = (x * 4.0 / 3.0 - 2.0 / 3.0, y - 0.5);
        let far = dx.hypot(dy);
        let grain = f32::midpoint((y * 22.0).sin(), 1.0);
        let table = mix([0.62, 0.45, 0.30], [0.54, 0.37, 0.24], grain);
        let plate = mix([0.98, 0.97, 0.94], [0.86, 0.85, 0.82], (far - 0.36) * 9.0);
        let wave = (dx * 31.0 + (dy * 17.0).sin()).sin() * (dy * 27.0 + (dx * 13.0).cos()).sin();
        let food = mix(dark, light, 0.5 + wave * 0.55);
        let edge = 0.31 + 0.012 * (dy.atan2(dx) * 9.0).sin();
        match far {
            far if far < edge => food,
            far if far < 0.46 => plate,
            far => mix(mix(table, [0.0; 3], 0.45), table, (far - 0.46) * 18.0),
        }
    })
    .map(|picture| picture.rounded(WIDTH / 16))
}
