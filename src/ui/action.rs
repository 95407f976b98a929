//! The one list of actions. Key table, hint line, help, palette and `docs/KEYS.*.md` are all made from it.

mod hints;
mod names;

use crate::rights::Deed;
use crate::ui::lang::Lang;

pub use hints::{commands, hints};
pub use names::{hint_name, scope_name};

/// A screen, or a layer above it, that takes keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The list of reports.
    Shelf,
    /// One report.
    Report,
    /// One figure.
    Card,
    /// One indicator over places and years.
    Compare,
    /// Reports × indicators.
    Matrix,
    /// One indicator, places × years.
    Trend,
    /// What is to be reviewed, in groups.
    Queue,
    /// One item of the review.
    Judge,
    /// What was decided.
    History,
    /// The question before many things are done at once.
    Sweep,
    /// The form that sets a figure right, where letters belong to its rows.
    Correct,
    /// Every place where words stand.
    Concordance,
    /// The look-up, where letters belong to the query.
    Finder,
    /// The list of all actions, where letters belong to the filter.
    Help,
    /// The filter box of a screen, where letters belong to the filter.
    Filter,
    /// A list of places to go to: bookmarks, or the way here.
    Spots,
    /// Figures held against each other.
    Findings,
    /// The indicators.
    Indicators,
    /// The list of a table's columns.
    Columns,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Scope; 19] = [
        Scope::Shelf,
        Scope::Report,
        Scope::Card,
        Scope::Compare,
        Scope::Matrix,
        Scope::Trend,
        Scope::Queue,
        Scope::Judge,
        Scope::History,
        Scope::Sweep,
        Scope::Correct,
        Scope::Concordance,
        Scope::Finder,
        Scope::Help,
        Scope::Filter,
        Scope::Spots,
        Scope::Findings,
        Scope::Indicators,
        Scope::Columns,
    ];

    /// True where plain characters are text, not commands.
    pub fn takes_text(self) -> bool {
        matches!(self, Scope::Finder | Scope::Help | Scope::Filter | Scope::Correct)
    }
}

/// What is known about an action.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name in scripts and settings.
    pub id: &'static str,
    /// Default keys; two keys with a blank between are pressed one after the other.
    pub keys: &'static [&'static str],
    /// Where it applies.
    pub scopes: &'static [Scope],
    /// Short name and description in Chinese.
    pub zh: (&'static str, &'static str),
    /// Short name and description in English.
    pub en: (&'static str, &'static str),
}

impl Entry {
    /// A word or two for the hint line.
    pub fn short(&self, lang: Lang) -> &'static str {
        self.names(lang).0
    }

    /// What it does.
    pub fn long(&self, lang: Lang) -> &'static str {
        self.names(lang).1
    }

    fn names(&self, lang: Lang) -> (&'static str, &'static str) {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

macro_rules! actions {
    ($($name:ident $id:literal $keys:tt $scopes:ident $zh:tt $en:tt;)*) => {
        /// Something that a person can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $(#[doc = $id] $name,)* }

        /// The list itself, in the order of the help page.
        pub const ACTIONS: &[Entry] = &[
            $(Entry { action: Action::$name, id: $id, keys: &$keys, scopes: $scopes, zh: $zh, en: $en },)*
        ];
    };
}

use Scope::{
    Card, Columns, Compare, Concordance, Correct, Filter, Finder, Findings, Help, History, Indicators, Judge,
    Matrix, Queue, Report, Shelf, Spots, Sweep, Trend,
};

const ALL: &[Scope] = &Scope::ALL;
const SCREENS: &[Scope] =
    &[Shelf, Report, Card, Compare, Matrix, Trend, Concordance, Findings, Indicators, Queue, Judge, History];
const BROWSING: &[Scope] = &[Shelf, Report, Card, Compare, Matrix, Trend, Concordance, Findings, Indicators];
const RESUMING: &[Scope] = &[
    Shelf,
    Report,
    Card,
    Compare,
    Matrix,
    Trend,
    Concordance,
    Finder,
    Findings,
    Indicators,
    Queue,
    Judge,
    History,
];
const LISTS: &[Scope] = &[Shelf, Compare, Matrix, Trend, Findings, Indicators];
const FILTERED: &[Scope] = &[Shelf, Compare, Matrix, Trend, Findings, Indicators, Queue, History];
const PREVIEWS: &[Scope] = &[Shelf, Compare, Matrix, Trend, Concordance, Finder, Indicators, Queue];
const SCROLLED: &[Scope] = &[Shelf, Compare, Matrix, Trend, Concordance, Finder, Findings, Indicators];
const ASKING: &[Scope] =
    &[Shelf, Report, Card, Compare, Matrix, Trend, Concordance, Finder, Findings, Indicators];
const QUOTES: &[Scope] = &[Report, Card, Compare, Matrix, Trend, Concordance, Findings];
const LINES_OF_TEXT: &[Scope] = &[Concordance];
const SORTED: &[Scope] = &[Shelf, Compare];
const BOXES: &[Scope] = &[Filter, Finder, Help, Correct];
const FIGURES: &[Scope] = &[Report, Card, Compare, Matrix, Trend];
const READING: &[Scope] = &[Report, Card, Findings];
const LINKED: &[Scope] = &[Report, Card, Matrix, Trend];
const PANES: &[Scope] = &[Shelf, Report, Compare, Matrix, Trend];
const NUMBERS: &[Scope] = &[Compare];
const OVER_YEARS: &[Scope] = &[Compare, Matrix, Indicators];
const TEXT: &[Scope] = &[Report];
const WORDS: &[Scope] = &[Report, Concordance];
const WORDED: &[Scope] =
    &[Shelf, Report, Compare, Matrix, Trend, Concordance, Findings, Indicators, Queue, History];
const DECIDING: &[Scope] = &[Queue, Judge, Sweep];
const JUDGING: &[Scope] = &[Judge];
const ONE_FIGURE: &[Scope] = &[Card];
const MENDING: &[Scope] = &[Judge, Card];
const DECIDED: &[Scope] = &[Queue, Judge, History, Sweep];
const QUEUED: &[Scope] = &[Queue, Judge];
const ASKED: &[Scope] = &[Sweep, Correct];
const LINES: &[Scope] = &[Trend, Shelf, Indicators, Columns];
const PLACES: &[Scope] = &[Spots];
const SHELVED: &[Scope] = &[Shelf];
const CARDS: &[Scope] = &[Compare, Matrix, Trend, Findings];
const COLUMNED: &[Scope] = &[Shelf, Compare, Columns];
const ORDERED: &[Scope] = &[Shelf, Compare, Indicators];
const MATRICES: &[Scope] = &[Shelf, Indicators];
const TABLES: &[Scope] = &[Shelf, Compare, Matrix, Trend, Findings, Indicators];
const PART: &[Scope] = &[Findings, Indicators];
const COLUMN: &[Scope] = &[Columns];
const COPIED: &[Scope] = &[Shelf, Report, Card, Compare, Matrix, Trend, Findings, Indicators];
const ENDS: &[Scope] = &[
    Shelf,
    Report,
    Card,
    Compare,
    Matrix,
    Trend,
    Concordance,
    Spots,
    Columns,
    Findings,
    Indicators,
    Queue,
    Judge,
    History,
];
const FINDER: &[Scope] = &[Finder];

actions! {
    Up         "up"          ["Up", "k"]               ALL     ("上移", "上移一行")                ("up", "one row up");
    Down       "down"        ["Down", "j"]             ALL     ("下移", "下移一行")                ("down", "one row down");
    PageUp     "page_up"     ["PgUp", "Ctrl-B"]        ALL     ("上页", "上移一页")                ("page up", "one page up");
    PageDown   "page_down"   ["PgDn", "Ctrl-F"]        ALL     ("下页", "下移一页")                ("page down", "one page down");
    First      "first"       ["Home", "g g"]           ENDS    ("开头", "到开头")                  ("first", "to the beginning");
    Last       "last"        ["End", "G"]             ENDS    ("末尾", "到末尾")                  ("last", "to the end");
    Open       "open"        ["Enter"]                 ALL     ("打开", "打开选中的一项")          ("open", "open what is selected");
    Right      "right"       ["Right", "l"]            SCREENS ("进入", "到右栏；单栏时打开")      ("right", "to the pane on the right, or open");
    Left       "left"        ["Left", "h"]             SCREENS ("左栏", "到左栏；最左时返回")      ("left", "to the pane on the left, or back");
    Back       "back"        ["Esc", "H", "Alt-Left"]  ALL     ("返回", "退一步，回到原来的位置")  ("back", "one step back, to the very place");
    Forward    "forward"     ["L", "Alt-Right"]        SCREENS ("前进", "再回到退出的地方")        ("forward", "forward again");
    Findings   "findings"    ["g a"]                   SCREENS ("核对", "数字互相核对，列出待问之处")  ("findings", "figures held against each other: what is to be asked");
    Indicators "indicators"  ["g i"]                   SCREENS ("指标表", "全部指标，及各有多少报告写到")  ("indicators", "all indicators, and how often each is reported");
    AlsoRest   "also_rest"   ["a"]                     PART    ("全部", "同时列出其余：相符的核对，无报告写到的指标")  ("all", "also the rest: what agrees, what nobody reports");
    ColumnList "column_list" ["C"]                     SORTED  ("列表", "各列的显隐和次序")        ("columns", "which columns are shown, and in which order");
    MoveUp     "move_up"     ["Shift-Up", "{"]         COLUMN  ("上移列", "这一列左移")            ("move up", "this column to the left");
    MoveDown   "move_down"   ["Shift-Down", "}"]       COLUMN  ("下移列", "这一列右移")            ("move down", "this column to the right");
    Trail      "trail"       ["g j", "Ctrl-O"]         SCREENS ("来路", "来路上的各屏，可跳回任一处")  ("trail", "the screens on the way here; go to any of them");
    LastPlace  "last_place"  ["g l", "`"]              SCREENS ("上次之处", "到上次离开时的地方")    ("last place", "where you were when you left");
    Bookmark   "bookmark"    ["m"]                     SCREENS ("书签", "在此设书签，再按去掉")    ("bookmark", "set a bookmark here; again: take it away");
    Bookmarks  "bookmarks"   ["g m", "B"]              SCREENS ("书签表", "书签一览")              ("bookmarks", "all bookmarks");
    Drop       "drop"        ["Delete", "d"]           PLACES  ("删除", "删除选中的书签")          ("delete", "delete the selected bookmark");
    NextPane   "next_pane"   ["Tab"]                   PANES   ("换栏", "到下一栏或下一列")        ("pane", "to the next pane or column");
    PrevPane   "prev_pane"   ["Shift-Tab"]             PANES   ("前栏", "到前一栏或前一列")        ("pane back", "to the pane or column before");
    NextFigure "next_figure" ["n", "Ctrl-N"]           READING ("下一数字", "到下一个数字")        ("next figure", "to the next figure");
    PrevFigure "prev_figure" ["N", "Ctrl-P"]           READING ("上一数字", "到上一个数字")        ("figure before", "to the figure before");
    Find       "find"        ["/", "Ctrl-K"]           SCREENS ("查找", "查找指标、报告、章节")    ("find", "look up indicators, reports, sections");
    Resume     "resume"      ["'", "F3"]               RESUMING ("上次查找", "回到上次的查找：词、所选、位置都在")  ("last look-up", "the last look-up as it was left: words, marks, place");
    Concordance "concordance" ["W", "Ctrl-G"]          ASKING  ("全文检索", "词句在各份报告里的每一处") ("concordance", "every place where words stand in the reports");
    Elsewhere  "elsewhere"   ["x", "F5"]               LINKED  ("各地比较", "这个指标在各地各年的数值")  ("compare", "the same indicator elsewhere");
    Years      "years"       ["X", "F6"]               FIGURES ("本地历年", "这个指标在本地历年的数值")  ("years here", "the same indicator here, all years");
    Trend      "trend"       ["t", "F7"]               OVER_YEARS ("历年走势", "这个指标历年的走势，各地一行")  ("over the years", "this indicator over the years, a line for each place");
    Matrix     "matrix"      ["M", "Ctrl-X"]           MATRICES   ("指标矩阵", "各份报告的主要指标，一份一行")  ("matrix", "main indicators of all reports, one row each");
    Choose     "choose"      ["Space"]                 LINES   ("选入", "选中或不选这一行，再移到下一行")  ("choose", "choose this row or no longer, and go on");
    Card       "card"        ["i", "F8"]             CARDS   ("数字卡片", "这个数字的全部说明")  ("card", "all about this figure");
    Alone      "alone"       ["z"]                   TEXT    ("单栏", "正文占满全屏，再按恢复分栏")  ("text alone", "the text on the whole screen; again: all panes");
    FindText   "find_text"   ["&", "F4"]               WORDS   ("找词", "在正文里找词")            ("find words", "find words in the text");
    WholeWords "whole_words" ["v", "F9"]               LINES_OF_TEXT ("整词", "只找整词，或不限")     ("whole words", "only whole words, or any");
    NextHit    "next_hit"    ["]"]                     TEXT    ("下一处", "到正文里下一处")          ("next hit", "to the next place in the text");
    PrevHit    "prev_hit"    ["["]                     TEXT    ("上一处", "到正文里上一处")          ("hit before", "to the place in the text before");
    Filter     "filter"      ["&", "F4"]               FILTERED ("筛选", "按词筛选各行")            ("filter", "keep rows with these words");
    Unfilter   "unfilter"    ["Backspace"]             WORDED  ("去筛选", "去掉最后一个筛选词")    ("unfilter", "drop the last word of the filter");
    OnlyYear   "only_year"   ["f y"]                   SORTED  ("同年", "只留同年的行")            ("this year", "only rows of this year");
    OnlyLevel  "only_level"  ["f l"]                   SORTED  ("同级", "只留同级别的行")          ("this level", "only rows of this level");
    OnlyProvince "only_province" ["f p"]               SORTED  ("同省", "只留同省的行")            ("this province", "only rows of this province");
    OnlyCell   "only_cell"   ["@", "f @"]              SORTED  ("同此格", "只留与此格相同的行")    ("this cell", "only rows with this cell");
    NotCell    "not_cell"    ["!", "f !"]              SORTED  ("异此格", "去掉与此格相同的行")    ("not this cell", "only rows without this cell");
    Freeze     "freeze"      ["f f"]                   SORTED  ("冻结", "冻结到本列，再按只冻结首列")  ("freeze", "freeze up to this column; again: only the first");
    Narrower   "narrower"    ["<"]                     SORTED  ("变窄", "本列变窄")                ("narrower", "this column narrower");
    Wider      "wider"       [">"]                     SORTED  ("变宽", "本列变宽")                ("wider", "this column wider");
    FitColumn  "fit_column"  ["_"]                     SORTED  ("合宽", "本列合于最宽的一格")      ("fit", "this column as wide as its widest cell");
    ShiftLeft  "shift_left"  ["{"]                     SORTED  ("左移列", "本列左移")              ("move left", "this column one to the left");
    ShiftRight "shift_right" ["}"]                     SORTED  ("右移列", "本列右移")              ("move right", "this column one to the right");
    HideColumn "hide_column" ["Minus"]                 SORTED  ("隐列", "隐去本列")                ("hide", "hide this column");
    ResetColumns "reset_columns" ["="] COLUMNED  ("列复原", "各列的宽度、次序、显隐复原")  ("reset columns", "widths, order and hidden columns as at first");
    Group      "group"       ["c", "F9"]               NUMBERS ("分组", "按级别、按省分组，或不分") ("group", "group by level, by province, or not");
    LogBars    "log_bars"    ["b"]                     NUMBERS ("对数条", "数值条改用对数比例")    ("log bars", "bars by logarithm or not");
    Sort       "sort"        ["s", "Ctrl-S"]           ORDERED  ("排序", "按本列排序，再按倒序，三按复原")  ("sort", "sort by this column; again: reversed; third: as before");
    Reverse    "reverse"     ["S", "Ctrl-R"]           SORTED  ("倒序", "倒过来排")                ("reverse", "reverse the order");
    Copies     "copies"      ["d", "F9"]               SHELVED ("副本", "副本也各占一行，或并入一行")  ("copies", "copies of a report on rows of their own, or not");
    Preview    "preview"     ["p", "Ctrl-T"]           PREVIEWS ("预览", "开关预览")                ("preview", "preview on or off");
    PreviewUp  "preview_up"  ["Shift-Up"]              SCROLLED ("预览上滚", "预览上滚一行")        ("preview up", "scroll the preview up by a line");
    PreviewDown "preview_down" ["Shift-Down"]          SCROLLED ("预览下滚", "预览下滚一行")        ("preview down", "scroll the preview down by a line");
    Written    "written"     ["v"]                     NUMBERS ("原文数值", "原文写法与统一数值互换")  ("as written", "values as written or normalised");
    Review     "review"      ["r", "g r"]              BROWSING ("审核", "审核提取结果的变化")        ("review", "decide about what changed in the extraction");
    Accept     "accept"      ["a"]                     DECIDING ("接受", "新的提取结果是对的")        ("accept", "the new extraction is right");
    Reject     "reject"      ["r"]                     DECIDING ("拒绝", "原来接受的仍然对")          ("reject", "what was accepted stays right");
    Correct    "correct"     ["e"]                     MENDING ("更正", "手工更正这个数字")          ("correct", "set this figure right by hand");
    Original   "original"    ["o"]                     ONE_FIGURE ("提取值", "更正前提取的值，再按看更正后的")  ("as extracted", "the value before it was corrected; again: after");
    SetAside   "set_aside"   ["o"]                     TEXT    ("搁置的数字", "已定为不是数字的那些")      ("set aside", "what was found to be no figure");
    Note       "note"        [";"]                     JUDGING ("附注", "记下这样决定的理由，随决定写入")  ("note", "note why it is decided so; written with the decision");
    Skip       "skip"        ["s"]                     JUDGING ("跳过", "先不决定，到下一项")        ("skip", "leave it for later");
    NextItem   "next_item"   ["n"]                     JUDGING ("下一项", "看下一项，不作决定")      ("next", "the next item, without deciding");
    PrevItem   "prev_item"   ["p"]                     JUDGING ("上一项", "看上一项，不作决定")      ("previous", "the item before, without deciding");
    AcceptRest "accept_rest" ["A"]                     JUDGING ("接受其余", "接受这一组其余各项（先问）")  ("accept the rest", "accept the rest of this group, after a question");
    RejectRest "reject_rest" ["R"]                     JUDGING ("拒绝其余", "拒绝这一组其余各项（先问）")  ("reject the rest", "reject the rest of this group, after a question");
    TakeBack   "take_back"   ["u"]                     DECIDED ("撤销", "撤销自己上一次决定；在历史中撤销选中的一条")  ("undo", "take back one's last decision, or the selected one");
    History    "history"     ["U", "F6"]               QUEUED  ("历史", "以往的全部决定，可逐条撤销")  ("history", "all that was decided; any of it can be taken back");
    Watch      "watch"       ["w"]                     QUEUED  ("监视", "目录或报告一改，变化即入队列；再按停止")  ("watch", "what changes in the files comes into the queue, or not");
    Stacked    "stacked"     ["d"]                     JUDGING ("并排", "原与新并排或上下")          ("layout", "old and new side by side or stacked");
    OldSide    "old_side"    ["1"]                     JUDGING ("只看原", "只看原来接受的；再按看两者")  ("old only", "only what was accepted; again: both");
    NewSide    "new_side"    ["2"]                     JUDGING ("只看新", "只看现在提取的；再按看两者")  ("new only", "only what is extracted now; again: both");
    Confirm    "confirm"     ["Ctrl-S", "F8"]          ASKED   ("写入", "写入决定")                  ("write", "write the decision");
    Undo       "undo"        ["u"]                     LISTS   ("撤销", "撤销筛选、排序、列的上一次改动")  ("undo", "undo the last change of filter, order, columns");
    Redo       "redo"        ["U", "Ctrl-Y"]           LISTS   ("重做", "重做撤销的改动")          ("redo", "redo what was undone");
    CopyCell   "copy_value"  ["y y"]                   COPIED ("复制数值", "复制数值；报告列表里复制这一格")  ("copy value", "copy the value; in the list of reports the cell");
    CopyQuote  "copy_quote"  ["y q"]                   QUOTES ("复制原句", "复制原句和出处")      ("copy sentence", "copy the sentence with its source");
    CopyRow    "copy_row"    ["y r"]                   SCREENS ("复制本行", "复制本行（制表符分隔）")  ("copy row", "copy the row, tab-separated");
    CopyTable  "copy_table"  ["y t"]                   TABLES  ("复制全表", "复制全表（制表符分隔）")  ("copy table", "copy the table, tab-separated");
    CopyPath   "copy_path"   ["y p"]                   SCREENS ("复制路径", "复制报告文件的路径")  ("copy path", "copy the path of the report's file");
    CopyPlace  "copy_place"  ["y w"]                   SCREENS ("复制所在", "复制路径行：地区、年度、章节")  ("copy place", "copy the path line: place, year, section");
    ExportCsv  "export_csv"  ["w c"]                   TABLES  ("存 CSV", "全表存为 CSV 文件")     ("save CSV", "write the table as a CSV file");
    ExportJson "export_json" ["w j"]                   TABLES  ("存 JSON", "全表存为 JSON 文件")   ("save JSON", "write the table as a JSON file");
    ExportMarkdown "export_markdown" ["w m"]           TABLES  ("存表格", "全表存为 Markdown 文件")  ("save Markdown", "write the table as a Markdown file");
    Mark       "mark"        ["Tab"]                   FINDER  ("选中", "选中或不选，跨查询保留；回车并列") ("mark", "mark or not, for Enter to set all side by side");
    MarkUp     "mark_up"     ["Shift-Tab"]             FINDER  ("选中上移", "选中或不选，并上移")  ("mark, up", "mark or not, and one row up");
    Clear      "clear"       ["Ctrl-U"]                BOXES   ("清空", "清空输入")                ("clear", "empty the box");
    Paste      "paste"       ["Ctrl-Y"]                BOXES   ("粘贴", "粘贴刚复制的内容")        ("paste", "put in what was copied last");
    Language   "language"    ["F2"]                    ALL     ("English", "中文／英文界面")       ("中文", "Chinese or English interface");
    Mouse      "mouse"          ["F12"]                ALL     ("鼠标", "启用或停用鼠标")          ("mouse", "listen to the mouse or not");
    Look       "look"           ["F10"]                ALL     ("配色", "换一种配色：深色、浅色、高对比、无颜色")  ("look", "another look: dark, light, high contrast, no colour");
    Help       "help"        ["?", "F1"]               ALL     ("帮助", "全部按键；选中后执行")    ("help", "all keys; Enter runs one");
    Redraw     "redraw"      ["Ctrl-L"]                ALL     ("重画", "重画屏幕")                ("redraw", "paint the screen again");
    Suspend    "suspend"     ["Ctrl-Z"]                ALL     ("挂起", "暂回命令行（fg 回来）")   ("suspend", "to the shell (fg comes back)");
    Leave      "leave"       ["q"]                     SCREENS ("退出", "返回；在首页退出")        ("quit", "back; on the first screen quit");
    Quit       "quit"        ["Ctrl-C"]                ALL     ("立即退出", "从任何地方退出")      ("quit now", "quit from anywhere");
}

impl Action {
    /// What has to be allowed before it is done; none where it only looks.
    pub fn deed(self) -> Option<Deed> {
        match self {
            Action::Suspend => Some(Deed::Suspend),
            Action::ExportCsv | Action::ExportJson | Action::ExportMarkdown => Some(Deed::Write),
            Action::Accept | Action::Reject | Action::AcceptRest | Action::RejectRest => Some(Deed::Decide),
            Action::Correct | Action::TakeBack | Action::Confirm => Some(Deed::Decide),
            _ => None,
        }
    }

    /// What is known about it.
    pub fn entry(self) -> &'static Entry {
        &ACTIONS[self as usize]
    }
}

/// The action of a name.
pub fn by_id(id: &str) -> Option<Action> {
    ACTIONS.iter().find(|entry| entry.id == id).map(|entry| entry.action)
}
