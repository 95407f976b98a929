//! A folder of reports with its index, for one test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fajian::core::rules::Rules;
use fajian::lang::Lang;
use fajian::store::index::{IndexCorpus, IndexError, Job, Opened, Summary, Whereabouts, update};
use fajian::store::{MemoryCorpus, Options, load};

use crate::formats::word;

/// A folder with its index, emptied first.
pub struct Place {
    pub paths: Vec<PathBuf>,
    pub rules: Arc<Rules>,
    pub options: Options,
}

impl Place {
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("index").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let options = Options { lang: Lang::Zh, ..Options::default() };
        Place { paths: vec![path], rules: Arc::new(Rules::builtin().unwrap()), options }
    }

    /// The sample reports, and some files that give no report or a strange one.
    pub fn with_samples(self) -> Self {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_reports");
        for entry in fs::read_dir(samples).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), self.path(entry.file_name())).unwrap();
        }
        self.put("没有数字.txt", "某市司法局关于法治政府建设情况的报告\n坚持依法行政。\n");
        self.put(
            "broken.txt",
            [&"兰州市司法局受理行政复议案件470件。\n".repeat(9).into_bytes()[..], b"\xe5"].concat(),
        );
        self.put(
            "blanked.txt",
            "某市司法局2023年法治政府建设情况报告\n（略）召开会议3次，（略），（略），（略）。\n",
        );
        let member = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_owned());
        let members = [
            member("甲/a.txt", "某市司法局2022年法治政府建设情况报告\n受理行政复议案件47件。\n"),
            member("甲/b.txt", "某市司法局2021年法治政府建设情况报告\n受理行政复议案件74件。\n"),
            member("甲/c.txt", ""),
        ];
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
        self.put("all.zip", word::packed(&members));
        self.put("empty.txt", "");
        self.put("binary.txt", b"\x7fELF\x02\x01\0\0\0\0\0\0");
        self.put("picture.png", "");
        self
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.paths[0].join(name)
    }

    pub fn put(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn file(&self) -> PathBuf {
        self.path(".fajian/index.sqlite")
    }

    pub fn job(&self) -> Job<'_> {
        Job { paths: &self.paths, rules: &self.rules, options: &self.options, rebuild: false }
    }

    pub fn index(&self) -> Summary {
        let file = Whereabouts::default().prepare(&self.paths).unwrap();
        assert_eq!(file, self.file());
        update(&file, &self.job(), &mut |_| {}).unwrap_or_else(|error| panic!("{}", error.say(Lang::En)))
    }

    pub fn try_open(&self) -> Result<Opened, IndexError> {
        IndexCorpus::open(self.file(), &self.paths, &self.rules, &self.options)
    }

    pub fn open(&self) -> IndexCorpus {
        match self.try_open() {
            Ok(Opened::Ready(corpus)) => *corpus,
            other => panic!("{other:?}"),
        }
    }

    pub fn memory(&self) -> MemoryCorpus {
        load(&self.paths, &self.rules, &self.options)
    }
}
