//! What may befall an index: a killed writer, a second one, a torn or foreign file, readers at the wrong moment.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fajian::lang::Lang;
use fajian::store::index::{IndexCorpus, IndexError, Job, Opened, Whereabouts, empty_log, update};
use fajian::store::{Corpus, ReportRow};

use super::alike::{all, ids};
use super::place::Place;
use crate::generate;

const REPORTS: usize = 90;

fn program(place: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fajian"));
    command.env_clear().arg("index").arg(&place.paths[0]).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Every report that a reader sees has all its parts.
fn whole(corpus: &IndexCorpus) {
    for row in all(corpus) {
        let report = corpus.record(row.id).unwrap();
        assert_eq!(
            (report.figures.len(), report.sections.len()),
            (row.figures, row.sections),
            "{}",
            row.path
        );
    }
    assert_eq!(corpus.fault(), None);
}

/// The same reports and values as in memory; `alike` asks more, and takes longer.
fn as_in_memory(place: &Place) {
    let (memory, index) = (place.memory(), place.open());
    let strip = |corpus: &dyn Corpus| {
        let told = |row: ReportRow| (row.path, row.about, row.figures, row.parts, row.copies, row.copy_of);
        all(corpus).into_iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(strip(&memory), strip(&index));
    assert_eq!(memory.indicators(), index.indicators());
    whole(&index);
}

#[test]
fn a_writer_killed_at_any_moment_loses_nothing() {
    let place = Place::new("killed");
    generate::write(&place.paths[0], 3, REPORTS, 2_000).unwrap();
    let start = Instant::now();
    assert!(program(&place).status().unwrap().success());
    let full = start.elapsed();
    as_in_memory(&place);
    fs::remove_dir_all(place.path(".fajian")).unwrap();
    let (mut moment, mut most) = (0x2545_f491_4f6c_dd1d_u64, 0);
    let kills = std::env::var("FAJIAN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    for _ in 0..kills {
        let mut child = program(&place).spawn().unwrap();
        moment = moment.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        thread::sleep(full.mul_f64((moment >> 33) as f64 / f64::from(1_u32 << 31) / 2.0));
        child.kill().unwrap();
        child.wait().unwrap();
        match place.try_open() {
            Ok(Opened::Ready(corpus)) => {
                whole(&corpus);
                most = most.max(all(corpus.as_ref()).len());
                // Done before it was killed: something has to be done again.
                drop(corpus);
                for n in 0..REPORTS / 3 {
                    let made = generate::report(moment, n, 2_000);
                    place.put(generate::report(3, n, 2_000).path, made.text);
                }
            }
            Ok(Opened::Unfinished | Opened::Older) => {}
            Err(error) => panic!("{}", error.say(Lang::En)),
        }
    }
    assert!(program(&place).status().unwrap().success());
    assert!(most <= REPORTS);
    as_in_memory(&place);
}

#[test]
fn kills_lose_no_copy_and_no_part() {
    let place = Place::new("killed-kin");
    const REPORTS: usize = 40;
    // Each report in two files, and every other one a second time in one.
    let write = |seed: u64, n: usize| {
        let made = generate::report(seed, n, 2_400);
        let name = generate::report(3, n, 2_400).path.replace('/', "-");
        let stem = name.trim_end_matches(".txt");
        let middle = made.text.match_indices('\n').map(|(i, _)| i + 1).find(|i| *i > made.text.len() / 2);
        let (head, tail) = made.text.split_at(middle.unwrap());
        place.put(format!("{stem} 第1部分.txt"), head);
        place.put(format!("{stem} 第2部分.txt"), tail);
        if n.is_multiple_of(2) {
            place.put(format!("镜像/{name}"), &made.text);
        }
    };
    (0..REPORTS).for_each(|n| write(3, n));
    let start = Instant::now();
    assert!(program(&place).status().unwrap().success());
    let full = start.elapsed();
    as_in_memory(&place);
    let rows = all(&place.open());
    let (parted, copies) = (
        rows.iter().filter(|row| !row.parts.is_empty()).count(),
        rows.iter().filter(|row| row.copy_of.is_some()).count(),
    );
    assert!(parted > REPORTS / 2 && copies > REPORTS / 4, "{parted} in parts, {copies} copies");
    fs::remove_dir_all(place.path(".fajian")).unwrap();
    let mut moment = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..10 {
        let mut child = program(&place).spawn().unwrap();
        moment = moment.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        thread::sleep(full.mul_f64((moment >> 33) as f64 / f64::from(1_u32 << 31) / 2.0));
        child.kill().unwrap();
        child.wait().unwrap();
        if let Ok(Opened::Ready(corpus)) = place.try_open() {
            whole(&corpus);
        }
        // Something of it changes while nobody looks.
        (0..REPORTS).filter(|n| n % 10 == round).for_each(|n| write(moment, n));
    }
    assert!(program(&place).status().unwrap().success());
    as_in_memory(&place);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let place = Place::new("two-writers");
    generate::write(&place.paths[0], 4, 20, 2_000).unwrap();
    let mut refused = None;
    let file = Whereabouts::default().prepare(&place.paths).unwrap();
    let summary = update(&file, &place.job(), &mut |_| {
        let second = update(&file, &place.job(), &mut |_| {});
        refused = Some(second.unwrap_err());
    });
    assert_eq!(summary.unwrap().written, 20);
    let refused = refused.unwrap();
    assert!(matches!(refused, IndexError::Busy(_)));
    assert!(refused.say(Lang::En).contains("another process"));
    assert_eq!(place.index().unchanged, 20);
}

#[test]
fn a_torn_file_is_made_anew() {
    let place = Place::new("torn");
    generate::write(&place.paths[0], 5, 40, 3_000).unwrap();
    place.index();
    let sound = fs::read(place.file()).unwrap();
    let half = sound.len() / 2;
    let mut smashed = sound.clone();
    smashed[100..half].fill(0xa5);
    for torn in [&sound[..half], &sound[..3000], &smashed] {
        remove_log(&place);
        fs::write(place.file(), torn).unwrap();
        // A reader may notice or not; it never ends in anything but an answer.
        match place.try_open() {
            Ok(Opened::Ready(corpus)) => drop(corpus.indicators()),
            Ok(Opened::Older | Opened::Unfinished) | Err(IndexError::Torn(_)) => {}
            Err(other) => panic!("{}", other.say(Lang::En)),
        }
        place.index();
        as_in_memory(&place);
    }
}

#[test]
fn a_foreign_file_is_set_aside_and_kept() {
    let place = Place::new("foreign");
    generate::write(&place.paths[0], 6, 3, 2_000).unwrap();
    place.put(".fajian/index.sqlite", "my thesis, ten years of work");
    assert!(matches!(place.try_open(), Ok(Opened::Older)));
    let aside = place.index().set_aside.unwrap();
    assert_eq!(fs::read_to_string(aside).unwrap(), "my thesis, ten years of work");
    as_in_memory(&place);
}

#[test]
fn readers_keep_the_picture_that_they_opened() {
    let place = Place::new("readers");
    generate::write(&place.paths[0], 7, 60, 2_000).unwrap();
    place.index();
    let before = place.open();
    let (rows, counts) = (all(&before), before.indicators());
    for n in 0..45 {
        place.put(generate::report(7, n, 2_000).path, generate::report(8, n, 2_000).text);
    }
    fs::remove_file(place.path(&rows[0].path)).unwrap();
    let going = AtomicBool::new(true);
    thread::scope(|scope| {
        scope.spawn(|| {
            place.index();
            going.store(false, Ordering::Relaxed);
        });
        let readers: Vec<_> = (0..20)
            .map(|_| {
                scope.spawn(|| {
                    while going.load(Ordering::Relaxed) {
                        let corpus = place.open();
                        whole(&corpus);
                        assert_eq!(corpus.indicators(), corpus.indicators());
                        assert_eq!((all(&before), before.indicators()), (rows.clone(), counts.clone()));
                        thread::sleep(Duration::from_millis(100));
                    }
                })
            })
            .collect();
        readers.into_iter().for_each(|reader| reader.join().unwrap());
    });
    // Its files have moved on, and it says so; the next reader sees the new state.
    assert!(!before.behind().is_fresh());
    as_in_memory(&place);
    // A rebuild from nothing does not touch what is open either.
    let file = place.file();
    update(&file, &Job { rebuild: true, ..place.job() }, &mut |_| {}).unwrap();
    assert_eq!((all(&before), before.indicators()), (rows, counts));
}

#[test]
fn a_changed_or_missing_file_is_read_as_it_is_now() {
    let place = Place::new("changed");
    generate::write(&place.paths[0], 9, 3, 2_000).unwrap();
    place.index();
    let corpus = place.open();
    let made = generate::report(9, 0, 2_000);
    let id = ids(&corpus)[&made.path];
    place.put(&made.path, "兰州市司法局关于2023年法治政府建设情况的报告\n受理行政复议案件470件。\n");
    let document = corpus.open(id).unwrap();
    assert!(document.report.figures.iter().all(|figure| document.text.slice(figure.span) == figure.raw));
    assert_eq!(corpus.behind().changed, 1);
    fs::remove_file(place.path(&made.path)).unwrap();
    assert!(corpus.open(id).is_none());
    assert_eq!((corpus.behind().changed, corpus.behind().gone), (0, 1));
    let summary = place.index();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (0, 2, 1));
}

#[test]
fn only_what_changed_is_read_again() {
    let place = Place::new("incremental");
    generate::write(&place.paths[0], 10, 30, 2_000).unwrap();
    assert_eq!(place.index().written, 30);
    assert_eq!((place.index().written, place.index().unchanged), (0, 30));
    place.put(generate::report(10, 5, 2_000).path, generate::report(11, 5, 2_000).text);
    place.put("new.txt", generate::report(12, 5, 2_000).text);
    place.put("empty.txt", "");
    let summary = place.index();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (2, 29, 0));
    assert_eq!(summary.refused.len(), 1);
    place.put("empty.txt", generate::report(13, 5, 2_000).text);
    place.put("new.txt", "");
    let summary = place.index();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (1, 30, 1));
    as_in_memory(&place);
}

#[test]
fn other_rules_make_it_anew() {
    let mut place = Place::new("rules");
    generate::write(&place.paths[0], 14, 10, 2_000).unwrap();
    place.index();
    place.options.max_bytes -= 1;
    assert!(matches!(place.try_open(), Ok(Opened::Older)));
    assert_eq!(place.index().written, 10);
    as_in_memory(&place);
}

#[test]
fn a_folder_that_may_not_be_written_to_has_its_index_in_the_cache() {
    let place = Place::new("read-only");
    generate::write(&place.paths[0], 15, 5, 2_000).unwrap();
    let cache = place.paths[0].with_extension("cache");
    let _ = fs::remove_dir_all(&cache);
    let whereabouts = Whereabouts { named: None, cache: Some(cache.clone()) };
    // Whoever may do anything is stopped by a file in the way, but not by permissions.
    place.put(".fajian", "in the way");
    let file = whereabouts.prepare(&place.paths).unwrap();
    assert!(file.starts_with(&cache));
    update(&file, &place.job(), &mut |_| {}).unwrap();
    assert_eq!(whereabouts.find(&place.paths), Some(file.clone()));
    let opened = IndexCorpus::open(file.clone(), &place.paths, &place.rules, &place.options).unwrap();
    let Opened::Ready(corpus) = opened else { panic!("{opened:?}") };
    assert_eq!(all(corpus.as_ref()).len(), 5);
    drop(corpus);
    let elsewhere = vec![place.paths[0].join("..")];
    let other = IndexCorpus::open(file.clone(), &elsewhere, &place.rules, &place.options);
    assert!(matches!(other, Err(IndexError::OtherPaths(_))));
    let other = update(&file, &Job { paths: &elsewhere, ..place.job() }, &mut |_| {});
    assert!(matches!(other, Err(IndexError::OtherPaths(_))));
    let nowhere = Whereabouts::default().prepare(&place.paths);
    assert!(matches!(nowhere, Err(IndexError::NoPlace(_))));
}

/// Readers on a shared server: they may read the folder and nothing else.
#[test]
fn readers_need_no_leave_to_write() {
    let place = Place::new("shared");
    generate::write(&place.paths[0], 16, 5, 2_000).unwrap();
    place.index();
    let folder = place.path(".fajian");
    for log in [true, false] {
        if !log {
            remove_log(&place);
        }
        allow(&folder, 0o555);
        fs::read_dir(&folder).unwrap().for_each(|entry| allow(&entry.unwrap().path(), 0o444));
        // Who may do anything tries it as somebody who may not.
        let anybody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        let mut compare = Command::new("setpriv");
        compare.args(anybody).arg(env!("CARGO_BIN_EXE_fajian")).arg("compare");
        compare.arg("litigation.attendance_rate").arg(&place.paths[0]);
        match compare.output() {
            Ok(output) if output.status.success() => {
                assert_eq!(String::from_utf8_lossy(&output.stderr), "", "with its log: {log}");
                assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1 + 5);
            }
            _ => eprintln!("tried without setpriv"),
        }
        assert_eq!(all(&place.open()).len(), 5);
        allow(&folder, 0o755);
        fs::read_dir(&folder).unwrap().for_each(|entry| allow(&entry.unwrap().path(), 0o644));
    }
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn remove_log(place: &Place) {
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(place.path(format!(".fajian/index.sqlite{ending}")));
    }
}

/// On a file system of its own with hardly any room; where no such thing may be made, the test says so and passes.
#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let place = Place::new("full");
    let room = Path::new(env!("CARGO_TARGET_TMPDIR")).join("index").join("small-disk");
    fs::create_dir_all(&room).unwrap();
    generate::write(&place.paths[0], 17, 600, 4_000).unwrap();
    let script = "mount -t tmpfs -o size=4m small \"$1\" || exit 77
        \"$2\" index \"$3\" --index \"$1/i.sqlite\"; first=$?
        mount -o remount,size=64m \"$1\"
        \"$2\" index \"$3\" --index \"$1/i.sqlite\"; echo $first $?";
    let mut shell = Command::new("unshare");
    shell.args(["--mount", "sh", "-c", script, "sh"]).arg(&room).arg(env!("CARGO_BIN_EXE_fajian"));
    let Ok(output) = shell.arg(&place.paths[0]).env("LC_ALL", "C").output() else { return };
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(77) || err.contains("unshare") {
        eprintln!("skipped: no file system may be mounted here");
        return;
    }
    assert!(err.contains("the disk is full"), "{out} {err}");
    assert!(out.ends_with("4 0\n"), "{out} {err}");
    assert!(!out.contains("600 reports written"), "what was done before is kept: {out}");
}

/// The log beside an index is emptied as soon as every reader has followed, and readers who only look lose nothing by that.
#[test]
fn a_log_is_emptied_once_readers_have_followed() {
    let place = Place::new("log");
    generate::write(&place.paths[0], 18, 20, 2_000).unwrap();
    place.index();
    let log = || fs::metadata(place.path(".fajian/index.sqlite-wal")).map_or(0, |meta| meta.len());
    empty_log(&place.file(), None, Duration::from_secs(1));
    assert_eq!(log(), 0);
    let before = place.open();
    assert!(before.let_go() && !before.has_moved_on());
    generate::write(&place.paths[0], 19, 40, 2_000).unwrap();
    place.index();
    assert!(log() > 0 && before.has_moved_on() && !before.let_go());
    // It sees what it saw.
    assert_eq!(all(&before).len(), 20);
    drop(before);
    let after = place.open();
    empty_log(&place.file(), Some(&after), Duration::from_secs(1));
    assert_eq!(log(), 0);
    assert!(after.let_go());
    assert_eq!(all(&after).len(), 40);
    assert!(place.path(".fajian/index.sqlite-shm").exists(), "readers who may not write need it");
}
