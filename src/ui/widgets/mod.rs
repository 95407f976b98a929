//! Parts of a screen that know nothing of reports.

pub mod bar;
pub mod field;
pub mod grid;
pub mod paint;
pub mod popup;
