//! What comes over a bad line, in the real program: cut sequences, late answers, long pastes, keys of an input method.

use std::thread::sleep;
use std::time::Duration;

use crate::common::pty::{Start, Terminal};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");

fn explorer() -> Terminal {
    let mut terminal = Start::fajian(&[SAMPLES]).env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22").run();
    terminal.wait("级别").wait("1/");
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.send("\x03");
    assert!(terminal.end().success());
    terminal.is_clean();
}

#[test]
fn a_key_that_comes_in_pieces_moves_once() {
    let mut terminal = explorer();
    for (row, pause) in [(2, 5), (3, 30), (4, 60)] {
        for byte in b"\x1b[B" {
            terminal.send([*byte]);
            sleep(Duration::from_millis(pause));
        }
        terminal.wait(&format!(" {row}/"));
    }
    // Slower than an Esc is waited for: it steps back, which loses nothing here, and the rest is still the key.
    terminal.send("\x1b");
    sleep(Duration::from_millis(400));
    terminal.send("[B").wait(" 5/");
    leave(terminal);
}

#[test]
fn late_answers_are_no_keys() {
    let answers: &[&str] = &[
        "\x1b[?62;22;52c",
        "\x1b[>41;354;0c",
        "\x1b[12;40R",
        "\x1b[?2026;2$y",
        "\x1b[?997;1n",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]10;rgb:ffff/ffff/ffff\x07",
        "\x1b]52;c;cXFxcXE=\x1b\\",
        "\x1bP>|xterm(380)\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
    ];
    let mut terminal = explorer();
    terminal.settle();
    let before = terminal.vt.rows();
    for answer in answers {
        terminal.send(answer);
        let (head, tail) = answer.split_at(answer.len() / 2);
        terminal.send(head);
        sleep(Duration::from_millis(150));
        terminal.send(tail);
    }
    assert_eq!(terminal.settle().vt.rows(), before);
    terminal.send("/").wait("❯").settle();
    let before = terminal.vt.rows();
    for answer in answers {
        terminal.send(answer);
    }
    assert_eq!(terminal.settle().vt.rows(), before);
    leave(terminal);
}

#[test]
fn a_paste_of_a_hundred_kilobytes_is_one_question() {
    let mut terminal = explorer();
    let long = "行政复议\n\x1b[31m\x03\x1a".repeat(5000);
    // Outside a box it opens the look-up; what it holds is text, whatever it looks like.
    terminal.send("\x1b[200~").send(&long).send("\x1b[201~").wait("❯");
    terminal.send("\x15").send("ctysl").wait("出庭应诉率").send("\x1b").wait("& 筛选");
    leave(terminal);
}

#[test]
fn an_input_method_may_stay_on() {
    let mut terminal = explorer();
    terminal.send("？").wait("帮助  报告").send("\x1b").wait("& 筛选");
    terminal.send("／").wait("❯").send("行政复议").wait("行政复议").send("\x1b").wait("& 筛选");
    terminal.send("ｊ").wait(" 2/").send("Ｇ").wait(" 25/").send("ｑ");
    assert!(terminal.end().success());
    terminal.is_clean();
}

#[test]
fn while_the_line_is_full_frames_are_dropped_and_not_queued() {
    let mut terminal = explorer();
    terminal.send("\x1b[F").wait(" 25/").send("\x1b[H").wait(" 1/").settle();
    // From here on nothing arrives at the terminal's end: it answers nothing.
    terminal.deaf = true;
    let before = terminal.bytes.len();
    for _ in 0..60 {
        terminal.send("\x1b[B");
        sleep(Duration::from_millis(10));
        terminal.send("\x1b[A");
        sleep(Duration::from_millis(10));
    }
    terminal.send("\x1b[F").settle();
    let queued = terminal.bytes.len() - before;
    assert!(queued < 6000, "{queued} bytes lie in the line");
    assert!(terminal.vt.questions <= 1);
    // The line is free again: what is shown is the last state, in one frame.
    terminal.deaf = false;
    terminal.vt.questions = 0;
    terminal.send("\x1b[0n").wait(" 25/");
    leave(terminal);
}

#[test]
fn a_terminal_that_never_answers_is_used_all_the_same() {
    let mut terminal = Start::fajian(&[SAMPLES]).env("SSH_TTY", "/dev/pts/7").run();
    terminal.deaf = true;
    terminal.wait("级别").wait("1/");
    for row in 2..20 {
        terminal.send("\x1b[B").wait(&format!(" {row}/"));
    }
    assert_eq!(terminal.vt.questions, 1);
    leave(terminal);
}

#[test]
fn a_key_that_is_held_down_stops_where_it_was_released() {
    let mut terminal = explorer();
    terminal.send("\x1b[B".repeat(12)).wait(" 13/").settle();
    assert!(terminal.vt.shows(" 13/"));
    leave(terminal);
}
