"""Stretches cover both texts, say truly what is the same, and are found in bounded time."""

from __future__ import annotations

import random
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from reader.word_changes import longest_rise, word_changes

WORDS = st.lists(st.sampled_from("lamp oil wick glass shop".split()), max_size=40)


@given(WORDS, WORDS)
def test_the_stretches_cover_both_texts_and_the_same_words_are_the_same(
    old: list[str], new: list[str]
):
    stretches = word_changes(old, new)

    assert [w for s in stretches for w in old[s.old_start : s.old_end]] == old
    assert [w for s in stretches for w in new[s.new_start : s.new_end]] == new
    for stretch in stretches:
        if stretch.is_same:
            assert (
                old[stretch.old_start : stretch.old_end] == new[stretch.new_start : stretch.new_end]
            )


def test_one_word_in_a_long_text_is_one_change():
    words = [f"word{number % 5_000}" for number in range(20_000)]
    changed = [*words[:9_000], "lamp", *words[9_001:]]

    stretches = [each for each in word_changes(words, changed) if not each.is_same]

    assert [(each.old_start, each.old_end) for each in stretches] == [(9_000, 9_001)]


def test_a_hundred_thousand_unlike_words_take_no_long_time():
    draw = random.Random(1)  # noqa: S311 - no secret
    old, new = ([draw.choice("abcdefgh") for _ in range(100_000)] for _ in range(2))
    start = perf_counter()

    word_changes(old, new)

    assert perf_counter() - start < 5


@given(st.lists(st.integers(0, 30), unique=True))
def test_the_longest_rise_rises_and_none_is_longer(places: list[int]):
    rise = longest_rise(places)

    assert rise == sorted(rise)
    lengths: list[int] = []
    for at, place in enumerate(places):
        lengths.append(1 + max((lengths[i] for i in range(at) if places[i] < place), default=0))
    assert len(rise) == max(lengths, default=0)
