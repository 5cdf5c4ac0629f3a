//! Exports as `LibreOffice` reads them. Told where `OFFICE` names its program, as
//! `tests/outside/office` does.

use std::path::Path;
use std::process::Command;

use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::import::{Person, rows_of};

use crate::support::Clubhouse;
use crate::support::pages::Pages;

/// Comma, quotation mark, UTF-8: how the answer is written.
const OUT: &str = "csv:Text - txt - csv (StarCalc):44,34,76";

/// Opens a file without a window and gives back its cells.
fn opened(program: &Path, folder: &Path, file: &str) -> Vec<Vec<String>> {
    let out = folder.join("out");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let read_as = if file.ends_with("csv") { &["--infilter=CSV:44,34,76"][..] } else { &[] };
    let status = Command::new(program)
        .args(["--headless", &profile])
        .args(read_as)
        .args(["--convert-to", OUT, "--outdir"])
        .arg(&out)
        .arg(folder.join(file))
        .output()
        .unwrap();
    assert!(status.status.success(), "{file}: {}", String::from_utf8_lossy(&status.stderr));
    let name = file.split('.').next().unwrap();
    let text = std::fs::read(out.join(format!("{name}.csv"))).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn exports_open_in_libreoffice_and_calculate_nothing() {
    let Some(program) = std::env::var_os("OFFICE") else {
        println!("skipped: OFFICE=soffice opens the exports in LibreOffice");
        return;
    };
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let mut people = clubhouse.registry.residents().unwrap();
    let sly =
        ["=1+1", "+1+1", "-1-1", "@SUM(1,1)", "＝1+1", "'quoted", "a\"b,c;d", "=HYPERLINK(\"x\")"];
    for (person, note) in people.iter_mut().zip(sly) {
        person.door_note = note.to_owned();
        person.name = format!("{note}名");
    }
    clubhouse.registry.put_residents(&people[..sly.len()]).unwrap();
    let mut volunteers = clubhouse.registry.volunteers().unwrap();
    volunteers[0].pin = "0423".into();
    clubhouse.registry.put_volunteers(&volunteers).unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    for list in ["residents", "volunteers"] {
        for kind in ["xlsx", "csv"] {
            let file = format!("{list}.{kind}");
            let answer = office.get(&format!("/people/{list}/export/{file}"));
            std::fs::write(folder.path().join(&file), answer.bytes).unwrap();
        }
    }
    let program = Path::new(&program);
    // A workbook says every cell as it is: the sly ones, and a PIN with its zero.
    assert_eq!(opened(program, folder.path(), "residents.xlsx"), rows_of(&people));
    assert_eq!(opened(program, folder.path(), "volunteers.xlsx"), rows_of(&volunteers));
    // A CSV file has the apostrophe before them, and nothing is calculated.
    let rows = opened(program, folder.path(), "residents.csv");
    let notes: Vec<&str> = rows.iter().skip(1).take(sly.len()).map(|r| r[8].as_str()).collect();
    let protected = |note: &&str| {
        let plain = *note == "a\"b,c;d";
        if plain { (*note).to_owned() } else { format!("'{note}") }
    };
    assert_eq!(notes, sly.iter().map(protected).collect::<Vec<_>>());
    assert_eq!(rows.len(), people.len() + 1);
    assert_eq!(people[0].cells().len(), rows[0].len());
}
