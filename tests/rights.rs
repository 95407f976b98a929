//! What `--read-only` and `--restricted` take away, in the real program.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use walkdir::WalkDir;

use crate::common::pty::Start;
use crate::common::{Explorer, desk};
use fajian::lang::Lang;
use fajian::rights::Rights;

const REPORT: &str =
    "兰州市司法局关于2023年法治政府建设情况的报告\n\n一、主要举措\n受理行政复议案件470件，审结343件。\n";
const SECRET: &str =
    "白银市司法局关于2022年法治政府建设情况的报告\n\n一、机密\n受理行政复议案件99件，审结98件。\n";

/// A folder with a report, links that lead out of it, and what they lead to.
fn corpus(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rights").join(name);
    let _ = fs::remove_dir_all(&root);
    let (inside, outside) = (root.join("srv"), root.join("secret"));
    fs::create_dir_all(inside.join("sub")).unwrap();
    fs::create_dir_all(&outside).unwrap();
    fs::write(inside.join("a.txt"), REPORT).unwrap();
    fs::write(outside.join("b.txt"), SECRET).unwrap();
    symlink(outside.join("b.txt"), inside.join("file.txt")).unwrap();
    symlink(&outside, inside.join("folder")).unwrap();
    symlink("../../secret/b.txt", inside.join("sub/up.txt")).unwrap();
    symlink("/", inside.join("sub/root")).unwrap();
    symlink("../a.txt", inside.join("sub/twin.txt")).unwrap();
    root
}

fn fajian(args: &[&str], env: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fajian"))
        .args(args)
        .env_clear()
        .envs(env.iter().copied())
        .output()
        .unwrap()
}

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// All files below a folder and what is in them.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn restricted_has_no_command_but_the_explorer() {
    let root = corpus("commands");
    let (srv, secret) = (root.join("srv"), root.join("secret/b.txt"));
    let (srv, secret) = (srv.to_str().unwrap(), secret.to_str().unwrap());
    for command in [
        &["list", secret][..],
        &["show", secret],
        &["find", "470", "--in", secret],
        &["compare", "ctysl", secret],
        &["indicators", secret],
        &["explain", secret],
        &["check", secret],
        &["extract", secret],
        &["diff", secret, secret],
        &["review", srv, "--accept"],
        &["keys"],
    ] {
        let args = [command, &["--restricted"]].concat();
        assert!(refused(&fajian(&args, &[])).contains("explored and nothing else"), "{args:?}");
        // In front of a command no option is taken at all.
        refused(&fajian(&[&["--restricted"], command].concat(), &[]));
        let behind = [command, &["--restricted", "--read-only"]].concat();
        assert!(refused(&fajian(&behind, &[("LANG", "zh_CN.UTF-8")])).contains("只能浏览报告"), "{behind:?}");
    }
    assert!(refused(&fajian(&["--restricted"], &[])).contains("wants the folder"));
}

#[test]
fn what_may_not_be_done_is_dimmed_and_says_why() {
    let mut explorer = Explorer::new(80, 24, Lang::Zh).reviewing(desk::changed("dimmed"));
    explorer.press("r Enter");
    let hints = |explorer: &Explorer| {
        let picture = explorer.picture();
        let styles = picture.split("-- styles --\n").nth(1).unwrap().lines().nth(23).unwrap().to_owned();
        (explorer.rows()[23].clone(), styles)
    };
    let (all, bright) = hints(&explorer);
    explorer.state.fixed.rights = Rights::ReadOnly;
    let (same, dimmed) = hints(&explorer);
    // The same keys in the same places; those that decide are quiet, those that only look are not.
    assert_eq!(same, all);
    assert!(bright.starts_with(" C") && dimmed.starts_with(" q"), "{bright}\n{dimmed}");
    assert!(dimmed.contains('C'), "{dimmed}");
    explorer.press("a");
    assert!(explorer.shows("只读：不作决定"), "{:#?}", explorer.rows());
    explorer.press("w");
    // So are keys that the state of things does not allow.
    explorer.state.fixed.rights = Rights::All;
    explorer.press("Esc & \"没有的词\" Enter");
    assert!(hints(&explorer).1.starts_with(" q"), "{:#?}", hints(&explorer));
    explorer.press("a");
    assert!(explorer.shows("没有待审核的项目"), "{:#?}", explorer.rows());
}

#[test]
fn what_is_typed_behind_ssh_is_not_run() {
    let root = corpus("typed");
    let srv = root.join("srv");
    for typed in ["cat /etc/passwd", "/usr/lib/openssh/sftp-server", "scp -f x", "a\u{1b}]0;b\u{7}\u{202e}"] {
        let told =
            refused(&fajian(&["--restricted", srv.to_str().unwrap()], &[("SSH_ORIGINAL_COMMAND", typed)]));
        assert!(told.contains("was not run"), "{told}");
        assert!(told.trim_end().chars().all(|c| !c.is_control() && c != '\u{202e}'), "{told:?}");
    }
    // Without a terminal it says how to get one, and names no command that there is not.
    let told = refused(&fajian(&["--restricted", srv.to_str().unwrap()], &[]));
    assert!(told.contains("ssh -t") && !told.contains("fajian list"), "{told}");
}

#[test]
fn restricted_reads_and_keeps_nothing_of_the_user() {
    let root = corpus("own");
    let (srv, home) = (root.join("srv"), root.join("home"));
    let settings = home.join(".config/fajian");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("config.toml"), "language = \"en\"\nbad\u{1b}]0;x\u{7} = 1\n").unwrap();
    let before = everything(&home);
    let start = |args: &[&str]| {
        let (srv, home) = (srv.to_str().unwrap(), home.to_str().unwrap());
        let mut terminal = Start::fajian(&[args, &[srv]].concat()).env("HOME", home).run();
        terminal.wait("兰州市").send("\r").wait("主要举措").send("m").settle().send("\x03");
        assert!(terminal.end().success());
        terminal.is_clean();
        terminal.text()
    };
    assert!(start(&["--restricted"]).contains("报告"));
    assert_eq!(everything(&home), before);
    // Whoever is only not to decide keeps settings and place.
    assert!(start(&["--read-only"]).contains("read-only"));
    assert!(everything(&home).len() > before.len());
}

#[test]
fn restricted_follows_no_link_out_of_the_folder() {
    let root = corpus("links");
    let srv = root.join("srv");
    // Anybody else follows links.
    let mut terminal = Start::fajian(&[srv.to_str().unwrap()]).run();
    terminal.wait("白银市").send("\x03").end();
    let mut terminal = Start::fajian(&["--restricted", srv.to_str().unwrap()]).run();
    terminal.wait("法鉴 [受限]").wait("兰州市").settle();
    assert!(!terminal.vt.shows("白银"));
    terminal.wait("1/1").send("\x03");
    assert!(terminal.end().success());
    assert!(!terminal.text().contains("机密"));
    terminal.is_clean();
}

#[test]
fn restricted_stays_where_it_is() {
    let root = corpus("stays");
    let srv = root.join("srv");
    let mut terminal = Start::fajian(&["--restricted", srv.to_str().unwrap()]).run();
    terminal.wait("兰州市").wait("1/1");
    // Ctrl-Z is answered and stops nothing; Ctrl-\ does not even kill.
    terminal.send("\x1a").wait("受限登录");
    terminal.send("\x1c").send("\r").wait("主要举措");
    // The list of all keys runs what it lists, but not this.
    terminal.send("?").wait("全部按键").send("suspend").wait("暂回命令行").send("\r").wait("受限登录");
    assert!(terminal.runs());
    terminal.send("\x03");
    assert!(terminal.end().success());
    terminal.is_clean();
}

#[test]
fn read_only_decides_nothing_and_writes_nothing() {
    let root = corpus("read-only");
    let srv = root.join("srv");
    let path = srv.to_str().unwrap();
    let ready = fajian(&["review", path, "--accept", "--who", "甲"], &[]);
    assert!(ready.status.success(), "{ready:?}");
    fs::write(srv.join("a.txt"), REPORT.replace("470", "480")).unwrap();
    let before = everything(&root);
    for action in [
        &["--accept"][..],
        &["--reject"],
        &["--undo", "0000"],
        &["--script", "-"],
        &["--item", "a.txt:35", "--correct", "value=1"],
    ] {
        let args = [&["review", path, "--who", "甲", "--read-only"], action].concat();
        assert!(refused(&fajian(&args, &[])).contains("nothing is decided"), "{args:?}");
    }
    for looking in [&["review", path, "--list"][..], &["list", path], &["extract", path]] {
        let ran = fajian(&[looking, &["--read-only"]].concat(), &[]);
        assert!(ran.status.success() && !ran.stdout.is_empty(), "{ran:?}");
    }
    let home = root.join("home");
    fs::create_dir_all(&home).unwrap();
    let mut terminal = Start::fajian(&["--read-only", path]).env("HOME", home.to_str().unwrap()).run();
    terminal.wait("法鉴 [只读]").wait("兰州市").send("\r").wait("主要举措").send("\x03");
    assert!(terminal.end().success());
    let after: Vec<_> = everything(&root).into_iter().filter(|(file, _)| !file.starts_with(&home)).collect();
    assert_eq!(before, after);
}
