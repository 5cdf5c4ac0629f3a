//! What the Slint compiler made of `ui/`; its style is its own.
#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(missing_docs, unused_qualifications, dead_code)]

slint::include_modules!();
