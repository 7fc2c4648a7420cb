"""The countries to which a policy says that data goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COUNTRIES = (
    "Argentina Armenia Australia Austria Bahrain Bangladesh Belarus Belgium Bermuda Brazil Bulgaria"
    " Cambodia Canada Chile China Colombia Croatia Cyprus Denmark Ecuador Egypt Estonia Finland"
    " France Germany Ghana Gibraltar Greece Guernsey Hungary Iceland India Indonesia Ireland Israel"
    " Italy Japan Kazakhstan Kenya Kuwait Latvia Liechtenstein Lithuania Luxembourg Malaysia Malta"
    " Mauritius Mexico Moldova Monaco Morocco Nepal Netherlands Nigeria Norway Pakistan Panama Peru"
    " Philippines Poland Portugal Qatar Romania Russia Serbia Singapore Slovakia Slovenia Spain"
    " Sweden Switzerland Taiwan Thailand Tunisia Turkey Ukraine Uruguay Vietnam"
).split()
_TWO_WORDS = (
    "Costa Rica", "Czech Republic", "Hong Kong", "New Zealand", "Puerto Rico", "Saudi Arabia",
    "South Africa", "South Korea", "Korea", "Sri Lanka", "United Arab Emirates", "Macedonia",
    "Isle of Man",
)  # fmt: skip
# Several names of one place: the form that the policy uses first is kept.
_SAME = {
    "United States": ("United States of America", "United States", "U.S.A.", "U.S.", "USA", "US"),
    "United Kingdom": ("United Kingdom", "Great Britain", "U.K.", "UK"),
    "European Union": ("European Union", "E.U.", "EU"),
    "European Economic Area": ("European Economic Area", "EEA"),
}
_PLACE_OF = {form: place for place, forms in _SAME.items() for form in forms} | {
    name: name for name in (*_COUNTRIES, *_TWO_WORDS)
}
_PLACE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(map(re.escape, sorted(_PLACE_OF, key=len, reverse=True)))
    + r")(?![\w-])"
)
_JOINED = re.compile(
    r"(?:\s|,|/|&|\(|\)|\b(?:and|or|the|as well as|also|in|to|both|its)\b"
    r"|\([\w. “”\"’]{1,12}\))*",
    re.IGNORECASE,
)
_GOES_TO = re.compile(
    r"(?:\b(?:to|in|into|within|inside|at|across|including|include|such as|like|namely|e\.g\.?"
    r"|for example|is|are|(?:countries|parts) of)\b|[:–—(])[\s,:(]*(?:both\b|the\b|\s)*$",
    re.IGNORECASE,
)
_COMES_FROM = re.compile(
    r"\b(?:from|outside(?: of)?|out of|beyond|between|leav\w+|not in|other than|except)\b"
    r"[\s,]*(?:both\b|the\b|either\b|within\b|\s)*$"
    # what was gathered there, and how the law is there
    r"|\b(?:data|information) (?:collected|processed|gathered|originating)(?: by us)? (?:with)?in"
    r"\s+(?:the\s+)?$"
    r"|\b(?:as|than|same|protection|that|would have|(?:if|not) located) (?:with)?in"
    r"\s+(?:the\s+)?$"
    r"|\b(?:originat\w+ from|jurisdictions)\b[^.;:]{0,60}\bsuch as\s+(?:the\s+)?$"
    r"|\boutside\b[^.;:]{0,40}\b(?:such as|like|including)\W+(?:the\W+)?$"
    r"|\b(?:you(?:['’]re)?|resid\w+|users?|individuals?|customers?|citizens?|visitors?|people"
    r"|persons?|players?|consumers?|subjects|those|live|representatives?|authorit\w+|laws?"
    r"|regulat\w+|rights?|commissioner|member)\b(?:\W+\w+){0,3}?\W+(?:in|within|of|to)\W+(?:the\W+)?$",
    re.IGNORECASE,
)
_NOT_A_PLACE = re.compile(
    r"['’]s\b|\)? \d{4}/|(?:\s*\([^)]{1,9}\))? to transfer\b"
    r"|[- ](?:data protection|privacy)\b"
    r"|[- ](?:laws?|legal|Department|Federal|Privacy|Data|DPF|Framework|Extension|Addendum"
    r"|GDPR|ICO|Information|Swiss|subsidiar\w+|representatives?|Safe|government|authorit\w+"
    r"|persons?|residents?|citizens?|individuals?|users?|General|Commission|Standard|Regulation"
    r"|Member|standards?|SCC\w*|Clauses)\b",
)
_LEAD = 120  # characters before a place that say whether data goes there
_ITEM_OF_PLACES = 60


def destinations(words: str, *, is_item: bool) -> Iterator[str]:
    """Yield the places that ``words`` name as a destination, in the words of the policy.

    A list of places goes where its first one goes: "to Elmland and the Oak Isles", but not "from
    Elmland", "outside Elmland" or "if you live in Elmland". ``is_item`` is true for an item of a
    list, which may begin with a place.
    """
    leads, end = False, -1
    for match in _PLACE.finditer(words):
        in_run = end >= 0 and _JOINED.fullmatch(words, end, match.start()) is not None
        # "in Elmland and to Oakland": a preposition of its own begins a new list
        if not in_run or re.search(r"\b(?:in|to)\b", words[end : match.start()]):
            lead = words[max(0, match.start() - _LEAD) : match.start()]
            starts_item = is_item and len(words) < _ITEM_OF_PLACES and not lead.strip()
            leads = starts_item or bool(_GOES_TO.search(lead) and not _COMES_FROM.search(lead))
        end = match.end()
        if leads and not _NOT_A_PLACE.match(words, end):
            yield match.group()


def is_place(name: str) -> bool:
    """Return whether ``name`` is no more than the name of a place."""
    return name in _PLACE_OF


def distinct_places(places: Iterator[str]) -> tuple[str, ...]:
    """Return the first form of each place, in order."""
    kept: dict[str, str] = {}
    for place in places:
        kept.setdefault(_PLACE_OF[place], place)
    return tuple(kept.values())
