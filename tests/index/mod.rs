//! The index against the same corpus in memory, and against everything that may befall a file.

mod alike;
mod copies;
mod decided;
mod faults;
mod place;

use fajian::store::Corpus;

use crate::generate;

use alike::{alike, ids};
use place::Place;

#[test]
fn the_index_answers_as_memory_does() {
    let place = Place::new("alike").with_samples();
    let summary = place.index();
    assert_eq!(summary.progress.files, summary.progress.of);
    assert_eq!(summary.refused.iter().filter(|(_, reason)| !reason.is_skip()).count(), 3);
    assert_eq!(summary.problems, 3);
    let index = place.open();
    assert!(index.behind().is_fresh());
    alike(&place.memory(), &index);
    assert_eq!(index.fault(), None);
}

#[test]
fn what_was_generated_comes_out_again() {
    let place = Place::new("truth");
    generate::write(&place.paths[0], 7, 30, 6_000).unwrap();
    place.index();
    let index = place.open();
    alike(&place.memory(), &index);
    let by_path = ids(&index);
    let (mut stated, mut found) = (0, 0);
    for n in 0..30 {
        let made = generate::report(7, n, 6_000);
        let report = index.record(by_path[&made.path]).unwrap();
        let about = &report.about;
        assert_eq!(about.year, Some(made.year), "{}", made.path);
        for truth in &made.truth {
            stated += 1;
            found += usize::from(report.figures.iter().any(|figure| {
                figure.link.indicator.as_deref() == Some(truth.indicator)
                    && figure.quantity.value.to_string() == truth.value.to_string()
            }));
        }
    }
    assert!(found * 100 >= stated * 95, "{found} of {stated}");
}
