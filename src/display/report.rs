//! What an installer wants to know of display and touch, line by line.

use super::{Output, Roots, Rotation, Touch, Wishes, look, outputs, touches};

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether it is as it should be.
    pub good: bool,
    /// `display` or `touch`.
    pub subject: &'static str,
    /// What was found, and what to mend.
    pub words: String,
}

/// Looks at outputs, modes and touch devices; changes nothing.
pub fn report(roots: &Roots, wishes: &Wishes) -> Vec<Finding> {
    let mut findings = vec![of_display(roots, wishes)];
    let unused: Vec<String> = outputs(roots)
        .iter()
        .filter(|output| !output.is_plugged())
        .map(ToString::to_string)
        .collect();
    if !unused.is_empty() {
        let words = format!("nothing is connected to {}", unused.join(", "));
        findings.push(Finding { good: true, subject: "display", words });
    }
    findings.extend(of_touch(roots, wishes));
    findings
}

fn of_display(roots: &Roots, wishes: &Wishes) -> Finding {
    if let Some(trouble) = look(roots, wishes) {
        return Finding { good: false, subject: "display", words: trouble.to_string() };
    }
    let plugged: Vec<Output> = outputs(roots).into_iter().filter(Output::is_plugged).collect();
    let shown = plugged.iter().find(|o| wishes.output.as_ref().is_none_or(|name| o.name == *name));
    let Some(shown) = shown else {
        let words = "a bare frame buffer (/dev/fb0), whose size can't be chosen".to_owned();
        return Finding { good: true, subject: "display", words };
    };
    let degrees =
        wishes.rotation.as_deref().and_then(Rotation::parse).unwrap_or_default().degrees();
    let turned = if degrees == 0 { String::new() } else { format!(", turned by {degrees}°") };
    let mode = match (&wishes.mode, shown.modes.first()) {
        (Some(place), _) => format!("mode {place} of its list"),
        (None, Some(mode)) => mode.clone(),
        (None, None) => "no mode is listed".to_owned(),
    };
    let others = shown.modes.iter().skip(1).take(6).cloned().collect::<Vec<_>>().join(", ");
    let can =
        if others.is_empty() { String::new() } else { format!("; it can also show {others}") };
    // With two displays the kernel's order decides, which is no one's wish.
    let chance = plugged.len() > 1 && wishes.output.is_none();
    let choose = if chance {
        let names: Vec<&str> = plugged.iter().map(|output| output.name.as_str()).collect();
        format!("; several are connected: choose with SLINT_DRM_OUTPUT among {}", names.join(", "))
    } else {
        String::new()
    };
    Finding {
        good: !chance && !shown.modes.is_empty(),
        subject: "display",
        words: format!("{shown} is connected, {mode}{turned}{can}{choose}"),
    }
}

fn of_touch(roots: &Roots, wishes: &Wishes) -> Vec<Finding> {
    let touches = touches(roots);
    if touches.is_empty() {
        let words =
            "udev knows no touch panel; look at its cable (USB beside HDMI), or use a mouse";
        return vec![Finding { good: false, subject: "touch", words: words.to_owned() }];
    }
    touches.iter().map(|touch| of_one(touch, wishes)).collect()
}

fn of_one(touch: &Touch, wishes: &Wishes) -> Finding {
    let name = format!("“{}” ({})", touch.name, touch.node);
    let finding =
        |good, words: String| Finding { good, subject: "touch", words: format!("{name}{words}") };
    if !touch.allowed {
        return finding(
            false,
            " may not be used by this user; put the user into the group “input”".to_owned(),
        );
    }
    let wanted = match &wishes.calibration {
        Some(own) => own.clone(),
        None => {
            wishes.rotation.as_deref().and_then(Rotation::parse).unwrap_or_default().calibration()
        }
    };
    let has = touch.calibration.clone().unwrap_or_else(|| Rotation::None.calibration());
    if numbers(&has) != numbers(&wanted) {
        return finding(
            false,
            format!(
                " is not turned with the picture: udev has “{has}” for it, display.env wants “{wanted}”; run “udevadm control --reload && udevadm trigger”, then start the kiosk again"
            ),
        );
    }
    match Rotation::of_calibration(&has) {
        Some(Rotation::None) => finding(true, String::new()),
        Some(turned) => {
            finding(true, format!(", turned by {}° with the picture", turned.degrees()))
        }
        None => finding(true, format!(", calibrated by “{has}”")),
    }
}

fn numbers(calibration: &str) -> Vec<Option<i32>> {
    let thousandths = |text: &str| text.parse::<f32>().ok().map(|n| (n * 1000.0).round() as i32);
    calibration.split_whitespace().map(thousandths).collect()
}
