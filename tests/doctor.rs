//! `fajian doctor`: with a terminal that answers, one that does not, and none at all.

use std::process::Command;

use serde_json::Value;

use crate::common::pty::{Start, Terminal};

/// What a terminal answers that takes one cell for a box line and two for a quotation mark.
const ANSWERS: &str = "\x1b[9;3R\x1b[9;3R\x1b[9;3R\x1b[9;2R\x1b[9;2R\x1b[9;2R\x1b[9;2R\x1b[?2026;2$y\
                       \x1b]11;rgb:1111/2222/3333\x1b\\\x1b[?62;22c";

fn asked() -> Terminal {
    let mut terminal = Start::fajian(&["doctor"]).size(120, 60).run();
    // It answers what a test says, and nothing of its own.
    terminal.deaf = true;
    terminal.sent("\x1b[c");
    terminal
}

#[test]
fn a_terminal_tells_what_it_is() {
    let mut terminal = asked();
    // What is typed meanwhile is no answer.
    terminal.send("q\x1b[A").send(ANSWERS);
    assert!(terminal.end().success());
    let text = terminal.text();
    for found in ["终端答复支持", "rgb:1111/2222/3333", "法 2", "“ 2", "─ 1", "xterm-256color", "120×60"]
    {
        assert!(text.contains(found), "{found}: {text}");
    }
    assert!(terminal.is_cooked());
}

#[test]
fn a_terminal_that_says_nothing_is_not_waited_for_long() {
    let mut terminal = asked();
    assert!(terminal.end().success());
    assert!(terminal.text().contains("终端什么都没有答复"), "{}", terminal.text());
    assert!(terminal.is_cooked());
}

#[test]
fn without_a_terminal_it_tells_the_rest_in_both_languages() {
    let doctor = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
        let output = command.arg("doctor").args(args).env_clear().envs(env.iter().copied()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let bare = doctor(&[], &[]);
    assert!(bare.contains("there is no terminal here") && bare.contains("TERM is dumb or not set"), "{bare}");
    assert!(bare.contains("does not say UTF-8"), "{bare}");
    let usual =
        [("LANG", "zh_CN.UTF-8"), ("TERM", "xterm"), ("TMUX", "/tmp/x,1,0"), ("SSH_TTY", "/dev/pts/9")];
    let told = doctor(&[], &usual);
    for found in ["这里没有终端", "tmux load-buffer", "set-clipboard on", "允许 OSC 52"] {
        assert!(told.contains(found), "{found}: {told}");
    }
    let json: Value = serde_json::from_str(&doctor(&["--json"], &usual)).unwrap();
    let costs = json["costs"].as_array().unwrap();
    assert_eq!(costs.len(), 5);
    assert!(
        costs.iter().all(|cost| cost["bytes"].as_u64() > Some(0) && cost["frames"].as_u64() > Some(0)),
        "{json}"
    );
    // A page of text costs little more than its own bytes.
    let page = &costs[2];
    assert!(page["bytes"].as_u64().unwrap() * 100 <= page["shown"].as_u64().unwrap() * 125, "{page}");
}
