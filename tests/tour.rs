//! The tour leads where its captions say, in about two minutes.

use std::sync::Arc;
use std::time::Duration;

use crate::common::World;
use fajian::app::play::Script;
use fajian::cli::tour::{SCRIPT, corpus};
use fajian::core::rules::Rules;
use fajian::lang::Lang;

#[test]
fn every_step_shows_what_its_caption_tells() {
    let world = World::new(corpus(&Arc::new(Rules::builtin().unwrap())));
    // What the screen shows after the keys of each step: a part of its path line, and something below it.
    let expected = [
        ("报告", "地区"),
        ("永嘉县 › 2022", "目录"),
        ("永嘉县 › 2022", "指标"),
        ("报告", "地区"),
        ("报告", "法律援助"),
        ("指标 › ", "法律援助"),
        ("指标 › ", "名次"),
        ("指标 › ", "名次"),
        ("走势 › ", "字母为地区"),
        ("矩阵", "未提"),
        ("核对", "待问"),
        ("报告", "地区"),
        ("报告", "帮助"),
        ("报告", "地区"),
    ];
    let keys: Vec<&str> = SCRIPT.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    assert_eq!(keys.len(), expected.len());
    for size in [(80, 24), (120, 36)] {
        let mut explorer = world.explorer(size.0, size.1, Lang::Zh);
        for (keys, (path, below)) in keys.iter().zip(expected) {
            explorer.press(keys);
            let rows = explorer.rows();
            let shown = rows[0].contains(path) && rows[1..].iter().any(|row| row.contains(below));
            assert!(shown, "{keys}: {path} {below}\n{}", rows.join("\n"));
            let refused = explorer.state.notice.as_ref().map(|notice| notice.weight);
            assert_ne!(refused, Some(fajian::ui::state::notice::Weight::Refused), "{keys}");
        }
    }
}

#[test]
fn it_takes_about_two_minutes_in_either_language() {
    let script = Script::parse(SCRIPT).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let length = script.length(lang);
        assert!((Duration::from_secs(90)..Duration::from_secs(150)).contains(&length), "{lang:?} {length:?}");
    }
}
