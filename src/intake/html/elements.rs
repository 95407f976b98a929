//! What the names of HTML's elements mean for the text.

/// A name, cut to a length that tells all of HTML's own apart.
pub(super) type Name = [u8; 12];

/// The name as an array, filled up with zeros.
pub(super) fn name(bytes: &[u8]) -> Name {
    let mut name = Name::default();
    name.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    name
}

/// What an element does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a line.
    Inline,
    /// A line of its own.
    Block,
    /// Lines of its own with space around.
    Paragraph,
    /// An item of a list.
    Item,
    /// A numbered list.
    Numbers,
    /// Text whose line ends count.
    Verbatim,
    /// A table.
    Table,
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// A line's end.
    Break,
    /// A line's end that stands for itself.
    Rule,
    /// Nothing inside and nothing shown.
    Void,
    /// Nothing inside is text of the page.
    Skip,
    /// The title of the window.
    Title,
}

/// The kind of an element.
pub(super) fn kind(name: &[u8]) -> Kind {
    match name {
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"blockquote" | b"section" | b"article"
        | b"ul" | b"dl" | b"header" | b"footer" | b"main" | b"aside" | b"nav" | b"figure" | b"fieldset"
        | b"form" => Kind::Paragraph,
        b"ol" => Kind::Numbers,
        b"div" | b"center" | b"address" | b"dt" | b"dd" | b"figcaption" | b"caption" | b"legend"
        | b"details" | b"summary" | b"body" | b"html" | b"hgroup" | b"dir" | b"menu" => Kind::Block,
        b"li" => Kind::Item,
        b"pre" | b"listing" | b"xmp" | b"plaintext" => Kind::Verbatim,
        b"table" => Kind::Table,
        b"tr" => Kind::Row,
        b"td" | b"th" => Kind::Cell,
        b"br" => Kind::Break,
        b"hr" => Kind::Rule,
        b"meta" | b"link" | b"img" | b"input" | b"area" | b"base" | b"basefont" | b"bgsound" | b"col"
        | b"embed" | b"frame" | b"param" | b"source" | b"track" | b"wbr" => Kind::Void,
        b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"math" | b"iframe" | b"noframes"
        | b"noembed" | b"textarea" | b"select" | b"button" | b"object" | b"audio" | b"video" | b"canvas"
        | b"map" | b"rt" | b"rp" => Kind::Skip,
        b"title" => Kind::Title,
        _ => Kind::Inline,
    }
}

impl Kind {
    /// True where an end tag of an inline element reaches no further out: `<font><table></font>`.
    pub fn is_wall(self) -> bool {
        !matches!(self, Kind::Inline | Kind::Skip | Kind::Title)
    }

    /// True where the element's beginning ends an open paragraph, whose own end tag may be left out.
    pub fn ends_paragraph(self) -> bool {
        !matches!(self, Kind::Inline | Kind::Break | Kind::Void | Kind::Skip | Kind::Title)
    }

    /// The elements that end with the beginning of this one, and those that hold them.
    pub fn ends(self) -> Option<(&'static [Kind], &'static [Kind])> {
        match self {
            Kind::Item => Some((&[Kind::Item], &[Kind::Numbers, Kind::Paragraph, Kind::Table])),
            Kind::Cell => Some((&[Kind::Cell], &[Kind::Row, Kind::Table])),
            Kind::Row => Some((&[Kind::Cell, Kind::Row], &[Kind::Table])),
            _ => None,
        }
    }
}
