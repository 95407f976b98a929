//! The loop: take what happened, update, grant what update wishes, draw when something changed.

pub mod answers;

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use ratatui::Terminal;

use answers::Desk;

use crate::core::catalogue::Catalogue;
use crate::store::Corpus;
use crate::term::caps::Caps;
use crate::term::input::{self, Input};
use crate::term::output::Output;
use crate::term::{Guard, clip};
use crate::ui::area::Size;
use crate::ui::effect::{Effect, Ticket};
use crate::ui::event::{Answer, Event};
use crate::ui::keymap::Keymap;
use crate::ui::lang::Lang;
use crate::ui::look::{Look, Signs, Theme};
use crate::ui::state::{Fixed, State};
use crate::ui::{update, view};

/// How long a frame waits for answers that are about to come, so that one key makes one frame.
const PATIENCE: Duration = Duration::from_millis(12);

/// How the explorer is started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Language of the interface.
    pub lang: Lang,
}

/// What the loop waits for.
enum Happening {
    Input(Input),
    Answer(Ticket, Answer),
}

impl From<Input> for Happening {
    fn from(input: Input) -> Self {
        Happening::Input(input)
    }
}

type Screen = Terminal<Output<File>>;

struct App {
    state: State,
    look: Look,
    caps: Caps,
    guard: Guard,
    screen: Screen,
    desk: Desk,
    /// Questions that are not answered yet.
    open: usize,
}

/// Runs the explorer over a corpus until somebody leaves.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn run(corpus: Arc<dyn Corpus>, options: Options) -> io::Result<()> {
    let caps = Caps::of_environment();
    let catalogue: Arc<Catalogue> = Arc::new(corpus.catalogue().clone());
    let fixed = Fixed { catalogue, keymap: Arc::new(Keymap::builtin()) };
    let guard = Guard::enter()?;
    let screen = Terminal::new(Output::new(crate::term::terminal()?, caps.synchronized))?;
    let (send, happenings) = mpsc::channel();
    input::listen(send.clone())?;
    let desk =
        Desk::open(corpus, move |ticket, answer| send.send(Happening::Answer(ticket, answer)).is_ok())?;
    let size = screen.size()?;
    let size = Size { width: size.width, height: size.height };
    let state = State::new(size, options.lang, fixed);
    let look = look(options.lang, &caps);
    App { state, look, caps, guard, screen, desk, open: 0 }.run(&happenings)
}

fn look(lang: Lang, caps: &Caps) -> Look {
    let theme = if caps.colour { Theme::Sixteen } else { Theme::Plain };
    Look::new(lang, theme, if caps.narrow_lines { Signs::LINES } else { Signs::ASCII })
}

impl App {
    fn run(mut self, happenings: &Receiver<Happening>) -> io::Result<()> {
        let effects = update::start(&mut self.state);
        let mut going = self.grant(effects)?;
        while going {
            going = self.catch_up(happenings)?;
            self.draw()?;
            if going {
                let Ok(first) = happenings.recv() else { break };
                going = self.take(first)?;
            }
        }
        Ok(())
    }

    /// Takes all that has already happened, and answers that come within a frame's time.
    fn catch_up(&mut self, happenings: &Receiver<Happening>) -> io::Result<bool> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let patience = if self.open > 0 {
                deadline.saturating_duration_since(Instant::now())
            } else {
                Duration::ZERO
            };
            match happenings.recv_timeout(patience) {
                Ok(happening) => {
                    if !self.take(happening)? {
                        return Ok(false);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Ok(true),
                Err(RecvTimeoutError::Disconnected) => return Ok(false),
            }
        }
    }

    /// False where it is time to leave.
    fn take(&mut self, happening: Happening) -> io::Result<bool> {
        let event = match happening {
            Happening::Input(Input::Key(key)) => Event::Key(key),
            Happening::Input(Input::Paste(text)) => Event::Paste(text),
            Happening::Input(Input::Resize(size)) => Event::Resize(size),
            Happening::Input(Input::Leave) => return Ok(false),
            Happening::Answer(ticket, answer) => {
                self.open = self.open.saturating_sub(1);
                Event::Answer(ticket, answer)
            }
        };
        let effects = update::update(&mut self.state, event);
        self.grant(effects)
    }

    fn grant(&mut self, effects: Vec<Effect>) -> io::Result<bool> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Ask(ticket, question) => {
                    self.open += 1;
                    if !self.desk.ask(ticket, question) {
                        return Ok(false);
                    }
                }
                Effect::Copy(text) => {
                    let copied = clip::send(&text, self.caps.tmux);
                    update::update(&mut self.state, Event::Copied(copied));
                }
                Effect::Redraw => self.screen.clear()?,
                Effect::Suspend => self.suspend()?,
            }
        }
        Ok(true)
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.guard.suspend()?;
        self.screen.clear()
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.look.texts.lang() != self.state.lang {
            self.look = look(self.state.lang, &self.caps);
        }
        let (state, look) = (&self.state, &self.look);
        self.screen.draw(|frame| {
            if let Some(cursor) = view::draw(state, look, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        Ok(())
    }
}
