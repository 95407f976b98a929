//! Texts of the interface: one file a language, one typed key a text.

pub use crate::lang::Lang;

/// The language file of a language.
pub fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("zh.toml"),
        Lang::En => include_str!("en.toml"),
    }
}

macro_rules! words {
    ($($name:ident $key:literal;)*) => {
        /// The key of a text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Word { $(#[doc = $key] $name,)* }

        impl Word {
            /// Every key.
            pub const ALL: &[Word] = &[$(Word::$name,)*];

            /// The key as the language files write it.
            pub fn key(self) -> &'static str {
                match self { $(Word::$name => $key,)* }
            }
        }
    };
}

words! {
    AppName "app_name";
    Reports "reports";
    Place "place";
    Level "level";
    Year "year";
    Title "title";
    Figures "figures";
    Linked "linked";
    Outline "outline";
    Text "text";
    SectionFigures "section_figures";
    WholeReport "whole_report";
    Issuer "issuer";
    Published "published";
    Source "source";
    File "file";
    Kind "kind";
    Problems "problems";
    Sections "sections";
    Unknown "unknown";
    Untitled "untitled";
    Loading "loading";
    ReadingReports "reading_reports";
    IndexingReports "indexing_reports";
    StillReading "still_reading";
    NoReports "no_reports";
    NoReportsHint "no_reports_hint";
    NoMatch "no_match";
    NoMatchHint "no_match_hint";
    Unreadable "unreadable";
    NationLevel "level_nation";
    ProvinceLevel "level_province";
    PrefectureLevel "level_prefecture";
    CountyLevel "level_county";
    TownshipLevel "level_township";
    AnnualReport "kind_annual_report";
    WorkSummary "kind_work_summary";
    News "kind_news";
    Figure "figure";
    AsWritten "as_written";
    Value "value";
    Unit "unit";
    BoundName "bound";
    Nature "nature";
    Period "period";
    Scope "scope";
    Label "label";
    Indicator "indicator";
    Why "why";
    Confidence "confidence";
    Evidence "evidence";
    NotLinkedShort "not_linked_short";
    BoundEq "bound_eq";
    BoundGt "bound_gt";
    BoundGe "bound_ge";
    BoundLt "bound_lt";
    BoundLe "bound_le";
    BoundApprox "bound_approx";
    Actual "nature_actual";
    Previous "nature_previous";
    Change "nature_change";
    Target "nature_target";
    OwnScope "own_scope";
    NoPeriod "no_period";
    NoUnit "no_unit";
    PeriodSince "period_since";
    Rank "rank";
    Change1 "against_last_year";
    Notes "notes";
    RowCounts "row_counts";
    Apart "apart";
    NoRows "no_rows";
    CaveatTarget "caveat_target";
    CaveatPrevious "caveat_previous";
    CaveatChange "caveat_change";
    CaveatCumulative "caveat_cumulative";
    CaveatNoPeriod "caveat_no_period";
    CaveatScope "caveat_scope";
    CaveatUnit "caveat_unit";
    CaveatBounded "caveat_bounded";
    Spread "spread";
    RefusedDate "refused_date";
    RefusedOrdinal "refused_ordinal";
    RefusedMarker "refused_marker";
    RefusedName "refused_name";
    RefusedTitle "refused_title";
    RefusedIdiom "refused_idiom";
    RefusedQualifier "refused_qualifier";
    RefusedOutside "refused_outside";
    IsFigure "is_figure";
    IsNoFigure "is_no_figure";
    ByWords "by_words";
    ByPassage "by_passage";
    ByList "by_list";
    ByUnit "by_unit";
    ByYear "by_year";
    ByNothing "by_nothing";
    UnitAlike "unit_alike";
    Candidates "candidates";
    CandidatesLeft "candidates_left";
    JudgedLinked "judged_linked";
    JudgedUndecided "judged_undecided";
    JudgedTooLittle "judged_too_little";
    JudgedNoWords "judged_no_words";
    JudgedPart "judged_part";
    JudgedBy "judged_by";
    SignScore "sign_score";
    SignWeak "sign_weak";
    SignLead "sign_lead";
    SignAlias "sign_alias";
    SignUnit "sign_unit";
    SignNamed "sign_named";
    SignTaken "sign_taken";
    SignForeign "sign_foreign";
    SignSupport "sign_support";
    SignShared "sign_shared";
    SignClause "sign_clause";
    SignBefore "sign_before";
    SignHeading "sign_heading";
    SignThin "sign_thin";
    SignAgain "sign_again";
    SignHonour "sign_honour";
    SignSorts "sign_sorts";
    SignHead "sign_head";
    SignCompany "sign_company";
    SignParted "sign_parted";
    SpeaksFor "speaks_for";
    SpeaksAgainst "speaks_against";
    WhyScores "why_scores";
    WhyUndecided "why_undecided";
    WhyTooLittle "why_too_little";
    WhySeries "why_series";
    WhyPart "why_part";
    WhyForEach "why_for_each";
    WhyOneOf "why_one_of";
    WhyKind "why_kind";
    WhyChange "why_change";
    MetOwn "met_own";
    MetShared "met_shared";
    MetClause "met_clause";
    MetBehind "met_behind";
    MetBefore "met_before";
    MetHeading "met_heading";
    CheckParts "check_parts";
    CheckRate "check_rate";
    CheckConcluded "check_concluded";
    CheckGrowth "check_growth";
    CheckRepeated "check_repeated";
    CheckLastYear "check_last_year";
    CheckParent "check_parent";
    VerdictAsk "verdict_ask";
    VerdictConsistent "verdict_consistent";
    RolePart "role_part";
    RoleWhole "role_whole";
    RoleRate "role_rate";
    RoleNow "role_now";
    RoleBefore "role_before";
    RoleStatement "role_statement";
    RoleParent "role_parent";
    OrderPlace "order_place";
    OrderLevel "order_level";
    OrderYear "order_year";
    OrderTitle "order_title";
    OrderFigures "order_figures";
    OrderLinked "order_linked";
    OrderValue "order_value";
    Trend "trend";
    Matrix "matrix";
    NotMentioned "not_mentioned";
    NoFigure "no_figure";
    GapNotLinked "gap_not_linked";
    GapNoFigure "gap_no_figure";
    GapNotMentioned "gap_not_mentioned";
    GapNoReport "gap_no_report";
    ApartShort "apart_short";
    NoReport "no_report";
    NoReportHere "no_report_here";
    Quarters "quarters";
    ChartMarks "chart_marks";
    NoValues "no_values";
    Logarithm "logarithm";
    UnknownHere "unknown_here";
    LastColumn "last_column";
    NoFilterByCell "no_filter_by_cell";
    NoSortHere "no_sort_here";
    NowhereInText "nowhere_in_text";
    Concordance "concordance";
    Words "words";
    WordsHint "words_hint";
    WordsHelp "words_help";
    WordsNowhere "words_nowhere";
    WholeWords "whole_words";
    LineOf "line_of";
    LineOfSoFar "line_of_so_far";
    FindHere "find_here";
    FindHereHint "find_here_hint";
    Filter "filter";
    FilterHint "filter_hint";
    Finder "finder";
    FinderHint "finder_hint";
    FinderLast "finder_last";
    FinderHelp "finder_help";
    Marked "marked";
    NotMarkable "not_markable";
    ValuesCount "values_count";
    HitCommand "hit_command";
    HitPlace "hit_place";
    Also "also";
    Area "area";
    TierExact "tier_exact";
    TierPrefix "tier_prefix";
    TierInside "tier_inside";
    TierAlias "tier_alias";
    TierPinyin "tier_pinyin";
    TierInitials "tier_initials";
    TierFuzzy "tier_fuzzy";
    Nearest "nearest";
    Relaxed "relaxed";
    NoHits "no_hits";
    NoHitsHint "no_hits_hint";
    HitIndicator "hit_indicator";
    HitReport "hit_report";
    HitSection "hit_section";
    HitFigure "hit_figure";
    Help "help";
    HelpHint "help_hint";
    TooSmall "too_small";
    ReadOnly "read_only";
    Restricted "restricted";
    ReadOnlyHere "read_only_here";
    RestrictedHere "restricted_here";
    CopiedTerminal "copied_terminal";
    CopiedTmux "copied_tmux";
    CopiedCut "copied_cut";
    CopyFailed "copy_failed";
    NothingToCopy "nothing_to_copy";
    NothingAhead "nothing_ahead";
    NoLastFind "no_last_find";
    TopScreen "top_screen";
    NotLinked "not_linked";
    NoFigureHere "no_figure_here";
    ReportGone "report_gone";
    Corrected "corrected";
    CorrectedFrom "corrected_from";
    CorrectedHidden "corrected_hidden";
    SetAsideBy "set_aside_by";
    RestoredBy "restored_by";
    AsExtracted "as_extracted";
    NothingSetAside "nothing_set_aside";
    CorrectedCounts "corrected_counts";
    Review "review";
    History "history";
    Items "items";
    Difference "difference";
    ItemsPending "items_pending";
    NothingPending "nothing_pending";
    FiguresUnchanged "figures_unchanged";
    SortConflict "sort_conflict";
    SortAgain "sort_again";
    ConflictHint "conflict_hint";
    AgainHint "again_hint";
    NewReportHint "new_report_hint";
    DeletedHint "deleted_hint";
    WholeReportHint "whole_report_hint";
    CauseText "cause_text";
    CauseAround "cause_around";
    CauseCatalogue "cause_catalogue";
    CauseAlias "cause_alias";
    CauseWord "cause_word";
    CauseRules "cause_rules";
    CountedFigures "counted_figures";
    CountedItems "counted_items";
    Accepted "accepted";
    ExtractedNow "extracted_now";
    NotThere "not_there";
    Writing "writing";
    GroupDone "group_done";
    GroupDoneHint "group_done_hint";
    Tally "tally";
    DecidedOne "decided_one";
    DecidedMany "decided_many";
    UndoneOne "undone_one";
    UndoneMany "undone_many";
    NothingToTakeBack "nothing_to_take_back";
    NoFigureToCorrect "no_figure_to_correct";
    NothingCorrected "nothing_corrected";
    ReviewFailed "review_failed";
    ReviewLate "review_late";
    NotWatching "not_watching";
    WatchingAll "watching_all";
    WatchingFiles "watching_files";
    KeptUp "kept_up";
    BadCatalogue "bad_catalogue";
    WhoDecides "who_decides";
    DecidedByOther "decided_by_other";
    SweepTitle "sweep_title";
    SweepHint "sweep_hint";
    Correction "correction";
    ValueHigh "value_high";
    NotAFigure "not_a_figure";
    Nothing "nothing";
    BadRow "bad_row";
    IndicatorHint "indicator_hint";
    TurnHint "turn_hint";
    PeriodHint "period_hint";
    RowHint "row_hint";
    When "when";
    Who "who";
    Verdict "verdict";
    TakenBack "taken_back";
    NothingDecided "nothing_decided";
    ThemeDark "theme_dark";
    ThemeLight "theme_light";
    ThemeContrast "theme_contrast";
    ThemePlain "theme_plain";
    ThemeFixed "theme_fixed";
    ConfigFaults "config_faults";
    Saved "saved";
    NotSaved "not_saved";
    Tour "tour";
    TourKeys "tour_keys";
    TourOver "tour_over";
    MouseOn "mouse_on";
    MouseOff "mouse_off";
    MouseMark "mouse_mark";
    Findings "findings";
    Questions "questions";
    Checking "checking";
    NoQuestions "no_questions";
    NoQuestionsHint "no_questions_hint";
    Arithmetic "arithmetic";
    Places "places";
    Chosen "chosen";
    Columns "columns";
    Bar "bar";
    Bookmarks "bookmarks";
    TrailHere "trail_here";
    BookmarkSet "bookmark_set";
    BookmarkGone "bookmark_gone";
    NoBookmarks "no_bookmarks";
    NoLastPlace "no_last_place";
    LastPlaceKept "last_place_kept";
    NotKept "not_kept";
    Undone "undone";
    Redone "redone";
    NothingToUndo "nothing_to_undo";
    NothingToRedo "nothing_to_redo";
}

/// The texts of one language.
#[derive(Debug, Clone)]
pub struct Texts {
    lang: Lang,
    texts: Vec<String>,
}

impl Texts {
    /// The built-in texts. A text that is missing shows its key; a test makes sure that none is.
    pub fn builtin(lang: Lang) -> Self {
        let table: toml::Table = source(lang).parse().unwrap_or_default();
        let text = |word: &Word| {
            table.get(word.key()).and_then(toml::Value::as_str).unwrap_or_else(|| word.key()).to_owned()
        };
        Texts { lang, texts: Word::ALL.iter().map(text).collect() }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A text.
    pub fn get(&self, word: Word) -> &str {
        &self.texts[word as usize]
    }

    /// A text with its gaps filled.
    pub fn fill(&self, word: Word, with: &[String]) -> String {
        let filled = with.iter().enumerate();
        filled.fold(self.get(word).to_owned(), |text, (i, value)| text.replace(&format!("{{{i}}}"), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled() {
        let texts = Texts::builtin(Lang::En);
        assert_eq!(texts.fill(Word::PeriodSince, &["2020".into()]), "since 2020");
    }
}
