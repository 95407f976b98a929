//! Review through the real program: a week of it, crashes, several people at once, a full disk.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use fajian::store::review::Ledger;
use serde_json::Value;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");
const CATALOGUE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/data/catalogue");

/// A folder of its own for one test, emptied first.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("review").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn with_samples(self) -> Self {
        for entry in fs::read_dir(SAMPLES).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, self.0.join(path.file_name().unwrap())).unwrap();
        }
        self
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// Changes a file.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let path = self.0.join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Ran {
            code: output.status.code().expect("ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn program(who: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
    command.env_clear().env("FAJIAN_USER", who).stdin(Stdio::null());
    command
}

fn fajian(args: &[&str]) -> Ran {
    program("anna").args(args).output().unwrap().into()
}

fn json(args: &[&str]) -> Value {
    let ran = fajian(args);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {} {}", ran.out, ran.err))
}

/// A folder of reports with its catalogue.
struct Desk {
    reports: Folder,
    catalogue: Folder,
}

impl Desk {
    fn new(name: &str) -> Self {
        let catalogue = Folder::new(&format!("{name}-catalogue"));
        for entry in fs::read_dir(CATALOGUE).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, catalogue.0.join(path.file_name().unwrap())).unwrap();
        }
        let reports = Folder::new(name);
        for report in ["lanzhou-2023.txt", "gansu-2023.txt"] {
            fs::copy(Path::new(SAMPLES).join(report), reports.0.join(report)).unwrap();
        }
        Desk { reports, catalogue }
    }

    fn review(&self, args: &[&str]) -> Ran {
        let fixed = ["review", self.reports.path(), "--catalogue", self.catalogue.path()];
        fajian(&[&fixed, args].concat())
    }

    fn done(&self, args: &[&str]) -> Vec<String> {
        let ran = self.review(args);
        assert_eq!(ran.code, 0, "{args:?}: {}{}", ran.out, ran.err);
        ran.out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    }

    fn items(&self, args: &[&str]) -> Vec<Value> {
        let ran = self.review(&[&["--list", "--json"], args].concat());
        if ran.code == 1 {
            return Vec::new();
        }
        let value: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        value["items"].as_array().unwrap().clone()
    }

    /// The figure of the newest extraction that is written so, corrections and all.
    fn figure(&self, raw: &str) -> Value {
        let file = self.reports.0.join("lanzhou-2023.txt");
        let report =
            &json(&["extract", "--catalogue", self.catalogue.path(), file.to_str().unwrap()])["reports"][0];
        let figures = report["figures"].as_array().unwrap();
        figures.iter().find(|figure| figure["raw"] == raw).unwrap_or_else(|| panic!("no {raw}")).clone()
    }
}

#[test]
fn a_week_of_review() {
    let desk = Desk::new("week");
    // Monday: nothing was accepted yet; both reports are, whole.
    assert_eq!(desk.items(&[]).len(), 2);
    assert_eq!(desk.review(&["--check"]).code, 1);
    desk.done(&["--accept"]);
    assert_eq!(desk.review(&["--check"]).code, 0);

    // Tuesday: an entry of the catalogue gets another id. Only its figures stand in the queue, with the cause.
    for entry in fs::read_dir(&desk.catalogue.0).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("\"reconsideration.accepted\"", "\"reconsideration.taken_in\""))
            .unwrap();
    }
    let items = desk.items(&[]);
    assert!(!items.is_empty());
    for item in &items {
        assert_eq!((&item["kind"], &item["fields"][0]), (&"changed".into(), &"link".into()));
        assert_eq!(item["cause"]["entry"], "reconsideration.taken_in");
    }
    assert_eq!(desk.items(&["--place", "兰州", "--indicator", "reconsideration.taken_in"]).len(), 1);
    let nothing = desk.review(&["--list", "--place", "没有这里"]);
    assert!(nothing.code == 1 && nothing.err.contains("没有这里"), "{}", nothing.err);
    let accepted = desk.done(&["--accept", "--place", "兰州", "--why", "a better name"]);
    assert_eq!(accepted.len(), 1);
    desk.done(&["--accept"]);
    assert_eq!(desk.items(&[]).len(), 0);

    // Wednesday: the report is published again, with a paragraph more and one value mended.
    desk.reports.edit("lanzhou-2023.txt", "行政复议案件470件", "行政复议案件480件");
    desk.reports.edit("lanzhou-2023.txt", "办完343件", "办完343件，新闻发布会召开3场次");
    let kinds: BTreeSet<String> =
        desk.items(&[]).iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, BTreeSet::from(["added".to_owned(), "changed".to_owned()]));
    let rejected = desk.done(&["--reject", "--kind", "changed", "--why", "a misprint"]);
    assert_eq!(rejected.len(), 1);
    desk.done(&["--accept", "--kind", "added"]);
    assert_eq!(desk.items(&[]).len(), 0);
    let figure = desk.figure("480件");
    assert_eq!((&figure["value"], &figure["extracted"]["value"]), (&470.into(), &480.into()));
    assert_eq!(figure["corrected"], true);

    // Thursday: Tuesday's decision is taken back, and made again.
    desk.done(&["--undo", &accepted[0]]);
    let again = desk.items(&["--indicator", "reconsideration.taken_in"]);
    assert_eq!(again.len(), 0, "its sentence is not that of Tuesday any more: {again:?}");
    let undone = desk.done(&["--undo", &rejected[0]]);
    assert_eq!(desk.items(&["--kind", "changed"]).len(), 1);
    desk.done(&["--undo", &undone[0]]);
    assert_eq!(desk.items(&[]).len(), 0, "the undoing was undone");

    friday(&desk);
    // Every decision is there as it was made.
    let log: Value = serde_json::from_str(&desk.review(&["--log", "--json"]).out).unwrap();
    let decided: Vec<&str> =
        log.as_array().unwrap().iter().map(|one| one["decided"].as_str().unwrap()).collect();
    assert_eq!(decided.iter().filter(|one| **one == "undo").count(), 3);
    assert!(log.as_array().unwrap().iter().any(|one| one["why"] == "a better name"));
}

/// A correction by hand stays, wherever its sentence goes, until the sentence is another.
fn friday(desk: &Desk) {
    let place = format!("lanzhou-2023.txt:{}", desk.figure("17篇")["start"]);
    let wrong = desk.review(&["--item", &place, "--correct", "value=many"]);
    assert!(wrong.code == 2 && wrong.err.contains("value=480"), "{}", wrong.err);
    desk.done(&["--item", &place, "--correct", "value=18", "nature=target", "--why", "asked"]);
    let corrected = |raw: &str| {
        let figure = desk.figure(raw);
        (figure["value"].clone(), figure["nature"].clone(), figure["extracted"]["value"].clone())
    };
    let want = (18.into(), "target".into(), 17.into());
    assert_eq!(corrected("17篇"), want);
    let shown = fajian(&["show", desk.reports.0.join("lanzhou-2023.txt").to_str().unwrap()]);
    assert!(shown.out.contains("17篇 [corrected]"), "{}", shown.out);
    desk.reports.edit("lanzhou-2023.txt", "印发学习宣传", "全年举办开放日活动5场次。印发学习宣传");
    assert_eq!(corrected("17篇"), want, "in the same sentence further down");
    desk.done(&["--accept"]);
    assert_eq!(desk.items(&[]).len(), 0);
    desk.reports.edit("lanzhou-2023.txt", "推出专题文章17篇", "推出专题文章共17篇");
    assert_eq!(desk.figure("17篇")["value"], 17, "another sentence: the correction does not hold blindly");
    let items = desk.items(&["--kind", "again"]);
    assert_eq!(items.len(), 1, "{items:#?}");
    let left = desk.review(&["--accept"]);
    assert!(left.err.contains("1 in conflict or to be looked at again"), "{}", left.err);
    desk.done(&["--accept", "--kind", "again"]);
    assert_eq!(desk.items(&[]).len(), 0);
}

/// A number that a longer run by hand sets; see `docs/CONTRIBUTING.md`.
fn set(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// So many items and more: copies of the samples were accepted without a catalogue, and now there is one.
fn busy(name: &str, least: usize) -> (Folder, Vec<String>) {
    let folder = Folder::new(name);
    for copy in 0..least.div_ceil(300) {
        let below = Folder::new(&format!("{name}/{copy}"));
        below.with_samples();
    }
    let empty = Folder::new(&format!("{name}-empty"));
    fs::copy(Path::new(CATALOGUE).join("areas.toml"), empty.0.join("areas.toml")).unwrap();
    assert_eq!(fajian(&["review", folder.path(), "--catalogue", empty.path(), "--accept"]).code, 0);
    let value = json(&["review", folder.path(), "--list", "--json"]);
    let items: Vec<String> = value["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(items.len() > least, "{}", items.len());
    (folder, items)
}

fn scripted(folder: &Folder, who: &str, lines: &[String]) -> Child {
    let file = folder.0.join(format!(".{who}.script"));
    fs::write(&file, lines.join("\n")).unwrap();
    let args = ["review", folder.path(), "--script", file.to_str().unwrap()];
    program(who).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn first_words(out: impl BufRead, most: usize) -> Vec<String> {
    let word = |line: String| line.split('\t').next().unwrap().to_owned();
    out.lines().map_while(Result::ok).take(most).map(word).collect()
}

#[test]
fn four_people_decide_at_once_and_nothing_is_lost() {
    // Each decides about a quarter of these.
    let all = set("FAJIAN_DECISIONS", 400);
    let each = all / 4;
    let (folder, items) = busy("four", all - each);
    // Anna and Bo disagree about some, Chen and Dai about those that both come to.
    let (both, last) = (each * 2 / 5, items.len() - each);
    let shared = both + (each * 3 - both).saturating_sub(last);
    let accept = |items: &[String]| items.iter().map(|item| format!("accept {item}")).collect::<Vec<_>>();
    let reject = |items: &[String]| items.iter().map(|item| format!("reject {item}")).collect::<Vec<_>>();
    let mine: Vec<Vec<String>> = vec![
        accept(&items[..each]),
        reject(&[&items[..both], &items[each..each * 2 - both]].concat()),
        accept(&items[each * 2 - both..each * 3 - both]),
        reject(&items[last..]),
    ];
    let children: Vec<Child> = ["anna", "bo", "chen", "dai"]
        .iter()
        .zip(&mine)
        .map(|(who, lines)| scripted(&folder, who, lines))
        .collect();
    let mut told = Vec::new();
    for child in children {
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!(ran.code, 0, "{}", ran.err);
        told.extend(first_words(ran.out.as_bytes(), usize::MAX));
    }
    let ledger = Ledger::open(folder.0.canonicalize().unwrap()).unwrap();
    let kept: Vec<&str> = ledger.decisions().iter().map(|decision| decision.id.as_str()).collect();
    let once: HashSet<&str> = kept.iter().copied().collect();
    assert_eq!((told.len(), once.len()), (all, kept.len()));
    assert!(told.iter().all(|id| once.contains(id.as_str())));
    let conflicts = json(&["review", folder.path(), "--list", "--json", "--kind", "conflict"]);
    assert_eq!(conflicts["items"].as_array().unwrap().len(), shared);
    // Settled, they are none any more, and what was rejected shows no link.
    assert_eq!(fajian(&["review", folder.path(), "--reject", "--kind", "conflict"]).code, 0);
    assert_eq!(fajian(&["review", folder.path(), "--list", "--kind", "conflict"]).code, 1);
    assert_eq!(json(&["review", folder.path(), "--stats", "--json"])["pending"], items.len() + shared - all);
    eprintln!("{all} decisions by four, {shared} conflicts found");
}

#[test]
fn a_decision_that_was_told_survives_a_kill_at_any_moment() {
    let (folder, items) = busy("killed", 300);
    let mut told: HashSet<String> = HashSet::new();
    let mut lcg = 20_240_301_u64;
    let mut next = |n: u64| {
        lcg = lcg.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (lcg >> 33) % n
    };
    let rounds = set("FAJIAN_KILLS", 40);
    for round in 0..rounds {
        let lines: Vec<String> = items
            .iter()
            .skip(round * 9 % (items.len() - 60))
            .take(60)
            .map(|item| format!("accept {item}"))
            .collect();
        let mut child = scripted(&folder, "anna", &lines);
        let out = BufReader::new(child.stdout.take().unwrap());
        let most = 1 + next(8) as usize;
        let mut lines = out.lines();
        for line in lines.by_ref().take(most) {
            told.insert(line.unwrap().split('\t').next().unwrap().to_owned());
        }
        std::thread::sleep(Duration::from_micros(next(9_000)));
        child.kill().unwrap();
        // What was told while we slept counts too, its last line perhaps not whole.
        told.extend(lines.map_while(Result::ok).filter_map(|line| Some(line.split_once('\t')?.0.to_owned())));
        child.wait().unwrap();
        let ledger = Ledger::open(folder.0.canonicalize().unwrap()).unwrap();
        let kept: HashSet<&str> = ledger.decisions().iter().map(|decision| decision.id.as_str()).collect();
        let lost: Vec<&String> = told.iter().filter(|id| !kept.contains(id.as_str())).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
    }
    assert!(told.len() > rounds * 5 / 2, "{}", told.len());
    eprintln!("{rounds} kills, {} decisions told, none lost", told.len());
    assert_eq!(fajian(&["review", folder.path(), "--stats"]).code, 0);
}

#[test]
fn a_report_that_is_gone_is_asked_about_once_and_comes_back_as_it_was() {
    let desk = Desk::new("deleted");
    desk.done(&["--accept"]);
    let file = desk.reports.0.join("lanzhou-2023.txt");
    let text = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let items = desk.items(&[]);
    assert_eq!(
        (items.len(), &items[0]["kind"], &items[0]["path"]),
        (1, &"deleted".into(), &"lanzhou-2023.txt".into())
    );
    // Who looks at another report only is not asked about this one.
    let other = desk.reports.0.join("gansu-2023.txt");
    assert_eq!(fajian(&["review", other.to_str().unwrap(), "--check"]).code, 0);
    let made = desk.done(&["--accept", "--kind", "deleted"]);
    assert!(desk.items(&[]).is_empty());
    desk.done(&["--undo", &made[0]]);
    assert_eq!(desk.items(&[]).len(), 1);
    desk.done(&["--reject"]);
    assert!(desk.items(&[]).is_empty());
    fs::write(&file, text).unwrap();
    assert!(desk.items(&[]).is_empty(), "what was accepted stands");
}

#[test]
fn a_torn_line_is_named_and_takes_nothing_with_it() {
    let desk = Desk::new("torn");
    desk.done(&["--accept", "--filter", "gansu"]);
    let log = desk.reports.0.join(".fajian/decisions.log");
    let mut text = fs::read(&log).unwrap();
    text.extend(b"{\"id\":\"0123\",\"wh");
    fs::write(&log, text).unwrap();
    desk.done(&["--accept"]);
    let ran = desk.review(&["--stats", "--json"]);
    assert!(ran.err.contains("decisions.log:2: not a whole decision"), "{}", ran.err);
    let stats: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&stats["pending"], &stats["decided"]["accept"]), (&0.into(), &2.into()));
    let list = fajian(&["list", desk.reports.path()]);
    assert!(list.code == 0 && list.err.contains("decisions.log:2"), "{}", list.err);
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_read_only_folder_are_told_and_lose_nothing() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;

    let desk = Desk::new("full");
    let ledger = desk.reports.0.join(".fajian");
    fs::create_dir(&ledger).unwrap();
    symlink("/dev/full", ledger.join("decisions.log")).unwrap();
    let ran = desk.review(&["--accept"]);
    assert!(ran.code == 4 && ran.err.contains("the disk is full"), "{} {}", ran.code, ran.err);
    assert!(ran.out.is_empty() && !ledger.join("accepted").exists());

    let desk = Desk::new("read-only");
    fs::set_permissions(&desk.reports.0, fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write anywhere; it can become somebody who may not.
    let args = ["review", desk.reports.path(), "--accept"];
    let mut plain = program("anna");
    let command = if fs::create_dir(desk.reports.0.join("probe")).is_ok() {
        fs::remove_dir(desk.reports.0.join("probe")).unwrap();
        plain.uid(65_534)
    } else {
        &mut plain
    };
    if let Ok(output) = command.args(args).output() {
        let ran = Ran::from(output);
        assert!(ran.code == 4 && ran.err.contains("it may not be written"), "{} {}", ran.code, ran.err);
        assert!(ran.out.is_empty());
    }
    fs::set_permissions(&desk.reports.0, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn without_an_action_the_commands_are_named() {
    let ran = fajian(&["review", SAMPLES]);
    assert_eq!(ran.code, 2);
    for command in ["--list", "--accept", "--reject", "--correct", "--undo", "--stats", "--check", "--script"]
    {
        assert!(ran.err.contains(command), "{command}");
    }
    assert_eq!(fajian(&["review", SAMPLES, "--accept", "--reject"]).code, 2);
    let nobody = program("").args(["review", SAMPLES, "--accept"]).output().unwrap();
    let ran = Ran::from(nobody);
    assert!(ran.code == 2 && ran.err.contains("--who"), "{}", ran.err);
    assert!(!Path::new(SAMPLES).join(".fajian").exists());
}

/// Each in the language asked for, and with the step that helps: neither the reports nor the indicators name an item.
#[test]
fn what_is_wrong_in_a_review_is_told_in_both_languages_with_the_next_step() {
    let desk = Desk::new("told");
    let script = desk.catalogue.0.join("bad.script");
    let script_of = |line: &str| {
        fs::write(&script, line).unwrap();
        script.to_str().unwrap().to_owned()
    };
    let told = |args: &[&str], code: i32, zh: &str, en: &str| {
        for (lang, want, other) in [("zh", zh, en), ("en", en, zh)] {
            let ran = desk.review(&[args, &["--who", "me", "--lang", lang]].concat());
            assert_eq!(ran.code, code, "{args:?} {}", ran.err);
            assert!(ran.err.contains(want) && !ran.err.contains(other), "{args:?} {}", ran.err);
            assert!(!ran.err.contains("fajian list") && !ran.err.contains("indicators"), "{}", ran.err);
        }
    };
    let place = format!("lanzhou-2023.txt:{}", desk.figure("17篇")["start"]);
    told(&["--item", &place, "--correct", "value=abc"], 2, "不是更正；请写 value=480", "not a correction: ");
    let bad_field = format!("correct {place} value=abc\n");
    told(&["--script", &script_of(&bad_field)], 2, "不是更正；请写 value=480", "not a correction: ");
    told(
        &["--script", &script_of("take it\n")],
        2,
        "读不懂；请写 accept 编号",
        "not understood; write accept ITEM",
    );
    let (zh, en) = ("；fajian review --list 列出项目", "`fajian review --list` names");
    told(&["--item", "zzzz", "--correct", "value=1"], 1, zh, en);
    told(&["--item", "zzzz", "--accept"], 1, zh, en);
    told(&["--item", "zzzz", "--list"], 1, zh, en);
    told(&["--item", "zzzz", "--stats"], 1, zh, en);
    told(&["--script", &script_of("accept zzzz\n")], 1, zh, en);
    let (zh, en) = ("；fajian review --log 列出决定", "`fajian review --log` names");
    told(&["--undo", "zzzz"], 1, zh, en);
    told(&["--script", &script_of("undo zzzz\n")], 1, zh, en);
}

#[test]
fn diff_tells_two_versions_two_runs_and_two_catalogues_apart() {
    let desk = Desk::new("diff");
    let (old, new) = (desk.reports.0.join("lanzhou-2023.txt"), desk.reports.0.join("new.txt"));
    let text = fs::read_to_string(&old).unwrap().replace("470件", "480件");
    fs::write(&new, text).unwrap();
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    assert_eq!(fajian(&["diff", old, old]).code, 0);
    let ran = fajian(&["diff", old, new]);
    assert!(ran.code == 1 && ran.err.is_empty(), "{}", ran.err);
    let value = json(&["diff", old, new, "--json"]);
    let changes = value["reports"][0]["changes"].as_array().unwrap();
    assert_eq!((changes.len(), &changes[0]["fields"][0]), (1, &"value".into()));
    assert_eq!(changes[0]["cause"]["cause"], "text");

    let empty = Folder::new("diff-empty");
    fs::copy(Path::new(CATALOGUE).join("areas.toml"), empty.0.join("areas.toml")).unwrap();
    let value = json(&["diff", SAMPLES, SAMPLES, "--old-catalogue", empty.path(), "--json"]);
    let reports = value["reports"].as_array().unwrap();
    let mut causes = reports.iter().flat_map(|report| report["changes"].as_array().unwrap());
    assert!(reports.len() > 10 && causes.all(|change| change["cause"]["cause"] == "catalogue"));

    // Two runs, written down.
    let runs: Vec<String> = [("a.json", CATALOGUE), ("b.ndjson", empty.path())]
        .iter()
        .map(|(name, catalogue)| {
            let format = if name.ends_with("ndjson") { "ndjson" } else { "json" };
            let out = fajian(&["extract", SAMPLES, "--format", format, "--catalogue", catalogue]).out;
            let path = desk.catalogue.0.join(name);
            fs::write(&path, out).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(fajian(&["diff", &runs[0], &runs[0]]).code, 0);
    // Against the texts, which hold more: the same figures are the same, whichever side was written down.
    for (old, new) in [(&*runs[0], SAMPLES), (SAMPLES, &*runs[0])] {
        let ran = fajian(&["diff", old, new]);
        assert!(ran.code == 0 && ran.out.is_empty(), "{}{}", ran.out, ran.err);
    }
    let ran = fajian(&["diff", &runs[0], &runs[1]]);
    assert!(ran.code == 1 && ran.out.lines().count() > 100, "{}", ran.err);
    assert!(ran.out.lines().skip(1).all(|line| line.contains("changed: link")), "{}", ran.out);
}

#[test]
fn diff_names_a_corrected_value_against_a_run_that_was_written_down() {
    let desk = Desk::new("diff-written");
    let place = format!("lanzhou-2023.txt:{}", desk.figure("17篇")["start"]);
    desk.done(&["--item", &place, "--correct", "value=18"]);
    let run = desk.catalogue.0.join("before.json");
    fs::write(&run, fajian(&["extract", desk.reports.path()]).out).unwrap();
    let same = fajian(&["diff", run.to_str().unwrap(), desk.reports.path()]);
    assert!(same.code == 0 && same.out.is_empty(), "the decisions are printed too: {}{}", same.out, same.err);
    desk.reports.edit("lanzhou-2023.txt", "470件", "480件");
    let value = json(&["diff", run.to_str().unwrap(), desk.reports.path(), "--json"]);
    let reports = value["reports"].as_array().unwrap();
    let changes = reports[0]["changes"].as_array().unwrap();
    assert_eq!((reports.len(), changes.len()), (1, 1), "{value}");
    assert_eq!(
        (&changes[0]["kind"], &changes[0]["fields"]),
        (&"changed".into(), &serde_json::json!(["value"]))
    );
}
