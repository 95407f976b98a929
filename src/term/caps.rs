//! What this terminal can do, by its environment. Nothing is asked of the terminal, so nothing is waited for.

use std::ffi::OsString;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Colours are wanted.
    pub colour: bool,
    /// Frames are wrapped so that the terminal shows them at once (mode 2026).
    pub synchronized: bool,
    /// We run inside tmux.
    pub tmux: bool,
    /// We are at the far end of an SSH line.
    pub remote: bool,
    /// Frames wait for a slow line.
    pub flow: bool,
    /// Box lines take one cell each.
    pub narrow_lines: bool,
    /// The terminal can be asked for its colours; some print what they do not know.
    pub asks: bool,
}

impl Caps {
    /// Reads the environment of this process.
    pub fn of_environment() -> Self {
        Caps::of(|name| std::env::var_os(name))
    }

    /// Reads an environment: `NO_COLOR`, `TERM`, `TMUX`, `SSH_CONNECTION`, `SSH_TTY`, and our own `FAJIAN_SYNC=0`, `FAJIAN_FLOW=0`,
    /// `FAJIAN_LINES=ascii`.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let is = |name: &str, value: &str| variable(name).is_some_and(|found| found == value);
        let set = |name: &str| variable(name).is_some_and(|found| !found.is_empty());
        let remote = set("SSH_CONNECTION") || set("SSH_TTY");
        Caps {
            colour: !set("NO_COLOR") && !is("TERM", "dumb"),
            synchronized: !is("FAJIAN_SYNC", "0") && !is("TERM", "linux"),
            tmux: set("TMUX"),
            remote,
            flow: remote && !is("FAJIAN_FLOW", "0"),
            narrow_lines: !is("FAJIAN_LINES", "ascii"),
            asks: !is("TERM", "linux") && !is("TERM", "dumb"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_decides() {
        let of = |pairs: &[(&str, &str)]| {
            Caps::of(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
        };
        assert!(of(&[]).colour && of(&[]).synchronized && !of(&[]).tmux);
        assert!(!of(&[("NO_COLOR", "1")]).colour);
        assert!(of(&[("NO_COLOR", "")]).colour);
        assert!(!of(&[("FAJIAN_SYNC", "0")]).synchronized);
        assert!(of(&[("TERM", "xterm")]).asks && !of(&[("TERM", "linux")]).asks);
        assert!(of(&[("TMUX", "/tmp/tmux-0/default,1,0")]).tmux);
    }
}
