//! Answers that come late, twice or to the wrong screen change nothing.

use std::iter;
use std::sync::{Arc, mpsc};

use crate::common::{Explorer, World};
use fajian::app::answers::{self, Desk};
use fajian::core::rules::Rules;
use fajian::intake::IntakeError;
use fajian::lang::Lang;
use fajian::search::{self, Session};
use fajian::store::{Corpus, MemoryCorpus, Page, Progress, ReportId, ReportQuery, Standings};
use fajian::ui::action::Scope;
use fajian::ui::effect::{Effect, Landing, Question, Slot, Ticket};
use fajian::ui::event::{Answer, Event};
use fajian::ui::state::nav::Screen;
use fajian::ui::state::{Overlay, State};
use fajian::ui::update;

fn key(name: &str) -> Event {
    Event::Key(name.parse().unwrap())
}

#[test]
fn only_the_newest_question_of_a_kind_is_answered() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    let first = update::update(&mut explorer.state, key("Enter"));
    let second = update::update(&mut explorer.state, key("Enter"));
    let ticket = |effects: &[Effect]| match effects {
        [Effect::Ask(ticket, _)] => *ticket,
        other => panic!("{other:?}"),
    };
    let answer = || Answer::Opened(None, Landing::Start(ReportId(0)));
    explorer.happen(Event::Answer(ticket(&first), answer()));
    assert_eq!(explorer.state.notice, None);
    explorer.happen(Event::Answer(ticket(&second), answer()));
    assert!(explorer.shows("这份报告已不在"));
}

#[test]
fn rows_and_comparisons_that_nobody_waits_for_are_dropped() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    let before = explorer.rows();
    let nothing = || Page { rows: Vec::new(), matching: 0, total: 0 };
    for number in 0..9 {
        let rows = Answer::Rows { query: ReportQuery::default(), page: nothing(), at: Some(0) };
        explorer.happen(Event::Answer(Ticket { slot: Slot::Rows, number }, rows));
        let compared = Answer::Compared(Arc::default(), Vec::new());
        explorer.happen(Event::Answer(Ticket { slot: Slot::Compare, number }, compared));
    }
    assert_eq!(explorer.rows(), before);
}

#[test]
fn a_screen_left_before_its_answer_came_asks_again() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    explorer.press("/ \"应诉率\"");
    let effects = update::update(&mut explorer.state, key("Enter"));
    assert!(matches!(effects[..], [Effect::Ask(Ticket { slot: Slot::Compare, .. }, _)]));
    // Its answer never comes: we go back, and forward again.
    explorer.press("Esc L");
    assert!(explorer.shows("100%"));
}

/// Of a comparison that takes a while the first rows come before the others.
#[test]
fn first_rows_are_shown_before_all_are_known() {
    let all = Arc::new(crate::common::corpus::Fixture::many(120));
    let mut explorer = World::over(all.clone()).explorer(80, 24, Lang::Zh);
    explorer.press("/ \"应诉率\"");
    let effects = update::update(&mut explorer.state, key("Enter"));
    let [Effect::Ask(ticket, Question::Compare(query))] = &effects[..] else { panic!("{effects:?}") };
    let standings = all.standings(query);
    let (ranked, apart) = standings.counts();
    let rows = |first: &Standings| all.values(first, &(0..first.len().min(200)).collect::<Vec<_>>());
    let first = Arc::new(standings.head(5));
    assert!(ranked + apart > 20 && first.len() == 5, "{ranked} {apart}");
    explorer.happen(Event::Answer(*ticket, Answer::Compared(first.clone(), rows(&first))));
    let (told, before) = (format!("3/{}", ranked + apart), explorer.rows());
    assert!(explorer.shows("正在读取") && explorer.shows(&ranked.to_string()), "{before:?}");
    // Groups, and a table of all rows, wait for the others.
    explorer.press("j j c y t");
    assert!(explorer.shows(&told) && explorer.copied.is_empty(), "{:?}", explorer.rows());
    let selected = |explorer: &Explorer| match &explorer.state.nav.here {
        Screen::Compare(compare) => compare.selected_id(),
        other => panic!("{other:?}"),
    };
    let under = selected(&explorer);
    explorer.happen(Event::Answer(*ticket, Answer::Compared(standings.clone(), rows(&standings))));
    assert!(!explorer.shows("正在读取"));
    assert_eq!((selected(&explorer), explorer.copied.len()), (under, 1));
    assert_eq!(explorer.copied[0].lines().count(), 1 + ranked + apart);
}

#[test]
fn only_visible_rows_are_built_however_many_there_are() {
    let mut explorer = Explorer::over(crate::common::corpus::Fixture::many(5_000), 80, 24, Lang::Zh);
    explorer.press("End");
    assert!(explorer.shows("5000/5000"));
    explorer.press("Home PgDn PgDn s");
    assert!(explorer.state.notice.is_none());
}

#[test]
fn an_empty_corpus_says_why_and_what_to_do() {
    let mut corpus = crate::common::corpus::Fixture::empty();
    corpus.unreadable.push(("坏文件.txt".into(), "不是文本".into()));
    let explorer = Explorer::over(corpus, 80, 24, Lang::Zh);
    for text in
        ["这里没有报告", "退出后用 fajian 加文件夹路径打开", "1 个文件无法读取", "坏文件.txt  不是文本"]
    {
        assert!(explorer.shows(text), "{text}");
    }
}

#[test]
fn while_reports_are_read_their_names_stand_there_and_keys_are_answered() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    explorer.state = State::new(explorer.state.size, Lang::Zh, explorer.state.fixed.clone());
    // Nobody answers yet.
    let _ = update::start(&mut explorer.state);
    explorer.happen(Event::Progress(Progress::Found(vec!["甲.txt".into(), "乙.txt".into()])));
    explorer.happen(Event::Progress(Progress::Read(1)));
    assert!(explorer.shows("正在读取 1/2") && explorer.shows("乙.txt"));
    explorer.press("Enter");
    assert!(explorer.shows("报告还在读取，请稍候"));
    explorer.press("?");
    assert!(explorer.shows("帮助"));
}

#[test]
fn beside_the_list_nothing_moves_until_the_cursor_rests() {
    let mut explorer = Explorer::new(120, 36, Lang::Zh);
    let first = update::update(&mut explorer.state, key("Down"));
    let second = update::update(&mut explorer.state, key("Down"));
    let ticket = |effects: &[Effect]| match effects {
        [Effect::Rest(ticket)] => *ticket,
        other => panic!("{other:?}"),
    };
    let early = update::update(&mut explorer.state, Event::Rested(ticket(&first)));
    assert_eq!(early, []);
    let rested = update::update(&mut explorer.state, Event::Rested(ticket(&second)));
    assert!(matches!(rested[..], [Effect::Ask(_, Question::Preview(_))]), "{rested:?}");
}

#[test]
fn other_reports_are_asked_for_and_old_answers_stay_until_the_new_ones_come() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    let before = explorer.rows();
    let effects = update::update(&mut explorer.state, Event::Renewed);
    let follows = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Ask(_, Question::Rows { follow, .. }) => Some(*follow),
            _ => None,
        })
    };
    assert_eq!(follows(&effects), Some(None));
    assert_eq!(explorer.rows(), before);
    // Who has moved stays with the report, and a screen out of sight asks when it comes back.
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    explorer.press("j j");
    assert!(matches!(follows(&update::update(&mut explorer.state, Event::Renewed)), Some(Some(_))));
    let mut explorer = Explorer::new(80, 24, Lang::Zh);
    explorer.press("Enter");
    assert_eq!(follows(&update::update(&mut explorer.state, Event::Renewed)), None);
    assert!(follows(&update::update(&mut explorer.state, key("Esc"))).is_some());
}

#[test]
fn questions_wait_for_reports_and_are_answered_from_the_newest() {
    let rules = Arc::new(Rules::builtin().unwrap());
    let corpus = |path: &str| -> Arc<dyn Corpus> {
        let refused = vec![(path.to_owned(), IntakeError::Empty)];
        Arc::new(MemoryCorpus::new(rules.clone(), Vec::new()).with_refused(refused, Lang::En))
    };
    let (send, answers) = mpsc::channel();
    let desk = Desk::open(move |ticket, answer| send.send((ticket, answer)).is_ok()).unwrap();
    let mut number = 0;
    let mut ask = || {
        number += 1;
        assert!(desk.ask(Ticket { slot: Slot::Unreadable, number }, Question::Unreadable));
    };
    let answered = || match answers.recv().unwrap() {
        (ticket, Answer::Unreadable(files)) => (ticket.number, files[0].0.clone()),
        other => panic!("{other:?}"),
    };
    ask();
    assert!(desk.renew(&corpus("old")));
    assert_eq!(answered(), (1, "old".to_owned()));
    assert!(desk.renew(&corpus("new")));
    ask();
    assert_eq!(answered(), (2, "new".to_owned()));
}

/// A question to the look-up.
fn find(query: &str) -> Question {
    Question::Find { query: query.to_owned(), limit: 50, scope: Scope::Shelf, recent: Vec::new() }
}

#[test]
fn the_look_up_answers_while_it_reads_and_in_the_end_from_all_reports() {
    let corpus: Arc<dyn Corpus> = Arc::new(crate::common::corpus::Fixture::many(3_000));
    let (send, heard) = mpsc::channel();
    let desk = Desk::open(move |ticket, answer| send.send((ticket, answer)).is_ok()).unwrap();
    let next = || match heard.recv().unwrap() {
        (ticket, Answer::Found(query, answer)) => (ticket.number, query, answer),
        other => panic!("{other:?}"),
    };
    let ask = |number, query: &str| assert!(desk.ask(Ticket { slot: Slot::Find, number }, find(query)));
    ask(1, "行政复议");
    assert!(desk.renew(&corpus));
    // What needs no reports is there before any of them is read.
    let (number, _, first) = next();
    assert!(number == 1 && first.growing && !first.hits.is_empty());
    ask(2, "报告");
    let told: Vec<(u64, usize)> = iter::from_fn(|| {
        let (number, _, answer) = next();
        answer.growing.then_some((number, answer.total))
    })
    .collect();
    assert!(told.iter().map(|(number, _)| number).is_sorted(), "{told:?}");
    // Now everything is read, and one answer is all that comes.
    let mut session = Session::new(Arc::new(answers::finder(corpus.as_ref())));
    for (number, query) in [(3, "2023"), (4, "行政复议")] {
        ask(number, query);
        let (told, asked, answer) = next();
        assert_eq!((told, asked.as_str()), (number, query));
        let Some(Answer::Found(_, want)) = answers::find(&mut session, find(query)) else { panic!() };
        assert_eq!(answer, want);
    }
    assert!(heard.try_recv().is_err());
}

#[test]
fn a_fuller_answer_takes_the_place_of_an_earlier_one_and_the_cursor_stays_on_its_hit() {
    let mut explorer = Explorer::new(120, 36, Lang::Zh);
    explorer.press("/ \"行政复议\" Down Down");
    let Some(Overlay::Finder(finder)) = &mut explorer.state.overlay else { panic!() };
    let (query, whole) = finder.found.clone().unwrap();
    let selected = finder.selected().unwrap().target.clone();
    let mut part = search::Answer { growing: true, ..whole.as_ref().clone() };
    part.hits.remove(0);
    finder.found = Some((query.clone(), Arc::new(part)));
    finder.list.at -= 1;
    assert!(explorer.shows("+"));
    let Some(Overlay::Finder(finder)) = &mut explorer.state.overlay else { panic!() };
    assert!(finder.waits_for(&query) && !finder.waits_for("别的"));
    finder.take(query.clone(), whole);
    assert_eq!(finder.selected().map(|hit| &hit.target), Some(&selected));
    assert!(!finder.waits_for(&query));
}
