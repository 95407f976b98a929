//! The explorer over hand-made reports, to look at its screens: `cargo run --example explore [zh|en]`.

#[path = "../tests/common/corpus.rs"]
mod corpus;

use std::sync::Arc;

use fajian::app::{self, Options};
use fajian::ui::lang::Lang;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let lang = if arguments.next().as_deref() == Some("en") { Lang::En } else { Lang::Zh };
    let rows = arguments.next().and_then(|rows| rows.parse().ok());
    let fixture = rows.map_or_else(corpus::Fixture::new, corpus::Fixture::many);
    app::run(Arc::new(fixture), Options { lang })
}
