"""The reader's own marks on a policy: a highlight of some words, with a note or without one.

Free of widgets and files. A mark knows its place and a fingerprint of its words, not the words
themselves, so that what is remembered of a policy holds none of its text. ``quoted`` gives them in
the order of the text with their words, for whatever lists or exports them.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.model import Document, Span

_NEAR = 5_000  # characters on either side, among which words that have moved are looked for
_ENDS = 200  # characters at either end that a fingerprint is made of


@dataclass(frozen=True, slots=True)
class Annotation:
    """One mark of the reader's.

    ``id`` names it among those of its policy. ``span`` is None where its words are no longer in
    the text. ``fingerprint`` is that of the words, ``note`` what the reader wrote, '' for a
    highlight alone.
    """

    id: int
    span: Span | None
    fingerprint: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuotedAnnotation:
    """A mark with the words that it stands on, for a list or a file.

    ``quote`` is '' and ``section`` None where the words are no longer in the text; ``section`` is
    an index of the document's, ``page`` counts from 1 and is None for formats without pages.
    """

    annotation: Annotation
    quote: str
    section: int | None
    page: int | None


def annotate(text: str, span: Span, note: str, others: Iterable[Annotation]) -> Annotation | None:
    """Return a new mark on the words of ``span``, without the white space at its ends.

    ``others`` are the marks that there are already. None where there is nothing but white space.
    """
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.start + len(words.rstrip())
    if start >= end:
        return None
    place = Span(start, end)
    return Annotation(next_id(others), place, fingerprint(text, place), note.strip())


def next_id(others: Iterable[Annotation]) -> int:
    """Return an id for one more mark beside ``others``.

    Another window may mark the same policy, and two marks are not to have one id.
    """
    return max(_seconds(), *(each.id + 1 for each in others), 1)


def _seconds() -> int:
    """Return the seconds since 2020, a number that Qt's signals carry until 2088."""
    return int(time.time()) - 1_577_836_800


def fingerprint(text: str, span: Span) -> str:
    """Return what tells the words of ``span`` apart from others and does not tell what they are.

    It is made of their beginning, their end and their number: a reader may mark a whole policy.
    """
    beginning = text[span.start : min(span.start + _ENDS, span.end)]
    end = text[max(span.end - _ENDS, span.start) : span.end]
    words = f"{span.end - span.start} {beginning} {end}"
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def placed(annotations: Iterable[Annotation], text: str) -> tuple[Annotation, ...]:
    """Return ``annotations`` where their words stand in ``text``.

    A later version of the program may read the same file a little differently: words that have
    moved are found nearby. A note whose words are not there keeps no place; a highlight alone is
    then left out, since there is nothing else in it.
    """
    found = (_in_place(each, text) for each in annotations)
    return tuple(each for each in found if each.span is not None or each.note)


def _in_place(annotation: Annotation, text: str) -> Annotation:
    span = annotation.span
    if span is None or fingerprint(text, span) == annotation.fingerprint:
        return annotation
    length = span.end - span.start
    first, last = max(0, span.start - _NEAR), min(len(text) - length, span.start + _NEAR)
    starts = sorted(range(first, last + 1), key=lambda start: abs(start - span.start))
    for start in starts:
        moved = Span(start, start + length)
        if fingerprint(text, moved) == annotation.fingerprint:
            return replace(annotation, span=moved)
    return replace(annotation, span=None)


def quoted(annotations: Iterable[Annotation], document: Document) -> tuple[QuotedAnnotation, ...]:
    """Return ``annotations`` with their words, by place, those without one last.

    What an export of the reader's notes is made of.
    """
    length = len(document.text)
    ordered = sorted(annotations, key=lambda each: (each.span or Span(length, length + 1), each.id))
    return tuple(_quoted(each, document) for each in ordered)


def _quoted(annotation: Annotation, document: Document) -> QuotedAnnotation:
    span = annotation.span
    if span is None:
        return QuotedAnnotation(annotation, "", None, None)
    return QuotedAnnotation(
        annotation,
        quote=span.of(document.text),
        section=_section_of(span, document),
        page=document.page_of(span),
    )


def _section_of(span: Span, document: Document) -> int | None:
    inside = (s.index for s in document.sections if s.span.start <= span.start < s.span.end)
    return next(inside, None)


def replaced(annotations: Sequence[Annotation], changed: Annotation) -> tuple[Annotation, ...]:
    """Return ``annotations`` with ``changed`` in place of the one that has its id."""
    return tuple(changed if each.id == changed.id else each for each in annotations)


def removed(annotations: Sequence[Annotation], number: int) -> tuple[Annotation, ...]:
    """Return ``annotations`` without the one whose id is ``number``."""
    return tuple(each for each in annotations if each.id != number)
