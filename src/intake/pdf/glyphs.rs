//! Glyphs to characters: names of glyphs, and radicals that stand for the character of the same shape.

/// Names that are not the character itself, in the order of the characters in [`NAMED`].
const NAMES: &[&str] = &[
    "space",
    "exclam",
    "quotedbl",
    "numbersign",
    "dollar",
    "percent",
    "ampersand",
    "quotesingle",
    "parenleft",
    "parenright",
    "asterisk",
    "plus",
    "comma",
    "hyphen",
    "period",
    "slash",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "colon",
    "semicolon",
    "less",
    "equal",
    "greater",
    "question",
    "at",
    "bracketleft",
    "backslash",
    "bracketright",
    "underscore",
    "bar",
    "asciitilde",
    "quoteleft",
    "quoteright",
    "quotedblleft",
    "quotedblright",
    "endash",
    "emdash",
    "bullet",
    "periodcentered",
    "ellipsis",
    "perthousand",
    "multiply",
    "degree",
    "minus",
];
const NAMED: &str = " !\"#$%&'()*+,-./0123456789:;<=>?@[\\]_|~‘’“”–—•·…‰×°−";

/// The character that a glyph of this name shows: `A`, `seven`, `uni6CD5`, `u6CD5`.
pub(super) fn named(name: &str) -> Option<char> {
    if let Some(at) = NAMES.iter().position(|known| *known == name) {
        return NAMED.chars().nth(at);
    }
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(c),
        _ => name
            .strip_prefix("uni")
            .and_then(|digits| hex(digits.get(..4)?))
            .or_else(|| name.strip_prefix('u').and_then(hex)),
    }
}

/// What the radicals from U+2F00 on are as characters.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋\
    弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石\
    示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長\
    門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// What the radicals from U+2E80 on are as characters.
const RADICALS: &str = "\
    ⺀厂乛乚⺄亻冂几刀刂卜㔾小小尢尣尢尣巳幺彑彐忄心扌攵⺚旡日月歺母民氵水灬爫爫丬牛犭王疋目示礻竹糹纟网罒网网网羊羊\
    羊老聿聿月臼艹艹艹虎衤西西见角角讠贝足车辶辶辶阝金長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜\
    龙龜亀龟";

/// Programs that print from a browser often write the radical for a character that looks the same: ⾏ for 行.
pub(super) fn character(c: char) -> char {
    let from = |first: u32, table: &str| table.chars().nth((c as u32 - first) as usize);
    match c {
        '\u{2f00}'..='\u{2fd5}' => from(0x2f00, KANGXI).unwrap_or(c),
        '\u{2e80}'..='\u{2ef3}' => from(0x2e80, RADICALS).unwrap_or(c),
        '\u{a0}' | '\u{2002}'..='\u{200a}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_characters() {
        for (name, c) in
            [("A", 'A'), ("seven", '7'), ("percent", '%'), ("minus", '−'), ("uni6CD5", '法'), ("u6CD5", '法')]
        {
            assert_eq!(named(name), Some(c), "{name}");
        }
        assert_eq!(NAMES.len(), NAMED.chars().count());
        assert_eq!(named("g123"), None);
        assert_eq!(named("uni"), None);
    }

    #[test]
    fn radicals_are_characters() {
        let text: String = "⾏政⼈⺠法⻔⻚⿕⺀".chars().map(character).collect();
        assert_eq!(text, "行政人民法门页龠⺀");
        assert_eq!((KANGXI.chars().count(), RADICALS.chars().count()), (214, 116));
    }
}
