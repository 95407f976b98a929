//! Reports that were written to harm: whatever they hold, the terminal gets text and the few sequences that the program
//! means to send. A parser of our own (`common/vt.rs`) reads every byte.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fajian::core::rules::Rules;
use fajian::store::{self, Corpus, ReportQuery};

use crate::common::pty::{Start, Terminal};

/// What has been used against terminals, or could be: every one is more than text to some terminal.
const ATTACKS: &[&str] = &[
    // Titles, icons, directories, notifications.
    "\x1b]0;owned\x07",
    "\x1b]1;owned\x07",
    "\x1b]2;owned\x1b\\",
    "\x1b]7;file:///etc/passwd\x07",
    "\x1b]9;owned\x07",
    "\x1b]777;notify;a;b\x07",
    "\x1b]99;i=1;owned\x1b\\",
    "\x1b]133;A\x07",
    "\x1b]1337;File=inline=1:AAAA\x07",
    "\x1b]1337;SetBadgeFormat=YQ==\x07",
    "\x1bkowned\x1b\\",
    // The title read back as typed text.
    "\x1b]0;;cat /etc/passwd;\x07\x1b[21t",
    "\x1b[20t",
    "\x1b[22;0t\x1b[23;0t",
    // Clipboard, colours, fonts, hyperlinks.
    "\x1b]52;c;cm0gLXJmIC8K\x07",
    "\x1b]52;c;?\x07",
    "\x1b]52;p;cXFx\x1b\\",
    "\x1b]4;1;rgb:00/00/00\x07",
    "\x1b]4;1;?\x07",
    "\x1b]10;#000000\x07",
    "\x1b]11;?\x1b\\",
    "\x1b]12;red\x07",
    "\x1b]50;evil\x07",
    "\x1b]104\x07",
    "\x1b]8;;https://example.invalid/\x1b\\点此\x1b]8;;\x1b\\",
    // Questions whose answers come back as keys.
    "\x1b[c",
    "\x1b[>c",
    "\x1b[=c",
    "\x1b[5n",
    "\x1b[6n",
    "\x1b[?6n",
    "\x1b[?15n",
    "\x1b[x",
    "\x1b[?2026$p",
    "\x1b[18t",
    "\x1b[?u",
    "\x1bZ",
    "\x05",
    "\x1bP$q\"p\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x1b[>q",
    // What moves, hides, erases and changes.
    "\x1b[2J",
    "\x1b[3J",
    "\x1b[H\x1b[J",
    "\x1bc",
    "\x1b[!p",
    "\x1b7\x1b8",
    "\x1b[1;3r",
    "\x1b[?25l",
    "\x1b[8m秘密\x1b[28m",
    "\x1b[30;40m",
    "\x1b[99999999A",
    "\x1b[2147483647b",
    "\x1b[?1049l",
    "\x1b[?1000h\x1b[?1006h",
    "\x1b[?2004l",
    "\x1b[?2026h",
    "\x1b[?3h",
    "\x1b[?5h",
    "\x1b[4h",
    "\x1b[2l",
    "\x1b[?69h\x1b[2;3s",
    "\x1b[8;1;1t",
    "\x1b[3;0;0t",
    "\x1b[2t",
    "\x1b[5i",
    "\x1b[4i",
    "\x1b#8",
    "\x1b(0\x0e",
    "\x1b%G",
    "\x1b%@",
    "\x1b[>4;2m",
    "\x1b[=31u",
    // Pictures, macros, keys that are given new meanings.
    "\x1bPq#0;2;0;0;0~\x1b\\",
    "\x1bP1;1;1!zaa\x1b\\",
    "\x1bP0;1|17/17\x1b\\",
    "\x1b_Ga=T,f=24,s=1,v=1;AAAA\x1b\\",
    "\x1b_owned\x1b\\",
    "\x1b^owned\x1b\\",
    "\x1bXowned\x1b\\",
    // The same with one character instead of two.
    "\u{9b}2J",
    "\u{9b}6n",
    "\u{9d}0;owned\u{9c}",
    "\u{90}$q\"p\u{9c}",
    "\u{9f}Ga=T;AAAA\u{9c}",
    "\u{9e}x\u{9c}",
    "\u{98}x\u{9c}",
    "\u{85}\u{84}\u{8d}",
    "\u{8e}\u{8f}",
    // Cut off, so that what comes next completes it.
    "\x1b",
    "\x1b[",
    "\x1b]0;",
    "\x1bP",
    "\u{9b}",
    // What hides or turns text around.
    "\u{202e}nwod edispu\u{202c}",
    "\u{2066}\u{2067}\u{2068}x\u{2069}",
    "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}\u{34f}\u{61c}",
    "\u{e0041}\u{e0042}\u{e007f}",
    "\u{2028}\u{2029}",
    "\u{fff9}a\u{fffa}b\u{fffb}",
    "\u{3164}\u{115f}\u{1160}\u{ffa0}",
    "a\r覆盖",
    "a\x08\x08覆盖",
    "\x0b\x0c\x7f",
];

const TITLE: &str = "某市2023年法治政府建设情况的报告";

/// A folder of hostile reports with hostile names.
fn corpus(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let report = |name: &[u8], title: &str, lines: Vec<String>| {
        let text = format!("{title}\n\n一、主要举措\n{}\n", lines.join("\n"));
        fs::write(folder.join(OsStr::from_bytes(name)), text).unwrap();
    };
    let attacks = ATTACKS.iter().enumerate();
    let line = |(n, attack): (usize, &&str)| {
        format!("{attack}受理行政复议{attack}案件{}件{attack}，审结{}件。", n + 1000, n + 500)
    };
    report("甘肃省attacks.txt".as_bytes(), TITLE, attacks.map(line).collect());
    let controls = (1..0x20u32).chain(0x7f..0xa0).filter_map(char::from_u32).filter(|c| *c != '\n');
    let line = |c: char| format!("受理行政复议案件{}{c}件，{c}审结300件。", 2000 + c as u32);
    report(b"controls.txt", TITLE, controls.map(line).collect());
    report(b"wide.txt", TITLE, vec![format!("受理行政复议案件470件。{}", "法治政府建设，".repeat(50_000))]);
    let marks = format!(
        "受理行政复议案件471件。e{}法\u{20e3}{}",
        "\u{301}".repeat(50_000),
        "\u{fe0f}".repeat(50_000)
    );
    report(b"marks.txt", TITLE, vec![marks]);
    report(
        b"title.txt",
        "某市\x1b]0;owned\x07\u{202e}司法局\u{9b}31m2023年法治政府建设情况的报告",
        vec!["受理行政复议案件472件。".to_owned()],
    );
    for (n, name) in [
        &b"\x1b]0;owned\x07.txt"[..],
        b"\xc2\x9b2J.txt",
        b"line\nend.txt",
        b"back\x08\x08\r.txt",
        "\u{202e}txt.exe.txt".as_bytes(),
        "\u{e0041}\u{200b}tag.txt".as_bytes(),
        "ملف-עברית.txt".as_bytes(),
        b"\xff\xfe\x9b.txt",
    ]
    .into_iter()
    .enumerate()
    {
        report(name, TITLE, vec![format!("受理行政复议案件{}件。", 480 + n)]);
    }
    folder
}

fn is_safe(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || c == '\t' || fajian::ui::cells::shown(c) == Some(c))
}

#[test]
fn there_are_attacks_enough_and_none_moves_an_offset() {
    assert!(ATTACKS.len() >= 100);
    let folder = corpus("offsets");
    let corpus =
        store::load(std::slice::from_ref(&folder), &Arc::new(Rules::builtin().unwrap()), &Default::default());
    let rows = corpus.reports(&ReportQuery { limit: 100, ..ReportQuery::default() }).rows;
    assert_eq!(rows.len(), fs::read_dir(&folder).unwrap().count(), "{:?}", corpus.refused());
    let mut figures = 0;
    for row in rows {
        let document = corpus.open(row.id).unwrap();
        for figure in &document.report.figures {
            assert_eq!(document.text.slice(figure.span), figure.raw, "{}", row.path);
            figures += 1;
        }
    }
    assert!(figures > 2 * ATTACKS.len(), "{figures}");
}

#[test]
fn the_explorer_sends_nothing_of_it() {
    let folder = corpus("explorer");
    let files = fs::read_dir(&folder).unwrap().count();
    let mut terminal = Start::fajian(&[folder.to_str().unwrap()]).run();
    terminal.wait("级别").wait(&format!("1/{files}")).settle();
    for _ in 0..files {
        terminal.send("\r").wait("目录");
        for keys in ["\x1b[6~", "\x1b[6~", "n", "n", "\t", "\x1b[B", "\t", "\x1b[F"] {
            terminal.send(keys).settle_soon();
        }
        terminal.send("\x1b").wait("级别").send("\x1b[B").settle_soon();
    }
    // The file of all attacks is the only one whose place is known: its marks, its sentences, its path.
    terminal.send("&").send("attacks\r").wait("1/1").send("\r").wait("░");
    for _ in 0..20 {
        terminal.send("n").send("yq").settle_soon();
    }
    terminal.send("\r").wait("把握").send("yr").send("yp").settle_soon();
    terminal.send("x").settle_soon();
    for _ in 0..40 {
        terminal.send("\x1b[B").send("yq").settle_soon();
    }
    terminal.send("/").send("\x1b[200~\x1b]0;owned\x07\u{9b}2J\u{202e}行政复议\x1b[201~").settle();
    terminal.send("\x03");
    assert!(terminal.end().success());
    terminal.is_clean();
    let copied: Vec<String> = terminal.vt.clipboard.iter().map(|text| unbase64(text)).collect();
    assert!(copied.len() > 20 && copied.iter().all(|text| is_safe(text)), "{copied:?}");
    assert!(copied.iter().any(|text| text.contains('░')), "{copied:?}");
}

#[test]
fn the_plain_twins_send_nothing_of_it() {
    let folder = corpus("twins");
    let folder = folder.to_str().unwrap();
    let attacks = format!("{folder}/甘肃省attacks.txt");
    let (title, tag) = (format!("{folder}/title.txt"), format!("{attacks}:1000件"));
    let missing = format!("{folder}/\x1b]0;owned\x07\u{202e}");
    for args in [
        &["list", folder][..],
        &["list", folder, "--json"],
        &["show", &attacks],
        &["show", &attacks, "--section", "0"],
        &["show", &attacks, "--json"],
        &["show", &title],
        &["show", "470", "--in", folder],
        &["find", "行政复议", "--in", folder, "--limit", "200"],
        &["find", "行政复议", "--in", folder, "--json"],
        &["compare", "review.accepted", folder],
        &["indicators", folder],
        &["grep", "受理", folder],
        &["check", folder, "--all"],
        &["explain", &tag],
        &["extract", folder],
        &["review", folder, "--list"],
        &["list", &missing],
        &["show", &missing],
        &["find", &missing, "--in", folder],
        &[&missing, "--no-such\x1b]0;owned\x07"],
    ] {
        let mut terminal = Start::fajian(args).run();
        terminal.end();
        assert!(!terminal.bytes.is_empty(), "{args:?}");
        assert!(terminal.vt.faults.is_empty(), "{args:?}: {:?}", &terminal.vt.faults[..1]);
    }
}

impl Terminal {
    /// Takes in what has come, without waiting for silence: the parser reads every byte sooner or later.
    fn settle_soon(&mut self) -> &mut Self {
        self.until("anything", |_| true)
    }
}

fn unbase64(text: &str) -> String {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let bytes = text.trim_end_matches('=').as_bytes().chunks(4).flat_map(|four| {
        let bits =
            four.iter().fold(0u32, |bits, c| bits << 6 | u32::from(value(*c))) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    });
    String::from_utf8(bytes.collect()).unwrap()
}
