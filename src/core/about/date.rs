//! Dates and years as pages write them.

use crate::core::section::marker::han_number;

/// A date of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// So many titles are looked at for the year of a plan,
const PLANS: usize = 40;
/// and none that is longer.
const LONGEST_TITLE: usize = 40;

const YEARS: std::ops::RangeInclusive<u16> = 1990..=2099;

/// The date that folded `chars` begin with, and its length: 2024-02-29, 2024/2/29, 2024年2月29日, 二〇二四年二月二十九日, 20240229.
pub fn date_at(chars: &[char]) -> Option<(Date, usize)> {
    let (year, mut at) = year_number(chars)?;
    let separator = *chars.get(at)?;
    let closing = match separator {
        '年' => Some('月'),
        '-' | '/' | '.' => Some(separator),
        _ => None,
    }?;
    at += 1 + blanks(&chars[at + 1..]);
    let (month, len) = small_number(&chars[at..])?;
    at += len + blanks(&chars[at + len..]);
    if *chars.get(at)? != closing {
        return None;
    }
    at += 1 + blanks(&chars[at + 1..]);
    let (day, len) = small_number(&chars[at..])?;
    at += len;
    let good = (1..=12).contains(&month) && (1..=31).contains(&day);
    good.then_some((Date { year, month: month as u8, day: day as u8 }, at))
}

/// The first date in `chars`, and where it begins.
pub fn first_date(chars: &[char]) -> Option<(Date, usize)> {
    (0..chars.len())
        .filter(|&i| begins_number(chars, i))
        .find_map(|i| date_at(&chars[i..]).map(|(date, _)| (date, i)))
}

/// The year that `chars` begin with and its length, with 年 behind it: 2023年, 二〇二三年. Where a month follows it is
/// a date and no year.
pub fn year_at(chars: &[char]) -> Option<(u16, usize)> {
    let (year, len) = year_number(chars)?;
    let end = len + blanks(&chars[len..]);
    (chars.get(end) == Some(&'年') && date_at(chars).is_none()).then_some((year, end + 1))
}

/// The first year in `chars` that stands outside 《》, and where.
pub fn first_year(chars: &[char]) -> Option<(u16, usize)> {
    years(chars).next()
}

/// The first year that opens a line or is what is reported on: 2023年,…; 现将2023年…报告如下.
pub fn leading_year(chars: &[char]) -> Option<(u16, usize)> {
    years(chars).find(|&(_, at)| {
        let before = chars[..at].iter().rev().find(|c| !matches!(c, ' ' | '\u{3000}'));
        matches!(before, None | Some('\n' | '将' | '把' | '就'))
    })
}

/// The year that the text opens with, where it tells of what came since: 2025年以来,….
pub fn since_year(chars: &[char]) -> Option<(u16, usize)> {
    let (year, len) = year_at(chars)?;
    chars[len..].starts_with(&['以', '来']).then_some((year, 0))
}

/// The year that a heading names: 一、2023年主要工作.
pub fn headed_year(chars: &[char]) -> Option<(u16, usize)> {
    let heading = |line: &&[char]| {
        let mut line = line.iter().filter(|c| !matches!(c, ' ' | '\u{3000}'));
        line.next() == Some(&'一') && matches!(line.next(), Some('、' | ',' | '.'))
    };
    let title = |line: &[char]| line.iter().position(|c| *c == '。').unwrap_or(line.len());
    chars.split(|c| *c == '\n').filter(heading).find_map(|line| first_year(&line[..title(line)]))
}

/// The year of a plan that is named: 《某县2024年法治政府建设工作要点》 was made for the year reported on.
pub fn planned_year(chars: &[char]) -> Option<(u16, usize)> {
    let titles = chars.iter().enumerate().filter(|(_, c)| **c == '《').map(|(at, _)| at + 1);
    titles.take(PLANS).find_map(|start| {
        let rest = &chars[start..];
        let title = &rest[..rest.iter().take(LONGEST_TITLE).position(|&c| c == '》')?];
        if !matches!(title, [.., '要', '点'] | [.., '计', '划'] | [.., '安', '排']) {
            return None;
        }
        let at = (0..title.len()).find(|&at| begins_number(title, at) && year_at(&title[at..]).is_some())?;
        let (year, len) = year_at(&title[at..])?;
        let single = !matches!(title[at + len..], ['至' | '到' | '-' | '~' | '以', ..])
            && !matches!(at.checked_sub(1).map(|before| title[before]), Some('-' | '~' | '至' | '到'));
        single.then_some((year, start + at))
    })
}

/// The single years in `chars` that stand outside 《》, and where.
fn years(chars: &[char]) -> impl Iterator<Item = (u16, usize)> + '_ {
    let mut depth = 0usize;
    chars.iter().enumerate().filter_map(move |(i, &c)| {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            // A title that was never closed ends with its line.
            '\n' => depth = 0,
            _ if depth == 0 && begins_number(chars, i) => {
                // 2021年以来, 2021年至2025年, …-2025年 are no single year.
                if let Some((year, len)) = year_at(&chars[i..])
                    && !matches!(chars[i + len..], ['以', '来', ..] | ['至' | '到' | '-' | '~' | '起', ..])
                    && !opens_range(&chars[i + len..])
                    && !matches!(i.checked_sub(1).map(|b| chars[b]), Some('-' | '~' | '至'))
                {
                    return Some((year, i));
                }
            }
            _ => {}
        }
        None
    })
}

/// Behind a year: 1月至2025年…, which is more than that year.
fn opens_range(behind: &[char]) -> bool {
    let digits = behind.iter().take_while(|c| c.is_ascii_digit()).count();
    let rest = behind.get(digits..).unwrap_or_default();
    let to = matches!(rest, ['月', '至' | '到' | '-' | '~', ..]);
    (1..=2).contains(&digits) && to && year_at(&rest[2..]).is_some()
}

fn begins_number(chars: &[char], i: usize) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || matches!(c, '二' | '一');
    numeral(chars[i]) && (i == 0 || !chars[i - 1].is_ascii_digit())
}

/// 2023 or 二〇二三, within the years of this genre.
fn year_number(chars: &[char]) -> Option<(u16, usize)> {
    let digits = chars.get(..4)?;
    let value = |&c: &char| match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '〇' | '○' | '零' | 'O' | 'o' => Some(0),
        c => "一二三四五六七八九".chars().position(|n| n == c).map(|i| i as u16 + 1),
    };
    let year = digits.iter().try_fold(0u16, |year, c| Some(year * 10 + value(c)?))?;
    let closed = !chars.get(4).is_some_and(char::is_ascii_digit);
    (YEARS.contains(&year) && closed).then_some((year, 4))
}

fn small_number(chars: &[char]) -> Option<(u32, usize)> {
    let len = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    match len {
        0 => han_number(chars),
        1 | 2 => Some((chars[..len].iter().fold(0, |n, &c| n * 10 + (c as u32 - '0' as u32)), len)),
        _ => None,
    }
}

fn blanks(chars: &[char]) -> usize {
    chars.iter().take_while(|&&c| c == ' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    #[test]
    fn every_written_form_is_read() {
        for s in [
            "2024-02-29 11:14",
            "2024/2/29",
            "2024.02.29",
            "2024年2月29日",
            "2024 年 2 月 29 日",
            "二〇二四年二月二十九日",
        ] {
            let got = date_at(&chars(&s.replace("2024 年", "2024年")));
            assert_eq!(got.map(|(date, _)| date.to_string()).as_deref(), Some("2024-02-29"), "{s}");
        }
        for s in ["2024年2月", "2024-13-01", "12024-01-01", "0243-01-01"] {
            assert_eq!(date_at(&chars(s)), None, "{s}");
        }
    }

    #[test]
    fn a_plan_names_the_year_that_it_was_made_for() {
        let year = |s| planned_year(&chars(s)).map(|(year, _)| year);
        assert_eq!(year("印发《某县2024年法治政府建设工作要点》,明确7项任务"), Some(2024));
        assert_eq!(year("落实《条例(2019年修订)》,制定《2023年度普法依法治理工作计划》"), Some(2023));
        for none in
            ["《法治政府建设实施纲要(2021-2025年)》", "《2021年至2025年工作计划》", "《2024年工作要点"]
        {
            assert_eq!(year(none), None, "{none}");
        }
    }

    #[test]
    fn years_inside_titles_and_dates_are_passed_over() {
        assert_eq!(first_year(&chars("按《纲要(2021年版)》,2024年2月29日,2023年度")), Some((2023, 25)));
        assert_eq!(first_year(&chars("2021年以来,2018-2020年,2022年度")), Some((2022, 19)));
        assert_eq!(first_year(&chars("2021 年以来,2022 年度")), Some((2022, 9)));
        assert_eq!(first_year(&chars("二○二三年度")), Some((2023, 0)));
        assert_eq!(first_year(&chars("12023年")), None);
    }
}
