//! Hand-made reports of places that do not exist, marked up in `reports/*.txt`, and a small corpus over them.
//!
//! A line `# 一、|title` opens a section (`##` one level deeper); `{42次|label|indicator|options}` is a figure.
//! Options: `v=` value, `u=` unit, `b=` bound, `n=` nature, `p=` period (`-` for none), `s=` scope.

use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use fajian::core::catalogue::Catalogue;
use fajian::core::decimal::Number;
use fajian::core::figure::{Bound, Figure, Link, Nature, Quantity};
use fajian::core::period::Period;
use fajian::core::report::{About, Jurisdiction, Kind, Level, Report, Section};
use fajian::core::rules::Rules;
use fajian::core::sentence;
use fajian::core::span::Span;
use fajian::core::text::Text;
use fajian::store::{
    Caveat, Comparison, ComparisonOrder, ComparisonQuery, ComparisonRow, Corpus, Document, FigureId,
    FindingRow, IndicatorRow, Page, ReportId, ReportOrder, ReportQuery, ReportRow, Spread,
};

/// What the checks go by; the links of these reports are marked by hand.
static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().unwrap());

const REPORTS: [(&str, &str); 6] = [
    ("qingshan_2023.txt", include_str!("reports/qingshan_2023.txt")),
    ("linjiang_2023.txt", include_str!("reports/linjiang_2023.txt")),
    ("linjiang_2022.txt", include_str!("reports/linjiang_2022.txt")),
    ("baishi_2023.txt", include_str!("reports/baishi_2023.txt")),
    ("yunxi_2023.txt", include_str!("reports/yunxi_2023.txt")),
    ("dongling_2023.txt", include_str!("reports/dongling_2023.txt")),
];

/// A corpus in memory.
pub struct Fixture {
    catalogue: Catalogue,
    documents: Vec<Arc<Document>>,
    pub unreadable: Vec<(String, String)>,
}

impl Fixture {
    /// The six reports.
    pub fn new() -> Self {
        let documents = REPORTS.iter().map(|(path, source)| Arc::new(parse(path, source))).collect();
        Fixture { documents, ..Fixture::empty() }
    }

    /// No report at all.
    pub fn empty() -> Self {
        Fixture { catalogue: Catalogue::builtin().unwrap(), documents: Vec::new(), unreadable: Vec::new() }
    }

    /// The six reports again and again, as many rows as wanted.
    #[allow(dead_code, reason = "only some of the test programs use it")]
    pub fn many(rows: usize) -> Self {
        let mut fixture = Fixture::new();
        let originals = fixture.documents.clone();
        fixture.documents = originals.iter().cycle().take(rows).cloned().collect();
        fixture
    }

    fn rows(&self) -> impl Iterator<Item = ReportRow> {
        self.documents.iter().enumerate().map(|(i, document)| {
            let report = &document.report;
            let linked = report.figures.iter().filter(|figure| figure.link.indicator.is_some()).count();
            ReportRow {
                id: ReportId(i as u32),
                path: report.path.clone(),
                about: report.about.clone(),
                sections: report.sections.len(),
                figures: report.figures.len(),
                linked,
                problems: report.problems.clone(),
                province: report.about.jurisdiction.as_ref().map(|_| "青山省".to_owned()),
                parts: Vec::new(),
                copies: Vec::new(),
                copy_of: None,
            }
        })
    }
}

fn level_of(place: &Option<Jurisdiction>) -> String {
    place.as_ref().map_or_else(String::new, |place| place.level.names().0.to_owned())
}

fn year_of(year: Option<u16>) -> String {
    year.map_or_else(String::new, |year| year.to_string())
}

fn code(place: &Option<Jurisdiction>) -> &str {
    place.as_ref().map_or("", |place| &place.code)
}

impl Corpus for Fixture {
    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn reports(&self, query: &ReportQuery) -> Page<ReportRow> {
        let mut rows: Vec<ReportRow> = self
            .rows()
            .filter(|row| {
                let place = row.about.jurisdiction.as_ref().map_or("", |place| &place.name);
                let hay = format!("{place} {:?} {:?} {}", row.about.title, row.about.year, row.path);
                let whole = [place.to_owned(), level_of(&row.about.jurisdiction), year_of(row.about.year)];
                query.filter.split_whitespace().all(|word| {
                    match word.split_at(word.chars().next().map_or(0, char::len_utf8)) {
                        ("!", word) => match word.strip_prefix('=') {
                            Some(word) => !whole.iter().any(|field| field == word),
                            None => !hay.contains(word),
                        },
                        ("=", word) => whole.iter().any(|field| field == word),
                        _ => hay.contains(word),
                    }
                })
            })
            .collect();
        rows.sort_by(|a, b| {
            let place = code(&a.about.jurisdiction).cmp(code(&b.about.jurisdiction));
            let level = |row: &ReportRow| row.about.jurisdiction.as_ref().map(|place| place.level);
            let first = match query.order {
                ReportOrder::Place => place,
                ReportOrder::Level => level(a).cmp(&level(b)),
                ReportOrder::Year => a.about.year.cmp(&b.about.year),
                ReportOrder::Title => a.about.title.cmp(&b.about.title),
                ReportOrder::Figures => a.figures.cmp(&b.figures),
                ReportOrder::Linked => (a.linked * b.figures).cmp(&(b.linked * a.figures)),
            };
            let first = if query.descending { first.reverse() } else { first };
            first.then(place).then(b.about.year.cmp(&a.about.year)).then(a.id.cmp(&b.id))
        });
        let matching = rows.len();
        let rows = rows.into_iter().skip(query.offset).take(query.limit).collect();
        Page { rows, matching, total: self.documents.len() }
    }

    fn open(&self, id: ReportId) -> Option<Arc<Document>> {
        self.documents.get(id.0 as usize).cloned()
    }

    fn compare(&self, query: &ComparisonQuery) -> Comparison {
        let mut all: Vec<ComparisonRow> = Vec::new();
        for (i, document) in self.documents.iter().enumerate() {
            for (j, figure) in document.report.figures.iter().enumerate() {
                if figure.link.indicator.as_deref() == Some(&query.indicator) {
                    all.push(comparison_row(i as u32, j as u32, document, figure));
                }
            }
        }
        all.retain(|row| {
            let place = row.jurisdiction.as_ref().map_or("", |place| &place.name);
            let hay = format!("{place} {:?} {}", row.year, row.quote);
            let whole = [place.to_owned(), level_of(&row.jurisdiction), year_of(row.year)];
            query.filter.split_whitespace().all(|word| match word.strip_prefix('=') {
                Some(word) => whole.iter().any(|field| field == word),
                None => hay.contains(word),
            })
        });
        all.sort_by(|a, b| {
            let value = b.figure.quantity.value.cmp(&a.figure.quantity.value);
            let place = code(&a.jurisdiction).cmp(code(&b.jurisdiction));
            let order = match query.order {
                ComparisonOrder::Value => value,
                ComparisonOrder::Place => place,
                ComparisonOrder::Year => b.year.cmp(&a.year).then(value),
            };
            let order = if query.descending { order.reverse() } else { order };
            order.then(place).then(b.year.cmp(&a.year)).then(a.id.cmp(&b.id))
        });
        let (apart, mut rows): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|row| row.caveats.iter().any(|caveat| caveat.sets_apart()));
        rank(&mut rows);
        let spread = Spread { level: Level::Prefecture, count: rows.len(), quartiles: [92.6, 97.5, 100.0] };
        let spread = if rows.len() > 2 { vec![spread] } else { Vec::new() };
        Comparison { indicator: query.indicator.clone(), rows, apart, spread }
    }

    fn indicators(&self) -> Vec<IndicatorRow> {
        let count = |id: &str| {
            let all = self.documents.iter().flat_map(|document| &document.report.figures);
            all.filter(|figure| figure.link.indicator.as_deref() == Some(id)).count()
        };
        self.catalogue
            .indicators()
            .iter()
            .map(|entry| IndicatorRow { indicator: entry.id.clone(), figures: count(&entry.id), places: 0 })
            .collect()
    }

    fn findings(&self) -> Vec<FindingRow> {
        fajian::store::findings(&self.documents, &RULES)
    }

    fn unreadable(&self) -> Vec<(String, String)> {
        self.unreadable.clone()
    }
}

fn comparison_row(report: u32, index: u32, document: &Document, figure: &Figure) -> ComparisonRow {
    let about = &document.report.about;
    let mut caveats = Vec::new();
    let mut mind = |caveat, yes: bool| caveats.extend(yes.then_some(caveat));
    mind(Caveat::Target, figure.nature == Nature::Target);
    mind(Caveat::Previous, figure.nature == Nature::Previous);
    mind(Caveat::Cumulative, figure.period.is_some_and(Period::is_cumulative));
    mind(Caveat::NoPeriod, figure.period.is_none());
    mind(Caveat::Scope, figure.scope.is_some());
    mind(Caveat::Bounded, figure.quantity.bound != Bound::Eq);
    ComparisonRow {
        id: FigureId { report: ReportId(report), figure: index },
        path: document.report.path.clone(),
        jurisdiction: about.jurisdiction.clone(),
        province: about.jurisdiction.as_ref().map(|_| "青山省".to_owned()),
        year: about.year,
        kind: about.kind,
        figure: figure.clone(),
        caveats,
        quote: document.text.slice(sentence::around(&document.text, figure.span)),
        rank: None,
        against_last_year: None,
    }
}

fn rank(rows: &mut [ComparisonRow]) {
    let level = |row: &ComparisonRow| (row.jurisdiction.as_ref().map(|place| place.level), row.year);
    let value = |row: &ComparisonRow| row.figure.quantity.value;
    let keys: Vec<_> =
        rows.iter().map(|row| (level(row), value(row), code(&row.jurisdiction).to_owned())).collect();
    for (i, row) in rows.iter_mut().enumerate() {
        let peers: Vec<_> = keys.iter().filter(|(peer, ..)| *peer == keys[i].0).collect();
        let above = peers.iter().filter(|(_, value, _)| *value > keys[i].1).count();
        row.rank = Some((above as u32 + 1, peers.len() as u32));
        let before =
            keys.iter().find(|((_, year), _, place)| *place == keys[i].2 && *year == row.year.map(|y| y - 1));
        row.against_last_year = before.map(|(_, value, _)| Number(row.figure.quantity.value.0 - value.0));
    }
}

fn parse(path: &str, source: &str) -> Document {
    let mut lines = source.lines();
    let mut about = About { title: lines.next().map(str::to_owned), ..About::default() };
    let mut problems = Vec::new();
    let mut text = String::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut figures: Vec<Figure> = Vec::new();
    for line in lines {
        if let Some((key, value)) = line.split_once(": ").filter(|(key, _)| key.is_ascii()) {
            take_field(&mut about, &mut problems, key, value);
        } else if line.starts_with('#') {
            let level = line.chars().take_while(|&c| c == '#').count();
            let (marker, title) = line[level..].trim().split_once('|').unwrap();
            let start = text.chars().count();
            let parent = sections.iter().rposition(|section| usize::from(section.level) < level);
            sections.push(Section {
                id: sections.len(),
                parent,
                level: level as u8,
                marker: Some(marker.to_owned()),
                title: title.to_owned(),
                span: Span::new(start, start),
            });
            text += &format!("{marker}{title}\n");
        } else {
            take_line(&mut text, &mut figures, line, sections.len().checked_sub(1), about.year);
            text.push('\n');
        }
    }
    let end = text.chars().count();
    for i in 0..sections.len() {
        let next = sections[i + 1..].iter().find(|section| section.level <= sections[i].level);
        sections[i].span.end = next.map_or(end, |section| section.span.start);
    }
    let body = Span::new(0, end);
    let report = Report {
        path: format!("样本/{path}"),
        about,
        body,
        sections,
        figures,
        set_aside: Vec::new(),
        parts: Vec::new(),
        problems,
    };
    Document { report, text: Text::new(&text) }
}

fn take_field(about: &mut About, problems: &mut Vec<String>, key: &str, value: &str) {
    match key {
        "place" => {
            let [name, code, level] = value.split(' ').collect::<Vec<_>>()[..] else { panic!("{value}") };
            let level = serde_json::from_value(level.into()).unwrap();
            about.jurisdiction = Some(Jurisdiction { name: name.to_owned(), code: code.to_owned(), level });
        }
        "year" => about.year = value.parse().ok(),
        "issuer" => about.issuer = Some(value.to_owned()),
        "published" => about.published = Some(value.to_owned()),
        "kind" => about.kind = Kind::WorkSummary,
        "problem" => problems.push(value.to_owned()),
        other => panic!("no field {other}"),
    }
}

fn take_line(
    text: &mut String,
    figures: &mut Vec<Figure>,
    line: &str,
    section: Option<usize>,
    year: Option<u16>,
) {
    let mut rest = line;
    while let Some((before, marked)) = rest.split_once('{') {
        let (inside, after) = marked.split_once('}').unwrap();
        text.push_str(before);
        let start = text.chars().count();
        let mut parts = inside.split('|');
        let mut part = || parts.next().unwrap_or("");
        let (raw, label, indicator, options) = (part(), part(), part(), part());
        text.push_str(raw);
        let span = Span::new(start, start + raw.chars().count());
        let mut figure = figure(span, raw, label, indicator, options, year);
        figure.section = section;
        figures.push(figure);
        rest = after;
    }
    text.push_str(rest);
}

fn figure(span: Span, raw: &str, label: &str, indicator: &str, options: &str, year: Option<u16>) -> Figure {
    let option = |key: &str| options.split(' ').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
    let digits: String = raw.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let unit = option("u").map_or_else(|| raw[digits.len()..].to_owned(), str::to_owned);
    let value: Number = serde_json::from_str(option("v").unwrap_or(&digits)).unwrap();
    let word = |key: &str| option(key).map(serde_json::Value::from);
    let bound: Bound = word("b").map_or(Bound::Eq, |word| serde_json::from_value(word).unwrap());
    let nature: Nature = word("n").map_or(Nature::Actual, |word| serde_json::from_value(word).unwrap());
    let period = match option("p") {
        Some("-") => None,
        Some(period) => Some(Period::from_str(period).unwrap()),
        None => year.map(Period::year),
    };
    let linked = (indicator != "-").then(|| indicator.to_owned());
    let why = if linked.is_some() {
        format!("“{label}”与指标的说法相符，单位“{unit}”同族")
    } else {
        "没有指标的说法与这句话相符".to_owned()
    };
    Figure {
        span,
        raw: raw.to_owned(),
        quantity: Quantity { value, value_high: None, unit: Some(unit), bound },
        nature,
        period,
        scope: option("s").map(str::to_owned),
        label: label.to_owned(),
        link: Link { confidence: if linked.is_some() { 0.93 } else { 0.0 }, indicator: linked, why },
        section: None,
        corrected: None,
    }
}
