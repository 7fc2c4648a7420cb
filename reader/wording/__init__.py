"""Words and sentences that make a policy hard or leave it open, each with a note.

In: a text and its sentences. Out: marks in order, of these kinds: ``long-sentence``,
``hard-sentence``, ``vague``, ``passive``, ``legal-word``, ``plainer-word`` and ``defined-term``. A
vague word is a question to the policy, not a fault; marks of different kinds may lie over each
other, so a long sentence hides nothing.

The words and their notes are data, in ``resources/wording``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from reader.model import Mark, MarkKind, Sentence, Span
from reader.wording.definitions import find_defined_terms
from reader.wording.passives import find_passives
from reader.wording.phrases import find_candidates, find_phrases, in_lower_case
from reader.words import LONG_WORD_LETTERS, LONGEST_PLAIN_SENTENCE, count_words

LONG_SENTENCE = 30
"""Words above which a sentence is long."""
HARD_SHARE = 0.25
"""Share of long words from which on a sentence is hard that is too long to be plain."""


def find_marks(text: str, sentences: tuple[Sentence, ...]) -> tuple[Mark, ...]:
    """Return the marks of a text's sentences, by where they start, longer ones first.

    A legal word is explained once a section, for a reader who begins there.
    """
    marks: list[Mark] = list(find_defined_terms(text, sentences))
    explained: set[tuple[int, str]] = set()
    lowered_text = in_lower_case(text)
    candidates = find_candidates(lowered_text)
    starts = [start for start, _, _ in candidates]
    for sentence in sentences:
        first, last = sentence.span.start, sentence.span.end
        words, lowered = text[first:last], lowered_text[first:last]
        marks += _mark_length(words, sentence.span)
        own = candidates[bisect_left(starts, first) : bisect_left(starts, last)]
        for found in (find_phrases(lowered, words, first, own), find_passives(lowered)):
            for start, end, kind, note in found:
                if kind is MarkKind.LEGAL_WORD:
                    if (sentence.section, note) in explained:
                        continue
                    explained.add((sentence.section, note))
                marks.append(Mark(Span(first + start, first + end), kind, note))
    return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.kind)))


def _mark_length(words: str, span: Span) -> Iterator[Mark]:
    runs = words.split()
    if len(runs) <= LONGEST_PLAIN_SENTENCE:
        return
    count = count_words(runs)
    if count > LONG_SENTENCE:
        yield Mark(span, MarkKind.LONG_SENTENCE, f"{count} words in one sentence")
    elif count > LONGEST_PLAIN_SENTENCE:
        long_words = sum(map(_is_long, runs))
        if long_words >= HARD_SHARE * count:
            yield Mark(span, MarkKind.HARD_SENTENCE, f"{count} words, {long_words} of them long")


def _is_long(token: str) -> bool:
    """Return whether a run is a long word; addresses are not read aloud."""
    if len(token) < LONG_WORD_LETTERS or "@" in token or "/" in token:
        return False
    return token.isalpha() or sum(map(str.isalpha, token)) >= LONG_WORD_LETTERS
