//! The numerals of numbered paragraphs, by the names that WordprocessingML has for them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// The number in a format; none for a format that shows no number.
pub(super) fn numeral(number: u32, format: &str) -> Option<String> {
    Some(match format {
        "none" | "bullet" => return None,
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => counting(number, &DIGITS, ['十', '百', '千']),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            counting(number, &LEGAL, ['拾', '佰', '仟'])
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            number.to_string().chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect()
        }
        "ideographTraditional" => of_list(number, STEMS),
        "ideographZodiac" => of_list(number, BRANCHES),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedParen" => format!("({number})"),
        "decimalEnclosedFullstop" => format!("{number}."),
        "decimalFullWidth" | "decimalFullWidth2" => number
            .to_string()
            .chars()
            .filter_map(|c| char::from_u32(c as u32 - '0' as u32 + 0xff10))
            .collect(),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    })
}

/// 十一, 二十, 一百零五: up to 9999, which no list reaches.
fn counting(number: u32, digits: &[char; 10], places: [char; 3]) -> String {
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut zero = false;
    for (place, unit) in [(1000, Some(places[2])), (100, Some(places[1])), (10, Some(places[0])), (1, None)] {
        let digit = (number / place % 10) as usize;
        if digit == 0 {
            zero = !text.is_empty();
            continue;
        }
        if zero {
            text.push('零');
            zero = false;
        }
        // 十一, but 二十一 and 一百一十.
        if !(digit == 1 && place == 10 && text.is_empty()) {
            text.push(digits[digit]);
        }
        text.extend(unit);
    }
    text
}

fn of_list(number: u32, list: &str) -> String {
    let index = (number as usize).checked_sub(1);
    index.and_then(|i| list.chars().nth(i)).map_or_else(|| number.to_string(), String::from)
}

fn circled(number: u32) -> String {
    let circled = (1..=20).contains(&number).then(|| char::from_u32(0x2460 + number - 1)).flatten();
    circled.map_or_else(|| number.to_string(), String::from)
}

/// a, b … z, aa, bb …
fn letters(number: u32, first: u8) -> String {
    let Some(index) = number.checked_sub(1).filter(|&index| index < 26 * 20) else {
        return number.to_string();
    };
    let letter = char::from(first + (index % 26) as u8);
    std::iter::repeat_n(letter, index as usize / 26 + 1).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numbers_are_written_as_the_program_writes_them() {
        for (number, format, text) in [
            (1, "chineseCounting", "一"),
            (10, "chineseCountingThousand", "十"),
            (11, "japaneseCounting", "十一"),
            (21, "chineseCounting", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "chineseCountingThousand", "一百一十"),
            (3, "chineseLegalSimplified", "叁"),
            (12, "ideographDigital", "一二"),
            (2, "ideographTraditional", "乙"),
            (3, "decimalEnclosedCircle", "③"),
            (4, "decimalFullWidth", "４"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (7, "decimal", "7"),
        ] {
            assert_eq!(numeral(number, format).as_deref(), Some(text), "{format}");
        }
        assert_eq!(numeral(1, "bullet"), None);
    }
}
