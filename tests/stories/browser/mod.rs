//! The pages in a real Chromium, at the size of an office screen and of a telephone. It needs
//! Debian's chromium and chromium-driver, so it is told where `BROWSER=1` is set, as
//! `tests/outside/browser` does; there axe-core and the HTML checker look at each page, too.

mod chromium;
mod desk;
mod doors;
mod every_page;
mod office;
mod phone;
mod served;

/// Whether there is a browser to tell the stories to.
fn is_asked_for() -> bool {
    std::env::var_os("BROWSER").is_some()
}
