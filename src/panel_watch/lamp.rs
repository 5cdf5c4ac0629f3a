//! What the lamp shows.

use clubhouse_hardware::panel::{Lamp, LampColour};
use clubhouse_hardware::printer::Status;

/// What needs somebody, beside the printers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// Somebody called for help, and nobody of the house went yet.
    pub help: bool,
    /// The screen takes no orders: they go on paper.
    pub paper_only: bool,
    /// An earlier day was not closed, or the machine needs what [`crate::upkeep`] knows of.
    pub soon: bool,
}

/// Green: all is well. Amber: somebody is needed soon. Red: now; blinking, because something does
/// not work, steady, because a person waits.
pub const fn lamp_for(worst: Status, doubtful: u32, needs: Needs) -> Lamp {
    if !worst.prints() || needs.paper_only {
        Lamp::blinking(LampColour::Red)
    } else if needs.help {
        Lamp::steady(LampColour::Red)
    } else if doubtful > 0 {
        Lamp::blinking(LampColour::Amber)
    } else if matches!(worst, Status::PaperLow) || needs.soon {
        Lamp::steady(LampColour::Amber)
    } else {
        Lamp::steady(LampColour::Green)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_is_shown() {
        let none = Needs::default();
        let help = Needs { help: true, ..none };
        let soon = Needs { soon: true, ..none };
        let shown = [
            (Status::Ready, 0, none, "green"),
            (Status::PaperLow, 0, none, "amber"),
            (Status::Ready, 0, soon, "amber"),
            (Status::PaperLow, 1, soon, "amber, blinking"),
            (Status::PaperLow, 1, help, "red"),
            (Status::PaperOut, 0, help, "red, blinking"),
            (Status::Disconnected, 0, none, "red, blinking"),
            (Status::Ready, 0, Needs { paper_only: true, ..help }, "red, blinking"),
        ];
        for (status, doubtful, needs, lamp) in shown {
            assert_eq!(lamp_for(status, doubtful, needs).to_string(), lamp, "{status:?} {needs:?}");
        }
    }
}
