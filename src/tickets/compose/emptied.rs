//! A paper whose names are gone: it says that there is nothing left to say.

use super::parts::BODY;
use crate::tickets::content::EmptiedPaper;
use crate::tickets::paper::{Paper, Text};

/// The sheet.
pub(super) fn sheet(paper: &mut Paper, t: &EmptiedPaper) {
    paper.add(Text::new(format!("{} 这张纸的内容已按规定删除", t.date.zh()), BODY));
}
