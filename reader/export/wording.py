"""The words of a policy that a file explains: each once, with its meaning and how often it stands.

In: a report. Out: tables for the end of a page, and the places in the text that point to them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reader.model import Mark, MarkKind, PolicyReport, Span
from reader.summary import clean_line

_MOST_FORMS = 6
_LONGEST_ABBREVIATION = 5
_WORD = re.compile(r"\w+")
WORDING = "How it is worded"
"""The heading above the tables, wherever they stand."""

_TITLES = {
    MarkKind.DEFINED_TERM: "What the policy itself defines",
    MarkKind.LEGAL_WORD: "Legal and technical words, and what they mean",
    MarkKind.VAGUE: "Vague words, and what they leave open",
    MarkKind.PLAINER_WORD: "Wordy phrases, and plainer words",
}


@dataclass(frozen=True, slots=True)
class ExplainedWord:
    """A word or phrase in its forms, what is told of it, and how often it stands in the text.

    ``times`` is 0 for legal words, which are marked once a section. ``meaning`` is where the policy
    defines a term of its own, else None.
    """

    words: str
    note: str
    times: int
    meaning: Span | None


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words of one kind of mark, in alphabetical order, under a title."""

    kind: MarkKind
    title: str
    words: tuple[ExplainedWord, ...]


@dataclass(frozen=True, slots=True)
class PointedWord:
    """A place in the text that is explained in it: a legal word or a term of the policy's own."""

    span: Span
    told: str
    meaning: Span | None


def word_tables(report: PolicyReport) -> tuple[WordTable, ...]:
    """Return the tables that hold anything, the policy's own definitions first."""
    return tuple(
        WordTable(kind, title, words)
        for kind, title in _TITLES.items()
        if (words := tuple(_explained(report, kind)))
    )


def pointed_words(report: PolicyReport) -> tuple[PointedWord, ...]:
    """Return the places that are explained where they stand, in order and apart.

    Where a legal word is also a term of the policy's own, the policy's definition counts.
    """
    marks = [
        mark for mark in report.marks if mark.kind in (MarkKind.LEGAL_WORD, MarkKind.DEFINED_TERM)
    ]
    marks.sort(key=lambda mark: (mark.span.start, mark.kind is not MarkKind.DEFINED_TERM))
    terms = [mark.span for mark in marks if mark.kind is MarkKind.DEFINED_TERM]
    pointed: list[PointedWord] = []
    next_term = 0
    for mark in marks:
        while next_term < len(terms) and terms[next_term].end <= mark.span.start:
            next_term += 1
        is_term = mark.kind is MarkKind.DEFINED_TERM
        if not is_term and next_term < len(terms) and terms[next_term].overlaps(mark.span):
            continue
        if pointed and pointed[-1].span.overlaps(mark.span):
            continue
        pointed.append(PointedWord(mark.span, told(mark), mark.meaning))
    return tuple(pointed)


def told(mark: Mark) -> str:
    """Return what is told of a mark: for a term that these are the policy's words."""
    note = clean_line(mark.note)
    return f"The policy says: “{note}”" if mark.kind is MarkKind.DEFINED_TERM else note


def _explained(report: PolicyReport, kind: MarkKind) -> Iterator[ExplainedWord]:
    """Yield the words of a kind: those of which the same is told together, often met ones first."""
    met = [
        (clean_line(mark.span.of(report.document.text)), mark)
        for mark in report.marks
        if mark.kind is kind
    ]
    written = _as_written(words for words, _ in met)
    times: dict[str, Counter[str]] = {}
    meanings: dict[str, Span | None] = {}
    for words, mark in met:
        key = f"{words}: {mark.note}" if kind is MarkKind.DEFINED_TERM else mark.note
        times.setdefault(key, Counter())[
            words if kind is MarkKind.DEFINED_TERM else written[words.lower()]
        ] += 1
        meanings.setdefault(key, mark.meaning)
    rows = []
    for key, forms in times.items():
        note = key.partition(": ")[2] if kind is MarkKind.PLAINER_WORD else key
        if kind is MarkKind.DEFINED_TERM:
            note = f"The policy says: “{clean_line(key.partition(': ')[2])}”"
        words = ", ".join(form for form, _ in forms.most_common(_MOST_FORMS))
        count = 0 if kind is MarkKind.LEGAL_WORD else forms.total()
        rows.append(ExplainedWord(words, clean_line(note), count, meanings[key]))
    yield from sorted(rows, key=lambda row: row.words.lower())


def _as_written(forms: Iterable[str]) -> dict[str, str]:
    """Return for each of the words, in small letters, how a list writes it.

    That is in small letters where the policy ever does so. Otherwise the capitals that a sentence
    or a heading gave it go, and those of an abbreviation stay: "GDPR", "UK GDPR".
    """
    met = set(forms)
    return {
        form.lower(): form.lower() if form.lower() in met else _listed(form) for form in sorted(met)
    }


def _listed(form: str) -> str:
    if form.isupper() and max(map(len, form.split())) > _LONGEST_ABBREVIATION:
        return form.lower()  # the capitals are the heading's
    return _WORD.sub(
        lambda word: word[0] if any(map(str.isupper, word[0][1:])) else word[0].lower(), form
    )
