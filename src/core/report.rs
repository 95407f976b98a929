//! The record of one report: what `fajian extract` prints and everything later reads.

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::span::Span;

/// Level of a jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 全国: ministries and other organs of the centre.
    Nation,
    /// 省, 自治区, 直辖市.
    Province,
    /// 地级市, 自治州, 盟, 地区.
    Prefecture,
    /// 县, 县级市, 区, 旗.
    County,
    /// 乡, 镇, 街道.
    Township,
}

impl Level {
    /// What people call it, in Chinese and English; filters know these words.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Level::Nation => ("全国", "nation"),
            Level::Province => ("省级", "province"),
            Level::Prefecture => ("地市级", "prefecture"),
            Level::County => ("县级", "county"),
            Level::Township => ("乡级", "township"),
        }
    }
}

/// The place that a report is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Jurisdiction {
    /// Name in full: 泽州县.
    pub name: String,
    /// GB/T 2260 code, or a local id below it (`620100/兰州新区`) for places that have none.
    pub code: String,
    /// Level.
    pub level: Level,
}

/// What sort of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 法治政府建设年度报告, of a government or one of its departments.
    #[default]
    AnnualReport,
    /// 综述 or work summary, by the department or the press.
    WorkSummary,
    /// A news item.
    News,
}

/// What is known about the report itself. What the text does not give is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct About {
    /// The title, without by-line.
    pub title: Option<String>,
    /// The place it is about.
    pub jurisdiction: Option<Jurisdiction>,
    /// The organ that reports.
    pub issuer: Option<String>,
    /// Date of publication, `2024-02-29`.
    pub published: Option<String>,
    /// The year reported on.
    pub year: Option<u16>,
    /// The site or paper it was taken from.
    pub source: Option<String>,
    /// What sort of document it is.
    pub kind: Kind,
    /// Where each field came from, in words: `("year", "title")`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
}

/// Where one field of [`About`] came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Name of the field.
    pub field: String,
    /// The reason in words.
    pub from: String,
}

/// A node of the report's outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Index in the report's list of sections, which is in the order of the text.
    pub id: usize,
    /// Id of the section that holds this one.
    pub parent: Option<usize>,
    /// 1 is outermost in this report.
    pub level: u8,
    /// 一、 or (一) or 1. or 一是, as written; none for an unnumbered heading.
    pub marker: Option<String>,
    /// The heading's text without marker and closing full stop.
    pub title: String,
    /// From the marker (or the title) to the start of the next section that is not inside this one.
    #[serde(flatten)]
    pub span: Span,
}

/// One of the files that a report is spread over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Path as given, or below the folder given.
    pub path: String,
    /// What of the report's text comes out of this file. All offsets of a report lie in the text that its parts make together.
    #[serde(flatten)]
    pub span: Span,
    /// Where that stretch begins in the text of this file alone, in code points.
    pub from: usize,
}

/// One report, wholly extracted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Path as given, or below the folder given.
    pub path: String,
    /// What is known about the report itself.
    #[serde(flatten)]
    pub about: About,
    /// Where the report's own text begins and ends.
    pub body: Span,
    /// The outline, in the order of the text.
    pub sections: Vec<Section>,
    /// The figures, in the order of the text.
    pub figures: Vec<Figure>,
    /// Figures that a person found to be none; empty as extracted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<Figure>,
    /// The files that it is spread over, in order; empty where it is one file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// What could not be read or looks wrong.
    pub problems: Vec<String>,
}
