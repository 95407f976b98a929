//! Whole ways through the explorer. Each file of `tests/flows` is a script:
//!
//! ```text
//! # what it shows
//! = 80x24 zh        a fresh explorer; with `review` behind it one that has something to review
//! > Down Enter      keys; "letters" are typed
//! | text            a row shows this; several such lines stand below each other
//! ! text            no row shows this
//! $ text            what was copied last holds this
//! ```

use std::fs;

use crate::common::{Explorer, desk};
use fajian::lang::Lang;
use walkdir::WalkDir;

struct Flow {
    name: String,
    explorer: Option<Explorer>,
    below: usize,
}

impl Flow {
    fn step(&mut self, line: &str) -> Result<(), String> {
        let (sign, rest) = line.split_at_checked(1).unwrap_or((line, ""));
        let rest = rest.trim();
        if sign == "=" {
            let (size, rest) = rest.split_once(' ').ok_or("size and language")?;
            let (lang, desk) = rest.split_once(' ').map_or((rest, None), |(lang, desk)| (lang, Some(desk)));
            let (width, height) = size.split_once('x').ok_or("a size")?;
            let lang = Lang::of_tag(lang).ok_or("a language")?;
            let explorer = Explorer::new(width.parse().unwrap(), height.parse().unwrap(), lang);
            self.explorer = Some(match desk {
                Some("review") => explorer.reviewing(desk::changed(&self.name)),
                _ => explorer,
            });
            self.below = 0;
            return Ok(());
        }
        let explorer = self.explorer.as_mut().ok_or("begin with = 80x24 zh")?;
        match sign {
            ">" => {
                explorer.press(rest);
                self.below = 0;
            }
            "|" => {
                let rows = explorer.rows();
                let found =
                    rows.iter().skip(self.below).position(|row| squeezed(row).contains(&squeezed(rest)));
                self.below += 1 + found.ok_or_else(|| format!("no row shows it:\n{}", rows.join("\n")))?;
            }
            "!" if explorer.shows(rest) => {
                return Err(format!("a row shows it:\n{}", explorer.rows().join("\n")));
            }
            "$" => {
                let last = explorer.copied.last().ok_or("nothing was copied")?;
                if !last.contains(rest) {
                    return Err(format!("copied was:\n{last}"));
                }
            }
            "q" if !explorer.left => return Err("it did not quit".into()),
            _ => {}
        }
        Ok(())
    }
}

/// Columns move with their content; what matters is what stands beside what.
fn squeezed(row: &str) -> String {
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_flow_goes_as_written() {
    let mut failures = Vec::new();
    let mut flows = 0;
    for entry in WalkDir::new(format!("{}/tests/flows", env!("CARGO_MANIFEST_DIR"))).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        flows += 1;
        let name = format!("flow-{}", entry.file_name().to_string_lossy());
        let mut flow = Flow { name, explorer: None, below: 0 };
        for (number, line) in fs::read_to_string(entry.path()).unwrap().lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if let Err(why) = flow.step(line) {
                failures.push(format!("{}:{}: {line}\n{why}", entry.path().display(), number + 1));
                break;
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(flows > 5, "the flows are gone");
}
