//! Whether the terminal is light or dark. It is asked with the first frame and nobody waits for it: the answer comes as
//! an event, or never.

/// The question for the background colour.
pub const QUESTION: &str = "\x1b]11;?\x1b\\";

/// True where the answer, without its Esc, names a light colour; none where it is no answer to this question.
pub fn is_light(answer: &str) -> Option<bool> {
    let colour = answer.strip_prefix("]11;")?;
    let parts = colour.strip_prefix("rgb:").or_else(|| colour.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(part);
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    // How bright the eye finds each.
    Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
}

/// One to four hexadecimal digits, as a share of the most that they can say.
fn part(digits: &str) -> Option<f64> {
    let most = 16_f64.powi(i32::try_from(digits.len()).ok().filter(|len| (1..=4).contains(len))?) - 1.0;
    u16::from_str_radix(digits, 16).ok().map(|value| f64::from(value) / most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_and_dark_are_told_apart_in_every_form() {
        for (answer, light) in [
            ("]11;rgb:0000/0000/0000", Some(false)),
            ("]11;rgb:1c1c/1c1c/1c1c", Some(false)),
            ("]11;rgb:fdfd/f6f6/e3e3", Some(true)),
            ("]11;rgb:ff/ff/ff", Some(true)),
            ("]11;rgb:f/f/0", Some(true)),
            ("]11;rgba:0000/0000/ffff/8000", Some(false)),
            ("]11;#ffffff", None),
            ("]11;rgb:ffff/ffff", None),
            ("]11;rgb:fffff/ffff/ffff", None),
            ("]10;rgb:ffff/ffff/ffff", None),
            ("[0n", None),
        ] {
            assert_eq!(is_light(answer), light, "{answer}");
        }
    }
}
