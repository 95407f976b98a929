//! The index against the same corpus in memory, and against everything that may befall a file.

mod generate;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fajian::core::rules::Rules;
use fajian::lang::Lang;
use fajian::store::index::{IndexCorpus, IndexError, Job, Opened, Summary, Whereabouts, update};
use fajian::store::{
    Comparison, ComparisonOrder, ComparisonQuery, Corpus, MemoryCorpus, Options, ReportId, ReportOrder,
    ReportQuery, ReportRow, load,
};

const ORDERS: [ReportOrder; 6] = [
    ReportOrder::Place,
    ReportOrder::Level,
    ReportOrder::Year,
    ReportOrder::Title,
    ReportOrder::Figures,
    ReportOrder::Linked,
];

/// A folder with its index, emptied first.
struct Place {
    paths: Vec<PathBuf>,
    rules: Arc<Rules>,
    options: Options,
}

impl Place {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("index").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let options = Options { lang: Lang::Zh, ..Options::default() };
        Place { paths: vec![path], rules: Arc::new(Rules::builtin().unwrap()), options }
    }

    /// The sample reports, and some files that give no report or a strange one.
    fn with_samples(self) -> Self {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
        for entry in fs::read_dir(samples).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), self.path(entry.file_name())).unwrap();
        }
        self.put("没有数字.txt", "某市司法局关于法治政府建设情况的报告\n坚持依法行政。\n");
        self.put(
            "broken.txt",
            [&"兰州市司法局受理行政复议案件470件。\n".repeat(9).into_bytes()[..], b"\xe5"].concat(),
        );
        self.put("empty.txt", "");
        self.put("binary.txt", b"\x7fELF\x02\x01\0\0\0\0\0\0");
        self.put("picture.png", "");
        self
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.paths[0].join(name)
    }

    fn put(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn file(&self) -> PathBuf {
        self.path(".fajian/index.sqlite")
    }

    fn job(&self) -> Job<'_> {
        Job { paths: &self.paths, rules: &self.rules, options: &self.options, rebuild: false }
    }

    fn index(&self) -> Summary {
        let file = Whereabouts::default().prepare(&self.paths).unwrap();
        assert_eq!(file, self.file());
        update(&file, &self.job(), &mut |_| {}).unwrap_or_else(|error| panic!("{}", error.say(Lang::En)))
    }

    fn try_open(&self) -> Result<Opened, IndexError> {
        IndexCorpus::open(self.file(), &self.paths, &self.rules, &self.options)
    }

    fn open(&self) -> IndexCorpus {
        match self.try_open() {
            Ok(Opened::Ready(corpus)) => *corpus,
            other => panic!("{other:?}"),
        }
    }

    fn memory(&self) -> MemoryCorpus {
        load(&self.paths, &self.rules, &self.options)
    }
}

/// Ids of a corpus, by path: two corpora number their reports each in its own way.
fn ids(corpus: &dyn Corpus) -> HashMap<String, ReportId> {
    all(corpus).into_iter().map(|row| (row.path, row.id)).collect()
}

fn all(corpus: &dyn Corpus) -> Vec<ReportRow> {
    corpus.reports(&ReportQuery { limit: usize::MAX, ..ReportQuery::default() }).rows
}

fn alike(memory: &dyn Corpus, index: &dyn Corpus) {
    let (ours, theirs) = (ids(memory), ids(index));
    for order in ORDERS {
        for descending in [false, true] {
            for filter in ["", "兰州", "2023 !司法局", "甘肃　２０２２", "县", "TXT", "!", "%_", "没有这样的"]
            {
                for (offset, limit) in [(0, usize::MAX), (3, 4), (1_000, 5), (0, 0)] {
                    let query = ReportQuery { filter: filter.to_owned(), order, descending, offset, limit };
                    let (mut want, got) = (memory.reports(&query), index.reports(&query));
                    want.rows.iter_mut().for_each(|row| row.id = theirs[&row.path]);
                    assert_eq!(want, got, "{query:?}");
                    for row in &got.rows {
                        assert_eq!(memory.place_of(&query, ours[&row.path]), index.place_of(&query, row.id));
                    }
                }
            }
        }
    }
    for (path, id) in &ours {
        let (want, got) = (memory.open(*id).unwrap(), index.open(theirs[path]).unwrap());
        assert_eq!(want.report, got.report, "{path}");
        assert_eq!(want.text.source(), got.text.source());
        assert_eq!(index.record(theirs[path]), Some(want.report.clone()));
    }
    assert_eq!(memory.indicators(), index.indicators());
    let sorted = |mut list: Vec<(String, String)>| {
        list.sort();
        list
    };
    assert_eq!(sorted(memory.unreadable()), sorted(index.unreadable()));
    for entry in memory.catalogue().indicators() {
        for order in [ComparisonOrder::Value, ComparisonOrder::Place, ComparisonOrder::Year] {
            for (filter, descending) in [("", false), ("", true), ("2023", false), ("!市", true)] {
                let (indicator, filter) = (entry.id.clone(), filter.to_owned());
                let query = ComparisonQuery { indicator, filter, order, descending };
                assert_eq!(renumbered(memory.compare(&query), &theirs), index.compare(&query), "{query:?}");
            }
        }
    }
}

fn renumbered(mut comparison: Comparison, ids: &HashMap<String, ReportId>) -> Comparison {
    comparison.rows.iter_mut().chain(&mut comparison.apart).for_each(|row| row.id.report = ids[&row.path]);
    comparison
}

#[test]
fn the_index_answers_as_memory_does() {
    let place = Place::new("alike").with_samples();
    let summary = place.index();
    assert_eq!(summary.progress.files, summary.progress.of);
    assert_eq!(summary.refused.iter().filter(|(_, reason)| !reason.is_skip()).count(), 2);
    assert_eq!(summary.problems, 2);
    let index = place.open();
    assert!(index.behind().is_fresh());
    alike(&place.memory(), &index);
    assert_eq!(index.fault(), None);
}

#[test]
fn what_was_generated_comes_out_again() {
    let place = Place::new("truth");
    generate::write(&place.paths[0], 7, 60, 8_000).unwrap();
    place.index();
    let index = place.open();
    alike(&place.memory(), &index);
    let by_path = ids(&index);
    let (mut stated, mut found) = (0, 0);
    for n in 0..60 {
        let made = generate::report(7, n, 8_000);
        let report = index.record(by_path[&made.path]).unwrap();
        let about = &report.about;
        assert_eq!(about.year, Some(made.year), "{}", made.path);
        for truth in &made.truth {
            stated += 1;
            found += usize::from(report.figures.iter().any(|figure| {
                figure.link.indicator.as_deref() == Some(truth.indicator)
                    && figure.quantity.value.to_string() == truth.value.to_string()
            }));
        }
    }
    assert!(found * 100 >= stated * 95, "{found} of {stated}");
}
