//! The explorer without a terminal: keys in, pictures out.

pub mod corpus;
pub mod desk;
pub mod pty;
pub mod vt;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use fajian::app::answers;
use fajian::app::review::{Clerk, Reviewing};
use fajian::lang::Lang;
use fajian::rights::Rights;
use fajian::search::concordance::Concordance;
use fajian::search::{Finder, Session};
use fajian::store::Corpus;
use fajian::ui::area::Size;
use fajian::ui::effect::{Effect, Question, Wish};
use fajian::ui::event::{Code, Event, Key, News};
use fajian::ui::keymap::Keymap;
use fajian::ui::look::{Look, Signs, Theme};
use fajian::ui::state::nav::Screen;
use fajian::ui::state::{Fixed, State};
use fajian::ui::{update, view};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use corpus::Fixture;

/// An explorer whose questions are answered at once.
pub struct Explorer {
    pub state: State,
    pub theme: Theme,
    pub signs: Signs,
    pub copied: Vec<String>,
    pub left: bool,
    /// Who reviews, where there is something to review.
    pub clerk: Option<Clerk>,
    /// Wishes of the review that are not granted yet, where they are held back.
    pub held: Option<Vec<Wish>>,
    corpus: Arc<dyn Corpus>,
    session: Session,
    texts: Concordance,
}

/// A corpus and its look-up, read once and shared by many explorers.
#[derive(Clone)]
pub struct World {
    corpus: Arc<dyn Corpus>,
    finder: Arc<Finder>,
}

impl World {
    pub fn over(corpus: Arc<dyn Corpus>) -> Self {
        let finder = Arc::new(Finder::new(corpus.as_ref()));
        World { corpus, finder }
    }

    pub fn new(corpus: impl Corpus + 'static) -> Self {
        let finder = Arc::new(answers::finder(&corpus));
        World { corpus: Arc::new(corpus), finder }
    }

    pub fn explorer(&self, width: u16, height: u16, lang: Lang) -> Explorer {
        let catalogue = Arc::new(self.corpus.catalogue().clone());
        let fixed = Fixed { catalogue, keymap: Arc::new(Keymap::builtin()), rights: Rights::All };
        let mut explorer = Explorer {
            state: State::new(Size { width, height }, lang, fixed),
            theme: Theme::Dark,
            signs: Signs::LINES,
            copied: Vec::new(),
            left: false,
            clerk: None,
            held: None,
            corpus: self.corpus.clone(),
            session: Session::new(self.finder.clone()),
            texts: Concordance::default(),
        };
        let effects = update::start(&mut explorer.state);
        explorer.grant(effects);
        explorer
    }
}

impl Explorer {
    pub fn new(width: u16, height: u16, lang: Lang) -> Self {
        Explorer::over(Fixture::new(), width, height, lang)
    }

    pub fn over(corpus: Fixture, width: u16, height: u16, lang: Lang) -> Self {
        World::new(corpus).explorer(width, height, lang)
    }

    /// An explorer with a folder to review.
    pub fn reviewing(mut self, reviewing: Reviewing) -> Self {
        self.clerk = Some(Clerk::new(reviewing));
        self
    }

    /// Lets the clerk look for what others decided.
    pub fn poll(&mut self) {
        let told = Mutex::new(Vec::new());
        if let Some(clerk) = &mut self.clerk {
            clerk.poll(&|news| told.lock().unwrap().push(news));
        }
        told.into_inner().unwrap().into_iter().for_each(|news| self.hear(news));
    }

    fn hear(&mut self, news: News) {
        if let News::Renewed(documents) = &news
            && let Some(newer) = self.corpus.renewed(documents)
        {
            self.session = Session::new(Arc::new(Finder::new(newer.as_ref())));
            self.corpus = newer;
        }
        self.happen(Event::Review(news));
    }

    /// Keys with blanks between; what stands in double quotes is typed letter by letter.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for (i, part) in script.split('"').enumerate() {
            if i % 2 == 1 {
                part.chars().for_each(|c| self.happen(Event::Key(Key::plain(Code::Char(c)))));
                continue;
            }
            for name in part.split_whitespace() {
                let key = name.parse().unwrap_or_else(|error| panic!("{error}"));
                self.happen(Event::Key(key));
            }
        }
        self
    }

    pub fn happen(&mut self, event: Event) {
        let effects = update::update(&mut self.state, event);
        self.grant(effects);
        let scrolls = self.state.pressed.scrolled > 0 || matches!(self.state.nav.here, Screen::Judge(_));
        if scrolls && let Some(rows) = self.drawn().1.preview_ends {
            self.happen(Event::PreviewEnds(rows));
        }
    }

    fn grant(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, question) => {
                    let answer = match question {
                        Question::Find { .. } => answers::find(&mut self.session, question),
                        Question::Concordance(_) => {
                            answers::look_through(&mut self.texts, self.corpus.as_ref(), question)
                        }
                        _ => answers::answer(self.corpus.as_ref(), question),
                    };
                    self.happen(Event::Answer(ticket, answer.unwrap()));
                }
                Effect::Review(wish) => match &mut self.held {
                    Some(held) => held.push(wish),
                    None => self.review(wish),
                },
                Effect::Copy(text) | Effect::Save { text, .. } => self.copied.push(text),
                Effect::Quit => self.left = true,
                Effect::Rest(ticket) => self.happen(Event::Rested(ticket)),
                Effect::Prepare | Effect::Redraw | Effect::Suspend | Effect::Remember | Effect::Mouse(_) => {}
            }
        }
    }

    fn review(&mut self, wish: Wish) {
        let told = Mutex::new(Vec::new());
        let clerk = self.clerk.as_mut().expect("nothing to review");
        clerk.grant(wish, &|news| told.lock().unwrap().push(news));
        told.into_inner().unwrap().into_iter().for_each(|news| self.hear(news));
    }

    /// Grants what was held back.
    pub fn let_go(&mut self) {
        let held = self.held.take().unwrap_or_default();
        held.into_iter().for_each(|wish| self.review(wish));
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.happen(Event::Resize(Size { width, height }));
        self
    }

    pub fn draw(&self) -> (Buffer, Option<(u16, u16)>) {
        let (buffer, drawn) = self.drawn();
        (buffer, drawn.cursor)
    }

    fn drawn(&self) -> (Buffer, view::Drawn) {
        let look = Look::new(self.state.lang, self.theme, self.signs);
        let size = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        let drawn = view::draw(&self.state, &look, &mut buffer);
        (buffer, drawn)
    }

    pub fn rows(&self) -> Vec<String> {
        cells(&self.draw().0)
    }

    /// True where some row shows the text.
    pub fn shows(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }

    /// Both pictures of the screen: cells, and below each row's style, one letter a cell.
    pub fn picture(&self) -> String {
        let (buffer, cursor) = self.draw();
        let mut picture = cells(&buffer).join("\n");
        picture += "\n-- styles --\n";
        picture += &styles(&buffer).join("\n");
        picture += &format!("\n-- cursor --\n{cursor:?}\n");
        picture
    }
}

/// The characters, row by row, without blanks at the end.
pub fn cells(buffer: &Buffer) -> Vec<String> {
    rows(buffer)
        .map(|row| glyphs(row).map(|(cell, _)| cell.symbol()).collect::<String>().trim_end().to_owned())
        .collect()
}

fn styles(buffer: &Buffer) -> Vec<String> {
    rows(buffer)
        .map(|row| {
            let letters = glyphs(row).flat_map(|(cell, width)| std::iter::repeat_n(letter(cell), width));
            letters.collect::<String>().trim_end().to_owned()
        })
        .collect()
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width).max(1))
}

/// The cells that show something: the second half of a wide character is left out.
fn glyphs(row: &[Cell]) -> impl Iterator<Item = (&Cell, usize)> {
    let mut hidden = 0;
    row.iter().filter_map(move |cell| {
        if hidden > 0 {
            hidden -= 1;
            return None;
        }
        let width = fajian::ui::cells::width(cell.symbol()).max(1);
        hidden = width - 1;
        Some((cell, width))
    })
}

fn letter(cell: &Cell) -> char {
    let plain = match cell.fg {
        Color::Reset => ' ',
        Color::DarkGray => 'q',
        Color::Cyan => 'c',
        Color::Green => 'g',
        Color::Yellow => 'y',
        Color::Magenta => 'm',
        Color::Blue => 'b',
        _ => '?',
    };
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let bold = cell.modifier.contains(Modifier::BOLD);
    match (reversed, bold, cell.modifier.contains(Modifier::UNDERLINED)) {
        (true, ..) => '#',
        (_, true, true) => 'U',
        (_, true, _) if plain == ' ' => 'B',
        (_, true, _) => plain.to_ascii_uppercase(),
        (_, _, true) => 'u',
        _ => plain,
    }
}

/// Compares a picture with `tests/pictures/<name>.txt`; with `PICTURES=write` in the environment writes it there.
pub fn compare_picture(name: &str, picture: &str) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(format!("{name}.txt"));
    if std::env::var("PICTURES").is_ok_and(|value| value == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, picture).unwrap();
        return Ok(());
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    if wanted == picture {
        return Ok(());
    }
    let differs = wanted.lines().zip(picture.lines()).find(|(old, new)| old != new);
    Err(format!("{name} looks different; look at it, then PICTURES=write cargo test\n{differs:#?}"))
}
