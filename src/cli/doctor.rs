//! `fajian doctor`: what this terminal can do and why we think so, what some keys cost here, and what to change.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use serde::Serialize;

use super::Session;
use super::args::DoctorArgs;
use super::table::Table;
use crate::app::selftest::{self, Cost, Step};
use crate::core::{self, text::Text};
use crate::error::Error;
use crate::lang::Lang;
use crate::rights::Rights;
use crate::store::{Document, MemoryCorpus};
use crate::term::caps::Caps;
use crate::term::{self, probe, probe::Probe};
use crate::ui::area::Size;
use crate::ui::keymap::Keymap;
use crate::ui::look::{Look, Signs, Theme};
use crate::ui::state::Fixed;

/// Characters that terminals differ on, and one that they do not.
const CHARACTERS: [char; 7] = ['法', '“', '—', '…', '①', '─', '▸'];

/// The reports that are measured: the same on every machine.
const SAMPLES: [(&str, &str); 3] = [
    ("gansu-2023.txt", include_str!("../../sample_reports/gansu-2023.txt")),
    ("lanzhou-2023.txt", include_str!("../../sample_reports/lanzhou-2023.txt")),
    ("zezhou-2023.txt", include_str!("../../sample_reports/zezhou-2023.txt")),
];

const USUAL: Size = Size { width: 120, height: 36 };

type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

#[derive(Serialize)]
struct Answer {
    schema: u32,
    found: Vec<Found>,
    costs: Vec<Told>,
    advice: Vec<&'static str>,
}

/// One thing that was found.
#[derive(Serialize)]
struct Found {
    item: &'static str,
    found: String,
    because: String,
}

/// What a step cost, as it is told.
#[derive(Serialize)]
struct Told {
    step: &'static str,
    keys: u64,
    frames: u64,
    bytes: u64,
    resting: u64,
    shown: u64,
}

pub(super) fn run(session: &mut Session<'_>, args: &DoctorArgs, env: Env<'_>) -> Result<(), Error> {
    let caps = Caps::of(|name| env(name).map(Into::into));
    let here = io::stdin().is_terminal() && io::stdout().is_terminal();
    // A terminal that cannot be asked is told like one that does not answer.
    let probe = here.then(|| probe::ask(&CHARACTERS).unwrap_or_default());
    let lang = session.lang();
    let answer = Answer {
        schema: 1,
        found: found(lang, &caps, env, probe.as_ref()),
        costs: costs(session)?.into_iter().map(|cost| told(lang, &cost)).collect(),
        advice: advice(lang, &caps, env, probe.as_ref()),
    };
    if args.json {
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
        return Ok(());
    }
    let mut table =
        Table::new(&[lang.pick("项目", "Item"), lang.pick("结果", "Found"), lang.pick("依据", "Because")]);
    answer.found.into_iter().for_each(|row| table.push([row.item.to_owned(), row.found, row.because]));
    table.write(session.out, session.style)?;
    writeln!(session.out)?;
    let heads = match lang {
        Lang::Zh => ["自测", "#按键", "#帧", "#每键字节", "#停下后字节", "#屏上文字字节"],
        Lang::En => {
            ["Self-test", "#Keys", "#Frames", "#Bytes a key", "#Bytes at rest", "#Bytes of text shown"]
        }
    };
    let mut table = Table::new(&heads);
    for cost in answer.costs {
        let numbers = [cost.keys, cost.frames, cost.bytes / cost.keys, cost.resting, cost.shown];
        let [keys, frames, each, resting, shown] = numbers.map(|number| number.to_string());
        table.push([cost.step.to_owned(), keys, frames, each, resting, shown]);
    }
    table.write(session.out, session.style)?;
    writeln!(session.out)?;
    answer.advice.iter().try_for_each(|line| writeln!(session.out, "{line}"))?;
    Ok(())
}

fn found(lang: Lang, caps: &Caps, env: Env<'_>, probe: Option<&Probe>) -> Vec<Found> {
    let mut rows = told_by_environment(lang, caps, env);
    rows.extend(told_by_terminal(lang, caps, probe));
    rows
}

fn row(item: &'static str, found: impl Into<String>, because: impl Into<String>) -> Found {
    Found { item, found: found.into(), because: because.into() }
}

fn yes(lang: Lang, is: bool) -> &'static str {
    if is { lang.pick("是", "yes") } else { lang.pick("否", "no") }
}

fn told_by_environment(lang: Lang, caps: &Caps, env: Env<'_>) -> Vec<Found> {
    let set = |name: &str| format!("{name}={}", env(name).unwrap_or_default());
    let never = lang.pick("终端从不答复是否收到", "no terminal says whether it took it");
    let clipboard = if caps.tmux { "tmux load-buffer -w -" } else { "OSC 52" };
    vec![
        row(lang.pick("语言", "Language"), lang.pick("中文", "English"), locale(env)),
        row("TERM", env("TERM").unwrap_or_default(), set("TERM_PROGRAM")),
        row(
            lang.pick("颜色", "Colours"),
            if caps.colour { "16" } else { "0" },
            format!("{}, {}", set("NO_COLOR"), set("COLORTERM")),
        ),
        row(lang.pick("剪贴板", "Clipboard"), clipboard, format!("{}; {never}", set("TMUX"))),
        row(lang.pick("经由 SSH", "Over SSH"), yes(lang, caps.remote), set("SSH_CONNECTION")),
    ]
}

fn told_by_terminal(lang: Lang, caps: &Caps, probe: Option<&Probe>) -> Vec<Found> {
    let silent = match probe {
        Some(_) => lang.pick("终端没有答复", "the terminal did not say"),
        None => lang.pick("这里没有终端", "there is no terminal here"),
    };
    // What was found, or a dash and why there is nothing.
    let told = |item, found: Option<String>, because: &str| match found {
        Some(found) => row(item, found, because),
        None => row(item, "-", silent),
    };
    let frames = match probe.and_then(|probe| probe.synchronized) {
        Some(true) => lang.pick("终端答复支持", "the terminal says that it knows them"),
        Some(false) => lang
            .pick("终端答复不支持；多发的 16 字节无害", "the terminal does not know them; they do no harm"),
        None => silent,
    };
    let size = term::size().ok().filter(|_| probe.is_some());
    let took = probe.and_then(|probe| probe.took).map(|took| format!("{} ms", took.as_millis()));
    let background = probe.and_then(|probe| probe.background.clone());
    let mut rows = vec![
        told(lang.pick("屏幕", "Screen"), size.map(|size| format!("{}×{}", size.width, size.height)), ""),
        row(lang.pick("整帧（2026）", "Whole frames (2026)"), yes(lang, caps.synchronized), frames),
        told(lang.pick("往返", "There and back"), took, ""),
        told(lang.pick("背景色", "Background"), background, "OSC 11"),
    ];
    for (c, width) in probe.into_iter().flat_map(|probe| &probe.widths) {
        let found = width.map(|width| format!("{c} {width}"));
        rows.push(told(lang.pick("字宽", "Width"), found, lang.pick("光标报告", "cursor report")));
    }
    rows
}

/// The variable that decides the language, and what it says.
fn locale(env: Env<'_>) -> String {
    let set = |name: &&str| env(name).is_some_and(|value| !value.is_empty());
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set).unwrap_or("LANG");
    format!("{name}={}", env(name).unwrap_or_default())
}

fn advice(lang: Lang, caps: &Caps, env: Env<'_>, probe: Option<&Probe>) -> Vec<&'static str> {
    let is = |name: &str, value: &str| env(name).is_some_and(|found| found == value);
    let set = |name: &&str| env(name).filter(|value| !value.is_empty());
    let encoding = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set).unwrap_or_default().to_lowercase();
    let wide = |probe: &Probe| probe.widths.iter().any(|(c, width)| *c == '─' && *width == Some(2));
    let bad = |probe: &Probe| probe.widths.iter().any(|(c, width)| *c == '法' && *width == Some(1));
    let mut lines = Vec::new();
    let mut say = |when: bool, zh, en| lines.extend(when.then(|| lang.pick(zh, en)));
    say(
        !encoding.contains("utf-8") && !encoding.contains("utf8"),
        "· 环境没有说用 UTF-8：export LANG=zh_CN.UTF-8（服务器上先 locale -a 看有哪些），终端也设为 UTF-8",
        "· the environment does not say UTF-8: export LANG=C.UTF-8 (`locale -a` lists what there is), and set the terminal so",
    );
    say(
        is("TERM", "dumb") || env("TERM").is_none(),
        "· TERM 未设或为 dumb：请用 fajian list、find、compare；或在真正的终端里设 TERM=xterm-256color",
        "· TERM is dumb or not set: use `fajian list`, `find`, `compare`, or set TERM=xterm-256color in a real terminal",
    );
    say(
        probe.is_some_and(wide) && caps.narrow_lines,
        "· 这个终端把框线画成两格：在配置里写 ambiguous_width = 2（fajian config 说明文件在哪里）",
        "· this terminal draws box lines two cells wide: set ambiguous_width = 2 (`fajian config` tells where)",
    );
    say(
        probe.is_some_and(bad),
        "· 这个终端把汉字当成一格：请换 UTF-8 的终端，或检查 LANG",
        "· this terminal takes one cell for a Chinese character: use a UTF-8 terminal, or check LANG",
    );
    say(
        caps.tmux,
        "· tmux：set -s set-clipboard on 让复制到达外层终端；set -as terminal-features ',*:sync' 让整帧到达",
        "· tmux: `set -s set-clipboard on` lets copies through, `set -as terminal-features ',*:sync'` whole frames",
    );
    say(
        caps.remote,
        "· 复制不到剪贴板时，请在自己的终端里允许 OSC 52（程序写剪贴板）",
        "· where copies do not arrive, allow OSC 52 (programs writing the clipboard) in your own terminal",
    );
    say(
        probe.is_some_and(|probe| probe.took.is_none()),
        "· 终端什么都没有答复；浏览界面不提问，仍可使用",
        "· the terminal answered nothing; the explorer asks nothing and works all the same",
    );
    if lines.is_empty() {
        lines.push(lang.pick("· 没有需要改的", "· nothing needs to be changed"));
    }
    lines
}

/// The explorer over the samples, without a terminal.
fn costs(session: &Session<'_>) -> Result<Vec<Cost>, Error> {
    let document = |(path, text)| {
        let report = core::extract(path, text, &session.rules);
        Document { report, text: Text::new(text) }
    };
    let corpus = MemoryCorpus::new(session.rules.clone(), SAMPLES.map(document).into());
    let catalogue = Arc::new(session.rules.catalogue.clone());
    let fixed = Fixed { catalogue, keymap: Arc::new(Keymap::builtin()), rights: Rights::All };
    let look = Look::new(session.lang(), Theme::default(), Signs::LINES);
    Ok(selftest::run(Arc::new(corpus), fixed, &look, USUAL)?)
}

fn told(lang: Lang, cost: &Cost) -> Told {
    let step = match cost.step {
        Step::Start => lang.pick("首屏", "first screen"),
        Step::List => lang.pick("列表下移一行", "one row down in the list"),
        Step::Page => lang.pick("打开一页正文", "a page of text"),
        Step::Text => lang.pick("正文下移一行", "one line down in the text"),
        Step::LookUp => lang.pick("查找时键入一字", "one letter of a question"),
    };
    let Cost { keys, frames, bytes, resting, shown, .. } = *cost;
    Told { step, keys, frames, bytes, resting, shown }
}
