//! A display without a monitor: Xvfb, whose pixels lie in a file, and xdotool for the finger.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Longer than any screen takes to change on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// An X server of its own; ends with the story.
pub struct Display {
    server: Child,
    name: String,
    pixels: PathBuf,
    _folder: TempDir,
}

impl Display {
    /// Opens one of this size; the server says its number when it is ready.
    pub fn open(width: u32, height: u32) -> Self {
        let folder = TempDir::new().unwrap();
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .arg("-fbdir")
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's package xvfb is installed");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let pixels = folder.path().join("Xvfb_screen0");
        Self { server, name: format!(":{}", number.trim()), pixels, _folder: folder }
    }

    /// Lets a program open its windows here.
    pub fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
    }

    /// Where the window of a process stands, once it is shown.
    pub fn window_of(&self, process: u32) -> [u32; 2] {
        let found =
            self.tool(&["search", "--sync", "--onlyvisible", "--pid", &process.to_string()]);
        let window = found.lines().next().expect("a window").to_owned();
        let shell = self.tool(&["getwindowgeometry", "--shell", &window]);
        let number = |name: &str| {
            let line = shell.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{shell}"))
        };
        [number("X="), number("Y=")]
    }

    /// A finger goes down and up, and rests longer than a tremor.
    pub fn click(&self, [x, y]: [u32; 2]) {
        let (x, y) = (x.to_string(), y.to_string());
        let press = ["mousedown", "1", "sleep", "0.08", "mouseup", "1", "sleep", "0.5"];
        self.tool(&[&["mousemove", &x, &y][..], &press].concat());
    }

    /// Waits until a part of the display looks like this picture, but for so many of 1,000 pixels.
    pub fn wait_for(&self, at: [u32; 2], picture: &[[u8; 3]], width: u32, permille: usize) {
        let until = Instant::now() + PATIENCE;
        loop {
            let other = self.differing(at, picture, width);
            if other * 1000 <= picture.len() * permille {
                return;
            }
            assert!(
                Instant::now() < until,
                "{other} of {} pixels are not as they should be",
                picture.len()
            );
            self.tool(&["sleep", "0.1"]);
        }
    }

    fn differing(&self, [left, top]: [u32; 2], picture: &[[u8; 3]], width: u32) -> usize {
        // The file is an X window dump: a header of big-endian words, colours, then rows.
        let dump = std::fs::read(&self.pixels).unwrap();
        let word =
            |at: usize| u32::from_be_bytes(dump[at * 4..at * 4 + 4].try_into().unwrap()) as usize;
        let (header, bits, row, colours) = (word(0), word(11), word(12), word(19));
        assert_eq!(bits, 32, "a pixel of the display");
        let data = &dump[header + colours * 12..];
        let near = |a: u8, b: u8| a.abs_diff(b) <= 8;
        let width = width as usize;
        picture
            .iter()
            .enumerate()
            .filter(|(at, [red, green, blue])| {
                let (x, y) = (at % width + left as usize, at / width + top as usize);
                let pixel = &data[y * row + x * 4..y * row + x * 4 + 4];
                !(near(pixel[2], *red) && near(pixel[1], *green) && near(pixel[0], *blue))
            })
            .count()
    }

    fn tool(&self, arguments: &[&str]) -> String {
        let told = Command::new("timeout")
            .args(["60", "xdotool"])
            .args(arguments)
            .env("DISPLAY", &self.name)
            .output()
            .expect("Debian's package xdotool is installed");
        assert!(told.status.success(), "xdotool {arguments:?}: {told:?}");
        String::from_utf8(told.stdout).unwrap()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
