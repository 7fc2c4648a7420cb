"""By which names a policy speaks of its own author: "Acme does not sell" is "we do not sell"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reader.disclosures.words import Word, key_of, keys_of, text_keys, word_spans, words_of
from reader.model import Document, Span

# `Acme Inc. ("Acme", "we" or "us")`: the name stands before the bracket that says "we".
_INTRODUCED = re.compile(
    r"((?:[A-Z][\w.&'’-]{0,60},? ){1,6})\((?=[^)]{0,120}[\"“”'‘’](?:[Ww]e|[Uu]s|[Oo]ur)[\"“”'‘’,])"
)
_SAYS_WE = re.compile(r"\((?=[^)]{0,120}[\"“”'‘’](?:[Ww]e|[Uu]s|[Oo]ur)[\"“”'‘’,])")
_SHORT_FORM = re.compile(r"[\"“”'‘]([A-Z][\w.&’-]*(?: [A-Z][\w.&’-]*){0,3})[\"“”'’]")
_ACTS = (
    r"(?:collects?|uses?|shares?|does not|do not|may|will|reserves?|sells?|discloses?|processes"
    r"|retains?|takes?|values?|respects?|provides?|operates?|is committed|receives?|stores?)"
)
# Begins with the capital, and looks back from there: a pattern that does is looked for faster.
# The words of a name are bounded, for in "I.I.I.I..." each letter would be read to the end.
_ACTING = re.compile(
    rf"([A-Z](?<!\w[A-Z])[\w&.-]{{0,60}}[\w&](?: [A-Z][\w&.-]{{0,60}}[\w&]){{0,2}})"
    rf" (?:also )?{_ACTS}\b"
)
_NOT_NAMES = keys_of(
    "we our us you your it they this that these those the a an and or if when as in by for to any "
    "all each some other users user visitors cookies cookie privacy policy notice statement "
    "information data personal section website websites site sites service services app apps "
    "company children "
    "parents law laws california european gdpr ccpa however please also customers customer "
    "parties partners advertisers terms browser browsers what how which who there processors "
    "providers controllers companies members member people persons individuals residents"
)
# Named in many policies; the author only of those whose title holds the name.
_WELL_KNOWN = keys_of("google facebook meta apple amazon microsoft twitter paypal stripe shopify")
_LONGEST_TITLE = 5  # words; a longer one is a sentence
_PLACES = keys_of(
    "kingdom states republic ireland canada germany france netherlands delaware california"
)
_ACTS_OFTEN = 3
# The maker of a small app speaks as "I", of "my app"; a reader's "I agree" stands alone.
_SINGULAR = re.compile(
    r"\bI (?:may|do not|don['’]t|will not|collect|use|request|share|value|want to inform)\b"
    r"|\bmy (?:app|application|service|website|site|game)\b",
    re.IGNORECASE,
)
_PERSONS = {"i": "we", "me": "us", "my": "our", "myself": "ourselves"}
# Where nobody writes "the Company", "Company may sell" speaks of the author.
_CALLED_COMPANY = re.compile(rf"(?<![\w.] )\bCompany {_ACTS}\b")
_THE_COMPANY = re.compile(r"\b(?:the|our|this) company\b", re.IGNORECASE)
_FORMS = frozenset(
    [
        "inc",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "gmbh",
        "co",
        "plc",
        "company",
        "bv",
        "ag",
        "sa",
        "the",
    ]
)


class OwnNames:
    """The names of a policy's author, and their replacement by "we"."""

    def __init__(self, names: frozenset[tuple[str, ...]], *, singular: bool = False) -> None:
        self._persons = _PERSONS if singular else {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(names, key=len, reverse=True):
            self._by_first.setdefault(name[0], []).append(name)

    def holds(self, name: tuple[str, ...]) -> bool:
        """Return whether ``name``, given as keys, is or begins with one of the author's names."""
        mine = self._by_first.get(name[0], ()) if name else ()
        return any(name[: len(own)] == own for own in mine)

    def keys_of(self, text: str, span: Span) -> list[str]:
        """Return the keys of the words of ``text`` in ``span``, each own name as one "we".

        A name is written with a capital: "Webs collects", but not "web beacons". Where the author
        speaks in the singular, "I" becomes "we" and "my" becomes "our".
        """
        quote = span.of(text)
        keys = text_keys(quote)
        if self._persons:
            keys = [self._persons.get(key, key) for key in keys]
        if self._by_first.keys().isdisjoint(keys):
            return keys
        starts = [start for start, _ in word_spans(quote)]
        for first, end in reversed(list(self._named(keys, starts, quote))):
            keys[first:end] = ["we"]
        return keys

    def words_of(self, text: str, span: Span) -> list[Word]:
        """Return the words of ``keys_of`` with where they stand."""
        words = words_of(span.of(text), span.start)
        if self._persons:
            words = [word._replace(key=self._persons.get(word.key, word.key)) for word in words]
        keys, starts = [word.key for word in words], [word.start for word in words]
        for first, end in reversed(list(self._named(keys, starts, text))):
            words[first:end] = [Word("we", words[first].start, words[end - 1].end)]
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
                if same and text[starts[at]] != text[starts[at]].lower():
                    end = at + len(name)
                    yield at, end
                    break
            at = end


def own_names(document: Document) -> OwnNames:
    """Return the names under which the policy's author acts in its text.

    A name counts where the text introduces it as "we", where the title holds it, or where it is
    the commonest capitalised actor of the text, at least three times, that is never written small
    and is no well-known other company.
    """
    text = document.text
    head = text[:20_000]
    names: set[tuple[str, ...]] = set()
    for match in _INTRODUCED.finditer(head) if _SAYS_WE.search(head) else ():
        names.add(_name_keys(match.group(1)))
        bracket = head[match.end() : match.end() + 160].split(")")[0]
        names.update(_name_keys(short) for short in _SHORT_FORM.findall(bracket))
    actors = Counter(_ACTING.findall(text)).most_common(8)
    title = set(text_keys(document.title))
    is_first = True
    for name, times in actors:
        keys = _name_keys(name)
        in_title = title.issuperset(keys)
        if (is_first or in_title) and not is_ordinary(name, text):
            if in_title or times >= _ACTS_OFTEN:
                names.add(keys)
            is_first = False
    others = _WELL_KNOWN if len(title) > _LONGEST_TITLE else _WELL_KNOWN - title
    names = {name for name in names if _is_name(name, others)}
    if _CALLED_COMPANY.search(text) and not _THE_COMPANY.search(text):
        names.add((key_of("company"),))
    singular = len(_SINGULAR.findall(text)) >= _ACTS_OFTEN
    return OwnNames(frozenset(names), singular=singular)


def is_ordinary(name: str, text: str) -> bool:
    """Return whether the text writes the words small too, or they are an abbreviation."""
    # Not inside an address. What must not stand before it is said behind, since a pattern that
    # begins with plain letters is looked for much faster.
    letters = re.escape(name.lower())
    small = rf"{letters}(?<![\w.@/-]{letters})(?![\w@]|\.\w)"
    return (name.isupper() and len(name) <= 4) or re.search(small, text) is not None


def _name_keys(name: str) -> tuple[str, ...]:
    keys = [key for key in text_keys(name) if key not in {",", ".", "(", ")"}]
    while keys and keys[-1] in _FORMS:
        keys.pop()
    while keys and keys[0] in _FORMS:
        keys.pop(0)
    return tuple(keys)


def _is_name(keys: tuple[str, ...], others: frozenset[str]) -> bool:
    ordinary = all(key in _NOT_NAMES or key in others or len(key) < 2 for key in keys)
    return bool(keys) and not ordinary and _PLACES.isdisjoint(keys)
