//! Nothing happens while nobody does anything: no thread of the explorer wakes, on any screen.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::common::desk;
use crate::common::pty::{Start, Terminal};

/// How long it must be quiet: any timer that is shorter is seen.
const QUIET: Duration = Duration::from_secs(3);

/// How often that is tried: at first there is work behind the screen, and a busy machine takes long for it.
const TRIES: usize = 12;

/// How often the threads of a program were waked so far, and the ticks of CPU time that they used.
fn wakes(pid: i32) -> (u64, u64) {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let of_thread = |folder: &Path| {
        let read = |name| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let (status, stat) = (read("status"), read("stat"));
        let switches = status.lines().filter(|line| line.contains("ctxt_switches"));
        let switches = switches.filter_map(|line| line.rsplit('\t').next()?.parse::<u64>().ok()).sum::<u64>();
        // User and system time are the twelfth and thirteenth field behind the name.
        let times = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        (switches, times.filter_map(|time| time.parse::<u64>().ok()).sum::<u64>())
    };
    let all = threads.flatten().map(|thread| of_thread(&thread.path()));
    all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// Waits for a while in which nothing at all happens.
fn rests(terminal: &mut Terminal, screen: &str) {
    let pid = terminal.pid().as_raw_nonzero().get();
    let mut seen = Vec::new();
    for _ in 0..TRIES {
        terminal.settle();
        let before = wakes(pid);
        thread::sleep(QUIET);
        let after = wakes(pid);
        if before == after {
            return;
        }
        seen.push((after.0 - before.0, after.1 - before.1));
    }
    panic!("{screen} never rests; waked and ticks in each {QUIET:?}: {seen:?}");
}

fn walks_through_resting_screens(folder: &Path) {
    let mut terminal = Start::fajian(&[folder.to_str().unwrap()]).env("USER", "anna").run();
    terminal.wait(" 1/");
    rests(&mut terminal, "the list of reports");
    terminal.send("\r").wait("目录");
    rests(&mut terminal, "a report");
    terminal.send("/").wait("查找").send("xzfy").wait("行政复议");
    rests(&mut terminal, "the look-up");
    terminal.send("\r").wait("名次");
    rests(&mut terminal, "a comparison");
    terminal.send("\x1b").wait("目录").send("\x1b").wait("级别").send("r").wait("待审核");
    rests(&mut terminal, "the review");
    assert!(terminal.send("\x03").end().success());
}

#[test]
fn no_screen_does_anything_by_itself() {
    let folder = desk::changed("idle").setup.paths[0].clone();
    walks_through_resting_screens(&folder);
}

#[test]
fn no_screen_over_an_index_does_anything_by_itself() {
    let folder = desk::changed("idle-index").setup.paths[0].clone();
    let done = Command::new(env!("CARGO_BIN_EXE_fajian")).arg("index").arg(&folder).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    walks_through_resting_screens(&folder);
}

/// Nobody looks at the log any more, and still what others decide is seen.
#[test]
fn what_others_decide_comes_by_itself() {
    let folder = desk::changed("idle-others").setup.paths[0].clone();
    let mut terminal = Start::fajian(&[folder.to_str().unwrap()]).env("USER", "anna").run();
    terminal.wait(" 1/").send("r").wait("6 项待审核");
    rests(&mut terminal, "the review");
    let accept = ["review", folder.to_str().unwrap(), "--accept", "--who", "ben"];
    let done = Command::new(env!("CARGO_BIN_EXE_fajian")).args(accept).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    terminal.until("an empty queue", |vt| !vt.shows("6 项待审核"));
    rests(&mut terminal, "the review");
    assert!(terminal.send("\x03").end().success());
}
