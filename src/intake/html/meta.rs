//! What a page says about its article outside of its text: title, date and source from the head.
//!
//! The names are those of the state's guide to government sites (国办发〔2017〕47号) and the usual ones beside them.

/// A title in the window's bar needs so many Chinese characters to be one of a report.
const TITLE: usize = 8;

/// The fields of the head that are kept; the first of each counts.
#[derive(Debug, Default)]
pub(super) struct Meta {
    window: String,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
}

impl Meta {
    /// Text of the element `title`.
    pub fn title(&mut self, text: &str) {
        if self.window.len() < 1000 {
            self.window.push_str(text);
        }
    }

    /// A `meta` element: its name in lower case, and its content.
    pub fn field(&mut self, name: &str, content: &str) {
        let content: String = content.split_whitespace().collect::<Vec<_>>().join(" ");
        let field = match name {
            "articletitle" | "og:title" => &mut self.title,
            "pubdate" | "publishdate" | "article:published_time" | "og:release_date" => &mut self.published,
            "contentsource" | "article:source" => &mut self.source,
            _ => return,
        };
        if field.is_none() && !content.is_empty() && content.chars().count() <= 200 {
            *field = Some(content);
        }
    }

    /// The lines that tell what the text does not, in the form that portals use.
    pub fn lines(&self, text: &str) -> String {
        let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let shown = |words: &str| {
            let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
            dense.contains(&words)
        };
        let mut lines = String::new();
        let window = || self.window_title();
        if let Some(title) = self.title.clone().or_else(window).filter(|title| !shown(title)) {
            lines.push_str(&title);
            lines.push('\n');
        }
        let date = self.published.as_deref().filter(|date| !is_shown(date, &dense));
        let source = self.source.as_deref().filter(|source| !shown(source));
        let fields: Vec<String> = [("发布日期", date), ("来源", source)]
            .into_iter()
            .filter_map(|(label, value)| value.map(|value| format!("{label}：{value}")))
            .collect();
        if !fields.is_empty() {
            lines.push_str(&fields.join("  "));
            lines.push('\n');
        }
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines
    }

    /// The article's part of `报告标题_某县人民政府` and the like.
    fn window_title(&self) -> Option<String> {
        let window = self.window.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = window.split(['_', '|']).next().unwrap_or_default();
        let first = first.split(" - ").next().unwrap_or_default().trim();
        let han = first.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count();
        // The name of the site alone is no title.
        let site = ["门户网站", "政府网", "信息网", "官网", "首页"].iter().any(|end| first.ends_with(end));
        (han >= TITLE && !site).then(|| first.to_owned())
    }
}

/// True where the text shows the day in any of the usual forms, or has no day to show.
fn is_shown(date: &str, dense: &str) -> bool {
    let numbers: Vec<&str> =
        date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).take(3).collect();
    let [year, month, day] = numbers[..] else { return true };
    let (month, day) = (month.trim_start_matches('0'), day.trim_start_matches('0'));
    if year.len() != 4 || month.is_empty() || day.is_empty() {
        return true;
    }
    let forms = [
        format!("{year}-{month:0>2}-{day:0>2}"),
        format!("{year}/{month:0>2}/{day:0>2}"),
        format!("{year}.{month:0>2}.{day:0>2}"),
        format!("{year}年{month:0>2}月{day:0>2}日"),
        format!("{year}年{month}月{day}日"),
        format!("{year}-{month}-{day}"),
    ];
    forms.iter().any(|form| dense.contains(form))
}
