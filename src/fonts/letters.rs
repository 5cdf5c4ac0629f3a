//! What a page can be written with on a machine whose fonts may be missing.

use fontique::{Collection, CollectionOptions, Script, SourceCache};
use read_fonts::FontRef;
use std::path::Path;

use super::{Fonts, covers};

/// How many of the system's fonts for Chinese are looked into.
const MOST: usize = 8;

/// What can be written with when the fonts may be missing.
#[derive(Debug)]
pub enum Letters {
    /// The kiosk's own fonts.
    Ours(Fonts),
    /// Some font of the system's that has Chinese.
    Theirs,
    /// Only fonts without Chinese.
    Latin,
    /// No font at all: no window can be drawn.
    None,
}

impl Letters {
    /// What there is in `folder`, or else on this system.
    pub fn find(folder: Option<&Path>) -> Self {
        if let Ok(fonts) = Fonts::load(folder) {
            return Self::Ours(fonts);
        }
        // Where the system has no font whatever, asking for its fonts breaks down: here rather than
        // in the window, which asks the same.
        let system = std::panic::catch_unwind(|| {
            Self::among(&mut Collection::new(CollectionOptions {
                shared: false,
                system_fonts: true,
            }))
        });
        system.unwrap_or(Self::None)
    }

    /// What a collection has.
    fn among(collection: &mut Collection) -> Self {
        if collection.family_names().next().is_none() {
            return Self::None;
        }
        // A system names its best font for Chinese even where none has any: it is looked into.
        let chinese = (Script::from_bytes(*b"Hani"), "zh-Hans");
        let families: Vec<_> = collection.fallback_families(chinese).take(MOST).collect();
        let mut files = SourceCache::default();
        let has = families.into_iter().filter_map(|id| collection.family(id)).any(|family| {
            let file = family
                .fonts()
                .first()
                .and_then(|font| Some((font.load(Some(&mut files))?, font.index())));
            file.is_some_and(|(data, index)| {
                FontRef::from_index(data.as_ref(), index)
                    .is_ok_and(|face| covers(&face, "请到窗口点餐"))
            })
        });
        if has { Self::Theirs } else { Self::Latin }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    #[test]
    fn without_the_fonts_it_is_known_what_can_be_written() {
        let nowhere = || CollectionOptions { shared: false, system_fonts: false };
        let mut empty = Collection::new(nowhere());
        assert!(matches!(Letters::among(&mut empty), Letters::None));
        let fonts = Fonts::load(None).unwrap_or_else(|error| panic!("{error}"));
        let mut other = Collection::new(nowhere());
        let known = other.register_fonts(fonts.regular.file.clone(), None);
        assert!(matches!(Letters::among(&mut other), Letters::Latin), "nobody says it has Chinese");
        let chinese = (Script::from_bytes(*b"Hani"), "zh-Hans");
        other.append_fallbacks(chinese, known.iter().map(|(family, _)| *family));
        assert!(matches!(Letters::among(&mut other), Letters::Theirs));
        assert!(matches!(Letters::find(None), Letters::Ours(_)));
    }
}
