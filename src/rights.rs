//! What whoever is logged in may do. One value, made from the command line and passed down; everything that goes
//! beyond reading reports is asked of it, in the command line's `run` and where the loop grants wishes.

use crate::lang::Lang;

/// How far a login may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rights {
    /// Everything.
    #[default]
    All,
    /// No decisions and no files (`--read-only`), the user's own settings and last place aside.
    ReadOnly,
    /// The explorer over the folders named when it was started, and nothing else (`--restricted`).
    Restricted,
}

/// Something that goes beyond reading reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// To decide about changes: accept, reject, correct, undo.
    Decide,
    /// To write a file: an export, an index.
    Write,
    /// To start another program: an editor, a pager, tmux.
    Run,
    /// To open a path that was not given when the program was started.
    Reach,
    /// To read and keep what belongs to the user: settings, the last place, the history.
    Own,
    /// To go back to the shell for a while.
    Suspend,
    /// To use a command instead of the explorer.
    Command,
}

impl Rights {
    /// True where the deed is allowed.
    pub fn may(self, deed: Deed) -> bool {
        match self {
            Rights::All => true,
            Rights::ReadOnly => !matches!(deed, Deed::Decide | Deed::Write),
            Rights::Restricted => false,
        }
    }

    /// Why a deed is not allowed, and what to do instead.
    pub fn refusal(self, lang: Lang) -> &'static str {
        match self {
            Rights::All => "",
            Rights::ReadOnly => lang.pick(
                "只读（--read-only）：不作决定，不写文件；去掉该选项后再做",
                "read-only (--read-only): nothing is decided or written; do it without that option",
            ),
            Rights::Restricted => lang.pick(
                "受限登录（--restricted）：只能浏览报告；其他操作请联系管理员",
                "restricted login (--restricted): reports can be explored and nothing else; ask the administrator",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEEDS: [Deed; 7] =
        [Deed::Decide, Deed::Write, Deed::Run, Deed::Reach, Deed::Own, Deed::Suspend, Deed::Command];

    #[test]
    fn each_takes_away_more_than_the_one_before() {
        let allowed = |rights: Rights| DEEDS.iter().filter(|deed| rights.may(**deed)).count();
        assert_eq!([Rights::All, Rights::ReadOnly, Rights::Restricted].map(allowed), [7, 5, 0]);
        assert!(!Rights::ReadOnly.may(Deed::Decide) && !Rights::ReadOnly.may(Deed::Write));
    }
}
