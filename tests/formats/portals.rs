//! Reports on pages as the systems of government sites build them: what stands around the text, under the names that they use.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use fajian::core::rules::Rules;
use fajian::core::{extract, text::Text};
use fajian::intake;

use super::pages::{blocks, escaped};

/// A report without its page.
pub struct Article {
    pub name: String,
    pub title: String,
    pub body: String,
}

/// The samples whose bodies somebody has looked at.
pub fn articles() -> Vec<Article> {
    let list = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/bodies.tsv")).unwrap();
    let rules = Rules::builtin().unwrap();
    let samples: HashMap<String, String> =
        super::samples().into_iter().map(|(name, text)| (stem(&name), text)).collect();
    let rows =
        list.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| {
        let [name, first, last] = row[..] else { panic!("three columns: {row:?}") };
        let text = &samples[name];
        let report = extract(name, text, &rules);
        let body = Text::new(text).slice(report.body);
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert!(bare(&body).starts_with(&bare(first)) && bare(&body).ends_with(&bare(last)), "{name}");
        Article { name: name.to_owned(), title: report.about.title.unwrap_or_default(), body }
    })
    .collect()
}

/// The name of a sample without folder and ending.
pub fn stem(name: &str) -> String {
    name.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(name).to_owned()
}

/// A way to build a page around a report.
pub type Layout = fn(&Article) -> String;

/// Every layout with its name.
pub const LAYOUTS: [(&str, Layout); 6] = [
    ("editor", editor),
    ("zoom", zoom),
    ("content", content),
    ("catalogue", catalogue),
    ("account", account),
    ("rail", rail),
];

fn paragraphs(article: &Article) -> String {
    let cells = |cells: &[&str]| {
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    blocks(&article.body, cells, |line| format!("<p>{}</p>\n", escaped(line.trim())), "")
}

fn links(titles: &[&str], day: &str) -> String {
    let link = |(i, title): (usize, &&str)| {
        format!("<li><a href=\"t{i}.html\" title=\"{title}\">{title}</a><span>{day}</span></li>\n")
    };
    titles.iter().enumerate().map(link).collect()
}

const NEWS: [&str; 7] = [
    "全市召开优化营商环境工作推进会",
    "县司法局举办人民调解员培训班120人参加",
    "关于公布2024年度重大行政决策事项目录的通知",
    "市政府党组理论学习中心组举行专题学习",
    "国家宪法日宣传活动走进5个乡镇",
    "行政执法人员资格考试顺利举行",
    "县政府常务会议听取法治工作汇报",
];

/// An editor's box with its own styles, share buttons above and below, articles like this one at the end.
fn editor(article: &Article) -> String {
    let title = escaped(&article.title);
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><meta name=\"ArticleTitle\" content=\"{title}\"><meta name=\"PubDate\" \
         content=\"2024-01-31 16:20\"><title>{title}_某市人民政府</title></head><body>\
         <div class=header><div class=top><span id=date></span><a href=#>无障碍</a> | <a href=#>长者模式</a> | <a href=#>登录</a></div>\
         <form><input type=text placeholder=请输入关键字><input type=submit value=搜索></form><div class=hot>热搜词：<a href=#>公积金</a> <a \
         href=#>医保</a></div></div><div class=\"BreadcrumbNav\">当前位置：<a href=/ class=CurrChnlCls>首页</a>&nbsp;&gt;&nbsp;<a href=#>政务公开</a>\
         &nbsp;&gt;&nbsp;<a href=#>法治政府建设年度报告</a></div><div class=article><h1>{title}</h1><div class=info><span>发布时间：2024-01-31 \
         16:20</span> <span>来源：市司法局</span> <span>浏览次数：<script>document.write(\"188\")</script> 次</span> <span>【字体：<a href=#>大</a> <a \
         href=#>中</a> <a href=#>小</a>】</span></div><div class=share>分享到：<a href=# title=微信>微信</a><a href=#>微博</a><a href=#>QQ空间</a></div>\
         <div class=\"view TRS_UEDITOR trs_paper_default\"><div class=TRS_Editor><style type=text/css>.TRS_Editor P{{line-height:2}}</style>{}</div></div>\
         <div class=attach>附件：<a href=P020240131.pdf>{title}.pdf</a></div><div class=xg><h3>相关文章</h3><ul>{}</ul></div></div><div class=footer>\
         <a href=#>网站地图</a> | <a href=#>联系我们</a><p>主办：某市人民政府办公室　承办：某市大数据中心</p><p>网站标识码：1401000001　晋ICP备05000001号　\
         晋公网安备14010002000001号</p></div></body></html>",
        paragraphs(article),
        links(&NEWS, "2024-02-01"),
    )
}

/// Tables all through: a box of index fields, the text with marks of its system around it, buttons in corner brackets.
fn zoom(article: &Article) -> String {
    let title = escaped(&article.title);
    let field = |name: &str, value: &str| format!("<td width=90 align=right>{name}：</td><td>{value}</td>");
    format!(
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=utf-8\"><title>某县人民政府 法治建设</title></head><body>\
         <table width=1000><tr><td><a href=/>首页</a>&nbsp;|&nbsp;<a href=/a>走进某县</a>&nbsp;|&nbsp;<a href=/b>政务公开</a>&nbsp;|&nbsp;<a \
         href=/c>互动交流</a></td></tr><tr><td>您现在的位置：<a href=/>首页</a> -&gt; <a href=#>信息公开目录</a> -&gt; 正文</td></tr></table>\
         <table class=xxgk border=1><tr>{}{}</tr><tr>{}{}</tr><tr>{}{}</tr><tr>{}{}</tr></table>\
         <table><tr><td align=center class=title>{title}</td></tr><tr><td align=center>发布日期：2024-02-06&nbsp;&nbsp;浏览次数：<script \
         src=count.js></script>&nbsp;&nbsp;字号：[ <a href=\"javascript:doZoom(16)\">大</a> <a href=#>中</a> <a href=#>小</a> ]</td></tr>\
         <tr><td class=bt_content><div id=zoom><!--ZJEG_RSS.content.begin-->{}<!--ZJEG_RSS.content.end--></div></td></tr>\
         <tr><td align=right>【<a href=\"javascript:window.print()\">打印本页</a>】【<a href=#>关闭窗口</a>】</td></tr></table>\
         <table><tr><td><img src=qr.png></td><td>扫一扫在手机打开当前页</td></tr><tr><td>版权所有：某县人民政府办公室　技术支持：某某科技有限公司</td></tr></table></body></html>",
        field("索引号", "014200000/2024-00031"),
        field("主题分类", "综合政务"),
        field("发布机构", "县司法局"),
        field("发文日期", "2024-02-06"),
        field("文号", "无"),
        field("有效性", "有效"),
        field("信息名称", &title),
        field("公开方式", "主动公开"),
        paragraphs(article),
    )
}

/// Boxes to read aloud and to print, the editor's name below, drafts like this one.
fn content(article: &Article) -> String {
    let title = escaped(&article.title);
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title><meta name=\"ContentSource\" content=\"省司法厅\"></head><body>\
         <div class=topbar>今天是2024年3月5日 星期二</div><ul class=nav><li><a>要闻动态</a></li><li><a>政务公开</a></li><li><a>政务服务</a></li><li><a>数据</a></li></ul>\
         <div class=wrap><div class=pos>当前位置: 网站首页 &gt; 信息公开 &gt; 年度报告</div><ucaptitle><h2>{title}</h2></ucaptitle><div class=pages-date>2024-01-25 09:31 \
         <span>来源：省司法厅</span> <span>【字体：大 中 小】</span> <span>打印</span></div><div class=voice><span>语音播报</span> <span>暂停</span> <span>00:00 / \
         12:30</span></div><div class=pages_content id=UCAP-CONTENT><ucapcontent>{}</ucapcontent></div><div class=editor>责任编辑：王小明</div><div \
         class=qr>扫一扫在手机打开当前页</div><div class=fx><a>收藏</a><a>分享</a><a>打印</a><a>关闭</a></div><div class=related><h4>相关稿件</h4><ul>{}</ul></div>\
         <div class=link><select><option>国务院部门网站<option>省级政府网站</select></div><div class=foot>回到顶部 | 关于我们 | 网站声明<br>主办单位：省司法厅 \
         版权所有：省司法厅<br>为确保最佳浏览效果，建议您使用以下浏览器版本：IE浏览器9.0版本及以上</div></div></body></html>",
        paragraphs(article),
        links(&NEWS[..5], ""),
    )
}

/// The tree of a catalogue beside the text, and what the text is about in front of it.
fn catalogue(article: &Article) -> String {
    let title = escaped(&article.title);
    let teaser: String = article.body.chars().take(60).collect();
    let tree = [
        "机关简介",
        "领导信息",
        "机构设置",
        "人事信息",
        "财政预决算",
        "重点领域信息公开",
        "行政许可和处罚",
        "规划计划",
        "应急管理",
        "建议提案办理",
        "公共企事业单位信息公开",
    ];
    let tree: String = tree.iter().map(|item| format!("<li><a href=#>{item}</a></li>")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>政府信息公开</title></head><body><div class=left><h3>政府信息公开指南</h3><h3>政府信息公开制度</h3>\
         <h3>法定主动公开内容</h3><ul>{tree}</ul><h3>政府信息公开年报</h3><h3>依申请公开</h3></div><div class=right><ul class=fields><li><b>索 引 号：</b>6107280000/2024-001005</li>\
         <li><b>主题分类：</b>司法</li><li><b>来源：</b></li><li><b>发文机构：</b>县政府</li><li><b>发文字号：</b></li><li><b>发布日期：</b>2024年01月29日 16:34</li><li><b>有 \
         效 性：</b></li><li><b>内容概述：</b>{}…</li></ul><div class=name>{title}</div><div class=tabs><a>详细信息</a><a>文件下载</a></div><div class=xq>公开具体内容</div>\
         <div class=gknr>{}</div><div class=bot>[返回顶部] [打印] [关闭]</div></div><div class=foot>主办：某县人民政府　维护：某县电子政务中心　电话：0916-0000000</div></body></html>",
        escaped(teaser.trim()),
        paragraphs(article),
    )
}

/// A public account: the text is veiled until a script has run; calls to follow above, other articles below.
fn account(article: &Article) -> String {
    let title = escaped(&article.title);
    let text = paragraphs(article)
        .replace("<p>", "<section><p><span style=\"font-size:16px\">")
        .replace("</p>", "</span></p></section>");
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><meta property=\"og:title\" content=\"{title}\"><title></title></head><body id=activity-detail>\
         <div id=img-content class=rich_media_wrp><h1 class=rich_media_title id=activity-name>{title}</h1><div id=meta_content><span>法治某县</span> <span>法治某县</span> \
         <em id=publish_time>2024年01月30日 18:02</em> <em>某省</em></div><div class=rich_media_content id=js_content style=\"visibility: hidden; opacity: 0;\">\
         <section><p>点击上方蓝字关注我们</p></section>{text}<section><p>来源：县司法局</p><p>编辑：李小红　审核：张小军</p></section><section><p>往期推荐</p>{}</section></div></div>\
         <div class=rich_media_tool><span>阅读原文</span> <span>分享</span> <span>收藏</span> <span>点赞</span> <span>在看</span></div><div>微信扫一扫<br>关注该公众号</div>\
         <div>继续滑动看下一个</div><div>轻触阅读原文</div></body></html>",
        links(&NEWS[..4], ""),
    )
}

/// What is hot stands before the text; the articles before and after it below.
fn rail(article: &Article) -> String {
    let title = escaped(&article.title);
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{title} - 年度报告 - 某区人民政府网</title></head><body><div class=menu><a>首页</a><a>资讯</a><a>公开</a><a>服务</a><a>互动</a></div>\
         <div class=rail><h3>热点推荐</h3><ul>{}</ul><h3>最新公开</h3><ul>{}</ul></div><div class=main><h1>{title}</h1><p class=meta>时间：2024-03-01　作者：区司法局　点击：<i id=hits>266</i></p>\
         <div class=share_bar><span>微信</span><span>微博</span><span>空间</span><span>打印</span><span>收藏</span></div><div class=article-content>{}</div><p class=pn>上一篇：<a \
         href=#>某区2022年法治政府建设情况报告</a></p><p class=pn>下一篇：<a href=#>没有了</a></p><div class=share_bar>分享：<span>微信</span><span>微博</span></div><ul class=tags>标签：<li>法治\
         </li><li>报告</li></ul></div><div class=friend>友情链接：<a>中国政府网</a><a>省政府网</a><a>市政府网</a></div></body></html>",
        links(&NEWS, ""),
        links(&NEWS[2..], "03-02"),
        paragraphs(article),
    )
}

/// Letters and digits of two texts in common, over those of the first and of the second.
fn shares(found: &str, wanted: &str) -> (f64, f64) {
    let count = |text: &str| {
        let mut counts: HashMap<char, usize> = HashMap::new();
        text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let (found, wanted) = (count(found), count(wanted));
    let both: usize = wanted.iter().map(|(c, count)| (*count).min(found.get(c).copied().unwrap_or(0))).sum();
    let of = |counts: &HashMap<char, usize>| both as f64 / counts.values().sum::<usize>().max(1) as f64;
    (of(&found), of(&wanted))
}

/// What somebody gets who marks the whole page and copies it: every link, menu and button as a line of text.
pub fn copied(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open].replace('\n', ""));
        let close = open + rest[open..].find('>').unwrap();
        let tag = rest[open + 1..close].split(' ').next().unwrap();
        rest = &rest[close + 1..];
        for skipped in ["head", "script", "style", "select"] {
            if tag == skipped {
                let end = format!("</{skipped}>");
                rest = &rest[rest.find(&end).unwrap() + end.len()..];
            }
        }
        match tag.trim_start_matches('/') {
            "p" | "div" | "li" | "ul" | "tr" | "br" | "h1" | "h2" | "h3" | "h4" | "section" | "table" => {
                text.push('\n')
            }
            "td" => text.push(' '),
            _ => {}
        }
    }
    let lines =
        text.replace("&nbsp;", "\u{a0}").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
    lines.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect()
}

/// Reads every sample in every layout; tells what is not found whole, and how much is right in all.
fn read_all(make: impl Fn(&str) -> Vec<u8>) -> ((f64, f64), Vec<String>) {
    let rules = Rules::builtin().unwrap();
    let (mut faults, mut sum, mut all) = (Vec::new(), (0.0, 0.0), 0.0);
    for (layout, build) in LAYOUTS {
        for article in &articles() {
            let loaded = intake::from_bytes(&make(&build(article))).unwrap();
            let report = extract("page", &loaded.text, &rules);
            let body = Text::new(&loaded.text).slice(report.body);
            let (precision, recall) = shares(&body, &article.body);
            sum = (sum.0 + precision, sum.1 + recall);
            all += 1.0;
            let titled = report.about.title.as_deref() == Some(&article.title);
            if precision < 0.995 || recall < 0.995 || !titled {
                let title = report.about.title.filter(|_| !titled);
                faults.push(format!(
                    "{layout} {}: {precision:.3} {recall:.3} {title:?} {:?} {:?}",
                    article.name,
                    ends(&body),
                    ends(&article.body)
                ));
            }
        }
    }
    ((sum.0 / all, sum.1 / all), faults)
}

fn ends(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (head, tail) = (&chars[..chars.len().min(30)], &chars[chars.len().saturating_sub(30)..]);
    format!("{}…{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
}

#[test]
fn the_report_is_found_on_pages_of_every_system() {
    let ((precision, recall), faults) = read_all(|page| page.as_bytes().to_owned());
    eprintln!("pages: {precision:.4} {recall:.4}\n{}", faults.join("\n"));
    assert!(precision >= 0.999 && recall >= 0.999 && faults.is_empty(), "{} faults", faults.len());
}

#[test]
fn the_report_is_found_in_pages_copied_whole() {
    let ((precision, recall), faults) = read_all(|page| copied(page).into_bytes());
    eprintln!("copied: {precision:.4} {recall:.4}\n{}", faults.join("\n"));
    assert!(precision >= 0.99 && recall >= 0.99, "{} faults", faults.len());
}
