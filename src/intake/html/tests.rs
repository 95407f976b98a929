use super::*;

fn text(html: &str) -> String {
    read(html).text
}

#[test]
fn blocks_are_lines_and_entities_are_characters() {
    let html = "<body><h1>某县报告</h1><div>一、主要举措</div><p>受理&nbsp;470&#20214;，审结<b>343</b>件。<br>调解&lt;5&gt;件。<p>第二段</body>";
    assert_eq!(
        text(html),
        "某县报告\n\n一、主要举措\n\n受理\u{a0}470件，审结343件。\n调解<5>件。\n\n第二段\n"
    );
}

#[test]
fn what_is_not_shown_is_no_text() {
    let html = "<title>t</title><script>var a='<p>99件</p>';</script><style>p{}</style><p>甲</p>\
        <div style='DISPLAY : none'><p>乙</p><table><tr><td>丙</table></div><span hidden>丁</span>\
        <noscript>戊</noscript><select><option>己</select><p>庚<!-- 辛 --></p><p style=display:none>壬<p>癸";
    assert_eq!(text(html), "甲\n\n庚\n\n癸\n");
}

#[test]
fn what_a_script_unveils_is_text_where_it_is_most_of_it() {
    let page = |inside: &str| {
        text(&format!(
            "<h1>某县报告</h1><table><tr><td>甲</table><div style='visibility: hidden'><table><tr><td>{inside}<td>乙</table>{inside}</div><p>后文"
        ))
    };
    assert_eq!(page("5"), "某县报告\n甲\n\n后文\n");
    let inside = "受理行政复议案件470件";
    assert_eq!(page(inside), format!("某县报告\n甲\n{inside} | 乙 |\n\n{inside}\n\n后文\n"));
}

#[test]
fn tables_become_rows_even_without_end_tags() {
    let html =
        "<table><tr><td>公证<td>30860<td>件<tr><td><p>调处</p></td><td><font>5614</td><td>宗</table>后文";
    assert_eq!(text(html), "公证 | 30860 | 件 |\n调处 | 5614 | 宗 |\n\n后文\n");
}

#[test]
fn an_inline_end_tag_closes_no_table() {
    let html = "<font><table><tr><td>甲</font></td><td>1件</td></tr></table></font><p>乙</p>";
    assert_eq!(text(html), "甲 | 1件 |\n\n乙\n");
}

#[test]
fn numbered_lists_show_their_numbers() {
    let html = "<ol><li>抓学习<ul><li>深</li></ul></li><li>抓落实</ol><ol style='list-style: none'><li>无</ol><ol start=4><li>五、有";
    assert_eq!(text(html), "1. 抓学习\n\n深\n\n2. 抓落实\n\n无\n\n五、有\n");
}

#[test]
fn the_head_tells_what_the_page_does_not() {
    let head = "<meta name=ArticleTitle content='某县2023年法治政府建设情况报告'><meta name='PubDate' content='2024-03-05 10:00'><meta name=ContentSource content=县司法局>";
    assert_eq!(
        text(&format!("{head}<p>正文")),
        "某县2023年法治政府建设情况报告\n发布日期：2024-03-05 10:00  来源：县司法局\n\n正文\n"
    );
    let shown = "<h1>某县2023年 法治政府建设情况报告</h1><p>时间：2024年3月5日 来源：县司法局</p>";
    assert!(text(&format!("{head}{shown}")).starts_with("某县2023年 法治"));
    let window = "<title>某县2023年法治政府建设情况报告_某县人民政府</title><p>正文";
    assert_eq!(text(window), "某县2023年法治政府建设情况报告\n\n正文\n");
    assert_eq!(text("<title>某某县人民政府门户网站</title><p>正文"), "正文\n");
}

#[test]
fn nesting_costs_no_stack_and_no_time() {
    for element in ["div", "table", "table><tr><td", "b", "ul><li", "p", "font"] {
        let html = format!(
            "{}<p>受理470件</p>{}",
            format!("<{element}>").repeat(20_000),
            "</div></b>".repeat(10_000)
        );
        assert_eq!(text(&html).trim(), "受理470件", "{element}");
    }
}
