//! The real program, driven as a script would: exit codes, messages, bad input.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const REPORT: &str =
    "兰州市司法局关于2023年法治政府建设情况的报告\n\n一、主要举措\n受理行政复议案件470件，审结343件。\n";

/// A folder of its own for one test, emptied first.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
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

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
    command.env_clear().stdin(Stdio::null());
    command
}

fn fajian(args: &[&str]) -> Ran {
    program().args(args).output().unwrap().into()
}

fn json(args: &[&str]) -> Value {
    let ran = fajian(args);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {} {}", ran.out, ran.err))
}

#[test]
fn help_and_wrong_usage_have_their_exit_codes() {
    assert_eq!(fajian(&["--help"]).code, 0);
    assert!(fajian(&["--help"]).out.contains("Exit codes"));
    assert_eq!(fajian(&["--version"]).code, 0);
    assert_eq!(fajian(&["extract"]).code, 2);
    assert_eq!(fajian(&["list", "--no-such-option"]).code, 2);
}

#[test]
fn common_options_may_stand_in_front_of_a_command() {
    let folder = Folder::new("in-front").with("a.txt", REPORT);
    let behind = fajian(&["list", folder.path(), "--lang", "zh"]);
    assert_eq!(behind.code, 0, "{}", behind.err);
    assert_eq!(fajian(&["--lang", "zh", "list", folder.path()]).out, behind.out);
    // What is the explorer's own is told, not taken for something else.
    for own in [&["--plain"][..], &["--record", "keys"], &["--play", "keys"]] {
        let ran = fajian(&[own, &["list", folder.path()]].concat());
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(&format!("{} is for the explorer", own[0])), "{}", ran.err);
    }
}

#[test]
fn without_a_terminal_the_explorer_names_its_twins() {
    let folder = Folder::new("no-terminal").with("a.txt", REPORT);
    let ran = fajian(&[folder.path()]);
    assert_eq!(ran.code, 2);
    for twin in ["fajian list", "fajian show", "fajian find", "fajian compare", "fajian extract"] {
        assert!(ran.err.contains(twin), "{}", ran.err);
    }
}

#[test]
fn a_path_that_is_not_there_is_told_in_place_of_the_explorer() {
    let folder = Folder::new("not-there").with("a.txt", REPORT);
    for plain in [&[][..], &["--plain"]] {
        let start = |args: &[&str]| fajian(&[plain, args].concat());
        // Nothing is there: as `list` has it.
        let (ran, list) = (start(&["/no/such"]), fajian(&["list", "/no/such"]));
        assert_eq!((ran.code, &ran.err), (3, &list.err));
        let ran = start(&["lst"]);
        assert!(ran.code == 3 && ran.err.contains("did you mean `fajian list`?"), "{}", ran.err);
        // Something is there.
        let ran = start(&["lst", folder.path()]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("lst: no such file") && ran.err.contains("did you mean `fajian list`?"));
        assert!(start(&["lst", folder.path(), "--lang", "zh"]).err.contains("是不是要输入 `fajian list`？"));
        let ran = start(&[folder.path(), "/no/such"]);
        assert!(ran.code == 2 && !ran.err.contains("did you mean"), "{}", ran.err);
        assert!(ran.err.contains("leave out /no/such") && !ran.err.contains(folder.path()), "{}", ran.err);
    }
}

#[test]
fn a_folder_named_twice_is_read_once_and_is_not_empty() {
    let folder = Folder::new("twice").with("a.txt", REPORT).with("sub/b.txt", REPORT.replace("470", "480"));
    let once = fajian(&["list", folder.path()]);
    for again in [folder.path(), &format!("{}/.", folder.path()), &format!("{}/sub", folder.path())] {
        let twice = fajian(&["list", folder.path(), again]);
        assert_eq!((twice.code, twice.err.as_str(), &twice.out), (0, "", &once.out), "{again}");
    }
    // A folder without reports is still told.
    let empty = Folder::new("twice-empty");
    let ran = fajian(&["list", folder.path(), empty.path()]);
    assert!(ran.err.contains("no report in this folder"), "{}", ran.err);
}

#[test]
fn a_catalogue_that_is_none_is_told_with_what_is_wanted() {
    let reports = Folder::new("catalogue-reports").with("a.txt", REPORT);
    let with = |folder: &Folder, lang: &str| {
        let args = ["indicators", reports.path(), "--catalogue", folder.path(), "--lang", lang];
        let ran = fajian(&args);
        (ran.code, ran.err)
    };
    let empty = Folder::new("catalogue-empty");
    let other =
        Folder::new("catalogue-other").with("Cargo.toml", "[package]\nname = \"x\"\n").with("a.txt", REPORT);
    let below = Folder::new("catalogue-below").with("catalogue/notes.md", "#").with("units.toml", "");
    for folder in [&empty, &other, &below] {
        let (code, err) = with(folder, "en");
        assert!(code == 2 && err.contains("[[indicator]]") && err.contains("src/data"), "{code} {err}");
        let (code, err) = with(folder, "zh");
        assert!(code == 2 && err.contains("[[indicator]]") && err.contains("文件夹"), "{code} {err}");
    }
    // A slip in a file is mended there; another folder helps nobody.
    let slip = Folder::new("catalogue-slip").with("disputes.toml", "[[indicator]\nid = 1\n");
    let (code, err) = with(&slip, "en");
    assert!(code == 2 && err.contains("disputes.toml") && err.contains("line 1"), "{code} {err}");
    assert!(err.contains("mend") && !err.contains("name a folder"), "{err}");
    let (code, err) = with(&slip, "zh");
    assert!(code == 2 && err.contains("请改正") && !err.contains("请指定"), "{code} {err}");
    // Other rules alone leave the catalogue as it is.
    let units = include_str!("../src/data/units.toml");
    let rules = Folder::new("catalogue-rules").with("units.toml", units);
    assert_eq!(with(&rules, "en"), (0, String::new()));
}

#[test]
fn messages_follow_the_language() {
    let missing = "/no/such/place";
    assert!(fajian(&["list", missing]).err.contains("no such file"));
    assert!(fajian(&["list", missing, "--lang", "zh"]).err.contains("没有这个文件"));
    let by_locale = program().args(["list", missing]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(Ran::from(by_locale).err.contains("没有这个文件"));
}

#[test]
fn one_bad_file_never_stops_the_others() {
    let folder = Folder::new("mixed")
        .with("a.txt", REPORT)
        .with("sub/b.txt", REPORT)
        .with("empty.txt", "")
        .with("blank.txt", "\n \u{3000}\n")
        .with("binary.txt", b"\x7fELF\x02\x01\0\0\0\0\0\0")
        .with("picture.txt", b"\x89PNG\r\n\x1a\n\0\0")
        .with("page.html", "<!DOCTYPE html><html><body>404 Not Found</body></html>")
        .with("README.md", "# reports")
        .with("table.csv", "1,2")
        .with(".hidden.txt", REPORT)
        .with(".fajian/index.txt", REPORT);
    fs::File::create(folder.0.join("large.txt")).unwrap().set_len(50 << 20).unwrap();
    let ran = fajian(&["list", folder.path()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let files: Vec<&str> = ran.out.lines().skip(1).map(|line| line.split('\t').nth(7).unwrap()).collect();
    assert_eq!(files, ["a.txt", "sub/b.txt"]);
    for reason in [
        "empty.txt: the file is empty",
        "blank.txt: the file is empty",
        "binary.txt: not text",
        "picture.txt: this is JPEG/PNG/GIF",
        "page.html: the server's notice of a missing page",
        "large.txt: 50.0 MB is above the limit of 16 MB",
    ] {
        assert!(ran.err.contains(reason), "{reason} is missing in {}", ran.err);
    }
    assert!(!ran.err.contains("README") && !ran.err.contains("hidden") && !ran.err.contains("csv"));
    let verbose = fajian(&["list", "--verbose", folder.path()]).err;
    assert!(verbose.contains("README.md: a read-me") && verbose.contains("table.csv: not a report"));
    let told = json(&["list", "--json", folder.path()]);
    assert_eq!(told["reports"].as_array().unwrap().len(), 2);
    assert_eq!(told["unreadable"].as_array().unwrap().len(), 6);
}

#[test]
fn where_nothing_can_be_read_the_exit_code_is_3_and_the_next_step_is_named() {
    let empty = Folder::new("nothing");
    let ran = fajian(&["list", empty.path()]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.err.contains("no report in this folder") && ran.err.contains("sample_reports"),
        "{}",
        ran.err
    );

    let notes = Folder::new("notes").with("README.md", "# notes").with("a.csv", "1");
    let ran = fajian(&["list", notes.path()]);
    assert!(ran.code == 3 && ran.err.contains("2 files were passed over"), "{}", ran.err);

    for (name, bytes) in [("zero.txt", &b""[..]), ("binary.txt", b"\0\x01\x02\x03")] {
        let folder = Folder::new(name).with(name, bytes);
        let file = folder.0.join(name);
        let ran = fajian(&["extract", file.to_str().unwrap()]);
        assert_eq!(ran.code, 3, "{name}");
        assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap()["reports"], Value::Array(Vec::new()));
    }
    assert_eq!(fajian(&["extract", "/no/such/place"]).code, 3);
}

#[test]
fn a_file_without_figures_is_shown_and_told() {
    let folder = Folder::new("no-figures").with("a.txt", "这里没有数据。\n");
    let ran = fajian(&["list", folder.path()]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out.lines().count(), 2);
    assert!(ran.err.contains("a.txt: no figure found"), "{}", ran.err);
}

#[test]
fn the_size_limit_can_be_raised() {
    let folder = Folder::new("limit").with("a.txt", REPORT.repeat(20_000));
    assert_eq!(fajian(&["list", "--max-mb", "1", folder.path()]).code, 3);
    assert_eq!(fajian(&["list", "--max-mb", "4", folder.path()]).code, 0);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_locked_files_are_harmless() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new("links").with("a.txt", REPORT).with("locked.txt", REPORT);
    symlink(&folder.0, folder.0.join("loop")).unwrap();
    symlink("nowhere.txt", folder.0.join("dangling.txt")).unwrap();
    symlink("a.txt", folder.0.join("z.txt")).unwrap();
    let locked = folder.0.join("locked.txt");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let ran = fajian(&["list", "-v", folder.path()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("loop: a link to itself"), "{}", ran.err);
    assert!(ran.err.contains("dangling.txt: a link to itself or to nothing"), "{}", ran.err);
    assert!(ran.err.contains("z.txt: the same file was read before"), "{}", ran.err);
    // Root may read everything.
    if fs::read(&locked).is_err() {
        assert!(ran.err.contains("locked.txt: may not be read"), "{}", ran.err);
    }
    let device = fajian(&["list", "/dev/null"]);
    assert!(device.code == 3 && device.err.contains("not a regular file"), "{}", device.err);
}

#[test]
fn records_from_a_pipe_give_what_files_give() {
    let folder = Folder::new("stream").with("a.txt", REPORT);
    let wide: Vec<u8> = REPORT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        [&b"\xff\xfe"[..], &wide].concat(),
    );
    let input = [
        serde_json::json!({ "id": 7, "name": "a.txt", "text": REPORT }).to_string(),
        "no record".to_owned(),
        String::new(),
        serde_json::json!({ "id": "b", "bytes": bytes }).to_string(),
        serde_json::json!({ "id": [1], "name": "c", "text": "" }).to_string(),
        serde_json::json!({ "id": "d" }).to_string(),
        serde_json::json!({ "id": "e", "bytes": "?" }).to_string(),
    ];
    let mut child = program()
        .args(["extract", "--stdin", "--lang", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // An answer comes without waiting for more questions.
    std::io::Write::write_all(&mut pipe, (input[0].clone() + "\n").as_bytes()).unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    let first = next();
    std::io::Write::write_all(&mut pipe, input[1..].join("\n").as_bytes()).unwrap();
    drop(pipe);
    let rest: Vec<Value> = (0..5).map(|_| next()).collect();
    assert!(child.wait().unwrap().success());
    let mut local: Value =
        serde_json::from_str(&fajian(&["extract", "--format", "ndjson", folder.path()]).out).unwrap();
    local["id"] = 7.into();
    assert_eq!(first, local);
    (local["id"], local["path"]) = ("b".into(), "b".into());
    assert_eq!(rest[1], local);
    let error = |at: usize, says: &str| rest[at]["error"].as_str().unwrap().contains(says);
    assert!(error(0, "not a record") && rest[0]["id"].is_null());
    assert!(error(2, "empty") && rest[2]["id"] == serde_json::json!([1]) && rest[2]["name"] == "c");
    assert!(error(3, "text or bytes") && error(4, "bytes"), "{rest:?}");
}

#[test]
fn extract_prints_the_documented_json_in_a_stable_order() {
    let mut folder = Folder::new("extract");
    for i in 0..40 {
        folder = folder.with(&format!("{:02}.txt", (i * 7) % 40), REPORT);
    }
    let args = ["extract", "--format", "json", folder.path()];
    let first = fajian(&args);
    assert_eq!((first.code, &first.out), (0, &fajian(&args).out));
    let value: Value = serde_json::from_str(&first.out).unwrap();
    assert_eq!(value["schema"], 1);
    assert_eq!(value.as_object().unwrap().len(), 2);
    let reports = value["reports"].as_array().unwrap();
    let paths: Vec<&str> = reports.iter().map(|report| report["path"].as_str().unwrap()).collect();
    assert_eq!(paths, (0..40).map(|i| format!("{i:02}.txt")).collect::<Vec<_>>());
    for field in
        "path title jurisdiction issuer published year source kind body sections figures problems".split(' ')
    {
        assert!(reports[0].get(field).is_some(), "{field}");
    }
    let figure_fields = "start end raw value value_high unit bound nature period scope label indicator section confidence why";
    for figure in reports[0]["figures"].as_array().unwrap() {
        let names = figure.as_object().unwrap();
        assert!(figure_fields.split(' ').all(|field| names.contains_key(field)), "{figure}");
    }
    let lines = fajian(&["extract", "--format", "ndjson", folder.path()]).out;
    let records: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&records, reports);
}

#[test]
fn a_path_is_named_as_given_or_below_the_folder_given() {
    let folder = Folder::new("names").with("sub/a.txt", REPORT);
    let file = folder.0.join("sub/a.txt");
    let path = |given: &str| json(&["extract", given])["reports"][0]["path"].as_str().unwrap().to_owned();
    assert_eq!(path(folder.path()), "sub/a.txt");
    assert_eq!(path(file.to_str().unwrap()), file.to_str().unwrap());
}

#[test]
fn every_encoding_gives_the_same_record() {
    let gb18030 = encoding_rs::GB18030.encode(REPORT).0.into_owned();
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(REPORT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let folder = Folder::new("encodings")
        .with("plain.txt", REPORT)
        .with("mark.txt", format!("\u{feff}{REPORT}"))
        .with("gb.txt", gb18030)
        .with("utf16.txt", utf16);
    let value = json(&["extract", folder.path()]);
    let mut records = value["reports"].as_array().unwrap().clone();
    assert_eq!(records.len(), 4);
    records.iter_mut().for_each(|record| record["path"] = Value::Null);
    assert!(records.iter().all(|record| *record == records[0]));
}

#[test]
fn nothing_found_is_1_and_more_than_one_is_2() {
    let folder = Folder::new("found").with("a.txt", REPORT).with("b.txt", REPORT);
    let path = folder.path();
    assert_eq!(fajian(&["list", "--filter", "没有这样的地方", path]).code, 1);
    assert_eq!(fajian(&["find", "没有这样的词组合", "--in", path]).code, 1);
    assert_eq!(fajian(&["compare", "没有这样的指标", path]).code, 1);
    let unclear = fajian(&["compare", "件数", path]);
    assert!(unclear.code == 2 && unclear.err.contains("may mean any of these"), "{}", unclear.err);
    assert_eq!(fajian(&["show", "c.txt", "--in", path]).code, 1);
    let two = fajian(&["show", ".txt", "--in", path]);
    assert!(two.code == 2 && two.err.contains("a.txt") && two.err.contains("b.txt"), "{}", two.err);
    assert_eq!(fajian(&["show", "b.txt", "--in", path]).code, 0);
    assert_eq!(fajian(&["indicators", "--filter", "出庭应诉率", path]).out.lines().count(), 2);
}

#[test]
fn a_name_with_a_line_end_stays_one_row() {
    let folder = Folder::new("line-end").with("a\nb\tc.txt", REPORT);
    let out = fajian(&["list", folder.path()]).out;
    assert_eq!(out.lines().count(), 2);
    assert_eq!(
        out.lines().nth(1).unwrap().split('\t').count(),
        out.lines().next().unwrap().split('\t').count()
    );
}

#[test]
fn a_closed_pipe_is_no_panic_and_a_full_disk_is_an_error() {
    let folder = Folder::new("pipe").with("a.txt", REPORT);
    let mut child = program()
        .args(["indicators", folder.path()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);

    if let Ok(full) = fs::File::options().write(true).open("/dev/full") {
        let output = program().args(["indicators", folder.path()]).stdout(full).output().unwrap();
        let ran = Ran::from(output);
        assert!(ran.code == 4 && ran.err.contains("cannot write the output"), "{}", ran.err);
    }
}

#[test]
fn without_a_path_the_samples_or_the_current_folder_are_read() {
    let folder = Folder::new("usual").with("here.txt", REPORT);
    let here = || Ran::from(program().arg("list").current_dir(&folder.0).output().unwrap());
    let ran = here();
    assert!(ran.out.contains("here.txt") && ran.err.contains("reading the current folder"), "{}", ran.err);
    fs::create_dir(folder.0.join("sample_reports")).unwrap();
    fs::write(folder.0.join("sample_reports/sample.txt"), REPORT).unwrap();
    let ran = here();
    assert!(ran.out.contains("sample.txt") && !ran.out.contains("here.txt"), "{}", ran.out);
}

/// The rows of a tab-separated answer, without the head.
fn rows(ran: &Ran) -> Vec<Vec<&str>> {
    ran.out.lines().skip(1).map(|line| line.split('\t').collect()).collect()
}

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_reports");

#[test]
fn the_samples_are_reports_and_their_read_me_is_none() {
    let ran = fajian(&["list", SAMPLES]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(rows(&ran).len() >= 12 && !ran.out.contains("README"));
    assert!(rows(&ran).iter().all(|row| row[0] != "-" && row[2] != "-"), "{}", ran.out);
}

#[test]
fn a_comparison_ranks_results_and_keeps_a_target_apart() {
    for name in ["litigation.attendance_rate", "行政机关负责人出庭应诉率", "ctysl"] {
        let ran = fajian(&["compare", name, "--by", "place", SAMPLES]);
        let told: Vec<_> = rows(&ran).into_iter().map(|row| (row[0], row[1], row[2], row[3])).collect();
        for place in ["甘肃省", "兰州市", "泽州县"] {
            assert!(told.contains(&("ranked", place, "2023", "100")), "{name}: {told:?}");
        }
        assert!(told.contains(&("apart", "泽州县", "2024", "100")), "{name}: {told:?}");
    }
    // What a rank counts is told in its head; JSON keeps its key.
    let head = |lang| {
        let ran = fajian(&["compare", "ctysl", "--lang", lang, SAMPLES]);
        ran.out.lines().next().unwrap().split('\t').nth(5).unwrap().to_owned()
    };
    assert_eq!((head("en").as_str(), head("zh").as_str()), ("Rank (level, year)", "名次(同级同年)"));
    let value = json(&["compare", "litigation.attendance_rate", "--json", SAMPLES]);
    assert!(value["rows"][0]["rank"].is_array());
    assert_eq!(value["schema"], 1);
    assert!(value["rows"][0]["quote"].as_str().unwrap().contains("出庭应诉率"));
    assert_eq!(value["apart"][0]["caveats"][0], "target");
}

#[test]
fn find_leads_to_indicators_and_to_figures_with_their_place() {
    let ran = fajian(&["find", "兰州", "ctysl", "--in", SAMPLES]);
    let first = &rows(&ran)[0];
    assert_eq!((first[0], first[1], first[3]), ("figure", "兰州市", "100%"));
    assert!(first[4].starts_with("lanzhou-2023.txt:"), "{}", ran.out);
    let value = json(&["find", "ctysl", "--limit", "1", "--json", "--in", SAMPLES]);
    assert_eq!(value["hits"][0]["target"]["indicator"]["id"], "litigation.attendance_rate");
}

#[test]
fn grep_shows_every_place_of_words_and_says_by_its_exit_code_that_there_is_none() {
    let ran = fajian(&["grep", "复议 ~8 纠错", SAMPLES, "-C", "12"]);
    let lines = rows(&ran);
    assert!(ran.code == 0 && !lines.is_empty(), "{}", ran.err);
    for line in lines {
        let (left, hit, right) = (line[3], line[4], line[5]);
        assert!(hit == "复议" && left.chars().count() <= 12 && right.chars().count() <= 12, "{line:?}");
        assert!(line[2].contains(".txt:") && (left.contains("纠错") || right.contains("纠错")), "{line:?}");
    }
    let whole = json(&["grep", "-w", "政处", "--json", SAMPLES]);
    assert_eq!(whole["total"], 0);
    let none = fajian(&["grep", "这句话谁也没有写过", SAMPLES, "--lang", "zh"]);
    assert!(none.code == 1 && none.err.contains("同一句"), "{}", none.err);
}

#[test]
fn grep_counts_what_a_plain_scan_counts() {
    for word in ["行政复议", "法治", "率", "2023年", "负责人出庭"] {
        let mut plain = 0;
        let rules = std::sync::Arc::new(fajian::core::rules::Rules::builtin().unwrap());
        let corpus = fajian::store::load(&[SAMPLES.into()], &rules, &fajian::store::Options::default());
        for row in corpus.rows() {
            let document = fajian::store::Corpus::open(&corpus, row.id).unwrap();
            let body = document.text.slice_folded(document.report.body);
            let running: String = body.chars().filter(|c| !c.is_whitespace()).collect();
            plain += running.matches(word).count();
        }
        let found = json(&["grep", word, "--json", "--limit", "3", SAMPLES]);
        assert!(plain > 0 && found["total"] == plain, "{word}: {plain} by a plain scan, {}", found["total"]);
        assert_eq!(found["lines"].as_array().unwrap().len(), plain.min(3));
    }
}

#[test]
fn show_gives_the_outline_and_one_section_with_its_text() {
    let file = format!("{SAMPLES}/zezhou-2023.txt");
    let whole = fajian(&["show", &file]);
    assert!(whole.code == 0 && whole.out.contains("泽州县") && whole.out.contains("（一）"), "{}", whole.out);
    let section = json(&["show", &file, "--section", "1", "--json"]);
    let text = section["text"].as_str().unwrap();
    assert!(text.contains(section["section"]["title"].as_str().unwrap()), "{text}");
    let missing = fajian(&["show", &file, "--section", "999"]);
    assert!(missing.code == 1 && missing.err.contains("（一）"), "{}", missing.err);
}

#[test]
fn keys_need_neither_reports_nor_a_terminal() {
    let ran = fajian(&["keys", "--lang", "zh"]);
    assert!(ran.code == 0 && ran.out.contains("查找"), "{}", ran.out);
}

#[test]
fn the_configuration_is_read_shown_and_its_faults_are_named() {
    let home = Folder::new("config");
    let run = |text: &str, args: &[&str]| -> Ran {
        fs::create_dir_all(home.0.join("fajian")).unwrap();
        fs::write(home.0.join("fajian/config.toml"), text).unwrap();
        program().env("XDG_CONFIG_HOME", &home.0).args(args).output().unwrap().into()
    };
    let ran = run("language = 'zh'\n[keys]\nopen = 'o'\n", &["config"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("fajian/config.toml") && ran.out.contains("language\tzh"), "{}", ran.out);
    let ran = run("language = 'zh'\n[keys]\nopen = 'o'\n", &["keys"]);
    assert!(ran.out.lines().any(|line| line.starts_with("o\t打开选中的一项")), "{}", ran.out);
    // The command line is asked before the file, and a fault stops nothing.
    let ran = run("theme = 'pink'\n", &["config", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("config.toml: line 1: theme takes dark, light"), "{}", ran.err);
    assert_eq!(run("theme = 'pink'\n", &["keys"]).code, 0);
    assert_eq!(program().args(["config", "--lang", "en"]).output().unwrap().status.code(), Some(0));
    assert!(fajian(&["config", "--example"]).out.contains("#theme = \"dark\""));
}

#[test]
fn matrix_and_trend_are_the_plain_twins_of_their_screens() {
    let second = REPORT.replace("2023", "2022").replace("470", "430");
    let folder = Folder::new("matrix").with("a.txt", REPORT).with("b.txt", second);
    let ran = fajian(&[
        "matrix",
        "reconsideration.accepted",
        "litigation.attendance_rate",
        "--in",
        folder.path(),
        "--lang",
        "zh",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("兰州市\t2023\t470件\t未提"), "{}", ran.out);
    let ran = fajian(&["trend", "reconsideration.accepted", folder.path(), "--lang", "en"]);
    assert_eq!(
        ran.out,
        "place\t2022\t2023\n兰州市\t430件\t470件\n".replace("place", ran.out.split('\t').next().unwrap())
    );
    let answer = json(&["trend", "reconsideration.accepted", folder.path(), "--json"]);
    assert_eq!(answer["years"], serde_json::json!(["2022", "2023"]));
    assert_eq!(answer["places"][0]["cells"][1]["row"]["figure"]["value"], 470);
    let answer = json(&["matrix", "--in", folder.path(), "--json"]);
    assert_eq!(answer["rows"].as_array().unwrap().len(), 2);
    let third = REPORT.replace("2023", "2021").replace("470", "430");
    let folder = folder.with("c.txt", third);
    let answer = json(&["matrix", "reconsideration.accepted", "--in", folder.path(), "--json"]);
    let cells = answer["rows"].as_array().unwrap().iter().map(|row| &row["cells"][0]);
    let told: Vec<_> = cells.map(|cell| (&cell["row"]["figure"]["value"], &cell["quarter"])).collect();
    assert_eq!(
        serde_json::json!(told),
        serde_json::json!([[470, 3], [430, 1], [430, 1]]),
        "equal values, one quarter"
    );
    assert_eq!(fajian(&["trend", "litigation.attendance_rate", folder.path()]).code, 1);
}

#[test]
fn plain_lists_lead_everywhere_without_a_terminal() {
    let folder = Folder::new("plain").with("a.txt", REPORT).with("b.txt", REPORT.replace("2023", "2022"));
    let mut child = program()
        .args(["--plain", folder.path(), "--lang", "zh"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let typed = "=2023\n1\n1\n1\n1\n99\nb\n/xzfysl\n1\na\nq\nnever read\n";
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut rest = ran.out.as_str();
    for said in [
        "1. 兰州市 2023, 兰州市司法局关于2023年法治政府建设情况的报告",
        "报告 2023: 1",
        "1. 一、主要举措, 数字 2",
        "受理行政复议案件470件",
        "原文: 470件",
        "1. 各地比较: 行政复议受理案件数",
        "1. 兰州市",
        "没有这一项",
        "查找 xzfysl",
        "指标, 行政复议受理案件数",
        "待问 0",
    ] {
        let at = rest.find(said).unwrap_or_else(|| panic!("{said}\n{}", ran.out));
        rest = &rest[at..];
    }
    assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('─'));
}
