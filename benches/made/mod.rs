//! Reports that are made up without any text, to go straight into an index.

use fajian::core::decimal::Number;
use fajian::core::figure::{Bound, Figure, Link, Nature, Quantity};
use fajian::core::period::Period;
use fajian::core::report::{About, Jurisdiction, Level, Report};
use fajian::core::span::Span;
use fajian::store::index::Told;

use crate::generate;

/// Report `n` of a country whose places report year by year, with a figure in 件 for each indicator and value.
pub fn report<'a>(n: usize, places: &[(&str, &str)], figures: impl Iterator<Item = (&'a str, u64)>) -> Told {
    let (code, name) = places[n % places.len()];
    let year = generate::year(n, places.len());
    let level = match code.as_bytes() {
        [_, _, b'0', b'0', b'0', b'0'] => Level::Province,
        [_, _, _, _, b'0', b'0'] => Level::Prefecture,
        _ => Level::County,
    };
    let figures: Vec<Figure> =
        figures.enumerate().map(|(i, (indicator, value))| figure(i, indicator, value, year)).collect();
    let quotes =
        figures.iter().map(|figure| format!("全年{}{}，同比持平。", figure.label, figure.raw)).collect();
    let about = About {
        title: Some(format!("{name}人民政府关于{year}年法治政府建设情况的报告")),
        jurisdiction: Some(Jurisdiction { name: name.to_owned(), code: code.to_owned(), level }),
        year: Some(year),
        ..About::default()
    };
    let report = Report {
        path: format!("{}/{code}-{year}-{n}.txt", &code[..2]),
        about,
        body: Span::new(0, 0),
        sections: Vec::new(),
        figures,
        set_aside: Vec::new(),
        parts: Vec::new(),
        problems: Vec::new(),
    };
    Told { report, quotes }
}

fn figure(i: usize, indicator: &str, value: u64, year: u16) -> Figure {
    Figure {
        span: Span::new(40 * i, 40 * i + 5),
        raw: format!("{value}件"),
        quantity: Quantity {
            value: Number::whole(value as i64),
            value_high: None,
            unit: Some("件".to_owned()),
            bound: Bound::Eq,
        },
        nature: Nature::Actual,
        period: Some(Period::year(year)),
        scope: None,
        label: format!("办理第{i}类案件"),
        link: Link { indicator: Some(indicator.to_owned()), confidence: 0.9, why: String::new() },
        section: None,
        corrected: None,
    }
}
