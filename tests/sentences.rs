//! Labelled sentences: how many figures are found, and how many are linked right. `dev.jsonl` is worked on,
//! `held.jsonl` is looked at only to score. `SHOW=1` prints the misses of the development half.

use std::collections::HashMap;

use fajian::core::figure::Nature;
use fajian::core::report::{About, Section};
use fajian::core::rules::Rules;
use fajian::core::span::Span;
use fajian::core::text::Text;
use fajian::core::{figures, links};
use serde::Deserialize;

#[derive(Deserialize)]
struct Sentence {
    id: u32,
    year: u16,
    #[serde(default)]
    chapter: String,
    text: String,
    figures: Vec<Wanted>,
}

#[derive(Deserialize)]
struct Wanted {
    start: usize,
    raw: String,
    value: fajian::core::decimal::Number,
    unit: Option<String>,
    bound: String,
    nature: String,
    period: Option<String>,
    indicator: Option<String>,
    #[serde(default)]
    also: Vec<String>,
}

#[derive(Default, Debug)]
struct Score {
    wanted: f64,
    got: f64,
    hit: f64,
    exact: f64,
    period: f64,
    periods: f64,
    links_wanted: f64,
    links_got: f64,
    links_hit: f64,
}

impl Score {
    fn detection(&self) -> f64 {
        2.0 * self.hit / (self.wanted + self.got)
    }
    fn exactness(&self) -> f64 {
        2.0 * self.exact / (self.wanted + self.got)
    }
    fn precision(&self) -> f64 {
        self.links_hit / self.links_got
    }
    fn recall(&self) -> f64 {
        self.links_hit / self.links_wanted
    }
}

fn score(file: &str, rules: &Rules, show: bool) -> Score {
    let lines = std::fs::read_to_string(format!("tests/sentences/{file}")).expect("the labelled sentences");
    let mut total = Score::default();
    for line in lines.lines() {
        let sentence: Sentence = serde_json::from_str(line).expect("a labelled sentence");
        let text = Text::new(&sentence.text);
        let about = About { year: Some(sentence.year), ..About::default() };
        let title = if sentence.chapter == "plan" { "下一步工作打算" } else { "" };
        let section = Section {
            id: 0,
            parent: None,
            level: 1,
            marker: None,
            title: title.to_owned(),
            span: Span::new(0, text.len()),
        };
        let sections = if title.is_empty() { vec![] } else { vec![section] };
        let mut reading = figures::read(&text, text.span(), &sections, &about, rules);
        links::link(&text, text.span(), &sections, &mut reading, rules);
        compare(&sentence, &reading.figures, &mut total, show);
    }
    total
}

fn compare(sentence: &Sentence, got: &[fajian::core::figure::Figure], total: &mut Score, show: bool) {
    let found: HashMap<usize, &fajian::core::figure::Figure> =
        got.iter().map(|f| (f.span.start, f)).collect();
    total.wanted += sentence.figures.len() as f64;
    total.got += got.len() as f64;
    let say = |line: String| {
        if show {
            println!("{} {line}\n      {}", sentence.id, sentence.text);
        }
    };
    for want in &sentence.figures {
        let Some(figure) = found.get(&want.start) else {
            say(format!("MISSED {}", want.raw));
            total.links_wanted += f64::from(u8::from(want.indicator.is_some() && want.nature != "change"));
            continue;
        };
        total.hit += 1.0;
        let bound = format!("{:?}", figure.quantity.bound).to_lowercase();
        let nature = format!("{:?}", figure.nature).to_lowercase();
        let fold = |u: &Option<String>| {
            u.as_deref().map(|u| u.chars().map(fajian::core::text::fold).collect::<String>())
        };
        let same = figure.quantity.value.to_string() == want.value.to_string()
            && fold(&figure.quantity.unit) == fold(&want.unit)
            && bound == want.bound
            && nature == want.nature;
        total.exact += f64::from(u8::from(same));
        if !same {
            say(format!(
                "FIELD {} want {} {:?} {} {} got {} {:?} {bound} {nature}",
                want.raw,
                want.value,
                want.unit,
                want.bound,
                want.nature,
                figure.quantity.value,
                figure.quantity.unit
            ));
        }
        if let (Some(want), Some(period)) = (&want.period, figure.period) {
            total.periods += 1.0;
            total.period += f64::from(u8::from(*want == period.to_string()));
            if *want != period.to_string() {
                say(format!("PERIOD {} want {want} got {period}", figure.raw));
            }
        }
        if want.nature == "change" || figure.nature == Nature::Change {
            continue;
        }
        let id = figure.link.indicator.as_ref();
        let right = id.is_some_and(|id| want.indicator.as_ref() == Some(id) || want.also.contains(id));
        let excused = want.indicator.is_none() && right;
        total.links_wanted += f64::from(u8::from(want.indicator.is_some()));
        total.links_got += f64::from(u8::from(id.is_some() && !excused));
        total.links_hit += f64::from(u8::from(right && !excused));
        if !right && (id.is_some() || want.indicator.is_some()) {
            say(format!("LINK {} want {:?} got {id:?} — {}", want.raw, want.indicator, figure.link.why));
        }
    }
    for figure in got {
        if !sentence.figures.iter().any(|w| w.start == figure.span.start) {
            say(format!("SPURIOUS {}", figure.raw));
        }
    }
}

fn report(name: &str, score: &Score) {
    eprintln!(
        "{name}: detect {:.3} exact {:.3} period {:.3} link p {:.3} r {:.3}",
        score.detection(),
        score.exactness(),
        score.period / score.periods,
        score.precision(),
        score.recall()
    );
}

#[test]
fn labelled_sentences_are_read_and_linked() {
    let mut rules = Rules::builtin().unwrap();
    let dev = score("dev.jsonl", &rules, std::env::var_os("SHOW").is_some());
    report("dev", &dev);
    let held = score("held.jsonl", &rules, false);
    report("held", &held);
    // Floors: raised when passed, never lowered. The goal for the kept-apart half is 0.95 and 0.88.
    assert!(dev.detection() >= 0.99 && held.detection() >= 0.99);
    assert!(dev.exactness() >= 0.98 && held.exactness() >= 0.975);
    assert!(dev.precision() >= 0.975 && held.precision() >= 0.9);
    assert!(dev.recall() >= 0.91 && held.recall() >= 0.7);
    // What is not trusted enough to be linked is still found.
    rules.trust.least = f32::MIN_POSITIVE;
    let (dev, held) = (score("dev.jsonl", &rules, false), score("held.jsonl", &rules, false));
    report("dev, doubtful ones too", &dev);
    report("held, doubtful ones too", &held);
    assert!(dev.recall() >= 0.92 && held.recall() >= 0.67);
}
