//! What a frame costs, by the number of rows: `cargo bench --bench frame -- [REPORTS…]`.
//!
//! For each number of reports an index is made up (two figures a report). Printed is what one key takes from the event
//! to the cells of the screen, its answer included, and how much of that is drawing.

#[path = "../tests/generate/mod.rs"]
mod generate;
mod made;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fajian::app::answers;
use fajian::core::rules::Rules;
use fajian::lang::Lang;
use fajian::rights::Rights;
use fajian::store::index::{IndexCorpus, Opened, Told, of_reports};
use fajian::store::{Corpus, Options};
use fajian::ui::area::Size;
use fajian::ui::effect::Effect;
use fajian::ui::event::{Event, Key};
use fajian::ui::keymap::Keymap;
use fajian::ui::look::{Look, Signs, Theme};
use fajian::ui::state::compare::Compare;
use fajian::ui::state::nav::Screen;
use fajian::ui::state::{Fixed, State};
use fajian::ui::{update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: Size = Size { width: 120, height: 36 };

/// Frames of which the median is told.
const FRAMES: usize = 201;

fn main() {
    let mut wanted: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    if wanted.is_empty() {
        wanted = vec![100, 10_000, 100_000];
    }
    let rules = Arc::new(Rules::builtin().expect("the built-in rules"));
    let id = rules.catalogue.indicators()[0].id.clone();
    println!("{:>9}  {:28} {:>12} {:>12}", "reports", "key", "key to cells", "drawing");
    for reports in wanted {
        let corpus = corpus(reports, &rules, &id);
        let mut explorer = Explorer::new(&corpus, &rules);
        explorer.measure(reports, "list, down", "Down");
        explorer.measure(reports, "list, page down", "PgDn");
        explorer.state.nav.push(Screen::Compare(Compare::new(&id, None)));
        explorer.press("Home");
        explorer.measure(reports, "comparison, down", "Down");
        explorer.measure(reports, "comparison, page down", "PgDn");
    }
}

/// An index of made-up reports, each with two figures of one indicator.
fn corpus(reports: usize, rules: &Arc<Rules>, id: &str) -> IndexCorpus {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("frame-{reports}"));
    fs::create_dir_all(&folder).expect("room for an index");
    let file = folder.join("index.sqlite");
    if !file.is_file() {
        let places = generate::places();
        of_reports(&file, &folder, rules, (0..reports).map(|n| made_up(n, id, &places))).expect("an index");
    }
    match IndexCorpus::open(file, &[PathBuf::from(&folder)], rules, &Options::default()) {
        Ok(Opened::Ready(corpus)) => *corpus,
        _ => panic!("the index cannot be opened"),
    }
}

fn made_up(n: usize, id: &str, places: &[(&str, &str)]) -> Told {
    made::report(n, places, (0..2).map(|i| (id, ((n * 7919 + i * 31) % 30_000) as u64)))
}

/// The explorer without a terminal, whose questions are answered at once.
struct Explorer<'a> {
    state: State,
    look: Look,
    corpus: &'a dyn Corpus,
    buffer: Buffer,
}

impl<'a> Explorer<'a> {
    fn new(corpus: &'a dyn Corpus, rules: &Rules) -> Self {
        let fixed = Fixed {
            catalogue: Arc::new(rules.catalogue.clone()),
            keymap: Arc::new(Keymap::builtin()),
            rights: Rights::All,
        };
        let mut state = State::new(SIZE, Lang::Zh, fixed);
        let effects = update::start(&mut state);
        let look = Look::new(Lang::Zh, Theme::Dark, Signs::LINES);
        let buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
        let mut explorer = Explorer { state, look, corpus, buffer };
        explorer.grant(effects);
        explorer
    }

    fn press(&mut self, name: &str) {
        let key: Key = name.parse().expect("a key");
        let effects = update::update(&mut self.state, Event::Key(key));
        self.grant(effects);
    }

    /// Answers what is asked; that the cursor rests is not told, for people hold the keys that are measured.
    fn grant(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let Effect::Ask(ticket, question) = effect else { continue };
            if let Some(answer) = answers::answer(self.corpus, question) {
                let effects = update::update(&mut self.state, Event::Answer(ticket, answer));
                self.grant(effects);
            }
        }
    }

    fn draw(&mut self) {
        self.buffer.reset();
        view::draw(&self.state, &self.look, &mut self.buffer);
    }

    fn measure(&mut self, reports: usize, name: &str, key: &str) {
        let mut whole = Vec::with_capacity(FRAMES);
        let mut drawing = Vec::with_capacity(FRAMES);
        for _ in 0..FRAMES {
            let start = Instant::now();
            self.press(key);
            let pressed = start.elapsed();
            self.draw();
            whole.push(start.elapsed());
            drawing.push(start.elapsed() - pressed);
        }
        println!("{reports:>9}  {name:28} {:>9.1} µs {:>9.1} µs", median(whole), median(drawing));
    }
}

/// The median, in microseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}
