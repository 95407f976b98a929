//! Meanings to styles. Code names what a thing means; only this file knows how that looks.

use ratatui::style::{Color, Modifier, Style};

use crate::ui::lang::{Lang, Texts};

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

/// Which styles the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The terminal's own sixteen colours.
    #[default]
    Sixteen,
    /// No colours at all: bold, underline, reverse.
    Plain,
}

/// Signs that lines and bars are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// A line across.
    pub across: char,
    /// A line down.
    pub down: char,
    /// Corners: top left, top right, bottom left, bottom right.
    pub corners: [char; 4],
    /// Where lines meet: a line down with one at its left, right, both; a line across with one above, below, both.
    pub joints: Option<[[char; 3]; 2]>,
    /// A full cell of a bar.
    pub bar: char,
    /// Half a cell of a bar.
    pub half_bar: char,
}

impl Signs {
    /// Box-drawing lines.
    pub const LINES: Signs = Signs {
        across: '─',
        down: '│',
        corners: ['╭', '╮', '╰', '╯'],
        joints: Some([['┤', '├', '┼'], ['┴', '┬', '┼']]),
        bar: '━',
        half_bar: '╸',
    };

    /// Plain ASCII, for terminals that draw box lines two cells wide.
    pub const ASCII: Signs =
        Signs { across: '-', down: '|', corners: ['+'; 4], joints: None, bar: '=', half_bar: '-' };
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
            Theme::Sixteen => sixteen(ink),
            Theme::Plain => plain(ink),
        }
    }
}

fn sixteen(ink: Ink) -> Style {
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
    fn the_plain_look_has_no_colour() {
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
        }
    }
}
