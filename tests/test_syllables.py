"""Syllables: what the table knows, what the rules guess, what textstat is given."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import syllables
from reader.syllables import count_syllables, install_for_textstat

SCRIPT = Path(__file__).resolve().parent.parent / "packaging" / "make_syllable_table.py"
TABLE = SCRIPT.parent.parent / "resources" / "syllables" / "syllables.txt.gz"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("share", 1),
        ("data", 2),
        ("policy", 3),
        ("information", 4),
        ("personally", 4),
        ("everything", 3),
    ],
)
def test_a_word_of_the_dictionary_has_its_syllables(word: str, count: int):
    assert count_syllables(word) == count
    assert count_syllables(word.upper()) == count
    assert count_syllables(f"“{word},”") == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("don’t", 1),
        ("you'll", 1),
        ("opt-out", 2),
        ("third-party", 3),
        ("and/or", 2),
        ("Shopfront’s", 2),
        ("2018", 1),
        ("1,000.50", 1),
        ("", 0),
        ("—", 0),
    ],
)
def test_contractions_compounds_and_numbers_are_counted_as_they_are_read(word: str, count: int):
    assert count_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("anonymised", 4),
        ("pseudonymisation", 6),
        ("unsubscribing", 4),
        ("geolocation", 5),
        ("fingerprinting", 4),
        ("smartwatch", 2),
        ("wearables", 3),
        ("retargeting", 4),
        ("blockchain", 2),
        ("flobe", 1),
        ("flobes", 1),
        ("blickers", 2),
        ("mubble", 2),
    ],
)
def test_a_word_unknown_to_the_dictionary_is_counted_by_its_parts_or_spelling(
    word: str, count: int
):
    assert count_syllables(word) == count


def test_words_of_real_policies_have_the_dictionarys_syllables(shared: Path):
    # The table is read here in a way of its own; that it equals the dictionary's source, read
    # apart from the script that makes it, is for tests/benchmarks/syllables.py, which needs that.
    dictionary = {}
    for line in gzip.decompress(TABLE.read_bytes()).decode().splitlines():
        known = line.split()
        dictionary.update({word: int(known[0]) for word in known[1:]})
    compared, differing = set(), []
    for policy in (shared / "data" / "reference").glob("*.md"):
        for word in set(re.findall(r"[A-Za-z]+(?:['’][A-Za-z]+)*", policy.read_text("utf-8"))):
            entry = word.lower().replace("’", "'")
            if entry in dictionary and word not in compared:
                compared.add(word)
                if count_syllables(word) != dictionary[entry]:
                    differing.append(word)
    assert len(compared) > 10_000
    assert differing == []


def test_an_unknown_abbreviation_is_spelled_out():
    assert count_syllables("GDPR") == 4
    assert count_syllables("CCPA") == 4
    assert count_syllables("WWF") == 7
    assert count_syllables("COOKIES") == 2


def test_the_rules_are_right_for_nine_words_of_ten_that_they_were_not_given():
    table = syllables._table()
    words = [word for word in table if word.isalpha() and len(word) > 3 and table[word]][::25]
    right = 0
    for word in words:
        known = table.pop(word)
        right += syllables._count_unknown(word, table) == known
        table[word] = known
    assert right / len(words) > 0.93


@settings(deadline=None)  # the first example reads the table
@given(st.text(max_size=60))
def test_any_text_has_a_count(word: str):
    assert count_syllables(word) >= 0


@settings(deadline=None)  # the first example reads the table
@given(st.lists(st.sampled_from(["third", "party", "opt", "out", "flobe"]), min_size=2, max_size=4))
def test_an_unknown_compound_is_the_sum_of_its_parts(parts: list[str]):
    compound = "-".join([*parts, "zzz"])
    assert count_syllables(compound) == sum(map(count_syllables, [*parts, "zzz"]))


# --- textstat -------------------------------------------------------------------------------------


def test_a_capital_that_is_two_characters_in_lower_case_splits_no_word():
    assert count_syllables("İstanbul") == count_syllables("Istanbul") == 3


def test_textstat_keeps_its_dictionary_where_our_table_is_put():
    from textstat.backend.counts import _count_syllables

    assert callable(_count_syllables.get_cmudict)
    install_for_textstat()
    dictionary = _count_syllables.get_cmudict("en_US")
    assert dictionary is not None
    assert sum(phoneme[-1].isdigit() for phoneme in dictionary["information"][0]) == 4
    with pytest.raises(KeyError):
        dictionary["flobe"]
    assert _count_syllables.get_cmudict("de_DE") is None


@settings(deadline=None)  # the first example reads the table
@given(
    st.lists(
        st.sampled_from(
            [
                "we",
                "collect",
                "personal",
                "information",
                "about",
                "you",
                "don't",
                "share",
                "cookies",
            ]
        ),
        min_size=1,
        max_size=30,
    )
)
def test_textstat_counts_as_we_do_on_the_words_of_the_dictionary(words: list[str]):
    import textstat

    install_for_textstat()
    assert textstat.syllable_count(" ".join(words)) == sum(map(count_syllables, words))


# --- the table ------------------------------------------------------------------------------------

PACKAGE = """\
/** @type {{ [word: string]: string }} */
export const dictionary = {
  "o'clock": "AH0 K L AA1 K",
  cookie: "K UH1 K IY0",
  hmm: "HH M",
  consent: "K AH0 N S EH1 N T",
  "consent(2)": "K AO1 N S EH0 N T S",
  aalborg: "AO1 L B AO0 R G # place, danish"
}
"""


def test_the_table_is_made_from_the_package_without_its_variants(tmp_path: Path):
    (tmp_path / "index.js").write_text(PACKAGE, encoding="utf-8")
    tables = [tmp_path / "first.gz", tmp_path / "second.gz"]
    for table in tables:
        subprocess.run([sys.executable, SCRIPT, tmp_path, "--output", table], check=True)
    assert gzip.decompress(tables[0].read_bytes()).decode() == (
        "0 hmm\n2 aalborg consent cookie o'clock\n"
    )
    assert tables[0].read_bytes() == tables[1].read_bytes()


def test_the_shipped_table_carries_its_notices():
    folder = SCRIPT.parent.parent / "resources" / "syllables"
    assert "Carnegie Mellon University" in (folder / "LICENSE-cmudict.txt").read_text()
    assert "ISC License" in (folder / "LICENSE-package.txt").read_text()
    assert (folder / "syllables.txt.gz").stat().st_size < 400_000
    assert len(syllables._table()) == 126_046
