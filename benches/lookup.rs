//! How long the look-up takes on lines like those of the project's peer measurements: jurisdiction, year,
//! indicator phrase, value. Prints build time, memory, and for each query the time of one answer.
//!
//! `cargo bench --bench lookup -- 1e5 1e6`

use std::sync::Arc;
use std::time::{Duration, Instant};

use fajian::core::catalogue::Catalogue;
use fajian::core::decimal::Number;
use fajian::core::figure::{Bound, Figure, Link, Nature, Quantity};
use fajian::core::report::{About, Jurisdiction, Level};
use fajian::core::span::Span;
use fajian::search::{Builder, Finder, Session, Wish};
use fajian::store::{Gist, ReportId};

const SUBJECTS: &str = "行政复议 行政诉讼 行政应诉 行政处罚 行政许可 行政强制 行政检查 行政征收 行政裁决 行政调解 行政确认 行政执法 规范性文件 重大行政决策 政府信息公开 依申请公开 \
    政务服务事项 法律援助 人民调解 社区矫正 公证 司法鉴定 普法宣传 法治培训 领导干部学法 负责人出庭应诉 重大执法决定法制审核 涉企行政检查 涉企行政处罚 轻微违法免罚 \
    双随机一公开抽查 包容审慎监管 行政执法人员 行政执法监督 执法案卷评查 合法性审查 政府法律顾问 政府规章 地方性法规 证明事项告知承诺制 一网通办 跨省通办 \
    市场主体 营商环境投诉 信访事项 矛盾纠纷 食品安全 生态环境 安全生产 道路交通 城市管理 自然资源 劳动保障监察 医疗保障 税务稽查 消费维权 知识产权";
const STAGES: &str = "申请 受理 审结 立案 结案 办理 作出 撤销 变更 驳回 维持 确认违法 终止 调解结案 移送 备案 审查 公布 清理 废止 修改 制定 答复 公开 开展 组织 培训 查处 整改 纠正";
const MEASURES: &str = "案件数 件数 数量 总数 人数 人次 场次 次数 金额 罚没金额 占比 率 同比增长率 办结率 按时办结率 满意率 平均办理天数 单位数 事项数";
const SCOPES: [&str; 10] =
    ["", "全市", "全县", "本年度", "乡镇街道", "县级以上", "各部门", "累计", "其中:涉企", "其中:不予"];
const UNITS: [&str; 6] = ["件", "人", "人次", "场", "万元", "%"];
const QUERIES: [&str; 22] = [
    "行",
    "行政",
    "行政复",
    "行政复议",
    "行政复议受理案件",
    "行复率",
    "率",
    "x",
    "xz",
    "xzf",
    "xzfy",
    "xzfysl",
    "xfsl",
    "xingzheng",
    "xingzhengfuyi",
    "fysl 兰州 2023",
    "兰州",
    "2023",
    "lz 2023 fy",
    "兰州2023行政复议受理案件数",
    "xinzhengfuyi",
    "行政复意受理",
];
/// What is typed letter by letter.
const TYPED: [&str; 4] = ["行政复议受理", "xzfysl", "xingzhengfuyi", "fysl lanzhou 2023"];

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

fn main() {
    let sizes: Vec<f64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    for size in if sizes.is_empty() { vec![1e5, 1e6] } else { sizes } {
        measure(size as usize);
    }
}

fn measure(lines: usize) {
    let before = resident();
    let started = Instant::now();
    let (finder, generating) = build(lines);
    let took = started.elapsed().saturating_sub(generating);
    println!("\n{lines} lines: built in {:.0} ms, {:.0} MB resident", ms(took), resident() - before);
    let finder = Arc::new(finder);
    println!("{:>28} {:>9} {:>9} {:>9} {:>12}", "query", "hits", "best ms", "median ms", "ns per line");
    for query in QUERIES {
        let times: Vec<Duration> = (0..15).map(|_| timed(|| finder.find(query, 50).total).1).collect();
        let total = finder.find(query, 50).total;
        report(query, total, &times, lines);
    }
    let mut keys = Vec::new();
    for typed in TYPED {
        for _ in 0..5 {
            let mut session = Session::new(Arc::clone(&finder));
            for (i, c) in typed.char_indices() {
                let so_far = &typed[..i + c.len_utf8()];
                keys.push((
                    timed(|| session.find(so_far, &Wish { limit: 50, ..Wish::default() }).total).1,
                    so_far,
                ));
            }
        }
    }
    keys.sort_unstable();
    let at = |share: f64| ms(keys[((keys.len() - 1) as f64 * share) as usize].0);
    println!("keys as typed: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms", at(0.5), at(0.95), at(1.0));
    let slowest: Vec<&str> = keys.iter().rev().step_by(5).take(4).map(|(_, typed)| *typed).collect();
    println!("slowest: {}", slowest.join(" · "));
}

fn report(query: &str, total: usize, times: &[Duration], lines: usize) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let median = times[times.len() / 2];
    let best = times[0];
    let each = best.as_nanos() as f64 / lines as f64;
    println!("{query:>28} {total:>9} {:>9.2} {:>9.2} {each:>12.1}", ms(best), ms(median));
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let result = work();
    (result, started.elapsed())
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1e3
}

/// Resident memory in MB; 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// The finder, and the time that went into making up the lines.
fn build(lines: usize) -> (Finder, Duration) {
    let catalogue = Catalogue::builtin().expect("the built-in catalogue is whole");
    let places = places();
    let mut dice = Dice(1);
    let mut builder = Builder::new(&catalogue);
    let mut generating = Duration::ZERO;
    let reports = places.len() * 10;
    let mut left = lines;
    for report in 0..reports {
        let here = left.div_ceil(reports - report);
        left -= here;
        let (figures, took) =
            timed(|| (0..here).map(|_| figure(&catalogue, &mut dice)).collect::<Vec<Figure>>());
        let (about, more) = timed(|| about(report, &places));
        generating += took + more;
        let (id, about) = (ReportId(report as u32), &about);
        let (name, place) = (about.title.as_deref().unwrap_or_default(), about.jurisdiction.as_ref());
        builder.add(Gist::Report { id, name, place, year: about.year, news: false });
        for (figure, i) in figures.iter().zip(0..) {
            builder.add(Gist::of_figure(i, figure));
        }
        generating += timed(|| drop(figures)).1;
    }
    (builder.finish(), generating)
}

/// Every seventh division of the built-in table, and those that the queries name.
fn places() -> Vec<Jurisdiction> {
    let table = include_str!("../src/data/divisions_2024.tsv");
    let rows = table.lines().filter_map(|line| line.split_once('\t')).enumerate();
    let wanted = rows.filter(|(i, (code, _))| i % 7 == 0 || *code == "620100");
    let level = |code: &str| match (code.ends_with("0000"), code.ends_with("00")) {
        (true, _) => Level::Province,
        (_, true) => Level::Prefecture,
        _ => Level::County,
    };
    wanted
        .map(|(_, (code, name))| Jurisdiction { name: name.into(), code: code.into(), level: level(code) })
        .collect()
}

fn about(report: usize, places: &[Jurisdiction]) -> About {
    let (place, year) = (places[report / 10].clone(), 2015 + (report % 10) as u16);
    About {
        title: Some(format!("{}{year}年法治政府建设年度报告", place.name)),
        jurisdiction: Some(place),
        year: Some(year),
        ..About::default()
    }
}

fn figure(catalogue: &Catalogue, dice: &mut Dice) -> Figure {
    let scope = if dice.roll(10) < 6 { "" } else { SCOPES[dice.roll(SCOPES.len())] };
    let mut pick = |list: &str| {
        let all: Vec<&str> = list.split_whitespace().collect();
        all[dice.roll(all.len())].to_owned()
    };
    let label = format!("{scope}{}{}{}", pick(SUBJECTS), pick(STAGES), pick(MEASURES));
    let unit = UNITS[dice.roll(UNITS.len())];
    let value = dice.roll(100_000) as i64;
    let linked = dice.roll(2) == 0;
    let indicators = catalogue.indicators();
    let indicator = linked.then(|| indicators[dice.roll(indicators.len())].id.clone());
    Figure {
        span: Span::default(),
        raw: format!("{value}{unit}"),
        quantity: Quantity {
            value: Number::whole(value),
            value_high: None,
            unit: Some(unit.into()),
            bound: Bound::Eq,
        },
        nature: Nature::Actual,
        period: None,
        scope: None,
        label,
        link: Link { indicator, confidence: 1.0, why: String::new() },
        section: None,
        corrected: None,
    }
}
