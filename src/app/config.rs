//! `config.toml`: language, look and keys as somebody wants them. What is wrong in it is named with its line and what
//! to write instead; all the rest holds, and the program starts.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::app::fault::{Fault, What};
use crate::lang::Lang;
use crate::ui::action::{ACTIONS, Action};
use crate::ui::event::{Code, Key};
use crate::ui::keymap::{Keymap, sequence};
use crate::ui::look::Theme;

/// What may be set, keys aside.
pub const SETTINGS: [&str; 6] = ["language", "theme", "ambiguous_width", "mouse", "clipboard", "keys"];

/// A configuration that says nothing, with all that it could say.
pub const EXAMPLE: &str = include_str!("config.toml");

/// What somebody has set.
#[derive(Debug, Clone)]
pub struct Config {
    /// Language of screens and messages.
    pub lang: Option<Lang>,
    /// The look.
    pub theme: Option<Theme>,
    /// Cells that the terminal takes for characters of ambiguous width: 1, or 2.
    pub ambiguous_width: Option<u8>,
    /// The mouse is listened to from the start.
    pub mouse: Option<bool>,
    /// The program that takes what is copied, with its arguments; never empty.
    pub clipboard: Option<Vec<String>>,
    /// The keys: the built-in ones with the changes.
    pub keymap: Keymap,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            lang: None,
            theme: None,
            ambiguous_width: None,
            mouse: None,
            clipboard: None,
            keymap: Keymap::builtin(),
            faults: Vec::new(),
        }
    }
}

/// Where the configuration lies: `$XDG_CONFIG_HOME/fajian/config.toml`, or below `~/.config`. None without a home.
pub fn path(env: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    home(&env, "XDG_CONFIG_HOME", ".config").map(|home| home.join("fajian/config.toml"))
}

/// A folder of the XDG base directories. Relative ones do not count, as that standard says.
pub fn home(env: impl Fn(&str) -> Option<String>, name: &str, below: &str) -> Option<PathBuf> {
    let set = env(name).map(PathBuf::from).filter(|path| path.is_absolute());
    set.or_else(|| env("HOME").filter(|home| !home.is_empty()).map(|home| Path::new(&home).join(below)))
}

/// Reads the configuration at a path; without a file everything is as built in.
pub fn load(path: Option<&Path>) -> Config {
    match path.map(std::fs::read_to_string) {
        Some(Ok(text)) => parse(&text),
        Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => {
            let faults = vec![Fault { line: 0, what: What::Unreadable(error.to_string()) }];
            Config { faults, ..Config::default() }
        }
        Some(Err(_)) | None => Config::default(),
    }
}

/// Reads a configuration.
pub fn parse(text: &str) -> Config {
    let mut reader = Reader { text, config: Config::default(), keys: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.fault(at, What::Syntax(error.message().to_owned()));
    }
    for (name, value) in table.get_ref() {
        reader.setting(name.get_ref(), name.span().start, value);
    }
    reader.finish()
}

struct Reader<'a> {
    text: &'a str,
    config: Config,
    /// The actions with keys of their own, and where in the text they stand.
    keys: Vec<(Action, Vec<Vec<Key>>, usize)>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn fault(&mut self, at: usize, what: What) {
        let line = self.text[..at.min(self.text.len())].matches('\n').count() + 1;
        self.config.faults.push(Fault { line, what });
    }

    fn setting(&mut self, name: &str, at: usize, value: &Value<'_>) {
        let found = value.get_ref();
        let known = match name {
            "language" => found.as_str().and_then(Lang::of_tag).map(|lang| self.config.lang = Some(lang)),
            "theme" => {
                let theme = found.as_str().and_then(|name| Theme::ALL.into_iter().find(|t| t.name() == name));
                theme.map(|theme| self.config.theme = Some(theme))
            }
            "ambiguous_width" => {
                let width = found.as_integer().and_then(|number| number.as_str().parse().ok());
                let width = width.filter(|width| (1..=2).contains(width));
                width.map(|width| self.config.ambiguous_width = Some(width))
            }
            "mouse" => found.as_bool().map(|mouse| self.config.mouse = Some(mouse)),
            "clipboard" => {
                let words = found.as_str().map(|text| text.split_whitespace().map(str::to_owned).collect());
                let words = words.filter(|words: &Vec<String>| !words.is_empty());
                words.map(|words| self.config.clipboard = Some(words))
            }
            "keys" => found.as_table().map(|table| self.table_of_keys(table)),
            other => {
                self.fault(at, What::UnknownSetting(other.to_owned()));
                return;
            }
        };
        if known.is_none() {
            self.fault(value.span().start, What::BadValue(name.to_owned()));
        }
    }

    fn table_of_keys(&mut self, table: &DeTable<'_>) {
        for (name, value) in table {
            let at = name.span().start;
            match ACTIONS.iter().find(|entry| entry.id == name.get_ref().as_ref()) {
                Some(entry) => self.keys_of(entry.action, at, value),
                None => self.fault(at, What::UnknownAction(name.get_ref().to_string())),
            }
        }
    }

    /// One key, or a list of them.
    fn keys_of(&mut self, action: Action, at: usize, value: &Value<'_>) {
        let one = std::slice::from_ref(value);
        let all: Vec<&Value<'_>> = match value.get_ref().as_array() {
            Some(array) => array.iter().collect(),
            None => one.iter().collect(),
        };
        let mut keys = Vec::new();
        for value in all {
            let at = value.span().start;
            let Some(written) = value.get_ref().as_str() else {
                self.fault(at, What::BadValue(action.entry().id.to_owned()));
                continue;
            };
            match sequence(written) {
                Ok(found) if found.len() > 2 => self.fault(at, What::TooManyKeys(written.to_owned())),
                Ok(found) if reserved(&found).is_some_and(|owner| owner != action) => {
                    self.fault(at, What::Reserved(written.to_owned()));
                }
                Ok(found) => keys.push(found),
                Err(bad) => self.fault(at, What::BadKey(bad.0)),
            }
        }
        self.keys.push((action, keys, at));
    }

    /// Lays the keys over the built-in ones. Of two actions that want one key the first keeps it.
    fn finish(mut self) -> Config {
        self.keys.sort_by_key(|(.., at)| *at);
        for (action, keys, at) in std::mem::take(&mut self.keys) {
            for (keys, other) in self.config.keymap.rebind(action, keys) {
                let keys = keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
                self.fault(at, What::Clash { keys, other });
            }
        }
        self.config.faults.sort_by_key(|fault| fault.line);
        self.config
    }
}

/// The keys that nothing takes away: the way out, and the list of all actions.
fn reserved(keys: &[Key]) -> Option<Action> {
    match keys.first()? {
        Key { code: Code::Char('c'), ctrl: true, .. } => Some(Action::Quit),
        Key { code: Code::F(1), .. } => Some(Action::Help),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::action::Scope;
    use crate::ui::keymap::Meaning;

    fn said(text: &str) -> Vec<String> {
        let faults = parse(text).faults;
        faults.iter().map(|fault| fault.say(Lang::En)).collect()
    }

    fn meaning(config: &Config, scope: Scope, key: &str) -> Meaning {
        config.keymap.meaning(scope, None, key.parse().unwrap())
    }

    #[test]
    fn what_is_set_holds() {
        let config = parse(
            "language = 'en'\ntheme = 'light'\nambiguous_width = 2\nmouse = true\nclipboard = 'xclip -sel c'\n[keys]\nopen = ['o', 'Enter']\n",
        );
        assert_eq!(config.faults, []);
        let set = (config.lang, config.theme, config.ambiguous_width, config.mouse);
        assert_eq!(set, (Some(Lang::En), Some(Theme::Light), Some(2), Some(true)));
        assert_eq!(meaning(&config, Scope::Shelf, "o"), Meaning::Action(Action::Open));
        assert_eq!(config.clipboard.unwrap_or_default(), ["xclip", "-sel", "c"]);
    }

    #[test]
    fn every_fault_is_named_with_its_line_and_the_rest_holds() {
        let text = "langage = 'zh'\ntheme = 'pink'\nmouse = 1\n[keys]\nopne = 'o'\nopen = 'Hyper-x'\nfind = 'a b c'\n";
        let said = said(text);
        for (line, words) in [
            (1, "language"),
            (2, "dark, light, high-contrast, no-colour"),
            (3, "true or false"),
            (5, "open"),
            (6, "Ctrl-C"),
            (7, "two keys"),
        ] {
            let fault = said.iter().find(|fault| fault.starts_with(&format!("line {line}: ")));
            assert!(fault.is_some_and(|fault| fault.contains(words)), "{line} {words} {said:#?}");
        }
        assert_eq!(said.len(), 6, "{said:#?}");
        assert_eq!(parse("theme = 'pink'\nlanguage = 'zh'").lang, Some(Lang::Zh));
    }

    #[test]
    fn bad_syntax_is_named_and_what_can_be_read_holds() {
        let said = said("theme = 'light'\nmouse = \n");
        assert!(said[0].starts_with("line 2: "), "{said:?}");
        assert_eq!(parse("theme = 'light'\nmouse = \n").theme, Some(Theme::Light));
    }

    #[test]
    fn a_key_of_ones_own_takes_it_from_the_built_in_and_two_of_ones_own_clash() {
        let config = parse("[keys]\nreverse = 's'\n");
        assert_eq!(config.faults, []);
        assert_eq!(meaning(&config, Scope::Shelf, "s"), Meaning::Action(Action::Reverse));
        assert_eq!(meaning(&config, Scope::Shelf, "Ctrl-S"), Meaning::Action(Action::Sort));
        assert!(config.keymap.clashes().is_empty());
        let said = said("[keys]\nreverse = 's'\nsort = 's'\n");
        assert!(said.len() == 1 && said[0].contains("reverse"), "{said:?}");
    }

    #[test]
    fn the_way_out_and_the_help_cannot_be_taken_away() {
        let config = parse("[keys]\nquit = []\nhelp = 'h'\nfind = 'Ctrl-C'\n");
        assert_eq!(config.faults.len(), 1);
        assert_eq!(meaning(&config, Scope::Shelf, "Ctrl-C"), Meaning::Action(Action::Quit));
        assert_eq!(meaning(&config, Scope::Shelf, "F1"), Meaning::Action(Action::Help));
        assert_eq!(meaning(&config, Scope::Shelf, "h"), Meaning::Action(Action::Help));
    }

    #[test]
    fn the_example_changes_nothing() {
        let config = parse(EXAMPLE);
        assert_eq!((config.faults.len(), config.keymap == Keymap::builtin()), (0, true));
        let settings = parse(&EXAMPLE.replace("# ", "").replace("#", ""));
        assert!(settings.faults.iter().all(|fault| matches!(fault.what, What::Syntax(_))), "{settings:?}");
    }

    #[test]
    fn homes_that_are_relative_do_not_count() {
        let at = |xdg: &'static str| {
            path(move |name| Some(if name == "HOME" { "/home/a" } else { xdg }.to_owned())).unwrap()
        };
        assert_eq!(at("/etc/xdg"), Path::new("/etc/xdg/fajian/config.toml"));
        assert_eq!(at("here"), Path::new("/home/a/.config/fajian/config.toml"));
        assert_eq!(path(|_| None), None);
    }
}
