//! `fajian tour`: two minutes over the samples, which are built in, so that it plays wherever fajian is installed.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::{Session, clock};
use crate::app::config::Config;
use crate::app::review::Reviewing;
use crate::app::{self, News, memory::Memory, play::Pace, play::Script};
use crate::core;
use crate::core::text::Text;
use crate::error::Error;
use crate::rights::Rights;
use crate::store::review::Setup;
use crate::store::{Document, MemoryCorpus};
use crate::ui::keymap::Keymap;

/// What is played, with its captions.
pub const SCRIPT: &str = include_str!("script.txt");

macro_rules! samples {
    ($($name:literal)*) => {
        /// The reports that the tour goes through: name and text.
        const SAMPLES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../sample_reports/", $name))),)*];
    };
}

samples! {
    "fangcheng-2024.txt" "gansu-2021.txt" "gansu-2023.txt" "haibei-2024.txt"
    "haiyuan-2024.txt" "jiangsu-2022.txt" "lanzhou-2020.txt" "lanzhou-2023.txt" "lvliang-2022.txt"
    "wuhan-2023.txt" "wuhan-2024.txt" "xiangtan-2023.txt" "yongjia-2022.txt" "yuecheng-2022.txt"
    "zezhou-2023.txt" "zhongshan-2020.txt" "zhongshan-2021.txt"
}

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let script = Script::parse(SCRIPT).map_err(|bad| Error::Failed(bad.to_string()))?;
    let rules = session.rules.clone();
    let catalogue = Arc::new(rules.catalogue.clone());
    let options = session.options;
    let setup = Setup { paths: Vec::new(), rules: rules.clone(), options, index: None };
    let options = app::Options {
        lang: session.lang(),
        // A tour decides nothing and writes nothing.
        rights: Rights::ReadOnly,
        reviewing: Reviewing { setup, who: None, now: clock::now, catalogue: None },
        // The keys of the tour are the built-in ones, and it leaves nothing behind.
        config: Config { keymap: Keymap::builtin(), ..session.config.clone() },
        memory: Memory::default(),
        playing: Some((script, Pace::Tour)),
        record: None,
    };
    let samples =
        move |tell: &(dyn Fn(News) + Sync), _: Receiver<()>| tell(News::Corpus(Arc::new(corpus(&rules))));
    app::run(catalogue, options, samples).map_err(Error::Explorer)
}

/// The samples, read and extracted.
pub fn corpus(rules: &Arc<core::rules::Rules>) -> MemoryCorpus {
    let document = |(name, text): &(&str, &str)| Document {
        report: core::extract(name, text, rules),
        text: Text::new(text),
    };
    MemoryCorpus::new(rules.clone(), SAMPLES.iter().map(document).collect())
}
