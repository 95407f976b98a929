//! Files that their names tell to be parts of one document: …（一）.txt and …（二）.txt, 上 and 下, part1 and part2, the pages of a
//! portal. Names only: whether the texts go on where the one before ends is told by who reads them.

use std::collections::BTreeMap;

use super::walk::Source;

/// More files than this are a series of reports, not the parts of one.
const MOST: usize = 20;

/// Files that may be one document, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Indices into the list of files.
    pub files: Vec<usize>,
    /// True where the names say part, page, 上 or the like, and not only a number.
    pub said: bool,
}

/// What a name tells about the part that it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Numbered {
    /// The name without what counts the part.
    base: String,
    form: Form,
    number: u32,
}

/// How parts are counted. The parts of one document are counted alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// 上, 中, 下.
    Places,
    /// 第一部分, part 1, （一）, 1 of 3.
    Said,
    /// _1, (1).
    Bare,
}

/// Where a file lies: the given path, the folder, the ending.
type Place<'a> = (usize, &'a str, String);

/// The groups among `files`. No file is in two of them.
pub fn groups(files: &[Source]) -> Vec<Group> {
    let mut counted: BTreeMap<(Place<'_>, String, Form), Vec<(u32, usize)>> = BTreeMap::new();
    let mut named: BTreeMap<(Place<'_>, String), usize> = BTreeMap::new();
    for (i, source) in files.iter().enumerate() {
        let (folder, name) = source.name.rsplit_once('/').unwrap_or(("", &source.name));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let place = (source.root, folder, ending.to_lowercase());
        let stem = folded(stem);
        if let Some(Numbered { base, form, number }) = numbered(&stem) {
            counted.entry((place.clone(), base, form)).or_default().push((number, i));
        }
        named.insert((place, stem), i);
    }
    let mut groups: Vec<Group> = counted
        .into_iter()
        .filter_map(|((place, base, form), parts)| group(named.get(&(place, base)).copied(), form, parts))
        .collect();
    groups.sort_by_key(|group| group.files[0]);
    let mut taken = vec![false; files.len()];
    groups.retain(|group| {
        let free = group.files.iter().all(|&i| !taken[i]);
        group.files.iter().filter(|_| free).for_each(|&i| taken[i] = true);
        free
    });
    groups
}

/// Files that are counted in one way and no number is missing; `bare` is the file of the same name without a number.
fn group(bare: Option<usize>, form: Form, mut parts: Vec<(u32, usize)>) -> Option<Group> {
    parts.sort_unstable();
    let numbers: Vec<u32> = parts.iter().map(|&(number, _)| number).collect();
    // The first page has no number: report.html, report_2.html.
    let first = bare.filter(|_| form != Form::Places && runs_from(&numbers, &[1, 2]));
    let all = match form {
        Form::Places => matches!(numbers[..], [1, 3] | [1, 2, 3]),
        Form::Said | Form::Bare => first.is_some() || runs_from(&numbers, &[1]),
    };
    let files: Vec<usize> = first.into_iter().chain(parts.into_iter().map(|(_, i)| i)).collect();
    (all && (2..=MOST).contains(&files.len())).then_some(Group { files, said: form != Form::Bare })
}

/// True for one number after the other, from one of `starts`.
fn runs_from(numbers: &[u32], starts: &[u32]) -> bool {
    numbers.first().is_some_and(|first| starts.contains(first))
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

/// Half-width and lower case, so that every form is looked for once.
fn folded(stem: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '【' | '〔' | '〖' => '(',
        '】' | '〕' | '〗' => ')',
        '[' => '(',
        ']' => ')',
        '\u{3000}' => ' ',
        '—' | '–' => '-',
        c => c,
    };
    stem.chars().map(half).flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}

fn numbered(stem: &str) -> Option<Numbered> {
    let chars: Vec<char> = stem.chars().collect();
    if chars.last() == Some(&')') {
        let open = chars.iter().rposition(|&c| c == '(')?;
        let inner: Vec<char> = chars[open + 1..chars.len() - 1].to_vec();
        let found = tail(&inner).filter(|found| found.len == inner.len());
        let han = inner.iter().all(|&c| numeral(c).is_some());
        return found.and_then(|Tail { form, number, .. }| {
            let form = if form == Form::Bare && han { Form::Said } else { form };
            part(&chars[..open], form, number)
        });
    }
    let Tail { form, number, len } = tail(&chars)?;
    let before = &chars[..chars.len() - len];
    let fits = match (form, before.last()) {
        // 2023 and v1 are no parts; 报告2 and 报告_2 may be some.
        (Form::Bare, Some(&c)) => is_separator(c) || !c.is_ascii_alphanumeric(),
        (Form::Said, Some(&c)) => !c.is_ascii_alphabetic(),
        (Form::Bare, None) => false,
        (Form::Places | Form::Said, _) => true,
    };
    fits.then(|| part(before, form, number))?
}

fn part(before: &[char], form: Form, number: u32) -> Option<Numbered> {
    let end = before.iter().rposition(|&c| !is_separator(c)).map_or(0, |last| last + 1);
    // A bare number alone is a name like any other.
    let named = end > 0 || form != Form::Bare;
    named.then(|| Numbered { base: before[..end].iter().collect(), form, number })
}

fn is_separator(c: char) -> bool {
    matches!(c, '_' | '-' | ' ' | '.' | '·' | '~' | ',' | '、' | '+')
}

/// What counts the part at the end of a name, and how many characters it takes.
struct Tail {
    form: Form,
    number: u32,
    len: usize,
}

const BEHIND: &[&str] = &["半部分", "部分", "分册", "篇", "页", "册", "集", "卷", "段"];
const BEFORE: &[&str] = &["part", "page", "pt", "第", "之"];

fn tail(chars: &[char]) -> Option<Tail> {
    let behind =
        BEHIND.iter().map(|word| word.chars().collect::<Vec<_>>()).find(|word| chars.ends_with(word));
    let behind = behind.map_or(0, |word| word.len());
    let inner = &chars[..chars.len() - behind];
    let place = inner.last().and_then(|c| ['上', '中', '下'].iter().position(|place| place == c));
    if let Some(place) = place {
        return Some(Tail { form: Form::Places, number: place as u32 + 1, len: behind + 1 });
    }
    if behind == 0 && inner.last() == Some(&'续') {
        return Some(Tail { form: Form::Said, number: 2, len: 1 });
    }
    let (number, digits) = number_at_end(inner)?;
    // 1of3: the first of the two numbers counts.
    let of = trimmed(&inner[..inner.len() - digits]).strip_suffix(&['o', 'f']).map(trimmed);
    if let Some((first, len)) = of.and_then(number_at_end).filter(|&(first, _)| first <= number) {
        let start = of.map_or(0, <[char]>::len) - len;
        return Some(Tail { form: Form::Said, number: first, len: chars.len() - start });
    }
    let rest = trimmed(&inner[..inner.len() - digits]);
    let before = BEFORE.iter().map(|word| word.chars().collect::<Vec<_>>()).find(|word| rest.ends_with(word));
    Some(match before {
        Some(word) => Tail { form: Form::Said, number, len: chars.len() - (rest.len() - word.len()) },
        None if behind > 0 => Tail { form: Form::Said, number, len: behind + digits },
        None => Tail { form: Form::Bare, number, len: digits },
    })
}

fn trimmed(chars: &[char]) -> &[char] {
    let end = chars.iter().rposition(|&c| !is_separator(c)).map_or(0, |last| last + 1);
    &chars[..end]
}

/// One or two digits, or a Han numeral up to 二十, and how many characters it takes.
fn number_at_end(chars: &[char]) -> Option<(u32, usize)> {
    let digits = chars.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        let written: String = chars[chars.len() - digits..].iter().collect();
        return (digits <= 2).then(|| written.parse().ok())?.map(|number| (number, digits));
    }
    match *chars {
        [.., '二', '十'] => Some((20, 2)),
        [.., '十', unit] if numeral(unit).is_some_and(|unit| unit < 10) => Some((10 + numeral(unit)?, 2)),
        [.., unit] => numeral(unit).map(|number| (number, 1)),
        [] => None,
    }
}

fn numeral(c: char) -> Option<u32> {
    "一二三四五六七八九十".chars().position(|numeral| numeral == c).map(|place| place as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str]) -> Vec<(Vec<String>, bool)> {
        let source = |name: &&str| Source {
            path: name.into(),
            name: (*name).to_owned(),
            named: false,
            root: 0,
            member: None,
            rest: Vec::new(),
        };
        let files: Vec<Source> = names.iter().map(source).collect();
        let names = |group: &Group| group.files.iter().map(|&i| files[i].name.clone()).collect();
        groups(&files).iter().map(|group| (names(group), group.said)).collect()
    }

    #[test]
    fn names_that_count_parts_make_a_group() {
        for (names, said) in [
            (&["某市2023年报告（一）.txt", "某市2023年报告（二）.txt"][..], true),
            (&["报告(上).docx", "报告(中).docx", "报告(下).docx"], true),
            (&["某县报告上.txt", "某县报告下.txt"], true),
            (&["2023/报告上半部分.txt", "2023/报告下半部分.txt"], true),
            (&["报告 第一部分.pdf", "报告 第二部分.pdf", "报告 第三部分.pdf"], true),
            (&["report-part1.html", "report-part2.html"], true),
            (&["Report Page 1.TXT", "Report Page 2.txt"], true),
            (&["报告1of2.txt", "报告2of2.txt"], true),
            (&["报告 1 of 2.txt", "报告 2 of 2.txt"], true),
            (&["报告.txt", "报告（续）.txt"], true),
            (&["第1页.html", "第2页.html"], true),
            (&["t20240105_8812.html", "t20240105_8812_1.html", "t20240105_8812_2.html"], false),
            (&["content_9.shtml", "content_9_2.shtml"], false),
            (&["t2024_88.html", "t2024_88_1.html", "t2024_88_2.html"], false),
            (&["报告1.txt", "报告2.txt"], false),
            (&["报告.txt", "报告(1).txt"], false),
        ] {
            let group = (names.iter().map(|&name| name.to_owned()).collect(), said);
            assert_eq!(found(names), [group], "{names:?}");
        }
    }

    #[test]
    fn other_names_make_none() {
        for names in [
            &["兰州市2022.txt", "兰州市2023.txt"][..],
            &["1.txt", "2.txt"],
            &["报告（二）.txt", "报告（三）.txt"],
            &["报告（一）.txt", "报告（三）.txt"],
            &["a/报告（一）.txt", "b/报告（二）.txt"],
            &["报告（一）.txt", "报告（二）.pdf"],
            &["甲县（一）.txt", "乙县（二）.txt"],
            &["以上.txt", "以中.txt"],
            &["v1.txt", "v2.txt"],
            &["某县（试点）.txt", "某县（第二批）.txt"],
        ] {
            assert_eq!(found(names), [], "{names:?}");
        }
        let many: Vec<String> = (1..=60).map(|n| format!("报告_{n}.txt")).collect();
        assert_eq!(found(&many.iter().map(String::as_str).collect::<Vec<_>>()), []);
    }
}
