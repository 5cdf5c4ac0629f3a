//! Stories of the clubhouse, told from outside. One binary: Slint is linked once.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stories;
mod support;
