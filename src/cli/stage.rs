//! `lunch` and `screenshot`: what the rehearsal shows.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::{Ended, Failure, open};
use crate::fonts::Fonts;
use crate::kiosk::controller::{Contrast, Look, TextSize};
use crate::kiosk::words::Lang;
use crate::kiosk::{Panel, gallery};
use crate::rehearsal::lunch::{self, Script};

/// Play a whole lunch without a screen, in a database of its own, and keep its pictures.
#[derive(Debug, clap::Args)]
pub struct LunchArgs {
    /// Where pictures, tickets, slips and the map go; made if missing.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// The panel the screens are drawn for, in pixels: 1280x800, 1920x1080, 720x1280 or 1080x1920.
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = panel)]
    panel: Panel,
}

/// Draw the kiosk's screens as pictures.
#[derive(Debug, clap::Args)]
pub struct ScreenshotArgs {
    /// Every screen and state at every size and in both languages.
    #[arg(long)]
    all: bool,
    /// Only screens whose name begins like this.
    #[arg(long, value_name = "NAME")]
    screen: Option<String>,
    /// Only this panel, in pixels.
    #[arg(long, value_name = "WxH", value_parser = panel)]
    panel: Option<Panel>,
    /// Only this language: zh or en.
    #[arg(long, value_name = "LANG", value_parser = lang)]
    lang: Option<Lang>,
    /// As somebody sees them who chose large text.
    #[arg(long)]
    large: bool,
    /// As somebody sees them who chose high contrast.
    #[arg(long)]
    high_contrast: bool,
    /// Where the pictures go; made if missing.
    #[arg(long, value_name = "DIR", default_value = "out/screens")]
    out: PathBuf,
}

fn panel(text: &str) -> Result<Panel, String> {
    let known = || Panel::ALL.map(|p| p.to_string()).join(", ");
    text.split_once('x')
        .and_then(|(w, h)| Panel::by_pixels(w.parse().ok()?, h.parse().ok()?))
        .ok_or_else(|| {
            format!("“{text}” is no panel the screens are drawn for; allowed: {}", known())
        })
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::ALL
        .into_iter()
        .find(|l| l.code() == text)
        .ok_or_else(|| format!("“{text}” is no language of the screens; allowed: zh, en"))
}

/// Plays a lunch.
pub fn lunch(args: &LunchArgs, _config: Option<&Path>) -> Result<Ended, Failure> {
    let script = Script { panel: args.panel, ..Script::ordinary(&args.out) };
    let terminal = std::io::stderr().is_terminal();
    let mut tell = |line: &str| {
        if terminal {
            eprint!("\r\x1b[K{line}");
            // A progress line that can't be shown is no reason to stop.
            let _ = std::io::stderr().flush();
        } else {
            tell!("{line}");
        }
    };
    let summary = lunch::play(&script, &mut tell).map_err(Failure::failed)?;
    if terminal {
        tell!();
    }
    say!("{summary}");
    say!(
        "  files       {out}/screens, {out}/tickets, {out}/slips, {out}/rounds.svg, {}",
        summary.backup.display(),
        out = args.out.display(),
    );
    Ok(Ended::Done)
}

/// Draws screens.
pub fn screenshot(args: &ScreenshotArgs, config: Option<&Path>) -> Result<Ended, Failure> {
    if !args.all && args.screen.is_none() && args.panel.is_none() && args.lang.is_none() {
        return Err(Failure::input("say which screens: --all, or --screen, --panel and --lang"));
    }
    let settings = open::settings(config)?;
    let fonts = Fonts::load(settings.fonts_folder()).map_err(Failure::failed)?;
    std::fs::create_dir_all(&args.out)
        .map_err(|e| Failure::failed(format!("{} can't be made: {e}", args.out.display())))?;
    let look = Look {
        size: if args.large { TextSize::Large } else { TextSize::Normal },
        contrast: if args.high_contrast { Contrast::High } else { Contrast::Normal },
    };
    let mut drawn = 0;
    for panel in Panel::ALL.into_iter().filter(|p| args.panel.is_none_or(|only| only == *p)) {
        for lang in Lang::ALL.into_iter().filter(|l| args.lang.is_none_or(|only| only == *l)) {
            let wanted =
                |name: &str| args.screen.as_ref().is_none_or(|s| name.starts_with(s.as_str()));
            let files = gallery::draw(&fonts, &args.out, panel, lang, look, wanted)
                .map_err(Failure::failed)?;
            drawn += files.len();
        }
    }
    if drawn == 0 {
        return Err(Failure::input("no screen is called that; --all draws every one"));
    }
    say!("{drawn} pictures in {}", args.out.display());
    Ok(Ended::Done)
}
