//! The real program in a real terminal: it comes up, does what keys say, and gives the terminal back as it was,
//! however it ends.

use std::fs;
use std::path::Path;
use std::process::Command;

use rustix::process::Signal;

use crate::common::pty::{Start, Terminal};
use crate::generate;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");

fn explorer() -> Terminal {
    Start::fajian(&[SAMPLES]).run()
}

/// The terminal is as a shell wants it, and the last word on each of its modes was to take it back.
fn gave_the_terminal_back(terminal: &Terminal) {
    assert!(terminal.is_cooked(), "the terminal is left raw");
    let last = |mode: &str| {
        let of_mode = |set: &&String| set.starts_with(mode) && set.len() == mode.len() + 1;
        terminal.vt.modes.iter().rfind(of_mode).map(|set| set.ends_with('h'))
    };
    assert_eq!(last("?1049"), Some(false), "the second screen was not left");
    assert_eq!(last("?2004"), Some(false), "bracketed paste was left on");
    assert_eq!(last("?25"), Some(true), "the cursor is hidden");
    assert_eq!(last("?7"), Some(true), "lines do not wrap");
    for mode in ["?2026", "?1000", "?1002", "?1003", "?1006"] {
        assert_ne!(last(mode), Some(true), "{mode} was left on");
    }
    terminal.is_clean();
}

#[test]
fn keys_lead_through_the_screens_and_ctrl_c_out() {
    let mut terminal = explorer();
    terminal.wait("级别").wait("1/").send("\r").wait("目录").send("n").wait("数字 1/");
    terminal.send("/").wait("查找").send("ctysl").wait("出庭应诉率").send("\x03");
    assert!(terminal.end().success());
    gave_the_terminal_back(&terminal);
}

#[test]
fn signals_give_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = explorer();
        terminal.wait("级别").send("\r").signal(signal).end();
        gave_the_terminal_back(&terminal);
    }
}

/// The sequences that set a style, those of colours aside that every look shares.
fn styles(terminal: &Terminal) -> String {
    let text = terminal.text();
    text.split("\x1b[")
        .filter_map(|part| part.split_once('m'))
        .map(|(style, _)| style)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_light_terminal_gets_the_light_look_unless_another_was_chosen() {
    let mut dark = explorer();
    dark.wait("级别").settle();
    let mut light = explorer();
    light.background = "fdfd/f6f6/e3e3";
    light.wait("级别").settle();
    assert_ne!(styles(&light), styles(&dark));
    // Late as the answer may come, it is no key, and nothing of it is left for the shell.
    for terminal in [&mut light, &mut dark] {
        terminal.send("\x03");
        assert!(terminal.end().success());
        gave_the_terminal_back(terminal);
    }
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("themes");
    fs::create_dir_all(home.join("fajian")).unwrap();
    fs::write(home.join("fajian/config.toml"), "theme = 'dark'\n").unwrap();
    let mut chosen = Start::fajian(&[SAMPLES]).env("XDG_CONFIG_HOME", home.display().to_string()).run();
    chosen.wait("级别").settle();
    assert!(!chosen.text().contains("\x1b]11;?"), "who has chosen is not asked");
}

#[test]
fn what_is_copied_goes_to_the_program_that_was_set_and_into_boxes() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clipboards");
    let (taken, config) = (home.join("taken"), home.join("fajian/config.toml"));
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(home.join("fajian")).unwrap();
    fs::write(config, format!("clipboard = 'tee {}'\n", taken.display())).unwrap();
    let mut terminal = Start::fajian(&[SAMPLES]).env("XDG_CONFIG_HOME", home.display().to_string()).run();
    terminal.wait("级别").wait("1/").send("yp").wait("剪贴板程序");
    let copied = fs::read_to_string(&taken).unwrap();
    assert!(copied.ends_with(".txt"), "{copied:?}");
    assert!(terminal.vt.clipboard.is_empty(), "it was sent by OSC 52 as well");
    // The same text can be put into a box here.
    terminal.send("/").wait("❯").send("\x19").wait(&copied).send("\x03");
    assert!(terminal.end().success());
    gave_the_terminal_back(&terminal);
}

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_comes_back_to_the_same_place() {
    let mut terminal = Start::program("sh", &["-i"]).env("PS1", "shell> ").run();
    let command = format!("{} {SAMPLES}\n", env!("CARGO_BIN_EXE_fajian"));
    terminal.wait("shell>").send(command).wait("级别").wait("1/").send("\x1b[B").wait("2/").send("\x1a");
    terminal.until("the shell again", |vt| vt.modes.last().is_some_and(|mode| mode == "?1049l"));
    // What is typed before the shell asks for it may still be read by the explorer.
    terminal.wait("shell>").send("fg\n").wait("级别").wait("2/").send("\x03");
    terminal.until("the shell at last", |vt| vt.modes.iter().filter(|mode| *mode == "?1049l").count() == 2);
    terminal.wait("shell>").send("exit\n").end();
    // What the shell itself writes is its own business.
}

#[test]
fn a_storm_of_sizes_ends_with_the_screen_of_the_last_one() {
    let mut terminal = explorer();
    terminal.wait("级别").wait("1/").send("\r").wait("目录");
    for step in 0..60u16 {
        // From nothing to far more than there is to show, and no order in it.
        terminal.resize(step * 37 % 211, step * 17 % 83);
    }
    terminal.resize(90, 25).settle();
    terminal.send("\x0c").wait("目录").settle();
    let fresh = terminal.vt.rows();
    assert!(fresh[24].contains("Enter"), "{fresh:#?}");
    terminal.send("\x03");
    assert!(terminal.end().success());
    gave_the_terminal_back(&terminal);
}

#[test]
fn the_mouse_is_asked_for_listened_to_and_given_back() {
    let mut terminal = explorer();
    terminal.wait("级别").wait("1/").send("\x1b[24~").wait("鼠标已启用");
    // A press and a release on the third row of the list, twice.
    for there in ["3/", "目录"] {
        terminal.send("\x1b[<0;5;6M\x1b[<0;5;6m").wait(there);
    }
    terminal.send("\x03");
    assert!(terminal.end().success());
    gave_the_terminal_back(&terminal);
}

#[test]
fn the_last_place_and_the_bookmarks_outlive_a_run() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("places");
    let _ = fs::remove_dir_all(&home);
    let run = || Start::fajian(&[SAMPLES]).env("XDG_STATE_HOME", home.display().to_string()).run();
    let mut first = run();
    first.wait("级别").wait("1/").send("\r").wait("目录").send("n").wait("数字 1/");
    first.send("m").wait("已设书签").send("\x03");
    assert!(first.end().success());
    let mut second = run();
    second.wait("级别").wait("1/").send("gl").wait("数字 1/").send("\x1b").wait("级别");
    second.send("gm").wait("报告").send("\r").wait("数字 1/").send("\x03");
    assert!(second.end().success());
}

#[test]
fn a_tour_plays_by_itself_and_can_be_hurried_on_and_left() {
    let mut terminal = Start::fajian(&["tour"]).run();
    terminal.wait("导览").wait("1/14").wait("级别");
    // A step has a few keys, each of which can be hurried on.
    for _ in 0..12 {
        terminal.send(" ").settle();
    }
    assert!(!terminal.vt.shows("1/14"), "{}", terminal.vt.rows().join("\n"));
    terminal.send("\x1b");
    assert!(terminal.end().success());
    gave_the_terminal_back(&terminal);
}

/// A tmux server of a test's own.
struct Tmux(String);

impl Tmux {
    /// A server; none, with a message, where tmux is not installed.
    fn new() -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            eprintln!("skipped: tmux is not installed");
            return None;
        }
        Some(Tmux(format!("fajian-{}", std::process::id())))
    }

    fn told(&self, args: &[&str]) -> String {
        let output = Command::new("tmux").args(["-L", &self.0]).args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// A client in a terminal. What tmux writes there is its own business: what the explorer shows, tmux is asked for.
    fn client(&self, args: &[&str], columns: u16, rows: u16) -> Terminal {
        let args = [&["-u", "-L", &self.0, "-f", "/dev/null"], args].concat();
        let mut terminal = Start::program("tmux", &args).size(columns, rows).run();
        terminal.deaf = true;
        terminal
    }

    /// Waits until the explorer shows something.
    fn wait(&self, terminal: &mut Terminal, text: &str) {
        for _ in 0..200 {
            if self.told(&["capture-pane", "-p"]).contains(text) {
                return;
            }
            terminal.settle();
        }
        panic!("{text:?} did not come:\n{}", self.told(&["capture-pane", "-p"]));
    }
}

#[test]
fn a_session_of_tmux_is_left_and_taken_up_again_at_the_same_place() {
    let Some(tmux) = Tmux::new() else { return };
    let run = format!("{} {SAMPLES}", env!("CARGO_BIN_EXE_fajian"));
    let mut first = tmux.client(&["new-session", &run], 100, 30);
    for (keys, shows) in [("", " 1/"), ("\r", "目录"), ("n", "数字 1/")] {
        tmux.wait(first.send(keys), shows);
    }
    first.send("\x02d");
    assert!(first.end().success());
    let running = tmux.told(&["display-message", "-p", "#{pane_current_command} #{session_attached}"]);
    assert_eq!(running.trim(), "fajian 0");
    let mut second = tmux.client(&["attach-session"], 90, 26);
    for (keys, shows) in [("", "数字 1/"), ("\x1b", "级别")] {
        tmux.wait(second.send(keys), shows);
    }
    let size = tmux.told(&["display-message", "-p", "#{pane_width}"]);
    assert_eq!(size.trim(), "90");
    second.send("\x03");
    assert!(second.end().success());
    assert!(tmux.told(&["list-sessions"]).is_empty(), "the session has outlived the explorer");
}

/// Whoever reads follows whoever writes, also where they may not write themselves; and the log beside the index ends empty.
#[test]
fn a_reader_follows_an_index_that_somebody_else_writes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("followed");
    let _ = fs::remove_dir_all(&folder);
    generate::write(&folder, 20, 30, 2_000).unwrap();
    let index = || {
        let done = Command::new(env!("CARGO_BIN_EXE_fajian")).arg("index").arg(&folder).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    index();
    let mut reader = Start::fajian(&["--read-only", folder.to_str().unwrap()]).run();
    reader.wait("1/30");
    generate::write(&folder, 21, 45, 2_000).unwrap();
    index();
    reader.wait("1/45");
    // A run without changes is no news, and finds nobody any more who needs the log.
    index();
    let log = folder.join(".fajian/index.sqlite-wal");
    reader.until("an empty log", |_| fs::metadata(&log).is_ok_and(|log| log.len() == 0));
    reader.send("\x03").end();
}
