//! A folder of hand-made reports of places that do not exist, accepted once and changed since.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fajian::app::review::Reviewing;
use fajian::core::catalogue::{BUILTIN, Catalogue};
use fajian::core::rules::Rules;
use fajian::store::Options;
use fajian::store::decisions::Verdict;
use fajian::store::review::{Review, Setup, Signature};

const LINJIANG: &str = "临江市2023年法治政府建设情况的报告\n\n一、依法化解矛盾纠纷\n\
    全年受理行政复议申请470件，审结343件。\n行政机关负责人出庭应诉率达到98%。\n\n二、规范行政执法\n\
    开展执法监督检查12次，制发监督意见书35份。\n组织执法人员培训6期，培训860人次。\n\n三、推进普法\n\
    举办法治讲座48场次，发放宣传资料9000余份。\n";
const BAISHI: &str = "白石县2023年法治政府建设情况的报告\n\n一、依法化解矛盾纠纷\n受理行政复议申请35件，审结31件。\n\
    调解各类矛盾纠纷1206件，调解成功率99.2%。\n\n二、推进普法\n举办法治讲座22场次，发放宣传资料3万份。\n";

/// A folder of its own below the build folder, emptied first.
pub fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("desks").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path.canonicalize().unwrap()
}

/// The built-in catalogue with an entry that no word means.
pub fn catalogue_without_words(id: &str) -> Catalogue {
    let texts: Vec<(&str, String)> =
        BUILTIN.iter().map(|(name, text)| (*name, without_words(text, id))).collect();
    let sources: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Catalogue::read(&sources).unwrap()
}

fn without_words(text: &str, id: &str) -> String {
    let Some(start) = text.find(&format!("id = \"{id}\"")) else { return text.to_owned() };
    let (before, entry) = text.split_at(start);
    let end = entry.find("[[indicator]]").unwrap_or(entry.len());
    let (mut entry, after) = (entry[..end].to_owned(), &entry[end..]);
    for list in ["\naliases = [", "\ncues = ["] {
        let Some(from) = entry.find(list).map(|at| at + list.len()) else { continue };
        let to = from + entry[from..].find(']').unwrap();
        entry.replace_range(from..to, "");
    }
    format!("{before}{entry}{after}")
}

/// What a review of `folder` by `who` goes by.
pub fn reviewing(folder: &Path, rules: Arc<Rules>, who: &str) -> Reviewing {
    let setup = Setup { paths: vec![folder.to_owned()], rules, options: Options::default(), index: None };
    Reviewing { setup, who: Some(who.to_owned()), now: || "2024-03-01T08:30:00Z".to_owned(), catalogue: None }
}

/// Accepts all that is pending, as `who`.
pub fn accept_all(reviewing: &Reviewing, when: &str) {
    let mut review = Review::open(reviewing.setup.clone(), &|_, _| {}).unwrap();
    let who = reviewing.who.clone().unwrap();
    let signature = Signature { who, when: when.to_owned(), why: String::new() };
    let entries = review.docket().entries;
    review.decide(&entries, &Verdict::Accept, &signature).unwrap();
}

/// Three reports that bo accepted a month ago. Since then a catalogue entry got its words, one report was published
/// anew with two other values, one is gone and one has come.
pub fn changed(name: &str) -> Reviewing {
    let folder = folder(name);
    fs::write(folder.join("linjiang-2023.txt"), LINJIANG).unwrap();
    fs::write(folder.join("baishi-2023.txt"), BAISHI).unwrap();
    fs::write(folder.join("songlan-2023.txt"), BAISHI.replace("白石县", "松岚县")).unwrap();
    let older = Rules::with_catalogue(catalogue_without_words("reconsideration.accepted")).unwrap();
    accept_all(&reviewing(&folder, Arc::new(older), "bo"), "2024-02-01T09:00:00Z");
    fs::write(folder.join("linjiang-2023.txt"), LINJIANG.replace("343件", "353件").replace("98%", "98.5%"))
        .unwrap();
    fs::remove_file(folder.join("songlan-2023.txt")).unwrap();
    fs::write(folder.join("songlan-2024.txt"), BAISHI.replace("白石县2023", "松岚县2024")).unwrap();
    reviewing(&folder, Arc::new(Rules::builtin().unwrap()), "anna")
}
