"""The pattern language finds what it reads like."""

from __future__ import annotations

import time

import pytest

from reader.disclosures.catalogue import load_catalogue
from reader.disclosures.matching import KeyedText, find_matches, matches
from reader.disclosures.patterns import Lexicon, PatternError
from reader.disclosures.words import text_keys

LEXICON = Lexicon({"we": ["we", "our shop"], "firms": ["<we>", "firm", "advertising firm"]})


def finds(pattern: str, sentence: str) -> bool:
    return matches(LEXICON.compile(pattern), keyed(sentence))


def keyed(*sentences: str) -> KeyedText:
    return KeyedText(map(text_keys, sentences))


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("share data", "They were sharing data."),
        ("share/send [your] data", "We send your data."),
        ("share/send [your] data", "We send data."),
        ("(opt out | say no) of", "You can opt-out of it"),
        ("<we> ~ share", "Our shop may, now and then, share"),
        ("<we> ... parcel", "We send, when you have paid, what you ordered in a parcel."),
        ("keep # day", "kept 30 days"),
        ("^ we", "We are here."),
        ("gone $", "It is gone."),
        ("name address", "your name, address"),
        ("(keep ...9 | <we> ~) long", "We wait long."),
        ("(keep ...9 | <we> ~) long", "Kept for very long."),
    ],
)
def test_a_pattern_matches_what_it_reads_like(pattern: str, sentence: str) -> None:
    assert finds(pattern, sentence)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("<we> ~ share", "We ask how others share"),
        ("<we> ~ share", "We hope that you share"),
        ("<we> ... sell", "We deliver; shops sell"),
        ("<we> ~2 share", "We may from time to time share"),
        ("inform you", "information you"),
        ("^ we", "Here we are."),
        ("request we", "If you make a request, we answer it."),
    ],
)
def test_a_gap_does_not_reach_into_another_clause(pattern: str, sentence: str) -> None:
    assert not finds(pattern, sentence)


@pytest.mark.parametrize(
    "pattern", ["", "(a | b", "a)", "<nobody> a", "{act", "a ~99 b", "[a", "\u201c"]
)
def test_a_broken_pattern_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(PatternError):
        LEXICON.compile(pattern)


def test_lexicon_entries_in_a_circle_are_refused() -> None:
    with pytest.raises(PatternError, match="circle"):
        Lexicon({"a": ["<b>"], "b": ["<a>"]}).compile("<a>")


def test_the_act_and_the_limit_are_where_they_stand() -> None:
    (match,) = find_matches(
        LEXICON.compile("<we> ~ {sell} {limit: your name}"), keyed("We sell your name.")
    )
    assert (match.start, match.end) == (0, 4)
    assert match.act == (1, 2)
    assert match.limit == (2, 4)


def test_an_act_marked_in_the_lexicon_is_remembered() -> None:
    lexicon = Lexicon({"selling": ["we ~ {sell} ..."]})
    (match,) = find_matches(lexicon.compile("<selling> data"), keyed("We may sell all your data."))
    assert match.act == (2, 3)
    assert match.end == 6


def test_no_match_reaches_over_the_end_of_a_sentence() -> None:
    text = keyed("We sell", "data of ours.", "We sell data.")
    for pattern in ("sell data", "sell ~ data", "sell ... data", "sell [your] data", "sell data $"):
        starts = [
            [match.start for match in find_matches(LEXICON.compile(pattern), text, sentence)]
            for sentence in range(3)
        ]
        assert starts == [[], [], [1]], pattern


def test_a_match_ends_at_the_nearest_place_where_the_whole_pattern_fits() -> None:
    pattern = LEXICON.compile("<we> ~ {sell} ... data ~2 {limit: abroad}")
    (match,) = find_matches(pattern, keyed("We rent or sell maps, data, and data sold abroad."))
    assert match.act == (3, 4)  # what cannot be completed ("data, and data") is not taken
    assert (match.limit, match.end) == ((11, 12), 12)


def test_no_match_of_a_pattern_begins_inside_another() -> None:
    matches_found = find_matches(LEXICON.compile("sell ~ data"), keyed("sell sell data sell data"))
    assert [(match.start, match.end) for match in matches_found] == [(0, 3), (3, 5)]


def test_every_rule_answers_quickly_on_a_text_made_to_slow_it() -> None:
    """A statement has at most 400 words; pump strings of that length, for every pattern we ship."""
    catalogue = load_catalogue()
    pumps = [
        "we " * 400,
        "we may share your data " * 80,
        "not " * 400,
        "data , " * 200,
        "we collect use share keep delete your personal information with third parties " * 32,
    ]
    text = keyed(*pumps)
    for kind in catalogue.types.values():
        for rule in kind.rules:
            for pattern in (rule.pattern, *rule.unless):
                began = time.process_time()
                for sentence in range(len(pumps)):
                    for match in find_matches(pattern, text, sentence):
                        assert match.end > match.start
                took = time.process_time() - began
                assert took < 0.25, f"{rule.id}: {pattern.source!r} took {took:.2f} s"


def test_words_that_a_pattern_needs_count_only_where_they_stand_together() -> None:
    pattern = LEXICON.compile("<we> ~ share data")
    text = keyed("We keep 3 files.", "They share data.", "We share data.", "Our shop keeps data.")
    (branch,) = pattern.branches
    assert text.sentences_for(branch) == 0b0100
    assert text.sentences_for(branch, among=0b1011) == 0
    assert text.sentences_for(LEXICON.compile("keep #").branches[0]) == 0b0001


def test_what_is_compiled_shows_itself_in_a_few_words() -> None:
    # A test that fails writes out what it compared: with all branches, that took minutes.
    catalogue = load_catalogue()
    assert max(len(repr(rule)) for kind in catalogue.types.values() for rule in kind.rules) < 20_000
    assert len(repr(catalogue)) < 2_000_000
