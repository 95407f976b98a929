//! The real program in a real terminal: it comes up, does what keys say, and gives the terminal back as it was,
//! however it ends. `script` lends the terminal; where it is missing the tests say so and pass.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// What a run left behind.
struct Run {
    output: String,
}

/// Runs the explorer over the samples. `steps` are texts to wait for and what to send then; with `signal` the
/// program gets it after a while.
fn run(name: &str, steps: &[(&str, &str)], signal: Option<&str>) -> Option<Run> {
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: `script` (util-linux) is not installed");
        return None;
    }
    let root = env!("CARGO_MANIFEST_DIR");
    let program = env!("CARGO_BIN_EXE_fajian");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (shell, pid) = (folder.join(format!("{name}.sh")), folder.join(format!("{name}.pid")));
    let pid = pid.display();
    let killer = signal.map_or(String::new(), |signal| format!("(sleep 2; kill -{signal} $(cat '{pid}')) &"));
    let lines = format!(
        "stty cols 100 rows 30\nbefore=$(stty -g)\n{killer}\n\
         sh -c 'echo $$ > \"{pid}\"; exec \"{program}\" --lang zh \"{root}/sample_reports\"'\n\
         echo exit=$?\n[ \"$before\" = \"$(stty -g)\" ] && echo terminal=same\necho end=here\n"
    );
    fs::write(&shell, lines).unwrap();
    let mut child = Command::new("script")
        .args(["-qec", &format!("sh '{}'", shell.display()), "/dev/null"])
        .env("TERM", "xterm-256color")
        // Nobody's own settings and bookmarks.
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_STATE_HOME", folder.join(name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = [0; 65536];
        while let Ok(read @ 1..) = output.read(&mut bytes) {
            if send.send(bytes[..read].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut seen = Vec::new();
    let mut from = 0;
    for (text, keys) in steps.iter().copied().chain([("end=here", "")]) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let shown = String::from_utf8_lossy(&seen[from..]).into_owned();
            if shown.contains(text) {
                break;
            }
            assert!(Instant::now() < deadline, "{text:?} did not come:\n{shown:?}");
            if let Ok(bytes) = receive.recv_timeout(Duration::from_millis(50)) {
                seen.extend(bytes);
            }
        }
        from = seen.len();
        input.write_all(keys.as_bytes()).unwrap();
        input.flush().unwrap();
    }
    drop(input);
    let _ = child.wait();
    Some(Run { output: String::from_utf8_lossy(&seen).into_owned() })
}

impl Run {
    fn gave_the_terminal_back(&self) {
        let Run { output } = self;
        assert!(output.contains("terminal=same"), "stty differs:\n{output:?}");
        let left = output.rfind("\u{1b}[?1049l").expect("the second screen was not left");
        let shown = output.rfind("\u{1b}[?25h").expect("the cursor was not shown");
        let pasted = output.rfind("\u{1b}[?2004l").expect("bracketed paste was left on");
        assert!(output.rfind("\u{1b}[?25l").unwrap() < shown.min(left).min(pasted));
    }
}

#[test]
fn keys_lead_through_the_screens_and_ctrl_c_out() {
    let steps = [("级别", "\r"), ("目录", "n"), ("数字", "/"), ("查找", "ctysl"), ("出庭", "\u{3}")];
    let Some(run) = run("keys", &steps, None) else { return };
    run.gave_the_terminal_back();
    assert!(run.output.contains("exit=0"));
}

#[test]
fn signals_give_the_terminal_back() {
    for signal in ["TERM", "HUP"] {
        let Some(run) = run(signal, &[("报告", "\r")], Some(signal)) else { return };
        run.gave_the_terminal_back();
    }
}
