//! The words that bound a number. Extraction only keeps the bound; here its words are found again.

use crate::core::figure::Bound;
use crate::core::figures::ground::Ground;
use crate::core::figures::lexicon::Bounds;
use crate::core::figures::mention::Mention;
use crate::core::figures::number::is_more;
use crate::core::span::Span;
use crate::core::text::Text;

/// What the bound of a mention goes by: 以上 behind the unit, 余 in the number, the word in front, or the list that
/// such a word governs.
pub fn ground(text: &Text, mention: &Mention, bounds: &Bounds) -> Ground {
    let span = mention.span;
    let written = &text.folded()[span.start..span.end];
    let behind = match mention.quantity.bound {
        Bound::Eq => return Ground::Nothing,
        Bound::Ge => bounds.after_ge.ends(written),
        Bound::Le => bounds.after_le.ends(written),
        Bound::Approx => bounds.after_approx.ends(written),
        Bound::Gt | Bound::Lt => None,
    };
    let more = || written.iter().rposition(|&c| is_more(c)).filter(|_| mention.quantity.bound == Bound::Gt);
    if let Some(len) = behind {
        Ground::before(span.end, len)
    } else if let Some(at) = more() {
        Ground::in_part(written, span.end, (at, 1))
    } else if mention.head < span.start {
        Ground::Words(text.trim(Span::new(mention.head, span.start)))
    } else {
        Ground::List
    }
}
