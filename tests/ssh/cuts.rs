//! Lines that are cut at any moment: nothing keeps running, no decision is lost, no lock stays. `FAJIAN_CUTS` says how
//! many lines; a few are enough for every day.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, sleep};
use std::time::Duration;

use super::server::Server;

/// How soon nothing may be left of a line that was cut.
const SOON: Duration = Duration::from_secs(5);

fn cuts() -> u64 {
    std::env::var("FAJIAN_CUTS").ok().and_then(|count| count.parse().ok()).unwrap_or(4)
}

/// Moments and keys that look like chance, and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

#[test]
fn explorers_end_with_their_lines() {
    let Some(server) = Server::start("cut-explorers") else { return };
    let mut chance = Chance(20_261_128);
    let keys = ["\x1b[B", "\x1b[6~", "\r", "/", "ctysl", "\x1b", "x", "n", "\t", "M", "?", "\x1b[", "G"];
    let mut most = 0;
    for round in 0..cuts() {
        let mut terminal = server.log_in(&[], &[]);
        // Every third line is cut before anything is on the screen.
        if round % 3 > 0 {
            terminal.wait("[受限]");
        } else {
            sleep(Duration::from_millis(chance.below(600)));
        }
        for _ in 0..chance.below(25) {
            terminal.send(keys[chance.below(keys.len() as u64) as usize]);
            sleep(Duration::from_millis(chance.below(30)));
        }
        most = most.max(server.explorers().len());
        // The client is killed without a word, as by a line that is torn.
        terminal.child.kill().unwrap();
        server.is_quiet(SOON);
    }
    assert!(most > 0, "no explorer was ever running: {}", server.log());
}

/// What the log of decisions lists: the ids.
fn logged(corpus: &Path) -> BTreeSet<String> {
    let fajian = env!("CARGO_BIN_EXE_fajian");
    let output = Command::new(fajian).arg("review").arg(corpus).arg("--log").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().skip(1).filter_map(|line| line.split('\t').next().map(str::to_owned)).collect()
}

#[test]
fn a_decision_that_was_told_is_kept_and_no_lock_stays() {
    let fajian = env!("CARGO_BIN_EXE_fajian");
    // A login for those who review: its lines come from a pipe, so that there is no screen to look at.
    let command = |settings: String| {
        let lines = settings.lines().map(|line| match line.trim_start().strip_prefix("ForceCommand") {
            Some(rest) => {
                let srv = rest.split_whitespace().last().unwrap_or_default();
                format!("    ForceCommand exec {fajian} review {srv} --who 甲 --script -")
            }
            None => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    let Some(server) = Server::start_with("cut-reviews", command) else { return };
    let corpus = server.folder.join("srv");
    let mut chance = Chance(8_021_119);
    let mut told = BTreeSet::new();
    for round in 0..cuts() {
        let args = server.args(&["-T"], &[]);
        let mut client = Command::new("ssh")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = client.stdin.take().unwrap();
        let output = BufReader::new(client.stdout.take().unwrap());
        let (send, answers) = mpsc::channel();
        let reader = thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let at = offset();
        let writer = thread::spawn(move || {
            for value in 0.. {
                let line = format!("correct lanzhou-2023.txt:{at} value={value}\n");
                if input.write_all(line.as_bytes()).is_err() {
                    return;
                }
                sleep(Duration::from_millis(10));
            }
        });
        // At least one decision is told, then the line is torn at some moment.
        let first = answers.recv_timeout(Duration::from_secs(30));
        assert!(first.is_ok(), "round {round}: no decision was told: {}", server.log());
        sleep(Duration::from_millis(chance.below(400)));
        client.kill().unwrap();
        client.wait().unwrap();
        writer.join().unwrap();
        reader.join().unwrap();
        told.extend(first.into_iter().chain(answers.try_iter()).filter_map(|line| whole(&line)));
        server.is_quiet(SOON);
        let log = logged(&corpus);
        let lost: Vec<&String> = told.difference(&log).collect();
        assert!(lost.is_empty(), "round {round}: lost {lost:?}");
    }
    // Nothing is locked: the next decision is made at once.
    let mut args = vec!["5", fajian, "review", corpus.to_str().unwrap(), "--who", "乙", "--item"];
    let item = format!("lanzhou-2023.txt:{}", offset());
    args.extend([item.as_str(), "--correct", "value=1"]);
    let output = Command::new("timeout").args(args).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    println!("{} lines cut, {} decisions told and kept", cuts(), told.len());
}

/// The id of a decision, where its line came through whole.
fn whole(line: &str) -> Option<String> {
    let mut parts = line.split('\t');
    let id = parts.next()?;
    (id.len() == 12 && parts.count() == 3).then(|| id.to_owned())
}

/// Where the first figure of a sample stands.
fn offset() -> usize {
    let text = include_str!("../../sample_reports/lanzhou-2023.txt");
    let report = fajian::core::extract("a", text, &fajian::core::rules::Rules::builtin().unwrap());
    report.figures[0].span.start
}
