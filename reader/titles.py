"""What a policy is called where it is shown: "Privacy Policy" alone says nobody's name.

A report's ``document.title`` is what the file calls itself. What people are shown may say more: the
name of the service, or else of the file, stands before a title that would fit any policy.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from reader.legal_forms import LEGAL_FORM, without_form
from reader.model import Document

ORDINALS = ("the first", "the second")
"""What two policies are called of which nothing better is known."""

_OPENING = 2500  # characters, in which a policy says whose it is
_NAMED_OFTEN = 3
_LONGEST_NAME = 32
# Words that say what a document is, to whom and since when it applies, and of no one's name.
_ANYONES = frozenset(
    "a about accounts advertising all an and app applicable applicants application apps april at "
    "august by california center centre company consumer cookie cookies current customer "
    "customers data de december declaration draft drivers effective employees en english europe "
    "european february file final for full gb general global highlights home html hub in index "
    "information international january july june last legal main march may md new no notice "
    "notices november october of old on online our page part passengers pasted personal platform "
    "policies policy printable privacy protection public rights s security september service "
    "services site statement statements stdin supplement terms text the this to tos travelers "
    "travellers txt uk untitled update updated us use user users version visitors we web website "
    "websites welcome your".split()
)
_WORD = re.compile(r"[^\W_]+(?:[’'.&][^\W_]+)*")
_PROPER = r"[A-Z][\w.&’'-]*(?: (?:(?:of|and|the) )?[A-Z0-9][\w.&’'-]*){0,4}"
_FORM = rf"(?:,? {LEGAL_FORM}\.?)"
# 'Acme, Inc. ("Acme", "we")', "At Acme, we", "Welcome to Acme": so a policy says whose it is.
_WHOSE = re.compile(
    rf"(?P<long>{_PROPER}){_FORM}* ?\((?=[^)]{{0,120}}[\"“”'‘’](?:[Ww]e|[Uu]s|[Oo]ur)\b)"
    rf"(?:[^)\"“”]{{0,40}}[\"“”](?P<short>{_PROPER}),?[\"“”])?"
    rf"|\b(?:At|Welcome to) (?P<at>{_PROPER})(?:, we\b|[.!])"
)


def shown_title(document: Document) -> str:
    """Return what to call a policy: its title, with whose it is before one that is anybody's.

    As it stands in the document: it may hold what a line of a window should not, and be ''.
    """
    title = document.title
    if not title or not is_anybodys(title):
        return title
    whose = _service(document.text) or _spelt(_file(document), document.text)
    return f"{whose} – {title}" if whose else title


def shown_stem(document: Document) -> str:
    """Return what to call files that are made of a policy: its file's name without the ending.

    Where that would fit any policy, as "index" does, and the title says more, it is the title.
    """
    title = shown_title(document)
    return _file(document) or ("" if is_anybodys(title) else title) or _stem(document)


def names_of_two(first: Document, second: Document) -> tuple[str, str]:
    """Return short names that tell two policies apart within a sentence, free of line breaks.

    Whose they are, as "Acme" for "Acme Privacy Policy"; where that is the same, or not known, they
    are "the first" and "the second".
    """
    one, other = _whose(first), _whose(second)
    if not one or not other or one.casefold() == other.casefold():
        return ORDINALS
    return one, other


def as_label(name: str) -> str:
    """Return a name of ``names_of_two`` as it begins a line: "First" for "the first"."""
    return name.removeprefix("the ").capitalize() if name in ORDINALS else name


def text_of(name: str) -> str:
    """Return what to call the text of a policy that ``names_of_two`` calls ``name``."""
    return f"{name} text" if name in ORDINALS else f"the text of {name}"


def _whose(document: Document) -> str:
    """Return whose a policy is, '' where that is not known or takes many words."""
    title = document.title
    if is_anybodys(title):
        return _service(document.text) or _short(_spelt(_file(document), document.text))
    words = title.split()
    while is_anybodys(words[0]):
        words.pop(0)
    while is_anybodys(words[-1]):
        words.pop()
    return _short(" ".join(words)) or _service(document.text) or _short(_file(document))


def _short(name: str) -> str:
    """Return a name as it may stand in a line, '' where it is too long for a name."""
    line = " ".join(name.split()).strip(" -–—:|,.")
    return line if line.isprintable() and len(line) <= _LONGEST_NAME else ""


def is_anybodys(title: str) -> bool:
    """Return whether a title, or a file's name, would fit any policy: it holds nobody's name."""
    words = _WORD.findall(title.casefold())
    return all(word in _ANYONES or word.replace(".", "").isdecimal() for word in words)


@lru_cache(maxsize=8)
def _service(text: str) -> str:
    """Return the name that the opening of ``text`` introduces as its author's, '' for none."""
    for match in _WHOSE.finditer(text, 0, _OPENING):
        for part in ("short", "long", "at"):
            name = without_form(match.group(part) or "").strip(" ,.")
            if part == "short" and name.isupper() and name != match.group("long"):
                continue  # an abbreviation tells less than what it stands for
            if (
                len(name) <= _LONGEST_NAME
                and not is_anybodys(name)
                and text.count(name) >= _NAMED_OFTEN
            ):
                return name
    return ""


def _file(document: Document) -> str:
    """Return the name of the policy's file without its ending, '' where it says nothing."""
    stem = _stem(document)
    return "" if is_anybodys(stem) else stem


@lru_cache(maxsize=8)
def _spelt(stem: str, text: str) -> str:
    """Return a file's name as ``text`` usually spells it: "LampShop" for "lamp-shop"."""
    if not stem or len(stem) > _LONGEST_NAME:
        return stem
    letters = "[- ]?".join(re.escape(part) for part in re.split(r"[-_ ]", stem))
    found = re.findall(rf"(?<!\w)(?<![@.]){letters}(?!\w)(?!\.\w)", text, re.IGNORECASE)
    usual = Counter(found).most_common(1)
    return usual[0][0] if usual and usual[0][1] >= _NAMED_OFTEN else stem


def _stem(document: Document) -> str:
    sources = [part.source for part in document.parts] or [document.source]
    name = sources[0].name.replace("\\", "/").rsplit("/", 1)[-1]
    return name.rpartition(".")[0] or name
