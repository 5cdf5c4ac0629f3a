//! The kernel's display and touch panel, as a machine without a desktop shows them.

use clubhouse_kiosk::display::{DisplayTrouble, Plugged, Roots, Wishes, look, outputs, report};
use std::path::Path;

/// A machine with what the kernel and udev show of it.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// A socket; with a display if there are modes.
    fn socket(&self, entry: &str, modes: &str) {
        let status = if modes.is_empty() { "disconnected\n" } else { "connected\n" };
        self.write(&format!("sys/class/drm/{entry}/status"), status);
        self.write(&format!("sys/class/drm/{entry}/modes"), modes);
        let card = entry.split_once('-').unwrap().0;
        self.write(&format!("sys/class/drm/{card}/dev"), "226:1\n");
        self.write(&format!("dev/dri/{card}"), "");
    }

    /// A touch panel that udev gives this matrix.
    fn touch(&self, node: &str, minor: u32, matrix: Option<&str>) {
        self.write(&format!("sys/class/input/{node}/dev"), &format!("13:{minor}\n"));
        self.write(&format!("sys/class/input/{node}/device/name"), "ILITEK Multi-Touch\n");
        let matrix = matrix.map(|m| format!("E:LIBINPUT_CALIBRATION_MATRIX={m}\n"));
        let known =
            format!("I:1\nE:ID_INPUT=1\nE:ID_INPUT_TOUCHSCREEN=1\n{}", matrix.unwrap_or_default());
        self.write(&format!("run/udev/data/c13:{minor}"), &known);
        self.write(&format!("dev/input/{node}"), "");
    }

    fn roots(&self) -> Roots {
        let at = |name: &str| self.folder.path().join(name);
        Roots { sys: at("sys"), dev: at("dev"), udev: at("run/udev") }
    }

    fn env(&self, text: &str) -> Wishes {
        self.write("display.env", text);
        Wishes::of_file(&self.folder.path().join("display.env"))
    }

    fn look(&self, wishes: &Wishes) -> Option<DisplayTrouble> {
        look(&self.roots(), wishes)
    }

    /// The report as lines, bad ones marked.
    fn told(&self, wishes: &Wishes) -> Vec<String> {
        let lines = report(&self.roots(), wishes);
        lines
            .iter()
            .map(|l| format!("{}{} {}", if l.good { "" } else { "! " }, l.subject, l.words))
            .collect()
    }
}

/// A Raspberry Pi with a panel on its first socket: the second card only computes.
fn raspberry() -> Machine {
    let machine = Machine::new();
    machine.write("dev/dri/card0", "");
    machine.write("dev/dri/renderD128", "");
    machine.write("sys/class/drm/version", "drm 1.1.0");
    machine.write("sys/class/drm/card0/dev", "226:0");
    machine.socket("card1-HDMI-A-1", "1280x800\n1280x800\n1024x768\n800x600\n");
    machine.socket("card1-HDMI-A-2", "");
    machine.socket("card1-Writeback-1", "");
    machine.touch("event3", 67, None);
    machine.write("sys/class/input/event0/dev", "13:64\n");
    machine.write("run/udev/data/c13:64", "E:ID_INPUT_KEYBOARD=1\n");
    machine
}

#[test]
fn what_is_connected_is_told_with_its_modes() {
    let machine = raspberry();
    let found = outputs(&machine.roots());
    let names: Vec<_> = found.iter().map(|o| (o.to_string(), o.plugged)).collect();
    let expected = [("HDMI-A-1 (card1)", Plugged::Yes), ("HDMI-A-2 (card1)", Plugged::No)];
    assert_eq!(names, expected.map(|(name, plugged)| (name.to_owned(), plugged)));
    assert_eq!(found[0].modes, ["1280x800", "1024x768", "800x600"]);
    assert_eq!(machine.look(&Wishes::default()), None);
    assert_eq!(
        machine.told(&Wishes::default()),
        [
            "display HDMI-A-1 (card1) is connected, 1280x800; it can also show 1024x768, 800x600",
            "display nothing is connected to HDMI-A-2 (card1)",
            "touch “ILITEK Multi-Touch” (event3)",
        ]
    );
}

#[test]
fn a_display_that_is_off_or_missing_is_said_with_what_to_do() {
    let machine = raspberry();
    machine.socket("card1-HDMI-A-1", "");
    let trouble = machine.look(&Wishes::default()).expect("nothing is plugged in");
    assert!(matches!(trouble, DisplayTrouble::Unplugged { .. }), "{trouble:?}");
    let words = trouble.to_string();
    assert!(words.starts_with("no display is connected to this machine (HDMI-A-1, HDMI-A-2)"));
    assert!(words.contains("switch the display on"));
    // As soon as it is there.
    machine.socket("card1-HDMI-A-1", "1280x800\n");
    assert_eq!(machine.look(&Wishes::default()), None);

    let bare = Machine::new();
    assert_eq!(bare.look(&Wishes::default()), Some(DisplayTrouble::NoDevice));
    bare.write("dev/fb0", "");
    assert_eq!(bare.look(&Wishes::default()), None, "a bare frame buffer may do");
}

#[test]
fn wishes_that_can_not_be_fulfilled_name_what_can() {
    let machine = raspberry();
    let told =
        |text: &str| machine.look(&machine.env(text)).map(|t| t.to_string()).unwrap_or_default();
    assert!(told("SLINT_KMS_ROTATION=45\n").contains("0, 90, 180 or 270"));
    assert!(told("SLINT_DRM_MODE=1280x800\n").contains("from 0, and best left out"));
    assert!(told("SLINT_DRM_OUTPUT=DP-1\n").contains("can be HDMI-A-1, HDMI-A-2"));
    assert!(told("SLINT_DRM_OUTPUT='HDMI-A-2'\n").contains("to HDMI-A-2, but to HDMI-A-1"));
    assert_eq!(told("# SLINT_DRM_OUTPUT=DP-1\nSLINT_DRM_OUTPUT=HDMI-A-1\n"), "");
    machine.socket("card1-HDMI-A-2", "1920x1080\n");
    let lines = machine.told(&Wishes::default());
    assert!(
        lines[0].starts_with("! ") && lines[0].ends_with("among HDMI-A-1, HDMI-A-2"),
        "{lines:?}"
    );
    let lines = machine.told(&machine.env("SLINT_DRM_OUTPUT=HDMI-A-2\n"));
    assert!(lines[0].starts_with("display HDMI-A-2 (card1) is connected, 1920x1080"), "{lines:?}");
}

#[test]
fn a_touch_panel_that_does_not_turn_with_the_picture_is_found() {
    let machine = raspberry();
    let turned = machine.env("SLINT_KMS_ROTATION=90\n");
    let lines = machine.told(&turned);
    assert!(lines[0].contains("1280x800, turned by 90°"), "{lines:?}");
    assert!(lines[2].starts_with("! touch") && lines[2].contains("wants “0 1 0 -1 0 1”"));
    machine.touch("event3", 67, Some("0 1 0 -1 0 1"));
    let lines = machine.told(&turned);
    assert!(lines[2].ends_with("turned by 90° with the picture"), "{lines:?}");
    // One that is glued in askew.
    let own =
        machine.env("SLINT_KMS_ROTATION=90\nLIBINPUT_CALIBRATION_MATRIX=\"1.02 0 -0.01 0 1 0\"\n");
    assert!(machine.told(&own)[2].starts_with("! "));
    machine.touch("event3", 67, Some("1.02 0 -0.01 0 1 0"));
    assert!(machine.told(&own)[2].ends_with("calibrated by “1.02 0 -0.01 0 1 0”"));
}

#[test]
fn no_touch_panel_is_said() {
    let machine = raspberry();
    std::fs::remove_file(machine.folder.path().join("run/udev/data/c13:67")).unwrap();
    let lines = machine.told(&Wishes::default());
    assert!(lines[2].starts_with("! touch udev knows no touch panel"), "{lines:?}");
}

#[test]
fn what_the_window_says_becomes_a_sentence_for_people() {
    let machine = raspberry();
    let wishes = machine.env("SLINT_BACKEND=linuxkms-software\n");
    let behind = |built, said: &str| DisplayTrouble::behind(&machine.roots(), &wishes, built, said);
    assert_eq!(behind(false, "anything"), DisplayTrouble::NotBuilt);
    let held =
        behind(true, "Error presenting framebuffer on screen: Permission denied (os error 13)");
    assert!(held == DisplayTrouble::InUse && held.to_string().contains("another program"));
    let list = behind(true, "Mode index is out of bounds: 9");
    assert!(matches!(list, DisplayTrouble::Mode(_)));
    let other = behind(true, "Could not initialize\nany renderer").to_string();
    assert_eq!(other, "the display can't be used: Could not initialize any renderer");
    assert!(wishes.is_kernels() && !Wishes::default().is_kernels());
}

/// The file that is shipped says what it means to both its readers.
#[test]
fn the_shipped_file_turns_nothing() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd/display.env");
    let wishes = Wishes::of_file(&file);
    assert_eq!(wishes, Wishes { rotation: Some("0".to_owned()), ..Wishes::default() });
    // udev and systemd both read NAME=VALUE lines and comments, and nothing else is there.
    let text = std::fs::read_to_string(&file).unwrap();
    for line in text.lines().filter(|line| !line.is_empty()) {
        assert!(
            line.starts_with('#') || line.split_once('=').is_some_and(|(n, _)| !n.contains(' '))
        );
    }
}
