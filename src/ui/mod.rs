//! The explorer. State is plain data; `update` takes an event and says what it wants done; `view` turns state
//! into cells. Only `view`, `widgets` and `look` know of a drawing crate, and nothing here knows a terminal.
//!
//! ```text
//! Event ─→ update(&mut State, Event) ─→ Vec<Effect> ─→ app grants them ─→ Event …
//!                     │
//!                     └─→ draw(&State, &Look, &mut Buffer)
//! ```

pub mod action;
pub mod area;
pub mod cells;
pub mod effect;
pub mod event;
pub mod keymap;
pub mod keys_page;
pub mod lang;
pub mod look;
pub mod page;
pub mod reasons;
pub mod say;
pub mod state;
pub mod update;
pub mod view;
pub mod widgets;
pub mod wrap;
