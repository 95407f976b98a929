//! `fajian config`: where the configuration lies, what it sets, and what in it does not hold.

use std::path::Path;

use super::Session;
use super::args::ConfigArgs;
use super::table::Table;
use crate::app::config::EXAMPLE;
use crate::error::Error;
use crate::ui::look::Theme;

pub(super) fn run(session: &mut Session<'_>, args: &ConfigArgs, path: Option<&Path>) -> Result<(), Error> {
    if args.example {
        session.out.write_all(EXAMPLE.as_bytes())?;
        return Ok(());
    }
    let lang = session.lang();
    let unset = lang.pick("（未设）", "(not set)");
    let there = path.is_some_and(Path::is_file);
    let file = path.map_or_else(|| unset.to_owned(), |path| path.display().to_string());
    let config = &session.config;
    let or_unset = |value: Option<String>| value.unwrap_or_else(|| unset.to_owned());
    let mut table = Table::new(&[lang.pick("设置", "Setting"), lang.pick("值", "Value")]);
    let language = config.lang.map(|lang| lang.pick("zh", "en").to_owned());
    let settings = [
        (lang.pick("文件", "file"), file.clone()),
        ("language", or_unset(language)),
        ("theme", or_unset(config.theme.map(|theme| Theme::name(theme).to_owned()))),
        ("ambiguous_width", or_unset(config.ambiguous_width.map(|width| width.to_string()))),
        ("mouse", or_unset(config.mouse.map(|mouse| mouse.to_string()))),
        ("clipboard", or_unset(config.clipboard.as_ref().map(|program| program.join(" ")))),
        ("keys", session.config.keymap.own().to_string()),
    ];
    for (name, value) in settings {
        table.push([name.to_owned(), value]);
    }
    table.write(session.out, session.style)?;
    if !there {
        super::complain(lang.pick(
            "还没有配置文件；fajian config --example 输出一份样例，存到上面的路径即可",
            "there is no file yet; save what `fajian config --example` prints at the path above",
        ));
    }
    let faults = &session.config.faults;
    if faults.is_empty() {
        return Ok(());
    }
    let all: Vec<String> = faults.iter().map(|fault| format!("{file}: {}", fault.say(lang))).collect();
    Err(Error::Usage(all.join("\nfajian: ")))
}
