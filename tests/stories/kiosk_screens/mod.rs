//! The touchscreen, from outside: its mind bare, and its screens headless, by accessible label.

mod contrast;
mod dead_ends;
mod display;
mod goldens;
mod measures;
mod orders;
mod people;
mod refusals;
mod shaky;
mod touched;
mod waiting;
