//! A plain look-up over names, for a corpus that brings no better one.

use std::sync::Arc;

use crate::core::text::fold;
use crate::store::{Corpus, ReportQuery};
use crate::ui::hit::{Hit, HitKind, Lookup, Target};

/// Finds what contains the query: indicators by name and alias, reports by place, year and title.
pub struct Plain {
    corpus: Arc<dyn Corpus>,
}

impl Plain {
    /// A look-up over a corpus.
    pub fn new(corpus: Arc<dyn Corpus>) -> Self {
        Plain { corpus }
    }
}

impl Lookup for Plain {
    fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let wanted = folded(query);
        let mut hits = Vec::new();
        for row in self.corpus.indicators() {
            let Some(indicator) = self.corpus.catalogue().get(&row.indicator) else { continue };
            let names = [&indicator.names.zh, &indicator.names.en, &indicator.id];
            let known = names.into_iter().chain(&indicator.pattern.aliases);
            let Some(name) = known.into_iter().find(|name| folded(name).contains(&wanted)) else { continue };
            hits.push((
                usize::from(row.figures == 0),
                Hit {
                    kind: HitKind::Indicator,
                    title: indicator.names.zh.clone(),
                    detail: format!("{}  {}", indicator.names.en, row.figures),
                    marks: marks(&indicator.names.zh, &wanted),
                    why: name.clone(),
                    target: Target::Indicator(indicator.id.clone()),
                },
            ));
        }
        let query = ReportQuery { filter: query.trim().to_owned(), limit, ..ReportQuery::default() };
        for row in self.corpus.reports(&query).rows {
            let place = row.about.jurisdiction.as_ref().map_or("", |place| place.name.as_str());
            let year = row.about.year.map_or_else(String::new, |year| year.to_string());
            let title = format!("{place} {year}");
            hits.push((
                1,
                Hit {
                    kind: HitKind::Report,
                    marks: marks(&title, &wanted),
                    title,
                    detail: row.about.title.clone().unwrap_or_default(),
                    why: row.path.clone(),
                    target: Target::Report(row.id),
                },
            ));
        }
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, hit)| hit).take(limit).collect()
    }
}

fn folded(text: &str) -> String {
    text.trim().chars().map(fold).flat_map(char::to_lowercase).collect()
}

fn marks(title: &str, wanted: &str) -> Vec<usize> {
    let title: Vec<char> = title.chars().map(fold).flat_map(|c| c.to_lowercase().next()).collect();
    let wanted: Vec<char> = wanted.chars().collect();
    if wanted.is_empty() || wanted.len() > title.len() {
        return Vec::new();
    }
    let start = title.windows(wanted.len()).position(|window| window == wanted);
    start.map_or_else(Vec::new, |start| (start..start + wanted.len()).collect())
}
