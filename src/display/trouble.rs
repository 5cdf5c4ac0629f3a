//! What keeps the picture away, in words for the person who must act.

use super::{Output, Roots, Rotation, Wishes, may_use, names, outputs};

/// Why there is no picture. In each case printers, clock and pages go on working.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisplayTrouble {
    /// The kernel shows no graphics card.
    #[error(
        "this machine shows no display device (/dev/dri has no card); look whether its graphics driver is switched on (a Raspberry Pi needs dtoverlay=vc4-kms-v3d in config.txt)"
    )]
    NoDevice,
    /// The device is another user's.
    #[error(
        "the display {device} may not be used by this user; put the user into the group “video” and start again"
    )]
    NotAllowed {
        /// The device.
        device: String,
    },
    /// Nothing is plugged in.
    #[error(
        "no display is connected to this machine ({}); switch the display on and look at its cable",
        joined(outputs)
    )]
    Unplugged {
        /// The sockets.
        outputs: Vec<String>,
    },
    /// The wanted output has no display.
    #[error(
        "no display is connected to {wanted}{}; plug it in there, or change SLINT_DRM_OUTPUT in display.env",
        if plugged.is_empty() { String::new() } else { format!(", but to {}", plugged.join(", ")) }
    )]
    OutputUnplugged {
        /// `SLINT_DRM_OUTPUT`.
        wanted: String,
        /// Those that have one.
        plugged: Vec<String>,
    },
    /// There is no such output.
    #[error(
        "this machine has no output “{wanted}”; SLINT_DRM_OUTPUT in display.env can be {}",
        joined(there)
    )]
    NoSuchOutput {
        /// `SLINT_DRM_OUTPUT`.
        wanted: String,
        /// What there is.
        there: Vec<String>,
    },
    /// The rotation is none of four.
    #[error("SLINT_KMS_ROTATION is “{0}” in display.env; it can be 0, 90, 180 or 270")]
    Rotation(String),
    /// The mode is no number of the list.
    #[error(
        "SLINT_DRM_MODE is “{0}” in display.env; it is the place of a mode in the output's list, from 0, and best left out"
    )]
    Mode(String),
    /// Another program draws on the display.
    #[error(
        "another program holds the display; end it (a desktop, or a second kiosk) and start again"
    )]
    InUse,
    /// The program has no part that draws there.
    #[error(
        "this program was built without the appliance's display; install the package of the appliance, or start it in a desktop without SLINT_BACKEND"
    )]
    NotBuilt,
    /// Something else.
    #[error("the display can't be used: {0}")]
    Other(String),
}

fn joined(names: &[String]) -> String {
    if names.is_empty() { "it has no socket for one".to_owned() } else { names.join(", ") }
}

/// What keeps the picture from the kernel's display, as far as can be seen without opening it.
pub fn look(roots: &Roots, wishes: &Wishes) -> Option<DisplayTrouble> {
    if let Some(rotation) = &wishes.rotation
        && Rotation::parse(rotation).is_none()
    {
        return Some(DisplayTrouble::Rotation(rotation.clone()));
    }
    if let Some(mode) = &wishes.mode
        && mode.parse::<u16>().is_err()
    {
        return Some(DisplayTrouble::Mode(mode.clone()));
    }
    let outputs = outputs(roots);
    if outputs.is_empty() {
        return without_outputs(roots);
    }
    let wanted = match &wishes.output {
        None => outputs.iter().find(|output| output.is_plugged()),
        Some(name) => {
            let Some(output) = outputs.iter().find(|output| output.name == *name) else {
                let there = outputs.into_iter().map(|output| output.name).collect();
                return Some(DisplayTrouble::NoSuchOutput { wanted: name.clone(), there });
            };
            Some(output).filter(|output| output.is_plugged())
        }
    };
    let Some(output) = wanted else {
        return Some(unplugged(wishes, &outputs));
    };
    let device = roots.dev.join("dri").join(&output.card);
    let shut = !may_use(&device);
    shut.then(|| DisplayTrouble::NotAllowed { device: device.display().to_string() })
}

fn unplugged(wishes: &Wishes, outputs: &[Output]) -> DisplayTrouble {
    let names = |only: fn(&Output) -> bool| {
        outputs.iter().filter(|output| only(output)).map(|output| output.name.clone()).collect()
    };
    match &wishes.output {
        Some(wanted) => DisplayTrouble::OutputUnplugged {
            wanted: wanted.clone(),
            plugged: names(Output::is_plugged),
        },
        None => DisplayTrouble::Unplugged { outputs: names(|_| true) },
    }
}

/// A machine without outputs: one with a bare frame buffer may still show something.
fn without_outputs(roots: &Roots) -> Option<DisplayTrouble> {
    let card = names(&roots.dev.join("dri")).iter().any(|name| name.starts_with("card"));
    let bare = roots.dev.join("fb0").exists();
    if bare {
        None
    } else if card {
        Some(DisplayTrouble::Unplugged { outputs: Vec::new() })
    } else {
        Some(DisplayTrouble::NoDevice)
    }
}

impl DisplayTrouble {
    /// The trouble behind what the window said when it could not be opened or drawn.
    pub fn behind(roots: &Roots, wishes: &Wishes, built: bool, said: &str) -> Self {
        if wishes.is_kernels() && !built {
            return Self::NotBuilt;
        }
        if let Some(trouble) = look(roots, wishes) {
            return trouble;
        }
        // The kernel lets one program at a time draw; it tells the others that they may not.
        let refused = said.contains("Permission denied") || said.contains("busy");
        if said.contains("presenting framebuffer") && refused {
            return Self::InUse;
        }
        if said.contains("Mode index") || said.contains("SLINT_DRM_MODE") {
            return Self::Mode(wishes.mode.clone().unwrap_or_default());
        }
        Self::Other(said.lines().collect::<Vec<_>>().join(" "))
    }
}
