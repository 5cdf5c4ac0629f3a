#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn the_sample_holds_every_key_and_its_defaults() {
    let uncommented: String = SAMPLE
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") || rest.starts_with('[') => rest,
            _ => line,
        })
        .fold(String::new(), |all, line| all + line + "\n");
    let sample = Settings::parse(&uncommented).unwrap();
    assert_eq!(format!("{sample:?}"), format!("{:?}", Settings::default()));
    assert!(Settings::parse(SAMPLE).is_ok());
}

#[test]
fn a_wrong_key_or_value_names_itself_and_what_is_allowed() {
    for (text, words) in [
        (
            "[times]\ndelivery_cutoff = \"10:00\"",
            vec!["line 2", "delivery_cutoff", "delivery_cut_off"],
        ),
        ("[times]\ndelivery_cut_off = \"25:00\"", vec!["line 2", "25:00", "\"10:00\""]),
        ("[times]\ndelivery_cut_off = 10", vec!["line 2", "delivery_cut_off"]),
        ("[times]\ndays_ahead = 900", vec!["times.days_ahead", "900", "60"]),
        ("[times]\nclosed_weekdays = [\"Mo\"]", vec!["line 2", "Mo", "mon"]),
        ("zone = \"Mars/Base\"", vec!["zone", "Mars/Base"]),
        ("[printers.a]\ntarget = \"usb\"", vec!["line 2", "usb", "tcp:HOST:PORT"]),
        ("[printers.a]\ntarget = \"simulated\"\nwidth_dots = 500", vec!["line 3", "500", "576"]),
        ("[queues.kitchen]\nprinter = \"stove\"", vec!["queues.kitchen", "stove", "window"]),
        (
            "[panel.pins]\nlamp_red = { pin = 17, active = \"high\" }\nbuzzer = { pin = 17, active = \"high\" }",
            vec!["panel.pins", "lamp_red", "buzzer", "pin 17"],
        ),
        (
            "[panel]\nbackend = \"gpiocdev\"\nchip = \"/dev/gpiochip3\"\n[panel.pins]\nlamp_red = { pin = 40, active = \"high\" }\nbuzzer = { pin = 40, active = \"high\" }",
            vec!["panel.pins", "lamp_red", "buzzer", "pin 40 of /dev/gpiochip3"],
        ),
        (
            "[panel.pins]\nbuzzer = { pin = 40, active = \"high\" }",
            vec!["panel.pins", "buzzer", "GPIO 2 to 27"],
        ),
        ("[panel]\nbackend = \"arduino\"", vec!["line 2", "arduino", "gpiocdev"]),
        ("[panel]\ndeliveries = \"some\"", vec!["line 2", "some", "late"]),
        ("[panel]\npower_fail_s = 900", vec!["panel.power_fail_s", "900", "600"]),
        ("[panel]\nhalt = \"halt\"", vec!["panel.halt", "beginning with /"]),
        ("[rounds.rules]\nface = false", vec!["line 2", "face", "evenness"]),
        ("[rounds.rules]\nslack_permille = 5000", vec!["slack_permille", "5000", "1000"]),
        ("[staff]\npin = \"12\"", vec!["staff.pin", "digits"]),
        ("[times]\nservice_until = \"09:00\"", vec!["service_until"]),
    ] {
        let error = Settings::parse(text).unwrap_err();
        for word in words {
            assert!(error.contains(word), "{text}: “{word}” is not in: {error}");
        }
    }
}

#[test]
fn each_stage_of_the_planner_is_a_switch() {
    use crate::routing::service::Rules;
    assert_eq!(Settings::default().rounds.rules.planner(), Rules::default());
    let off = "[rounds.rules]\nclimbs = false\nwindows = false\ntrips = false\nlateness = false
hands = false\nlongest = false\nfaces = false\nevenness = false
slack_permille = 0\nfaces_slack_permille = 0";
    assert_eq!(Settings::parse(off).unwrap().rounds.rules.planner(), Rules::plain());
}

#[test]
fn the_staffs_digits_may_lie_in_a_file_of_their_own() {
    let folder = tempfile::TempDir::new().unwrap();
    let (file, pin) = (folder.path().join("clubhouse.toml"), folder.path().join("staff-pin"));
    std::fs::write(&file, format!("[staff]\npin_file = \"{}\"\n", pin.display())).unwrap();
    let refused = Settings::load(&file).unwrap_err().to_string();
    assert!(refused.contains("staff.pin_file") && refused.contains("can't be read"), "{refused}");
    std::fs::write(&pin, "12x4\n").unwrap();
    let refused = Settings::load(&file).unwrap_err().to_string();
    assert!(refused.contains("4 to 8 digits") && !refused.contains("12x4"), "{refused}");
    std::fs::write(&pin, "903817\nwritten by the package\n").unwrap();
    assert_eq!(Settings::load(&file).unwrap().staff.pin, "903817");
}
