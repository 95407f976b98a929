-- The index of a corpus. Derived only: it may be deleted at any time.
-- Offsets are code points of the report's text; `n` counts from 0 within a report.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Words that many figures share: ids of indicators, folded units; and the name of the rules.
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
    modified  INTEGER,           -- nanoseconds, of several files their sum; none where the clock cannot be trusted yet
    hash      BLOB    NOT NULL,  -- of the bytes of its files
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
    sections  INTEGER NOT NULL,  -- how many
    figures   INTEGER NOT NULL,
    linked    INTEGER NOT NULL,
    condition TEXT    NOT NULL,  -- JSON: what looked wrong in the file
    problems  TEXT    NOT NULL,  -- JSON: what looked wrong in the report
    haystack  TEXT    NOT NULL,  -- what a filter looks at, folded
    body      INTEGER NOT NULL,  -- where its body begins …
    body_end  INTEGER NOT NULL,  -- … and ends
    copy_of   INTEGER,           -- the report that it is a copy of
    copies    TEXT,              -- JSON: the paths of its copies
    also      TEXT    NOT NULL,  -- those paths, folded, each behind a line end: a filter looks at them too
    parts     TEXT               -- JSON: the files that it is spread over, where they are several
);

-- What tells copies: see core/copies.rs. The lists are of four-byte numbers, the lowest byte first.
CREATE TABLE marks (
    report   INTEGER PRIMARY KEY,
    kin      INTEGER NOT NULL,   -- a hash of place, year and kind
    issuer   INTEGER,            -- a hash
    sound    INTEGER NOT NULL,
    "values" BLOB NOT NULL,
    runs     BLOB NOT NULL
);

-- Kin among whom copies have to be looked for again.
CREATE TABLE unsettled (
    kin INTEGER PRIMARY KEY
);

-- Outline, figures and sentences of one report, in one piece: see record.rs.
CREATE TABLE records (
    report INTEGER PRIMARY KEY,
    bytes  BLOB NOT NULL
);

-- What the figures of a report come to when they are held against each other, and what it brings to findings between
-- reports: see checks.rs.
CREATE TABLE checks (
    report INTEGER PRIMARY KEY,
    bytes  BLOB NOT NULL
);

-- The squeezed text of a report whose file does not hold it byte by byte: nobody has to read pages of a PDF again to look for
-- a word, or to tell once more in which encoding a file is.
CREATE TABLE texts (
    report INTEGER PRIMARY KEY,
    bytes  BLOB NOT NULL
);

-- The figures of each indicator, as far as comparisons rank and order them: see chunks.rs. A key is the indicator's
-- term and, in its lower half, the number of a run of reports.
CREATE TABLE standings (
    key  INTEGER PRIMARY KEY,
    rows BLOB NOT NULL
);

-- What a filter of comparisons looks at: a text for each of those rows.
CREATE TABLE words (
    key  INTEGER PRIMARY KEY,
    rows BLOB NOT NULL
);

-- What is worked out at the end of a run, and gone as long as another run writes: see census.rs.
CREATE TABLE census (
    of    TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
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

-- Reports as they were held against what was accepted of them.
CREATE TABLE reviewed (
    report    INTEGER PRIMARY KEY,
    path      TEXT    NOT NULL,  -- what the ledger calls it
    unchanged INTEGER NOT NULL   -- how many figures are as they were accepted
);

-- What is to be decided: all that is needed to group it …
CREATE TABLE pending (
    id     INTEGER PRIMARY KEY,
    report INTEGER,              -- none where its file is gone
    path   TEXT,                 -- then, what the ledger calls it
    key    TEXT    NOT NULL,
    name   INTEGER NOT NULL      -- term: the group, as JSON
);
CREATE INDEX pending_by_report ON pending (report);

-- … and all that is shown of it.
CREATE TABLE pending_items (
    id    INTEGER PRIMARY KEY,
    item  TEXT NOT NULL,         -- JSON
    words TEXT NOT NULL          -- what a filter looks at, folded
);

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
