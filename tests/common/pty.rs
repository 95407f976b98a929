//! The real program at the other end of a real terminal line.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty};

use super::vt::Vt;

/// How long anything may take before a test gives up: a busy machine is no failure.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program in a terminal of its own.
pub struct Terminal {
    line: std::fs::File,
    pty: Pty,
    pub child: Child,
    received: Receiver<Vec<u8>>,
    pub vt: Vt,
    /// It answers no questions.
    pub deaf: bool,
    /// What it tells of its background colour.
    pub background: &'static str,
    /// Everything that the program sent.
    pub bytes: Vec<u8>,
}

/// What to start and where.
pub struct Start<'a> {
    pub program: &'a str,
    pub args: &'a [&'a str],
    pub env: BTreeMap<&'a str, String>,
    pub size: (u16, u16),
}

impl<'a> Start<'a> {
    pub fn fajian(args: &'a [&'a str]) -> Self {
        Start::program(env!("CARGO_BIN_EXE_fajian"), args)
    }

    pub fn program(program: &'a str, args: &'a [&'a str]) -> Self {
        let path = std::env::var("PATH").unwrap_or_default();
        // A home of its own, so that nobody's settings and no other run make a difference.
        static RUNS: AtomicUsize = AtomicUsize::new(0);
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        let home = format!("{}/homes/{}-{run}", env!("CARGO_TARGET_TMPDIR"), std::process::id());
        let env = [("TERM", "xterm-256color".to_owned()), ("LANG", "zh_CN.UTF-8".into()), ("PATH", path)];
        let env = env.into_iter().chain([("HOME", home)]).collect();
        Start { program, args, env, size: (100, 30) }
    }

    pub fn env(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.env.insert(name, value.into());
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    pub fn run(self) -> Terminal {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        let (columns, rows) = self.size;
        pty.resize(Size::new(rows, columns)).unwrap();
        let command = Command::new(self.program).args(self.args).env_clear().envs(&self.env);
        let child = command.spawn(pts).unwrap();
        let fd = |pty: &Pty| -> OwnedFd { pty.as_fd().try_clone_to_owned().unwrap() };
        let (mut reader, line) = (std::fs::File::from(fd(&pty)), std::fs::File::from(fd(&pty)));
        let (send, received) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Terminal {
            line,
            pty,
            child,
            received,
            vt: Vt::new(columns, rows),
            deaf: false,
            background: "0000/0000/0000",
            bytes: Vec::new(),
        }
    }
}

impl Terminal {
    /// Sends bytes, as a keyboard would.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.line.write_all(bytes.as_ref()).unwrap();
        self
    }

    /// Waits until the screen shows a text.
    pub fn wait(&mut self, text: &str) -> &mut Self {
        self.until(&format!("{text:?}"), |vt| vt.shows(text))
    }

    /// Waits until the screen is as wanted.
    pub fn until(&mut self, what: &str, is: impl Fn(&Vt) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !is(&self.vt) {
            assert!(
                Instant::now() < deadline,
                "{what} did not come:\n{}\n{:?}",
                self.vt.rows().join("\n"),
                self.vt.faults
            );
            self.read(Duration::from_millis(20));
        }
        self
    }

    /// Waits until a sequence was sent.
    pub fn sent(&mut self, bytes: &str) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !self.text().contains(bytes) {
            assert!(Instant::now() < deadline, "{bytes:?} was not sent: {:?}", self.text());
            self.read(Duration::from_millis(20));
        }
        self
    }

    /// Takes in what was sent until nothing comes for a while.
    pub fn settle(&mut self) -> &mut Self {
        while self.read(Duration::from_millis(250)) {}
        self
    }

    fn read(&mut self, wait: Duration) -> bool {
        match self.received.recv_timeout(wait) {
            Ok(bytes) => {
                self.vt.feed(&bytes);
                self.bytes.extend(bytes);
                if !self.deaf {
                    for _ in 0..std::mem::take(&mut self.vt.questions) {
                        // The program may be gone by now.
                        let _ = self.line.write_all(b"\x1b[0n");
                    }
                    for _ in 0..std::mem::take(&mut self.vt.colour_questions) {
                        let answer = format!("\x1b]11;rgb:{}\x1b\\", self.background);
                        let _ = self.line.write_all(answer.as_bytes());
                    }
                }
                true
            }
            Err(_) => false,
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.pty.resize(Size::new(rows, columns)).unwrap();
        self.vt.resize(columns, rows);
        self
    }

    pub fn pid(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.child)
    }

    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        rustix::process::kill_process(self.pid(), signal).unwrap();
        self
    }

    /// Waits for the program to end by itself.
    pub fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.read(Duration::from_millis(50)) {}
                return status;
            }
            assert!(Instant::now() < deadline, "it did not end:\n{}", self.vt.rows().join("\n"));
            self.read(Duration::from_millis(20));
        }
    }

    /// True where the terminal edits lines and turns keys into signals: what a shell is used to.
    pub fn is_cooked(&self) -> bool {
        use rustix::termios::{LocalModes, OutputModes, tcgetattr};
        let modes = tcgetattr(&self.line).unwrap();
        modes.local_modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
            && modes.output_modes.contains(OutputModes::OPOST)
    }

    /// True while the program runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// All that was sent, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Nothing was sent that had no business here.
    pub fn is_clean(&self) {
        let faults = &self.vt.faults;
        assert!(faults.is_empty(), "{} faults: {:?}", faults.len(), &faults[..faults.len().min(20)]);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A failed test leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
