//! Outputs: the sockets of the graphics cards, `/sys/class/drm/card1-HDMI-A-1`.

use super::{Roots, line, names};

/// A socket that a display can be plugged into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its card, `card1`.
    pub card: String,
    /// Its name as `SLINT_DRM_OUTPUT` wants it, `HDMI-A-1`.
    pub name: String,
    /// Whether a display is there.
    pub plugged: Plugged,
    /// What the display can show, `1280x800`; the one it likes best comes first.
    pub modes: Vec<String>,
}

/// Whether a display is plugged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plugged {
    /// It is.
    Yes,
    /// It is not, or it is switched off.
    No,
    /// The socket can't tell.
    Unknown,
}

/// Every output of every card, by name.
pub fn outputs(roots: &Roots) -> Vec<Output> {
    let folder = roots.sys.join("class/drm");
    let outputs = names(&folder).into_iter().filter_map(|entry| {
        let (card, name) = entry.split_once('-')?;
        let number = card.strip_prefix("card")?;
        // A socket that only writes pictures back into memory shows nobody anything.
        if number.is_empty()
            || !number.bytes().all(|b| b.is_ascii_digit())
            || name.starts_with("Writeback")
        {
            return None;
        }
        let here = folder.join(&entry);
        let plugged = match line(&here.join("status")).as_str() {
            "connected" => Plugged::Yes,
            "disconnected" => Plugged::No,
            _ => Plugged::Unknown,
        };
        let modes = std::fs::read_to_string(here.join("modes")).unwrap_or_default();
        let mut known: Vec<String> = Vec::new();
        for mode in modes.lines() {
            // The same picture at another rate is listed again.
            if known.last().is_none_or(|last| last != mode) {
                known.push(mode.to_owned());
            }
        }
        Some(Output { card: card.to_owned(), name: name.to_owned(), plugged, modes: known })
    });
    outputs.collect()
}

impl Output {
    /// Whether a display is there.
    pub fn is_plugged(&self) -> bool {
        self.plugged == Plugged::Yes
    }
}

/// `HDMI-A-1 (card1)`.
impl std::fmt::Display for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.name, self.card)
    }
}
