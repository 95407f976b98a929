//! One form for what is written in many: case, width, traditional characters, punctuation.

use super::text;

const TRADITIONAL: &str = include_str!("../data/traditional.tsv");
const FIRST: u32 = 0x4e00;
const COUNT: usize = 0xa000 - 0x4e00;
/// So many Chinese characters tell the script of a text,
const SAMPLE: usize = 400;
/// and one of so many is enough.
const SHARE: usize = 10;

/// Folds code points one by one, so that a place in the folded form is a place in the original.
#[derive(Debug, Clone)]
pub struct Folding {
    /// The simplified form of each code point from [`FIRST`] on; a table, since whole corpora pass through it.
    simplified: Vec<char>,
}

impl Folding {
    /// The built-in table of traditional forms.
    pub fn builtin() -> Self {
        let mut simplified: Vec<char> =
            (0..COUNT as u32).map(|i| char::from_u32(FIRST + i).unwrap_or('\u{fffd}')).collect();
        for line in TRADITIONAL.lines().filter(|line| !line.starts_with('#')) {
            let Some((to, forms)) = line.split_once('\t') else { continue };
            let Some(to) = to.chars().next() else { continue };
            for form in forms.chars() {
                if let Some(slot) =
                    (form as u32).checked_sub(FIRST).and_then(|i| simplified.get_mut(i as usize))
                {
                    *slot = to;
                }
            }
        }
        Folding { simplified }
    }

    /// The simplified form of a character; itself for all others.
    pub fn simple(&self, c: char) -> char {
        let at = (c as u32).checked_sub(FIRST).and_then(|i| self.simplified.get(i as usize));
        at.copied().unwrap_or(c)
    }

    /// True where a text is written in traditional characters: of its first Chinese ones, a tenth and more are. A name in
    /// a text in simplified ones may hold one or two.
    pub fn is_traditional(&self, text: &str) -> bool {
        let han = |c: &char| (FIRST..FIRST + COUNT as u32).contains(&u32::from(*c));
        let first = text.chars().filter(han).take(SAMPLE);
        let (all, forms) =
            first.fold((0, 0), |(all, forms), c| (all + 1, forms + usize::from(self.simple(c) != c)));
        forms * SHARE >= all && forms > 0
    }

    /// The folded form; none for what nobody types and nobody misses: quotes, brackets, commas.
    pub(crate) fn fold(&self, c: char) -> Option<char> {
        if let Some(&simple) = (c as u32).checked_sub(FIRST).and_then(|i| self.simplified.get(i as usize)) {
            return Some(simple);
        }
        let c = text::fold(c);
        if c.is_ascii() {
            return matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '%' | ' ' | '_' | '-' | '+')
                .then(|| c.to_ascii_lowercase());
        }
        c.is_alphanumeric().then(|| c.to_lowercase().next().unwrap_or(c))
    }

    /// One form for case, width and script, in which marks stay.
    pub fn letter(&self, c: char) -> char {
        self.fold(c).unwrap_or_else(|| text::fold(c))
    }

    /// The folded form of a whole text.
    pub(crate) fn text(&self, text: &str) -> Vec<char> {
        text.chars().filter_map(|c| self.fold(c)).collect()
    }

    /// For each code point of the folded form, its index among the code points of the original.
    pub(crate) fn origins(&self, text: &str) -> Vec<usize> {
        text.chars().enumerate().filter_map(|(i, c)| self.fold(c).map(|_| i)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_a_text_is_told_by_its_first_characters() {
        let traditional = |s: &str| Folding::builtin().is_traditional(s);
        assert!(traditional("鄭州市人民政府關於2022年度法治政府建設情況的報告"));
        assert!(!traditional("郑州市人民政府关于2022年度法治政府建设情况的报告,参与者有錢鍾书"));
        assert!(!traditional(""));
    }

    #[test]
    fn width_case_script_and_marks_are_one() {
        let folding = Folding::builtin();
        let fold = |s: &str| folding.text(s).into_iter().collect::<String>();
        assert_eq!(fold("ＣＴＹＳＬ １２３４５"), "ctysl 12345");
        assert_eq!(fold("負責人出庭應訴率"), "负责人出庭应诉率");
        assert_eq!(fold("“两轻一免”(免罚轻罚)案件数"), "两轻一免免罚轻罚案件数");
        assert_eq!(folding.origins("“枫”式"), [1, 3]);
    }
}
