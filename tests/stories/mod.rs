mod architecture;
mod delivery;
mod import;
mod lunch;
mod ordering;
mod paper;
mod rounds;
mod tickets;
