//! The explorer without a terminal: what some keys cost in frames and bytes, by the very code that draws and sends.

use std::io;
use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::answers;
use crate::search::Session;
use crate::search::concordance::Concordance;
use crate::store::Corpus;
use crate::term::output::Output;
use crate::ui::area::Size;
use crate::ui::effect::{Effect, Question};
use crate::ui::event::{Event, Key};
use crate::ui::look::Look;
use crate::ui::state::{Fixed, State};
use crate::ui::{cells, update, view};

/// What is measured, and the keys for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The first screen.
    Start,
    /// One row down in the list of reports.
    List,
    /// A report is opened: a page of text.
    Page,
    /// One line down in the text.
    Text,
    /// One letter of a question.
    LookUp,
}

const STEPS: [(Step, &str, &[&str]); 5] = [
    (Step::Start, "", &[]),
    (Step::List, "", &["Down", "Down"]),
    (Step::Page, "", &["Enter"]),
    (Step::Text, "", &["Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down"]),
    (Step::LookUp, "/", &["c", "t", "y", "s", "l"]),
];

/// What a step cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The step.
    pub step: Step,
    /// Keys pressed; the first screen counts as one.
    pub keys: u64,
    /// Frames sent.
    pub frames: u64,
    /// Bytes sent at once, key by key.
    pub bytes: u64,
    /// Bytes sent once the cursor rests, for what is shown beside the list.
    pub resting: u64,
    /// Bytes of the text on the screen afterwards.
    pub shown: u64,
}

struct Desk {
    corpus: Arc<dyn Corpus>,
    session: Session,
    texts: Concordance,
}

struct Run<'a> {
    state: State,
    look: &'a Look,
    desk: Desk,
    screen: Output<io::Sink>,
    shown: u64,
    resting: u64,
}

/// Runs the steps over a corpus.
///
/// # Errors
/// None that a sink would have.
pub fn run(corpus: Arc<dyn Corpus>, fixed: Fixed, look: &Look, size: Size) -> io::Result<Vec<Cost>> {
    let session = Session::new(Arc::new(answers::finder(corpus.as_ref())));
    let desk = Desk { corpus, session, texts: Concordance::default() };
    let state = State::new(size, look.texts.lang(), fixed);
    let mut run = Run { state, look, desk, screen: Output::new(io::sink(), true), shown: 0, resting: 0 };
    let effects = update::start(&mut run.state);
    run.grant(effects);
    STEPS.iter().map(|(step, before, keys)| run.step(*step, before, keys)).collect()
}

impl Run<'_> {
    fn step(&mut self, step: Step, before: &str, keys: &[&str]) -> io::Result<Cost> {
        self.press(before)?;
        let (frames, bytes, resting) = (self.screen.frames, self.screen.sent, self.resting);
        keys.iter().try_for_each(|key| self.press(key))?;
        self.draw()?;
        Ok(Cost {
            step,
            keys: keys.len().max(1) as u64,
            frames: self.screen.frames - frames,
            bytes: self.screen.sent - bytes - (self.resting - resting),
            resting: self.resting - resting,
            shown: self.shown,
        })
    }

    fn press(&mut self, name: &str) -> io::Result<()> {
        let Ok(key) = name.parse::<Key>() else { return Ok(()) };
        let effects = update::update(&mut self.state, Event::Key(key));
        let rest = self.grant(effects);
        self.draw()?;
        // The cursor rests at once, and what waited for that is one more frame.
        let sent = self.screen.sent;
        for event in rest {
            let effects = update::update(&mut self.state, event);
            self.grant(effects);
        }
        self.draw()?;
        self.resting += self.screen.sent - sent;
        Ok(())
    }

    /// Answers what is asked; gives back what happens once the cursor rests.
    fn grant(&mut self, effects: Vec<Effect>) -> Vec<Event> {
        let mut rest = Vec::new();
        for effect in effects {
            match effect {
                Effect::Ask(ticket, question) => {
                    if let Some(answer) = self.desk.answer(question) {
                        let effects = update::update(&mut self.state, Event::Answer(ticket, answer));
                        rest.extend(self.grant(effects));
                    }
                }
                Effect::Rest(ticket) => rest.push(Event::Rested(ticket)),
                _ => {}
            }
        }
        rest
    }

    fn draw(&mut self) -> io::Result<()> {
        let (state, look, shown) = (&self.state, self.look, &mut self.shown);
        self.screen.show(state.size, |buffer| {
            let drawn = view::draw(state, look, buffer);
            *shown = bytes_of(buffer);
            drawn.cursor
        })
    }
}

impl Desk {
    fn answer(&mut self, question: Question) -> Option<crate::ui::event::Answer> {
        match question {
            Question::Find { .. } => answers::find(&mut self.session, question),
            Question::Concordance(_) => {
                answers::look_through(&mut self.texts, self.corpus.as_ref(), question)
            }
            question => answers::answer(self.corpus.as_ref(), question),
        }
    }
}

/// Bytes of the characters on a screen, blanks at the ends of rows left out.
fn bytes_of(buffer: &Buffer) -> u64 {
    let width = usize::from(buffer.area.width).max(1);
    let row = |row: &[ratatui::buffer::Cell]| {
        let mut text = String::new();
        let mut hidden = false;
        for cell in row {
            if !std::mem::replace(&mut hidden, false) {
                text.push_str(cell.symbol());
                hidden = cells::width(cell.symbol()) == 2;
            }
        }
        text.trim_end().len() as u64
    };
    buffer.content.chunks(width).map(row).sum()
}
