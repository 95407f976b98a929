//! The index against the same corpus in memory, and against everything that may befall a file.

mod alike;
mod copies;
mod decided;
mod faults;
mod parts;
mod place;

use fajian::core::fold::Folding;
use fajian::search::concordance::{Concordance, Question};
use fajian::store::{Corpus, Document};

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

/// The text of a report as the concordance goes through it, for words of hanzi.
fn running(document: &Document, folding: &Folding) -> String {
    let (text, body) = (document.text.folded(), document.report.body);
    let body = if body.is_empty() { text } else { &text[body.start..body.end] };
    body.iter().filter(|c| !c.is_whitespace()).map(|&c| folding.letter(c)).collect()
}

#[test]
fn words_are_counted_as_a_plain_scan_counts_them() {
    let place = Place::new("words").with_samples();
    generate::write(&place.paths[0], 11, 40, 4_000).unwrap();
    place.index();
    let (memory, index) = (place.memory(), place.open());
    let folding = Folding::builtin();
    let reports = alike::all(&index);
    let texts: Vec<String> =
        reports.iter().map(|row| running(&index.open(row.id).unwrap(), &folding)).collect();
    let letters: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
    // One for each: it keeps what it has read.
    let (mut of_memory, mut of_index) = (Concordance::default(), Concordance::default());
    let (mut asked, mut places) = (0, 0);
    for n in 0..300 {
        let text = &letters[n * 7 % letters.len()];
        let at = n * 1_031 % text.len();
        let word: String = text[at..].iter().take(1 + n % 5).collect();
        if !word.chars().all(|c| ('\u{4e00}'..'\u{a000}').contains(&c)) {
            continue;
        }
        let found = texts.iter().map(|text| text.matches(&word).count()).filter(|count| *count > 0);
        let (reports, total) = found.fold((0, 0), |(reports, total), count| (reports + 1, total + count));
        let question = Question { query: word.clone(), limit: 3, ..Question::default() };
        for lines in [of_memory.ask(&memory, &question), of_index.ask(&index, &question)] {
            assert_eq!((lines.reports, lines.total), (reports, total), "{word}");
            assert_eq!(lines.lines.len(), total.min(3), "{word}");
        }
        (asked, places) = (asked + 1, places + total);
    }
    assert!(asked > 100 && places > 1_000, "{asked} words at {places} places");
}
