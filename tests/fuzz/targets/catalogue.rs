//! A file of the catalogue that somebody wrote: read and compiled, or refused with a reason.
#![no_main]

use std::sync::LazyLock;

use fajian::core::catalogue::Catalogue;
use fajian::core::figures::unit::{self, Units};
use fajian::core::links::cue::Cues;
use libfuzzer_sys::fuzz_target;

static UNITS: LazyLock<Units> = LazyLock::new(|| Units::read(unit::BUILTIN).unwrap());
const AREAS: &str = include_str!("../../../src/data/catalogue/areas.toml");

fuzz_target!(|data: &[u8]| {
    let Ok(source) = std::str::from_utf8(data) else { return };
    match Catalogue::read(&[("areas", AREAS), ("leadership", source)]) {
        Ok(catalogue) => drop(Cues::compile(&catalogue, &UNITS).map_err(|bad| bad.to_string())),
        Err(bad) => drop(bad.to_string()),
    }
});
