//! The command line: what may be typed.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::review::args::ReviewArgs;
use crate::intake::MAX_BYTES;
use crate::lang::Lang;
use crate::rights::Rights;

/// 法鉴: explore yearly reports on law-based government · 浏览法治政府建设年度报告
#[derive(Debug, Parser)]
#[command(name = "fajian", version, override_usage = USAGE, after_help = EXIT_CODES)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do; the explorer without one.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Numbered lists in place of screens, for screen readers · 以编号列表代替界面，便于读屏
    #[arg(long)]
    pub plain: bool,
    /// A session to play, and where one is recorded.
    #[command(flatten)]
    pub played: Played,
    /// Files and folders to explore [default: ./sample_reports, else the current folder] · 文件或文件夹
    pub paths: Vec<PathBuf>,
}

/// Sessions of the explorer as files of keys.
#[derive(Debug, Args)]
pub struct Played {
    /// Write the keys that are pressed in the explorer to this file · 把按键记录到文件
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Press the keys of this file, then go on as always · 重放记录的按键
    #[arg(long, value_name = "FILE")]
    pub play: Option<PathBuf>,
}

impl Cli {
    /// Reads a command line. Common options may stand in front of a command, those of the explorer may not.
    ///
    /// # Errors
    /// What clap makes of a wrong line, or of a wish for help or the version.
    pub fn read(args: impl Iterator<Item = OsString>) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(args)?;
        let Played { record, play } = &cli.played;
        let given = [("--plain", cli.plain), ("--record", record.is_some()), ("--play", play.is_some())];
        match given.iter().find(|(_, given)| *given && cli.command.is_some()) {
            Some((option, _)) => Err(Self::command().error(
                ErrorKind::ArgumentConflict,
                format!("{option} is for the explorer, not for a command · {option} 只用于浏览界面"),
            )),
            None => Ok(cli),
        }
    }
}

const USAGE: &str = "fajian [OPTIONS] [PATHS]...\n       fajian [OPTIONS] <COMMAND>";

const EXIT_CODES: &str = "\
Exit codes · 退出码:
  0  done · 完成
  1  nothing found, or what was compared differs, or something is to be reviewed · 没有找到，或有差异，或有待审核
  2  wrong usage, or no terminal for the explorer · 用法有误，或没有终端
  3  no report could be read · 没有读到报告
  4  the output or the index could not be written · 无法写出结果或索引";

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Language of messages and screens [default: by LC_ALL, LC_MESSAGES, LANG] · 界面语言
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// Largest file that is taken for a report, in MB · 单个文件的大小上限
    #[arg(long, global = true, value_name = "N", default_value_t = MAX_BYTES >> 20)]
    pub max_mb: u64,
    /// A folder with another catalogue, or one like src/data with catalogue/ and other rules (units.toml …) · 指标目录或规则文件夹
    #[arg(long, global = true, value_name = "FOLDER")]
    pub catalogue: Option<PathBuf>,
    /// Convert DOC, WPS and RTF with LibreOffice where it is installed · 用 LibreOffice 转换 DOC、WPS、RTF
    #[arg(long, global = true, conflicts_with = "restricted")]
    pub convert: bool,
    /// Parts of one report in several files are reports of their own · 分在几个文件里的一份报告不合并
    #[arg(long, global = true)]
    pub apart: bool,
    /// The index to use [default: .fajian in the folder, else in the cache folder] · 索引文件
    #[arg(long, global = true, value_name = "FILE")]
    pub index: Option<PathBuf>,
    /// Decide nothing and write nothing but your own settings · 只读：不作决定，不写文件
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Only the explorer over the paths named, for a login that may do nothing else · 受限：只能浏览所指定的路径
    #[arg(long, global = true)]
    pub restricted: bool,
    /// Also name the files that were passed over · 同时列出略过的文件
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// [`Lang`] as an argument.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

impl Common {
    /// What these options leave of the rights; the narrower one counts.
    pub fn rights(&self) -> Rights {
        match (self.restricted, self.read_only) {
            (true, _) => Rights::Restricted,
            (false, true) => Rights::ReadOnly,
            (false, false) => Rights::All,
        }
    }
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

/// The commands. Each is the plain twin of a screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the reports · 报告列表
    List(ReportsArgs),
    /// Show the sections and figures of one report · 一份报告的章节和数字
    Show(ShowArgs),
    /// Find indicators, reports and figures · 查找指标、报告和数字
    Find(FindArgs),
    /// Show every place where words stand in the reports; exit code 1 where there is none · 全文检索
    Grep(GrepArgs),
    /// Set one indicator side by side across places and years · 同一指标的各地比较
    Compare(CompareArgs),
    /// Set reports against indicators: values, and why there is none · 报告与指标的矩阵
    Matrix(super::matrix::MatrixArgs),
    /// One indicator over the years, a row for each place · 一个指标的历年数值
    Trend(super::matrix::TrendArgs),
    /// List the indicators and how often they are reported · 指标列表
    Indicators(ListArgs),
    /// A tour of two minutes over the samples · 两分钟导览
    Tour,
    /// List the explorer's keys · 浏览界面的按键
    Keys,
    /// Check this terminal: what it can do, what keys cost, what to change · 检查终端
    Doctor(DoctorArgs),
    /// Show the configuration, where it lies and what in it does not hold · 查看配置
    Config(ConfigArgs),
    /// Tell why a number is read as it is · 说明一个数字为何这样读
    Explain(ExplainArgs),
    /// Hold figures against each other: parts, rates, years, places · 核对数字之间是否相符
    Check(CheckArgs),
    /// Print everything that is extracted, as JSON · 以 JSON 输出全部数字
    Extract(ExtractArgs),
    /// Compare two extractions figure by figure; exit code 1 where they differ · 比较两次提取
    Diff(DiffArgs),
    /// Decide about what changed since it was accepted · 审核提取结果的变化
    Review(Box<ReviewArgs>),
    /// Write tables for other tools: CSV, JSON, NDJSON, Markdown · 导出为表格文件
    Export(super::export::ExportArgs),
    /// Make or update the index, with which many reports open at once · 建立或更新索引
    Index(IndexArgs),
}

/// `fajian list`
#[derive(Debug, Args)]
pub struct ReportsArgs {
    /// Copies of a report on lines of their own · 副本也各占一行
    #[arg(long)]
    pub copies: bool,
    #[command(flatten)]
    pub list: ListArgs,
}

/// `fajian config`
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// Print a configuration to begin with, all of it commented out · 输出一份可供修改的配置
    #[arg(long)]
    pub example: bool,
}

/// `fajian indicators`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Files and folders [default: ./sample_reports, else the current folder] · 文件或文件夹
    pub paths: Vec<PathBuf>,
    /// Only rows with all these words; !word excludes · 只列出含这些词的行
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub filter: String,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// `fajian show`
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// A file, or words of place, year or title that only one report has · 文件，或地名、年份等
    #[arg(required = true)]
    pub report: Vec<String>,
    /// Only this section, by its number in the outline: with its text · 只显示这一节及其原文
    #[arg(long, value_name = "N")]
    pub section: Option<usize>,
    /// Where the report is looked for [default: as for list] · 在何处查找
    #[arg(long = "in", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// `fajian find`
#[derive(Debug, Args)]
pub struct FindArgs {
    /// Hanzi, pinyin, initials or English · 汉字、拼音、首字母或英文
    #[arg(required = true)]
    pub query: Vec<String>,
    /// Where to look [default: as for list] · 在何处查找
    #[arg(long = "in", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// At most so many answers of each sort · 每类最多条数
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// `fajian grep`
#[derive(Debug, Args)]
#[command(after_help = GREP_HELP)]
pub struct GrepArgs {
    /// A phrase, or several words of one sentence · 词句
    pub query: String,
    /// Files and folders [default: as for list] · 文件或文件夹
    pub paths: Vec<PathBuf>,
    /// Only whole words, as a dictionary parts the text · 只找整词
    #[arg(long, short = 'w')]
    pub word: bool,
    /// Characters on either side in a pipe and in JSON · 前后字数
    #[arg(long, short = 'C', value_name = "N", default_value_t = 30)]
    pub context: usize,
    /// At most so many lines [default: all] · 最多行数
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

const GREP_HELP: &str = "\
Queries · 检索式:
  行政复议                     the phrase · 词句
  '复议 纠错'                  both in one sentence · 同一句中
  '复议 ~8 纠错'               at most 8 characters apart · 相隔不超过 8 字
  '复议 !信访'                 in sentences without the other word · 句中没有后一词
  '复议 %地区 兰州 %年 2023'   only in these reports · 只查这些报告
  '复议 %单位 件 %已关联'      only beside such figures · 只查带这类数字的句子";

/// `fajian compare`
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// An id such as litigation.attendance_rate, a name, or pinyin · 指标的编号、名称或拼音
    pub indicator: String,
    /// Files and folders [default: as for list] · 文件或文件夹
    pub paths: Vec<PathBuf>,
    /// Only rows with all these words; !word excludes · 只列出含这些词的行
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub filter: String,
    /// Order of the rows · 排序
    #[arg(long, value_enum, default_value = "value")]
    pub by: OrderArg,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// The order of a comparison.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum OrderArg {
    /// Largest first
    Value,
    /// By jurisdiction code, then year
    Place,
    /// Newest first
    Year,
}

/// `fajian doctor`
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// `fajian explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// FILE:OFFSET in code points, or FILE:NUMBER as written (report.txt:470件) · 文件:位置 或 文件:数字原文
    #[arg(value_name = "FILE:OFFSET")]
    pub place: String,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// `fajian check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files and folders [default: as for list] · 文件或文件夹
    pub paths: Vec<PathBuf>,
    /// Also list what was found consistent · 同时列出相符的
    #[arg(long)]
    pub all: bool,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// `fajian extract`
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Files and folders · 文件或文件夹
    #[arg(required_unless_present = "stdin")]
    pub paths: Vec<PathBuf>,
    /// Read reports from standard input, one JSON record a line: id, name, and text or (base64) bytes · 从标准输入逐行读取
    #[arg(long, conflicts_with_all = ["paths", "format"])]
    pub stdin: bool,
    /// One document, or one report a line · 整体或每行一份
    #[arg(long, value_enum, default_value = "json")]
    pub format: ExtractFormat,
}

/// `fajian index`
#[derive(Debug, Args)]
pub struct IndexArgs {
    /// Files and folders [default: as for list] · 文件或文件夹
    pub paths: Vec<PathBuf>,
    /// Begin from nothing · 从头重建
    #[arg(long)]
    pub rebuild: bool,
    /// Make it of the Parquet files below a folder, as `fajian export` or another engine wrote them · 由文件夹中的 Parquet 建立
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["paths", "rebuild", "watch"])]
    pub from_parquet: Option<PathBuf>,
    /// Go on and follow the files as they change, until Ctrl-C · 持续跟随文件变化
    #[arg(long)]
    pub watch: bool,
}

/// How `fajian extract` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// One JSON document
    Json,
    /// One report a line
    Ndjson,
}

/// `fajian diff`
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// A file, a folder, or the output of `fajian extract` · 文件、文件夹或 extract 的输出
    pub old: PathBuf,
    /// The same, newer · 较新的一方
    pub new: PathBuf,
    /// A catalogue for the old side alone: what does a changed catalogue do? · 旧的一方所用的指标目录
    #[arg(long, value_name = "FOLDER")]
    pub old_catalogue: Option<PathBuf>,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}
