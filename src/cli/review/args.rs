//! What may be typed behind `fajian review`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `fajian review`
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// A folder of reports, or one report [default: as for list] · 报告文件夹或一份报告
    pub path: Option<PathBuf>,
    /// What to do.
    #[command(flatten)]
    pub action: ActionArgs,
    /// Which items.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Who decides.
    #[command(flatten)]
    pub sign: SignArgs,
    /// Print JSON · 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// The actions; one at a time.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct ActionArgs {
    /// List what is to be decided · 列出待审核的项目
    #[arg(long)]
    pub list: bool,
    /// The new extraction is right · 接受新的提取结果
    #[arg(long)]
    pub accept: bool,
    /// What was accepted before stays right · 拒绝，保留原结果
    #[arg(long)]
    pub reject: bool,
    /// Set fields of one --item right: value=480 unit=件 … or not_a_figure · 手工更正
    #[arg(long, value_name = "FIELD=VALUE", num_args = 1..)]
    pub correct: Vec<String>,
    /// Take a decision back · 撤销一项决定
    #[arg(long, value_name = "DECISION")]
    pub undo: Option<String>,
    /// Count what is pending and what was decided · 统计
    #[arg(long)]
    pub stats: bool,
    /// Exit with 1 where something is pending · 有待审核项目时以 1 退出
    #[arg(long)]
    pub check: bool,
    /// Print what was decided, oldest first · 列出全部决定
    #[arg(long)]
    pub log: bool,
    /// Decide line by line: accept ITEM, reject ITEM, correct ITEM FIELD=VALUE…, undo DECISION; - is standard input
    #[arg(long, value_name = "FILE")]
    pub script: Option<PathBuf>,
}

impl ActionArgs {
    /// True where something would be decided.
    pub fn decides(&self) -> bool {
        let decides = self.accept || self.reject || self.undo.is_some() || self.script.is_some();
        decides || !self.correct.is_empty()
    }
}

/// Which items are meant; all filters must hold.
#[derive(Debug, Args)]
pub struct FilterArgs {
    /// Only items of this kind · 只看这一类
    #[arg(long, value_enum)]
    pub kind: Option<KindArg>,
    /// Only reports of places whose name has this · 只看这个地区
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Only figures linked to this indicator before or after · 只看这个指标
    #[arg(long, value_name = "INDICATOR")]
    pub indicator: Option<String>,
    /// Only this item: the start of its id, or FILE:OFFSET for any figure · 只看这一项
    #[arg(long, value_name = "ITEM")]
    pub item: Vec<String>,
    /// Only items with all these words; !word excludes · 只看含这些词的项目
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub filter: String,
}

impl FilterArgs {
    /// True where nothing is filtered.
    pub fn is_empty(&self) -> bool {
        self.kind.is_none()
            && self.place.is_none()
            && self.indicator.is_none()
            && self.item.is_empty()
            && self.filter.trim().is_empty()
    }

    /// The filters as typed.
    pub fn typed(&self) -> String {
        let kind = self.kind.and_then(|kind| kind.to_possible_value());
        let kind = kind.map(|kind| kind.get_name().to_owned());
        let words = Some(self.filter.clone()).filter(|words| !words.is_empty());
        let parts = [kind, self.place.clone(), self.indicator.clone(), words].into_iter().flatten();
        parts.chain(self.item.iter().cloned()).collect::<Vec<_>>().join(" ")
    }
}

/// A kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    /// Reports of which nothing was accepted yet
    Report,
    /// Figures that are new
    Added,
    /// Figures that are gone
    Gone,
    /// Figures of which a field differs
    Changed,
    /// Figures in another place
    Moved,
    /// Decisions whose sentence changed since
    Again,
    /// Contrary decisions
    Conflict,
}

/// What is written beside a decision.
#[derive(Debug, Args)]
pub struct SignArgs {
    /// Why, for those who read it later · 理由
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub why: String,
    /// Who decides [default: FAJIAN_USER, USER or LOGNAME] · 决定人
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// When, in UTC [default: now] · 时间
    #[arg(long, value_name = "TIME")]
    pub when: Option<String>,
}
