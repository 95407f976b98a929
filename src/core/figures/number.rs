//! Numerals as people write them: `1,234`, `2.1万余`, `3万5千`, `一千零二十`, `百分之九十八点五`, `三分之二`.

use rust_decimal::Decimal;

use crate::core::span::Span;

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Begins with an Arabic digit.
    Arabic,
    /// Begins with a Chinese numeral.
    Chinese,
}

/// What the numeral says beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A plain number; a measure word may follow.
    Plain,
    /// A percentage in words or signs: the unit is settled as `%`.
    Percent,
    /// The same for `‰`.
    Permille,
    /// A share: 三分之二, 半数. It has no unit.
    Share,
}

/// A numeral at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// From its first to behind its last character, scale words and a 余 between them included.
    pub span: Span,
    /// Its value with scales applied.
    pub value: Decimal,
    /// How it is written.
    pub script: Script,
    /// Percentage, share or plain.
    pub form: Form,
    /// 余 or 多 stands inside or behind it.
    pub more: bool,
    /// Only scale words, no digit before them: 百, 千, 万 (近百名).
    pub bare_scale: bool,
}

/// The value of a Chinese digit. 两 counts as two, 〇 and ○ as zero.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn small_scale(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        _ => return None,
    })
}

fn big_scale(c: char) -> Option<u64> {
    Some(match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// True for any character that a Chinese numeral may begin with.
pub fn is_chinese_numeral(c: char) -> bool {
    digit(c).is_some() || small_scale(c).is_some() || big_scale(c).is_some()
}

/// 余 or 多, where it means "and more".
pub fn is_more(c: char) -> bool {
    matches!(c, '余' | '多')
}

/// Reads the numeral that begins at `at` in folded text; none where there is none.
pub fn read(text: &[char], at: usize) -> Option<Numeral> {
    let first = *text.get(at)?;
    if first.is_ascii_digit() {
        return Some(arabic(text, at));
    }
    share(text, at).or_else(|| chinese(text, at))
}

/// Digits with separators, scales and 余: `1,234`, `12 345`, `2.1万余`, `3万5千余`, `10余万`.
fn arabic(text: &[char], at: usize) -> Numeral {
    let (mut value, mut end) = digits(text, at);
    let mut more = false;
    // 27.4 万元: some pages set blanks around their numbers.
    let blanks = text[end..].iter().take(2).take_while(|c| **c == ' ').count();
    if blanks > 0 && text.get(end + blanks).is_some_and(|&c| matches!(c, '万' | '亿')) {
        end += blanks;
    }
    // 10余万: the 余 stands between digits and scale.
    if text.get(end).is_some_and(|&c| is_more(c))
        && text.get(end + 1).is_some_and(|&c| is_scale(text, end + 1, c))
    {
        more = true;
        end += 1;
    }
    let mut total = Decimal::ZERO;
    let mut scaled = false;
    while let Some(&c) = text.get(end) {
        if !is_scale(text, end, c) {
            break;
        }
        let scale = Decimal::from(big_scale(c).or(small_scale(c)).unwrap_or(1));
        value = value.saturating_mul(scale);
        end += 1;
        scaled = true;
        // 3万5千: another digit with a smaller scale follows at once.
        if let Some((next, next_end)) = lower_part(text, end, scale) {
            total = total.saturating_add(value);
            value = next;
            end = next_end;
        }
    }
    if !total.is_zero() {
        value = total.saturating_add(value);
    }
    let behind = end + text[end..].iter().take(2).take_while(|c| **c == ' ').count();
    if text.get(behind).is_some_and(|&c| is_more(c)) && !(scaled && more) {
        more = true;
        end = behind + 1;
    }
    let mut numeral = Numeral {
        span: Span::new(at, end),
        value,
        script: Script::Arabic,
        form: Form::Plain,
        more,
        bare_scale: false,
    };
    close_with_sign(text, &mut numeral);
    numeral
}

/// A scale word that belongs to the number: not the 千 of 千米 and 千克, not the 百 of 百姓.
fn is_scale(text: &[char], at: usize, c: char) -> bool {
    match c {
        '万' | '亿' => true,
        '千' => !matches!(text.get(at + 1), Some('米' | '克' | '瓦' | '伏')),
        '百' => text.get(at + 1).is_some_and(|&c| matches!(c, '万' | '余' | '多')),
        _ => false,
    }
}

/// The `5千` of `3万5千`: digits with a scale below `above`.
fn lower_part(text: &[char], at: usize, above: Decimal) -> Option<(Decimal, usize)> {
    if !text.get(at)?.is_ascii_digit() {
        return None;
    }
    let (value, end) = digits(text, at);
    let scale = Decimal::from(text.get(end).and_then(|&c| small_scale(c).or(big_scale(c)))?);
    (scale < above).then_some((value, end))
}

/// The sign behind the number settles its unit.
fn close_with_sign(text: &[char], numeral: &mut Numeral) {
    let mut at = numeral.span.end;
    while text.get(at) == Some(&' ') {
        at += 1;
    }
    match text.get(at) {
        Some('%') => numeral.form = Form::Percent,
        Some('‰') => numeral.form = Form::Permille,
        _ => return,
    }
    numeral.span.end = at + 1;
}

/// A number of more digits is a name; what is left of it is read as another one.
const MOST_SIGNS: usize = 20;

/// Digits with thousands separators, a point, and blanks or one line end inside.
fn digits(text: &[char], at: usize) -> (Decimal, usize) {
    let mut end = at;
    // What is written, as a whole number; how many of its digits stand behind the point; how many signs it has.
    let (mut whole, mut decimals, mut signs) = (0i128, None::<u32>, 0);
    while signs <= MOST_SIGNS {
        match text.get(end) {
            Some(c) if c.is_ascii_digit() => {
                whole = whole * 10 + i128::from(*c as u32 - '0' as u32);
                decimals = decimals.map(|n| n + 1);
                signs += 1;
            }
            Some('.') if decimals.is_none() && signs > 0 && digit_at(text, end + 1) => {
                decimals = Some(0);
                signs += 1;
            }
            Some(',') if decimals.is_none() && thousands(text, at, end) => {}
            Some(c) if c.is_whitespace() => match joined(text, at, end, decimals.is_some()) {
                Some(next) => {
                    end = next;
                    continue;
                }
                None => break,
            },
            _ => break,
        }
        end += 1;
    }
    (Decimal::from_i128_with_scale(whole, decimals.unwrap_or(0)), end)
}

fn digit_at(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(char::is_ascii_digit)
}

/// A comma is a separator where one to three digits stand before it and exactly three behind.
fn thousands(text: &[char], start: usize, comma: usize) -> bool {
    let before = text[start..comma].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let behind = text[comma + 1..].iter().take(4).take_while(|c| c.is_ascii_digit()).count();
    (1..=3).contains(&before) && behind == 3
}

/// Where a number goes on behind blanks or a line end: `1 234件`, `3 4个`, `12\n3件`. The digits behind must end
/// in something that a number ends in, and must not be a date or the next column of a table.
fn joined(text: &[char], start: usize, blank: usize, point: bool) -> Option<usize> {
    let mut next = blank;
    let mut breaks = 0;
    while let Some(c) = text.get(next).filter(|c| c.is_whitespace()) {
        breaks += usize::from(*c == '\n');
        next += 1;
    }
    if !digit_at(text, next) || next - blank > 2 || breaks > 1 || point {
        return None;
    }
    let behind = text[next..].iter().take_while(|c| c.is_ascii_digit()).count();
    let first = text[start..blank].iter().all(char::is_ascii_digit);
    let follower = *text.get(next + behind)?;
    let measured = !follower.is_whitespace() && !follower.is_ascii() || matches!(follower, '%' | '.' | ',');
    let dated = matches!(follower, '年' | '月' | '日' | '号' | '时' | '点');
    // A number alone on its line is a table cell; one that continues a sentence is not.
    let in_sentence = start > 0 && !text[start - 1].is_whitespace() && text[start - 1] != '|';
    let short = blank - start <= 3 && behind <= 3;
    (first && measured && !dated && in_sentence && short).then_some(next)
}

/// 百分之…, 千分之…, 三分之二, 半数; also 九成.
fn share(text: &[char], at: usize) -> Option<Numeral> {
    let numeral = |end: usize, value: Decimal, form: Form| {
        Some(Numeral {
            span: Span::new(at, end),
            value,
            script: Script::Chinese,
            form,
            more: false,
            bare_scale: false,
        })
    };
    if matches!(text[at..], ['百' | '千', '分', '之', ..]) {
        let form = if text[at] == '百' { Form::Percent } else { Form::Permille };
        let part = if digit_at(text, at + 3) { digits(text, at + 3) } else { spoken(text, at + 3)? };
        return numeral(part.1, part.0, form);
    }
    if matches!(text[at..], ['半', '数', ..]) {
        return numeral(at + 2, Decimal::new(5, 1), Form::Share);
    }
    let (whole, end) = spoken(text, at)?;
    if matches!(text[end..], ['分', '之', ..]) && whole > Decimal::ONE {
        let (part, end) = spoken(text, end + 2)?;
        return numeral(end, (part / whole).round_dp(4), Form::Share);
    }
    if text.get(end) == Some(&'成') && whole < Decimal::TEN && tenths_end(text, end + 1) {
        return numeral(end + 1, whole * Decimal::TEN, Form::Percent);
    }
    None
}

/// Behind 九成 stands a bound, 的 or a stop, not the rest of a word (一成立).
fn tenths_end(text: &[char], at: usize) -> bool {
    starts(text, at, "以上")
        || starts(text, at, "左右")
        || text.get(at).is_none_or(|&c| matches!(c, '的' | ',' | '。' | ';' | '、' | '多'))
}

fn starts(text: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| text.get(at + i) == Some(&c))
}

/// A Chinese numeral with a decimal part: 九十八点五.
fn spoken(text: &[char], at: usize) -> Option<(Decimal, usize)> {
    let (whole, mut end) = chinese_whole(text, at)?;
    let mut value = Decimal::from(whole);
    if text.get(end) == Some(&'点') && text.get(end + 1).copied().and_then(digit).is_some() {
        end += 1;
        let mut place = Decimal::ONE;
        while let Some(d) = text.get(end).copied().and_then(digit) {
            place /= Decimal::TEN;
            value += Decimal::from(d) * place;
            end += 1;
        }
    }
    Some((value, end))
}

/// 一千零二十, 两万三千, 十; the number and where it ends.
fn chinese_whole(text: &[char], at: usize) -> Option<(u64, usize)> {
    let (mut total, mut section, mut current) = (0u64, 0u64, None::<u64>);
    let mut end = at;
    while let Some(&c) = text.get(end) {
        if let Some(d) = digit(c) {
            // Two digits side by side are no number (八五, 一二三) unless a zero links them.
            if current.is_some_and(|previous| previous != 0) {
                return None;
            }
            current = Some(u64::from(d));
        } else if let Some(scale) = small_scale(c) {
            section =
                section.checked_add(current.take().filter(|&n| n != 0).unwrap_or(1).checked_mul(scale)?)?;
        } else if let Some(scale) = big_scale(c) {
            section += current.take().unwrap_or(0);
            total = total.checked_add(section.max(1).checked_mul(scale)?)?;
            section = 0;
        } else {
            break;
        }
        end += 1;
        if end - at > 16 {
            return None;
        }
    }
    (end > at).then_some((total + section + current.unwrap_or(0), end))
}

fn chinese(text: &[char], at: usize) -> Option<Numeral> {
    if !is_chinese_numeral(text[at]) {
        return None;
    }
    let (value, mut end) = spoken(text, at)?;
    let bare_scale = digit(text[at]).is_none() && text[at] != '十';
    let mut more = false;
    if text.get(end).is_some_and(|&c| is_more(c)) {
        more = true;
        end += 1;
        // 十余万, 百多万
        if let Some(scale) = text.get(end).copied().and_then(big_scale) {
            let value = value * Decimal::from(scale);
            let span = Span::new(at, end + 1);
            return Some(Numeral {
                span,
                value,
                script: Script::Chinese,
                form: Form::Plain,
                more,
                bare_scale,
            });
        }
    }
    Some(Numeral {
        span: Span::new(at, end),
        value,
        script: Script::Chinese,
        form: Form::Plain,
        more,
        bare_scale,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, start: usize) -> (String, String, bool) {
        let chars: Vec<char> = text.chars().collect();
        let n = read(&chars, start).unwrap_or_else(|| panic!("no numeral in {text:?}"));
        (chars[n.span.start..n.span.end].iter().collect(), n.value.normalize().to_string(), n.more)
    }

    #[test]
    fn numerals_have_their_values() {
        for (text, raw, value, more) in [
            ("1,234份", "1,234", "1234", false),
            ("2.1万余条", "2.1万余", "21000", true),
            ("3万5千余份", "3万5千余", "35000", true),
            ("10余万件", "10余万", "100000", true),
            ("1000亿余元", "1000亿余", "100000000000", true),
            ("98.5%", "98.5%", "98.5", false),
            ("一千零二十人", "一千零二十", "1020", false),
            ("两千三百余件", "两千三百余", "2300", true),
            ("二十万人", "二十万", "200000", false),
            ("十余次", "十余", "10", true),
            ("三十多个", "三十多", "30", true),
            ("百分之九十八点五", "百分之九十八点五", "98.5", false),
            ("三分之二的", "三分之二", "0.6667", false),
            ("九成以上", "九成", "90", false),
            ("3千米", "3", "3", false),
        ] {
            assert_eq!(at(text, 0), (raw.to_owned(), value.to_owned(), more), "{text}");
        }
    }

    #[test]
    fn numbers_are_joined_over_blanks_only_inside_a_sentence() {
        assert_eq!(at("受理1 234件", 2).1, "1234");
        assert_eq!(at("案件12\n3件", 2).1, "123");
        assert_eq!(at("建村3 4个", 2).1, "34");
        assert_eq!(at("12\n34\n56", 0).1, "12");
        assert_eq!(at("附件1 2022年", 2).1, "1");
    }

    #[test]
    fn names_made_of_digits_are_no_numbers() {
        let chars: Vec<char> = "八五普法".chars().collect();
        assert!(read(&chars, 0).is_none());
    }
}
