"""Marks on words and sentences: which, where, and with what note."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Sentence, Span
from reader.wording import find_marks
from reader.wording import phrases as word_lists
from tests.make_document import make_document

ROOT = Path(__file__).resolve().parent.parent
LISTS = {kind: word_lists.read_list(file)["entry"] for kind, file in word_lists.LISTS.items()}
CONDITIONS = {"not_after", "not_before", "only_after", "only_before"}
ENTRIES = [(kind, entry) for kind, entries in LISTS.items() for entry in entries]


def marks_of(*sentences: str) -> list[tuple[str, str]]:
    """Return the kind and the words of each mark in sentences that follow each other."""
    text = " ".join(sentences)
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Sentence(Span(start, start + len(sentence)), 0, 0))
        start += len(sentence) + 1
    return [(mark.kind, mark.span.of(text)) for mark in find_marks(text, tuple(spans))]


# --- vague and legal words ------------------------------------------------------------------------


def note_of(entry: dict[str, str]) -> str:
    return entry.get("note") or f"Plainer: {entry['plain']}"


def in_a_sentence(words: str, entry: dict[str, list[str]]) -> str:
    """Return a sentence with these words and the neighbours that their entry asks for."""
    before, after = entry.get("only_after", [""]), entry.get("only_before", [""])
    return f"They say: {before[0]} {words.capitalize()} {after[0]} so."


def test_every_word_of_the_lists_is_found_with_its_note():
    missing = []
    for kind, entry in ENTRIES:
        for words in entry["words"]:
            text = in_a_sentence(words, entry)
            found = find_marks(text, (Sentence(Span(0, len(text)), 0, 0),))
            marks = {(m.kind, m.span.of(text).lower(), m.note) for m in found}
            if (kind, words, note_of(entry)) not in marks:
                missing.append((kind, words))
    assert missing == []


def test_the_glossary_and_the_plainer_words_have_as_many_entries_as_they_promise():
    assert len(LISTS["legal-word"]) >= 150
    assert len(LISTS["plainer-word"]) >= 200


def test_every_entry_of_the_glossary_and_of_the_plainer_words_is_met_in_three_policies(
    shared: Path,
):
    command = [sys.executable, ROOT / "packaging" / "count_wording.py", shared / "data/reference"]
    counted = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert counted.returncode == 0, counted.stdout + counted.stderr


@pytest.mark.parametrize("kind", LISTS)
def test_no_word_stands_twice_in_a_list(kind: str):
    words = [word for entry in LISTS[kind] for word in entry["words"]]
    assert len(words) == len(set(words))
    assert all(word == word.lower().strip() for word in words)
    assert all(note_of(entry).strip() for entry in LISTS[kind])
    assert all(set(entry) <= {"words", "note", "plain", *CONDITIONS} for entry in LISTS[kind])


def test_meanings_of_legal_words_are_short_sentences_and_no_two_are_the_same():
    notes = [entry["note"] for entry in LISTS["legal-word"]]
    assert len(notes) == len(set(notes))
    assert [note for note in notes if not note.endswith(".") or len(note.split()) > 30] == []


def test_the_longest_phrase_is_marked_alone():
    assert marks_of("They keep it as long as reasonably necessary.") == [
        ("vague", "as long as reasonably necessary")
    ]


def test_a_word_within_another_is_not_marked():
    assert marks_of("Mayors, sometime awesome, certainty.") == []


def test_may_is_no_question_where_it_is_a_month_or_what_the_reader_can_do():
    assert marks_of("It holds since May 25, 2018.") == []
    assert marks_of("You may object.") == []
    assert marks_of("May we share it?", "We may.") == [("vague", "May"), ("vague", "may")]


def test_may_leaves_open_what_befalls_the_reader():
    assert ("vague", "may") in marks_of("You may not be able to log in.")
    assert ("vague", "may") in marks_of("You may have certain rights.")
    assert "vague" not in [kind for kind, _ in marks_of("Customers may write to us.")]


def test_any_time_is_a_question_only_where_they_choose_it():
    assert ("vague", "at any time") in marks_of("We change this text at any time.")
    assert marks_of("You can log out at any time.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We employ lamp makers.", "employ"),
        ("Our services require oil.", "require"),
        ("We keep your payment card for order processing.", "processing"),
        ("There are minor changes.", "minor"),
        ("It rests on non-binding advice.", "binding"),
        ("Non-binding advice is what it rests on.", "binding"),
        ("Read https://lamps.example/usage/cookies first.", "cookies"),
    ],
)
def test_a_word_that_means_something_else_beside_its_neighbours_is_left_alone(
    text: str, words: str
):
    marked = [each for kind, each in marks_of(text) if kind in ("legal-word", "plainer-word")]
    assert (words in marked) == (words == "require")


@pytest.mark.parametrize("words", ["Non-discrimination", "We promise non-discrimination"])
def test_a_word_of_the_lists_that_itself_begins_with_non_is_marked(words: str):
    assert ("legal-word", words.split()[-1]) in marks_of(f"{words} is what we stand for.")


def test_a_plainer_word_is_named_each_time():
    text = "Prior to this, and prior to that."
    found = find_marks(text, (Sentence(Span(0, len(text)), 0, 0),))
    assert [(m.kind, m.note) for m in found] == [("plainer-word", "Plainer: before")] * 2


def test_a_curly_apostrophe_hides_no_word():
    assert ("legal-word", "information commissioner’s office") in marks_of(
        "Ask the information commissioner’s office."
    )


def test_a_legal_word_is_explained_once_a_section():
    text = "They indemnify us. We were indemnified. They indemnify us."
    sentences = tuple(
        Sentence(Span(*span), section, 0)
        for span, section in (((0, 18), 0), ((19, 39), 0), ((40, 58), 1))
    )
    marks = [m for m in find_marks(text, sentences) if m.kind == "legal-word"]
    assert [mark.span.start for mark in marks] == [5, 45]


# --- passives -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Your data will be shared.", "be shared"),
        ("It is not automatically sold.", "is not automatically sold"),
        ("Orders are kept for a year, by and large.", "are kept"),
        ("Names were collected by clicking.", "were collected"),
        ("Your place is shared by default.", "is shared"),
        ("They are not already told so.", "are not already told"),
    ],
)
def test_a_passive_without_an_actor_is_marked(text: str, passive: str):
    assert ("passive", passive) in marks_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Your data will be shared by us.",
        "Orders are kept safely for you by our partners.",
        "The shop is located in Ohio.",
        "We are interested in lamps.",
        "There is need of it.",
        "Lamps are registered here, and the shop is involved in a sale.",
        "We share your data.",
    ],
)
def test_a_sentence_that_names_who_acts_is_no_bare_passive(text: str):
    assert "passive" not in [kind for kind, _ in marks_of(text)]


# --- the policy's own terms -----------------------------------------------------------------------


def terms_of(markdown: str) -> list[tuple[str, str]]:
    """Return each use of a term that a policy defines, with the words of its meaning."""
    document = make_document(markdown)
    return [
        (mark.span.of(document.text), mark.meaning.of(document.text))
        for mark in find_marks(document.text, document.sentences)
        if mark.kind == "defined-term" and mark.meaning
    ]


@pytest.mark.parametrize(
    ("definition", "meaning"),
    [
        ("“Lamp Data” means what a lamp tells us.", "what a lamp tells us."),
        ('"Lamp Data" shall mean what a lamp tells us.', "what a lamp tells us."),
        ("The term “Lamp Data” refers to what a lamp tells us.", "what a lamp tells us."),
        ("Lamp Data means what a lamp tells us.", "what a lamp tells us."),
        (
            "A lamp tells us its place and its light (together, “Lamp Data”).",
            "A lamp tells us its place and its light",
        ),
        (
            "A lamp tells us its place (together with its light, the “Lamp Data”).",
            "A lamp tells us its place",
        ),
        (
            "We keep your name (“Name Data”) and what a lamp tells us (the “Lamp Data”).",
            "what a lamp tells us",
        ),
        (
            "A lamp tells us its place, and we call this “Lamp Data”.",
            "A lamp tells us its place",
        ),
        ("A lamp tells us its place. We call this “Lamp Data”.", "A lamp tells us its place."),
        (
            "A lamp tells us its place, collectively referred to as “Lamp Data”.",
            "A lamp tells us its place",
        ),
        ("We heed Lamp Data (as defined in the Lamp Act).", "as defined in the Lamp Act"),
    ],
)
def test_a_term_is_shown_with_the_meaning_that_the_policy_gives_it(definition: str, meaning: str):
    found = terms_of(f"# Lamps\n\n{definition}\n\nWe sell no Lamp Data.\n")
    assert found == [("Lamp Data", meaning)]


def test_a_definition_may_go_on_in_a_list():
    markdown = (
        "# Lamps\n\n“Lamp Data” means:\n\n- the place of a lamp;\n- its light.\n\n"
        "We sell no Lamp Data.\n"
    )
    ((_, meaning),) = terms_of(markdown)
    assert meaning.endswith("its light.")


def test_a_term_is_found_only_with_its_own_letters_and_where_it_stands_for_itself():
    define = "# Lamps\n\nOur lamps and their oil (the “Services”).\n\n"
    assert terms_of(define + "You use the Services.") != []
    for other in (
        "Our services are good.",
        "Lamp Services Limited is a company.",
        "Our SERVICES shine.",
        "Services are what shops have.",
        "The pre-Services age.",
    ):
        assert terms_of(define + other) == [], other


def test_we_you_and_the_policy_itself_are_no_terms_to_look_up():
    markdown = (
        "# Lamps\n\nLamp Ltd (“We”, “Us”) wrote this (the “Privacy Policy”) for buyers (“You”).\n\n"
        "In this Privacy Policy, We tell You about Us.\n"
    )
    assert terms_of(markdown) == []


def test_the_name_under_which_the_author_goes_is_no_term():
    markdown = "# A\n\nLamps and Oil Limited (“Lampers”, “we”) sells oil.\n\nWrite to Lampers.\n"
    assert terms_of(markdown) == []


@pytest.mark.parametrize(
    "quoting",
    [
        "Press “Save Lamp” to go on.",
        "We keep what you name it (e.g., “Save Lamp”).",
        "Look below (see also, “Save Lamp”) for more.",
        "Our lamps from Save Lamp Limited (“Save Lamp”) shine.",
    ],
)
def test_quoted_words_that_define_nothing_are_no_terms(quoting: str):
    assert terms_of(f"# Lamps\n\n{quoting}\n\nThen a Save Lamp page opens.\n") == []


def test_a_term_that_is_defined_twice_has_the_meaning_last_given():
    markdown = (
        "# Lamps\n\n“Goods” means lamps.\n\nWe sell Goods.\n\n“Goods” means oil and wicks.\n\n"
        "We sell Goods.\n"
    )
    assert [meaning for _, meaning in terms_of(markdown)] == ["lamps.", "oil and wicks."]


def test_of_a_long_meaning_the_note_keeps_the_words_beside_the_term():
    filler = "and a good many other things besides " * 8
    before = make_document(f"# A\n\nWe have wicks {filler}and oil (“Goods”).\n\nSee our Goods.\n")
    after = make_document(f"# A\n\n“Goods” means wicks {filler}and oil.\n\nSee our Goods.\n")
    notes = [
        mark.note
        for document in (before, after)
        for mark in find_marks(document.text, document.sentences)
        if mark.kind == "defined-term"
    ]
    assert notes[0].startswith("… ")
    assert notes[0].endswith("and oil")
    assert notes[1].startswith("wicks")
    assert notes[1].endswith(" …")


@pytest.mark.parametrize(
    "words",
    [
        "A" * 100_000 + " as defined in it",
        "a" * 200_000 + " may write to lamps@example.org",
        "A-" * 50_000 + " means it",
        '"A"' * 30_000,
        "(“A”, " * 20_000,
        "“Aa” means " + "," * 100_000 + "x",
        "“Aa” means oil. " + "x Aa " * 20_000,
        "".join(f"“A{n}” means oil. " for n in range(5_000)),
    ],
    ids=["long name", "long word", "hyphens", "quotes", "brackets", "commas", "uses", "terms"],
)
def test_no_text_keeps_the_search_for_words_busy(words: str):
    sentence = (Sentence(Span(0, len(words)), 0, 0),)
    began = time.process_time()
    find_marks(words, sentence)
    assert time.process_time() - began < 2


# --- sentences ------------------------------------------------------------------------------------


def lengths_marked(text: str) -> list[str]:
    return [kind for kind, _ in marks_of(text) if kind.endswith("sentence")]


def test_a_sentence_is_long_over_thirty_words_and_hard_over_twenty_five_with_many_long_ones():
    assert lengths_marked(" ".join(["lamp"] * 30)) == []
    assert lengths_marked(" ".join(["lamp"] * 31)) == ["long-sentence"]
    assert lengths_marked(" ".join(["lamp"] * 21 + ["lanterns"] * 7)) == ["hard-sentence"]
    assert lengths_marked(" ".join(["lamp"] * 22 + ["lanterns"] * 6)) == []
    assert lengths_marked(" ".join(["lamp"] * 18 + ["lanterns"] * 7)) == []


def test_dashes_are_no_words_and_addresses_no_long_ones():
    assert lengths_marked(" ".join(["lamp –"] * 30)) == []
    assert lengths_marked(" ".join(["lamp"] * 19 + ["www.lamp.example/a"] * 9)) == []


def test_a_long_sentence_hides_no_other_marks():
    words = "“Lamp Data” means oil; prior to Lamp Data, all may be retained "
    kinds = {kind for kind, _ in marks_of(words + " ".join(["lamp"] * 40))}
    assert kinds == {"long-sentence", "vague", "passive", "legal-word", "plainer-word"}
    kinds = {
        kind for kind, _ in marks_of("“Lamp Data” means lamp oil.", f"Lamp Data {'lamp ' * 40}.")
    }
    assert kinds == {"long-sentence", "defined-term"}


# --- any text -------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["İ", "may", "be", "shared", "some", "of", "third", "parties", "retain"]
            ),
            min_size=1,
            max_size=40,
        ),
        max_size=5,
    )
)
def test_marks_lie_inside_their_sentence_in_order_and_apart_within_a_kind(lines: list[list[str]]):
    text, sentences = "", []
    for line in lines:
        words = " ".join(line)
        sentences.append(Sentence(Span(len(text), len(text) + len(words)), 0, 0))
        text += words + " "
    marks = find_marks(text, tuple(sentences))
    assert all(any(s.span.contains(mark.span) for s in sentences) for mark in marks)
    assert all(mark.note for mark in marks)
    assert all(a.span.start <= b.span.start for a, b in pairwise(marks))
    for kind in {mark.kind for mark in marks}:
        own = [mark for mark in marks if mark.kind == kind]
        assert all(a.span.end <= b.span.start for a, b in pairwise(own))
    for mark in marks:
        if mark.kind == "vague":
            assert mark.span.of(text) in ("may", "some", "some of")
