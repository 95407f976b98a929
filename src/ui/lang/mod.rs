//! Texts of the interface: one file a language, one typed key a text.

mod words;

pub use crate::lang::Lang;
pub use words::Word;

/// The language file of a language.
pub fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("zh.toml"),
        Lang::En => include_str!("en.toml"),
    }
}

/// The texts of one language.
#[derive(Debug, Clone)]
pub struct Texts {
    lang: Lang,
    texts: Vec<String>,
}

impl Texts {
    /// The built-in texts. A text that is missing shows its key; a test makes sure that none is.
    pub fn builtin(lang: Lang) -> Self {
        let table: toml::Table = source(lang).parse().unwrap_or_default();
        let text = |word: &Word| {
            table.get(word.key()).and_then(toml::Value::as_str).unwrap_or_else(|| word.key()).to_owned()
        };
        Texts { lang, texts: Word::ALL.iter().map(text).collect() }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A text.
    pub fn get(&self, word: Word) -> &str {
        &self.texts[word as usize]
    }

    /// A text with its gaps filled.
    pub fn fill(&self, word: Word, with: &[String]) -> String {
        let filled = with.iter().enumerate();
        filled.fold(self.get(word).to_owned(), |text, (i, value)| text.replace(&format!("{{{i}}}"), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled() {
        let texts = Texts::builtin(Lang::En);
        assert_eq!(texts.fill(Word::PeriodSince, &["2020".into()]), "since 2020");
    }
}
