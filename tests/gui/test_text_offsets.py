"""Code points and UTF-16 units, both ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.gui.text_offsets import TextOffsets
from reader.model import Span

TEXTS = st.text(st.sampled_from("aé你🏮𝔸 \n"), max_size=60)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_place_translates_as_utf16_itself_counts(text: str) -> None:
    offsets = TextOffsets(text)
    for place in range(len(text) + 1):
        assert offsets.to_units(place) == units(text[:place])


@given(TEXTS)
def test_every_place_comes_back_to_itself(text: str) -> None:
    offsets = TextOffsets(text)
    assert [offsets.to_code_points(offsets.to_units(i)) for i in range(len(text) + 1)] == list(
        range(len(text) + 1)
    )


def test_the_middle_of_a_pair_belongs_to_its_character() -> None:
    assert TextOffsets("a🏮b").to_code_points(2) == 1


def test_a_span_behind_an_emoji_keeps_its_words() -> None:
    text = "🏮 we share it"
    start, end = TextOffsets(text).span_to_units(Span(5, 10))
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "share"
