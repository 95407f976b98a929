use std::fs;

use super::*;
use crate::core::extract;
use crate::core::rules::Rules;
use crate::store::Document;
use crate::store::decisions::Verdict;

const HEAD: &str = "兰州市2023年法治政府建设情况的报告\n\n一、主要举措\n";
const ONE: &str = "受理行政复议案件470件，审结343件。\n";
const TWO: &str = "全年开展执法监督检查12次，制发监督意见书35份。\n";
const THREE: &str = "办理法律援助案件1026件，提供法律咨询8万余人次。\n";
const FOUR: &str = "组织法治宣传活动68场次，发放宣传资料9000余份。\n";

/// One report under review, in a folder of its own.
struct Desk {
    ledger: Ledger,
    rules: Rules,
}

impl Desk {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("fajian-review-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        Desk { ledger: Ledger::open(root).unwrap(), rules: Rules::builtin().unwrap() }
    }

    fn document(&self, parts: &[&str]) -> Document {
        let source = format!("{HEAD}{}", parts.concat());
        Document { report: extract("a.txt", &source, &self.rules), text: Text::new(&source) }
    }

    fn currents(&self, parts: &[&str]) -> Currents {
        let document = self.document(parts);
        let current = Current::of("a.txt", &document.report, &document.text, "1+a");
        Currents::from([("a.txt".to_owned(), current)])
    }

    fn items(&self, parts: &[&str]) -> Vec<Item> {
        self.ledger.queue(&self.currents(parts)).unwrap().items
    }

    fn decide(&mut self, who: &str, item: &Item, verdict: Verdict, parts: &[&str]) -> String {
        let currents = self.currents(parts);
        let outcome = self.ledger.decide(&[item], &verdict, &sign(who), &currents).unwrap();
        assert!(outcome.late.is_empty());
        outcome.made[0].id.clone()
    }

    /// Accepts the report as it is.
    fn start(&mut self, parts: &[&str]) {
        let item = self.items(parts).remove(0);
        assert_eq!(item.kind, ItemKind::Report);
        self.decide("anna", &item, Verdict::Accept, parts);
        assert!(self.items(parts).is_empty());
    }

    fn undo(&mut self, id: &str, parts: &[&str]) {
        let currents = self.currents(parts);
        self.ledger.undo(id, &sign("anna"), &currents).unwrap().unwrap();
    }

    /// The report with the decisions laid over it.
    fn shown(&self, parts: &[&str]) -> Report {
        let mut document = self.document(parts);
        apply::lay_over(&mut document.report, &document.text, "a.txt", self.ledger.states());
        document.report
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.ledger.root());
    }
}

fn sign(who: &str) -> Signature {
    Signature { who: who.to_owned(), when: "2024-03-01T08:30:00Z".to_owned(), why: String::new() }
}

fn raws(report: &Report) -> Vec<&str> {
    report.figures.iter().map(|figure| figure.raw.as_str()).collect()
}

#[test]
fn a_move_is_accepted_and_put_back() {
    let mut desk = Desk::new("move");
    let (old, new) = ([ONE, TWO, THREE, FOUR], [TWO, THREE, ONE, FOUR]);
    desk.start(&old);
    let moved = desk.items(&new);
    assert!(moved.len() == 2 && moved.iter().all(|item| item.kind == ItemKind::Moved), "{moved:#?}");
    let ids: Vec<String> =
        moved.iter().map(|item| desk.decide("anna", item, Verdict::Accept, &new)).collect();
    assert!(desk.items(&new).is_empty());
    ids.iter().rev().for_each(|id| desk.undo(id, &new));
    assert_eq!(desk.items(&new).len(), 2);
    assert!(desk.items(&old).is_empty());
}

#[test]
fn what_is_no_figure_is_set_aside_and_comes_back() {
    let mut desk = Desk::new("none");
    desk.start(&[ONE]);
    let currents = desk.currents(&[ONE]);
    let current = &currents["a.txt"];
    let item = Item::of_figure(current, &current.extraction.sights()[0]);
    let to = vec![crate::core::correct::Edit::NotAFigure];
    let id = desk.decide("anna", &item, Verdict::Correct { to }, &[ONE]);
    let report = desk.shown(&[TWO, ONE]);
    assert_eq!(raws(&report), ["12次", "35份", "343件"]);
    assert_eq!(report.set_aside[0].corrected.as_ref().unwrap().decision, id);
    desk.undo(&id, &[ONE]);
    assert_eq!(raws(&desk.shown(&[ONE])), ["470件", "343件"]);
}

#[test]
fn a_lost_figure_that_is_not_let_go_is_shown_where_it_stands() {
    let mut desk = Desk::new("lost");
    desk.start(&[ONE, TWO]);
    // Other rules lose the first figure.
    let mut document = desk.document(&[ONE, TWO]);
    document.report.figures.remove(0);
    let current = Current::of("a.txt", &document.report, &document.text, "2+a");
    let currents = Currents::from([("a.txt".to_owned(), current)]);
    let items = desk.ledger.queue(&currents).unwrap().items;
    assert_eq!((items.len(), items[0].kind), (1, ItemKind::Gone));
    desk.ledger.decide(&[&items[0]], &Verdict::Reject, &sign("anna"), &currents).unwrap();
    assert!(desk.ledger.queue(&currents).unwrap().items.is_empty());
    apply::lay_over(&mut document.report, &document.text, "a.txt", desk.ledger.states());
    assert_eq!(raws(&document.report), ["470件", "343件", "12次", "35份"]);
    assert!(document.report.figures[0].corrected.as_ref().unwrap().extracted.is_none());
}

#[test]
fn a_sentence_that_grew_is_to_be_looked_at_again() {
    let mut desk = Desk::new("grew");
    desk.start(&[ONE, TWO]);
    let wrong = ONE.replace("470", "480");
    let item = desk.items(&[&wrong, TWO]).remove(0);
    let id = desk.decide("anna", &item, Verdict::Reject, &[&wrong, TWO]);
    assert!(desk.items(&[&wrong, TWO]).is_empty());
    let grown = format!("一年来，{wrong}");
    let items = desk.items(&[&grown, TWO]);
    assert_eq!(items.iter().filter(|item| item.again == [id.clone()]).count(), 1, "{items:#?}");
    let gone = desk.items(&[TWO, THREE]);
    assert_eq!(gone.iter().filter(|item| item.again == [id.clone()]).count(), 1, "{gone:#?}");
}

#[test]
fn contrary_decisions_wait_for_a_third() {
    let mut desk = Desk::new("contrary");
    desk.start(&[ONE, TWO]);
    let parts = [&*ONE.replace("470", "480"), TWO];
    let item = desk.items(&parts).remove(0);
    desk.decide("anna", &item, Verdict::Accept, &parts);
    desk.decide("bo", &item, Verdict::Reject, &parts);
    let conflict = desk.items(&parts).remove(0);
    assert_eq!(conflict.conflict.len(), 2);
    assert!(desk.shown(&parts).figures.iter().all(|figure| figure.corrected.is_none()));
    let settled = desk.decide("chen", &conflict, Verdict::Reject, &parts);
    assert!(desk.items(&parts).is_empty());
    assert!(desk.shown(&parts).figures[0].corrected.is_some());
    desk.undo(&settled, &parts);
    assert_eq!(desk.items(&parts)[0].conflict.len(), 2);
}

#[test]
fn a_lost_file_of_what_was_accepted_is_asked_for_again_or_follows_from_the_log() {
    let mut desk = Desk::new("file");
    desk.start(&[ONE, TWO]);
    baseline::remove(desk.ledger.root(), "a.txt").unwrap();
    assert!(desk.items(&[ONE, TWO]).is_empty(), "the log knows what was accepted");
    assert_eq!(desk.items(&[ONE, THREE])[0].kind, ItemKind::Report);
}
