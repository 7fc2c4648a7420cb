"""The whole path on one screen: bytes of a file -> the report about the policy in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from reader.disclosures.actions import find_actions
from reader.disclosures.addresses import AddressBook
from reader.disclosures.assembling import find_disclosures
from reader.disclosures.catalogue import Catalogue, load_catalogue
from reader.disclosures.dates import find_own_dates
from reader.disclosures.facts import find_facts
from reader.disclosures.flags import find_flags
from reader.disclosures.own import with_own_rules
from reader.disclosures.topics import judge_topics
from reader.errors import ReaderError, error_of
from reader.language import detect_language
from reader.legal_bars import measure_bars
from reader.loading import load
from reader.loading.limits import check_blocks, check_length
from reader.loading.normalize import normalize
from reader.model import (
    OWN_RULES,
    Band,
    Counts,
    Disclosure,
    Document,
    DocumentKind,
    Generator,
    HeavySentence,
    LoadedText,
    Mark,
    Notice,
    Part,
    PolicyReport,
    Scores,
    Section,
    Span,
)
from reader.own_rules import OwnRules
from reader.parts import check_parts, join_parts, names_of_files
from reader.readability import count, count_each
from reader.reference import FEWEST_WORDS as FEWEST_WORDS_TO_COMPARE
from reader.reference import Of, share_below, silence_rates
from reader.rewriting import heaviest
from reader.scoring import score
from reader.sections.headings import find_headings
from reader.sections.tiling import find_sections
from reader.sentences import find_sentences
from reader.verdict import document_kind, document_title, verdict_sentence
from reader.version import __version__
from reader.wholeness import folded_parts, is_whole
from reader.wording import find_marks
from reader.words import count_words

Progress = Callable[[str, float], None]

_FEWEST_WORDS = 100  # below, a text is too short to judge


def analyze(
    data: bytes,
    name: str,
    progress: Progress | None = None,
    password: str | None = None,
    own_rules: bytes = b"",
) -> PolicyReport:
    """Return the report on a file's bytes; ``name`` is shown and never opened.

    ``progress`` is called with a stage's name and the share of the work done, in [0, 1].
    ``password`` opens a file that asks for one. ``own_rules``, of ``OwnRules.to_bytes``, are looked
    for beside the program's; those that cannot be used are named in a notice.

    Raises:
        ReaderError: the file cannot be read.
    """
    tell = progress or _tell_nobody
    tell("Reading the file", 0.0)
    loaded = load(data, name, password, lambda share: tell("Reading the file", 0.1 * share))
    tell(*_SECTIONS)
    return _report(read_document(loaded), tell, _rules_with(own_rules))


def analyze_parts(
    parts: Sequence[tuple[bytes, str]],
    progress: Progress | None = None,
    passwords: Mapping[str, str] | None = None,
    own_rules: bytes = b"",
) -> PolicyReport:
    """Return the report on one policy in several files, given as their bytes and names, in order.

    The first is the main text, whose title and date are the policy's. ``passwords`` are those of
    the files that ask for one, by their names. A single file is read as ``analyze`` does. The rest
    is as there.

    Raises:
        ReaderError: a file cannot be read, and ``part`` is its name; or they cannot be one policy.
    """
    tell = progress or _tell_nobody
    check_parts([name for _, name in parts], [sha256(data).hexdigest() for data, _ in parts])
    read = []
    for number, (data, name) in enumerate(parts):
        share = _SECTIONS[1] * number / len(parts)
        read.append(_load_part(data, name, (passwords or {}).get(name), tell, share))
        check_length(sum(len(part.text) for part in read))
        check_blocks(sum(len(part.blocks) for part in read))
    tell(*_SECTIONS)
    document = read_document(read[0]) if len(read) == 1 else _read_parts(read)
    return _report(document, tell, _rules_with(own_rules))


def analyze_text(text: str) -> PolicyReport:
    """Return the report on plain or Markdown text.

    Raises:
        ReaderError: the text is empty.
    """
    return analyze(text.encode("utf-8", "replace"), "text.md")


def _tell_nobody(stage: str, share: float) -> None:  # a Progress
    pass


_SECTIONS = ("Finding sections", 0.1)


def read_document(loaded: LoadedText) -> Document:
    """Return the document of a loaded text: its language, sections and sentences.

    Its kind is decided by headings alone; ``analyze`` looks at the disclosures as well.
    """
    blocks = find_headings(loaded)
    sections = find_sections(loaded.text, blocks)
    title = document_title(loaded, sections)
    return _document(replace(loaded, title=title, blocks=blocks), sections)


def _document(loaded: LoadedText, sections: tuple[Section, ...]) -> Document:
    """Return the document of a text whose title, headings and sections are found."""
    language, supported = detect_language(loaded.text)
    return Document(
        source=loaded.source,
        title=loaded.title,
        text=loaded.text,
        language=language,
        language_supported=supported,
        kind=DocumentKind.OTHER,
        words=count_words(loaded.text.split()),
        blocks=loaded.blocks,
        links=loaded.links,
        sections=sections,
        sentences=find_sentences(loaded.text, loaded.blocks, sections),
        pages=loaded.pages,
        notices=loaded.notices,
    )


def _load_part(
    data: bytes, name: str, password: str | None, tell: Progress, share: float
) -> LoadedText:
    """Return the text of one of several files; whatever goes wrong with it names it."""
    stage = f"Reading {_one_line(names_of_files([name])[0])}"
    tell(stage, share)
    try:
        return load(data, name, password, lambda _: tell(stage, share))
    except (ReaderError, RecursionError, MemoryError) as exc:
        error = error_of(exc)
    error.part = name
    raise error


def _read_parts(parts: Sequence[LoadedText]) -> Document:
    """Return the document that several texts make, each with the headings it has by itself."""
    read = [replace(part, blocks=find_headings(part)) for part in parts]
    titles = [
        _one_line(document_title(part, find_sections(part.text, part.blocks))) or f"File {number}"
        for number, part in enumerate(read, start=1)
    ]
    joined = join_parts(read, titles, find_sections)
    document = replace(_document(joined.text, joined.sections), parts=joined.parts)
    language, supported = detect_language(read[0].text)  # the main text decides
    document = replace(document, language=language, language_supported=supported)
    return replace(document, notices=(*document.notices, *_foreign_parts(document)))


def _one_line(words: str) -> str:
    """Return ``words``, which may be a file's name, as they may stand in a text."""
    return " ".join(normalize(words)[0].split())


def _foreign_parts(document: Document) -> Iterator[Notice]:
    """Yield which files are not in English where the policy as a whole is."""
    names = names_of_files([part.source.name for part in document.parts])
    for part, name in zip(document.parts, names, strict=True):
        if document.language_supported and _is_foreign(part, document):
            yield Notice(
                "part-not-english",
                f"“{name}” does not seem to be in English, the only language whose statements we "
                "can find. The verdicts rest on the other files.",
            )


_MOST_MISTAKES = 5  # in the reader's own rules, that are told


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is looked for, and what is to be said of the reader's own rules that are not."""

    catalogue: Catalogue
    notices: tuple[Notice, ...]


@lru_cache(maxsize=1)
def _rules_with(own_rules: bytes) -> _Rules:
    own = OwnRules.from_bytes(own_rules)
    catalogue, mistakes = load_catalogue(), own.unread
    if own.files:
        catalogue, wrong = with_own_rules(
            catalogue, own.files, lambda text: read_document(load(text.encode(), "example.md"))
        )
        mistakes += wrong
    if (more := len(mistakes) - _MOST_MISTAKES) > 0:
        mistakes = (*mistakes[:_MOST_MISTAKES], f"There are {more} more mistakes like these")
    return _Rules(
        catalogue,
        tuple(
            Notice("own-rules", f"Some rules of your own were not used. {mistake}.")
            for mistake in mistakes
        ),
    )


def _report(document: Document, tell: Progress, rules: _Rules) -> PolicyReport:
    tell("Scoring readability", 0.25)
    marks = find_marks(document.text, document.sentences)
    # Cut once for the scores and the bars.
    runs = [sentence.span.of(document.text).split() for sentence in document.sentences]
    scored = _scores(document, runs)
    scores, section_scores = _among_others(document, marks, scored.whole, scored.sections)
    is_scored = document.language_supported and scores.band is not Band.TOO_SHORT
    legal_bars = measure_bars(document, runs) if is_scored else ()
    tell("Finding disclosures", 0.4)
    book = AddressBook(document)
    dates = find_own_dates(document)
    disclosures: tuple[Disclosure, ...] = ()
    if document.language_supported:
        disclosures = find_disclosures(
            _in_english(document),
            rules.catalogue,
            progress=lambda share: tell("Finding disclosures", 0.4 + 0.55 * share),
            names=book.names,
            dates=dates,
        )
        disclosures = _with_pages(document, disclosures)
    tell("Reading off facts", 0.95)
    facts = find_facts(document, disclosures, book, dates)
    tell("Writing the summary", 0.98)
    document = replace(document, kind=document_kind(document, disclosures))
    notices = (
        *document.notices,
        *folded_parts(document),
        *_notices(document),
        *rules.notices,
        *_notice_of_own(disclosures),
    )
    withheld = any(notice.kind in _WITHHOLDING for notice in notices)
    whole = is_whole(notices)
    topics = judge_topics(
        disclosures,
        withheld=withheld,
        whole=whole,
        silence_rates=silence_rates(),
        catalogue=rules.catalogue,
    )
    labels = {topic.id: topic.label for topic in topics}
    document = replace(document, sections=_name_our_sections(document, disclosures, labels))
    return PolicyReport(
        generator=Generator("policy-reader", __version__),
        document=document,
        verdict="" if withheld else verdict_sentence(scores, topics, disclosures, whole=whole),
        scores=scores,
        section_scores=section_scores,
        section_topics=_section_topics(document, disclosures),
        marks=marks,
        disclosures=disclosures,
        topics=topics,
        flags=find_flags(disclosures),
        actions=find_actions(document, disclosures, book),
        facts=facts,
        notices=notices,
        legal_bars=legal_bars,
        heavy_sentences=scored.heavy,
    )


def _with_pages(document: Document, disclosures: tuple[Disclosure, ...]) -> tuple[Disclosure, ...]:
    """Return the disclosures, each passage with the page on which it begins."""
    if not document.pages:
        return disclosures
    return tuple(
        replace(
            disclosure,
            evidence=tuple(
                replace(passage, page=document.page_of(passage.span))
                for passage in disclosure.evidence
            ),
        )
        for disclosure in disclosures
    )


def _is_foreign(part: Part, document: Document) -> bool:
    return not detect_language(part.span.of(document.text))[1]


def _in_english(document: Document) -> Document:
    """Return ``document`` without the sentences of files that are in another language."""
    foreign = [part.span for part in document.parts if _is_foreign(part, document)]
    if not foreign:
        return document
    kept = [
        number
        for number, sentence in enumerate(document.sentences)
        if not any(span.contains(sentence.span) for span in foreign)
    ]
    now: dict[int | None, int] = {before: after for after, before in enumerate(kept)}
    return replace(
        document,
        sentences=tuple(
            replace(sentence, lead_in=now.get(sentence.lead_in))
            for sentence in (document.sentences[number] for number in kept)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Scored:
    """The scores of a document, of each section's own text, and its heaviest sentences."""

    whole: Scores
    sections: tuple[Scores, ...]
    heavy: tuple[HeavySentence, ...]


def _scores(document: Document, runs: Sequence[Sequence[str]]) -> _Scored:
    """Return the scores; ``runs`` are those between the blanks of each sentence."""
    prose: list[list[Span]] = [[] for _ in document.sections]
    words: list[list[Sequence[str]]] = [[] for _ in document.sections]
    for sentence, own in zip(document.sentences, runs, strict=True):
        if document.blocks[sentence.block].scored:
            prose[sentence.section].append(sentence.span)
            words[sentence.section].append(own)
    counted = list(map(count_each, words))
    whole = score(sum((counts for counts, _ in counted), Counts()))
    heavy: tuple[HeavySentence, ...] = ()
    if document.language_supported and whole.band is not Band.TOO_SHORT:
        spans = [span for section in prose for span in section]
        pairs = [pair for _, section in counted for pair in section]
        heavy = tuple(
            HeavySentence(spans[index], count(spans[index].of(document.text)))
            for index in heaviest(pairs, whole.counts)
        )
    return _Scored(whole, tuple(score(counts) for counts, _ in counted), heavy)


def _among_others(
    document: Document, marks: tuple[Mark, ...], scores: Scores, section_scores: tuple[Scores, ...]
) -> tuple[Scores, tuple[Scores, ...]]:
    """Return the scores with where they stand among those of other policies and sections."""
    if not document.language_supported:
        return scores, section_scores
    starts = [sentence.span.start for sentence in document.sentences]
    vague = Counter[int]()
    for mark in marks:
        if mark.kind == "vague":
            sentence = document.sentences[bisect_right(starts, mark.span.start) - 1]
            if document.blocks[sentence.block].scored:
                vague[sentence.section] += 1
    return (
        _compared(scores, "policies", document.words, vague.total()),
        tuple(
            _compared(own, "sections", own.counts.words, vague[index])
            for index, own in enumerate(section_scores)
        ),
    )


def _compared(scores: Scores, of: Of, words: int, vague: int) -> Scores:
    """Return ``scores`` with the shares of others that are easier, shorter and less vague."""
    counted = scores.counts.words
    if not counted:
        return scores
    length, density = share_below(of, "words", words), 1000 * vague / counted
    grade = scores.flesch_kincaid_grade
    if grade is None or counted < FEWEST_WORDS_TO_COMPARE:
        return replace(scores, length_percentile=length, vague_per_thousand=density)
    return replace(
        scores,
        percentile=share_below(of, "grade", grade),
        length_percentile=length,
        vague_per_thousand=density,
        vagueness_percentile=share_below(of, "vague", density),
    )


def _name_our_sections(
    document: Document, disclosures: tuple[Disclosure, ...], labels: Mapping[str, str]
) -> tuple[Section, ...]:
    """Return the sections, those that we cut ourselves named by their main topic.

    The main topic is the one with most evidence in them, by ``labels`` of topics; names that
    recur are counted. Where nothing was found the first words stay.
    """
    found: list[Counter[str]] = [Counter() for _ in document.sections]
    for disclosure in disclosures:
        for evidence in disclosure.evidence:
            found[evidence.section][labels[disclosure.topic]] += 1
    times: Counter[str] = Counter()
    sections = []
    for section, topics in zip(document.sections, found, strict=True):
        heading = section.heading
        if section.heading_is_ours and topics:
            label = topics.most_common(1)[0][0]
            times[label] += 1
            heading = label if times[label] == 1 else f"{label} ({times[label]})"
        sections.append(replace(section, heading=heading))
    return tuple(sections)


def _section_topics(
    document: Document, disclosures: tuple[Disclosure, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return for each section the topics it has evidence of, in the order of the card."""
    topics: list[dict[str, None]] = [{} for _ in document.sections]
    for disclosure in disclosures:
        for evidence in disclosure.evidence:
            topics[evidence.section][disclosure.topic] = None
    return tuple(tuple(found) for found in topics)


_WITHHOLDING = frozenset({"not-english", "not-a-policy", "too-short"})


def _notice_of_own(disclosures: tuple[Disclosure, ...]) -> tuple[Notice, ...]:
    """Return how many disclosures rest on the reader's own rules; () where none does."""
    count = sum(each.evidence[0].detector == OWN_RULES for each in disclosures)
    if not count:
        return ()
    told = "finding rests" if count == 1 else "findings rest"
    return (Notice("own-rules", f"{count} {told} on rules of your own."),)


def _counted_words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"


def _notices(document: Document) -> tuple[Notice, ...]:
    """Return in plain words why the verdicts are withheld; () where they are not."""
    if not document.language_supported:
        return (
            Notice(
                "not-english",
                "This text does not seem to be in English, the only language whose statements "
                "we can find. Contents and search work; the verdicts are left out.",
            ),
        )
    if document.words < _FEWEST_WORDS:
        return (
            Notice(
                "too-short",
                f"With {_counted_words(document.words)} this text is too short to judge. "
                "What it says is shown; the verdicts are left out.",
            ),
        )
    if document.kind is DocumentKind.OTHER:
        return (
            Notice(
                "not-a-policy",
                "This does not read like a privacy policy. What it says is shown; "
                "the verdicts are left out.",
            ),
        )
    return ()
