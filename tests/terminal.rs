//! The real program in a real terminal: it comes up, does what keys say, and gives the terminal back as it was,
//! however it ends.

use rustix::process::Signal;

use crate::common::pty::{Start, Terminal};

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

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_comes_back_to_the_same_place() {
    let mut terminal = Start::program("sh", &["-i"]).env("PS1", "shell> ").run();
    let command = format!("{} {SAMPLES}\n", env!("CARGO_BIN_EXE_fajian"));
    terminal.wait("shell>").send(command).wait("级别").wait("1/").send("\x1b[B").wait("2/").send("\x1a");
    terminal.until("the shell again", |vt| vt.modes.last().is_some_and(|mode| mode == "?1049l"));
    terminal.send("fg\n").wait("级别").wait("2/").send("\x03");
    terminal.until("the shell at last", |vt| vt.modes.iter().filter(|mode| *mode == "?1049l").count() == 2);
    terminal.send("exit\n").end();
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
