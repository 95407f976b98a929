//! Plain reports as web pages, in the three ways that portals build them.

/// One line of a plain report.
pub enum Piece<'a> {
    Blank,
    Line(&'a str),
    Row(Vec<&'a str>),
}

/// The lines of a report; those of several cells are rows of a table.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    text.lines()
        .map(|line| {
            let cells: Vec<&str> = line.trim_end().trim_end_matches('|').split('|').map(str::trim).collect();
            let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
            let short = line.chars().count() < 200;
            match line.trim() {
                "" => Piece::Blank,
                _ if filled >= 3 && short => Piece::Row(cells),
                line => Piece::Line(line),
            }
        })
        .collect()
}

/// Puts the pieces of a report on pages.
pub trait Setter {
    /// A paragraph.
    fn paragraph(&mut self, text: &str);

    /// Rows that follow one another.
    fn table(&mut self, rows: &[Vec<&str>]);
}

/// Hands a report to a setter.
pub fn set(text: &str, setter: &mut impl Setter) {
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Row(cells) = piece {
            rows.push(cells);
            continue;
        }
        setter.table(&std::mem::take(&mut rows));
        if let Piece::Line(line) = piece {
            setter.paragraph(line.trim_matches(['\u{3000}', ' ']));
        }
    }
    setter.table(&rows);
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A table around rows that follow one another.
pub fn blocks(
    text: &str,
    row: impl Fn(&[&str]) -> String,
    line: impl Fn(&str) -> String,
    blank: &str,
) -> String {
    let mut html = String::new();
    let mut in_table = false;
    for piece in pieces(text) {
        let is_row = matches!(piece, Piece::Row(_));
        if is_row != in_table {
            html += if is_row { "<table border=1>\n" } else { "</table>\n" };
            in_table = is_row;
        }
        html += &match piece {
            Piece::Row(cells) => row(&cells),
            Piece::Line(text) => line(text),
            Piece::Blank => blank.to_owned(),
        };
    }
    html + if in_table { "</table>" } else { "" }
}

/// A portal of today: meta tags, menus, a hidden box for phones, scripts, a footer.
pub fn portal(text: &str) -> String {
    let cells = |cells: &[&str]| {
        let cells: String = cells.iter().map(|cell| format!("<td><p>{}</p></td>", escaped(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let article =
        blocks(text, cells, |line| format!("<p style=\"text-indent:2em\">{}</p>\n", escaped(line)), "");
    let menu: String = ["首页", "政务公开", "办事服务", "互动交流", "数据开放", "走进本县", "专题专栏"]
        .map(|item| format!("<li><a href=\"/{item}\">{item}</a></li>"))
        .concat();
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>网页_门户网站</title>\
         <script>var visits = \"访问 99 人次\"; if (a < b) document.write('<p>办理 77 件</p>');</script>\
         <style>p {{ margin: 8px }}</style></head><body><nav><ul>{menu}</ul></nav>\
         <div style=\"display: none\"><p>共办理案件 55 件。</p></div><noscript>请启用脚本 33 次</noscript>\
         <div class=\"article\">{article}</div>\
         <footer><ul>{menu}</ul><p>版权所有：某县人民政府　网站标识码：1234567890</p></footer></body></html>"
    )
}

/// A page of the year 2005: tables inside tables, no end tags, `<br>` and blanks for paragraphs, lines broken anywhere.
pub fn tables(text: &str, charset: &str) -> String {
    let cells = |cells: &[&str]| {
        let cells: String = cells.iter().map(|cell| format!("<TD align=center>{}", escaped(cell))).collect();
        format!("<TR>{cells}\n")
    };
    let line = |line: &str| {
        let broken: String = escaped(line)
            .chars()
            .enumerate()
            .map(|(i, c)| if i % 60 == 59 && c > '\u{4e00}' { format!("{c}\n") } else { c.to_string() })
            .collect();
        format!("&nbsp;&nbsp;&nbsp;&nbsp;<FONT size=3>{broken}</FONT><BR>\n")
    };
    let article = blocks(text, cells, line, "&nbsp;<BR>");
    format!(
        "<HTML><HEAD><META http-equiv=Content-Type content=\"text/html; charset={charset}\"></HEAD>\
         <BODY><CENTER><TABLE width=980><TR><TD colspan=3><IMG src=top.gif>\
         <TR><TD width=180><TABLE><TR><TD><A href=1.asp>机构设置</A><TR><TD><A href=2.asp>工作动态</A></TABLE>\
         <TD width=5>&nbsp;<TD><TABLE><TR><TD class=text>{article}</TABLE></TABLE></CENTER></BODY></HTML>"
    )
}

/// Pasted from a word processor: headings as such, numbers in spans of their own, bold runs, a list of other articles.
pub fn pasted(text: &str) -> String {
    let cells = |cells: &[&str]| {
        let cells: String =
            cells.iter().map(|cell| format!("<td><span>{}</span></td>", spans(cell))).collect();
        format!("<tbody><tr>{cells}</tr></tbody>\n")
    };
    let line = |line: &str| {
        if line.trim_start().starts_with(['一', '二', '三', '四', '五', '（']) && line.chars().count() < 40
        {
            format!("<h3><strong>{}</strong></h3>\n", spans(line))
        } else {
            format!("<div><p class=MsoNormal><o:p></o:p>{}</p></div>\n", spans(line))
        }
    };
    let article = blocks(text, cells, line, "<p>&nbsp;</p>");
    let others: String = (1..8)
        .map(|i| format!("<li><a href=\"{i}.html\">某局开展第{i}期培训，120余人参加</a></li>"))
        .collect();
    format!(
        "<html><head><title></title></head><body><div id=a><div id=b><section>{article}</section></div>\
         <div hidden>共 44 件</div><ul>{others}</ul></div></body></html>"
    )
}

/// Each number in a span, as word processors write it.
fn spans(line: &str) -> String {
    let mut html = String::new();
    let mut in_number = false;
    for c in escaped(line).chars() {
        if c.is_ascii_digit() != in_number {
            html += if in_number { "</span>" } else { "<span lang=EN-US style='font-family:仿宋'>" };
            in_number = !in_number;
        }
        html.push(c);
    }
    html + if in_number { "</span>" } else { "" }
}
