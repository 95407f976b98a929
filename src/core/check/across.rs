//! One place over the years, and a place against the one above it.

use std::collections::{BTreeMap, HashMap};

use super::rates::{Growth, growth_shown};
use super::scene::{Scene, comparable, extent, holds, shown};
use super::{Cited, Finding, Kind, Role, Subject, verdict};
use crate::core::catalogue::Aggregation;
use crate::core::figure::{Figure, Nature};
use crate::core::period::Period;
use crate::core::report::Report;
use crate::core::rules::Rules;
use crate::core::sentence;

/// What one report brings to the findings between reports. It is small, and stands for the report and its text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bearing {
    /// The code of the place and the year that it speaks for; none where it does not speak for a place as a whole.
    pub speaks_for: Option<(String, u16)>,
    /// What other reports are held against.
    pub totals: Vec<Total>,
    /// What is held against last year's report.
    pub claims: Vec<Claim>,
}

/// A figure by its index in [`Report::figures`]; its label and the reason of its link may be left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Its index.
    pub index: usize,
    /// The figure.
    pub figure: Figure,
}

/// A total of the report's own year.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// The figure.
    pub stated: Stated,
    /// 全省共办理…: the sentence says that the whole place is counted.
    pub whole_place: bool,
}

/// What a report says of last year, beside a count of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The count of this year.
    pub now: Stated,
    /// Last year's value, or the growth since.
    pub said: Stated,
    /// Whether the growth is a fall; none where the value is told.
    pub falls: Option<bool>,
}

impl Bearing {
    /// What a report brings.
    pub fn of(subject: &Subject<'_>, rules: &Rules) -> Self {
        let about = &subject.report.about;
        let of =
            about.jurisdiction.as_ref().zip(about.year).filter(|_| speaks_for_all(subject.report, rules));
        let Some((place, year)) = of else { return Bearing::default() };
        let scene = Scene::new(*subject, rules);
        let totals = (0..scene.figures().len()).filter_map(|i| total(&scene, i, year));
        let claims = (0..scene.figures().len()).filter_map(|i| match scene.figures()[i].nature {
            Nature::Previous => old_value(&scene, i, year),
            Nature::Change => growth(&scene, i, year),
            Nature::Actual | Nature::Target => None,
        });
        Bearing {
            speaks_for: Some((place.code.clone(), year)),
            totals: totals.collect(),
            claims: claims.collect(),
        }
    }
}

impl Stated {
    fn of(scene: &Scene<'_>, index: usize) -> Self {
        Stated { index, figure: scene.figures()[index].clone() }
    }
}

/// A report of a government or of the organ that speaks for it, not of one of its other departments.
fn speaks_for_all(report: &Report, rules: &Rules) -> bool {
    let issuer: Option<Vec<char>> = report.about.issuer.as_ref().map(|issuer| issuer.chars().collect());
    issuer.is_none_or(|issuer| rules.relations.words.speakers.inside(&issuer))
}

fn total(scene: &Scene<'_>, index: usize, year: u16) -> Option<Total> {
    let figure = &scene.figures()[index];
    let is_total = figure.link.indicator.as_deref().is_some_and(|id| scene.relations().is_total(id));
    let counts = figure.period == Some(Period::year(year)) && figure.nature == Nature::Actual;
    (is_total && counts).then(|| {
        let text = scene.subject.text;
        let around = sentence::around(text, figure.span);
        let before = &text.folded()[around.start..figure.span.start];
        let whole_place = scene.relations().words.whole_place.inside(before);
        Total { stated: Stated::of(scene, index), whole_place }
    })
}

/// 上年为66件, said of the count beside it.
fn old_value(scene: &Scene<'_>, index: usize, year: u16) -> Option<Claim> {
    let old = &scene.figures()[index];
    // 由34个压减为28个 speaks of some time before, not of last year.
    let last = year.checked_sub(1)?;
    old.period.filter(|period| *period == Period::year(last))?;
    let like_old = |&i: &usize| scene.is_count(i) && comparable(&scene.figures()[i], old, scene.rules);
    let now = scene.sentence_of(index).filter(like_old).min_by_key(|i| i.abs_diff(index))?;
    Some(Claim { now: Stated::of(scene, now), said: Stated::of(scene, index), falls: None })
}

/// 办证39100件,比上年增长26.7%.
fn growth(scene: &Scene<'_>, index: usize, year: u16) -> Option<Claim> {
    let (now, lead) = scene.grown(index)?;
    let this_year = scene.figures()[now].period == Some(Period::year(year));
    let fits = this_year && scene.is_percent(index) && scene.is_count(now) && says_last_year(lead);
    let falls = scene.relations().words.falling.inside(lead);
    fits.then(|| Claim { now: Stated::of(scene, now), said: Stated::of(scene, index), falls: Some(falls) })
}

/// A total among all: positions of report and total.
type At = (usize, usize);

/// The totals that reports state, by place, year and indicator.
type Totals<'a> = HashMap<(&'a str, u16, &'a str), Vec<At>>;

/// The findings that need more than one report. `bearings` are those of all reports, in the order that findings name; what is
/// cited has no sentence yet.
pub fn across(bearings: &[Bearing], rules: &Rules) -> Vec<Finding> {
    let all = All { bearings, rules, totals: totals(bearings) };
    let mut findings = Vec::new();
    for (report, bearing) in bearings.iter().enumerate() {
        findings.extend(bearing.claims.iter().filter_map(|claim| all.claimed(report, claim)));
    }
    all.places(&mut findings);
    findings
}

struct All<'a> {
    bearings: &'a [Bearing],
    rules: &'a Rules,
    totals: Totals<'a>,
}

fn totals(bearings: &[Bearing]) -> Totals<'_> {
    let mut totals = Totals::new();
    for (r, bearing) in bearings.iter().enumerate() {
        let Some((code, year)) = &bearing.speaks_for else { continue };
        for (t, total) in bearing.totals.iter().enumerate() {
            let Some(id) = &total.stated.figure.link.indicator else { continue };
            totals.entry((code.as_str(), *year, id.as_str())).or_default().push((r, t));
        }
    }
    totals
}

impl<'a> All<'a> {
    fn total(&self, (report, total): At) -> &'a Total {
        &self.bearings[report].totals[total]
    }

    fn figure(&self, at: At) -> &'a Figure {
        &self.total(at).stated.figure
    }

    fn cite_total(&self, at: At, role: Role) -> Cited {
        cite(at.0, &self.total(at).stated, role)
    }

    /// The total that last year's reports of the place state for the same as `now` counts, where they state one
    /// value only.
    fn last_year(&self, report: usize, now: &Figure) -> Option<At> {
        let id = now.link.indicator.as_deref()?;
        let (code, year) = self.bearings[report].speaks_for.as_ref()?;
        let stated = self.totals.get(&(code, year.checked_sub(1)?, id))?;
        let like_now =
            |&at: &At| self.figure(at).scope == now.scope && comparable(self.figure(at), now, self.rules);
        let mut stated = stated.iter().copied().filter(like_now);
        let first = stated.next()?;
        let same = |at: At| self.figure(at).quantity.value == self.figure(first).quantity.value;
        stated.all(same).then_some(first)
    }

    /// Last year's value or the growth given in one report, against last year's report.
    fn claimed(&self, report: usize, claim: &Claim) -> Option<Finding> {
        let stated = self.last_year(report, &claim.now.figure)?;
        match claim.falls {
            None => self.old_value(report, claim, stated),
            Some(falls) => self.growth((report, claim), stated, falls),
        }
    }

    /// 上年为66件 against the 66件 that last year's report states.
    fn old_value(&self, report: usize, claim: &Claim, stated: At) -> Option<Finding> {
        let old = &claim.said.figure;
        let (_, year) = self.bearings[report].speaks_for.as_ref()?;
        let last = year.checked_sub(1)?;
        let fits = extent(old, self.rules).meets(extent(self.figure(stated), self.rules));
        let sign = if fits { "≈" } else { "≠" };
        Some(Finding {
            kind: Kind::LastYear,
            verdict: verdict(fits),
            figures: vec![cite(report, &claim.said, Role::Before), self.cite_total(stated, Role::Statement)],
            arithmetic: format!("{} {sign} {} ({last})", shown(old), shown(self.figure(stated))),
        })
    }

    /// 办证39100件,比上年增长26.7% against the 30860件 that last year's report states.
    fn growth(&self, (report, claim): (usize, &Claim), before: At, falls: bool) -> Option<Finding> {
        let rate = &claim.said.figure;
        let values = [&claim.now.figure, self.figure(before)];
        let [now_extent, before_extent] = values.map(|figure| extent(figure, self.rules));
        let sum = Growth { now: now_extent, before: before_extent };
        let fits = sum.gives(extent(rate, self.rules), falls)?;
        let arithmetic = growth_shown(values.map(|figure| figure.quantity.value.0), values.map(shown))?;
        let sign = if fits { "≈" } else { "≠" };
        let printed = format!("{}{}", if falls { "-" } else { "" }, shown(rate));
        Some(Finding {
            kind: Kind::LastYear,
            verdict: verdict(fits),
            figures: vec![
                cite(report, &claim.now, Role::Now),
                self.cite_total(before, Role::Before),
                cite(report, &claim.said, Role::Rate),
            ],
            arithmetic: format!("{arithmetic} {sign} {printed}"),
        })
    }

    /// A place's total against that of the place above, where parts may be added up.
    fn places(&self, findings: &mut Vec<Finding>) {
        let ordered: BTreeMap<_, _> = self.totals.iter().collect();
        for (&(code, year, id), stated) in ordered {
            let sums = |id: &str| {
                self.rules.catalogue.get(id).is_some_and(|entry| entry.aggregation == Aggregation::Sum)
            };
            let Some(parent) = self.parent(code).filter(|_| sums(id)) else { continue };
            let Some(above) = self.totals.get(&(parent.as_str(), year, id)) else { continue };
            let own = stated.iter().copied().filter(|&at| self.figure(at).scope.is_none());
            let largest = own.max_by_key(|&at| self.figure(at).quantity.value);
            findings.extend(largest.and_then(|own| self.against(own, above)));
        }
    }

    /// The code of the place above, as reports write codes.
    fn parent(&self, code: &str) -> Option<String> {
        let places = &self.rules.places;
        let above = match code.split_once('/') {
            Some((county, _)) => places.by_code(county.parse().ok()?)?,
            None => places.parent(places.by_code(code.parse().ok()?)?)?,
        };
        Some(format!("{:06}", above.code))
    }

    /// Held against the largest total of the place above that speaks of the whole of it.
    fn against(&self, own: At, above: &[At]) -> Option<Finding> {
        let figure = self.figure(own);
        let whole = |at: &At| {
            let above = self.total(*at);
            let over = &above.stated.figure;
            over.scope.is_none() && comparable(over, figure, self.rules) && above.whole_place
        };
        let top = above.iter().copied().filter(whole).max_by_key(|&at| self.figure(at).quantity.value)?;
        let over = extent(figure, self.rules).above(extent(self.figure(top), self.rules));
        let sign = if over { ">" } else { "≤" };
        Some(Finding {
            kind: Kind::Parent,
            verdict: verdict(!over),
            figures: vec![self.cite_total(own, Role::Part), self.cite_total(top, Role::Parent)],
            arithmetic: format!("{} {sign} {}", shown(figure), shown(self.figure(top))),
        })
    }
}

fn cite(report: usize, stated: &Stated, role: Role) -> Cited {
    Cited { report, figure: stated.index, role, quote: String::new() }
}

/// 同比 and 比上年 compare with last year; 环比 and 比2019年 do not.
fn says_last_year(lead: &[char]) -> bool {
    ["同比", "比上年", "较上年", "比去年", "较去年", "与上年相比", "上年同期", "去年同期"]
        .iter()
        .any(|word| holds(lead, word))
}
