"""By which names a policy speaks of its own author: "Acme does not sell" is "we do not sell"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.disclosures.words import KeyedQuote, Word, key_of, keys_of, text_keys, words_of
from reader.legal_forms import LEGAL_FORM, LEGAL_FORM_WORDS, without_form
from reader.model import Document, Span

# `Acme Inc. ("Acme", "we" or "us")`: the name stands before the bracket that says "we". Few do, so
# that they are looked for first.
_SAYS_WE = re.compile(r"\((?=[^)]{0,120}[\"“”'‘’](?:[Ww]e|[Uu]s|[Oo]ur)[\"“”'‘’,])")
_INTRODUCED = re.compile(rf"(?:[A-Z][\w.&'’-]{{0,60}},? ){{1,6}}(?:{LEGAL_FORM}\.? )?\Z")
_LONGEST_INTRODUCED = 6 * 63 + 15  # characters
# A name that its owner writes small opens the line: 'larch ("we", "our") makes lamps'.
_INTRODUCED_SMALL = re.compile(r"(?:^|\n)([a-z][\w-]{1,60}) \Z")
_SHORT_FORM = re.compile(r"[\"“”'‘]([A-Z][\w.&’-]*(?: [A-Z][\w.&’-]*){0,3})[\"“”'’]")
# "At Acme, we care", "We at Acme", "This notice explains how Acme uses", "Ada Wick built the
# Lamp app": so an author begins.
_NAME = r"[A-Z][\w&.-]*[\w&](?: [A-Z][\w&.-]*[\w&]){0,3}"
_BEGINS = re.compile(
    rf"\bAt ({_NAME}), we\b|\bWe at ({_NAME})\b"
    rf"|\b(?:describes?|explains?|sets? out|outlines?|informs? you)"
    rf" (?:about )?(?:how|what) ({_NAME})|({_NAME}) built the [A-Z]"
)
_ACTS = (
    r"(?:collects?|uses?|shares?|does not|do not|may|will|reserves?|sells?|discloses?|processes"
    r"|retains?|takes?|values?|respects?|provides?|operates?|is committed|receives?|stores?"
    r"|maintains?|sends?|keeps?|asks?|logs?|displays?|has|will place)"
)
# Begins with the capital, and looks back from there: a pattern that does is looked for faster.
# "of" and "&" join the words of one name: "Bank of Lanterns", "Lamp & Wick"; a later word may begin
# small: "Larch eID Group". The words are bounded, for in "I.I.I.I..." each letter would be read to
# the end. No part of one is tried for the whole.
_ACTING = re.compile(
    rf"([A-Z](?<!\w[A-Z])(?>[\w&.-]{{0,60}}[\w&])"
    rf"(?: (?:(?:of|&) )?[a-z]?[A-Z](?>[\w&.-]{{0,60}}[\w&])){{0,4}})"
    rf"(?:,? {LEGAL_FORM}\.?)* (?:also )?{_ACTS}\b"
)
_NOT_NAMES = keys_of(
    "we our us you your it they this that these those the a an and or if when as in by for to any "
    "all each some other users user visitors cookies cookie privacy policy notice statement "
    "information data personal section website websites site sites service services app apps "
    "company children "
    "parents law laws california european gdpr ccpa however please also customers customer "
    "parties partners advertisers terms browser browsers what how which who there processors "
    "providers controllers companies members member people persons individuals residents "
    "affiliates passengers passenger drivers sellers buyers minors isp ftc nai daa iab eea dnt"
)
WELL_KNOWN = keys_of("google facebook meta apple amazon microsoft twitter paypal stripe shopify")
"""Companies named in many policies, as keys.

They are the author only of those whose title holds the name, or that name it early and tell of what
it does all over.
"""
# What a policy defines with a capital and no company is: "Other Personal Information".
_THINGS = keys_of("information data policy notice statement cookies services sites websites apps")
_LONGEST_TITLE = 6  # words; a longer one is a sentence
_PLACES = keys_of(
    "kingdom states republic ireland canada germany france netherlands delaware california"
)
_LONGEST_ABBREVIATION = 4
_ACTS_OFTEN = 3
_ACTS_ALL_OVER = 10  # even under another name than the one that the text introduces
_ABBREVIATION_ACTS_OFTEN = 4  # laws and public bodies are abbreviated too
# An author that speaks as "we" acts by name now and then, but is named all over the text.
_ACTS_TWICE = 2
_NAMED_OFTEN = 10
# Written small once among so many acts, a name is a slip of the pen and no ordinary word.
_SLIP_IN = 20
_OPENING = 1500  # characters, in which such an author is named first
# The maker of a small app speaks as "I", of "my app"; a reader's "I agree" stands alone.
_SINGULAR = re.compile(
    r"\bI (?:may|do not|don['’]t|will not|collect|use|request|share|value|want to inform)\b"
    r"|\bmy (?:app|application|service|website|site|game)\b",
    re.IGNORECASE,
)
_PERSONS = {"i": "we", "me": "us", "my": "our", "myself": "ourselves"}
# Where nobody writes "the Company", "Company may sell" speaks of the author.
_CALLED_COMPANY = re.compile(rf"Company(?<!\wCompany)(?<![\w.] Company) {_ACTS}\b")
_THE_COMPANY = re.compile(r"\b(?:[Tt]he|[Oo]ur|[Tt]his) Company\b")
# No part of a name, at neither of its ends.
_AROUND_NAMES = keys_of("the company") | {key_of(word) for word in LEGAL_FORM_WORDS}
# The legal form behind a name that a policy otherwise gives without: "Acme, Inc. does not sell".
_FORM_BEHIND = re.compile(rf"{LEGAL_FORM}(?:\.?,? {LEGAL_FORM})*")


class OwnNames:
    """The names of a policy's author, and their replacement by "we"."""

    def __init__(
        self,
        names: frozenset[tuple[str, ...]],
        *,
        singular: bool = False,
        small: str | None = None,
    ) -> None:
        self._small = small  # the key of a name that its owner writes small
        self._persons = _PERSONS if singular else {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(names, key=len, reverse=True):
            self._by_first.setdefault(name[0], []).append(name)

    def holds(self, name: tuple[str, ...]) -> bool:
        """Return whether ``name``, given as keys, is or begins with one of the author's names."""
        mine = self._by_first.get(name[0], ()) if name else ()
        return any(name[: len(own)] == own for own in mine)

    def keys_of(self, quote: KeyedQuote) -> list[str]:
        """Return the keys of the words of ``quote``, each own name as one "we" or "us".

        It is "us" behind a "us" that it explains: "give to us, Acme Ltd (AL)". A name is written
        with a capital: "Webs collects", but not "web beacons"; one that the title writes small may
        be written so. Where the author speaks in the singular, "I" becomes "we" and "my" "our".
        """
        keys = quote.keys
        if self._persons:
            keys = [self._persons.get(key, key) for key in keys]
        if self._by_first.keys().isdisjoint(keys):
            return keys
        keys = keys.copy()
        starts = [start for start, _ in quote.spans]
        for first, end in reversed(list(self._named(keys, starts, quote.text))):
            keys[first:end] = [_person(keys, first)]
        return keys

    def words_of(self, text: str, span: Span) -> list[Word]:
        """Return the words of ``keys_of`` with where they stand."""
        words = words_of(span.of(text), span.start)
        if self._persons:
            words = [word._replace(key=self._persons.get(word.key, word.key)) for word in words]
        keys, starts = [word.key for word in words], [word.start for word in words]
        for first, end in reversed(list(self._named(keys, starts, text))):
            person = _person(keys, first)
            words[first:end] = [Word(person, words[first].start, words[end - 1].end)]
        return words

    def _named(
        self, keys: Sequence[str], starts: Sequence[int], text: str
    ) -> Iterator[tuple[int, int]]:
        """Yield the ranges of words, with these keys and starts in ``text``, that are own names."""
        at = 0
        while at < len(keys):
            end = at + 1
            for name in self._by_first.get(keys[at], ()):
                same = tuple(keys[at : at + len(name)]) == name
                is_small = text[starts[at]] == text[starts[at]].lower()
                if same and (not is_small or keys[at] == self._small):
                    end = _behind_form(keys, starts, text, at + len(name))
                    end = _behind_abbreviation(keys, at, end)
                    yield at, end
                    break
            at = end


def _behind_form(keys: Sequence[str], starts: Sequence[int], text: str, end: int) -> int:
    """Return the index behind the legal form that begins at ``end``, or ``end``: none does."""
    at = end + 1 if keys[end : end + 1] == [","] else end
    form = _FORM_BEHIND.match(text, starts[at]) if at < len(keys) else None
    return end if form is None else bisect_left(starts, form.end(), at)


def _behind_abbreviation(keys: Sequence[str], start: int, end: int) -> int:
    """Return the index behind "(AL)" where a name, from ``start`` to ``end``, is "Acme Ltd"."""
    at = end + 1 if keys[end : end + 1] == ["."] else end
    in_brackets = [*keys[at : at + 1], *keys[at + 2 : at + 3]] == ["(", ")"]
    initials = "".join(key[0] for key in keys[start:end] if key.isalpha())
    return at + 3 if in_brackets and len(initials) > 1 and keys[at + 1] == initials else end


def _person(keys: Sequence[str], start: int) -> str:
    """Return what an own name is read as that begins at an index."""
    return "us" if start > 1 and list(keys[start - 2 : start]) == ["us", ","] else "we"


def own_names(document: Document) -> OwnNames:
    """Return the names under which the policy's author acts in its text.

    A name counts where the text introduces it as "we" or begins with it, where the title holds it,
    or where it is the commonest capitalised actor that is never written small and is no well-known
    other company: one that acts three times, or twice in a text that names it all over. Beside a
    name that the text introduces it must act more often still. Of several files each is looked
    through by itself, and the author has the names of all: an addendum may begin with another.
    """
    # Without the titles: one that was made of a file's name would write a name small.
    texts = [
        (part.title, part.span.of(document.text)[len(part.title) :]) for part in document.parts
    ]
    found = [_names_in(title, text) for title, text in texts or [(document.title, document.text)]]
    return OwnNames(
        frozenset(name for each in found for name in each.names),
        singular=any(each.is_singular for each in found),
        small=next((each.small for each in found if each.small is not None), None),
    )


class _Names(NamedTuple):
    """The names in one file, as keys; ``small`` is the key of one that its owner writes small."""

    names: frozenset[tuple[str, ...]]
    is_singular: bool
    small: str | None


def _names_in(called: str, text: str) -> _Names:
    """Return the names of its author in a text whose title is ``called``."""
    head = text[:20_000]
    names: set[tuple[str, ...]] = set()
    for says_we in _SAYS_WE.finditer(head):
        at, end = says_we.span()
        if match := _INTRODUCED.search(head, max(0, at - _LONGEST_INTRODUCED), at):
            names.add(_name_keys(match.group()))
            bracket = head[end : end + 160].split(")")[0]
            names.update(_name_keys(short) for short in _SHORT_FORM.findall(bracket))
    for match in _BEGINS.finditer(head[:_OPENING]):
        names.add(_name_keys(next(filter(None, match.groups()))))
    names = {name for name in names if _is_name(name, frozenset())}
    names |= {(site,) for name in names if (site := _site_called(name, text))}
    introduced = [name for name in names if not _is_common(name, text)]
    actors = Counter(_ACTING.findall(text)).most_common(8)
    title = set(text_keys(called))
    others = WELL_KNOWN if len(title) > _LONGEST_TITLE else WELL_KNOWN - title
    is_first = True
    for name, times in actors:
        keys = _name_keys(name)
        speaks = is_first and times >= _ACTS_ALL_OVER and _is_named_early(name, text)
        if not _is_name(keys, frozenset() if speaks else others):
            continue
        in_title = title.issuperset(keys)
        if (is_first or in_title) and not _is_other_word(name, times, text):
            is_known = (
                not introduced
                or times >= _ACTS_ALL_OVER
                or any(_are_related(keys, name) for name in introduced)
            )
            if in_title or (is_known and _acts_as_author(name, times, text)):
                names.add(keys)
            is_first = False
    if _CALLED_COMPANY.search(text) and not _THE_COMPANY.search(text):
        names.add((key_of("company"),))
    small = _small_name([called.split(" ")[0], *_introduced_small(head)], text)
    if small is not None:
        names.add((small,))
    return _Names(frozenset(names), _is_singular(text), small)


def _is_singular(text: str) -> bool:
    """Return whether the author speaks as "I"; counting the word first spares most texts a look."""
    lowered = text.lower()
    said = _times("i", lowered) + _times("my", lowered)
    return said >= _ACTS_OFTEN and len(_SINGULAR.findall(text)) >= _ACTS_OFTEN


def _times(word: str, text: str) -> int:
    """Return how often a word stands before a blank in a text."""
    return sum(not before[-1:].isalnum() for before in text.split(f"{word} ")[:-1])


def _introduced_small(head: str) -> Iterator[str]:
    """Yield the small words that the head of a text introduces as "we" at the start of a line."""
    for says_we in _SAYS_WE.finditer(head):
        at = says_we.start()
        if match := _INTRODUCED_SMALL.search(head, max(0, at - _LONGEST_INTRODUCED), at):
            yield match.group(1)


def _small_name(words: Iterable[str], text: str) -> str | None:
    """Return the key of the first word that the text has act often: a name written small."""
    for name in words:
        if not (name.isalpha() and name.islower()) or not _is_name((key_of(name),), WELL_KNOWN):
            continue
        acts = re.findall(rf"\b{name} (?:also )?{_ACTS}\b", text)
        if len(acts) >= _ACTS_OFTEN:
            return key_of(name)
    return None


def _is_other_word(name: str, times: int, text: str) -> bool:
    """Return whether an actor is a word that can stand for others than the author."""
    if "." in name:  # the text writes an address small too
        return False
    if name.isupper() and len(name) <= _LONGEST_ABBREVIATION:
        return times < _ABBREVIATION_ACTS_OFTEN
    return is_ordinary(name, text) and len(re.findall(_small(name), text)) * _SLIP_IN > times


def _acts_as_author(name: str, times: int, text: str) -> bool:
    if times >= _ACTS_OFTEN:
        return True
    named = len(re.findall(rf"\b{re.escape(name)}\b", text))
    return times >= _ACTS_TWICE and named >= _NAMED_OFTEN and _is_named_early(name, text)


def _is_named_early(name: str, text: str) -> bool:
    """Return whether a text names somebody in its opening."""
    return re.search(rf"\b{re.escape(name)}\b", text[:_OPENING]) is not None


def is_ordinary(name: str, text: str) -> bool:
    """Return whether the text writes the words small too, or they are an abbreviation."""
    is_abbreviation = name.isupper() and len(name) <= _LONGEST_ABBREVIATION
    return is_abbreviation or re.search(_small(name), text) is not None


def _small(name: str) -> str:
    """Return the pattern of a name written small, not inside an address."""
    # What must not stand before it is said behind, since a pattern that begins with plain letters
    # is looked for much faster.
    letters = re.escape(name.lower())
    return rf"{letters}(?<![\w.@/-]{letters})(?![\w@]|\.\w)"


def _site_called(name: tuple[str, ...], text: str) -> str | None:
    """Return the key of "Acme" for a site "acme.com" that the text also calls so."""
    label, dot, _ = name[0].partition(".")
    called = label.capitalize()
    if dot and len(name) == 1 and f"{called} " in text and not is_ordinary(called, text):
        return key_of(label)
    return None


def _are_related(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names share a word, or the letters: "Oil Lamp", "oillamp.com"."""
    return not set(one).isdisjoint(other) or "".join(other).startswith("".join(one))


def _is_common(name: tuple[str, ...], text: str) -> bool:
    """Return whether a name of one word is a word of the text: "the Magazine", "a Passenger"."""
    return len(name) == 1 and is_ordinary(name[0].capitalize(), text)


def _name_keys(name: str) -> tuple[str, ...]:
    keys = [key for key in text_keys(without_form(name)) if key not in {",", ".", "(", ")"}]
    while keys and keys[-1] in _AROUND_NAMES:
        keys.pop()
    while keys and keys[0] in _AROUND_NAMES:
        keys.pop(0)
    return tuple(keys)


def _is_name(keys: tuple[str, ...], others: frozenset[str]) -> bool:
    ordinary = all(key in _NOT_NAMES or key in others or len(key) < 2 for key in keys)
    is_thing = bool(keys) and keys[-1] in _THINGS
    return bool(keys) and not ordinary and not is_thing and _PLACES.isdisjoint(keys)
