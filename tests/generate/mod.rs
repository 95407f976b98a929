//! Reports of the genre, made up from a seed: the same seed gives the same reports anywhere. Each comes with its
//! truth, the values that its sentences state. Places are those of GB/T 2260, everything said of them is invented.

#![allow(dead_code, reason = "each program that uses it uses its own part")]

use std::fs;
use std::io;
use std::path::Path;

const DIVISIONS: &str = include_str!("../../src/data/divisions_2024.tsv");

/// A made-up report.
pub struct Made {
    /// Path below the corpus: `62/620100-2023.txt`.
    pub path: String,
    pub text: String,
    /// Name and code of the place.
    pub place: (String, String),
    pub year: u16,
    /// What it states of itself for that year.
    pub truth: Vec<Truth>,
}

/// One stated value.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    pub indicator: &'static str,
    pub value: u32,
}

/// A sentence that states one value; `{}` is the number.
struct Template {
    indicator: &'static str,
    text: &'static str,
    range: (u32, u32),
}

const fn says(indicator: &'static str, text: &'static str, low: u32, high: u32) -> Template {
    Template { indicator, text, range: (low, high) }
}

/// Sentences whose values belong to an indicator, by part of the report.
const STATED: [&[Template]; 5] = [
    &[
        says("rulemaking.normdocs_reviewed", "全年审查规范性文件{}件", 5, 200),
        says("rulemaking.filed_up", "报送备案行政规范性文件{}件", 2, 90),
        says("decisions.contracts_reviewed", "审查政府合同{}份", 10, 800),
    ],
    &[
        says("enforcement.casefiles_reviewed", "组织评查行政执法案卷{}件", 20, 900),
        says("enforcement.supervision_actions", "开展行政执法监督检查{}次", 1, 60),
        says("enforcement.training_sessions", "举办行政执法人员培训班{}期", 1, 40),
    ],
    &[
        says("reconsideration.applications", "收到行政复议申请{}件", 20, 2_000),
        says("reconsideration.concluded", "审结行政复议案件{}件", 10, 1_800),
        says("litigation.attendance_rate", "行政机关负责人出庭应诉率达{}%", 70, 100),
        says("mediation.disputes_mediated", "各级人民调解组织调解矛盾纠纷{}件", 300, 30_000),
        says("mediation.success_rate", "调解成功率达{}%", 88, 100),
    ],
    &[
        says("legal_aid.cases", "办理法律援助案件{}件", 50, 5_000),
        says("legal_services.notary_cases", "办理公证事项{}件", 100, 9_000),
        says("legal_services.consultations", "解答群众法律咨询{}人次", 400, 60_000),
    ],
    &[
        says("publicity.events", "开展法治宣传活动{}场次", 20, 3_000),
        says("law_savvy.people", "培养“法律明白人”{}名", 50, 9_000),
        says("villages.national", "创建全国民主法治示范村（社区）{}个", 1, 20),
    ],
];

const PARTS: [&str; 5] = [
    "健全依法行政制度体系",
    "规范行政执法行为",
    "依法化解社会矛盾纠纷",
    "完善公共法律服务体系",
    "深入开展法治宣传教育",
];

const SUBJECTS: [&str; 8] = [
    "我单位",
    "司法行政部门",
    "各级行政机关",
    "全体执法人员",
    "有关部门",
    "各乡镇街道",
    "领导干部",
    "法治机构",
];
const MANNERS: [&str; 10] = ["认真", "扎实", "持续", "有序", "全面", "深入", "积极", "稳步", "不断", "切实"];
const DEEDS: [&str; 14] = [
    "学习贯彻习近平法治思想",
    "落实法治建设第一责任人职责",
    "完善重大行政决策程序",
    "推进严格规范公正文明执法",
    "优化法治化营商环境",
    "健全行政执法与刑事司法衔接机制",
    "加强行政执法协调监督",
    "推动法治宣传进乡村进社区",
    "畅通行政复议申请渠道",
    "落实普法责任制",
    "健全矛盾纠纷多元预防调处化解机制",
    "提升基层依法治理能力",
    "加强法治工作队伍建设",
    "推进政务公开和数字法治政府建设",
];
const ENDS: [&str; 6] = [
    "各项工作取得新的成效",
    "人民群众的满意度稳步提升",
    "为经济社会高质量发展提供有力法治保障",
    "依法行政的意识和能力明显增强",
    "法治建设的基础更加牢固",
    "形成了上下联动、齐抓共管的工作格局",
];

/// SplitMix64: small, quick, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }

    fn between(&mut self, low: u32, high: u32) -> u32 {
        low + (self.roll() % u64::from(high - low + 1)) as u32
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// How a report is laid out.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// 一、 with （一） below.
    Numbered,
    /// Headings without numbers.
    Plain,
    /// Numbered, in the middle of a web page.
    Page,
}

/// Code and name of every place.
pub fn places() -> Vec<(&'static str, &'static str)> {
    DIVISIONS.lines().filter_map(|line| line.split_once('\t')).collect()
}

/// The year that report number `n` is about: every place in turn, the newest year first.
pub fn year(n: usize, places: usize) -> u16 {
    (2024 - (n / places) % 12) as u16
}

/// Report number `n` of the corpus with this seed, about `bytes` long.
pub fn report(seed: u64, n: usize, bytes: usize) -> Made {
    let places = places();
    let mut dice = Dice(seed ^ (n as u64).wrapping_mul(0xd6e8_feb8_6659_fd93));
    let (code, name) = places[n % places.len()];
    let year = year(n, places.len());
    let style = [Style::Numbered, Style::Numbered, Style::Plain, Style::Page][dice.below(4)];
    let mut writing =
        Writing { text: String::new(), truth: Vec::new(), dice, style, room: bytes / PARTS.len() };
    writing.whole(name, year);
    Made {
        path: format!("{}/{code}-{year}-{n}.txt", &code[..2]),
        text: writing.text,
        place: (name.to_owned(), code.to_owned()),
        year,
        truth: writing.truth,
    }
}

struct Writing {
    text: String,
    truth: Vec<Truth>,
    dice: Dice,
    style: Style,
    /// Bytes that one part may fill.
    room: usize,
}

impl Writing {
    fn whole(&mut self, name: &str, year: u16) {
        let page = self.style == Style::Page;
        if page {
            self.text += &format!("欢迎访问{name}人民政府网站\n首页 > 政务公开 > 法治政府建设年度报告\n\n");
        }
        self.text += &format!("{name}人民政府关于{year}年法治政府建设情况的报告\n\n");
        if page {
            let (next, day) = (year + 1, self.dice.between(1, 28));
            self.text += &format!("发布日期：{next}-03-{day:02} 来源：{name}司法局 浏览次数：\n\n");
        }
        self.text += &format!("{year}年，在上级党委和政府的坚强领导下，");
        self.sentence();
        self.text += "现将有关情况报告如下。\n\n";
        for (i, part) in PARTS.iter().enumerate() {
            self.part(i, part);
        }
        self.text += &format!("{name}人民政府\n{}年3月1日\n", year + 1);
        if page {
            self.text += "\n打印本页 关闭窗口\n上一篇：无\n下一篇：无\n";
        }
    }

    fn part(&mut self, i: usize, title: &str) {
        let number = ["一", "二", "三", "四", "五"][i];
        let start = self.text.len();
        match self.style {
            Style::Plain => self.text += &format!("{title}\n\n"),
            _ => self.text += &format!("{number}、{title}\n"),
        }
        let mut below = 0;
        for template in STATED[i] {
            if self.style != Style::Plain && below < 3 {
                below += 1;
                let (number, deed) = (["一", "二", "三"][below - 1], self.dice.pick(&DEEDS));
                self.text += &format!("（{number}）{deed}。");
            }
            self.sentence();
            let (low, high) = template.range;
            let value = self.dice.between(low, high);
            self.truth.push(Truth { indicator: template.indicator, value });
            self.text += &template.text.replace("{}", &value.to_string());
            self.text += "。";
            self.aside();
            self.text += "\n";
        }
        while self.text.len() - start < self.room {
            self.sentence();
            self.aside();
            self.text += "\n";
        }
        self.text += "\n";
    }

    /// A sentence without any figure.
    fn sentence(&mut self) {
        let dice = &mut self.dice;
        self.text += &format!(
            "{}{}{}，{}{}，{}。",
            dice.pick(&SUBJECTS),
            dice.pick(&MANNERS),
            dice.pick(&DEEDS),
            dice.pick(&MANNERS),
            dice.pick(&DEEDS),
            dice.pick(&ENDS)
        );
    }

    /// A sentence with figures that no indicator of the truth is about.
    fn aside(&mut self) {
        let dice = &mut self.dice;
        let (a, b, c) = (dice.between(2, 90), dice.between(2, 400), dice.between(1, 30));
        self.text += &match dice.below(4) {
            0 => format!("召开专题会议{a}次，研究有关事项{b}项。"),
            1 => format!("编发简报{a}期，印发手册{b}余册，覆盖{c}个村。"),
            2 => format!("{}，整改问题{a}个。", dice.pick(&DEEDS)),
            _ => return self.sentence(),
        };
    }
}

/// Writes `count` reports below `folder` and returns their size in bytes.
pub fn write(folder: &Path, seed: u64, count: usize, bytes: usize) -> io::Result<u64> {
    let mut written = 0;
    for n in 0..count {
        let made = report(seed, n, bytes);
        let path = folder.join(&made.path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, &made.text)?;
        written += made.text.len() as u64;
    }
    Ok(written)
}
