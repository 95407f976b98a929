//! The loop: take what happened, update, grant what update wishes, draw when something changed.

pub mod answers;
pub mod config;
pub mod ears;
pub mod fault;
mod lookup;
pub mod memory;
mod news;
mod office;
mod options;
pub mod play;
mod reports;
pub mod review;
mod save;
pub mod selftest;

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use answers::Desk;
use memory::Memory;
pub use news::News;
use office::Wishes;
use options::Asked;
pub use options::Options;
use play::{Player, Session};
use reports::Reports;

use crate::core::catalogue::Catalogue;
use crate::rights::Deed;
use crate::term::caps::Caps;
use crate::term::clip::Clipboard;
use crate::term::flow::{self, Flow};
use crate::term::input::{self, Input};
use crate::term::output::Output;
use crate::term::{Guard, background, mouse};
use crate::ui::effect::{Effect, Ticket};
use crate::ui::event::{Answer, Event, News as Heard};
use crate::ui::lang::Word;
use crate::ui::look::{Look, Signs};
use crate::ui::state::notice::Notice;
use crate::ui::state::{Fixed, Manner, State};
use crate::ui::{update, view};

/// How long a frame waits for answers that are about to come, so that one key makes one frame.
const PATIENCE: Duration = Duration::from_millis(12);

/// How long a lone Esc may be the start of a sequence: a line can cut it in two.
const NEAR: Duration = Duration::from_millis(25);
const FAR: Duration = Duration::from_millis(100);

/// How long leaving waits for an answer that is under way.
const HEARD: Duration = Duration::from_millis(700);

/// What the loop waits for.
enum Happening {
    Input(Input),
    Answer(Ticket, Answer),
    News(News),
    Review(Heard),
}

impl From<Input> for Happening {
    fn from(input: Input) -> Self {
        Happening::Input(input)
    }
}

struct App {
    state: State,
    look: Look,
    clipboard: Clipboard,
    guard: Guard,
    screen: Output<File>,
    desk: Desk,
    clerk: Wishes,
    memory: Memory,
    session: Session,
    asked: Asked,
    reports: Reports,
    /// Until when a frame waits for the line.
    held: Option<Instant>,
}

/// Runs the explorer until somebody leaves. `open` opens the corpus while the screen already stands; it tells how far
/// that is, and hands the corpus over, again whenever it has changed, also by what it is told: that somebody decided.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn run(
    catalogue: Arc<Catalogue>,
    options: Options,
    open: impl FnOnce(&(dyn Fn(News) + Sync), Receiver<()>) + Send + 'static,
) -> io::Result<()> {
    let caps = Caps::of_environment();
    let keymap = Arc::new(options.config.keymap.clone());
    let fixed = Fixed { catalogue, keymap, rights: options.rights };
    let guard = Guard::enter()?;
    crate::store::hush();
    let mut screen = Output::new(crate::term::terminal()?, caps.synchronized);
    screen.flow = Flow::new(caps.flow);
    let (send, happenings) = mpsc::channel();
    input::listen(send.clone(), if caps.remote { FAR } else { NEAR })?;
    let review = send.clone();
    let (clerk, office) = office::start(options.reviewing.clone(), move |told| {
        // Nobody listens any more where the explorer was left.
        let _ = review.send(Happening::Review(told));
    })?;
    let news = send.clone();
    let (outdated, decided) = mpsc::channel();
    thread::Builder::new().name("reports".to_owned()).spawn(move || open(&news::telling(news), decided))?;
    let desk = Desk::open(move |ticket, answer| send.send(Happening::Answer(ticket, answer)).is_ok())?;
    let state = first(&options, caps, fixed)?;
    let wide = options.config.ambiguous_width.map_or(!caps.narrow_lines, |width| width == 2);
    let signs = if wide { Signs::ASCII } else { Signs::LINES };
    let look = Look::new(options.lang, state.manner.theme(), signs);
    let mut asked = Asked::over(caps.remote);
    if options.config.theme.is_none() && caps.colour && caps.asks {
        screen.ask(background::QUESTION);
        asked.background = Some(Instant::now());
    }
    let lang = options.lang;
    let may_run = options.rights.may(Deed::Run);
    let clipboard = Clipboard::new(options.config.clipboard.filter(|_| may_run), caps.tmux && may_run);
    let record = options.record.map(File::create).transpose()?;
    let now = Instant::now();
    let player = options.playing.map(|(script, pace)| Player::new(script, options.lang, pace, now));
    let memory = options.memory;
    let session = Session { player, record };
    let (reports, held) = (Reports::new(outdated), None);
    let app =
        App { state, look, clipboard, guard, screen, desk, clerk, memory, session, asked, reports, held };
    let left = app.run(&happenings);
    office.close(lang);
    left
}

/// The first screen, set up as somebody wants it.
fn first(options: &Options, caps: Caps, fixed: Fixed) -> io::Result<State> {
    let mut state = State::new(crate::term::size()?, options.lang, fixed);
    state.manner = Manner {
        theme: options.config.theme.unwrap_or_default(),
        colourless: !caps.colour,
        mouse: options.config.mouse.unwrap_or(false),
        alone: false,
    };
    state.kept = options.memory.recall();
    let place_kept = || Some(Notice::done(Word::LastPlaceKept)).filter(|_| state.kept.last.is_some());
    state.notice = options.told().or_else(place_kept);
    Ok(state)
}

impl App {
    fn run(mut self, happenings: &Receiver<Happening>) -> io::Result<()> {
        if self.state.manner.mouse {
            mouse::listen(true)?;
        }
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

    /// Waits for what happens next: at the latest, that the cursor rests, that the line will not answer, or that the
    /// next key plays by itself.
    fn wait(&mut self, happenings: &Receiver<Happening>) -> io::Result<bool> {
        // Nothing plays before there is something to play with.
        let plays = self.session.player.as_ref().filter(|_| self.state.is_ready()).and_then(Player::due);
        let rests = self.asked.rest.map(|(_, at)| at);
        let Some(at) = rests.into_iter().chain(self.held).chain(plays).min() else {
            return happenings.recv().map_or(Ok(false), |happening| self.take(happening));
        };
        match happenings.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(happening) => self.take(happening),
            Err(RecvTimeoutError::Timeout) => self.elapse(Instant::now()),
            Err(RecvTimeoutError::Disconnected) => Ok(false),
        }
    }

    /// Some time has gone by and nothing has happened.
    fn elapse(&mut self, now: Instant) -> io::Result<bool> {
        if let Some((ticket, _)) = self.asked.rest.take_if(|(_, at)| *at <= now) {
            let effects = update::update(&mut self.state, Event::Rested(ticket));
            return self.grant(effects);
        }
        let key = self.session.player.as_mut().and_then(|player| player.tick(now));
        let Some(key) = key else { return Ok(true) };
        let effects = update::update(&mut self.state, Event::Key(key));
        self.grant(effects)
    }

    /// Waits a little for an answer that is under way, so that no shell takes it for something typed.
    fn hear_out(&mut self, happenings: &Receiver<Happening>) {
        let deadline = Instant::now() + HEARD;
        while self.is_asking() {
            match happenings.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Happening::Input(Input::Answer(answer))) => {
                    self.hear(&answer);
                }
                // A terminal that is gone answers nothing.
                Ok(Happening::Input(Input::Leave)) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    /// True while an answer of the terminal is under way.
    fn is_asking(&self) -> bool {
        self.screen.flow.waits() || self.asked.hears_background()
    }

    /// Takes an answer of the terminal. Any that was not asked for is for somebody who was here before.
    fn hear(&mut self, answer: &str) -> Option<Event> {
        if answer == flow::ANSWER {
            self.screen.flow.answered();
        }
        let light = background::is_light(answer)?;
        self.asked.background.take().map(|_| Event::Background { light })
    }

    /// Takes all that has already happened, and answers that come within a frame's time.
    fn catch_up(&mut self, happenings: &Receiver<Happening>) -> io::Result<bool> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let patience = if self.asked.answers && self.asked.awaited.contains(&true) {
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
        if let Happening::Input(Input::Key(key)) = &happening
            && let Some(going) = self.session.watch(*key)?
        {
            return Ok(going);
        }
        let event = match happening {
            Happening::Input(Input::Key(key)) => Event::Key(key),
            Happening::Input(Input::Mouse(mouse)) => Event::Mouse(mouse),
            Happening::Input(Input::Paste(text)) => Event::Paste(text),
            Happening::Input(Input::Resize(size)) => Event::Resize(size),
            Happening::Input(Input::Answer(answer)) => match self.hear(&answer) {
                Some(event) => event,
                None => return Ok(true),
            },
            Happening::Input(Input::Leave) => return Ok(false),
            Happening::Review(told) => {
                self.correct(&told);
                Event::Review(told)
            }
            Happening::News(News::Progress(progress)) => Event::Progress(progress),
            Happening::News(News::Corpus(corpus)) => {
                let going = self.desk.renew(&corpus);
                // The first ones are waited for by every question that was put.
                if self.reports.take(corpus) {
                    return Ok(going);
                }
                Event::Renewed
            }
            Happening::Answer(ticket, answer) => {
                let slot = ticket.slot as usize;
                if self.asked.open[slot].take_if(|asked| *asked == ticket.number).is_some() {
                    self.asked.awaited[slot] = false;
                }
                self.asked.answers = true;
                Event::Answer(ticket, answer)
            }
        };
        let effects = update::update(&mut self.state, event);
        self.grant(effects)
    }

    /// Lets every screen ask for what was decided meanwhile, where the reports at hand can take it in.
    fn correct(&mut self, told: &Heard) {
        let Heard::Renewed(documents) = told else { return };
        let Some(newer) = self.reports.with(documents) else { return };
        self.desk.renew(&newer);
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
                    self.asked.open[ticket.slot as usize] = Some(ticket.number);
                    self.asked.awaited[ticket.slot as usize] = true;
                    if !self.desk.ask(ticket, question) {
                        return Ok(false);
                    }
                }
                Effect::Prepare => {
                    if !self.desk.prepare() {
                        return Ok(false);
                    }
                }
                Effect::Review(wish) => {
                    if !self.clerk.send(wish) {
                        return Ok(false);
                    }
                }
                Effect::Copy(text) => {
                    let copied = self.clipboard.send(&text);
                    update::update(&mut self.state, Event::Copied(copied));
                }
                Effect::Remember => {
                    if let Err(reason) = self.memory.keep(&self.state.kept) {
                        update::update(&mut self.state, Event::NotKept(reason.to_string()));
                    }
                }
                Effect::Rest(ticket) => {
                    self.asked.rest = Some((ticket, Instant::now() + self.asked.patience))
                }
                Effect::Save { name, text } => {
                    let saved = save::beside(&name, &text).map_err(|error| error.to_string());
                    update::update(&mut self.state, Event::Saved(saved));
                }
                Effect::Mouse(on) => mouse::listen(on)?,
                Effect::Redraw => self.screen.forget(),
                Effect::Suspend => self.suspend()?,
            }
        }
        Ok(true)
    }

    fn suspend(&mut self) -> io::Result<()> {
        if self.is_asking() {
            // The answer under way is read meanwhile; the shell would take it for something typed.
            thread::sleep(HEARD);
        }
        self.guard.suspend()?;
        if self.state.manner.mouse {
            mouse::listen(true)?;
        }
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
        self.asked.awaited = Default::default();
        let (state, look, player) = (&self.state, &self.look, &self.session.player);
        let mut ends = None;
        self.screen.show(state.size, |buffer| {
            let drawn = view::draw(state, look, buffer);
            ends = drawn.preview_ends;
            let player = player.as_ref();
            if let Some((player, caption)) = player.and_then(|p| Some((p, p.caption(state.lang)?))) {
                view::caption::draw(look, buffer, caption, player.is_over());
            }
            drawn.cursor
        })?;
        if let Some(rows) = ends {
            let effects = update::update(&mut self.state, Event::PreviewEnds(rows));
            self.grant(effects)?;
        }
        Ok(())
    }
}
