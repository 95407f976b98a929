//! One fact stated twice: in the lead and in the body, in the text and in its table.

use std::collections::BTreeMap;

use super::scene::Scene;
use super::{Findings, Kind, Role};
use crate::core::figure::Nature;
use crate::core::figures::refuse::is_han;
use crate::core::period::Period;

/// What two statements must share to be of one fact: indicator, period, scope, and the words that count.
type Fact<'a> = (&'a str, Option<Period>, Option<&'a str>, String);

pub fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let mut facts: BTreeMap<Fact<'_>, Vec<usize>> = BTreeMap::new();
    for (i, figure) in scene.figures().iter().enumerate() {
        let total = scene.indicator(i).filter(|id| scene.relations().is_total(id));
        if let Some(id) = total.filter(|_| figure.nature == Nature::Actual) {
            let fact = (id, figure.period, figure.scope.as_deref(), counted(scene, &figure.label));
            facts.entry(fact).or_default().push(i);
        }
    }
    for (_, statements) in facts.into_iter().filter(|((.., words), _)| !words.is_empty()) {
        // Three and more are an enumeration: of districts, of quarters.
        if let [first, second] = statements[..] {
            compare(scene, first, second, findings);
        }
    }
}

fn compare(scene: &Scene<'_>, first: usize, second: usize, findings: &mut Findings<'_>) {
    if scene.sentence_of(first).contains(&second) || !scene.alike(first, second) {
        return;
    }
    let fits = scene.extent(first).meets(scene.extent(second));
    let [a, b] = [first, second].map(|i| scene.shown(i));
    let sign = match fits {
        true if a == b => "=",
        true => "≈",
        false => "≠",
    };
    let cited = [(first, Role::Statement), (second, Role::Statement)];
    findings.add(Kind::Repeated, fits, &cited, format!("{a} {sign} {b}"));
}

/// A label without the words that say nothing about what is counted.
fn counted(scene: &Scene<'_>, label: &str) -> String {
    let chars: Vec<char> = label.chars().filter(|&c| is_han(c)).collect();
    let neutral = &scene.relations().words.neutral;
    let mut counted = String::new();
    let mut at = 0;
    while at < chars.len() {
        match neutral.begins(&chars[at..]) {
            Some(len) => at += len,
            None => {
                counted.push(chars[at]);
                at += 1;
            }
        }
    }
    counted
}
