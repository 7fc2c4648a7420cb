"""Words and sentences that make a policy hard or leave it open, each with a note.

In: a text and its sentences. Out: marks in order, of these kinds: ``long-sentence``,
``hard-sentence``, ``vague``, ``passive``, ``legal-word``, ``plainer-word`` and ``defined-term``. A
vague word is a question to the policy, not a fault; marks of different kinds may lie over each
other, so a long sentence hides nothing.

The words and their notes are data, in ``resources/wording``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.model import Mark, Sentence, Span
from reader.wording.definitions import find_defined_terms
from reader.wording.passives import find_passives
from reader.wording.phrases import different_words, find_phrases, in_lower_case

LONG_SENTENCE = 30
"""Words above which a sentence is long."""
HARD_SENTENCE = 25
"""Words above which a sentence is hard, where enough of them are long. UK government's limit."""
HARD_SHARE = 0.25
"""Share of words of seven letters or more from which on it is."""


def find_marks(text: str, sentences: tuple[Sentence, ...]) -> tuple[Mark, ...]:
    """Return the marks of a text's sentences, by where they start, longer ones first.

    A legal word is explained once a section, for a reader who begins there.
    """
    marks: list[Mark] = list(find_defined_terms(text, sentences))
    explained: set[tuple[int, str]] = set()
    for sentence in sentences:
        words = sentence.span.of(text)
        marks += _mark_length(words, sentence.span)
        lowered = in_lower_case(words)
        different = different_words(lowered)
        for found in (find_phrases(lowered, words, different), find_passives(lowered, different)):
            for start, end, kind, note in found:
                if kind == "legal-word":
                    if (sentence.section, note) in explained:
                        continue
                    explained.add((sentence.section, note))
                span = Span(sentence.span.start + start, sentence.span.start + end)
                marks.append(Mark(span, kind, note))
    return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.kind)))


_WORD_CHARACTER = re.compile(r"[^\W_]")
_LONG_WORD_LETTERS = 7


def _mark_length(words: str, span: Span) -> Iterator[Mark]:
    runs = words.split()
    if len(runs) <= HARD_SENTENCE:
        return
    tokens = [run for run in runs if run.isalnum() or _WORD_CHARACTER.search(run)]
    if len(tokens) > LONG_SENTENCE:
        yield Mark(span, "long-sentence", f"{len(tokens)} words in one sentence")
    elif len(tokens) > HARD_SENTENCE:
        long_words = sum(map(_is_long, tokens))
        if long_words >= HARD_SHARE * len(tokens):
            note = f"{len(tokens)} words, {long_words} of them long"
            yield Mark(span, "hard-sentence", note)


def _is_long(token: str) -> bool:
    """Return whether a word has seven letters or more; addresses are not read aloud."""
    if len(token) < _LONG_WORD_LETTERS or "@" in token or "/" in token:
        return False
    return token.isalpha() or sum(map(str.isalpha, token)) >= _LONG_WORD_LETTERS
