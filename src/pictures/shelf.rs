//! The pictures at hand: asked for at any time, read and scaled on a thread of their own, kept
//! while they are used and while there is room.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::{Fit, Picture, dish_file, dishes_folder, load, slides};

/// The most pictures kept.
const MOST_KEPT: usize = 24;
/// The most bytes of pixels kept: two slides of a large screen and the dishes of a week.
const MOST_BYTES: usize = 24 << 20;
/// The most pictures waiting to be read; what has no room is asked for again.
const MOST_WANTED: usize = 16;
/// How often the reading thread looks whether everything ends.
const LOOK: Duration = Duration::from_millis(500);

/// The sizes that a window shows pictures at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// A dish on the first screen.
    pub dish: Fit,
    /// A slide.
    pub slide: Fit,
}

/// What became of a wish for a slide.
#[derive(Debug, Clone, PartialEq)]
pub enum Sight {
    /// There is none, or it is no picture.
    Nothing,
    /// It is being read; ask again in a second.
    Coming,
    /// Here it is.
    Photo {
        /// The photograph.
        picture: Picture,
        /// What is on it.
        title: String,
        /// The photographer's first name, perhaps empty.
        by: String,
    },
}

/// The pictures of a house; clones share them.
#[derive(Clone)]
pub struct Shelf {
    shared: Arc<Shared>,
}

struct Shared {
    dishes: PathBuf,
    slides: PathBuf,
    state: Mutex<State>,
    wanted: Condvar,
}

type Told = Arc<dyn Fn() + Send + Sync>;

#[derive(Default)]
struct State {
    sizes: Option<Sizes>,
    told: Option<Told>,
    /// What was read, the longest unused first; nothing for a file that is no picture.
    kept: VecDeque<(Key, Option<Picture>)>,
    wanted: VecDeque<Key>,
}

/// A file as it was seen; changed, it is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    path: PathBuf,
    modified: Option<SystemTime>,
    bytes: u64,
    fit: Fit,
}

impl Key {
    fn of(path: &Path, fit: Fit) -> Option<Self> {
        let about = std::fs::metadata(path).ok()?;
        Some(Self {
            path: path.to_owned(),
            modified: about.modified().ok(),
            bytes: about.len(),
            fit,
        })
    }
}

/// How a picture stands.
enum Found {
    Ready(Picture),
    Broken,
    Coming,
}

impl Shelf {
    /// The pictures of a data folder; `slides` is the folder of the neighbours' own.
    pub fn new(data: &Path, slides: &Path) -> Self {
        let shared = Shared {
            dishes: dishes_folder(data),
            slides: data.join(slides),
            state: Mutex::default(),
            wanted: Condvar::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Says at what sizes pictures are wanted, and whom to tell when one is ready. Before that
    /// nothing is read.
    pub fn serve(&self, sizes: Sizes, told: impl Fn() + Send + Sync + 'static) {
        let mut state = self.state();
        state.sizes = Some(sizes);
        state.told = Some(Arc::new(told));
    }

    /// The picture of a dish, if there is one and it has been read.
    pub fn dish(&self, dish: &str) -> Option<Picture> {
        let fit = self.state().sizes?.dish;
        let file = dish_file(&self.shared.dishes, dish)?;
        match self.find(Key::of(&file, fit)?) {
            Found::Ready(picture) => Some(picture),
            Found::Broken | Found::Coming => None,
        }
    }

    /// How many slides take turns.
    pub fn slides(&self) -> u32 {
        slides(&self.shared.slides).len() as u32
    }

    /// The slide whose turn it is, counted round and round; the one after it is read ahead.
    pub fn slide(&self, turn: u32) -> Sight {
        let Some(fit) = self.state().sizes.map(|sizes| sizes.slide) else { return Sight::Nothing };
        let files = slides(&self.shared.slides);
        let Some(file) = files.get(turn as usize % files.len().max(1)) else {
            return Sight::Nothing;
        };
        let Some(key) = Key::of(&file.path, fit) else { return Sight::Nothing };
        let found = self.find(key);
        let next = &files[(turn as usize + 1) % files.len()];
        if let (Found::Ready(_), Some(key)) = (&found, Key::of(&next.path, fit)) {
            self.find(key);
        }
        match found {
            Found::Ready(picture) => {
                Sight::Photo { picture, title: file.title.clone(), by: file.by.clone() }
            }
            Found::Broken => Sight::Nothing,
            Found::Coming => Sight::Coming,
        }
    }

    /// Reads what is wanted until everything ends.
    pub fn work(&self, stopping: &AtomicBool) {
        while !stopping.load(Ordering::Relaxed) {
            if !self.step() {
                let state = self.state();
                if state.wanted.is_empty() {
                    // Woken early or late, the loop looks again.
                    let _ = self.shared.wanted.wait_timeout(state, LOOK);
                }
            }
        }
    }

    /// Reads the oldest wanted picture; says whether there was one.
    pub fn step(&self) -> bool {
        let Some(key) = self.state().wanted.front().cloned() else { return false };
        let read = load(&key.path, key.fit);
        if let Err(problem) = &read {
            // A photograph's file bears a neighbour's name, which is no business of the log's.
            let folder = key.path.parent().unwrap_or(Path::new("")).display();
            tracing::warn!(%folder, bytes = key.bytes, %problem, "a picture is skipped; it is the one of this size");
        }
        let told = {
            let mut state = self.state();
            state.wanted.retain(|wanted| *wanted != key);
            // An older state of the same file is of no use any more.
            state.kept.retain(|(kept, _)| kept.path != key.path || kept.fit != key.fit);
            state.kept.push_back((key, read.ok()));
            state.make_room();
            state.told.clone()
        };
        if let Some(told) = told {
            told();
        }
        true
    }

    fn find(&self, key: Key) -> Found {
        let mut state = self.state();
        if let Some(at) = state.kept.iter().position(|(kept, _)| *kept == key)
            && let Some((kept, picture)) = state.kept.remove(at)
        {
            let found = picture.clone().map_or(Found::Broken, Found::Ready);
            state.kept.push_back((kept, picture));
            return found;
        }
        if !state.wanted.contains(&key) && state.wanted.len() < MOST_WANTED {
            state.wanted.push_back(key);
            self.shared.wanted.notify_one();
        }
        Found::Coming
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn make_room(&mut self) {
        let bytes = |kept: &VecDeque<(Key, Option<Picture>)>| -> usize {
            kept.iter().filter_map(|(_, picture)| Some(picture.as_ref()?.rgba().len())).sum()
        };
        // The newest stays in any case: somebody asked for it.
        while self.kept.len() > 1 && (self.kept.len() > MOST_KEPT || bytes(&self.kept) > MOST_BYTES)
        {
            self.kept.pop_front();
        }
    }
}
