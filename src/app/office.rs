//! The thread of the review: wakes for wishes and for what happens to files, and for nothing else.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::ears::{Ears, Heard};
use super::review::{Clerk, Reviewing};
use crate::lang::Lang;
use crate::ui::effect::Wish;
use crate::ui::event::News;

/// How often files are looked at whose changes are not told, and how long after a wish what it left is seen to.
const EVERY: Duration = Duration::from_millis(400);

/// How long after a change of files more of the swarm is waited for.
const SWARM: Duration = Duration::from_millis(100);

/// What comes to the clerk.
#[derive(Debug)]
enum Post {
    Wish(Wish),
    Heard(Heard),
    /// Nobody wishes anything any more.
    Left,
}

/// The way to the clerk.
#[derive(Debug)]
pub struct Wishes {
    send: Sender<Post>,
    owing: Arc<Owing>,
}

impl Wishes {
    /// Sends a wish. False where the clerk is gone.
    pub fn send(&self, wish: Wish) -> bool {
        if wish.decides() {
            self.owing.wishes.fetch_add(1, Ordering::SeqCst);
        }
        self.send.send(Post::Wish(wish)).is_ok()
    }
}

impl Drop for Wishes {
    fn drop(&mut self) {
        // A clerk who is gone needs no telling.
        let _ = self.send.send(Post::Left);
    }
}

/// What has still to be written before anybody may leave.
#[derive(Debug, Default)]
struct Owing {
    /// Decisions that are wished.
    wishes: AtomicUsize,
    /// Reports whose decisions are on the disk, and what follows from them is not.
    reports: AtomicUsize,
}

impl Owing {
    fn all(&self) -> usize {
        self.wishes.load(Ordering::SeqCst) + self.reports.load(Ordering::SeqCst)
    }
}

/// The clerk's thread.
#[derive(Debug)]
pub struct Office {
    thread: JoinHandle<()>,
    owing: Arc<Owing>,
}

/// Starts the clerk's thread; news go to `tell`.
///
/// # Errors
/// Where no thread can be started.
pub fn start(
    reviewing: Reviewing,
    tell: impl Fn(News) + Send + Sync + 'static,
) -> io::Result<(Wishes, Office)> {
    let (send, posts) = mpsc::channel::<Post>();
    let owing = Arc::new(Owing::default());
    let (owed, ears) = (owing.clone(), send.clone());
    let thread = thread::Builder::new().name("review".to_owned()).spawn(move || {
        let mut room = Room::new(Clerk::new(reviewing), ears);
        loop {
            let post = match room.patience(Instant::now()) {
                Some(patience) => posts.recv_timeout(patience),
                None => posts.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let decided = matches!(&post, Ok(Post::Wish(wish)) if wish.decides());
            match post {
                Ok(post) => room.take(post, &tell),
                Err(_) => room.look(&tell),
            }
            owed.reports.store(room.clerk.owed(), Ordering::SeqCst);
            owed.wishes.fetch_sub(usize::from(decided), Ordering::SeqCst);
            if room.left && room.clerk.owed() == 0 {
                return;
            }
        }
    })?;
    Ok((Wishes { send, owing: owing.clone() }, Office { thread, owing }))
}

/// The clerk, and what is heard around him.
struct Room {
    clerk: Clerk,
    send: Sender<Post>,
    log: Ears,
    files: Ears,
    /// When to look next, unless something comes before.
    due: Option<Instant>,
    left: bool,
}

impl Room {
    fn new(clerk: Clerk, send: Sender<Post>) -> Self {
        Room { clerk, send, log: Ears::Idle, files: Ears::Idle, due: None, left: false }
    }

    /// How long to wait for what comes; none where there is nothing to look at before.
    fn patience(&self, now: Instant) -> Option<Duration> {
        if self.clerk.put_off() > 0 {
            return Some(Duration::ZERO);
        }
        let deaf = self.log.is_deaf() || self.files.is_deaf();
        let due = self.due.map(|due| due.saturating_duration_since(now));
        due.into_iter().chain(deaf.then_some(EVERY)).min()
    }

    fn take(&mut self, post: Post, tell: &(dyn Fn(News) + Sync)) {
        match post {
            Post::Wish(wish) => {
                self.clerk.grant(wish, tell);
                self.listen();
                self.due = Some(Instant::now() + EVERY);
            }
            // Who was waked by one line reads all that were written since.
            Post::Heard(Heard::Log) => self.look(tell),
            Post::Heard(Heard::Folder) => {
                (self.log, self.files) = (Ears::Idle, Ears::Idle);
                self.listen();
                self.look(tell);
            }
            Post::Heard(Heard::Files) => self.look_by(Instant::now() + SWARM),
            Post::Left => self.left = true,
        }
    }

    /// Looks at everything; what the clerk does not look at again so soon is seen to when he does.
    fn look(&mut self, tell: &(dyn Fn(News) + Sync)) {
        let now = Instant::now();
        let rests = self.clerk.rests_until().filter(|until| *until > now);
        self.clerk.poll(tell);
        let due = self.due.take().filter(|due| *due > now);
        self.due = due.or(rests);
    }

    /// Looks at the files at that time, or when the clerk looks at them again.
    fn look_by(&mut self, time: Instant) {
        let time = self.clerk.rests_until().map_or(time, |rests| rests.max(time));
        self.due = Some(self.due.map_or(time, |due| due.min(time)));
    }

    /// Begins to listen to what has to be heard from now on, and no longer to what has not.
    fn listen(&mut self) {
        let telling = |send: &Sender<Post>| {
            let send = send.clone();
            // Nobody listens any more where the explorer was left.
            move |heard| drop(send.send(Post::Heard(heard)))
        };
        match self.clerk.root() {
            Some(root) if self.log.is_idle() => self.log = Ears::of_log(root, telling(&self.send)),
            _ => {}
        }
        match self.clerk.watched() {
            Some(paths) if self.files.is_idle() => self.files = Ears::of_files(&paths, telling(&self.send)),
            Some(_) => {}
            None => self.files = Ears::Idle,
        }
    }
}

impl Office {
    /// Waits until decisions and what follows from them are written, once nobody sends wishes any more. Where that takes a
    /// while, it is told: the terminal is the shell's again.
    pub fn close(self, lang: Lang) {
        let left = || if self.thread.is_finished() { 0 } else { self.owing.all() };
        let wait = || thread::sleep(Duration::from_millis(20));
        (0..10).take_while(|_| left() > 0).for_each(|_| wait());
        if left() > 0 {
            let _ = writeln!(io::stderr(), "fajian: {}", still_writing(left(), lang));
        }
        while left() > 0 {
            wait();
        }
    }
}

fn still_writing(reports: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("决定已保存；正在写入 {reports} 份报告的已接受结果…"),
        Lang::En => format!("the decisions are saved; writing what was accepted of {reports} reports…"),
    }
}
