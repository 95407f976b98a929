//! `fajian check`: figures held against each other, with the arithmetic and the sentences.

use serde::Serialize;

use super::Session;
use super::args::CheckArgs;
use super::table::{Style, Table};
use crate::core::check::Verdict;
use crate::error::Error;
use crate::lang::Lang;
use crate::store::FindingRow;
use crate::ui::lang::Word;
use crate::ui::reasons;

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    questions: usize,
    consistent: usize,
    findings: &'a [FindingRow],
}

pub(super) fn run(session: &mut Session<'_>, args: &CheckArgs) -> Result<(), Error> {
    let corpus = session.corpus(&args.paths)?;
    if !corpus.has_texts() {
        return Err(Error::NoTexts);
    }
    let mut findings = corpus.findings();
    let questions = findings.iter().filter(|row| row.verdict == Verdict::Ask).count();
    let consistent = findings.len() - questions;
    if !args.all {
        findings.truncate(questions);
    }
    if args.json {
        let answer = Answer { schema: 1, questions, consistent, findings: &findings };
        serde_json::to_writer_pretty(&mut *session.out, &answer)?;
        writeln!(session.out)?;
        return Ok(());
    }
    match session.style {
        Style::Tabs => table(session, &findings)?,
        Style::Aligned { .. } => findings.iter().try_for_each(|row| block(session, row))?,
    }
    super::complain(&match session.lang() {
        Lang::Zh => format!("{questions} 处待问，{consistent} 处相符；--all 列出相符的"),
        Lang::En => format!("{questions} to ask, {consistent} consistent; --all lists the latter"),
    });
    Ok(())
}

/// One row for each figure, for pipes: the number of the finding comes first.
fn table(session: &mut Session<'_>, findings: &[FindingRow]) -> Result<(), Error> {
    let lang = session.lang();
    let mut table = Table::new(&[
        "#".to_owned(),
        lang.pick("结论", "Verdict").to_owned(),
        lang.pick("核对", "Check").to_owned(),
        lang.pick("算式", "Arithmetic").to_owned(),
        lang.pick("角色", "Role").to_owned(),
        session.word(Word::AsWritten),
        session.word(Word::Source),
        session.word(Word::Evidence),
    ]);
    for (n, row) in (1..).zip(findings) {
        for cited in &row.figures {
            table.push([
                n.to_string(),
                session.word(reasons::verdict(row.verdict)),
                session.word(reasons::check(row.kind)),
                row.arithmetic.clone(),
                session.word(reasons::role(cited.role)),
                cited.raw.clone(),
                format!("{}:{}", cited.path, cited.start),
                cited.quote.clone(),
            ]);
        }
    }
    table.write(session.out, session.style)?;
    Ok(())
}

/// The arithmetic, then each sentence once with the figures that it gives.
fn block(session: &mut Session<'_>, row: &FindingRow) -> Result<(), Error> {
    let [verdict, kind] = [reasons::verdict(row.verdict), reasons::check(row.kind)];
    let [verdict, kind] = [session.word(verdict), session.word(kind)];
    writeln!(session.out, "{verdict}  {kind}  {}", row.arithmetic)?;
    for (i, cited) in row.figures.iter().enumerate() {
        let role = session.word(reasons::role(cited.role));
        writeln!(session.out, "    {role} {}  {}:{}", cited.raw, cited.path, cited.start)?;
        if row.figures.get(i + 1).is_none_or(|next| next.quote != cited.quote) {
            writeln!(session.out, "      {}", cited.quote)?;
        }
    }
    writeln!(session.out)?;
    Ok(())
}
