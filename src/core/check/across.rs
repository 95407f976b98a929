//! One place over the years, and a place against the one above it.

use std::collections::{BTreeMap, HashMap};

use super::rates::{Growth, growth_shown};
use super::scene::{Scene, comparable, extent, holds, shown};
use super::{Cited, Finding, Kind, Role, Subject, cite, verdict};
use crate::core::catalogue::Aggregation;
use crate::core::figure::{Figure, Nature};
use crate::core::period::Period;
use crate::core::report::Report;
use crate::core::rules::Rules;
use crate::core::sentence;

/// A figure among all reports: positions of report and figure.
type At = (usize, usize);

/// The totals that reports state, by place, year and indicator.
type Totals<'a> = HashMap<(&'a str, u16, &'a str), Vec<At>>;

/// The findings that need more than one report. `subjects` are all reports, in the order that findings name.
pub fn across(subjects: &[Subject<'_>], rules: &Rules) -> Vec<Finding> {
    let all = All { subjects, rules, totals: totals(subjects, rules) };
    let mut findings = Vec::new();
    for report in 0..subjects.len() {
        all.years(report, &mut findings);
    }
    all.places(&mut findings);
    findings
}

struct All<'a> {
    subjects: &'a [Subject<'a>],
    rules: &'a Rules,
    totals: Totals<'a>,
}

/// A report of a government or of the organ that speaks for it, not of one of its other departments.
fn speaks_for_all(report: &Report, rules: &Rules) -> bool {
    let issuer: Option<Vec<char>> = report.about.issuer.as_ref().map(|issuer| issuer.chars().collect());
    issuer.is_none_or(|issuer| rules.relations.words.speakers.inside(&issuer))
}

fn totals<'a>(subjects: &[Subject<'a>], rules: &Rules) -> Totals<'a> {
    let mut totals = Totals::new();
    for (r, subject) in subjects.iter().enumerate().filter(|(_, s)| speaks_for_all(s.report, rules)) {
        let about = &subject.report.about;
        let (Some(place), Some(year)) = (&about.jurisdiction, about.year) else { continue };
        for (f, figure) in subject.report.figures.iter().enumerate() {
            let whole_year = figure.period == Some(Period::year(year));
            let total = figure.link.indicator.as_deref().filter(|id| rules.relations.is_total(id));
            if let Some(id) = total.filter(|_| whole_year && figure.nature == Nature::Actual) {
                totals.entry((&place.code, year, id)).or_default().push((r, f));
            }
        }
    }
    totals
}

impl<'a> All<'a> {
    fn figure(&self, (report, figure): At) -> &'a Figure {
        &self.subjects[report].report.figures[figure]
    }

    fn cite(&self, (report, figure): At, role: Role) -> Cited {
        cite(report, &self.subjects[report], figure, role)
    }

    /// The total that last year's reports of the place state for the same as `now` counts, where they state one
    /// value only.
    fn last_year(&self, report: &'a Report, now: &Figure) -> Option<At> {
        let id = now.link.indicator.as_deref()?;
        let (place, year) = (report.about.jurisdiction.as_ref()?, report.about.year?);
        let stated = self.totals.get(&(&place.code, year.checked_sub(1)?, id))?;
        let like_now =
            |&at: &At| self.figure(at).scope == now.scope && comparable(self.figure(at), now, self.rules);
        let mut stated = stated.iter().copied().filter(like_now);
        let first = stated.next()?;
        let same = |at: At| self.figure(at).quantity.value == self.figure(first).quantity.value;
        stated.all(same).then_some(first)
    }

    /// Last year's values and growths given in one report, against last year's report.
    fn years(&self, report: usize, findings: &mut Vec<Finding>) {
        let subject = self.subjects[report];
        if !speaks_for_all(subject.report, self.rules) {
            return;
        }
        let scene = Scene::new(subject, self.rules);
        for i in 0..scene.figures().len() {
            let finding = match scene.figures()[i].nature {
                Nature::Previous => self.old_value(&scene, (report, i)),
                Nature::Change => self.growth(&scene, (report, i)),
                _ => None,
            };
            findings.extend(finding);
        }
    }

    /// 上年为66件 against the 66件 that last year's report states.
    fn old_value(&self, scene: &Scene<'a>, at: At) -> Option<Finding> {
        let old = self.figure(at);
        // 由34个压减为28个 speaks of some time before, not of last year.
        let report = scene.subject.report;
        let last = report.about.year?.checked_sub(1)?;
        old.period.filter(|period| *period == Period::year(last))?;
        let like_old = |&i: &usize| scene.is_count(i) && comparable(&scene.figures()[i], old, self.rules);
        let now = scene.sentence_of(at.1).filter(like_old).min_by_key(|i| i.abs_diff(at.1))?;
        let stated = self.last_year(report, &scene.figures()[now])?;
        let fits = extent(old, self.rules).meets(extent(self.figure(stated), self.rules));
        let sign = if fits { "≈" } else { "≠" };
        Some(Finding {
            kind: Kind::LastYear,
            verdict: verdict(fits),
            figures: vec![self.cite(at, Role::Before), self.cite(stated, Role::Statement)],
            arithmetic: format!("{} {sign} {} ({last})", shown(old), shown(self.figure(stated))),
        })
    }

    /// 办证39100件,比上年增长26.7% against the 30860件 that last year's report states.
    fn growth(&self, scene: &Scene<'a>, at: At) -> Option<Finding> {
        let rate = self.figure(at);
        let (now, lead) = scene.grown(at.1)?;
        let report = scene.subject.report;
        let this_year = scene.figures()[now].period == report.about.year.map(Period::year);
        if !(this_year && scene.is_percent(at.1) && scene.is_count(now) && says_last_year(lead)) {
            return None;
        }
        let (now, before) = ((at.0, now), self.last_year(report, &scene.figures()[now])?);
        let values = [now, before].map(|at| self.figure(at));
        let [now_extent, before_extent] = values.map(|figure| extent(figure, self.rules));
        let falls = self.rules.relations.words.falling.inside(lead);
        let sum = Growth { now: now_extent, before: before_extent };
        let fits = sum.gives(extent(rate, self.rules), falls)?;
        let arithmetic = growth_shown(values.map(|figure| figure.quantity.value.0), values.map(shown))?;
        let sign = if fits { "≈" } else { "≠" };
        let printed = format!("{}{}", if falls { "-" } else { "" }, shown(rate));
        Some(Finding {
            kind: Kind::LastYear,
            verdict: verdict(fits),
            figures: vec![
                self.cite(now, Role::Now),
                self.cite(before, Role::Before),
                self.cite(at, Role::Rate),
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
            let above = self.figure(*at);
            above.scope.is_none() && comparable(above, figure, self.rules) && self.is_of_whole_place(*at)
        };
        let top = above.iter().copied().filter(whole).max_by_key(|&at| self.figure(at).quantity.value)?;
        let over = extent(figure, self.rules).above(extent(self.figure(top), self.rules));
        let sign = if over { ">" } else { "≤" };
        Some(Finding {
            kind: Kind::Parent,
            verdict: verdict(!over),
            figures: vec![self.cite(own, Role::Part), self.cite(top, Role::Parent)],
            arithmetic: format!("{} {sign} {}", shown(figure), shown(self.figure(top))),
        })
    }

    /// 全省共办理…: the sentence says that the whole place is counted.
    fn is_of_whole_place(&self, at: At) -> bool {
        let text = self.subjects[at.0].text;
        let around = sentence::around(text, self.figure(at).span);
        let before = &text.folded()[around.start..self.figure(at).span.start];
        self.rules.relations.words.whole_place.inside(before)
    }
}

/// 同比 and 比上年 compare with last year; 环比 and 比2019年 do not.
fn says_last_year(lead: &[char]) -> bool {
    ["同比", "比上年", "较上年", "比去年", "较去年", "与上年相比", "上年同期", "去年同期"]
        .iter()
        .any(|word| holds(lead, word))
}
