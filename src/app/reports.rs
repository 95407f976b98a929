//! The reports at hand, and what brings them up to date.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::store::{Corpus, Document};

/// The reports, once they have come, and who is told when they are no longer what they were.
pub(super) struct Reports {
    corpus: Option<Arc<dyn Corpus>>,
    outdated: Sender<()>,
}

impl Reports {
    pub(super) fn new(outdated: Sender<()>) -> Self {
        Reports { corpus: None, outdated }
    }

    /// Takes the reports as they are now. True where they are the first.
    pub(super) fn take(&mut self, corpus: Arc<dyn Corpus>) -> bool {
        self.corpus.replace(corpus).is_none()
    }

    /// The reports with what was decided about some of them; none where that has to be written behind the screen first,
    /// after which they come as news.
    pub(super) fn with(&mut self, documents: &[Arc<Document>]) -> Option<Arc<dyn Corpus>> {
        let newer = self.corpus.as_ref()?.renewed(documents);
        match &newer {
            Some(corpus) => self.corpus = Some(corpus.clone()),
            // Nobody follows where nothing may be written.
            None => drop(self.outdated.send(())),
        }
        newer
    }
}
