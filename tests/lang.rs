//! Both languages have the same texts with the same gaps, and no text of the interface stands elsewhere.

use std::collections::BTreeMap;
use std::fs;

use fajian::lang::Lang;
use fajian::ui::lang::{Word, source};
use walkdir::WalkDir;

fn texts(lang: Lang) -> BTreeMap<String, String> {
    toml::from_str(source(lang)).unwrap()
}

#[test]
fn both_languages_have_every_key_and_no_other() {
    let mut keys: Vec<&str> = Word::ALL.iter().map(|word| word.key()).collect();
    keys.sort_unstable();
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(texts(lang).keys().collect::<Vec<_>>(), keys, "{lang:?}");
    }
}

#[test]
fn gaps_are_the_same_in_both() {
    let english = texts(Lang::En);
    for (key, text) in texts(Lang::Zh) {
        for gap in ["{0}", "{1}", "{2}", "{3}", "{4}"] {
            assert_eq!(text.contains(gap), english[&key].contains(gap), "{key} {gap}");
        }
    }
}

#[test]
fn screens_hold_no_text_of_their_own() {
    for folder in ["view", "update", "state", "widgets"] {
        for entry in WalkDir::new(format!("{}/src/ui/{folder}", env!("CARGO_MANIFEST_DIR"))) {
            let entry = entry.unwrap();
            if !entry.file_type().is_file() {
                continue;
            }
            let code = fs::read_to_string(entry.path()).unwrap();
            let code = code.split("#[cfg(test)]").next().unwrap();
            for line in code.lines().map(|line| line.split("//").next().unwrap()) {
                let han = line.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
                assert!(!han, "{}: {line}", entry.path().display());
            }
        }
    }
}

#[test]
fn every_text_is_used() {
    let mut code = String::new();
    for entry in WalkDir::new(format!("{}/src", env!("CARGO_MANIFEST_DIR"))) {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            code += &fs::read_to_string(entry.path()).unwrap();
        }
    }
    for word in Word::ALL {
        assert!(code.contains(&format!("Word::{word:?}")), "{word:?} is never shown");
    }
}
