//! Touch devices, and what udev says of each: it is what the window's input library goes by.

use super::{Roots, line, may_use, names};

/// A touch device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// Its node, `event3`.
    pub node: String,
    /// What it calls itself.
    pub name: String,
    /// Six numbers that turn a touch's place, as udev has them; nothing where it has none.
    pub calibration: Option<String>,
    /// Whether this user may use it.
    pub allowed: bool,
}

/// Every touch device that udev knows.
pub fn touches(roots: &Roots) -> Vec<Touch> {
    let folder = roots.sys.join("class/input");
    let nodes = names(&folder).into_iter().filter(|name| name.starts_with("event"));
    let touches = nodes.filter_map(|node| {
        let here = folder.join(&node);
        // udev keeps what it knows of a character device under its numbers.
        let numbers = line(&here.join("dev"));
        let known = roots.udev.join("data").join(format!("c{numbers}"));
        let known = std::fs::read_to_string(known).unwrap_or_default();
        let says = |key: &str| {
            let said = known.lines().filter_map(|line| line.strip_prefix("E:")?.split_once('='));
            said.filter(|(name, _)| *name == key).map(|(_, value)| value.to_owned()).next_back()
        };
        if says("ID_INPUT_TOUCHSCREEN").as_deref() != Some("1") {
            return None;
        }
        Some(Touch {
            name: line(&here.join("device/name")),
            calibration: says("LIBINPUT_CALIBRATION_MATRIX"),
            allowed: may_use(&roots.dev.join("input").join(&node)),
            node,
        })
    });
    touches.collect()
}
