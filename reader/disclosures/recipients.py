"""The companies that a policy names as getting its readers' data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reader.disclosures.names import is_ordinary, own_names
from reader.disclosures.words import keys_of, words_of
from reader.model import Disclosure, Document, Span, Stance

_SHARING = frozenset(
    "share.providers share.affiliates share.advertisers share.partners share.with-consent "
    "track.third-party".split()
)
_NAME = r"[A-Z][\w&.’'-]*\w(?: (?:of |& )?[A-Z][\w&’'-]*\w){0,3}"
_FORM = r"(?:Inc|LLC|Ltd|Limited|GmbH|Corp|Corporation|AG|S\.?A|B\.?V|Pty Ltd|Co|plc|PLC|AB|Oy)"
_WITH_FORM = re.compile(rf"\b({_NAME}(?:,? {_FORM}\b\.?(?:, Ltd)?)+)")
# What leads to a list of names: "with Birch, Cedar and Oak".
_LISTED = re.compile(
    r"\b(?:with|to|by|via|through|from|use|uses|using|such as|including|include|like|namely"
    rf"|e\.g\.,?|are|is)(?: the| our partners?)?:? ({_NAME}(?:(?:,? (?:and|or) |, ){_NAME})*)"
)
_BETWEEN = re.compile(r",? (?:and|or) |, ")
_AT_HEAD = re.compile(rf"^({_NAME})(?: ?[:(–-]|$| (?:and|or|for)\b)")
_NOT_COMPANIES = keys_of(
    "we you your our us it they this that these third party advertiser provider service partner "
    "privacy policy cookie cookies law laws act regulation regulations gdpr ccpa eu eea uk us usa "
    "europe european union states united kingdom california january february march april may june "
    "july august september october november december monday internet web site website account "
    "personal information data user users user's ip url html ad ads advertising section article "
    "terms conditions notice statement court commission authority directive shield framework "
    "android ios windows http https do not track gpc dnt english"
)


def named_recipients(document: Document, disclosures: Sequence[Disclosure]) -> tuple[str, ...]:
    """Return the companies named in what the policy says about sharing and tracking, once each.

    A company is told by its form ("Ltd"), or as a capitalised name in a list of recipients, or at
    the head of a list item, that the text never writes small and that is not the author's own.
    """
    own = own_names(document)
    found: dict[str, str] = {}
    for span, is_item in _passages(disclosures):
        for name in _names(span.of(document.text), is_item):
            keys = [word.key for word in words_of(name)]
            if _NOT_COMPANIES.issuperset(keys) or own.holds(tuple(keys)):
                continue
            if not re.search(_FORM + r"\b", name) and is_ordinary(name, document.text):
                continue
            found.setdefault(name.lower(), name)
    return tuple(found.values())


def _passages(disclosures: Iterable[Disclosure]) -> Iterator[tuple[Span, bool]]:
    seen: set[Span] = set()
    for disclosure in disclosures:
        if disclosure.type in _SHARING and disclosure.stance is Stance.SAID:
            for passage in disclosure.evidence:
                if passage.span not in seen:
                    seen.add(passage.span)
                    yield passage.span, passage.context is not None


def _names(words: str, is_item: bool) -> Iterator[str]:
    for match in _WITH_FORM.finditer(words):
        yield match.group(1).strip()
    for match in _LISTED.finditer(words):
        yield from _BETWEEN.split(match.group(1))
    if is_item and (head := _AT_HEAD.match(words)):
        yield head.group(1)
