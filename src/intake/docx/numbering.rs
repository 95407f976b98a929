//! The numbers that the program puts in front of paragraphs, from `numbering.xml` and `styles.xml`.

use std::collections::{HashMap, HashSet};

use super::numerals::numeral;
use crate::intake::error::IntakeError;
use crate::intake::format::Format;
use crate::intake::xml::{self, Met};

/// Lists have nine levels.
const LEVELS: usize = 9;
/// Styles build on one another no deeper than this.
const STYLES: usize = 16;

/// How one level of a list is numbered.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `第%1条`: `%1` stands for the number of the first level.
    text: String,
    /// All numbers in Arabic digits.
    plain: bool,
    /// The style whose paragraphs are on this level.
    style: Option<String>,
}

/// A list that paragraphs name: its definition, and what it changes.
#[derive(Debug, Default)]
struct List {
    definition: String,
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, u32>,
}

/// The part of a style that is used.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    name: String,
    parent: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

/// All lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, HashMap<usize, Level>>,
    lists: HashMap<String, List>,
    styles: HashMap<String, Style>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

/// What a paragraph says of its number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    /// Id of its style.
    pub style: Option<String>,
    /// Id of its list; `0` is none in spite of the style.
    pub list: Option<String>,
    /// Level of the list.
    pub level: Option<usize>,
}

impl Numbering {
    /// Reads both parts; either may be missing.
    ///
    /// # Errors
    /// `Damaged` where one is no XML.
    pub fn read(numbering: Option<&[u8]>, styles: Option<&[u8]>) -> Result<Self, IntakeError> {
        let mut read = Numbering::default();
        if let Some(styles) = styles {
            read.styles = self::styles(styles)?;
        }
        if let Some(numbering) = numbering {
            read.lists(numbering)?;
        }
        Ok(read)
    }

    fn lists(&mut self, part: &[u8]) -> Result<(), IntakeError> {
        let mut id = String::new();
        let mut list: Option<List> = None;
        let mut at = 0;
        let mut level: Option<Level> = None;
        xml::walk(part, Format::Docx, |met| match met {
            Met::Start("abstractNum", start) => {
                (id, list) = (xml::attribute(start, "abstractNumId").unwrap_or_default(), None);
            }
            Met::Start("num", start) => {
                id = xml::attribute(start, "numId").unwrap_or_default();
                list = Some(List::default());
            }
            Met::Start("lvl" | "lvlOverride", start) => {
                at = xml::attribute(start, "ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                level = Some(Level { start: 1, ..Level::default() });
            }
            Met::Start(name, start) => {
                let value = || xml::attribute(start, "val").unwrap_or_default();
                match (name, &mut level, &mut list) {
                    ("abstractNumId", _, Some(list)) => list.definition = value(),
                    ("startOverride", _, Some(list)) => {
                        list.starts.insert(at, xml::number(start).unwrap_or(1));
                    }
                    ("start", Some(level), _) => level.start = xml::number(start).unwrap_or(1),
                    ("numFmt", Some(level), _) => level.format = value(),
                    ("lvlText", Some(level), _) => level.text = value(),
                    ("isLgl", Some(level), _) => level.plain = xml::is_on(start),
                    ("pStyle", Some(level), _) => level.style = Some(value()),
                    _ => {}
                }
            }
            Met::End("lvl") if at < LEVELS => {
                if let Some(level) = level.take() {
                    match &mut list {
                        Some(list) => list.levels.insert(at, level),
                        None => self.definitions.entry(id.clone()).or_default().insert(at, level),
                    };
                }
            }
            Met::End("num") => {
                if let Some(list) = list.take() {
                    self.lists.insert(id.clone(), list);
                }
            }
            _ => {}
        })
    }

    /// True for the styles of a table of contents, which says everything twice.
    pub fn is_contents(&self, style: Option<&str>) -> bool {
        style.and_then(|id| self.styles.get(id)).is_some_and(|style| style.name.starts_with("toc "))
    }

    /// Counts a paragraph; the marker that stands in front of it, where it is numbered.
    pub fn next(&mut self, paragraph: &Numbered) -> Option<String> {
        let (id, at) = self.place(paragraph)?;
        let list = self.lists.get(&id)?;
        let counted = self.counted.entry(list.definition.clone()).or_default();
        if self.begun.insert(id.clone()) {
            for (&level, &start) in list.starts.iter().filter(|(level, _)| **level < LEVELS) {
                counted[level] = start.checked_sub(1);
                counted[level + 1..].fill(None);
            }
        }
        let definition = self.definitions.get(&list.definition);
        let level =
            |at: usize| list.levels.get(&at).or_else(|| definition.and_then(|levels| levels.get(&at)));
        let this = level(at)?;
        counted[at] = Some(counted[at].map_or(this.start, |n| n.saturating_add(1)));
        counted[at + 1..].fill(None);
        if matches!(this.format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut marker = String::new();
        let mut text = this.text.chars().peekable();
        while let Some(c) = text.next() {
            let digit = text.peek().filter(|_| c == '%').and_then(|c| c.to_digit(10));
            let Some(shown) = digit.and_then(|n| (n as usize).checked_sub(1)) else {
                marker.push(c);
                continue;
            };
            text.next();
            if let Some(level) = level(shown) {
                let number = counted[shown].unwrap_or(level.start);
                let format = if this.plain { "decimal" } else { level.format.as_str() };
                marker.extend(numeral(number, format));
            }
        }
        let parted = marker.ends_with(|c: char| c.is_ascii() && c != ')');
        (!marker.trim().is_empty()).then(|| if parted { marker + " " } else { marker })
    }

    /// The list and level of a paragraph: its own, or its style's.
    fn place(&self, paragraph: &Numbered) -> Option<(String, usize)> {
        let mut list = paragraph.list.clone();
        let mut level = paragraph.level;
        let mut style = paragraph.style.as_ref();
        for _ in 0..STYLES {
            let Some(found) = style.and_then(|id| self.styles.get(id)) else { break };
            list = list.or_else(|| found.list.clone());
            level = level.or(found.level).or_else(|| self.level_of(list.as_deref(), style));
            style = found.parent.as_ref();
        }
        let list = list.filter(|id| id != "0")?;
        Some((list, level.unwrap_or(0).min(LEVELS - 1)))
    }

    /// The level that is tied to a style.
    fn level_of(&self, list: Option<&str>, style: Option<&String>) -> Option<usize> {
        let levels = self.definitions.get(&self.lists.get(list?)?.definition)?;
        levels.iter().find(|(_, level)| level.style.as_ref() == style).map(|(at, _)| *at)
    }
}

fn styles(part: &[u8]) -> Result<HashMap<String, Style>, IntakeError> {
    let mut styles = HashMap::new();
    let mut id = String::new();
    let mut style = Style::default();
    xml::walk(part, Format::Docx, |met| match met {
        Met::Start("style", start) => {
            id = xml::attribute(start, "styleId").unwrap_or_default();
            style = Style::default();
        }
        Met::Start("name", start) => {
            style.name = xml::attribute(start, "val").unwrap_or_default().to_lowercase();
        }
        Met::Start("basedOn", start) => style.parent = xml::attribute(start, "val"),
        Met::Start("numId", start) => style.list = xml::attribute(start, "val"),
        Met::Start("ilvl", start) => style.level = xml::number(start).map(|level| level as usize),
        Met::End("style") => {
            styles.insert(std::mem::take(&mut id), std::mem::take(&mut style));
        }
        _ => {}
    })?;
    Ok(styles)
}
