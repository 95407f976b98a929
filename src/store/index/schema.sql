-- The index of a corpus. Derived only: it may be deleted at any time.
-- Offsets are code points of the report's text; `n` counts from 0 within a report.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Words that many figures share: ids of indicators, units, scopes, reasons.
CREATE TABLE terms (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

CREATE TABLE reports (
    id        INTEGER PRIMARY KEY,
    root      INTEGER NOT NULL,  -- which of the given paths it lies under
    path      TEXT    NOT NULL,  -- the name that it goes by
    raw_path  BLOB,              -- the path below the root, where the name does not give it
    member    TEXT,              -- JSON: which member of the archive at that path
    size      INTEGER NOT NULL,
    modified  INTEGER,           -- nanoseconds; none where the clock cannot be trusted yet
    hash      BLOB    NOT NULL,  -- of the file's bytes
    rules     INTEGER NOT NULL,  -- the term that names the rules it was extracted by
    decided   INTEGER,           -- a digest of what people decided about it; none where nobody did
    title     TEXT,
    place     TEXT,
    code      TEXT,
    level     INTEGER,           -- 0 nation … 4 township
    province  TEXT,
    issuer    TEXT,
    published TEXT,
    year      INTEGER,
    source    TEXT,
    kind      TEXT    NOT NULL,
    origins   TEXT    NOT NULL,  -- JSON
    body_start INTEGER NOT NULL,
    body_end   INTEGER NOT NULL,
    sections  INTEGER NOT NULL,  -- how many
    figures   INTEGER NOT NULL,
    linked    INTEGER NOT NULL,
    condition TEXT    NOT NULL,  -- JSON: what looked wrong in the file
    problems  TEXT    NOT NULL,  -- JSON: what looked wrong in the report
    set_aside TEXT,              -- JSON: figures that a person found to be none
    haystack  TEXT    NOT NULL   -- what a filter looks at, folded
);

CREATE TABLE sections (
    report INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    parent INTEGER,
    level  INTEGER NOT NULL,
    marker TEXT,
    title  TEXT    NOT NULL,
    start  INTEGER NOT NULL,
    "end"  INTEGER NOT NULL,
    PRIMARY KEY (report, n)
) WITHOUT ROWID;

CREATE TABLE figures (
    report     INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    raw        TEXT    NOT NULL,
    value      TEXT    NOT NULL,  -- exact decimal
    value_high TEXT,
    unit       INTEGER,           -- term
    bound      INTEGER NOT NULL,  -- 0 as stated, 1 >, 2 >=, 3 <, 4 <=, 5 about
    nature     INTEGER NOT NULL,  -- 0 actual, 1 previous, 2 change, 3 target
    period     TEXT,
    scope      INTEGER,           -- term
    label      TEXT    NOT NULL,
    indicator  INTEGER,           -- term
    confidence REAL    NOT NULL,
    why        INTEGER NOT NULL,  -- term: the reason up to its last semicolon
    why_rest   TEXT    NOT NULL,  -- the reason from there on
    section    INTEGER,
    quote      INTEGER,           -- the sentence, for figures that are linked
    corrected  TEXT,              -- JSON: what a person decided about it
    PRIMARY KEY (report, n)
) WITHOUT ROWID;

CREATE TABLE quotes (
    report INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    text   TEXT    NOT NULL,
    PRIMARY KEY (report, n)
) WITHOUT ROWID;

-- Which letters and pairs of letters stand in which texts: see postings.rs. First report by report, then in segments.
CREATE TABLE grams (
    report INTEGER PRIMARY KEY,
    keys   BLOB NOT NULL
);

CREATE TABLE segments (
    id      INTEGER PRIMARY KEY,
    reports BLOB NOT NULL        -- the ids of its reports, four bytes each
);

CREATE TABLE postings (
    part    INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    keys    BLOB    NOT NULL,
    PRIMARY KEY (part, segment)
) WITHOUT ROWID;

-- Files that gave no report, in the order in which they are told.
CREATE TABLE refused (
    n        INTEGER PRIMARY KEY,
    root     INTEGER,
    path     TEXT NOT NULL,
    size     INTEGER,
    modified INTEGER,
    reason   TEXT NOT NULL       -- JSON
);

CREATE VIEW jurisdictions AS
    SELECT code, place, level, count(*) AS reports, sum(figures) AS figures, min(year) AS first, max(year) AS last
    FROM reports WHERE code IS NOT NULL GROUP BY code, place, level;
