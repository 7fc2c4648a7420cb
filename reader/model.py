"""The records that every part of the program speaks in.

Frozen, complete when they are born, free of Qt and of behaviour beyond their own arithmetic.
Every offset is a code point of ``Document.text``, every range is half-open, every share and
confidence lies in [0, 1].
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from math import isfinite
from operator import add, attrgetter


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of ``Document.text``, ``start < end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """Return the words of ``text`` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Return whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


class BlockKind(Enum):
    """What a block of text is to a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"


class Stance(Enum):
    """Whether a policy says a practice happens, or denies it. Silence is no Disclosure."""

    SAID = "said"
    DENIED = "denied"


class Valence(Enum):
    """What a statement means for the person who agrees, from best to worst."""

    GOOD = "good"
    NEUTRAL = "neutral"
    CAUTION = "caution"
    BAD = "bad"

    @property
    def severity(self) -> int:
        """Return 0 for good up to 3 for bad."""
        return _SEVERITIES[self]


_SEVERITIES = {valence: severity for severity, valence in enumerate(Valence)}


class Verdict(Enum):
    """What a tile of the summary card shows: a valence, silence, or no judgement."""

    GOOD = "good"
    NEUTRAL = "neutral"
    CAUTION = "caution"
    BAD = "bad"
    SILENT = "silent"
    WITHHELD = "withheld"


class Band(Enum):
    """How hard a text reads, by its Flesch-Kincaid grade."""

    PLAIN = "plain"
    FAIRLY_PLAIN = "fairly-plain"
    FAIRLY_HARD = "fairly-hard"
    HARD = "hard"
    VERY_HARD = "very-hard"
    TOO_SHORT = "too-short"


class DocumentKind(Enum):
    """What sort of document was read."""

    PRIVACY_POLICY = "privacy-policy"
    TERMS = "terms"
    OTHER = "other"


class NoticeKind(StrEnum):
    """What a notice is about."""

    DECODING = "decoding"
    LEFT_OUT = "left-out"
    HIDDEN_TEXT = "hidden-text"
    TRACKED_CHANGES = "tracked-changes"
    CLOSED_PARTS = "closed-parts"
    NOTES = "notes"
    EDITIONS = "editions"
    READ_ONCE = "read-once"
    MACROS = "macros"
    FOLDED_PARTS = "folded-parts"
    SUPPLEMENT = "supplement"
    MISSING_PARTS = "missing-parts"
    PAGES_WITHOUT_TEXT = "pages-without-text"
    TRUNCATED = "truncated"
    PART_NOT_ENGLISH = "part-not-english"
    NOT_ENGLISH = "not-english"
    TOO_SHORT = "too-short"
    NOT_A_POLICY = "not-a-policy"
    OWN_RULES = "own-rules"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about the reading itself, not about the policy."""

    kind: NoticeKind
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes came from; ``name`` is as the user gave it, never opened again."""

    name: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the policy: the words it stands on and its ``mailto:`` or ``http(s):`` target."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, table row or heading, without the line break that ends it.

    ``level`` is 1 to 6 for a heading whose format or size says so, else 0; for a list item it is
    its depth, 1 at the margin. ``explicit`` is true where the format itself marks a heading.
    ``bold`` and ``link_ratio`` are shares of the block's characters in [0, 1]; ``size`` is relative
    to the body text. ``page`` counts from 1 and is None for formats without pages. ``scored`` is
    false for what is not prose: addresses, tables of contents, lines that only carry a date.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    explicit: bool = False
    bold: float = 0.0
    size: float = 1.0
    link_ratio: float = 0.0
    page: int | None = None
    scored: bool = True


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A file's text in its one normal form, cut into blocks that are ordered and disjoint.

    ``title`` is what the file itself calls the document, '' where it does not. ``pages`` are the
    code points at which its pages start, () for formats without pages.
    """

    source: Source
    title: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text up to the next one; the sections of a document tile its text.

    ``level`` is 0 for text before the first heading, whose ``heading`` is ''. ``parent`` is the
    index of the section one level up, or None. The span of a parent ends where its first child
    begins.
    """

    index: int
    heading: str
    heading_is_ours: bool
    level: int
    parent: int | None
    span: Span

    @property
    def id(self) -> str:
        """Return the section's id as reports and links write it."""
        return f"s{self.index}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: inside one block and one section; headings hold none.

    ``section`` and ``block`` are indexes into the document's. ``lead_in`` is the index of the
    sentence that this one completes ("We share data with:"), in its own section or an earlier one,
    or None. List items have one, and the labels and examples between them.
    """

    span: Span
    section: int
    block: int
    lead_in: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One of several files that are read as one policy; the spans of all of them tile its text.

    ``title`` is the first line of the span. ``source.name`` is as the user gave it.
    """

    source: Source
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A policy as read: its text and everything that divides it.

    ``pages`` are the code points at which its pages start, () for formats without pages.
    ``parts`` are the files it was read from where these are several, else (); ``source`` has the
    name of the first then, and a hash of theirs.
    """

    source: Source
    title: str
    text: str
    language: str
    language_supported: bool
    kind: DocumentKind
    words: int
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    pages: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def reading_minutes(self) -> float:
        """Return the minutes a reader needs at 238 words a minute (Brysbaert 2019)."""
        return self.words / 238

    def page_of(self, span: Span) -> int | None:
        """Return the page of its file on which ``span`` begins, from 1; None without pages."""
        first, last = 0, len(self.pages)
        if (part := self.part_of(span)) is not None:
            first = bisect_left(self.pages, part.span.start)
            last = bisect_left(self.pages, part.span.end)
        return max(1, bisect_right(self.pages, span.start) - first) if first < last else None

    def part_of(self, span: Span) -> Part | None:
        """Return the file in which ``span`` begins; None where the policy is one file."""
        if not self.parts:
            return None
        starts = [part.span.start for part in self.parts]
        return self.parts[max(0, bisect_right(starts, span.start) - 1)]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the readability formulas count; additive from sentence to section to document.

    ``polysyllables`` have three syllables or more; ``difficult_words`` are those of them that are
    not on textstat's list of easy words; ``long_words`` have seven letters or more. ``letters``
    serve Coleman-Liau, ``characters`` (letters and digits) the Automated Readability Index.
    """

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    polysyllables: int = 0
    difficult_words: int = 0
    letters: int = 0
    characters: int = 0
    long_words: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, _values_of(self), _values_of(other)))


# Made once, since the counts of every sentence are added up.
_values_of = attrgetter(*(field.name for field in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Scores:
    """Six readability scores, the band, and two plain facts of one text.

    None stands for "cannot be scored", never 0. ``rough`` is true where the text is long enough to
    score and short enough to mislead. ``vague_per_thousand`` is the number of vague words in 1,000.
    The percentiles are shares of a named reference set, 0 to 100: of those that are easier to read,
    those that are shorter, and those with fewer vague words. A policy is set beside policies, a
    section beside sections.
    """

    counts: Counts
    band: Band
    rough: bool
    words_per_sentence: float | None
    long_word_share: float | None
    flesch_reading_ease: float | None
    flesch_kincaid_grade: float | None
    smog_index: float | None
    gunning_fog: float | None
    coleman_liau_index: float | None
    automated_readability_index: float | None
    percentile: float | None = None
    length_percentile: float | None = None
    vague_per_thousand: float | None = None
    vagueness_percentile: float | None = None

    def __post_init__(self) -> None:
        if not all(score is None or isfinite(score) for score in _scores_of(self)):
            raise ValueError("a score is a number, or None where a text cannot be scored")


SCORE_NAMES = tuple(
    field.name for field in fields(Scores) if field.name not in ("counts", "band", "rough")
)
"""The fields of ``Scores`` that are numbers, or None."""
_scores_of = attrgetter(*SCORE_NAMES)


class MarkKind(StrEnum):
    """What a wording mark says of the words that it stands on."""

    LONG_SENTENCE = "long-sentence"
    HARD_SENTENCE = "hard-sentence"
    VAGUE = "vague"
    PASSIVE = "passive"
    LEGAL_WORD = "legal-word"
    PLAINER_WORD = "plainer-word"
    DEFINED_TERM = "defined-term"


@dataclass(frozen=True, slots=True)
class Mark:
    """A wording mark: a hard sentence, a vague word, a legal word. ``note`` says what it means.

    ``meaning`` are the words of the policy that define the term which is marked; None for other
    kinds of mark.
    """

    span: Span
    kind: MarkKind
    note: str = ""
    meaning: Span | None = None


RULES, OWN_RULES, DATES = "rules", "own rules", "dates"
"""Detectors: the program's rules, rules that its reader wrote, and the look for a policy's date."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage that states a disclosure: at most three sentences, inside one section.

    ``detector`` is one of those above; ``rule`` names the rule, None where none was needed.
    ``context`` is the lead-in that a list item completes, shown before the quote.
    """

    span: Span
    section: int
    detector: str
    rule: str | None
    confidence: float
    context: Span | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What the evidence names, in the policy's words, without repeats, in order of appearance."""

    data: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


SURE = 0.7
"""The confidence below which a finding is unsure: no ground for a headline, nor for news."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a policy says about one type, in one stance, with every passage that says it.

    ``headline`` says it in a few words, for a badge or a tile, ``statement`` in one plain sentence
    about this policy. ``condition`` holds the policy's own words that limit a denial, or None.
    Evidence stands best first.
    """

    type: str
    topic: str
    practice: str
    label: str
    stance: Stance
    condition: str | None
    valence: Valence
    headline: str
    statement: str
    confidence: float
    evidence: tuple[Evidence, ...]
    details: Details = Details()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.type}: a disclosure needs evidence")

    @property
    def key(self) -> str:
        """Return ``type:stance``, the disclosure's name within its report."""
        return f"{self.type}:{self.stance.value}"

    @property
    def is_sure(self) -> bool:
        """Return whether its words say it plainly enough to be relied upon."""
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class SilentType:
    """A type that the policy says nothing about, where silence tells something.

    ``headline`` says so in plain words. ``base_rate`` is the share of the reference set that is
    silent too, None where not measured.
    """

    type: str
    label: str
    headline: str
    valence: Valence | None
    base_rate: float | None = None


@dataclass(frozen=True, slots=True)
class TopicVerdict:
    """One tile of the summary card. ``disclosures`` are keys, the deciding one first."""

    id: str
    label: str
    question: str
    verdict: Verdict
    headline: str
    disclosures: tuple[str, ...]
    silent: tuple[SilentType, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """Statements that pull against each other; ``disclosures`` are their keys."""

    kind: str
    text: str
    disclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """What the reader can do now; ``target`` is a ``mailto:`` or ``http(s):`` address or None.

    ``disclosure`` is the key of the one that offers it, '' where nobody says which.
    """

    kind: str
    text: str
    target: str | None
    disclosure: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Single facts of a policy in its own words; the date as YYYY-MM-DD, the age in years."""

    retention_periods: tuple[str, ...] = ()
    contact_emails: tuple[str, ...] = ()
    effective_date: str | None = None
    named_recipients: tuple[str, ...] = ()
    min_age: int | None = None
    transfer_countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalBar:
    """How a policy does by one law or guide on plain language, used as a yardstick.

    ``name`` says whose it is and for which documents, ``law`` cites it and ``source`` is its web
    address; ``asks`` is what it asks for. ``figure`` is what was measured and ``limit`` where the
    bar lies, in the unit of ``asks``; ``result`` says in words by how much it was passed or missed.
    ``how`` tells the bar's own way of counting, ``unchecked`` what else it asks or what of it we
    have not seen.
    """

    id: str
    name: str
    law: str
    source: str
    asks: str
    passed: bool
    figure: float
    limit: float
    result: str
    how: str
    unchecked: str


@dataclass(frozen=True, slots=True)
class HeavySentence:
    """One of the sentences without which a policy would read easiest, with what it counts."""

    span: Span
    counts: Counts


@dataclass(frozen=True, slots=True)
class Generator:
    """The program that made a report."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class PolicyReport:
    """Everything the program has to say about one policy.

    ``section_scores[i]`` belongs to ``document.sections[i]`` and covers its own text without that
    of subsections. ``section_topics[i]`` are the ids of the topics on which that section has
    findings, in the order of the card. ``verdict`` is the card's sentence, '' where verdicts are
    withheld. ``heavy_sentences`` are at most ten, the heaviest first. They and ``legal_bars`` are
    () where nothing is scored.
    """

    generator: Generator
    document: Document
    verdict: str
    scores: Scores
    section_scores: tuple[Scores, ...]
    section_topics: tuple[tuple[str, ...], ...]
    marks: tuple[Mark, ...]
    disclosures: tuple[Disclosure, ...]
    topics: tuple[TopicVerdict, ...]
    flags: tuple[Flag, ...]
    actions: tuple[Action, ...]
    facts: Facts
    notices: tuple[Notice, ...]
    legal_bars: tuple[LegalBar, ...] = ()
    heavy_sentences: tuple[HeavySentence, ...] = ()
