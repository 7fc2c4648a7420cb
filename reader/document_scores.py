"""How hard a document and each of its sections read, also beside those of other policies."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.model import Band, Counts, Document, HeavySentence, Mark, MarkKind, Scores, Span
from reader.readability import count, count_each
from reader.reference import FEWEST_WORDS, Of, share_below
from reader.rewriting import heaviest
from reader.scoring import score


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """The scores of a document and of each section's own text, and its heaviest sentences.

    Those are at most ten, the heaviest first, and () where the text is not scored.
    """

    whole: Scores
    sections: tuple[Scores, ...]
    heavy: tuple[HeavySentence, ...]


def score_document(
    document: Document, runs: Sequence[Sequence[str]], marks: Sequence[Mark]
) -> DocumentScores:
    """Return the scores, with where they stand among those of other policies and sections.

    ``runs`` are those between the blanks of each sentence, ``marks`` those of the document.
    """
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
    sections = tuple(score(counts) for counts, _ in counted)
    whole, sections = _among_others(document, marks, whole, sections)
    return DocumentScores(whole, sections, heavy)


def _among_others(
    document: Document, marks: Sequence[Mark], scores: Scores, section_scores: tuple[Scores, ...]
) -> tuple[Scores, tuple[Scores, ...]]:
    """Return the scores with where they stand among those of other policies and sections."""
    if not document.language_supported:
        return scores, section_scores
    starts = [sentence.span.start for sentence in document.sentences]
    vague = Counter[int]()
    for mark in marks:
        if mark.kind is MarkKind.VAGUE:
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
    if grade is None or counted < FEWEST_WORDS:
        return replace(scores, length_percentile=length, vague_per_thousand=density)
    return replace(
        scores,
        percentile=share_below(of, "grade", grade),
        length_percentile=length,
        vague_per_thousand=density,
        vagueness_percentile=share_below(of, "vague", density),
    )
