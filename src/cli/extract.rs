//! `fajian extract`: everything that is extracted, as JSON (`spec/figures.md`, part 7).

use std::io::Write;

use rayon::prelude::*;

use super::Session;
use super::args::{ExtractArgs, ExtractFormat};
use crate::core::report::Report;
use crate::error::Error;
use crate::intake::{Gathered, IntakeError};
use crate::store::load::ingest;
use crate::store::parts::gathered;
use crate::store::review::Decided;

/// Files that are extracted at a time: enough for all cores, few enough for any memory.
const BATCH: usize = 256;

pub(super) fn run(session: &mut Session<'_>, args: &ExtractArgs) -> Result<(), Error> {
    if args.stdin {
        return super::stream::run(session);
    }
    let Gathered { files, mut refused } = gathered(&args.paths, &session.options, &session.rules);
    let (decided, troubles) = Decided::beside(&files, session.lang());
    troubles.iter().for_each(|trouble| super::complain(trouble));
    let mut written = 0;
    let mut frame = Frame { format: args.format };
    frame.open(session.out)?;
    for batch in files.chunks(BATCH) {
        let (rules, options) = (session.rules.as_ref(), &session.options);
        let records: Vec<Result<Record, Refusal>> = batch
            .par_iter()
            .map(|source| {
                let mut document = ingest(source, rules, options).map_err(Refusal::Intake)?;
                decided.apply(source, &mut document.report, &document.text);
                record(&document.report)
            })
            .collect();
        for (source, record) in batch.iter().zip(records) {
            match record {
                Ok(Record { json, problems }) => {
                    frame.record(session.out, &json, written == 0)?;
                    super::tell_problems(&source.name, &problems);
                    written += 1;
                }
                Err(Refusal::Intake(reason)) => refused.push((source.name.clone(), reason)),
                Err(Refusal::Json(error)) => return Err(error.into()),
            }
        }
    }
    frame.close(session.out)?;
    session.tell_refused(&refused, written == 0);
    if written == 0 { Err(Error::NothingRead) } else { Ok(()) }
}

enum Refusal {
    Intake(IntakeError),
    Json(serde_json::Error),
}

struct Record {
    json: String,
    problems: Vec<String>,
}

fn record(report: &Report) -> Result<Record, Refusal> {
    let json = serde_json::to_string(report).map_err(Refusal::Json)?;
    Ok(Record { json, problems: report.problems.clone() })
}

/// What stands around the records.
struct Frame {
    format: ExtractFormat,
}

impl Frame {
    fn open(&mut self, out: &mut dyn Write) -> Result<(), Error> {
        if self.format == ExtractFormat::Json {
            write!(out, "{{\"schema\":1,\"reports\":[")?;
        }
        Ok(())
    }

    fn record(&mut self, out: &mut dyn Write, json: &str, first: bool) -> Result<(), Error> {
        match self.format {
            ExtractFormat::Ndjson => writeln!(out, "{json}")?,
            ExtractFormat::Json => write!(out, "{}\n{json}", if first { "" } else { "," })?,
        }
        Ok(())
    }

    fn close(&mut self, out: &mut dyn Write) -> Result<(), Error> {
        if self.format == ExtractFormat::Json {
            writeln!(out, "\n]}}")?;
        }
        Ok(())
    }
}
