//! 法鉴 (fajian) reads Chinese yearly reports on law-based government and links their figures to indicators.
//!
//! The way of the data is the way through the folders:
//!
//! ```text
//! intake   bytes of a file → text                    (encoding, formats, folders)
//! core     text → body → sections → figures → links  (pure: no files, clock, terminal, globals)
//! store    reports on this machine, behind one query layer (`store::Corpus`)
//! search   a typed question → indicators, places, reports, figures
//! ui       state, update, view of the explorer        (update: event in, effects out)
//! term     the only part that talks to the terminal
//! cli      the plain twin of every screen
//! rights   what a login may do                       (asked by cli and app)
//! ```
//!
//! `docs/ARCHITECTURE.md` tells the same story at length and `tests/layers.rs` holds the crate to it.
#![forbid(unsafe_code)]

pub mod app;
pub mod cli;
pub mod core;
pub mod error;
pub mod intake;
pub mod lang;
pub mod rights;
pub mod search;
pub mod store;
pub mod term;
pub mod ui;
