//! `fajian extract --stdin`: a step of somebody else's pipeline. For each line that comes in one goes out, in the same
//! order; what gives no report is a line with an `error`, and never ends the run.

use std::io::{self, BufRead, BufReader, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Session;
use crate::core::report::Report;
use crate::core::rules::Rules;
use crate::error::Error;
use crate::lang::Lang;
use crate::store::Options;
use crate::store::load::ingest_bytes;

/// Lines that have come in as far as this are extracted together; those behind them wait in the pipe.
const CHUNK: usize = 4 << 20;

/// One record of the input. Its text is in `text`, or in any encoding and format in `bytes` as base64.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: Value,
    name: Option<String>,
    text: Option<String>,
    bytes: Option<String>,
}

/// One record of the output.
#[derive(Serialize)]
struct Given<'a> {
    id: &'a Value,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct Refused<'a> {
    id: &'a Value,
    name: Option<&'a str>,
    error: String,
}

pub(super) fn run(session: &mut Session<'_>) -> Result<(), Error> {
    let (rules, options) = (session.rules.clone(), session.options);
    // Quotes and escapes may double a text, base64 makes it longer by a third.
    let most = options.max_bytes.saturating_mul(2).saturating_add(1 << 16);
    let mut input = BufReader::with_capacity(CHUNK, io::stdin().lock());
    loop {
        let lines = chunk(&mut input, most).map_err(Error::Output)?;
        if lines.is_empty() {
            return Ok(());
        }
        let answers: Vec<String> = lines
            .par_iter()
            .map(|line| answer(line.as_deref(), &rules, &options))
            .collect::<Result<_, _>>()?;
        for answer in answers {
            writeln!(session.out, "{answer}")?;
        }
        session.out.flush()?;
    }
}

/// The lines that are at hand, at least one unless the input has ended. None stands for a line beyond all measure.
fn chunk(input: &mut BufReader<impl Read>, most: u64) -> io::Result<Vec<Option<Vec<u8>>>> {
    let mut lines = Vec::new();
    while lines.is_empty() || input.buffer().contains(&b'\n') {
        let mut line = Vec::new();
        if input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let whole = line.ends_with(b"\n") || (line.len() as u64) < most;
        if !whole {
            skip_line(input)?;
        }
        if !line.trim_ascii().is_empty() {
            lines.push(whole.then_some(line));
        }
    }
    Ok(lines)
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (used, ended) = (end.map_or(buffer.len(), |end| end + 1), end.is_some() || buffer.is_empty());
        input.consume(used);
        if ended {
            return Ok(());
        }
    }
}

fn answer(line: Option<&[u8]>, rules: &Rules, options: &Options) -> serde_json::Result<String> {
    let lang = options.lang;
    let refused =
        |id: &Value, name: Option<&str>, error: String| serde_json::to_string(&Refused { id, name, error });
    let Some(line) = line else { return refused(&Value::Null, None, too_long(lang).to_owned()) };
    let asked: Asked = match serde_json::from_slice(line) {
        Ok(asked) => asked,
        Err(error) => return refused(&Value::Null, None, no_record(&error, lang)),
    };
    let Asked { id, name, text, bytes } = asked;
    // Where no name is given, the id is one.
    let called = name.clone().unwrap_or_else(|| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let bytes = match (text, bytes) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(bytes)) => match STANDARD.decode(bytes) {
            Ok(bytes) => bytes,
            Err(error) => return refused(&id, name.as_deref(), format!("bytes: {error}")),
        },
        _ => return refused(&id, name.as_deref(), neither(lang).to_owned()),
    };
    match ingest_bytes(&called, &bytes, rules, options) {
        Ok(document) => serde_json::to_string(&Given { id: &id, report: &document.report }),
        Err(reason) => refused(&id, name.as_deref(), reason.say(lang)),
    }
}

fn too_long(lang: Lang) -> &'static str {
    lang.pick("这一行过长；用 --max-mb 提高上限", "the line is too long; raise the limit with --max-mb")
}

fn no_record(error: &serde_json::Error, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("不是一条记录：{error}；每行应为含 id、name 和 text（或 base64 的 bytes）的 JSON 对象")
        }
        Lang::En => {
            format!(
                "not a record: {error}; each line is a JSON object with id, name, and text or (base64) bytes"
            )
        }
    }
}

fn neither(lang: Lang) -> &'static str {
    lang.pick("text 和 bytes 须有且只有一个", "give either text or bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_as_they_come_and_no_longer_than_allowed() {
        let input = b"{}\n\n0123456789012345\n[1]\nlast";
        let mut reader = BufReader::with_capacity(64, &input[..]);
        let lines = chunk(&mut reader, 10).unwrap();
        let last = chunk(&mut reader, 10).unwrap();
        let text =
            |line: &Option<Vec<u8>>| line.as_ref().map(|line| String::from_utf8(line.clone()).unwrap());
        assert_eq!(
            lines.iter().map(text).collect::<Vec<_>>(),
            [Some("{}\n".to_owned()), None, Some("[1]\n".to_owned())]
        );
        assert_eq!(last.iter().map(text).collect::<Vec<_>>(), [Some("last".to_owned())]);
        assert!(chunk(&mut reader, 10).unwrap().is_empty());
    }
}
