//! The figures, by what was touched, and all together.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// From a touch to the painted next screen.
#[derive(Debug, Clone)]
pub struct Taken {
    /// From which page to which.
    pub step: &'static str,
    /// From the release to the last pixel in the buffer.
    pub whole: Duration,
    /// Of it, the renderer.
    pub painting: Duration,
    /// Frames: two where a wait is shown between.
    pub frames: u32,
    /// Pixels painted anew.
    pub pixels: u64,
}

/// All that were taken.
#[derive(Debug, Default)]
pub struct Figures {
    first: Vec<Taken>,
    rest: Vec<Taken>,
}

impl Figures {
    /// Takes a turn through every flow; the first one is told apart.
    pub fn take(&mut self, turn: Vec<Taken>) {
        if self.first.is_empty() { self.first = turn } else { self.rest.extend(turn) }
    }
}

/// The value below which so many of a hundred lie; nearest rank.
fn quantile(sorted: &[Duration], percent: f64) -> Duration {
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or_default()
}

fn sorted(taken: &[&Taken], of: impl Fn(&Taken) -> Duration) -> Vec<Duration> {
    let mut all: Vec<_> = taken.iter().map(|t| of(t)).collect();
    all.sort_unstable();
    all
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn row(f: &mut fmt::Formatter<'_>, step: &str, taken: &[&Taken]) -> fmt::Result {
    let whole = sorted(taken, |t| t.whole);
    let painting = sorted(taken, |t| t.painting);
    let frames = taken.iter().map(|t| t.frames).max().unwrap_or(0);
    let mut pixels: Vec<_> = taken.iter().map(|t| t.pixels).collect();
    pixels.sort_unstable();
    writeln!(
        f,
        "| {step} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {frames} | {:.0} % |",
        taken.len(),
        ms(quantile(&whole, 50.0)),
        ms(quantile(&whole, 99.0)),
        ms(quantile(&whole, 100.0)),
        ms(quantile(&painting, 50.0)),
        pixels[pixels.len() / 2] as f64 / (1280.0 * 800.0) * 100.0,
    )
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| touch | n | median ms | p99 | worst | of it painting | frames | painted |")?;
        writeln!(f, "| --- | --- | --- | --- | --- | --- | --- | --- |")?;
        let mut steps: BTreeMap<&str, Vec<&Taken>> = BTreeMap::new();
        for taken in &self.rest {
            steps.entry(taken.step).or_default().push(taken);
        }
        for (step, taken) in steps {
            row(f, step, &taken)?;
        }
        row(f, "**all**", &self.rest.iter().collect::<Vec<_>>())?;
        row(f, "the very first turn", &self.first.iter().collect::<Vec<_>>())
    }
}
