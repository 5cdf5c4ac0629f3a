//! The dispatcher's questions, asked of the program on the command line.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::{Command, Output};

use clubhouse_kiosk::routing::checker::check_service;
use clubhouse_kiosk::routing::estate::{CarriedTrip, Estate};
use clubhouse_kiosk::routing::service::Rules;
use clubhouse_kiosk::routing::solution::Solution;
use tempfile::TempDir;

use super::service::{small_day, volunteer};

/// Twelve doors, four volunteers of whom one does not climb.
fn day() -> Estate {
    let mut estate = small_day();
    estate.volunteers = (1..=4).map(|n| volunteer(n, 5, 2400)).collect();
    estate.volunteers[0].climbs = false;
    estate.hot_limit_s = Some(1800);
    estate
}

/// Runs `plan` on an estate; the plan is written to `plan.json` beside it.
fn plan(folder: &TempDir, estate: &Estate, more: &[&str]) -> Output {
    let file = folder.path().join("day.json");
    std::fs::write(&file, serde_json::to_string(estate).unwrap()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"));
    command.arg("plan").arg(&file).args(more);
    if !more.contains(&"--how-many") {
        command.arg("-o").arg(folder.path().join("plan.json"));
    }
    command.output().unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn written(folder: &TempDir) -> Solution {
    let text = std::fs::read_to_string(folder.path().join("plan.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

const SHORT: [&str; 4] = ["--iterations", "3000", "--time-limit", "60"];

#[test]
fn a_service_plan_is_written_checked_and_explained() {
    let (folder, estate) = (TempDir::new().unwrap(), day());
    let said =
        plan(&folder, &estate, &[&SHORT[..], &["--rules", "service", "--explain", "D4"]].concat());
    let err = words(&said.stderr);
    assert_eq!(said.status.code(), Some(0), "{err}");
    assert!(err.contains("the plan can be walked as it stands"), "{err}");
    assert!(err.contains("why: D4 (1 meal, building B2, floor 2) is stop"), "{err}");
    let verdict = check_service(&estate, &written(&folder), Rules::default());
    assert!(verdict.sound(), "{:?}", verdict.verdict.faults);
    let up = |id: &str| {
        estate.deliveries.iter().any(|d| d.id == id && d.building == "B2" && d.floor > 0)
    };
    for route in written(&folder).routes.iter().filter(|r| r.volunteer.as_deref() == Some("V1")) {
        assert!(route.stops.iter().all(|stop| !up(&stop.to_string())), "{route:?}");
    }
}

#[test]
fn a_day_under_way_is_put_right_in_place_and_each_change_is_said() {
    let (folder, mut estate) = (TempDir::new().unwrap(), day());
    plan(&folder, &estate, &[&SHORT[..], &["--rules", "service"]].concat());
    let before = written(&folder);
    estate.fixed = before
        .routes
        .iter()
        .map(|route| CarriedTrip {
            volunteer: route.volunteer.clone().unwrap(),
            planned: route.stops.iter().map(ToString::to_string).collect(),
            ..CarriedTrip::default()
        })
        .collect();
    let gone = estate.fixed[0].clone();
    estate.volunteers.retain(|v| v.id != gone.volunteer);
    let said = plan(&folder, &estate, &["--rules", "service"]);
    let err = words(&said.stderr);
    assert_eq!(said.status.code(), Some(0), "{err}");
    assert!(err.contains(&format!("changed: {}: gone", gone.volunteer)), "{err}");
    assert!(err.contains("doors more (D"), "{err}");
    let verdict = check_service(&estate, &written(&folder), Rules::default());
    assert!(verdict.sound(), "{:?}", verdict.verdict.faults);
    // Nobody else lost a door.
    for trip in &estate.fixed[1..] {
        let now = written(&folder);
        let kept = now.routes.iter().filter(|r| r.volunteer.as_ref() == Some(&trip.volunteer));
        let doors: Vec<String> =
            kept.flat_map(|r| r.stops.iter().map(ToString::to_string)).collect();
        assert!(trip.planned.iter().all(|door| doors.contains(door)), "{trip:?} became {doors:?}");
    }
}

#[test]
fn how_many_says_what_is_enough_and_what_one_fewer_would_leave() {
    let (folder, estate) = (TempDir::new().unwrap(), day());
    let said = plan(&folder, &estate, &["--how-many", "--iterations", "2000"]);
    let out = words(&said.stdout);
    assert_eq!(said.status.code(), Some(0), "{out}{}", words(&said.stderr));
    assert!(out.starts_with("3 volunteers are enough, of 4 listed"), "{out}");
    // Twelve meals, five to a bag.
    assert!(out.contains("with 2: 2 doors left out"), "{out}");

    let mut few = estate.clone();
    few.volunteers.truncate(2);
    let said = plan(&folder, &few, &["--how-many", "--iterations", "2000"]);
    assert_eq!(said.status.code(), Some(3));
    assert!(words(&said.stdout).starts_with("all 2 volunteers listed are not enough"));
}

#[test]
fn a_bound_says_how_much_shorter_any_plan_could_be() {
    let (folder, estate) = (TempDir::new().unwrap(), day());
    let said = plan(&folder, &estate, &[&SHORT[..], &["--bound"]].concat());
    let err = words(&said.stderr);
    assert_eq!(said.status.code(), Some(0), "{err}");
    assert!(err.contains("no plan is shorter than this one"), "{err}");
}

#[test]
fn what_does_not_go_together_is_refused_in_a_sentence() {
    let (folder, estate) = (TempDir::new().unwrap(), day());
    for (args, sentence) in [
        (&["--explain", "D1"][..], "--explain needs --rules service"),
        (&["--rules", "service", "--bound"][..], "--bound is of the plain rules"),
        (&["--rules", "service", "--iterations", "50", "--explain", "D99"][..], "no delivery D99"),
    ] {
        let said = plan(&folder, &estate, args);
        let err = words(&said.stderr);
        assert_eq!(said.status.code(), Some(2), "{args:?}: {err}");
        assert!(err.contains(sentence), "{args:?}: {err}");
    }
    let mut wrong = estate.clone();
    wrong.lifts_out = vec!["B9".to_owned()];
    let err = words(&plan(&folder, &wrong, &["--rules", "service"]).stderr);
    assert!(err.contains("B9") && !err.contains("panicked"), "{err}");
}
