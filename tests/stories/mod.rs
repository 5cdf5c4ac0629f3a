mod delivery;
mod ordering;
mod paper;
