//! A desk in a folder of its own, at which the commands are run as they are typed.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A desk: a folder with settings, the sample's files, and a terminal.
pub struct Desk {
    pub folder: TempDir,
}

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Ended with this code, and these words are there.
    #[track_caller]
    pub fn says(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        for word in words {
            assert!(
                self.out.contains(word) || self.err.contains(word),
                "“{word}” is missing: {self:#?}"
            );
        }
        self
    }

    /// Refused or failed with one sentence for a person, and no trace of the inside.
    #[track_caller]
    pub fn one_sentence(self, code: i32, words: &[&str]) -> Self {
        let said = self.says(code, words);
        assert_eq!(said.err.trim_end().lines().count(), 1, "{said:#?}");
        assert!(said.err.starts_with("clubhouse-kiosk: "), "{said:#?}");
        assert!(!said.err.contains("panicked") && !said.err.contains("Error("), "{said:#?}");
        said
    }
}

impl Desk {
    /// Tuesday 9:40, nothing imported.
    pub fn empty() -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        desk.at("09:40");
        desk
    }

    /// Tuesday 9:40 with the sample's compound, people and menus.
    pub fn new() -> Self {
        let desk = Self::empty();
        for (what, file) in [
            ("compound", "compound.geojson"),
            ("residents", "residents.csv"),
            ("volunteers", "volunteers.csv"),
            ("menu", "menu.toml"),
        ] {
            desk.run(&["import", what, &sample(file)]).says(0, &["new"]);
        }
        desk
    }

    /// Writes the settings.
    pub fn settings(&self, text: &str) {
        std::fs::write(self.path("clubhouse.toml"), text).unwrap();
    }

    /// Moves the demonstration's clock; it never goes back.
    pub fn at(&self, time: &str) {
        self.settings(&format!("demonstration = \"2026-11-24T{time}\"\n[rounds]\nplan_s = 1\n"));
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        name.to_owned()
    }

    pub fn run(&self, args: &[&str]) -> Said {
        self.start(Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk")).args(args))
    }

    /// Runs a prepared command in the desk's folder.
    pub fn start(&self, command: &mut Command) -> Said {
        let ended = command
            .current_dir(self.folder.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap();
        Said {
            code: ended.status.code().unwrap_or(-1),
            out: String::from_utf8(ended.stdout).unwrap(),
            err: String::from_utf8(ended.stderr).unwrap(),
        }
    }
}

/// A file of the sample.
pub fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample").join(name).display().to_string()
}
