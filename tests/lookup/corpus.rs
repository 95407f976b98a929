//! A small corpus made by rule: places and years are real, the values are counters and claim nothing.

use std::sync::Arc;

use fajian::core::catalogue::Catalogue;
use fajian::core::decimal::Number;
use fajian::core::figure::{Bound, Figure, Link, Nature, Quantity};
use fajian::core::period::Period;
use fajian::core::report::{About, Jurisdiction, Kind, Level, Report, Section};
use fajian::core::span::Span;
use fajian::core::text::Text;
use fajian::store::*;

const FULL: [(&str, &str, Level); 5] = [
    ("620000", "甘肃省", Level::Province),
    ("620100", "兰州市", Level::Prefecture),
    ("140525", "泽州县", Level::County),
    ("430300", "湘潭市", Level::Prefecture),
    ("141100", "吕梁市", Level::Prefecture),
];
const PARTLY: [(&str, &str, Level); 13] = [
    ("610000", "陕西省", Level::Province),
    ("500000", "重庆市", Level::Province),
    ("430100", "长沙市", Level::Prefecture),
    ("341500", "六安市", Level::Prefecture),
    ("330382", "乐清市", Level::County),
    ("331100", "丽水市", Level::Prefecture),
    ("340300", "蚌埠市", Level::Prefecture),
    ("320500", "苏州市", Level::Prefecture),
    ("652300", "昌吉回族自治州", Level::Prefecture),
    ("310000", "上海市", Level::Province),
    ("150000", "内蒙古自治区", Level::Province),
    ("620103", "七里河区", Level::County),
    ("331000", "台州市", Level::Prefecture),
];
const INDICATORS: [&str; 62] = [
    "litigation.attendance_rate",
    "litigation.attendances",
    "litigation.cases",
    "litigation.lost_rate",
    "litigation.lost_cases",
    "reconsideration.applications",
    "reconsideration.accepted",
    "reconsideration.concluded",
    "reconsideration.correction_rate",
    "reconsideration.mediation_rate",
    "mediation.success_rate",
    "mediation.disputes_mediated",
    "mediation.disputes_found",
    "mediation.committees",
    "mediation.mediators",
    "mediation.amount",
    "mediation.sector_committees",
    "petitions.cases",
    "disputes.hotline_cases",
    "legal_services.hotline_12348",
    "legal_aid.cases",
    "legal_aid.recipients",
    "legal_aid.recovered",
    "legal_services.consultations",
    "legal_services.satisfaction",
    "legal_services.notary_cases",
    "legal_services.forensic_cases",
    "legal_services.lawyers",
    "legal_services.law_firms",
    "legal_services.lawyers_per_10k",
    "justice_offices.total",
    "justice_offices.fengqiao",
    "enforcement.penalties",
    "enforcement.fines",
    "enforcement.inspections",
    "enforcement.licences",
    "enforcement.double_random",
    "enforcement.exempted_cases",
    "enforcement.legal_reviews",
    "enforcement.casefiles_reviewed",
    "enforcement.cert_holders",
    "functions.online_rate",
    "functions.power_list_items",
    "functions.commitment_items",
    "functions.fair_competition_reviews",
    "rulemaking.normdocs_issued",
    "rulemaking.normdocs_reviewed",
    "rulemaking.filing_rate",
    "rulemaking.rules_made",
    "decisions.catalogue_items",
    "decisions.major_reviewed",
    "counsel.advisers",
    "counsel.public_lawyers",
    "oversight.info_published",
    "oversight.info_requests",
    "emergencies.drills",
    "leadership.onsite_reports",
    "publicity.events",
    "publicity.vice_principals",
    "law_savvy.people",
    "corrections.current",
    "corrections.reoffence_rate",
];
const SECTIONS: [&str; 6] = [
    "加强党对法治政府建设的领导",
    "优化法治化营商环境",
    "规范行政执法行为",
    "提升行政复议质效",
    "存在的问题和不足",
    "下一步工作打算",
];

/// The corpus.
pub struct Small {
    catalogue: Catalogue,
    documents: Vec<Arc<Document>>,
}

impl Small {
    pub fn new() -> Self {
        let catalogue = Catalogue::builtin().unwrap();
        let mut reports = Vec::new();
        for (i, place) in FULL.iter().enumerate() {
            reports.extend((2021..=2024).map(|year| report(&catalogue, place, year, |_| true, i)));
        }
        for (i, place) in PARTLY.iter().enumerate() {
            reports.push(report(&catalogue, place, 2023, |n| (n + i) % 3 == 0, i));
        }
        let documents = reports.into_iter().map(|report| Arc::new(Document { report, text: Text::new("") }));
        Small { catalogue, documents: documents.collect() }
    }

    pub fn report(&self, id: ReportId) -> &Report {
        &self.documents[id.0 as usize].report
    }
}

fn report(
    catalogue: &Catalogue,
    place: &(&str, &str, Level),
    year: u16,
    keep: impl Fn(usize) -> bool,
    seed: usize,
) -> Report {
    let (code, name, level) = *place;
    let entries = INDICATORS.iter().enumerate().filter(|(n, _)| keep(*n));
    let mut figures: Vec<Figure> = entries
        .map(|(n, id)| {
            let entry = catalogue.get(id).unwrap();
            figure(&entry.pattern.aliases[0], &entry.pattern.unit[0], Some(id), year, n + seed)
        })
        .collect();
    if (code, year) == ("620100", 2023) {
        figures.push(figure("新建口袋公园", "个", None, year, 7));
    }
    figures.push(figure("开展下基层调研督导", "次", None, year, seed));
    let section = |(id, title): (usize, &&str)| Section {
        id,
        parent: None,
        level: 1,
        marker: None,
        title: (*title).to_owned(),
        span: Span::default(),
    };
    Report {
        path: format!("{code}_{year}.txt"),
        about: About {
            title: Some(format!("{name}{year}年法治政府建设年度报告")),
            jurisdiction: Some(Jurisdiction { name: name.into(), code: code.into(), level }),
            year: Some(year),
            kind: Kind::AnnualReport,
            ..About::default()
        },
        body: Span::default(),
        sections: SECTIONS.iter().enumerate().map(section).collect(),
        figures,
        set_aside: Vec::new(),
        parts: Vec::new(),
        problems: Vec::new(),
    }
}

fn figure(label: &str, unit: &str, indicator: Option<&str>, year: u16, n: usize) -> Figure {
    Figure {
        span: Span::default(),
        raw: format!("{}{unit}", 10 + n),
        quantity: Quantity {
            value: Number::whole(10 + n as i64),
            value_high: None,
            unit: Some(unit.into()),
            bound: Bound::Eq,
        },
        nature: Nature::Actual,
        period: Some(Period::year(year)),
        scope: None,
        label: label.into(),
        link: Link { indicator: indicator.map(str::to_owned), confidence: 1.0, why: String::new() },
        section: Some(0),
        corrected: None,
    }
}

impl Corpus for Small {
    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn reports(&self, _: &ReportQuery) -> Page<ReportRow> {
        let row = |(i, document): (usize, &Arc<Document>)| ReportRow {
            id: ReportId(i as u32),
            path: document.report.path.clone(),
            about: document.report.about.clone(),
            sections: document.report.sections.len(),
            figures: document.report.figures.len(),
            linked: document.report.figures.len() - 1,
            problems: Vec::new(),
            province: None,
            parts: Vec::new(),
            copies: Vec::new(),
            copy_of: None,
        };
        let rows: Vec<ReportRow> = self.documents.iter().enumerate().map(row).collect();
        Page { matching: rows.len(), total: rows.len(), rows }
    }

    fn open(&self, id: ReportId) -> Option<Arc<Document>> {
        self.documents.get(id.0 as usize).cloned()
    }

    fn compare(&self, _: &ComparisonQuery) -> Comparison {
        unimplemented!("the look-up does not compare")
    }

    fn indicators(&self) -> Vec<IndicatorRow> {
        Vec::new()
    }

    fn findings(&self) -> Vec<FindingRow> {
        Vec::new()
    }

    fn unreadable(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}
