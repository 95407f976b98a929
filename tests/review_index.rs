//! The queue that the index keeps is the queue that reading every report gives, whatever is decided and changed between.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::common::desk;
use fajian::app::review::Reviewing;
use fajian::core::catalogue::{BUILTIN, Catalogue};
use fajian::core::rules::Rules;
use fajian::store::Options;
use fajian::store::decisions::Verdict;
use fajian::store::index::{Job, Whereabouts, update};
use fajian::store::review::{Docket, Entry, Item, Review, Setup, Signature};
use fajian::ui::state::nav::Screen;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");

/// Every sample of plain text twice, so that a group spans more reports than are read at once.
fn many(name: &str) -> PathBuf {
    let folder = desk::folder(name);
    for entry in fs::read_dir(SAMPLES).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        for copy in ["a", "b"] {
            fs::create_dir_all(folder.join(copy)).unwrap();
            let to = folder.join(copy).join(path.file_name().unwrap());
            fs::copy(&path, &to).unwrap();
            // A file as young as the grain of its clock would be read again, whatever the index says.
            let file = fs::File::options().write(true).open(to).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
        }
    }
    folder
}

/// A folder that was accepted when the catalogue was empty, and its index.
struct Desk {
    reviewing: Reviewing,
}

impl Desk {
    fn new(name: &str) -> Self {
        let folder = many(name);
        let areas: Vec<_> = BUILTIN.iter().copied().filter(|(name, _)| *name == "areas").collect();
        let older = Rules::with_catalogue(Catalogue::read(&areas).unwrap()).unwrap();
        desk::accept_all(&desk::reviewing(&folder, Arc::new(older), "bo"), "2024-02-01T09:00:00Z");
        let desk = Desk { reviewing: desk::reviewing(&folder, Arc::new(Rules::builtin().unwrap()), "anna") };
        desk.index();
        desk
    }

    fn folder(&self) -> &Path {
        &self.reviewing.setup.paths[0]
    }

    fn index(&self) {
        let Setup { paths, rules, .. } = &self.reviewing.setup;
        let file = Whereabouts::default().prepare(paths).unwrap();
        let job = Job { paths, rules, options: &Options::default(), rebuild: false };
        update(&file, &job, &mut |_| {}).unwrap();
    }

    fn setup(&self) -> Setup {
        Setup { index: Some(Whereabouts::default()), ..self.reviewing.setup.clone() }
    }

    /// The queue from the index, and from nothing but the files.
    fn kept(&self) -> Review {
        Review::open(self.setup(), &|_, _| {}).unwrap()
    }

    fn read(&self) -> Review {
        Review::open(self.reviewing.setup.clone(), &|_, _| {}).unwrap()
    }
}

fn sign(who: &str) -> Signature {
    Signature { who: who.to_owned(), when: "2024-03-01T08:30:00Z".to_owned(), why: String::new() }
}

fn items(review: &Review) -> Vec<Arc<Item>> {
    review.items(&review.docket().entries)
}

fn names(docket: &Docket) -> Vec<(String, String)> {
    docket.entries.iter().map(|entry| (entry.path.to_string(), entry.id.to_string())).collect()
}

fn same(kept: &Review, read: &Review, when: &str) {
    let (one, other) = (kept.docket(), read.docket());
    assert_eq!(names(&one), names(&other), "{when}");
    for (a, b) in items(kept).iter().zip(items(read)) {
        assert_eq!(**a, *b, "{when}");
    }
    let groups = |docket: &Docket| docket.entries.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!(groups(&one), groups(&other), "{when}");
    assert_eq!(one.unchanged, other.unchanged, "{when}");
}

fn done(review: &mut Review) {
    while let Some(late) = review.work().unwrap() {
        assert!(late.is_empty(), "{late:?}");
    }
}

fn accepted_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let files = walkdir::WalkDir::new(folder.join(".fajian/accepted")).sort_by_file_name();
    let files = files.into_iter().map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
    files.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn first(docket: &Docket, is: impl Fn(&Entry) -> bool) -> &Arc<Entry> {
    docket.entries.iter().find(|entry| is(entry)).unwrap()
}

#[test]
fn the_queue_of_the_index_is_the_queue_of_the_files() {
    let desk = Desk::new("kept");
    let at_once = Review::at_once(&desk.setup()).expect("the index keeps the queue");
    same(&at_once, &desk.read(), "at once");
    assert!(!at_once.docket().whole && names(&at_once.docket()).len() > 24);
    let mut kept = desk.kept();
    same(&kept, &desk.read(), "at first");

    // All at once: more reports than are read again before it is told.
    let all = kept.docket().entries;
    let made = kept.decide(&all, &Verdict::Accept, &sign("anna")).unwrap().made;
    assert_eq!(made.len(), all.len());
    assert!(kept.docket().entries.is_empty() && kept.owed() > 24);
    assert!(Review::at_once(&desk.setup()).unwrap().docket().entries.is_empty(), "somebody else opens it");
    done(&mut kept);
    same(&kept, &desk.read(), "accepted");
    let files = accepted_files(desk.folder());

    // The last ones are taken back, and some are contradicted by somebody else.
    let ids: Vec<String> = made.iter().skip(3).map(|one| one.id.clone()).collect();
    kept.undo(&ids, &sign("anna")).unwrap();
    let mut bo = desk.kept();
    // The files of what was accepted no longer tell by which rules it came to be so: the index still does.
    assert_eq!(names(&bo.docket()), names(&desk.read().docket()), "taken back, as another sees it");
    done(&mut kept);
    same(&kept, &desk.read(), "taken back");
    let again = kept.docket().entries;
    kept.decide(&again, &Verdict::Accept, &sign("anna")).unwrap();
    bo.decide(&bo.docket().entries.clone(), &Verdict::Reject, &sign("bo")).unwrap();
    assert!(kept.refresh().unwrap());
    for review in [&mut kept, &mut bo] {
        assert!(
            review.docket().entries.iter().all(|one| one.name.sort == fajian::store::review::Sort::Conflict)
        );
        done(review);
        same(review, &desk.read(), "in conflict");
    }
    kept.decide(&kept.docket().entries.clone(), &Verdict::Accept, &sign("chen")).unwrap();
    done(&mut kept);
    assert!(kept.docket().entries.is_empty());
    assert_eq!(accepted_files(desk.folder()), files, "as accepted at first");
}

#[test]
fn the_queue_follows_files_decisions_and_rules_between_two_runs_of_the_index() {
    let desk = Desk::new("between");
    let mut kept = desk.kept();
    let docket = kept.docket();
    // One decision, one correction, one report with another value, one that is gone, one that is new.
    let one = first(&docket, |entry| entry.path.starts_with("a/")).clone();
    kept.decide(&[one], &Verdict::Accept, &sign("anna")).unwrap();
    let other = first(&docket, |entry| entry.path.starts_with("b/g")).clone();
    kept.decide(&[other], &Verdict::Correct { to: vec!["value=7".parse().unwrap()] }, &sign("anna")).unwrap();
    same(&kept, &desk.read(), "two decisions");
    let report = desk.folder().join("a/lanzhou-2023.txt");
    let text = fs::read_to_string(&report).unwrap();
    fs::write(&report, text.replace("470件", "480件")).unwrap();
    fs::write(desk.folder().join("a/new.txt"), &text).unwrap();
    fs::remove_file(desk.folder().join("b/lanzhou-2023.txt")).unwrap();
    kept.keep_up().unwrap();
    same(&kept, &desk.read(), "files changed");
    same(&desk.kept(), &desk.read(), "files changed, opened anew");

    // Other rules: only what may hold their words is read.
    let rules =
        Arc::new(Rules::with_catalogue(desk::catalogue_without_words("litigation.attendance_rate")).unwrap());
    let told = kept.follow(rules.clone()).unwrap();
    assert!(told.read > 0 && told.looked_at < 40, "{told:?}");
    done(&mut kept);
    let mut read = desk.read();
    read.follow(rules).unwrap();
    same(&kept, &read, "other rules");

    desk.index();
    let mut at_once = Review::at_once(&desk.setup()).unwrap();
    same(&at_once, &desk.read(), "indexed again");
    assert!(at_once.complete().unwrap() && at_once.docket().whole);
    same(&at_once, &desk.read(), "with all decisions");
}

#[test]
fn new_reports_are_accepted_from_the_index_as_from_the_files() {
    let folder = many("fresh");
    let reviewing = desk::reviewing(&folder, Arc::new(Rules::builtin().unwrap()), "anna");
    let desk = Desk { reviewing };
    desk.index();
    let mut kept = Review::at_once(&desk.setup()).unwrap();
    assert_eq!(names(&kept.docket()), names(&desk.read().docket()));
    kept.decide(&kept.docket().entries.clone(), &Verdict::Accept, &sign("anna")).unwrap();
    assert!(kept.docket().entries.is_empty());
    assert!(desk.read().docket().entries.is_empty() && desk.kept().docket().entries.is_empty());
    assert_eq!(accepted_files(&folder).len(), desk.read().docket().log.len());
}

#[test]
fn what_is_shown_is_fetched_and_a_filter_looks_at_all() {
    let desk = Desk::new("fetched");
    let mut explorer = crate::common::Explorer::new(100, 30, fajian::lang::Lang::Zh)
        .reviewing(Reviewing { setup: desk.setup(), ..desk.reviewing.clone() });
    explorer.press("r");
    let count = desk.read().docket().entries.len();
    assert!(explorer.shows(&format!("{count} 项待审核")), "{:#?}", explorer.rows());
    explorer.press("& \"兰州\" Enter");
    let of_lanzhou = items(&desk.read()).iter().filter(|item| item.words.contains("兰州")).count();
    assert!(
        of_lanzhou > 0 && explorer.shows(&format!("{of_lanzhou} 项待审核 ({count})")),
        "{:#?}",
        explorer.rows()
    );
    explorer.press("Enter");
    assert!(explorer.shows("兰州市") && !explorer.shows("正在读取"), "{:#?}", explorer.rows());
    // The question before a sweep shows what it is about, and the next run finds it decided.
    explorer.press("Esc");
    let Screen::Queue(queue) = &explorer.state.nav.here else { panic!("the queue") };
    let of_group = queue.selected().unwrap().items.len();
    explorer.press("a");
    assert!(
        explorer.rows().iter().filter(|row| row.contains("兰州市")).count() > 3,
        "{:#?}",
        explorer.rows()
    );
    explorer.press("a");
    assert_eq!(desk.kept().docket().entries.len(), count - of_group);
}
