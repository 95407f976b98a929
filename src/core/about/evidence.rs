//! Which place the text speaks of: one pass that counts names and relative names.

use std::collections::HashMap;

use crate::core::line::{self, is_han};
use crate::core::place::Mention;
use crate::core::report::Level;
use crate::core::rules::Rules;
use crate::core::span::Span;

/// Weights of the kinds of evidence, after `spec/jurisdictions.md`: title and source over the names of own
/// regulations, over "X市共…" in the body, over the name of the site.
pub mod weight {
    /// First place of the title.
    pub const TITLE: i32 = 60;
    /// Value of 发布机构.
    pub const ISSUER: i32 = 40;
    /// Value of 来源.
    pub const SOURCE: i32 = 20;
    /// 《某市…条例》, for each, up to three.
    pub const REGULATION: i32 = 12;
    /// 某市司法局, 某市共, 法治某某, for each, up to four.
    pub const ACTS: i32 = 6;
    /// A name in the first lines of the body.
    pub const OPENING: i32 = 6;
    /// The subject of a clause in the first lines.
    pub const SUBJECT: i32 = 10;
    /// Any other mention, up to four.
    pub const MENTION: i32 = 2;
    /// Name of the site.
    pub const SITE: i32 = 6;
    /// The relative names (全市, 我县) say the same level, or another one.
    pub const LEVEL: i32 = 8;
    /// The place above is named as well.
    pub const PARENT: i32 = 4;
    /// 我市, 省司法厅 in the title, against one for each 市委 of the body.
    pub const RELATIVE_TITLE: i32 = 20;
    /// Less than this is a guess.
    pub const LEAST: i32 = 14;
}

/// What speaks for one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// In title, issuer or source.
    pub named: i32,
    /// Own regulations.
    pub regulations: i32,
    /// Acts as a subject.
    pub acts: i32,
    /// Mentions of any kind.
    pub mentions: i32,
    /// In the first lines, or as the site's name.
    pub other: i32,
    /// The heaviest kind, in words.
    pub origin: &'static str,
}

impl Tally {
    /// The sum, with the caps of each kind.
    pub fn score(&self) -> i32 {
        self.named
            + weight::REGULATION * self.regulations.min(3)
            + weight::ACTS * self.acts.min(4)
            + weight::MENTION * self.mentions.min(4)
            + self.other
    }
}

/// How often each level is named relatively: 全市, 我县, 区委.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Relative {
    /// 省, 自治区.
    pub province: i32,
    /// 市, 州, 盟.
    pub city: i32,
    /// 县, 旗.
    pub county: i32,
    /// 区.
    pub district: i32,
    /// 乡, 镇, 街道.
    pub township: i32,
}

impl Relative {
    fn count(&mut self, unit: char, times: i32) {
        match unit {
            '省' => self.province += times,
            '市' | '州' | '盟' => self.city += times,
            '县' | '旗' => self.county += times,
            '区' => self.district += times,
            '乡' | '镇' | '街' => self.township += times,
            _ => {}
        }
    }

    /// True where the relative names say this level more than any other, false where they never say it but say others;
    /// none where they leave it open (a county also writes 居全市前列).
    pub fn agrees(&self, level: Level, name: &str) -> Option<bool> {
        let most = self.province.max(self.city).max(self.county).max(self.district).max(self.township);
        if most == 0 {
            return None;
        }
        let last = name.chars().last()?;
        let own = match level {
            // 北京 is 我市, 内蒙古 is 我区.
            Level::Province if last == '市' => self.city,
            Level::Province if last == '区' => self.province.max(self.district),
            Level::Province => self.province,
            Level::Prefecture => self.city,
            Level::Township => self.township,
            _ if last == '市' => self.city,
            _ if last == '区' => self.district,
            _ => self.county,
        };
        match own {
            0 => Some(false),
            own => (own == most).then_some(true),
        }
    }
}

/// All that the text says of places.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// By index into [`Places::all`](crate::core::place::Places::all).
    pub places: HashMap<usize, Tally>,
    /// Relative names.
    pub relative: Relative,
}

/// The first lines of a body say whose report it is.
const OPENING: usize = 120;
/// Short forms of provinces are looked for in so many characters.
const PROVINCES: usize = 1500;

impl Evidence {
    /// Adds to the tally of every place that a mention may be.
    pub fn add(&mut self, places: &[usize], origin: &'static str, change: impl Fn(&mut Tally)) {
        for &place in places {
            let tally = self.places.entry(place).or_default();
            let before = tally.score();
            change(tally);
            if tally.origin.is_empty() || tally.score() - before >= weight::REGULATION && tally.named == 0 {
                tally.origin = origin;
            }
        }
    }

    /// Reads the relative names of the title: 我市, 全县, 省司法厅.
    pub fn read_title(&mut self, title: &[char], rules: &Rules) {
        for (i, &unit) in title.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| title[i]);
            let organ =
                before.is_none_or(|c| !is_han(c) || c == '年') && rules.organs.at(&title[i + 1..]).is_some();
            match before {
                _ if organ => self.relative.count(unit, weight::RELATIVE_TITLE),
                Some('我') => self.relative.count(unit, weight::RELATIVE_TITLE),
                _ => {}
            }
        }
    }

    /// Reads the body.
    pub fn read_body(&mut self, folded: &[char], body: Span, rules: &Rules) {
        let reader = Reader { folded, body, rules };
        let mut last: Option<Mention> = None;
        for (at, &c) in (body.start..).zip(&folded[body.start..body.end]) {
            // Most characters begin or end no name: one look-up tells.
            if !rules.places.is_anchor(c) {
                continue;
            }
            match c {
                '省' | '市' | '县' | '区' | '州' | '旗' | '盟' | '镇' | '乡' | '街' => {
                    self.relative_name(&reader, at);
                    last = self.full_name(&reader, at, last);
                }
                '治' | '安' => self.motto(&reader, at),
                _ => {}
            }
            if at < body.start + PROVINCES {
                self.short_province(&reader, at);
            }
        }
    }

    /// 全市, 我县, 市委, 县政府.
    fn relative_name(&mut self, reader: &Reader<'_>, at: usize) {
        let unit = reader.folded[at];
        if at == reader.body.start {
            return;
        }
        match reader.folded[at - 1] {
            '我' => self.relative.count(unit, 6),
            '全' => self.relative.count(unit, 2),
            c if !is_han(c) || c == '在' => {
                let organ = matches!(reader.behind(at + 1).first(), Some('委' | '政'));
                self.relative.count(unit, i32::from(organ));
            }
            _ => {}
        }
    }

    fn full_name(&mut self, reader: &Reader<'_>, at: usize, last: Option<Mention>) -> Option<Mention> {
        let &Reader { folded, body, rules } = reader;
        let Some(mention) = rules.places.ending_at(folded, body.start, at + 1, last.as_ref()) else {
            return last;
        };
        let before = mention.span.start.checked_sub(1).map_or(' ', |i| folded[i]);
        let behind = reader.behind(at + 1);
        if before == '《' {
            self.add(&mention.places, "names of own regulations", |t| t.regulations += 1);
        } else if rules.organs.at(behind).is_some() || matches!(behind.first(), Some('共' | '全')) {
            self.add(&mention.places, "what it does in the body", |t| t.acts += 1);
        } else {
            self.add(&mention.places, "mentions in the body", |t| t.mentions += 1);
        }
        if reader.is_opening(at) {
            // 2023年,某市…; not 在某市….
            let subject = line::closes(before) || matches!(before, ' ' | '\n');
            let weight = weight::OPENING + if subject { weight::SUBJECT } else { 0 };
            self.add(&mention.places, "first lines of the body", |t| t.other += weight);
        }
        Some(mention)
    }

    /// 法治某某, 平安某某.
    fn motto(&mut self, reader: &Reader<'_>, at: usize) {
        let from = at.saturating_sub(1).max(reader.body.start);
        let places = &reader.rules.places;
        if places.words.mottos.at(&reader.folded[from..=at]) != Some(2) {
            return;
        }
        if let Some((_, found)) = places.short_at(reader.behind(at + 1)) {
            self.add(found, "its motto in the body", |t| t.acts += 1);
        }
    }

    /// 江苏 in 江苏全省, 江苏司法行政系统.
    fn short_province(&mut self, reader: &Reader<'_>, at: usize) {
        let places = &reader.rules.places;
        let Some((len, province)) = places.province_at(reader.behind(at)) else { return };
        let behind = reader.behind(at + len).first().copied();
        let in_full = places.get(province).name.chars().nth(len) == behind;
        if in_full {
            return;
        }
        if behind == Some('全') {
            self.add(&[province], "its relative name in the body", |t| t.acts += 1);
        } else {
            self.add(&[province], "mentions in the body", |t| t.mentions += 1);
        }
        if reader.is_opening(at) {
            self.add(&[province], "first lines of the body", |t| t.other += weight::OPENING / 2);
        }
    }
}

/// The text that is read and what it is read with.
struct Reader<'a> {
    folded: &'a [char],
    body: Span,
    rules: &'a Rules,
}

impl<'a> Reader<'a> {
    /// The body from `at` on.
    fn behind(&self, at: usize) -> &'a [char] {
        &self.folded[at.min(self.body.end)..self.body.end]
    }

    fn is_opening(&self, at: usize) -> bool {
        at < self.body.start + OPENING
    }
}
