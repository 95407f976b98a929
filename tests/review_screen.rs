//! The review screen: several people at once, a full disk, and that nothing is said before it is written.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::common::pty::{Start, Terminal};
use crate::common::{Explorer, World, desk};
use fajian::app::review::Reviewing;
use fajian::core::rules::Rules;
use fajian::lang::Lang;
use fajian::store::decisions::Verdict;
use fajian::store::review::{Entry, Ledger, Review, Signature};
use fajian::ui::event::Event;

/// An explorer over a changed folder, in the queue.
fn open(name: &str) -> (Explorer, Reviewing) {
    let reviewing = desk::changed(name);
    let mut explorer = Explorer::new(100, 30, Lang::Zh).reviewing(reviewing.clone());
    explorer.press("r");
    (explorer, reviewing)
}

fn folder(reviewing: &Reviewing) -> &Path {
    &reviewing.setup.paths[0]
}

/// Decisions made since the folder was accepted a month ago.
fn decided(reviewing: &Reviewing) -> Vec<(String, String)> {
    let ledger = Ledger::open(folder(reviewing).to_owned()).unwrap();
    let new = ledger.decisions().iter().filter(|one| !one.when.starts_with("2024-02"));
    new.map(|one| (one.who.clone(), one.verdict.names().1.to_owned())).collect()
}

fn pair(who: &str, verdict: &str) -> (String, String) {
    (who.to_owned(), verdict.to_owned())
}

#[test]
fn old_and_new_stand_as_somebody_wants_them_and_a_page_ends_where_it_ends() {
    let (mut explorer, _) = open("stacked");
    explorer.press("& \"353\" Enter Enter");
    let beside = |explorer: &Explorer| {
        explorer.rows().iter().any(|row| row.contains("所接受的") && row.contains("新："))
    };
    assert!(!beside(&explorer), "{:#?}", explorer.rows());
    explorer.press("d");
    assert!(beside(&explorer), "{:#?}", explorer.rows());
    explorer.resize(50, 12).press("d");
    assert!(!beside(&explorer) && explorer.shows("窗口太窄"), "{:#?}", explorer.rows());
    // Whoever has pressed too often is not held at the end for as many keys.
    explorer.press("Enter").resize(50, 12);
    explorer.press(&"PgDn ".repeat(9));
    let last = explorer.rows();
    explorer.press("Up");
    assert_ne!(explorer.rows(), last);
    assert!(explorer.shows("▾"), "{:#?}", explorer.rows());
}

#[test]
fn enter_and_esc_decide_nothing() {
    let (mut explorer, reviewing) = open("undecided");
    explorer.press("Enter Enter n p Enter Esc Down a Esc Enter A Esc e Esc Esc Esc");
    assert_eq!(decided(&reviewing), []);
}

#[test]
fn what_another_decides_appears_and_a_contrary_decision_is_a_conflict() {
    let (mut explorer, reviewing) = open("two");
    explorer.press("& \"98.5\" Enter Enter");
    let (mut other, item) = bo(&reviewing, "98.5%");
    let sign = |who: &str| Signature {
        who: who.to_owned(),
        when: "2024-03-02T10:00:00Z".into(),
        why: String::new(),
    };
    other.decide(std::slice::from_ref(&item), &Verdict::Reject, &sign("bo")).unwrap();
    // Anna still has it on her screen and accepts it before the news comes.
    explorer.press("a");
    assert!(explorer.shows("冲突") || explorer.shows("这一组已定完"), "{:?}", explorer.rows());
    explorer.press("Esc");
    assert!(explorer.rows().iter().any(|row| row.contains("! 冲突")), "{:#?}", explorer.rows());
    explorer.press("Enter");
    assert!(explorer.shows("bo  拒绝") && explorer.shows("anna  接受"), "{:#?}", explorer.rows());
    // A third decision settles it.
    explorer.press("a");
    assert!(!explorer.press("Esc").rows().iter().any(|row| row.contains("冲突")));
    assert_eq!(decided(&reviewing), [pair("bo", "reject"), pair("anna", "accept"), pair("anna", "accept")]);
    // And what bo decides while anna only looks appears on her screen by itself.
    let before = explorer.press("Backspace").rows()[0].clone();
    other.refresh().unwrap();
    let next = other.docket().entries[0].clone();
    other.decide(&[next], &Verdict::Accept, &sign("bo")).unwrap();
    explorer.poll();
    assert_ne!(explorer.rows()[0], before);
}

fn bo(reviewing: &Reviewing, raw: &str) -> (Review, Arc<Entry>) {
    let other = desk::reviewing(folder(reviewing), Arc::new(Rules::builtin().unwrap()), "bo");
    let review = Review::open(other.setup, &|_, _| {}).unwrap();
    let docket = review.docket();
    let is =
        |entry: &&Arc<Entry>| docket.item(entry).unwrap().sight().is_some_and(|one| one.figure.raw == raw);
    let entry = docket.entries.iter().find(is).unwrap().clone();
    (review, entry)
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_the_item_stays() {
    let (mut explorer, reviewing) = open("full-screen");
    let log = folder(&reviewing).join(".fajian/decisions.log");
    let text = fs::read(&log).unwrap();
    fs::remove_file(&log).unwrap();
    std::os::unix::fs::symlink("/dev/full", &log).unwrap();
    explorer.press("& \"98.5\" Enter Enter");
    explorer.press("a");
    assert!(explorer.shows("没有写入：磁盘已满"), "{:#?}", explorer.rows());
    assert!(explorer.shows("98.5%") && !explorer.shows("正在写入"));
    fs::remove_file(&log).unwrap();
    fs::write(&log, text).unwrap();
    explorer.press("a");
    assert!(explorer.shows("接受 98.5%，已写入"), "{:#?}", explorer.rows());
    assert_eq!(decided(&reviewing), [pair("anna", "accept")]);
}

#[test]
fn a_correction_is_written_as_typed_and_undone_from_the_history() {
    let (mut explorer, reviewing) = open("corrected");
    explorer.press("& \"353\" Enter Enter e");
    // The value, the bound by turning, the indicator by look-up.
    explorer.press("Ctrl-U \"363\" Enter Enter Enter Right Right Enter Enter Enter Enter \"复议纠错率\"");
    explorer.press("Ctrl-S");
    let ledger = Ledger::open(folder(&reviewing).to_owned()).unwrap();
    let made = ledger.decisions().last().unwrap();
    let Verdict::Correct { to } = &made.verdict else { panic!("{made:?} {:#?}", explorer.rows()) };
    let to: Vec<String> = to.iter().map(ToString::to_string).collect();
    assert_eq!(to[..2], ["value=363", "bound=ge"]);
    assert_eq!(to[2], "indicator=reconsideration.correction_rate");
    explorer.press("Esc U");
    assert!(explorer.shows("更正") && explorer.shows("353件"), "{:#?}", explorer.rows());
    explorer.press("u");
    assert_eq!(decided(&reviewing), [pair("anna", "correct"), pair("anna", "undo")]);
    // Last month's decisions are taken back as well: many at once only after a question.
    explorer.press("End u");
    assert!(explorer.shows("撤销 3 项？"), "{:#?}", explorer.rows());
    explorer.press("u");
    assert_eq!(decided(&reviewing).len(), 5);
}

#[test]
fn what_is_typed_before_the_form_stands_goes_into_it() {
    let (mut explorer, reviewing) = whole("early");
    explorer.press("& \"linjiang\" Enter Enter n n Enter");
    explorer.held = Some(Vec::new());
    explorer.press("e");
    assert!(explorer.shows("更正表正在打开"), "{:#?}", explorer.rows());
    // Keys that would move, open help or quit the screen below.
    explorer.press("Ctrl-U \"36q\" Backspace \"3\" Down");
    explorer.happen(Event::Paste("364".into()));
    assert_eq!(decided(&reviewing), []);
    explorer.let_go();
    assert!(explorer.shows("363") && explorer.shows("364"), "{:#?}", explorer.rows());
    // Who gives the form up gets none, however late it comes, and the keys are the screen's again.
    explorer.press("Esc");
    explorer.held = Some(Vec::new());
    explorer.press("e \"1\" Esc");
    explorer.let_go();
    assert!(!explorer.shows("上限"), "{:#?}", explorer.rows());
    assert_eq!(decided(&reviewing), []);
}

#[test]
fn a_name_is_needed() {
    let reviewing = desk::changed("nameless");
    let nobody = Reviewing { who: None, ..reviewing.clone() };
    let mut explorer = Explorer::new(100, 30, Lang::En).reviewing(nobody);
    explorer.press("r Enter a");
    assert!(explorer.shows("FAJIAN_USER"), "{:#?}", explorer.rows());
    assert_eq!(decided(&reviewing), []);
}

/// An explorer over the changed folder itself, in which every screen shows what was decided.
fn whole(name: &str) -> (Explorer, Reviewing) {
    let reviewing = desk::changed(name);
    let corpus =
        fajian::store::load(&reviewing.setup.paths, &reviewing.setup.rules, &reviewing.setup.options);
    let explorer = World::over(Arc::new(corpus)).explorer(120, 36, Lang::Zh);
    (explorer.reviewing(reviewing.clone()), reviewing)
}

#[test]
fn a_correction_shows_on_every_screen_with_the_extracted_value_one_key_away() {
    let (mut explorer, _) = whole("marked");
    explorer.press("& \"linjiang\" Enter Enter n n Enter");
    assert!(explorer.shows("353件"), "{:#?}", explorer.rows());
    explorer.press("e Ctrl-U \"363\" Ctrl-S");
    assert!(
        explorer.shows("363件*") && explorer.shows("anna 2024-03-01；提取的是 353件"),
        "{:#?}",
        explorer.rows()
    );
    explorer.press("o");
    assert!(explorer.shows("数字（更正前）") && explorer.shows("更正后是 363件*"), "{:#?}", explorer.rows());
    explorer.press("o x");
    assert!(explorer.shows("363件*"), "comparison: {:#?}", explorer.rows());
    explorer.press("Esc Esc");
    assert!(explorer.shows("363件*"), "figures of the report: {:#?}", explorer.rows());
    explorer.press("Esc");
    assert!(explorer.shows("更正 1，搁置 0"), "preview: {:#?}", explorer.rows());
    explorer.press("/ \"审结 2023\"");
    assert!(explorer.shows("363件*"), "look-up: {:#?}", explorer.rows());
    explorer.press("Esc Backspace M");
    assert!(explorer.shows("363件*"), "matrix: {:#?}", explorer.rows());
}

#[test]
fn what_is_no_figure_is_set_aside_and_can_be_reached_and_brought_back() {
    let (mut explorer, _) = whole("aside");
    explorer.press("& \"linjiang\" Enter Enter n n Enter");
    explorer.press("e End Down Down Down Down Down Down Down Down Space Ctrl-S");
    assert!(!explorer.press("Esc").shows("353件*"));
    explorer.press("o");
    assert!(explorer.shows("定为不是数字") && explorer.shows("353件"), "{:#?}", explorer.rows());
    explorer.press("e Down Down Down Down Down Down Down Down Space Ctrl-S");
    assert!(explorer.press("Esc o").shows("没有搁置的数字"), "{:#?}", explorer.rows());
}

#[test]
fn who_may_only_read_looks_at_the_queue_and_decides_nothing() {
    let reviewing = desk::changed("read-only-screen");
    let mut explorer = Explorer::new(100, 30, Lang::En).reviewing(reviewing.clone());
    explorer.state.fixed.rights = fajian::rights::Rights::ReadOnly;
    explorer.press("r Enter");
    assert!(explorer.shows("343件 → 353件"), "{:#?}", explorer.rows());
    for key in ["a", "r", "e", "A", "R", "u", "Esc a", "U u"] {
        explorer.press(key);
        assert!(explorer.rows().last().unwrap().contains("read-only"), "{key}: {:#?}", explorer.rows());
    }
    assert_eq!(decided(&reviewing), []);
}

/// The real program over a folder, in the queue.
fn terminal(folder: &Path, pending: usize) -> Terminal {
    let mut terminal = Start::fajian(&[folder.to_str().unwrap()]).env("FAJIAN_USER", "anna").run();
    terminal.wait("级别").wait("1/").send("r").wait(&format!("{pending} 项待审核"));
    terminal
}

#[test]
fn what_was_accepted_in_a_terminal_is_so_when_it_is_opened_again_and_last_weeks_is_undone() {
    let reviewing = desk::changed("terminal");
    let folder = folder(&reviewing);
    let mut first = terminal(folder, 6);
    first.send("&98.5\r").wait("1 项待审核 (6)").send("\r").wait("所接受的");
    // Who leaves at once leaves nothing undone.
    first.send("a\x03");
    assert!(first.end().success());
    assert_eq!(decided(&reviewing), [pair("anna", "accept")]);

    let mut second = terminal(folder, 5);
    second.send("U").wait("anna").wait("bo");
    // Last month's, all three at once after a question.
    second.send("\x1b[F").settle().send("u").wait("撤销 3 项？").send("u").wait("已撤销 3 项决定");
    second.send("\x03").end();
    assert_eq!(decided(&reviewing).len(), 4);

    // Two reports of which nothing is accepted any more stand in the queue whole.
    let mut third = Start::fajian(&[folder.to_str().unwrap()]).env("FAJIAN_USER", "anna").run();
    third.wait("级别").wait("1/").send("r").wait("新报告");
    third.send("\x03").end();
}

#[test]
fn over_an_index_a_correction_reaches_the_comparison_without_opening_again() {
    let reviewing = desk::changed("over-index");
    let folder = folder(&reviewing).to_str().unwrap();
    // Files written just now would be read again.
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let file = fs::File::options().write(true).open(entry.path()).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }
    let indexed = Command::new(env!("CARGO_BIN_EXE_fajian")).args(["index", folder]).output().unwrap();
    assert!(indexed.status.success(), "{indexed:?}");
    let mut terminal = Start::fajian(&[folder]).env("FAJIAN_USER", "anna").run();
    terminal.wait("级别").send("&linjiang\r").settle().send("\r").settle().send("nn\r").wait("353件");
    terminal.send("e").wait("Ctrl-S 写入").send("\x15363\x13").wait("363件*");
    terminal.send("x").wait("可比 3 条").wait("363件*  ━");
    terminal.send("\x03").end();
}
