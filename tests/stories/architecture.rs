//! The rules of ARCHITECTURE.md that a reader relies on, looked up in the sources.

use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    found
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            // Words in comments are no code.
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .fold(String::new(), |all, line| all + line + "\n");
            (path.strip_prefix(root).unwrap().to_owned(), code)
        })
        .collect()
}

/// Every file below `folder` that says one of `words`, apart from those under `allowed`.
fn offenders(folder: &str, words: &[&str], allowed: &[&str]) -> Vec<String> {
    sources(folder)
        .into_iter()
        .filter(|(path, _)| !allowed.iter().any(|a| path.starts_with(a)))
        .flat_map(|(path, code)| {
            let said: Vec<_> = words.iter().filter(|w| code.contains(**w)).collect();
            said.into_iter().map(|w| format!("{}: {w}", path.display())).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn only_the_store_writes_sql() {
    let sql = ["SELECT ", "INSERT INTO", "DELETE FROM", "UPDATE orders", ".execute(", "prepare("];
    assert_eq!(offenders("src", &sql, &["src/store"]), [""; 0]);
}

/// What waits is asked for every second. By the word alone, without the condition of the partial
/// index, a year of papers would be looked through each time.
#[test]
fn what_waits_for_a_printer_is_asked_for_by_its_index() {
    let bare = |line: &&str| {
        (line.contains("state = 'queued'") || line.contains("state = 'sending'"))
            && !line.contains("state IN ('queued', 'sending') AND state =")
            && !line.contains("id = ?1")
            && !line.contains("SET state =")
    };
    let found: Vec<String> = sources("src/store")
        .into_iter()
        .flat_map(|(_, code)| code.lines().filter(bare).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn only_the_window_names_slint() {
    let allowed = [
        "src/kiosk/adapters",
        "src/kiosk/window.rs",
        "src/kiosk/start_failure.rs",
        "src/kiosk/generated.rs",
        "src/kiosk/headless.rs",
        "src/kiosk/headless",
        "src/rehearsal/dock",
        "src/rehearsal/dock.rs",
        // The event loop has the main thread, which is the command's.
        "src/cli/run.rs",
    ];
    assert_eq!(offenders("src", &["slint::", "i_slint"], &allowed), [""; 0]);
}

#[test]
fn only_printing_prints() {
    let allowed = ["src/printing", "src/rehearsal", "src/cli/print_test.rs"];
    assert_eq!(offenders("src", &["print_with_progress", "printer::print"], &allowed), [""; 0]);
}

#[test]
fn only_the_pages_name_their_server() {
    assert_eq!(offenders("src", &["axum::", "askama::"], &["src/web"]), [""; 0]);
}

#[test]
fn only_the_voice_starts_programs() {
    assert_eq!(offenders("src", &["Command::new("], &["src/speech"]), [""; 0]);
}

#[test]
fn domain_and_routing_read_no_clock_and_no_file() {
    let words = [
        "std::fs",
        "Instant::now",
        "Timestamp::now",
        "SystemTime",
        "rand::random",
        "std::env",
        "println!",
    ];
    for folder in ["src/domain", "src/routing"] {
        assert_eq!(offenders(folder, &words, &[]), [""; 0]);
    }
}

#[test]
fn hardware_knows_nothing_of_meals() {
    let words = ["lunch", "meal", "portion", "resident", "kitchen_", "clubhouse_kiosk"];
    assert_eq!(offenders("hardware/src", &words, &[]), [""; 0]);
}

#[test]
fn nothing_is_left_unfinished() {
    let unfinished = ["todo!(", "unimplemented!(", "#[ignore"];
    for folder in ["src", "hardware/src", "tests"] {
        let found = offenders(folder, &unfinished, &["tests/stories/architecture.rs"]);
        assert_eq!(found, [""; 0]);
    }
}
