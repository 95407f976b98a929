//! The loop: take what happened, update, grant what update wishes, draw when something changed.

pub mod answers;
pub mod config;
pub mod fault;
pub mod memory;
pub mod selftest;

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use answers::Desk;
use config::Config;
use memory::Memory;

use crate::core::catalogue::Catalogue;
use crate::rights::{Deed, Rights};
use crate::store::{Corpus, Progress};
use crate::term::caps::Caps;
use crate::term::flow::{self, Flow};
use crate::term::input::{self, Input};
use crate::term::output::Output;
use crate::term::{Guard, clip};
use crate::ui::effect::{Effect, Ticket};
use crate::ui::event::{Answer, Event};
use crate::ui::lang::{Lang, Word};
use crate::ui::look::{Look, Signs};
use crate::ui::state::notice::Notice;
use crate::ui::state::{Fixed, Manner, State};
use crate::ui::{update, view};

/// How long a frame waits for answers that are about to come, so that one key makes one frame.
const PATIENCE: Duration = Duration::from_millis(12);

/// How long no key may have been pressed before the cursor is said to rest.
const REST: Duration = Duration::from_millis(120);

/// How long a lone Esc may be the start of a sequence: a line can cut it in two.
const NEAR: Duration = Duration::from_millis(25);
const FAR: Duration = Duration::from_millis(100);

/// How long leaving waits for an answer that is under way.
const HEARD: Duration = Duration::from_millis(700);

/// How often reading is told of at most, so that a slow line is not kept busy by it.
const STEP: Duration = Duration::from_millis(250);

/// How the explorer is started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Language of the interface.
    pub lang: Lang,
    /// What may be done.
    pub rights: Rights,
    /// What somebody has set.
    pub config: Config,
    /// What is kept between runs.
    pub memory: Memory,
}

/// What the loop waits for.
enum Happening {
    Input(Input),
    Answer(Ticket, Answer),
    Progress(Progress),
}

impl From<Input> for Happening {
    fn from(input: Input) -> Self {
        Happening::Input(input)
    }
}

struct App {
    state: State,
    look: Look,
    caps: Caps,
    guard: Guard,
    screen: Output<File>,
    desk: Desk,
    memory: Memory,
    /// Questions that are not answered yet.
    open: usize,
    /// When the cursor will have rested, unless another key comes.
    rest: Option<(Ticket, Instant)>,
    /// Until when a frame waits for the line.
    held: Option<Instant>,
}

/// Runs the explorer until somebody leaves. `open` opens the corpus while the screen already stands, and tells how
/// far that is.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn run(
    catalogue: Arc<Catalogue>,
    options: Options,
    open: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> Arc<dyn Corpus> + Send + 'static,
) -> io::Result<()> {
    let caps = Caps::of_environment();
    let keymap = Arc::new(options.config.keymap.clone());
    let fixed = Fixed { catalogue, keymap, rights: options.rights };
    let guard = Guard::enter()?;
    let mut screen = Output::new(crate::term::terminal()?, caps.synchronized);
    screen.flow = Flow::new(caps.flow);
    let (send, happenings) = mpsc::channel();
    input::listen(send.clone(), if caps.remote { FAR } else { NEAR })?;
    let progress = send.clone();
    let corpus = move || open(&telling(progress));
    let desk =
        Desk::open(corpus, move |ticket, answer| send.send(Happening::Answer(ticket, answer)).is_ok())?;
    let size = crate::term::size()?;
    let mut state = State::new(size, options.lang, fixed);
    state.manner = Manner {
        theme: options.config.theme.unwrap_or_default(),
        colourless: !caps.colour,
        mouse: options.config.mouse.unwrap_or(false),
    };
    state.kept = options.memory.recall();
    state.notice = told(&options)
        .or_else(|| Some(Notice::done(Word::LastPlaceKept)).filter(|_| state.kept.last.is_some()));
    let wide = options.config.ambiguous_width.map_or(!caps.narrow_lines, |width| width == 2);
    let signs = if wide { Signs::ASCII } else { Signs::LINES };
    let look = Look::new(options.lang, state.manner.theme(), signs);
    let memory = options.memory;
    App { state, look, caps, guard, screen, desk, memory, open: 0, rest: None, held: None }.run(&happenings)
}

/// Sends on how far reading has come, a few times a second.
fn telling(send: Sender<Happening>) -> impl Fn(Progress) + Sync {
    let (start, told) = (Instant::now(), AtomicU64::new(0));
    move |progress| {
        let now = start.elapsed().as_millis() as u64;
        let step = STEP.as_millis() as u64;
        let due = |last: u64| Some(now).filter(|now| *now >= last + step);
        let is_due = || told.fetch_update(Ordering::Relaxed, Ordering::Relaxed, due).is_ok();
        if matches!(progress, Progress::Found(_)) || is_due() {
            // Nobody listens any more where the explorer was left.
            let _ = send.send(Happening::Progress(progress));
        }
    }
}

/// The first fault of the configuration, so that nobody wonders why a setting does nothing.
fn told(options: &Options) -> Option<Notice> {
    let faults = &options.config.faults;
    let first = faults.first()?.say(options.lang);
    Some(Notice { with: vec![faults.len().to_string(), first], ..Notice::refused(Word::ConfigFaults) })
}

impl App {
    fn run(mut self, happenings: &Receiver<Happening>) -> io::Result<()> {
        let effects = update::start(&mut self.state);
        let mut going = self.grant(effects)?;
        // The first frame waits for nothing, not even for the names of the reports.
        self.draw()?;
        while going {
            going = self.catch_up(happenings)?;
            self.draw()?;
            if going {
                going = self.wait(happenings)?;
            }
        }
        self.hear_out(happenings);
        self.state.kept.last = self.state.last_place();
        // Nobody is there any more to be told that it could not be kept; all that is lost is a place.
        let _ = self.memory.keep(&self.state.kept);
        Ok(())
    }

    /// Waits for what happens next: at the latest, that the cursor rests or that the line will not answer.
    fn wait(&mut self, happenings: &Receiver<Happening>) -> io::Result<bool> {
        let rests = self.rest.map(|(_, at)| at);
        let Some(at) = rests.into_iter().chain(self.held).min() else {
            return happenings.recv().map_or(Ok(false), |happening| self.take(happening));
        };
        match happenings.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(happening) => self.take(happening),
            Err(RecvTimeoutError::Timeout) => match self.rest.take_if(|(_, rests)| *rests == at) {
                Some((ticket, _)) => {
                    let effects = update::update(&mut self.state, Event::Rested(ticket));
                    self.grant(effects)
                }
                None => Ok(true),
            },
            Err(RecvTimeoutError::Disconnected) => Ok(false),
        }
    }

    /// Waits a little for an answer that is under way, so that no shell takes it for something typed.
    fn hear_out(&mut self, happenings: &Receiver<Happening>) {
        let deadline = Instant::now() + HEARD;
        while self.screen.flow.waits() {
            match happenings.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Happening::Input(Input::Answer(answer))) if answer == flow::ANSWER => {
                    self.screen.flow.answered();
                }
                // A terminal that is gone answers nothing.
                Ok(Happening::Input(Input::Leave)) | Err(_) => return,
                Ok(_) => {}
            }
        }
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
            Happening::Input(Input::Answer(answer)) => {
                // Any other answer is for somebody who was here before.
                if answer == flow::ANSWER {
                    self.screen.flow.answered();
                }
                return Ok(true);
            }
            Happening::Input(Input::Leave) => return Ok(false),
            Happening::Progress(progress) => Event::Progress(progress),
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
            if !self.state.may(effect.deed()) {
                update::update(&mut self.state, Event::Refused);
                continue;
            }
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Ask(ticket, question) => {
                    self.open += 1;
                    if !self.desk.ask(ticket, question) {
                        return Ok(false);
                    }
                }
                Effect::Copy(text) => {
                    let tmux = self.caps.tmux && self.state.may(Some(Deed::Run));
                    let copied = clip::send(&text, tmux);
                    update::update(&mut self.state, Event::Copied(copied));
                }
                Effect::Remember => {
                    if let Err(reason) = self.memory.keep(&self.state.kept) {
                        update::update(&mut self.state, Event::NotKept(reason.to_string()));
                    }
                }
                Effect::Rest(ticket) => self.rest = Some((ticket, Instant::now() + REST)),
                Effect::Redraw => self.screen.forget(),
                Effect::Suspend => self.suspend()?,
            }
        }
        Ok(true)
    }

    fn suspend(&mut self) -> io::Result<()> {
        if self.screen.flow.waits() {
            // The answer under way is read meanwhile; the shell would take it for something typed.
            thread::sleep(HEARD);
        }
        self.guard.suspend()?;
        self.screen.forget();
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let now = Instant::now();
        self.held = self.screen.flow.holds(now).map(|left| now + left);
        if self.held.is_some() {
            return Ok(());
        }
        if self.look.texts.lang() != self.state.lang {
            self.look = Look::new(self.state.lang, self.look.theme, self.look.signs);
        }
        self.look.theme = self.state.manner.theme();
        let (state, look) = (&self.state, &self.look);
        self.screen.show(state.size, |buffer| view::draw(state, look, buffer))
    }
}
