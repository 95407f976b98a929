//! Markdown to lines of text: marks of headings, lists and emphasis go, what they mean stays. A line end of the source is one of
//! the text, since who saves a report as Markdown seldom parts its paragraphs by blank lines.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::layout::{self, Layout};

/// Takes the text out of Markdown.
pub(super) fn read(source: &str) -> String {
    let spaced = source.lines().map(spaced).collect::<Vec<_>>().join("\n");
    let mut reader = Reader { layout: Layout::new(), lists: Vec::new(), links: 0, pictures: 0, code: false };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(&spaced, options).for_each(|event| reader.meet(event));
    layout::join(&reader.layout.finish())
}

/// A heading whose mark has no blank behind it is meant as one all the same. Strong words are plain words; by the letter of the
/// standard many of their marks would stay, as it knows no full stop before a mark and a Chinese character behind it.
fn spaced(line: &str) -> String {
    let line = line.replace("**", "");
    let title = line.trim_start_matches('#');
    let marks = line.len() - title.len();
    let meant =
        (1..=6).contains(&marks) && title.starts_with(|c: char| !c.is_whitespace() && !c.is_ascii_digit());
    if meant { format!("{} {title}", &line[..marks]) } else { line }
}

struct Reader {
    layout: Layout,
    /// The next number of each open list; none where its items have none.
    lists: Vec<Option<u64>>,
    /// Open links, and open pictures: their texts are for those who do not see them.
    links: usize,
    pictures: usize,
    code: bool,
}

impl Reader {
    fn meet(&mut self, event: Event<'_>) {
        match event {
            Event::Text(_) | Event::Code(_) if self.pictures > 0 => {}
            Event::Text(text) if self.code => self.layout.verbatim(&text),
            Event::Text(text) | Event::Code(text) => self.layout.text(&text, self.links > 0),
            Event::SoftBreak | Event::HardBreak => self.layout.line_break(),
            Event::Rule => self.layout.paragraph(),
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => {
                self.layout.end_line();
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.layout.marker(Some(format!("{number}.")));
                    *number += 1;
                }
            }
            // None lies inside another, so there is room for it.
            Tag::Table(_) => _ = self.layout.open_table(),
            Tag::TableCell => self.layout.open_cell(),
            Tag::Link { .. } => self.links += 1,
            Tag::Image { .. } => self.pictures += 1,
            Tag::CodeBlock(_) => {
                self.layout.paragraph();
                self.code = true;
            }
            Tag::Paragraph if self.lists.is_empty() => self.layout.paragraph(),
            Tag::Heading { .. } | Tag::BlockQuote(_) => self.layout.paragraph(),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                self.layout.paragraph();
            }
            TagEnd::Item => self.layout.end_line(),
            TagEnd::TableHead | TagEnd::TableRow => self.layout.end_row(),
            TagEnd::Table => self.layout.close_table(),
            TagEnd::Link => self.links -= 1,
            TagEnd::Image => self.pictures -= 1,
            TagEnd::CodeBlock => {
                self.code = false;
                self.layout.paragraph();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) => self.layout.paragraph(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_what_they_mean_stays() {
        let source = "# 某市2023年**法治政府**建设报告\n##一、主要举措\n　　**受理案件470件，**审结343件，\n又343件。见[附件](a.html)。\n\n\
            1. 培训12场\n2. 检查8次\n- 其他\n\n![图5张](b.png)\n\n| 项目 | 件 |\n| --- | --- |\n| 受理 | 47 |\n\n    缩进的第9行\n\n#1号文件";
        assert_eq!(
            read(source),
            "某市2023年法治政府建设报告\n\n一、主要举措\n\n受理案件470件，审结343件，\n又343件。见附件。\n\n1.培训12场\n2.检查8次\n\n其他\n\
             项目 | 件 |\n受理 | 47 |\n\n缩进的第9行\n\n#1号文件\n"
        );
    }

    #[test]
    fn a_plain_text_stays_as_it_is() {
        let text = "某市2023年报告\n\n　　一、受理2*3件，下降5%。\n2023年1月1日\n";
        assert_eq!(read(text), "某市2023年报告\n\n一、受理2*3件，下降5%。\n2023年1月1日\n");
    }
}
