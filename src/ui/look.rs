//! Meanings to styles. Code names what a thing means; only this file knows how that looks.

use ratatui::style::{Color, Modifier, Style};

use crate::ui::lang::{Lang, Texts, Word};

/// What a piece of the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Plain text.
    Plain,
    /// What is there but not looked for.
    Quiet,
    /// A name that leads the eye: a place, a heading, the head of the pane that takes the keys.
    Strong,
    /// A heading in a text.
    Heading,
    /// The program's own colour: the head of a table's sorted column, a key of the hint line.
    Accent,
    /// The row under the cursor, in the pane that takes the keys.
    Selected,
    /// The row under the cursor, in a pane that does not.
    SelectedElsewhere,
    /// A figure that is linked.
    Linked,
    /// A figure that is linked to nothing.
    Unlinked,
    /// A figure that a person set right.
    Corrected,
    /// What a person found to be no figure.
    SetAside,
    /// A planned figure.
    Target,
    /// A difference or an earlier value.
    Change,
    /// The figure under the cursor.
    Current,
    /// Characters that match the query.
    Match,
    /// The bar of a value.
    Bar,
    /// What needs care.
    Warning,
    /// A line between panes.
    Rule,
}

/// How meanings look. All but the last use the terminal's own sixteen colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// For dark backgrounds, and calm enough for light ones.
    #[default]
    Dark,
    /// For light backgrounds: nothing yellow or cyan.
    Light,
    /// Nothing grey; what is linked and what is not differ as blue and yellow, which nearly everybody tells apart.
    Contrast,
    /// No colours at all: bold, underline, reverse.
    Plain,
}

impl Theme {
    /// Every theme, in the order in which a key goes through them.
    pub const ALL: [Theme; 4] = [Theme::Dark, Theme::Light, Theme::Contrast, Theme::Plain];

    /// The next one.
    pub fn next(self) -> Self {
        Theme::ALL[(self as usize + 1) % Theme::ALL.len()]
    }

    /// Its name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Dark => "dark",
            Theme::Light => "light",
            Theme::Contrast => "high-contrast",
            Theme::Plain => "no-colour",
        }
    }

    /// What is said when it is chosen.
    pub fn word(self) -> Word {
        match self {
            Theme::Dark => Word::ThemeDark,
            Theme::Light => Word::ThemeLight,
            Theme::Contrast => Word::ThemeContrast,
            Theme::Plain => Word::ThemePlain,
        }
    }
}

/// Signs that lines and bars are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// A line across.
    pub across: char,
    /// A line down.
    pub down: char,
    /// The edge of columns that stand still: a double line down, in two cells at most.
    pub edge: &'static str,
    /// Corners: top left, top right, bottom left, bottom right.
    pub corners: [char; 4],
    /// Where lines meet: a line down with one at its left, right, both; a line across with one above, below, both; the
    /// same with an edge above, below, both.
    pub joints: Option<[[char; 3]; 3]>,
    /// A full cell of a bar.
    pub bar: char,
    /// Half a cell of a bar.
    pub half_bar: char,
    /// Characters that this terminal may draw two cells wide are drawn by their narrow twins ([`crate::ui::cells::narrow`]).
    pub narrow: bool,
}

impl Signs {
    /// Box-drawing lines.
    pub const LINES: Signs = Signs {
        across: '─',
        down: '│',
        edge: "║",
        corners: ['╭', '╮', '╰', '╯'],
        joints: Some([['┤', '├', '┼'], ['┴', '┬', '┼'], ['╨', '╥', '╫']]),
        bar: '━',
        half_bar: '╸',
        narrow: false,
    };

    /// Plain ASCII, for terminals that draw box lines two cells wide.
    pub const ASCII: Signs = Signs {
        across: '-',
        down: '|',
        edge: "||",
        corners: ['+'; 4],
        joints: None,
        bar: '=',
        half_bar: '-',
        narrow: true,
    };
}

/// All that drawing needs besides the state.
#[derive(Debug, Clone)]
pub struct Look {
    /// The styles.
    pub theme: Theme,
    /// The signs.
    pub signs: Signs,
    /// The texts.
    pub texts: Texts,
}

impl Look {
    /// A look in a language.
    pub fn new(lang: Lang, theme: Theme, signs: Signs) -> Self {
        Look { theme, signs, texts: Texts::builtin(lang) }
    }

    /// The style of a meaning.
    pub fn ink(&self, ink: Ink) -> Style {
        match self.theme {
            Theme::Dark => dark(ink),
            Theme::Light => light(ink),
            Theme::Contrast => contrast(ink),
            Theme::Plain => plain(ink),
        }
    }
}

fn dark(ink: Ink) -> Style {
    let style = Style::new();
    match ink {
        Ink::Plain => style,
        Ink::Quiet | Ink::Rule => style.fg(Color::DarkGray),
        Ink::Strong => style.add_modifier(Modifier::BOLD),
        Ink::Accent | Ink::Heading => style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Ink::Selected | Ink::Current => style.add_modifier(Modifier::REVERSED),
        Ink::SelectedElsewhere => style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Ink::Linked => style.fg(Color::Green),
        Ink::Unlinked => style.fg(Color::Yellow),
        Ink::Corrected => style.fg(Color::Green).add_modifier(Modifier::UNDERLINED),
        Ink::SetAside => style.fg(Color::DarkGray).add_modifier(Modifier::UNDERLINED),
        Ink::Target => style.fg(Color::Magenta),
        Ink::Change => style.fg(Color::Blue),
        Ink::Match => style.fg(Color::Yellow).add_modifier(Modifier::BOLD),
        Ink::Bar => style.fg(Color::Cyan),
        Ink::Warning => style.fg(Color::Yellow),
    }
}

fn light(ink: Ink) -> Style {
    let style = Style::new();
    match ink {
        Ink::Accent | Ink::Heading | Ink::SelectedElsewhere => {
            style.fg(Color::Blue).add_modifier(Modifier::BOLD)
        }
        Ink::Rule => style.fg(Color::Gray),
        Ink::Unlinked => style.fg(Color::Red),
        Ink::Match => style.fg(Color::Red).add_modifier(Modifier::BOLD),
        Ink::Bar => style.fg(Color::Blue),
        Ink::Warning => style.fg(Color::Red).add_modifier(Modifier::BOLD),
        other => dark(other),
    }
}

fn contrast(ink: Ink) -> Style {
    let style = Style::new();
    match ink {
        Ink::SetAside => style.add_modifier(Modifier::UNDERLINED),
        Ink::Quiet | Ink::Rule => style,
        Ink::Accent | Ink::Heading | Ink::SelectedElsewhere => {
            style.fg(Color::LightCyan).add_modifier(Modifier::BOLD)
        }
        Ink::Linked | Ink::Bar => style.fg(Color::LightBlue).add_modifier(Modifier::BOLD),
        Ink::Unlinked => style.fg(Color::LightYellow).add_modifier(Modifier::UNDERLINED),
        Ink::Target | Ink::Change => style.add_modifier(Modifier::UNDERLINED),
        Ink::Match => style.fg(Color::LightYellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Ink::Warning => style.fg(Color::LightYellow).add_modifier(Modifier::BOLD),
        other => dark(other),
    }
}

fn plain(ink: Ink) -> Style {
    let style = Style::new();
    match ink {
        Ink::Plain | Ink::Quiet | Ink::Rule | Ink::Bar => style,
        Ink::Strong | Ink::Heading | Ink::Accent | Ink::SelectedElsewhere | Ink::Warning => {
            style.add_modifier(Modifier::BOLD)
        }
        Ink::Selected | Ink::Current => style.add_modifier(Modifier::REVERSED),
        Ink::Linked | Ink::Corrected => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Ink::SetAside => style.add_modifier(Modifier::UNDERLINED),
        Ink::Unlinked | Ink::Match => style.add_modifier(Modifier::UNDERLINED),
        Ink::Target | Ink::Change => style.add_modifier(Modifier::BOLD),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_keeps_its_promise() {
        let all = [
            Ink::Plain,
            Ink::Quiet,
            Ink::Strong,
            Ink::Accent,
            Ink::Selected,
            Ink::SelectedElsewhere,
            Ink::Linked,
            Ink::Unlinked,
            Ink::Corrected,
            Ink::SetAside,
            Ink::Target,
            Ink::Change,
            Ink::Current,
            Ink::Match,
            Ink::Bar,
            Ink::Warning,
            Ink::Rule,
        ];
        for ink in all {
            let style = plain(ink);
            assert_eq!((style.fg, style.bg), (None, None), "{ink:?}");
            assert_ne!(contrast(ink).fg, Some(Color::DarkGray), "{ink:?}");
            assert!(!matches!(light(ink).fg, Some(Color::Yellow | Color::Cyan)), "{ink:?}");
        }
    }
}
