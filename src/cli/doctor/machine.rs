//! What stands around the program: folder, printers, panel, display.

use clubhouse_hardware::printer::{
    JobOptions, Profile, SimulatedPrinter, Status, Target, status_with,
};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::Findings;
use crate::config::Settings;
use crate::display::{Finding, Roots, Wishes, report};
use crate::domain::PrintQueue;
use crate::printing::Board;

/// What must find room on the disk: a day's orders and its backup are smaller.
const ROOM: usize = 8 << 20;
/// Time for a printer to say how it is.
const ASKING: Duration = Duration::from_secs(2);
/// The PIN of the sample, which everybody can read.
const SAMPLE_PIN: &str = "2468";

/// What the settings leave as it is for a demonstration.
pub fn settings(findings: &mut Findings, settings: &Settings) {
    if settings.demonstration.is_some() {
        findings.ok(
            "settings",
            "a demonstration; an appliance needs a clubhouse.toml without “demonstration”",
        );
    } else if settings.staff.pin == SAMPLE_PIN {
        findings.look("settings", "staff.pin is still the sample's; choose another");
    } else {
        findings.ok("settings", format!("{}, {}", settings.name, settings.zone));
    }
}

/// Whether the data folder takes a file of some size.
pub fn folder(findings: &mut Findings, folder: &Path) {
    let name = folder.display();
    if !folder.exists() {
        return findings.look(
            "data folder",
            format!("{name} is not there; the first command that needs it makes it"),
        );
    }
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let written = std::fs::File::create_new(&probe).and_then(|mut file| {
        file.write_all(&vec![0x5a; ROOM])?;
        file.sync_all()
    });
    // The probe may not exist; either way nothing of it is to stay.
    let _ = std::fs::remove_file(&probe);
    match written {
        Ok(()) => findings.ok("data folder", format!("{name} can be written and has room")),
        Err(e) if e.kind() == std::io::ErrorKind::StorageFull => {
            findings.wrong(
                "data folder",
                format!("{name} has less than {} MiB of room; make room", ROOM >> 20),
            );
        }
        Err(e) => findings.wrong(
            "data folder",
            format!("{name} can't be written ({e}); give it to the user the kiosk runs as"),
        ),
    }
}

/// Asks every printer how it is.
pub fn printers(findings: &mut Findings, settings: &Settings) {
    let simulated = SimulatedPrinter::new(Board::simulated_width(settings));
    let board = match Board::new(Arc::new(settings.clone()), &simulated) {
        Ok(board) => board,
        Err(error) => return findings.wrong("printers", error),
    };
    for press in board.presses() {
        let subject = format!("printer {}", press.name);
        let queues: Vec<&str> =
            board.queues_of(&press.name).iter().map(|q| PrintQueue::as_str(*q)).collect();
        let serves = if queues.is_empty() { "no queue".to_owned() } else { queues.join(", ") };
        let place = format!("{} ({serves})", press.target);
        match (&press.target, settings.demonstration) {
            (Target::Simulated(_), Some(_)) => findings.ok(&subject, place),
            (Target::Simulated(_), None) => findings.look(
                &subject,
                format!("{place}: no paper comes out of a simulated printer; set its target"),
            ),
            (Target::File(_), _) => {
                findings.ok(&subject, format!("{place}: a file, which never answers"));
            }
            _ => {
                let options = JobOptions { deadline: ASKING, ..press.profile.options() };
                let status = status_with(&press.target, &options);
                let silent = press.profile == Profile::WriteOnly && status.prints();
                let words = if silent {
                    format!(
                        "{place}: can be opened; it never answers, so its papers are not proven"
                    )
                } else {
                    format!("{place}: {status}{}", to_do(status))
                };
                match status {
                    Status::Ready => findings.ok(&subject, words),
                    Status::PaperLow => findings.look(&subject, words),
                    _ => findings.wrong(&subject, words),
                }
            }
        }
    }
}

/// What a person does about a printer.
const fn to_do(status: Status) -> &'static str {
    match status {
        Status::Ready => "",
        Status::PaperLow => "; have a new roll at hand",
        Status::PaperOut => "; put in a new roll",
        Status::CoverOpen => "; close the cover",
        Status::Error => "; free the knife or let the head cool, then switch it off and on",
        Status::Offline => {
            "; let go of its feed key, end other programs that use it, then switch it off and on"
        }
        Status::Disconnected => {
            "; switch it on, look at cable and network, and at its target in the settings"
        }
    }
}

/// Lamp, buzzer and buttons.
pub fn panel(findings: &mut Findings, settings: &Settings) {
    let chip = &settings.panel.chip;
    match settings.panel.backend.as_str() {
        "gpiocdev" if !chip.exists() => findings.wrong(
            "panel",
            format!("{} is not there; look at panel.chip and at the board's plug", chip.display()),
        ),
        "gpiocdev" => findings.ok(
            "panel",
            format!("gpiocdev on {}; “doctor --panel” tries it with you", chip.display()),
        ),
        "rppal" if !Path::new("/dev/gpiochip0").exists() => {
            findings
                .wrong("panel", "this machine shows no GPIO header; set panel.backend to \"none\"");
        }
        "simulated" if settings.demonstration.is_none() => {
            findings.look(
                "panel",
                "simulated: no lamp shines; set panel.backend to \"rppal\", \"gpiocdev\" or \"none\"",
            );
        }
        backend => findings.ok("panel", backend),
    }
}

/// Whether a window could be opened from here; on an appliance what its display and touch are like.
pub fn display(findings: &mut Findings, config: Option<&Path>) {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    // What the installer wants stands beside the settings.
    let file = config.and_then(Path::parent).map(|folder| folder.join("display.env"));
    let wishes = Wishes::of_process().or(file.map(|f| Wishes::of_file(&f)).unwrap_or_default());
    if wishes.is_kernels() || (cfg!(feature = "appliance") && !set("DISPLAY")) {
        for Finding { good, subject, words } in report(&Roots::default(), &wishes) {
            if good {
                findings.ok(subject, words);
            } else {
                findings.wrong(subject, words);
            }
        }
    } else if set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") {
        findings.ok("display", "Wayland");
    } else if set("DISPLAY") {
        findings.ok("display", "X11");
    } else {
        findings.look("display", "none in this session; the service brings its own, from here only “run --headless” works");
    }
}
