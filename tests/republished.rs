//! Reports that are published again with paragraphs inserted, removed and moved and with typos mended: which figure
//! became which is known here, and the comparison has to find out.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use fajian::core::diff::{Extraction, Kind, compare, counterparts, differing};
use fajian::core::extract;
use fajian::core::report::Report;
use fajian::core::rules::Rules;
use fajian::core::text::Text;

const CASES: u64 = 200;

/// A generator of numbers that is the same everywhere: Knuth's MMIX constants.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// A piece of a report; each character knows where it stood in the old text.
type Piece = Vec<(char, Option<usize>)>;

/// A report cut into its headings and its paragraphs.
struct Source {
    text: String,
    pieces: Vec<Piece>,
    /// Pieces that may be moved about: whole sentences of the body, no heading.
    free: Vec<usize>,
}

impl Source {
    /// Cut at line ends; where there are few, behind every full stop.
    fn cut(text: &str, report: &Report) -> Self {
        let chars: Vec<(char, Option<usize>)> = text.chars().zip((0..).map(Some)).collect();
        let lines = chars.split_inclusive(|(c, _)| *c == '\n').count();
        let ends = |c: char| c == '\n' || (lines < 24 && c == '。');
        let pieces: Vec<Piece> = chars.split_inclusive(|(c, _)| ends(*c)).map(<[_]>::to_vec).collect();
        let heads: HashSet<usize> = report.sections.iter().map(|section| section.span.start).collect();
        let free = |piece: &Piece| {
            let inside = piece.iter().all(|(_, at)| at.is_some_and(|at| report.body.contains(at)));
            let plain = !piece.iter().any(|(_, at)| at.is_some_and(|at| heads.contains(&at)));
            inside && plain && piece.len() > 12 && piece.iter().any(|(c, _)| matches!(c, '。' | '；'))
        };
        let free = pieces.iter().enumerate().filter(|(_, piece)| free(piece)).map(|(i, _)| i).collect();
        Source { text: text.to_owned(), pieces, free }
    }
}

fn sources(rules: &Rules) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let report = extract("r.txt", &text, rules);
        Source::cut(&text, &report)
    };
    paths.iter().map(read).filter(|source| source.free.len() >= 4).collect()
}

/// Changes a report in one to eight ways; the numbers of the figures stay as they are.
fn republish(sources: &[Source], lcg: &mut Lcg) -> (usize, Piece) {
    let at = lcg.below(sources.len());
    let source = &sources[at];
    let mut pieces: Vec<(Option<usize>, Piece)> =
        source.pieces.iter().cloned().enumerate().map(|(i, piece)| (Some(i), piece)).collect();
    for _ in 0..1 + lcg.below(8) {
        let free: Vec<usize> = (0..pieces.len())
            .filter(|&i| pieces[i].0.is_some_and(|piece| source.free.contains(&piece)))
            .collect();
        if free.len() < 3 {
            break;
        }
        let (here, there) = (free[lcg.below(free.len())], free[lcg.below(free.len())]);
        match lcg.below(5) {
            0 => pieces.insert(here, (None, foreign(sources, at, lcg))),
            1 => drop(pieces.remove(here)),
            2 => {
                let piece = pieces.remove(here);
                pieces.insert(there.min(pieces.len()), piece);
            }
            _ => mend(&mut pieces[here].1, lcg),
        }
    }
    (at, pieces.into_iter().flat_map(|(_, piece)| piece).collect())
}

/// A paragraph of another report that says nothing that this one says.
fn foreign(sources: &[Source], own: usize, lcg: &mut Lcg) -> Piece {
    loop {
        let other = &sources[lcg.below(sources.len())];
        let piece = &other.pieces[other.free[lcg.below(other.free.len())]];
        let text: String = piece.iter().map(|(c, _)| c).collect();
        let repeats = text
            .split(['。', '；', '\n'])
            .any(|part| part.chars().count() > 4 && sources[own].text.contains(part.trim()));
        if other.text != sources[own].text && !repeats {
            return piece.iter().map(|(c, _)| (*c, None)).collect();
        }
    }
}

/// Writes one character otherwise, leaves one out or adds one; numerals are left alone.
fn mend(piece: &mut Piece, lcg: &mut Lcg) {
    let numeral = |c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十百千万亿半几两余多近超约第年月日号%％.．".contains(c)
    };
    let calm: Vec<usize> = (1..piece.len().saturating_sub(1))
        .filter(|&i| {
            (i - 1..=i + 1).all(|i| piece.get(i).is_some_and(|(c, _)| !numeral(*c) && c.is_alphabetic()))
        })
        .collect();
    if calm.is_empty() {
        return;
    }
    let (at, other) = (calm[lcg.below(calm.len())], piece[calm[lcg.below(calm.len())]].0);
    match lcg.below(3) {
        0 => piece[at].0 = other,
        1 => drop(piece.remove(at)),
        _ => piece.insert(at, (other, None)),
    }
}

#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    moved: usize,
    false_alarms: Vec<String>,
}

/// Old figure to new figure, by where their characters come from.
fn truth(old: &Report, new: &Report, text: &Piece) -> HashMap<usize, usize> {
    let starts: HashMap<usize, usize> =
        new.figures.iter().enumerate().filter_map(|(n, f)| Some((text[f.span.start].1?, n))).collect();
    let same = |span: fajian::core::span::Span| starts.get(&span.start).copied();
    old.figures.iter().enumerate().filter_map(|(o, f)| Some((o, same(f.span)?))).collect()
}

fn judge(score: &mut Score, source: &Source, text: &Piece, rules: &Rules) {
    let again: String = text.iter().map(|(c, _)| c).collect();
    let (old, new) = (extract("r.txt", &source.text, rules), extract("r.txt", &again, rules));
    let truth = truth(&old, &new, text);
    let before = Extraction::of(&old, &Text::new(&source.text), "1+a");
    let after = Extraction::of(&new, &Text::new(&again), "1+a");
    let found: HashMap<usize, usize> = counterparts(&before, &after).into_iter().collect();
    for o in 0..old.figures.len() {
        let right = truth.get(&o) == found.get(&o);
        *if right { &mut score.right } else { &mut score.wrong } += 1;
    }
    let (known, met): (HashSet<_>, HashSet<_>) = (truth.values().collect(), found.values().collect());
    for n in 0..new.figures.len() {
        if !known.contains(&n) {
            *if met.contains(&n) { &mut score.wrong } else { &mut score.right } += 1;
        }
    }
    let diff = compare(&before, &after);
    score.moved += diff.changes.iter().filter(|change| change.moved).count();
    let (olds, news) = (before.sights(), after.sights());
    let queued: HashSet<&str> = diff
        .changes
        .iter()
        .filter(|change| change.kind != Kind::Gone)
        .filter_map(|change| Some(change.new.as_ref()?.key.as_str()))
        .collect();
    for (&o, &n) in &truth {
        let crossed = truth.iter().any(|(&a, &b)| (a < o) != (b < n) && a != o);
        let unchanged = !crossed && differing(&olds[o].figure, &news[n].figure).is_empty();
        if unchanged && queued.contains(news[n].key.as_str()) {
            score.false_alarms.push(format!("{}: {}", news[n].figure.raw, news[n].sentence));
        }
    }
}

#[test]
fn what_became_of_a_figure_is_found_in_re_published_text() {
    let rules = Rules::builtin().unwrap();
    let sources = sources(&rules);
    let mut score = Score::default();
    for case in 0..CASES {
        let mut lcg = Lcg(case * 7919 + 17);
        lcg.below(1);
        let (at, text) = republish(&sources, &mut lcg);
        judge(&mut score, &sources[at], &text, &rules);
    }
    let share = score.right as f64 / (score.right + score.wrong) as f64;
    eprintln!("{} right, {} wrong ({share:.4}), {} moved", score.right, score.wrong, score.moved);
    assert!(share >= 0.99, "{share:.4}");
    assert!(score.moved > 50, "the generator moves figures: {}", score.moved);
    assert!(score.false_alarms.is_empty(), "{:#?}", score.false_alarms);
}
