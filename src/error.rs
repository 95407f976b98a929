//! What can end a command, each with an exit code and the next step.

use std::io;

use crate::core::rules::BadRules;
use crate::lang::Lang;
use crate::rights::Rights;

/// How a command ended, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Nothing was found, or what was compared differs.
    Nothing = 1,
    /// The command line is wrong, or needs what is not there (a terminal).
    Usage = 2,
    /// No report could be read.
    Unread = 3,
    /// The output could not be written, or the built-in data is broken.
    Failed = 4,
}

/// Why a command ended early.
#[derive(Debug)]
pub enum Error {
    /// No report could be read; the reasons were told file by file.
    NothingRead,
    /// Nothing answers to what was asked; the text tells what is near, if anything is.
    NotFound {
        /// What was asked.
        asked: String,
        /// What is near to it.
        near: Vec<String>,
    },
    /// The words stand in no report.
    NotWritten {
        /// What was asked.
        asked: String,
    },
    /// The index holds figures only, and texts are asked for.
    NoTexts,
    /// No report gives a value of this indicator.
    NotReported {
        /// The indicator's name.
        indicator: String,
    },
    /// More than one thing answers to it.
    Ambiguous {
        /// What was asked.
        asked: String,
        /// What answers.
        candidates: Vec<String>,
    },
    /// The index cannot be made or read; the text says why and what to do.
    Index {
        /// What to tell.
        message: String,
    },
    /// A place in a file was not given as one.
    NoPlace {
        /// What was typed.
        typed: String,
    },
    /// No number stands at the place asked for.
    NoNumber {
        /// What was asked.
        asked: String,
        /// Numbers near it, with their places.
        near: Vec<String>,
        /// Length of the text in code points.
        len: usize,
    },
    /// The explorer needs a terminal.
    NoTerminal,
    /// The explorer needs a terminal, and there is no other way in.
    NoTerminalHere,
    /// The rights do not go as far as this.
    NoRight(Rights),
    /// Something was typed behind `ssh` where only the explorer is to be had.
    OnlyExplorer {
        /// What was typed.
        typed: String,
    },
    /// A restricted explorer was started without a folder.
    NoFolder,
    /// What was compared differs; the output says in what.
    Differs,
    /// No item of the review, or no decision, answers to what was asked.
    NotInReview {
        /// What was asked.
        asked: String,
        /// A decision was asked for, not an item.
        is_decision: bool,
    },
    /// Something is to be reviewed.
    Pending {
        /// How many items.
        count: usize,
    },
    /// The command line asks for what cannot be done; the text says what to do instead.
    Usage(String),
    /// Something could not be written; the text says what and what to do.
    Failed(String),
    /// The built-in rules cannot be read.
    Rules(BadRules),
    /// The output cannot be written.
    Output(io::Error),
    /// The explorer cannot use the terminal.
    Explorer(io::Error),
}

impl Error {
    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Error::NothingRead => Exit::Unread,
            Error::NotFound { .. }
            | Error::NotWritten { .. }
            | Error::NoTexts
            | Error::NotReported { .. }
            | Error::NoNumber { .. }
            | Error::NotInReview { .. }
            | Error::Differs
            | Error::Pending { .. } => Exit::Nothing,
            Error::Ambiguous { .. }
            | Error::NoPlace { .. }
            | Error::NoTerminal
            | Error::NoTerminalHere
            | Error::NoRight(_)
            | Error::OnlyExplorer { .. }
            | Error::NoFolder
            | Error::Explorer(_)
            | Error::Usage(_) => Exit::Usage,
            // A reader that has seen enough (`| head`) is no failure.
            Error::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Error::Rules(_) | Error::Output(_) | Error::Failed(_) | Error::Index { .. } => Exit::Failed,
        }
    }

    /// What to tell the user; none where there is nobody left to tell.
    pub fn say(&self, lang: Lang) -> Option<String> {
        Some(match self {
            Error::NothingRead => nothing_read(lang).to_owned(),
            Error::NotFound { asked, near } => not_found(asked, near, lang),
            Error::NotWritten { asked } => not_written(asked, lang),
            Error::NoTexts => no_texts(lang).to_owned(),
            Error::NotReported { indicator } => match lang {
                Lang::Zh => format!("这些报告都没有“{indicator}”；fajian indicators 列出各指标的数字条数"),
                Lang::En => {
                    format!("no report here gives {indicator:?}; `fajian indicators` counts what is given")
                }
            },
            Error::Ambiguous { asked, candidates } => {
                let head = match lang {
                    Lang::Zh => format!("“{asked}”对应多项，请指明其一："),
                    Lang::En => format!("{asked:?} may mean any of these; name one:"),
                };
                listed(&head, candidates)
            }
            Error::Index { message } => message.clone(),
            Error::NoPlace { typed } => match lang {
                Lang::Zh => format!(
                    "“{typed}”没有指明数字；请写 文件:位置 或 文件:数字原文，例如 report.txt:2128、report.txt:470件"
                ),
                Lang::En => format!(
                    "{typed:?} names no number; write FILE:OFFSET or FILE:NUMBER, such as report.txt:2128 or report.txt:470件"
                ),
            },
            Error::NoNumber { asked, near, len } => no_number(asked, near, *len, lang),
            Error::NoTerminal => no_terminal(lang).to_owned(),
            Error::NoRight(_) | Error::NoTerminalHere | Error::OnlyExplorer { .. } | Error::NoFolder => {
                self.no_right(lang)
            }
            Error::NotInReview { asked, is_decision } => not_in_review(asked, *is_decision, lang),
            Error::Differs => return None,
            Error::Pending { count } => match lang {
                Lang::Zh => format!("有 {count} 项待审核；fajian review --list 列出"),
                Lang::En => format!("{count} to be reviewed; `fajian review --list` names them"),
            },
            Error::Usage(text) | Error::Failed(text) => text.clone(),
            Error::Explorer(error) => match lang {
                Lang::Zh => format!("无法使用这个终端：{error}；fajian list 等命令不需要终端"),
                Lang::En => {
                    format!("cannot use this terminal: {error}; `fajian list` and the like need none")
                }
            },
            Error::Rules(error) => error.to_string(),
            Error::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return None,
            Error::Output(error) => match lang {
                Lang::Zh => format!("无法写出结果：{error}；请检查磁盘空间和重定向的目标"),
                Lang::En => {
                    format!("cannot write the output: {error}; check free space and where it is sent to")
                }
            },
        })
    }

    /// What lies beyond the rights of a login.
    fn no_right(&self, lang: Lang) -> String {
        match self {
            Error::NoRight(rights) => rights.refusal(lang),
            Error::OnlyExplorer { typed } => return only_explorer(typed, lang),
            Error::NoFolder => lang.pick(
                "--restricted 须指定报告所在的文件夹，例如 fajian --restricted /srv/reports",
                "--restricted wants the folder of the reports, such as fajian --restricted /srv/reports",
            ),
            _ => lang.pick(
                "浏览界面需要终端；请用 ssh -t 登录，不带命令",
                "the explorer needs a terminal; log in with ssh -t and no command",
            ),
        }
        .to_owned()
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Output(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Output(error.into())
    }
}

impl From<BadRules> for Error {
    fn from(error: BadRules) -> Self {
        Error::Rules(error)
    }
}

fn not_found(asked: &str, near: &[String], lang: Lang) -> String {
    let head = match (lang, near.is_empty()) {
        (Lang::Zh, true) => {
            format!("没有找到“{asked}”；fajian list 列出报告，fajian indicators 列出指标")
        }
        (Lang::Zh, false) => format!("没有找到“{asked}”；相近的有："),
        (Lang::En, true) => {
            format!(
                "nothing answers to {asked:?}; `fajian list` names the reports, `fajian indicators` the indicators"
            )
        }
        (Lang::En, false) => format!("nothing answers to {asked:?}; near to it:"),
    };
    listed(&head, near)
}

fn not_in_review(asked: &str, is_decision: bool, lang: Lang) -> String {
    match (lang, is_decision) {
        (Lang::Zh, false) => {
            format!("没有找到待审核的“{asked}”；fajian review --list 列出项目，其他数字写 文件:位置")
        }
        (Lang::Zh, true) => {
            format!("没有可撤销的决定“{asked}”；fajian review --log 列出决定，编号至少写前 4 位")
        }
        (Lang::En, false) => format!(
            "nothing to be reviewed answers to {asked:?}; `fajian review --list` names the items, any other figure is FILE:OFFSET"
        ),
        (Lang::En, true) => format!(
            "no decision to take back answers to {asked:?}; `fajian review --log` names them, 4 letters of an id are enough"
        ),
    }
}

fn not_written(asked: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("报告里没有“{asked}”；词与词之间加空格，则只求在同一句中；fajian find 查找指标和地区")
        }
        Lang::En => format!(
            "{asked:?} stands in no report; words with blanks between need only share a sentence; \
             `fajian find` looks up indicators and places"
        ),
    }
}

fn no_texts(lang: Lang) -> &'static str {
    lang.pick(
        "这个索引由 Parquet 生成，只有数字，没有报告全文；请指定存有报告的文件夹",
        "this index was made of Parquet files: it holds figures and no texts; name the folder of the reports",
    )
}

fn nothing_read(lang: Lang) -> &'static str {
    lang.pick(
        "没有读到任何报告；请指定存有报告（.html、.docx、.pdf 或 .txt）的文件夹，例如 fajian sample_reports",
        "no report could be read; name a folder with reports (.html, .docx, .pdf or .txt), such as sample_reports",
    )
}

fn only_explorer(typed: &str, lang: Lang) -> String {
    let typed: String = typed.chars().take(60).collect();
    let head = Rights::Restricted.refusal(lang);
    match lang {
        Lang::Zh => format!("“{typed}”没有执行。{head}；登录时不要带命令"),
        Lang::En => format!("{typed:?} was not run. {head}; log in without a command"),
    }
}

fn no_number(asked: &str, near: &[String], len: usize, lang: Lang) -> String {
    let next = match near.is_empty() {
        true => lang.pick(
            "fajian show 文件 列出数字及其位置",
            "`fajian show FILE` lists the figures with their offsets",
        ),
        false => lang.pick("最近的有：", "nearest are:"),
    };
    let head = match lang {
        Lang::Zh => format!("“{asked}”处没有数字（全文 {len} 字）；{next}"),
        Lang::En => format!("no number stands at {asked:?} (the text has {len} characters); {next}"),
    };
    listed(&head, near)
}

fn listed(head: &str, lines: &[String]) -> String {
    lines.iter().fold(head.to_owned(), |text, line| text + "\n  " + line)
}

fn no_terminal(lang: Lang) -> &'static str {
    lang.pick(
        "浏览界面需要终端。没有终端时请用：
  fajian list [路径…]                 报告列表
  fajian show 报告                    一份报告的章节和数字
  fajian find 词…                     查找指标、报告和数字
  fajian grep 词句 [路径…]            全文检索
  fajian compare 指标 [路径…]         同一指标的各地比较
  fajian check [路径…]                核对数字之间是否相符
  fajian explain 文件:位置            一个数字为何这样读
  fajian extract --format json 路径…  全部数字（JSON）",
        "the explorer needs a terminal. Without one, use:
  fajian list [PATH…]                 the reports
  fajian show REPORT                  sections and figures of one report
  fajian find WORD…                   indicators, reports and figures
  fajian grep WORDS [PATH…]           every place where words stand
  fajian compare INDICATOR [PATH…]    one indicator across places and years
  fajian check [PATH…]                figures that do not agree with each other
  fajian explain FILE:OFFSET          why one number is read as it is
  fajian extract --format json PATH…  everything, as JSON",
    )
}
