//! The look-up.

use std::sync::Arc;

use super::field::Field;
use super::list::List;
use crate::search::{Answer, Hit};

/// Most hits that are shown.
pub const LIMIT: usize = 200;

/// State of the look-up.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// What is typed.
    pub field: Field,
    /// The hits at hand and the query that they answer.
    pub found: Option<(String, Arc<Answer>)>,
    /// The last query that is not answered yet.
    pub asked: Option<String>,
    /// Cursor and scroll.
    pub list: List,
}

impl Finder {
    /// The answer at hand.
    pub fn answer(&self) -> Option<&Answer> {
        self.found.as_ref().map(|(_, answer)| answer.as_ref())
    }

    /// The hits at hand.
    pub fn hits(&self) -> &[Hit] {
        self.answer().map_or(&[], |answer| &answer.hits)
    }

    /// The selected hit.
    pub fn selected(&self) -> Option<&Hit> {
        self.hits().get(self.list.at)
    }

    /// The query whose hits should be shown, if they are not.
    pub fn missing(&self) -> Option<String> {
        let wanted = self.field.text().trim();
        let have = self.found.as_ref().map(|(query, _)| query.as_str());
        (have != Some(wanted)).then(|| wanted.to_owned())
    }
}
