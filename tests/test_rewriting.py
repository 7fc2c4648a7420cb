"""Which sentences to rewrite first, why, and what the policy would score without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.analysis import analyze, analyze_text
from reader.model import Counts, PolicyReport
from reader.readability import count, count_together
from reader.rewriting import MOST_SENTENCES, heaviest, rewriting_of
from reader.scoring import score

SHORT = "We keep your name. We keep your street. We send your lamp. "
LONG = (
    "The information, which may be retained where it is required, is disclosed to authorities, "
    "courts, insurers, carriers, accountants and receivers (in whatever jurisdiction) if we are "
    "asked, unless notification would be unlawful."
)


def grade_of(sentences: list[str]) -> float:
    grade = score(count_together(sentences)).flesch_kincaid_grade
    assert grade is not None
    return grade


def scored_sentences(report: PolicyReport) -> list[str]:
    document = report.document
    return [
        sentence.span.of(document.text)
        for sentence in document.sentences
        if document.blocks[sentence.block].scored
    ]


@pytest.fixture(scope="module")
def report(sample: Path) -> PolicyReport:
    return analyze(sample.read_bytes(), sample.name)


def test_the_heaviest_are_those_without_which_the_grade_is_lowest(report: PolicyReport) -> None:
    sentences = scored_sentences(report)
    without = sorted(
        (grade_of(sentences[:place] + sentences[place + 1 :]), words)
        for place, words in enumerate(sentences)
    )
    text = report.document.text
    chosen = [heavy.span.of(text) for heavy in report.heavy_sentences]
    assert chosen == [words for _, words in without[:MOST_SENTENCES]]


def test_the_gain_of_a_sentence_is_what_a_new_count_without_it_gives(report: PolicyReport) -> None:
    sentences = scored_sentences(report)
    for row in rewriting_of(report).sentences:
        rest = [words for words in sentences if words != row.words]
        assert len(rest) == len(sentences) - 1
        assert row.gain == pytest.approx(grade_of(sentences) - grade_of(rest), abs=1e-9)


def test_the_line_tells_the_grade_without_all_of_them(report: PolicyReport) -> None:
    rewriting = rewriting_of(report)
    sentences = scored_sentences(report)
    heavy = {row.words for row in rewriting.sentences}
    rest = grade_of([words for words in sentences if words not in heavy])
    assert rewriting.line.startswith(
        f"Without these 10 sentences the grade would be {rest:.1f} instead of "
        f"{grade_of(sentences):.1f}"
    )


def test_cut_in_pieces_a_text_keeps_its_words_and_gains_sentences() -> None:
    report = analyze_text(f"{SHORT * 12}{LONG}")
    counts = report.scores.counts
    more = -(-count(LONG).words // 25) - 1  # 32 words are cut in two
    assert more == 1
    cut = score(Counts(counts.words, counts.sentences + more, counts.syllables))
    assert f"it would be {cut.flesch_kincaid_grade:.1f} instead of" in rewriting_of(report).split


def test_a_sentence_is_told_what_makes_it_hard() -> None:
    first = rewriting_of(analyze_text(f"{SHORT * 12}{LONG}")).sentences[0]
    assert first.words == LONG
    told = "; ".join(first.reasons)
    assert told.startswith("32 words; long words: ")
    assert "4 clauses inside it (which, where, if, unless)" in told
    assert "7 commas" in told
    assert "1 remark in brackets" in told
    assert "passives naming nobody" in told
    assert "vague: “may”" in told


def test_a_sentence_that_makes_a_text_easier_is_never_among_them() -> None:
    counted = [(20, 40), (3, 3), (4, 5)]
    whole = Counts(words=27, sentences=3, syllables=48)
    assert heaviest(counted, whole) == (0,)
    assert heaviest([], Counts()) == ()


def test_nothing_is_to_be_rewritten_where_nothing_is_scored() -> None:
    for text in ("We keep your name.", "Wir speichern Ihren Namen und Ihre Anschrift nicht. " * 20):
        told = rewriting_of(analyze_text(text))
        assert (told.line, told.split, told.sentences) == ("", "", ())
