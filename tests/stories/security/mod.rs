//! What somebody on the network, at a reader or behind the log can and can't do.

mod alone;
mod callers;
mod certificate;
mod door;
mod hosts;
mod log;
mod reader;
mod running;
mod tls;
