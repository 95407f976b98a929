//! The maintainer's loop: edit the catalogue or a report, save, and what that changes stands in the queue; only what
//! it can matter to is read again.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::common::{Explorer, desk};
use fajian::app::review::Reviewing;
use fajian::core::catalogue::{BUILTIN, Catalogue};
use fajian::core::rules::Rules;
use fajian::lang::Lang;
use fajian::store::review::{Item, Review};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");

fn samples(name: &str) -> std::path::PathBuf {
    let folder = desk::folder(name);
    for entry in fs::read_dir(SAMPLES).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    folder
}

fn open(reviewing: &Reviewing) -> Review {
    Review::open(reviewing.setup.clone(), &|_, _| {}).unwrap()
}

fn items(review: &Review) -> Vec<Arc<Item>> {
    review.items(&review.docket().entries)
}

/// What differs between two dockets, for a message.
fn ids(review: &Review) -> Vec<String> {
    items(review).iter().map(|item| format!("{} {} {:?}", item.path, item.id, item.cause)).collect()
}

#[test]
fn after_an_edit_of_the_catalogue_the_queue_is_as_if_all_had_been_read_again() {
    let folder = samples("follow");
    let builtin = Arc::new(Rules::builtin().unwrap());
    let reviewing = desk::reviewing(&folder, builtin.clone(), "anna");
    desk::accept_all(&reviewing, "2024-02-01T09:00:00Z");
    let entries = builtin.catalogue.indicators();
    let (mut read, mut changed) = (0, 0);
    for entry in entries.iter().step_by(entries.len() / 24) {
        let rules = Arc::new(Rules::with_catalogue(desk::catalogue_without_words(&entry.id)).unwrap());
        let mut review = open(&reviewing);
        let kept = review.follow(rules.clone()).unwrap();
        let whole = open(&desk::reviewing(&folder, rules, "anna"));
        assert_eq!(ids(&review), ids(&whole), "{}", entry.id);
        assert_eq!(items(&review), items(&whole), "{}", entry.id);
        read += kept.read;
        changed += usize::from(!review.docket().entries.is_empty());
        assert!(kept.read <= kept.looked_at);
        // And back: nothing is left.
        review.follow(builtin.clone()).unwrap();
        assert_eq!(ids(&review), [""; 0], "{}", entry.id);
    }
    assert!(changed > 5 && read > changed, "{changed} {read}");
}

#[test]
fn only_reports_that_hold_the_words_of_an_alias_are_read_again() {
    let folder = samples("alias");
    let builtin = Arc::new(Rules::builtin().unwrap());
    let reviewing = desk::reviewing(&folder, builtin, "anna");
    let mut review = open(&reviewing);
    let texts: Vec<(&str, String)> = BUILTIN
        .iter()
        .map(|(name, text)| {
            (*name, text.replacen("\"出庭应诉比例\"", "\"出庭应诉比例\", \"七里河区特有的说法\"", 1))
        })
        .collect();
    let sources: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let rules = Rules::with_catalogue(Catalogue::read(&sources).unwrap()).unwrap();
    let kept = review.follow(Arc::new(rules)).unwrap();
    assert_eq!(kept.read, 0);
    assert!(kept.looked_at > 10);
}

#[test]
fn edits_of_files_come_into_the_queue_on_the_screen() {
    let reviewing = desk::changed("screen-watch");
    let folder = reviewing.setup.paths[0].clone();
    let catalogue = desk::folder("screen-watch-catalogue");
    for (name, text) in BUILTIN {
        fs::write(catalogue.join(format!("{name}.toml")), text).unwrap();
    }
    let reviewing = Reviewing { catalogue: Some(catalogue.clone()), ..reviewing };
    let mut explorer = Explorer::new(100, 30, Lang::Zh).reviewing(reviewing);
    explorer.press("r w");
    assert!(explorer.shows("正在监视目录和报告"), "{:#?}", explorer.rows());
    explorer.poll();
    assert!(explorer.shows("6 项待审核"), "{:#?}", explorer.rows());
    // Another report is published.
    let text = fs::read_to_string(folder.join("songlan-2024.txt")).unwrap();
    fs::write(folder.join("songlan-2025.txt"), text.replace("2024", "2025")).unwrap();
    settle(&mut explorer);
    assert!(explorer.shows("7 项待审核") && explorer.shows("已重读 1 份报告"), "{:#?}", explorer.rows());
    // An alias loses its words; what it named is linked no more.
    let file = catalogue.join("publicity.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"法治讲座\", ", "")).unwrap();
    settle(&mut explorer);
    // What is wrong with the catalogue is told, and nothing changes.
    let before = explorer.rows()[0].clone();
    fs::write(&file, "[[indicator]\n").unwrap();
    settle(&mut explorer);
    assert!(explorer.shows("目录读不懂") && explorer.rows()[0] == before, "{:#?}", explorer.rows());
    explorer.press("w");
    assert!(explorer.shows("不再监视"));
}

/// Lets the clerk look at the files; after a look it leaves the machine to others for a while.
fn settle(explorer: &mut Explorer) {
    let before = explorer.rows();
    for _ in 0..1500 {
        explorer.poll();
        if explorer.rows() != before {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_plain_twin_tells_what_comes_and_leaves() {
    let folder = samples("watch-plain");
    let catalogue = desk::folder("watch-plain-catalogue");
    for (name, text) in BUILTIN {
        fs::write(catalogue.join(format!("{name}.toml")), text).unwrap();
    }
    let program = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
        command.env_clear().env("FAJIAN_USER", "anna").args(["review", folder.to_str().unwrap()]).args(args);
        command.args(["--catalogue", catalogue.to_str().unwrap()]);
        command
    };
    assert!(program(&["--accept"]).stdout(Stdio::null()).status().unwrap().success());
    let mut child = program(&["--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let (send, lines) = mpsc::channel();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let other = send.clone();
    std::thread::spawn(move || {
        BufReader::new(out).lines().map_while(Result::ok).for_each(|l| drop(send.send(l)))
    });
    std::thread::spawn(move || {
        BufReader::new(err).lines().map_while(Result::ok).for_each(|l| drop(other.send(l)))
    });
    let mut seen = Vec::new();
    let mut wait = |wanted: &dyn Fn(&str) -> bool| {
        while let Ok(line) = lines.recv_timeout(Duration::from_secs(60)) {
            seen.push(line);
            if wanted(seen.last().unwrap()) {
                return;
            }
        }
        panic!("it did not come: {seen:#?}");
    };
    wait(&|line| line.contains("0 to be reviewed; watching"));
    rename(&catalogue, "litigation.attendance_rate", "litigation.presence_rate");
    wait(&|line| {
        line.starts_with('+') && line.contains("litigation.attendance_rate → litigation.presence_rate")
    });
    rename(&catalogue, "litigation.presence_rate", "litigation.attendance_rate");
    wait(&|line| line.starts_with('-') && line.contains("litigation.attendance_rate"));
    child.kill().unwrap();
    child.wait().unwrap();
}

fn rename(catalogue: &Path, from: &str, to: &str) {
    for entry in fs::read_dir(catalogue).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if text.contains(from) {
            fs::write(&path, text.replace(from, to)).unwrap();
        }
    }
}

#[test]
fn other_files_of_rules_are_watched_as_the_catalogue_is() {
    let reviewing = desk::changed("screen-rules");
    let rules = desk::folder("screen-rules-data");
    fs::create_dir_all(rules.join("catalogue")).unwrap();
    for (name, text) in BUILTIN {
        fs::write(rules.join(format!("catalogue/{name}.toml")), text).unwrap();
    }
    let units = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/data/units.toml")).unwrap();
    fs::write(rules.join("units.toml"), &units).unwrap();
    let reviewing = Reviewing { catalogue: Some(rules.clone()), ..reviewing };
    let mut explorer = Explorer::new(100, 30, Lang::Zh).reviewing(reviewing);
    explorer.press("r w");
    explorer.poll();
    assert!(explorer.shows("6 项待审核"), "{:#?}", explorer.rows());
    // A measure word is taken out: the figures that are counted by it change.
    assert!(units.contains("\"场次\", "));
    fs::write(rules.join("units.toml"), units.replacen("\"场次\", ", "", 1)).unwrap();
    settle(&mut explorer);
    assert!(!explorer.shows("6 项待审核") && explorer.shows("单位"), "{:#?}", explorer.rows());
    fs::write(rules.join("units.toml"), "[[family]\n").unwrap();
    settle(&mut explorer);
    assert!(explorer.shows("目录读不懂") && explorer.shows("units"), "{:#?}", explorer.rows());
    fs::write(rules.join("units.toml"), &units).unwrap();
    settle(&mut explorer);
    assert!(explorer.shows("6 项待审核"), "{:#?}", explorer.rows());
}
