//! One test program: every file is a module of it, so that the crate is linked once and not thirty times.

mod answers;
mod check;
mod cjk;
mod cli;
mod common;
mod concordance;
mod crosslinks;
mod explain;
mod flows;
mod formats;
mod gold_sections;
mod keys;
mod lang;
mod layers;
mod lookup;
mod messy;
mod phenomena;
mod properties;
mod republished;
mod review;
mod screens;
mod sentences;
mod sizes;
mod terminal;
