"""Text -> words as the rules see them: one key per inflected word, punctuation kept.

``share``, ``shares``, ``shared`` and ``sharing`` have one key; ``provider`` and ``provide`` have
two, because a noun that names an actor or a thing must not match the act. The Snowball stemmer
(nltk) joins the inflections; nouns made by a suffix keep their own form. The same function makes
the keys of texts and of patterns, so the two always meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import NamedTuple, Protocol, TypeVar

# An address is one word, a clitic its own ("don't" is "do" and "not"), a joined prefix none.
_KINDS = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"'“”‘’()]+[^\s<>\"'“”‘’().,;:!?])"
    r"|(?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
    r"|(?P<domain>[a-z0-9][\w-]{0,63}(?:\.[a-z]{2,10}){1,3}\b(?!\.\w))"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<joined>(?:e|de|non|co|re|un|pre|anti)-[a-z]+)"
    r"|(?P<word>[^\W\d_]+(?:'[a-z]{1,3}\b)?)"
    r"|(?P<mark>[,;:()?!.|])"
)
# Whose address "privacy@..." is, is told by its name alone.
_PRIVACY_DESK = re.compile(
    r"(?:[\w.+-]*\b)?(?:privacy|data[._-]?(?:privacy|protection)|gdpr|dpo)\b[\w.+-]*(?=@)"
)
# Most tokens are words before a space or comma: found first, they spare the other kinds the look.
_TOKEN = re.compile(r"[a-z]+(?=[\s,;)])|" + re.sub(r"\?P<\w+>", "?:", _KINDS.pattern))
# Python is several times slower with letters that are not ASCII; most texts have no others.
_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'}

_MOST_KEPT = 50_000  # runs between blanks; a policy has some thousand different ones
_LONGEST_KEPT = 200  # letters of one

_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "am are is was were been being",
        "have": "has had having",
        "do": "does did doing done",
        "sell": "sold",
        "keep": "kept",
        "hold": "held",
        "send": "sent",
        "give": "gave given",
        "make": "made",
        "show": "shown",
        "tell": "told",
        "buy": "bought",
        "get": "got gotten",
        "take": "took taken",
        "choose": "chose chosen",
        "find": "found",
        "write": "wrote written",
        "know": "knew known",
        "see": "saw seen",
        "leave": "left",
        "pay": "paid",
        "build": "built",
        "meet": "met",
        "bring": "brought",
        "hear": "heard",
        "lead": "led",
        "begin": "began begun",
        "withdraw": "withdrew withdrawn",
        "child": "children",
        "person": "people persons",
        "datum": "data",
        "information": "info",
        "others": "",  # other people; "other" things are no people
        "accountant": "accountants",  # no account
        "consultant": "consultants",  # who is consulted; "consult their policy" is no such person
        "license": "licence licences licensing licensed",
        "analyze": "analyse analyses analysed analysing analyzes analyzed analyzing",
        "email": "emails emailed emailing",
        "opt": "opts opted opting",
        "ad": "ads advert adverts",
        "add": "adds added adding",
        "do-not-track": "dnt",
        "tv": "tvs",
        "pc": "pcs",
        "gpc": "gpc",
        "third": "3rd",
        "incoming": "",  # links and calls that come in are no income
        "called": "",  # named: "a file called a cookie" is no telephone call
        "news": "",  # a "new version" is none
        "marketing": "",  # a "market" is a place, and its research sells nothing
        "rating": "ratings",  # of a lamp; the "heart rate" is none
        "settings": "",  # where one chooses; a cookie that is "set" offers no choice
        "collectively": "",  # "collectively, the lamps" gathers nothing
        "objective": "objectives",  # an aim; nobody objects
        "directly": "",  # in person; to "direct" somebody is to tell them
    }.items()
    for form in (base, *forms.split())
}
_NOUN = re.compile(r"(?:tion|sion|ment|ity|al|ally|er|or|ness|ary|ory|ist|ship|ance|ence)$")
_ENDING = re.compile(r"(?<=\w{5})(?:ed|ing)$")
_IZE = re.compile(r"(?<=\w{4})i[sz](?:e|es|ed|ing)$")
_BRITISH_IS = re.compile(r"(?<=\w{4})is(?=(?:er|ation)$)")
_BRITISH_OUR = re.compile(r"^(behavi|hon|fav|col|neighb)our")


_T = TypeVar("_T")


class _Stemmer(Protocol):
    def stem(self, word: str) -> str: ...


@cache
def _stemmer() -> _Stemmer:
    # Loaded at the first analysis: importing nltk costs a third of a second.
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()  # type: ignore[no-any-return]  # nltk is untyped


class Word(NamedTuple):
    """One word or mark: its key and the code points it stands on."""

    key: str
    start: int
    end: int


# TLS, SMS, GPS: the last letter is their own.
_ABBREVIATION = re.compile(r"[^aeiouy]{3}")


def _singular(word: str) -> str:
    if _ABBREVIATION.fullmatch(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """Return the key of one lower-case word without apostrophe: the same for its inflections."""
    if (base := _IRREGULAR.get(word)) is not None:
        return base
    word = _BRITISH_OUR.sub(r"\1or", word)
    if _IZE.search(word):  # the stemmer would make "personalize" a "person"
        return _IZE.sub("iz", word)
    singular = _singular(word)
    if len(singular) >= 5 and _NOUN.search(singular):
        return _BRITISH_IS.sub("iz", singular)
    # "considered" must meet "consider", which the stemmer would cut to "consid"
    base = _ENDING.sub("", singular)
    base = base[:-1] if base.endswith("rr") else base
    if base != singular and _NOUN.search(base):
        return base
    return _stemmer().stem(singular)


def keys_of(words: str) -> frozenset[str]:
    """Return the keys of space-separated lower-case words and marks, for looking keys up."""
    return frozenset(key_of(word) for word in words.split())


_CLITICS = {"'ll": "will", "'re": "be", "'ve": "have", "'d": "would", "'m": "be"}


# Negations that stand as one word: "cannot", and those whose apostrophe was lost ("dont").
_NEGATED_VERBS = "do does did ca wo is are was were have has had could would should must".split()
_LOST_APOSTROPHE = {f"{verb}nt": f"{verb}n't" for verb in _NEGATED_VERBS} | {"cannot": "cann't"}

# The keys of one token, mostly one, each with the number of the token's letters it ends behind.
_TokenKeys = tuple[tuple[str, int], ...]


class _Kept(dict[str, tuple[_T, ...]]):
    """What was made of each run between blanks met so far.

    No word reaches over white space, and a text has far fewer different runs than words.
    """

    def __init__(self, make: Callable[[str], Iterable[_T]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, run: str) -> tuple[_T, ...]:
        made = tuple(self._make(run))
        if len(run) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[run] = made
        return made


def _words_of_run(run: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(run):
        start = at = match.start()
        for key, letters in _keys_of_token(match[0]):
            yield Word(key, at, start + letters)
            at = start + letters


_keys_of_runs = _Kept(lambda run: (word.key for word in _words_of_run(run)))
_spans_of_runs = _Kept(lambda run: ((word.start, word.end) for word in _words_of_run(run)))


def _keys_of_token(token: str) -> _TokenKeys:
    match = _KINDS.fullmatch(token)
    kind = match.lastgroup if match is not None else None
    if kind == "word":
        return _keys_of_word(token)
    if kind == "number":
        key = "#" + token.replace(",", "")
    elif kind == "joined":
        key = key_of(token.replace("-", ""))
    elif kind == "email" and (desk := _PRIVACY_DESK.match(token)):
        return ((key_of("privacy"), desk.end()), ("@email", len(token)))
    elif kind in {"url", "email"}:
        key = f"@{kind}"
    else:  # a mark, or the name of a site
        key = token
    return ((key, len(token)),)


def _keys_of_word(word: str) -> _TokenKeys:
    stem, apostrophe, tail = _LOST_APOSTROPHE.get(word, word).partition("'")
    if not apostrophe:
        return ((key_of(word), len(word)),)
    if tail == "t" and stem.endswith("n"):
        verb = {"won": "will", "can": "can", "cann": "can", "shan": "shall"}.get(stem, stem[:-1])
        return ((key_of(verb), len(stem) - 1), ("not", len(word)))
    if clitic := _CLITICS.get("'" + tail):
        return ((key_of(stem), len(stem)), (clitic, len(word)))
    return ((key_of(stem), len(stem)),)


def _lower(text: str) -> str:
    """Return ``text`` in lower case with plain quotation marks, each code point in its place."""
    if not text.isascii():
        for mark, plain in _PLAIN.items():
            text = text.replace(mark, plain)
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow: İ becomes two
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.replace("`", "'")


# "Including but not limited to": set words that neither deny nor open a statement.
_SET_PHRASE = re.compile(
    r"(?:,? but)? (?:(?:is|are|be|shall be|may be) )?not (?:be )?limited (?:only )?to\b"
    r"|,? without limitation\b",
)
_IN_SET_PHRASES = "limit"


def _readable(text: str) -> str:
    """Return ``text`` in lower case, blanks where a set phrase stands."""
    lowered = _lower(text)
    if _IN_SET_PHRASES not in lowered:
        return lowered
    return _SET_PHRASE.sub(lambda phrase: " " * len(phrase.group()), lowered)


@dataclass(frozen=True, eq=False)
class KeyedQuote:
    """A piece of a text and the keys of its words, those of ``words_of``.

    ``readable`` has each character of ``text`` in its place, as it was read. Where the words stand
    is found when it is asked for, since it seldom is and takes longer than the keys.
    """

    text: str
    readable: str
    keys: list[str]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Return where the words stand in ``text``, as half-open ranges."""
        spans: list[tuple[int, int]] = []
        start = 0
        for run in self.readable.split(" "):  # with other white space inside it is read as well
            if run:
                for first, last in _spans_of_runs[run]:
                    spans.append((start + first, start + last))
            start += len(run) + 1
        return spans


def keyed_quote(text: str) -> KeyedQuote:
    """Return ``text`` with the keys of its words and marks."""
    readable = _readable(text)
    keys = chain.from_iterable(map(_keys_of_runs.__getitem__, readable.split()))
    return KeyedQuote(text, readable, list(keys))


def text_keys(text: str) -> list[str]:
    """Return the keys of the words and marks of ``text`` in order, those of ``words_of``."""
    return keyed_quote(text).keys


def words_of(text: str, start: int = 0) -> list[Word]:
    """Return the words and marks of ``text`` in order; their offsets count from ``start``.

    Words that only say that a list is open ("but not limited to") are left out. Numbers have the
    key ``#`` and their digits, web addresses ``@url``, e-mail addresses ``@email``; that of a
    privacy desk, as "privacy@...", is the word "privacy" before it. Quotation marks, dashes and the
    like are no words.
    """
    quote = keyed_quote(text)
    return [
        Word(key, start + first, start + last)
        for key, (first, last) in zip(quote.keys, quote.spans, strict=True)
    ]


def small_keys(text: str) -> frozenset[str]:
    """Return the keys of the words of ``text`` that are somewhere written with a small letter."""
    runs = set(text.split())
    plain = {run for run in runs if run.isascii() and run.isalpha() and run.islower()}
    keys = set(chain.from_iterable(map(_keys_of_runs.__getitem__, plain)))
    for run in runs - plain:
        lowered = _lower(run)
        found = _keys_of_runs[lowered]
        if lowered == run:  # only marks and numbers in it are not written small
            keys.update(key for key in found if key[0].isalpha())
        elif len(found) > 1 or not run.isalpha():
            words = zip(found, _spans_of_runs[lowered], strict=True)
            keys.update(key for key, (start, _) in words if run[start].islower())
        elif run[0].islower():
            keys.update(found)
    return frozenset(keys)
