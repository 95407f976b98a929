//! Web pages to lines of text.
//!
//! The tokens come from html5gum, which knows the standard's states, entities and raw elements and nothing else. The
//! tree that a browser would build is not needed: a flat stack of open elements tells what is hidden, linked or in a
//! cell, so that no nesting, however deep, costs more than its own length.

mod elements;
mod meta;

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::error::NoReport;
use super::layout::{self, Layout};
use elements::{Kind, Name};
use meta::Meta;

/// An end tag closes an element no further out than this.
const REACH: usize = 128;

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Page {
    /// Its text.
    pub text: String,
    /// It asks for a password.
    pub asks_password: bool,
    /// Scripts may write what is not in the page.
    pub scripted: bool,
}

/// A page with more Chinese characters than this is no mere notice.
const NOTICE: usize = 300;

impl Page {
    /// What the page is where it cannot hold a report.
    pub fn no_report(&self) -> Option<NoReport> {
        let han = self.text.chars().filter(|&c| is_han(c)).count();
        let says = |words: &[&str]| words.iter().any(|word| self.text.contains(word));
        if han > NOTICE {
            None
        } else if self.asks_password {
            Some(NoReport::Login)
        } else if says(&[
            "404",
            "页面不存在",
            "页面未找到",
            "无法找到该页",
            "找不到页面",
            "Not Found",
            "您访问的页面",
        ]) {
            Some(NoReport::Missing)
        } else if self.scripted && han < 30 {
            Some(NoReport::Scripted)
        } else {
            None
        }
    }
}

/// Takes the text out of a page. Parts that are invisible until a script shows them are text where they hold most of it: articles of
/// public accounts are saved so.
pub(super) fn read(html: &str) -> Page {
    let (page, veiled) = run(html, false);
    let shown = page.text.chars().filter(|&c| is_han(c)).count();
    if veiled > shown { run(html, true).0 } else { page }
}

/// Reads the page, with or without its veiled parts; and how many Chinese characters stand in those.
fn run(html: &str, lifted: bool) -> (Page, usize) {
    let veil = Veil { lifted, ..Veil::default() };
    let mut reader = Reader { layout: Layout::new(), veil, ..Reader::default() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        reader.event(&event);
        None
    });
    emitter.naively_switch_states(true);
    // No token is ever given back: one call runs through the whole page, and memory has no errors of reading.
    let _ = Tokenizer::new_with_emitter(html, emitter).next();
    let veiled = reader.veil.held;
    (reader.end(), veiled)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// What is there and cannot be seen: `visibility: hidden`.
#[derive(Debug, Default)]
struct Veil {
    /// Read all the same.
    lifted: bool,
    /// How many open elements are veiled.
    open: usize,
    /// Chinese characters inside.
    held: usize,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    name: Name,
    kind: Kind,
    hidden: bool,
    veiled: bool,
    linked: bool,
    /// The number of the next item of a list.
    next: Option<u32>,
}

/// A start tag while its attributes come in.
#[derive(Debug, Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    hidden: bool,
    veiled: bool,
    linked: bool,
    password: bool,
    start: Option<u32>,
    plain_list: bool,
    /// name or property, and content.
    meta: (String, String),
}

#[derive(Debug, Default)]
struct Reader {
    layout: Layout,
    stack: Vec<Open>,
    tag: Tag,
    meta: Meta,
    hidden: usize,
    veil: Veil,
    linked: usize,
    verbatim: usize,
    asks_password: bool,
    scripted: bool,
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: name.to_vec(), ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute = name.to_vec();
                self.tag.hidden |= *name == b"hidden";
                self.tag.linked |= *name == b"href" && self.tag.name == b"a";
            }
            CallbackEvent::AttributeValue { value } => self.tag.value(&String::from_utf8_lossy(value)),
            CallbackEvent::CloseStartTag { .. } => self.start_tag(),
            CallbackEvent::EndTag { name } => self.end_tag(name),
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.stack.last().is_some_and(|open| open.kind == Kind::Title) {
            self.meta.title(text);
        } else if self.hidden == 0 && self.veil.open > 0 && !self.veil.lifted {
            self.veil.held += text.chars().filter(|&c| is_han(c)).count();
        } else if self.hidden == 0 && self.verbatim > 0 {
            self.layout.verbatim(text);
        } else if self.hidden == 0 {
            self.layout.text(text, self.linked > 0);
        }
    }

    fn start_tag(&mut self) {
        let tag = std::mem::take(&mut self.tag);
        let kind = elements::kind(&tag.name);
        self.asks_password |= tag.password;
        self.scripted |= tag.name == b"script";
        if tag.name == b"meta" {
            self.meta.field(&tag.meta.0, &tag.meta.1);
        }
        if kind.ends_paragraph() && self.stack.last().is_some_and(|open| open.name == elements::name(b"p")) {
            self.close(self.stack.len() - 1);
        }
        if let Some((ended, holders)) = kind.ends() {
            self.close_implied(ended, holders);
        }
        if self.is_shown() {
            self.begin(kind);
        }
        if matches!(kind, Kind::Void | Kind::Break | Kind::Rule) {
            return;
        }
        let hidden = tag.hidden || matches!(kind, Kind::Skip | Kind::Title);
        let kind = if kind == Kind::Table && self.is_shown() && !hidden && !self.layout.open_table() {
            Kind::Block
        } else {
            kind
        };
        let next = (kind == Kind::Numbers && !tag.plain_list).then_some(tag.start.unwrap_or(1));
        let Tag { veiled, linked, .. } = tag;
        let open = Open { name: elements::name(&tag.name), kind, hidden, veiled, linked, next };
        self.hidden += usize::from(hidden);
        self.veil.open += usize::from(veiled);
        self.linked += usize::from(open.linked);
        self.verbatim += usize::from(kind == Kind::Verbatim);
        self.stack.push(open);
    }

    /// True where what comes is text.
    fn is_shown(&self) -> bool {
        self.hidden == 0 && (self.veil.open == 0 || self.veil.lifted)
    }

    /// What the beginning of an element does to the lines.
    fn begin(&mut self, kind: Kind) {
        match kind {
            Kind::Block | Kind::Verbatim => self.layout.end_line(),
            Kind::Paragraph | Kind::Rule | Kind::Numbers => self.layout.paragraph(),
            Kind::Break => self.layout.line_break(),
            Kind::Row => self.layout.end_row(),
            Kind::Cell => self.layout.open_cell(),
            Kind::Item => {
                self.layout.end_line();
                let list = self
                    .stack
                    .iter_mut()
                    .rev()
                    .take(REACH)
                    .find(|open| open.kind == Kind::Numbers || &open.name[..3] == b"ul\0");
                if let Some(number) = list.and_then(|list| list.next.as_mut()) {
                    self.layout.marker(Some(format!("{number}. ")));
                    *number = number.saturating_add(1);
                }
            }
            Kind::Inline | Kind::Table | Kind::Void | Kind::Skip | Kind::Title => {}
        }
    }

    /// Closes what the standard lets authors leave open: the item before an item, the cell before a cell.
    fn close_implied(&mut self, ended: &[Kind], holders: &[Kind]) {
        let near = self.stack.iter().enumerate().rev().take(REACH);
        let inside = near.take_while(|(_, open)| !holders.contains(&open.kind) || ended.contains(&open.kind));
        let outermost = inside.filter(|(_, open)| ended.contains(&open.kind)).last();
        if let Some((at, _)) = outermost {
            self.close(at);
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        let kind = elements::kind(name);
        if name == b"br"
            || name == b"p" && !self.stack.iter().rev().take(REACH).any(|o| o.name == elements::name(b"p"))
        {
            // Browsers read both as if they were start tags.
            self.begin(if self.is_shown() { kind } else { Kind::Void });
            return;
        }
        let name = elements::name(name);
        let near = self.stack.iter().enumerate().rev().take(REACH);
        let stop = |open: &Open| match kind {
            Kind::Inline | Kind::Skip | Kind::Title => open.kind.is_wall(),
            Kind::Table => false,
            _ => open.kind == Kind::Table || kind != Kind::Row && open.kind == Kind::Cell,
        };
        let mut within = true;
        let mut reachable = near.take_while(|(_, open)| {
            let goes_on = within;
            within = !stop(open);
            goes_on
        });
        if let Some((at, _)) = reachable.find(|(_, open)| open.name == name) {
            self.close(at);
        }
    }

    /// Closes the element at this place of the stack and all inside it.
    fn close(&mut self, at: usize) {
        while self.stack.len() > at {
            let Some(open) = self.stack.pop() else { return };
            let shown = self.is_shown();
            self.hidden -= usize::from(open.hidden);
            self.veil.open -= usize::from(open.veiled);
            self.linked -= usize::from(open.linked);
            self.verbatim -= usize::from(open.kind == Kind::Verbatim);
            if !shown {
                continue;
            }
            match open.kind {
                Kind::Block | Kind::Item | Kind::Verbatim => self.layout.end_line(),
                Kind::Paragraph | Kind::Numbers => self.layout.paragraph(),
                Kind::Table => self.layout.close_table(),
                Kind::Row => self.layout.end_row(),
                _ => {}
            }
        }
    }

    fn end(mut self) -> Page {
        self.close(0);
        let lines = self.layout.finish();
        let text = layout::join(&lines);
        let head = self.meta.lines(&text);
        Page { text: head + &text, asks_password: self.asks_password, scripted: self.scripted }
    }
}

impl Tag {
    fn value(&mut self, value: &str) {
        match self.attribute.as_slice() {
            b"style" => {
                let style: String =
                    value.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
                self.hidden |= style.contains("display:none");
                self.veiled |= style.contains("visibility:hidden");
                self.plain_list |=
                    style.contains("list-style:none") || style.contains("list-style-type:none");
            }
            b"type" => self.password |= self.name == b"input" && value.eq_ignore_ascii_case("password"),
            b"start" => self.start = value.trim().parse().ok(),
            b"name" | b"property" if self.name == b"meta" => self.meta.0 = value.to_ascii_lowercase(),
            b"content" if self.name == b"meta" => value.clone_into(&mut self.meta.1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
