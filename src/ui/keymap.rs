//! From keys to actions: two-key sequences, full-width twins, and what the next key may be.

use crate::ui::action::{ACTIONS, Action, Entry, Scope};
use crate::ui::event::{BadKey, Code, Key};

/// One binding: one key or two, in one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Binding {
    keys: Vec<Key>,
    action: Action,
    scopes: Vec<Scope>,
    /// Somebody chose it.
    own: bool,
}

/// The table of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What a key means after the keys pressed before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// This action.
    Action(Action),
    /// The first half of a sequence.
    Prefix,
    /// Nothing here.
    Nothing,
}

impl Keymap {
    /// The default keys of the list of actions. What is no key there is left out; a test sees to it that all are.
    pub fn builtin() -> Self {
        let bindings = ACTIONS.iter().flat_map(|entry| {
            let sequences = entry.keys.iter().filter_map(|keys| sequence(keys).ok());
            sequences.map(|keys| Binding {
                keys,
                action: entry.action,
                scopes: entry.scopes.to_vec(),
                own: false,
            })
        });
        Keymap { bindings: bindings.collect() }
    }

    /// Gives an action other keys than the built-in ones, which lose those keys wherever it applies. Ctrl-C and F1
    /// stay. Returns the keys that are refused because another action was given them before, and that action.
    pub fn rebind(&mut self, action: Action, sequences: Vec<Vec<Key>>) -> Vec<(Vec<Key>, Action)> {
        let fixed = |binding: &Binding| {
            let out = |key: &Key| key.ctrl && key.code == Code::Char('c');
            matches!(binding.keys.as_slice(), [key] if out(key) || key.code == Code::F(1))
        };
        self.bindings.retain(|binding| binding.action != action || binding.own || fixed(binding));
        let mut refused = Vec::new();
        for keys in sequences {
            let scopes = action.entry().scopes;
            let meets = |binding: &Binding| {
                binding.action != action
                    && binding.scopes.iter().any(|scope| scopes.contains(scope))
                    && (binding.keys.starts_with(&keys) || keys.starts_with(&binding.keys))
            };
            if let Some(owner) = self.bindings.iter().find(|binding| binding.own && meets(binding)) {
                refused.push((keys, owner.action));
                continue;
            }
            for binding in self.bindings.iter_mut().filter(|binding| meets(binding)) {
                binding.scopes.retain(|scope| !scopes.contains(scope));
            }
            self.bindings.push(Binding { keys, action, scopes: scopes.to_vec(), own: true });
        }
        refused
    }

    /// What `key` means in `scope` after `prefix`. In a box, plain characters are text and mean nothing.
    pub fn meaning(&self, scope: Scope, prefix: Option<Key>, key: Key) -> Meaning {
        if scope.takes_text() && key.typed().is_some() {
            return Meaning::Nothing;
        }
        let key = half_width(key);
        let wanted: Vec<Key> = prefix.into_iter().chain([key]).collect();
        let here = || self.bindings.iter().filter(|binding| binding.scopes.contains(&scope));
        if let Some(binding) = here().find(|binding| binding.keys == wanted) {
            return Meaning::Action(binding.action);
        }
        match here().any(|binding| binding.keys.starts_with(&wanted)) {
            true => Meaning::Prefix,
            false => Meaning::Nothing,
        }
    }

    /// What may follow `prefix` in `scope`: the next key and its action.
    pub fn after(&self, scope: Scope, prefix: Key) -> Vec<(Key, &'static Entry)> {
        self.bindings
            .iter()
            .filter(|binding| binding.scopes.contains(&scope) && binding.keys.len() == 2)
            .filter(|binding| binding.keys[0] == prefix)
            .map(|binding| (binding.keys[1], binding.action.entry()))
            .collect()
    }

    /// The first key of an action that works in `scope`, as shown to people.
    pub fn shown(&self, scope: Scope, action: Action) -> Option<String> {
        self.names(scope, action).into_iter().next()
    }

    /// All keys of an action that work in `scope`, as shown to people.
    pub fn names(&self, scope: Scope, action: Action) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|binding| binding.action == action && binding.scopes.contains(&scope))
            .filter(|binding| !(scope.takes_text() && binding.keys[0].typed().is_some()))
            .map(|binding| binding.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// Number of keys that somebody chose.
    pub fn own(&self) -> usize {
        self.bindings.iter().filter(|binding| binding.own).count()
    }

    /// All keys of an action, wherever they work.
    pub fn all_names(&self, action: Action) -> Vec<String> {
        let of_action =
            self.bindings.iter().filter(|binding| binding.action == action && !binding.scopes.is_empty());
        let name = |binding: &Binding| binding.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
        of_action.map(name).collect()
    }

    /// Pairs of actions that claim one key in one scope, or a key that hides a sequence.
    pub fn clashes(&self) -> Vec<(Scope, Action, Action)> {
        let mut clashes = Vec::new();
        for scope in Scope::ALL {
            let here: Vec<&Binding> = self.bindings.iter().filter(|b| b.scopes.contains(&scope)).collect();
            for (i, one) in here.iter().enumerate() {
                let rivals = here[i + 1..]
                    .iter()
                    .filter(|other| one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys));
                clashes.extend(rivals.map(|other| (scope, one.action, other.action)));
            }
        }
        clashes
    }
}

/// Reads one key, or two with a blank between.
///
/// # Errors
/// The first that is no key.
pub fn sequence(keys: &str) -> Result<Vec<Key>, BadKey> {
    keys.split(' ').map(str::parse).collect()
}

/// The key that was meant where an input method sent its full-width twin.
pub fn half_width(key: Key) -> Key {
    let Code::Char(c) = key.code else { return key };
    let meant = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '、' => '/',
        '。' => '.',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '￥' => '$',
        '·' => '`',
        other => other,
    };
    Key { code: Code::Char(meant), ..key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        name.parse().unwrap()
    }

    #[test]
    fn every_default_key_is_a_key_and_none_stands_twice() {
        for keys in ACTIONS.iter().flat_map(|entry| entry.keys) {
            assert!(sequence(keys).is_ok(), "{keys}");
        }
        assert_eq!(Keymap::builtin().clashes(), []);
    }

    #[test]
    fn full_width_twins_mean_the_same() {
        let keymap = Keymap::builtin();
        for (typed, action) in
            [("／", Action::Find), ("、", Action::Find), ("？", Action::Help), ("ｑ", Action::Leave)]
        {
            assert_eq!(keymap.meaning(Scope::Shelf, None, key(typed)), Meaning::Action(action), "{typed}");
        }
    }

    #[test]
    fn sequences_have_a_prefix() {
        let keymap = Keymap::builtin();
        assert_eq!(keymap.meaning(Scope::Shelf, None, key("g")), Meaning::Prefix);
        assert_eq!(keymap.meaning(Scope::Shelf, Some(key("g")), key("g")), Meaning::Action(Action::First));
        assert_eq!(keymap.meaning(Scope::Shelf, Some(key("g")), key("z")), Meaning::Nothing);
        assert_eq!(keymap.after(Scope::Card, key("y")).len(), 4);
    }

    #[test]
    fn letters_are_text_in_a_box() {
        let keymap = Keymap::builtin();
        assert_eq!(keymap.meaning(Scope::Finder, None, key("j")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Scope::Finder, None, key("Down")), Meaning::Action(Action::Down));
        assert_eq!(keymap.shown(Scope::Finder, Action::Help).as_deref(), Some("F1"));
    }
}
