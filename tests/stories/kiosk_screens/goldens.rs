//! A dozen screens at two sizes, pixel for pixel as somebody looked at and found good.
//!
//! A golden is kept twice: as a picture to look at, its colours in eight steps so that it is small,
//! and as a sum of every pixel in `sums.txt`, so that it is exact.
//! `RENEW_GOLDENS=1 cargo test --test main goldens` draws them anew; look at each before it is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::{Contrast, Look, TextSize};
use clubhouse_kiosk::kiosk::gallery::{SCENES, open_as};
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::screens::{fonts, on_its_own_thread};

const USUAL: Look = Look { size: TextSize::Normal, contrast: Contrast::Normal };
const STRONG: Look = Look { size: TextSize::Large, contrast: Contrast::High };

/// The screens, each in the language and look given, on both panels.
const SCREENS: [(&str, Lang, Look); 12] = [
    ("home", Lang::Zh, USUAL),
    ("home", Lang::Zh, STRONG),
    ("home", Lang::En, USUAL),
    ("options", Lang::Zh, USUAL),
    ("door-building", Lang::Zh, USUAL),
    ("door-digits", Lang::En, USUAL),
    ("confirm-known", Lang::Zh, USUAL),
    ("confirm", Lang::En, STRONG),
    ("done", Lang::Zh, USUAL),
    ("trouble", Lang::Zh, USUAL),
    ("display", Lang::Zh, USUAL),
    ("idle", Lang::En, USUAL),
];
const PANELS: [Panel; 2] = [Panel::TEN_INCH, Panel::SEVEN_INCH_PORTRAIT];

/// Steps of a channel in the picture that is kept.
const STEPS: u32 = 8;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens")
}

fn name(scene: &str, lang: Lang, look: Look, panel: Panel) -> String {
    let strong = if look == STRONG { "-strong" } else { "" };
    format!("{scene}-{}{strong}-{panel}", lang.code())
}

/// FNV-1a over every byte, in hexadecimal.
fn sum(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The picture with its channels in steps.
fn coarse(rgb: &[u8]) -> Vec<u8> {
    let top = STEPS - 1;
    let step = |byte: &u8| ((u32::from(*byte) * top + 127) / 255 * 255 / top) as u8;
    rgb.iter().map(step).collect()
}

fn read(file: &Path) -> Option<Vec<u8>> {
    let bytes = std::io::BufReader::new(std::fs::File::open(file).ok()?);
    let mut decoder = png::Decoder::new(bytes);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().ok()?;
    let mut rgb = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgb).ok()?;
    rgb.truncate(info.buffer_size());
    Some(rgb)
}

/// Writes a picture of few colours with a palette.
fn write(file: &Path, panel: Panel, rgb: &[u8]) {
    let mut palette: Vec<u8> = Vec::new();
    let mut places: BTreeMap<&[u8], u8> = BTreeMap::new();
    let pixels: Vec<u8> = rgb
        .chunks(3)
        .map(|pixel| {
            *places.entry(pixel).or_insert_with(|| {
                palette.extend(pixel);
                u8::try_from(palette.len() / 3 - 1).expect("a palette of few colours")
            })
        })
        .collect();
    let out = std::fs::File::create(file).expect("a golden can be written");
    let mut encoder = png::Encoder::new(out, panel.width_px, panel.height_px);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("the pixels");
}

/// How the picture that is kept differs from the one that is drawn, if it does.
fn difference(golden: Option<Vec<u8>>, drawn: &[u8], width: usize) -> Option<String> {
    let Some(golden) = golden else { return Some("there is no golden".to_owned()) };
    if golden.len() != drawn.len() {
        return Some("the golden has another size".to_owned());
    }
    let pixels = golden.chunks(3).zip(drawn.chunks(3)).enumerate();
    let other: Vec<usize> = pixels.filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let (x, y) = (other.first()? % width, other.first()? / width);
    Some(format!("{} pixels differ, the first at {x}, {y}", other.len()))
}

#[test]
fn goldens_are_drawn_pixel_for_pixel() {
    on_its_own_thread(|| {
        let renew = std::env::var_os("RENEW_GOLDENS").is_some();
        let fonts = fonts();
        let sums = folder().join("sums.txt");
        let kept = std::fs::read_to_string(&sums).unwrap_or_default();
        let mut drawn_sums = String::new();
        let mut found = Vec::new();
        for (scene, lang, look) in SCREENS {
            let played = SCENES.iter().find(|played| played.name == scene).expect("a scene");
            for panel in PANELS {
                let screen = open_as(&fonts, panel, lang, look, played).expect("a window");
                let picture = screen.snapshot_rgb().expect("a picture");
                let name = name(scene, lang, look, panel);
                let line = format!("{name} {}\n", sum(picture.as_bytes()));
                let drawn = coarse(picture.as_bytes());
                let file = folder().join(format!("{name}.png"));
                if renew {
                    std::fs::create_dir_all(folder()).expect("the folder of goldens");
                    write(&file, panel, &drawn);
                } else if !kept.contains(&line) {
                    let seen = difference(read(&file), &drawn, panel.width_px as usize);
                    let shades = "only shades differ".to_owned();
                    found.push(format!("{name}: {}", seen.unwrap_or(shades)));
                }
                drawn_sums.push_str(&line);
            }
        }
        if renew {
            std::fs::write(sums, drawn_sums).expect("the sums can be written");
        }
        let how = "Look at the screens; if they are meant: RENEW_GOLDENS=1 cargo test goldens";
        assert!(found.is_empty(), "{}\n{how}", found.join("\n"));
    });
}

#[test]
fn the_kept_pictures_are_those_of_the_sums() {
    let sums = std::fs::read_to_string(folder().join("sums.txt")).expect("sums.txt");
    let names: Vec<&str> = sums.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names.len(), SCREENS.len() * PANELS.len());
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder()).expect("tests/goldens") {
        let file = entry.expect("an entry").path();
        bytes += file.metadata().expect("a file").len();
        if file.extension().is_some_and(|ending| ending == "png") {
            let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            assert!(names.contains(&name), "{name} is drawn by nobody");
            assert!(read(&file).is_some(), "{name} can't be read");
        }
    }
    assert!(bytes < 600_000, "the goldens have {bytes} bytes");
}
