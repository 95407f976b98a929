//! What was taken out of one report, as one piece of bytes: outline, figures, and the sentences of linked figures.

use super::codes::{Code, of_json};
use super::pack::{Packer, Torn, Unpacker, expand, squeeze};
use crate::core::decimal::Number;
use crate::core::figure::{Figure, Link, Quantity};
use crate::core::period::{End, Moment, Period};
use crate::core::report::{Report, Section};
use crate::core::span::Span;

/// A report's outline and figures.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Record {
    pub(super) body: Span,
    pub(super) sections: Vec<Section>,
    pub(super) figures: Vec<Figure>,
    pub(super) set_aside: Vec<Figure>,
    /// The sentences of linked figures, each once.
    pub(super) quotes: Vec<String>,
    /// For each figure, which of them holds it.
    pub(super) quoted: Vec<Option<usize>>,
}

impl Record {
    /// The bytes of a report's record.
    pub(super) fn pack(report: &Report, quotes: &[String], quoted: &[Option<usize>]) -> Vec<u8> {
        let mut out = Packer::default();
        span(&mut out, report.body, 0);
        out.size(report.sections.len());
        report.sections.iter().for_each(|one| section(&mut out, one));
        out.size(quotes.len());
        quotes.iter().for_each(|quote| out.text(quote));
        out.size(report.figures.len());
        let mut before = 0;
        for (one, quote) in report.figures.iter().zip(quoted) {
            figure(&mut out, one, before);
            out.optional(quote.map(|quote| quote as u64));
            before = one.span.start;
        }
        out.optional_text((!report.set_aside.is_empty()).then(|| json(&report.set_aside)).as_deref());
        squeeze(&out.bytes())
    }

    /// What [`Record::pack`] packed.
    pub(super) fn unpack(bytes: &[u8]) -> rusqlite::Result<Self> {
        Record::read(bytes, true)
    }

    /// The same without sentences and without what was set aside.
    pub(super) fn unpack_outline(bytes: &[u8]) -> rusqlite::Result<Self> {
        Record::read(bytes, false)
    }

    fn read(bytes: &[u8], whole: bool) -> rusqlite::Result<Self> {
        let bytes = expand(bytes)?;
        let mut from = Unpacker::new(&bytes);
        let mut record = Record { body: span_of(&mut from, 0)?, ..Record::default() };
        for _ in 0..from.number()? {
            record.sections.push(section_of(&mut from, record.sections.len())?);
        }
        for _ in 0..from.number()? {
            let quote = from.text()?;
            record.quotes.extend(whole.then(|| quote.to_owned()));
        }
        let mut before = 0;
        for _ in 0..from.number()? {
            let one = figure_of(&mut from, before)?;
            before = one.span.start;
            record.figures.push(one);
            record.quoted.push(from.optional()?);
        }
        if let Some(aside) = from.optional_text()?.filter(|_| whole) {
            record.set_aside = of_json(aside)?;
        }
        Ok(record)
    }

    /// A figure with its sentence; the sentence is empty where the figure is not linked.
    pub(super) fn figure(&self, n: u32) -> Option<(&Figure, &str)> {
        let quote = self.quoted.get(n as usize).copied().flatten().and_then(|at| self.quotes.get(at));
        Some((self.figures.get(n as usize)?, quote.map_or("", String::as_str)))
    }
}

/// A span behind another offset, since neighbours are near each other.
fn span(out: &mut Packer, span: Span, before: usize) {
    out.signed(span.start as i64 - before as i64);
    out.size(span.end - span.start);
}

fn span_of(from: &mut Unpacker<'_>, before: usize) -> Result<Span, Torn> {
    let start = before.checked_add_signed(from.signed()?.try_into().map_err(|_| Torn)?).ok_or(Torn)?;
    let end = start.checked_add(from.small()?).ok_or(Torn)?;
    Ok(Span { start, end })
}

fn section(out: &mut Packer, section: &Section) {
    let Section { id: _, parent, level, marker, title, span: at } = section;
    out.optional(parent.map(|parent| parent as u64));
    out.byte(*level);
    out.optional_text(marker.as_deref());
    out.text(title);
    span(out, *at, 0);
}

fn section_of(from: &mut Unpacker<'_>, id: usize) -> Result<Section, Torn> {
    Ok(Section {
        id,
        parent: from.optional()?,
        level: from.byte()?,
        marker: from.optional_text()?.map(str::to_owned),
        title: from.text()?.to_owned(),
        span: span_of(from, 0)?,
    })
}

/// One figure behind an offset.
pub(super) fn figure(out: &mut Packer, figure: &Figure, before: usize) {
    let Figure { span: at, raw, quantity, nature, period, scope, label, link, section, corrected } = figure;
    span(out, *at, before);
    out.byte(quantity.bound.code() as u8 | (nature.code() as u8) << 4);
    out.decimal(quantity.value.0);
    out.byte(u8::from(quantity.value_high.is_some()));
    if let Some(high) = quantity.value_high {
        out.decimal(high.0);
    }
    pack_period(out, *period);
    out.optional(section.map(|section| section as u64));
    out.single(link.confidence);
    out.optional_text(quantity.unit.as_deref());
    out.text(raw);
    out.text(label);
    out.optional_text(scope.as_deref());
    out.optional_text(link.indicator.as_deref());
    out.text(&link.why);
    out.optional_text(corrected.as_ref().map(json).as_deref());
}

/// Records of plain fields are always JSON.
fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What [`figure`] packed.
pub(super) fn figure_of(from: &mut Unpacker<'_>, before: usize) -> rusqlite::Result<Figure> {
    let span = span_of(from, before)?;
    let codes = from.byte()?;
    let (bound, nature) = (i64::from(codes & 0xf), i64::from(codes >> 4));
    let value = Number(from.decimal()?);
    let value_high = if from.byte()? == 0 { None } else { Some(Number(from.decimal()?)) };
    let period = period_of(from)?;
    let section = from.optional()?;
    let confidence = from.single()?;
    let unit = from.optional_text()?.map(str::to_owned);
    let (raw, label) = (from.text()?.to_owned(), from.text()?.to_owned());
    let scope = from.optional_text()?.map(str::to_owned);
    let indicator = from.optional_text()?.map(str::to_owned);
    Ok(Figure {
        span,
        raw,
        quantity: Quantity { value, value_high, unit, bound: Code::of_code(bound).ok_or(Torn)? },
        nature: Code::of_code(nature).ok_or(Torn)?,
        period,
        scope,
        label,
        link: Link { indicator, confidence, why: from.text()?.to_owned() },
        section,
        corrected: from.optional_text()?.map(of_json).transpose()?,
    })
}

/// How a period ends, in the first number; 0 where there is no period.
const SAME: u64 = 1;
const OPEN: u64 = 2;
const AT: u64 = 3;

fn pack_period(out: &mut Packer, period: Option<Period>) {
    let Some(Period { start, end }) = period else { return out.number(0) };
    let to = match end {
        End::Same => None,
        End::Open => None,
        End::At(to) => Some(to),
    };
    out.number(match end {
        End::Same => SAME,
        End::Open => OPEN,
        End::At(_) => AT,
    });
    for moment in [Some(start), to].into_iter().flatten() {
        out.number(moment.year.into());
        out.byte(moment.month.unwrap_or(0));
    }
}

fn period_of(from: &mut Unpacker<'_>) -> Result<Option<Period>, Torn> {
    let end = from.number()?;
    if end == 0 {
        return Ok(None);
    }
    let mut moment = || -> Result<Moment, Torn> {
        let year = from.small()?;
        Ok(Moment { year, month: Some(from.byte()?).filter(|month| *month != 0) })
    };
    let start = moment()?;
    let end = match end {
        SAME => End::Same,
        OPEN => End::Open,
        AT => End::At(moment()?),
        _ => return Err(Torn),
    };
    Ok(Some(Period { start, end }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::extract;
    use crate::core::rules::Rules;

    const TEXT: &str = "某县司法局2023年法治政府建设年度报告\n\n一、主要举措\n（一）行政复议。收到行政复议申请120余件，\
        审结98.5%，同比增长12.30%，自2020年以来培训3至5名。\n二、下一步\n2024年底前，再建设5个中心，出庭应诉率达100%。\n";

    #[test]
    fn a_record_comes_back_as_it_was() {
        let mut report = extract("a.txt", TEXT, &Rules::builtin().unwrap());
        assert!(report.figures.len() > 4 && report.sections.len() > 2);
        report.set_aside.push(report.figures[1].clone());
        let (quotes, quoted) = (vec!["一句".to_owned()], vec![Some(0); report.figures.len()]);
        let bytes = Record::pack(&report, &quotes, &quoted);
        let record = Record::unpack(&bytes).unwrap();
        let Report { body, sections, figures, set_aside, .. } = report;
        assert_eq!(record, Record { body, sections, figures, set_aside, quotes, quoted });
        assert_eq!(record.figure(0).unwrap().1, "一句");
        assert!(Record::unpack(&bytes[..bytes.len() / 2]).is_err());
    }
}
