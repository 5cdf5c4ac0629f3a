//! A dozen screens at two sizes, pixel for pixel as somebody looked at and found good.
//!
//! `RENEW_GOLDENS=1 cargo test --test main goldens` draws them anew; look at each before it is kept.

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

/// A picture with its width, and three bytes a pixel.
#[derive(PartialEq)]
struct Picture {
    width: u32,
    rgb: Vec<u8>,
}

fn file(name: &str, lang: Lang, look: Look, panel: Panel) -> PathBuf {
    let strong = if look == STRONG { "-strong" } else { "" };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens");
    folder.join(format!("{name}-{}{strong}-{panel}.png", lang.code()))
}

fn read(file: &Path) -> Option<Picture> {
    let bytes = std::fs::File::open(file).ok()?;
    let mut reader = png::Decoder::new(std::io::BufReader::new(bytes)).read_info().ok()?;
    let mut rgb = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgb).ok()?;
    rgb.truncate(info.buffer_size());
    Some(Picture { width: info.width, rgb })
}

fn write(file: &Path, picture: &Picture) {
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder of goldens");
    let out = std::fs::File::create(file).expect("a golden can be written");
    let height = (picture.rgb.len() / 3) as u32 / picture.width;
    let mut encoder = png::Encoder::new(out, picture.width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&picture.rgb).expect("the pixels");
}

/// How two pictures differ, if they do.
fn difference(golden: Option<Picture>, drawn: &Picture) -> Option<String> {
    let Some(golden) = golden else { return Some("there is no golden".to_owned()) };
    if (golden.width, golden.rgb.len()) != (drawn.width, drawn.rgb.len()) {
        return Some("the golden has another size".to_owned());
    }
    let pixels = golden.rgb.chunks(3).zip(drawn.rgb.chunks(3));
    let other: Vec<usize> =
        pixels.enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let first = other.first()?;
    let width = drawn.width as usize;
    Some(format!(
        "{} pixels differ, the first at {}, {}",
        other.len(),
        first % width,
        first / width
    ))
}

#[test]
fn goldens_are_drawn_pixel_for_pixel() {
    on_its_own_thread(|| {
        let renew = std::env::var_os("RENEW_GOLDENS").is_some();
        let fonts = fonts();
        let mut found = Vec::new();
        for (name, lang, look) in SCREENS {
            let scene = SCENES.iter().find(|scene| scene.name == name).expect("a scene");
            for panel in PANELS {
                let screen = open_as(&fonts, panel, lang, look, scene).expect("a headless window");
                let picture = screen.snapshot_rgb().expect("a picture");
                let drawn = Picture { width: picture.width(), rgb: picture.as_bytes().to_vec() };
                let file = file(name, lang, look, panel);
                if renew {
                    write(&file, &drawn);
                }
                if let Some(difference) = difference(read(&file), &drawn) {
                    found.push(format!("{}: {difference}", file.display()));
                }
            }
        }
        let renew =
            "look at the screens, and if they are meant: RENEW_GOLDENS=1 cargo test goldens";
        assert!(found.is_empty(), "{}\n{renew}", found.join("\n"));
    });
}
