"""The whole path: bytes of a file -> the report about the policy in it."""

from __future__ import annotations

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
from reader.document_scores import score_document
from reader.errors import ReaderError, error_of
from reader.language import detect_language
from reader.legal_bars import measure_bars
from reader.loading import load
from reader.loading.limits import check_blocks, check_length
from reader.loading.normalize import normalize
from reader.model import (
    OWN_RULES,
    Band,
    Disclosure,
    Document,
    DocumentKind,
    Generator,
    LoadedText,
    Notice,
    NoticeKind,
    Part,
    PolicyReport,
    Section,
)
from reader.own_rules import OwnRules
from reader.parts import check_parts, join_parts, names_of_files
from reader.reference import silence_rates, statement_rates
from reader.sections.headings import find_headings
from reader.sections.tiling import find_sections
from reader.sections.topics import name_our_sections, topics_of_sections
from reader.sentences import find_sentences
from reader.verdict import document_kind, document_title, verdict_sentence
from reader.version import __version__
from reader.wholeness import folded_parts, is_whole, supplement
from reader.withholding import is_withheld, withholding_notices
from reader.wording import find_marks
from reader.words import count_words

Progress = Callable[[str, float], None]


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
                NoticeKind.PART_NOT_ENGLISH,
                f"“{name}” does not seem to be in English, and this program finds statements in "
                "English only. The verdicts are based on the other files.",
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
        mistakes = (*mistakes[:_MOST_MISTAKES], f"There are {more} more mistakes of this kind")
    return _Rules(
        catalogue,
        tuple(
            Notice(NoticeKind.OWN_RULES, f"Some of your own rules were not used. {mistake}.")
            for mistake in mistakes
        ),
    )


def _report(document: Document, tell: Progress, rules: _Rules) -> PolicyReport:
    tell("Scoring readability", 0.25)
    marks = find_marks(document.text, document.sentences)
    # Cut once for the scores and the bars.
    runs = [sentence.span.of(document.text).split() for sentence in document.sentences]
    scores = score_document(document, runs, marks)
    is_scored = document.language_supported and scores.whole.band is not Band.TOO_SHORT
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
    tell("Gathering facts", 0.95)
    facts = find_facts(document, disclosures, book, dates)
    tell("Writing the summary", 0.98)
    document = replace(document, kind=document_kind(document, disclosures))
    notices = (
        *document.notices,
        *folded_parts(document),
        *supplement(document),
        *withholding_notices(document),
        *rules.notices,
        *_notice_of_own(disclosures),
    )
    withheld = is_withheld(notices)
    whole = is_whole(notices)
    topics = judge_topics(
        disclosures,
        withheld=withheld,
        whole=whole,
        silence_rates=silence_rates(),
        statement_rates=statement_rates(),
        catalogue=rules.catalogue,
    )
    labels = {topic.id: topic.label for topic in topics}
    document = replace(document, sections=name_our_sections(document, disclosures, labels))
    verdict = ""
    if not withheld:
        rates = statement_rates()
        verdict = verdict_sentence(
            scores.whole, topics, disclosures, whole=whole, statement_rates=rates
        )
    return PolicyReport(
        generator=Generator("policy-reader", __version__),
        document=document,
        verdict=verdict,
        scores=scores.whole,
        section_scores=scores.sections,
        section_topics=topics_of_sections(document, disclosures),
        marks=marks,
        disclosures=disclosures,
        topics=topics,
        flags=() if document.kind is DocumentKind.OTHER else find_flags(disclosures),
        actions=find_actions(document, disclosures, book),
        facts=facts,
        notices=notices,
        legal_bars=legal_bars,
        heavy_sentences=scores.heavy,
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


def _notice_of_own(disclosures: tuple[Disclosure, ...]) -> tuple[Notice, ...]:
    """Return how many disclosures rest on the reader's own rules; () where none does."""
    count = sum(each.evidence[0].detector == OWN_RULES for each in disclosures)
    if not count:
        return ()
    told = "finding comes" if count == 1 else "findings come"
    return (Notice(NoticeKind.OWN_RULES, f"{count} {told} from your own rules."),)
