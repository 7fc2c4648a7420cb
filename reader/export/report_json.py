"""A report as JSON by the contract's schema, and back again whole.

In: a ``PolicyReport``; out: a JSON object, from which ``from_json`` builds an equal report. It has
the keys of the contract, and those that a complete report needs: blocks, links, all counts, and the
section, block and lead-in of every sentence.

``from_json`` does not trust the text, which comes from the process that reads strangers' files. A
missing key, a value of another type, a range outside the text, blocks or sentences that are not in
order, something that is not a date, or an address that is neither a web nor a mail address is a
``ReportFormatError``. It does not check whether the findings make sense.
"""

from __future__ import annotations

import json
import math
from collections import abc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import TypeVar, cast

import orjson

from reader.errors import ReaderError, error_of_kind
from reader.model import (
    SCORE_NAMES,
    Action,
    Band,
    Block,
    BlockKind,
    Counts,
    Details,
    Disclosure,
    Document,
    DocumentKind,
    Evidence,
    Facts,
    Flag,
    Generator,
    HeavySentence,
    LegalBar,
    Link,
    LoadedText,
    Mark,
    MarkKind,
    Notice,
    NoticeKind,
    Part,
    PolicyReport,
    Scores,
    Section,
    Sentence,
    SilentType,
    Source,
    Span,
    Stance,
    TopicVerdict,
    Valence,
    Verdict,
)

REPORT_SCHEMA = "policy-reader/report/1"
ERROR_SCHEMA = "policy-reader/error/1"
LINK_SCHEMES = ("http:", "https:", "mailto:")

_COUNTS = tuple(field.name for field in fields(Counts))
_LEGAL_BAR = tuple(field.name for field in fields(LegalBar))
_EnumT = TypeVar("_EnumT", bound=Enum)
_ItemT = TypeVar("_ItemT")
_Steps = abc.Generator[None, None, _ItemT]  # work that yields where it may pause
_BETWEEN_MEMBERS = b",\n"
_ITEMS_A_STEP = 200  # they take two or three milliseconds


class ReportFormatError(ValueError):
    """A JSON value is no report; the message names the place."""


# Writing


def to_json(report: PolicyReport) -> dict[str, object]:
    """Return ``report`` as a JSON object that is valid against the contract's schema."""
    document = report.document
    ids = [section.id for section in document.sections]
    return {
        "schema": REPORT_SCHEMA,
        "generator": {"name": report.generator.name, "version": report.generator.version},
        "verdict": report.verdict,
        "document": document_json(document),
        "sections": [
            section_json(document, index, scores, topics)
            for index, (scores, topics) in enumerate(
                zip(report.section_scores, report.section_topics, strict=True)
            )
        ],
        "readability": readability_json(report.scores),
        "disclosures": [disclosure_json(document, disclosure) for disclosure in report.disclosures],
        "topics": [_topic(topic) for topic in report.topics],
        "flags": [
            {"kind": flag.kind, "text": flag.text, "disclosures": list(flag.disclosures)}
            for flag in report.flags
        ],
        "actions": [
            {
                "kind": action.kind,
                "text": action.text,
                "target": action.target,
                "disclosure": action.disclosure,
            }
            for action in report.actions
        ],
        "facts": _facts(report.facts),
        "notices": _notices(report.notices),
        "sentences": [
            {
                "start": sentence.span.start,
                "end": sentence.span.end,
                "section": ids[sentence.section],
                "block": sentence.block,
                "lead_in": sentence.lead_in,
            }
            for sentence in document.sentences
        ],
        "marks": [_mark(mark) for mark in report.marks],
        "legal_bars": [
            {name: getattr(bar, name) for name in _LEGAL_BAR} for bar in report.legal_bars
        ],
        "heavy_sentences": [
            _range(heavy.span) | {name: getattr(heavy.counts, name) for name in _COUNTS}
            for heavy in report.heavy_sentences
        ],
    }


def extracted_json(loaded: LoadedText) -> dict[str, object]:
    """Return the answer of the ``extract`` command: the text as loaded."""
    return {
        "ok": True,
        "text": loaded.text,
        "title": loaded.title,
        "media_type": loaded.source.media_type,
        "notices": _notices(loaded.notices),
    }


def error_json(error: ReaderError, name: str) -> dict[str, object]:
    """Return a refusal of the input called ``name`` as the contract's error object.

    Where it is about one of several files of a policy, the source is that file.
    """
    source = {"name": error.part, "part_of": name} if error.part else {"name": name}
    return {
        "schema": ERROR_SCHEMA,
        "ok": False,
        "source": source,
        "error": error.kind,
        "message": error.message,
        "hint": error.hint,
    }


def encode(value: Mapping[str, object]) -> bytes:
    """Return a JSON object as one line of UTF-8, without the line end.

    A number that is not finite becomes ``null``, which is read back as a mistake: ``Scores``, where
    None means something, holds none.
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        # A lone surrogate (half of a broken file name) has no UTF-8; "?" keeps every offset true.
        return line.encode("utf-8", "replace")


def encode_by_member(value: Mapping[str, object]) -> bytes:
    """Return a JSON object with a line for each of its members, for ``decode_in_steps``."""
    members = (encode({name: member})[1:-1] for name, member in value.items())
    return b"{" + _BETWEEN_MEMBERS.join(members) + b"}"


def dumps(report: PolicyReport) -> str:
    """Return ``report`` as one line of JSON."""
    return encode(to_json(report)).decode("utf-8")


def _range(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end}


def _notices(notices: tuple[Notice, ...]) -> list[dict[str, object]]:
    return [{"kind": notice.kind.value, "text": notice.text} for notice in notices]


def _mark(mark: Mark) -> dict[str, object]:
    start, end = mark.span.start, mark.span.end
    written: dict[str, object] = {
        "start": start,
        "end": end,
        "kind": mark.kind.value,
        "note": mark.note,
    }
    if mark.meaning is not None:
        written["meaning"] = _range(mark.meaning)
    return written


def document_json(document: Document) -> dict[str, object]:
    """Return the document as an object, its sections and sentences apart."""
    return {
        "title": document.title,
        "source": _source(document.source),
        "language": document.language,
        "language_supported": document.language_supported,
        "kind": document.kind.value,
        "words": document.words,
        "reading_minutes": document.reading_minutes,
        "pages": list(document.pages),
        **_parts(document),
        "notices": _notices(document.notices),
        "text": document.text,
        "blocks": [_block(block) for block in document.blocks],
        "links": [_range(link.span) | {"target": link.target} for link in document.links],
    }


def _source(source: Source) -> dict[str, object]:
    return {"name": source.name, "media_type": source.media_type, "sha256": source.sha256}


def _parts(document: Document) -> dict[str, object]:
    """Return the member that lists the files of a policy that has several, else none."""
    if not document.parts:
        return {}
    return {
        "parts": [
            {"source": _source(part.source), "title": part.title, **_range(part.span)}
            for part in document.parts
        ]
    }


def _block(block: Block) -> dict[str, object]:
    return {
        "start": block.span.start,
        "end": block.span.end,
        "kind": block.kind.value,
        "level": block.level,
        "explicit": block.explicit,
        "bold": block.bold,
        "size": block.size,
        "link_ratio": block.link_ratio,
        "page": block.page,
        "scored": block.scored,
    }


def section_json(
    document: Document, index: int, scores: Scores, topics: tuple[str, ...]
) -> dict[str, object]:
    """Return the section with this index; ``scores`` are of its own text."""
    section = document.sections[index]
    return {
        "id": section.id,
        "heading": section.heading,
        "heading_is_ours": section.heading_is_ours,
        "level": section.level,
        **_range(section.span),
        "parent": None if section.parent is None else document.sections[section.parent].id,
        "readability": readability_json(scores),
        "topics": list(topics),
    }


def readability_json(scores: Scores) -> dict[str, object]:
    """Return the counts and scores of one text."""
    return {
        **{name: getattr(scores.counts, name) for name in _COUNTS},
        "band": scores.band.value,
        "rough": scores.rough,
        **{name: getattr(scores, name) for name in SCORE_NAMES},
    }


def disclosure_json(document: Document, disclosure: Disclosure) -> dict[str, object]:
    """Return a disclosure of ``document``, its passages with their words."""
    details = disclosure.details
    return {
        "type": disclosure.type,
        "practice": disclosure.practice,
        "topic": disclosure.topic,
        "stance": disclosure.stance.value,
        "valence": disclosure.valence.value,
        "label": disclosure.label,
        "headline": disclosure.headline,
        "statement": disclosure.statement,
        "confidence": disclosure.confidence,
        "condition": disclosure.condition,
        "details": {
            "data": list(details.data),
            "recipients": list(details.recipients),
            "purposes": list(details.purposes),
            "periods": list(details.periods),
        },
        "evidence": [evidence_json(document, evidence) for evidence in disclosure.evidence],
    }


def evidence_json(document: Document, evidence: Evidence) -> dict[str, object]:
    """Return one passage of ``document`` as an object, with its file where there are several."""
    span, context = evidence.span, evidence.context
    written: dict[str, object] = {
        "start": span.start,
        "end": span.end,
        "text": span.of(document.text),
        "section": document.sections[evidence.section].id,
        "detector": evidence.detector,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
        "context": None if context is None else _range(context),
        "page": evidence.page,
    }
    if (part := document.part_of(span)) is not None:
        written["file"] = part.source.name
    return written


def _topic(topic: TopicVerdict) -> dict[str, object]:
    return {
        "id": topic.id,
        "label": topic.label,
        "question": topic.question,
        "verdict": topic.verdict.value,
        "headline": topic.headline,
        "disclosures": list(topic.disclosures),
        "silent": [
            {
                "type": silent.type,
                "label": silent.label,
                "headline": silent.headline,
                "valence": None if silent.valence is None else silent.valence.value,
                "base_rate": silent.base_rate,
            }
            for silent in topic.silent
        ],
    }


def _facts(facts: Facts) -> dict[str, object]:
    return {
        "retention_periods": list(facts.retention_periods),
        "contact_emails": list(facts.contact_emails),
        "effective_date": facts.effective_date,
        "named_recipients": list(facts.named_recipients),
        "min_age": facts.min_age,
        "transfer_countries": list(facts.transfer_countries),
    }


# Reading


def loads(line: str | bytes) -> PolicyReport:
    """Return the report that ``line`` holds.

    Raises:
        ReportFormatError: it is no JSON, or no report.
    """
    return from_json(decode(line))


def decode(line: str | bytes) -> object:
    """Return the JSON value of ``line``; anything that is no JSON is a ``ReportFormatError``."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as exc:
        raise ReportFormatError("not JSON") from exc


def decode_in_steps(text: bytes) -> _Steps[object]:
    """Do as ``decode``, and yield between the lines of an object that has one for each member.

    A string of JSON holds no line end as it stands, so that none of them is cut.
    """
    if _BETWEEN_MEMBERS not in text or not (text.startswith(b"{") and text.endswith(b"}")):
        return decode(text)
    whole: dict[str, object] = {}
    for member in text[1:-1].split(_BETWEEN_MEMBERS):
        yield
        read = cast(dict[str, object], decode(b"{" + member + b"}"))
        if not read:  # a comma with nothing beside it
            raise ReportFormatError("not JSON")
        whole |= read
    return whole


def from_json(value: object) -> PolicyReport:
    """Return the report that ``to_json`` made ``value`` of.

    Raises:
        ReportFormatError: ``value`` is no whole report.
    """
    steps = from_json_in_steps(value)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(PolicyReport, end.value)


def from_json_in_steps(value: object) -> _Steps[PolicyReport]:
    """Do as ``from_json``, and yield every few milliseconds, where the caller may pause.

    Raises:
        ReportFormatError: ``value`` is no whole report.
    """
    try:
        return (yield from _read_report(_Record(value, "report")))
    except ReportFormatError:
        raise
    except ValueError as exc:  # a record of the model refused its fields
        raise ReportFormatError(str(exc)) from exc


def _all_of(items: Iterable[_ItemT]) -> _Steps[tuple[_ItemT, ...]]:
    """Return ``items``, of which there may be many thousands, as a tuple, in steps."""
    taken: list[_ItemT] = []
    for item in items:
        taken.append(item)
        if len(taken) % _ITEMS_A_STEP == 0:
            yield
    return tuple(taken)


def error_from_json(value: object) -> ReaderError:
    """Return the error that ``error_json`` made ``value`` of."""
    record = _Record(value, "error")
    error = error_of_kind(record.text("error"), record.text("message"), record.text("hint"))
    if record.has("source") and (source := record.record("source")).has("part_of"):
        error.part = source.text("name")
    return error


class _Record:
    """A JSON object read key by key, each value checked for its type.

    A report has some thousand values, and hardly ever a wrong one: the right type is looked for
    first, and the place of an object is put into words when it is asked for.
    """

    __slots__ = ("_index", "_name", "_values", "_within")

    def __init__(
        self, value: object, name: str, within: _Record | None = None, index: int | None = None
    ) -> None:
        self._name = name
        self._within = within
        self._index = index
        if not isinstance(value, dict):
            raise ReportFormatError(f"{self._place()}: not an object")
        self._values: dict[str, object] = value

    def _place(self) -> str:
        name = self._name if self._index is None else f"{self._name}[{self._index}]"
        return name if self._within is None else f"{self._within._place()}.{name}"

    def fail(self, key: str, problem: str) -> ReportFormatError:
        """Return the error that says what is wrong with the value at ``key``."""
        if key not in self._values:
            problem = "missing"
        return ReportFormatError(f"{self._place()}.{key}: {problem}")

    def value(self, key: str) -> object:
        if key not in self._values:
            raise self.fail(key, "missing")
        return self._values[key]

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if isinstance(value, str):
            return value
        raise self.fail(key, "not text")

    def optional_text(self, key: str) -> str | None:
        return None if self.value(key) is None else self.text(key)

    def optional_date(self, key: str) -> str | None:
        """Return the value at ``key``, which must be a day as YYYY-MM-DD, or null."""
        told = self.optional_text(key)
        with suppress(ValueError):
            # The round trip, for it reads other forms as well, such as 20260301.
            if told is None or date.fromisoformat(told).isoformat() == told:
                return told
        raise self.fail(key, "not a date")

    def integer(self, key: str) -> int:
        value = self._values.get(key)
        if type(value) is int and value >= 0:  # true and false are ints, too
            return value
        raise self.fail(key, "not a whole number")

    def optional_integer(self, key: str) -> int | None:
        return None if self.value(key) is None else self.integer(key)

    def number(self, key: str) -> float:
        value = self._values.get(key)
        if type(value) is int or (type(value) is float and math.isfinite(value)):
            return value
        raise self.fail(key, "not a number")

    def optional_number(self, key: str) -> float | None:
        return None if self.value(key) is None else self.number(key)

    def flag(self, key: str) -> bool:
        value = self._values.get(key)
        if isinstance(value, bool):
            return value
        raise self.fail(key, "not true or false")

    def member(self, key: str, kind: type[_EnumT]) -> _EnumT:
        try:
            return kind(self.text(key))
        except ValueError as exc:
            raise self.fail(key, "an unknown word") from exc

    def record(self, key: str) -> _Record:
        return _Record(self.value(key), key, self)

    def items(self, key: str) -> list[object]:
        value = self.value(key)
        if not isinstance(value, list):
            raise self.fail(key, "not a list")
        return value

    def records(self, key: str) -> Iterator[_Record]:
        for index, item in enumerate(self.items(key)):
            yield _Record(item, key, self, index)

    def texts(self, key: str) -> tuple[str, ...]:
        items = self.items(key)
        texts = tuple(item for item in items if isinstance(item, str))
        if len(texts) != len(items):
            raise self.fail(key, "not a list of texts")
        return texts

    def span(self, length: int) -> Span:
        """Return the range of this object, which must lie in a text of ``length`` code points."""
        start, end = self.integer("start"), self.integer("end")
        if not start < end <= length:
            raise self.fail("start", f"[{start}, {end}) is no range of {length} code points")
        return Span(start, end)

    def index(self, key: str, count: int) -> int:
        """Return the value at ``key``, which must be an index into ``count`` things."""
        value = self.integer(key)
        if value >= count:
            raise self.fail(key, f"{value} is not below {count}")
        return value

    def link_target(self, key: str) -> str:
        target = self.text(key)
        if not target.lower().startswith(LINK_SCHEMES):
            raise self.fail(key, "neither a web nor a mail address")
        return target


def _read_report(record: _Record) -> _Steps[PolicyReport]:
    if record.text("schema") != REPORT_SCHEMA:
        raise record.fail("schema", "not a report of this version")
    generator = record.record("generator")
    document = yield from _read_document(record)
    sections = list(record.records("sections"))
    section_of_id = {section.id: section.index for section in document.sections}
    scores = _read_scores(record.record("readability"))
    return PolicyReport(
        generator=Generator(generator.text("name"), generator.text("version")),
        document=document,
        verdict=record.text("verdict"),
        scores=scores,
        section_scores=(
            yield from _all_of(_read_scores(item.record("readability")) for item in sections)
        ),
        section_topics=tuple(item.texts("topics") for item in sections),
        marks=(
            yield from _all_of(
                _read_mark(item, len(document.text)) for item in record.records("marks")
            )
        ),
        disclosures=(yield from _read_disclosures(record, document.text, section_of_id)),
        topics=tuple(_read_topic(item) for item in record.records("topics")),
        flags=tuple(
            Flag(item.text("kind"), item.text("text"), item.texts("disclosures"))
            for item in record.records("flags")
        ),
        actions=tuple(_read_action(item) for item in record.records("actions")),
        facts=_read_facts(record.record("facts")),
        notices=_read_notices(record),
        legal_bars=tuple(_read_legal_bar(item) for item in record.records("legal_bars")),
        heavy_sentences=tuple(
            _read_heavy_sentence(item, len(document.text), scores.counts.words)
            for item in record.records("heavy_sentences")
        ),
    )


def _read_heavy_sentence(record: _Record, length: int, words: int) -> HeavySentence:
    """Return a heavy sentence of a text with so many code points and counted ``words``."""
    heavy = HeavySentence(record.span(length), _read_counts(record))
    if not 0 < heavy.counts.words <= words:
        raise record.fail("words", f"not 1 to {words}")
    return heavy


def _read_legal_bar(record: _Record) -> LegalBar:
    return LegalBar(
        id=record.text("id"),
        name=record.text("name"),
        law=record.text("law"),
        source=record.text("source"),
        asks=record.text("asks"),
        passed=record.flag("passed"),
        figure=record.number("figure"),
        limit=record.number("limit"),
        result=record.text("result"),
        how=record.text("how"),
        unchecked=record.text("unchecked"),
    )


def _read_notices(record: _Record) -> tuple[Notice, ...]:
    return tuple(
        Notice(item.member("kind", NoticeKind), item.text("text"))
        for item in record.records("notices")
    )


def _read_document(report: _Record) -> _Steps[Document]:
    record = report.record("document")
    text = record.text("text")
    blocks = yield from _all_of(_read_block(item, len(text)) for item in record.records("blocks"))
    if not _are_in_order([block.span for block in blocks]):
        raise record.fail("blocks", "not in their order")
    sections = _read_sections(report, len(text))
    yield
    section_of_id = {section.id: section.index for section in sections}
    sentence_count = len(report.items("sentences"))
    sentences = yield from _all_of(
        _read_sentence(item, text, section_of_id, len(blocks), sentence_count)
        for item in report.records("sentences")
    )
    if not _are_in_order([sentence.span for sentence in sentences]):
        raise report.fail("sentences", "not in their order")
    return Document(
        source=_read_source(record),
        title=record.text("title"),
        text=text,
        language=record.text("language"),
        language_supported=record.flag("language_supported"),
        kind=record.member("kind", DocumentKind),
        words=record.integer("words"),
        blocks=blocks,
        links=(
            yield from _all_of(
                Link(item.span(len(text)), item.link_target("target"))
                for item in record.records("links")
            )
        ),
        sections=sections,
        sentences=sentences,
        pages=_read_pages(record, len(text)),
        notices=_read_notices(record),
        parts=_read_parts(record, len(text)),
    )


def _are_in_order(spans: Sequence[Span]) -> bool:
    """Return whether each of ``spans`` begins behind the one before it, or at its end."""
    reached = 0
    for span in spans:
        if span.start < reached:
            return False
        reached = span.end
    return True


def _read_source(record: _Record) -> Source:
    source = record.record("source")
    return Source(source.text("name"), source.text("media_type"), source.text("sha256"))


def _read_parts(document: _Record, length: int) -> tuple[Part, ...]:
    if not document.has("parts"):
        return ()
    parts: list[Part] = []
    reached = 0
    for record in document.records("parts"):
        part = Part(_read_source(record), record.text("title"), record.span(length))
        if part.span.start != reached:
            raise record.fail("start", "the parts do not tile the text in order")
        reached = part.span.end
        parts.append(part)
    if reached != length:
        raise document.fail("parts", "the parts do not tile the text")
    return tuple(parts)


def _read_pages(record: _Record, length: int) -> tuple[int, ...]:
    items = record.items("pages")
    pages = tuple(item for item in items if isinstance(item, int) and 0 <= item <= length)
    if len(pages) != len(items):
        raise record.fail("pages", "not a list of places in the text")
    return pages


def _read_block(record: _Record, length: int) -> Block:
    return Block(
        kind=record.member("kind", BlockKind),
        span=record.span(length),
        level=record.integer("level"),
        explicit=record.flag("explicit"),
        bold=record.number("bold"),
        size=record.number("size"),
        link_ratio=record.number("link_ratio"),
        page=record.optional_integer("page"),
        scored=record.flag("scored"),
    )


def _read_sentence(
    record: _Record, text: str, section_of_id: Mapping[str, int], blocks: int, sentences: int
) -> Sentence:
    has_lead_in = record.value("lead_in") is not None
    return Sentence(
        span=record.span(len(text)),
        section=_read_section_id(record, section_of_id),
        block=record.index("block", blocks),
        lead_in=record.index("lead_in", sentences) if has_lead_in else None,
    )


def _read_sections(report: _Record, length: int) -> tuple[Section, ...]:
    index_of_id: dict[str, int] = {}
    sections: list[Section] = []
    reached = 0
    for index, record in enumerate(report.records("sections")):
        parent_id = record.optional_text("parent")
        if parent_id is not None and parent_id not in index_of_id:
            raise record.fail("parent", "no section before this one")
        section = Section(
            index=index,
            heading=record.text("heading"),
            heading_is_ours=record.flag("heading_is_ours"),
            level=record.integer("level"),
            parent=None if parent_id is None else index_of_id[parent_id],
            span=record.span(length),
        )
        if section.id != record.text("id") or section.span.start != reached:
            raise record.fail("start", "the sections do not tile the text in order")
        reached = section.span.end
        index_of_id[section.id] = index
        sections.append(section)
    if reached != length:
        raise report.fail("sections", "the sections do not tile the text")
    return tuple(sections)


def _read_section_id(record: _Record, section_of_id: Mapping[str, int]) -> int:
    section_id = record.text("section")
    if section_id not in section_of_id:
        raise record.fail("section", "no section of this report")
    return section_of_id[section_id]


def _read_scores(record: _Record) -> Scores:
    return Scores(
        counts=_read_counts(record),
        band=record.member("band", Band),
        rough=record.flag("rough"),
        **{name: record.optional_number(name) for name in SCORE_NAMES},
    )


def _read_counts(record: _Record) -> Counts:
    return Counts(**{name: record.integer(name) for name in _COUNTS})


def _read_disclosures(
    report: _Record, text: str, section_of_id: Mapping[str, int]
) -> _Steps[tuple[Disclosure, ...]]:
    disclosures = []
    for record in report.records("disclosures"):
        evidence = yield from _all_of(
            _read_evidence(item, text, section_of_id) for item in record.records("evidence")
        )
        disclosures.append(_read_disclosure(record, evidence))
        yield
    return tuple(disclosures)


def _read_disclosure(record: _Record, evidence: tuple[Evidence, ...]) -> Disclosure:
    details = record.record("details")
    return Disclosure(
        type=record.text("type"),
        topic=record.text("topic"),
        practice=record.text("practice"),
        label=record.text("label"),
        stance=record.member("stance", Stance),
        condition=record.optional_text("condition"),
        valence=record.member("valence", Valence),
        headline=record.text("headline"),
        statement=record.text("statement"),
        confidence=record.number("confidence"),
        evidence=evidence,
        details=Details(
            data=details.texts("data"),
            recipients=details.texts("recipients"),
            purposes=details.texts("purposes"),
            periods=details.texts("periods"),
        ),
    )


def _read_evidence(record: _Record, text: str, section_of_id: Mapping[str, int]) -> Evidence:
    span = record.span(len(text))
    if record.text("text") != span.of(text):
        raise record.fail("text", "not the words of its range")
    return Evidence(
        span=span,
        section=_read_section_id(record, section_of_id),
        detector=record.text("detector"),
        rule=record.optional_text("rule"),
        confidence=record.number("confidence"),
        context=(
            None if record.value("context") is None else record.record("context").span(len(text))
        ),
        page=record.optional_integer("page"),
    )


def _read_mark(record: _Record, length: int) -> Mark:
    has_meaning = record.has("meaning")
    meaning = record.record("meaning").span(length) if has_meaning else None
    return Mark(record.span(length), record.member("kind", MarkKind), record.text("note"), meaning)


def _read_topic(record: _Record) -> TopicVerdict:
    return TopicVerdict(
        id=record.text("id"),
        label=record.text("label"),
        question=record.text("question"),
        verdict=record.member("verdict", Verdict),
        headline=record.text("headline"),
        disclosures=record.texts("disclosures"),
        silent=tuple(
            SilentType(
                type=item.text("type"),
                label=item.text("label"),
                headline=item.text("headline"),
                valence=None if item.value("valence") is None else item.member("valence", Valence),
                base_rate=item.optional_number("base_rate"),
            )
            for item in record.records("silent")
        ),
    )


def _read_action(record: _Record) -> Action:
    return Action(
        kind=record.text("kind"),
        text=record.text("text"),
        target=None if record.value("target") is None else record.link_target("target"),
        disclosure=record.text("disclosure"),
    )


def _read_facts(record: _Record) -> Facts:
    return Facts(
        retention_periods=record.texts("retention_periods"),
        contact_emails=record.texts("contact_emails"),
        effective_date=record.optional_date("effective_date"),
        named_recipients=record.texts("named_recipients"),
        min_age=record.optional_integer("min_age"),
        transfer_countries=record.texts("transfer_countries"),
    )
