"""What the document is called and is, and the one sentence that the card opens with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import (
    Band,
    Disclosure,
    Document,
    DocumentKind,
    LoadedText,
    Scores,
    Section,
    TopicVerdict,
    Valence,
    Verdict,
)

_READS = {
    Band.PLAIN: "Plain to read",
    Band.FAIRLY_PLAIN: "Fairly plain to read",
    Band.FAIRLY_HARD: "Fairly hard to read",
    Band.HARD: "Hard to read",
    Band.VERY_HARD: "Very hard to read",
}
# Which topics weigh most with someone about to agree, and which silences tell most.
_GRAVEST = (
    "sell", "share", "track", "keep", "use", "collect", "terms", "choice", "kids", "change",
    "rights", "handover", "where", "protect", "contact",
)  # fmt: skip
_MOST_TELLING_SILENCES = (
    "rights.delete", "keep.stated", "contact.privacy", "rights.access", "choice.sharing-opt-out",
    "protect.measures", "change.notice",
)  # fmt: skip
_NOT_WHOLE = "Parts of the policy may be missing here"
_PRIVACY = re.compile(r"\b(?:privacy|data protection|cookies?)\b", re.IGNORECASE)
_TERMS = re.compile(
    r"\bterms (?:of (?:service|use|sale)|and conditions|& conditions)\b|\buser agreement\b",
    re.IGNORECASE,
)
_FEWEST_PRACTICES = 3
# "Privacy & Cookie Policy", but not "What this privacy policy covers" or "1. Privacy at a glance".
_NAMES_A_POLICY = re.compile(
    r"\b(?:privacy|data(?: protection)?|cookies?)\b.{0,24}\b(?:polic(?:y|ies)|notice|statement"
    r"|declaration|supplement|cent(?:er|re))\b(?! for .*\b(?:residents|users|customers)\b)",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^\W*(?:\d|[a-z][).] |article\b|section\b|(?:what|how|why|where|when|who|which|will|does|do|is"
    r"|are|can|about|scope|changes?|updates?|contact|summary|latest|effective|last|this|our|your|we"
    r"|if|other|introduction|overview|contents|table of contents|purpose|highlights|see|that"
    r"|let)\b)|[?:]$|\w{4,}\.$|://",
    re.IGNORECASE,
)
_LONGEST_TITLE = 80
_OPENING = 6  # sections whose heading may be the title
_FIRST_LINES = 3
_FEW_AT_THE_TOP = 2  # more headings of the first level are sections
_NAMELESS = frozenset({"", "-", "text", "pasted text", "stdin"})


def document_title(loaded: LoadedText, sections: Sequence[Section]) -> str:
    """Return what a person would call the document.

    The file's own title where it names a policy, else a heading or a line at the head that does,
    else the file's own title unless it is one section's heading of many, else the file's name.
    """
    headings = [s.heading for s in sections if s.heading and not s.heading_is_ours]
    opening = [block.span.of(loaded.text).strip() for block in loaded.blocks[:_FIRST_LINES]]
    candidates = [loaded.title, *opening, *headings[:_OPENING]]
    for words in (_NAMES_A_POLICY, _PRIVACY):
        for title in candidates:
            if words.search(title) and _may_be_title(title):
                return title
        candidates = [loaded.title, *headings[:1]]
    top = [s.heading for s in sections if s.level == 1 and not s.heading_is_ours]
    is_section = loaded.title in top and len(set(top)) > _FEW_AT_THE_TOP
    if loaded.title and not is_section and _may_be_title(loaded.title):
        return loaded.title
    name = _stem(loaded.source.name)
    if name.lower() in _NAMELESS:
        return next(iter((loaded.title, *headings) if loaded.title else headings), name)
    return name


def _may_be_title(words: str) -> bool:
    return 0 < len(words) <= _LONGEST_TITLE and not _NO_TITLE.search(words)


def _stem(path: str) -> str:
    """Return the file name of ``path`` without folder and ending."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return name.rpartition(".")[0] or name


def document_kind(document: Document, disclosures: Sequence[Disclosure]) -> DocumentKind:
    """Return what the document is, by its title, its top headings, or the practices it states.

    What the file is called says nothing.
    """
    title = "" if document.title == _stem(document.source.name) else document.title
    top = min((section.level for section in document.sections if section.level), default=1)
    headings = [section.heading for section in document.sections if section.level == top]
    names = [title, *headings]
    practices = {d.practice for d in disclosures if d.practice != "other"}
    if _PRIVACY.search(title):
        return DocumentKind.PRIVACY_POLICY
    if _TERMS.search(title):
        return DocumentKind.TERMS
    if any(map(_PRIVACY.search, names)) or len(practices) >= _FEWEST_PRACTICES:
        return DocumentKind.PRIVACY_POLICY
    if any(map(_TERMS.search, names)):
        return DocumentKind.TERMS
    return DocumentKind.OTHER


def verdict_sentence(
    scores: Scores,
    topics: Sequence[TopicVerdict],
    disclosures: Sequence[Disclosure],
    *,
    whole: bool = True,
) -> str:
    """Return how hard the policy reads, its gravest finding and its most telling silence.

    Where the text is not the ``whole`` policy it says so instead of what was not found.
    """
    last = _silence(topics) if whole else _NOT_WHOLE
    parts = [_READS.get(scores.band, ""), _gravest(topics, disclosures), last]
    return " ".join(f"{part}." for part in parts if part)


def _gravest(topics: Sequence[TopicVerdict], disclosures: Sequence[Disclosure]) -> str:
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    judged = {topic.id: topic for topic in topics}
    for verdict, valence in ((Verdict.BAD, Valence.BAD), (Verdict.CAUTION, Valence.CAUTION)):
        for topic in (judged[name] for name in _GRAVEST if name in judged):
            if topic.verdict is verdict and topic.disclosures:
                deciding = by_key[topic.disclosures[0]]
                if deciding.valence is valence:
                    return topic.headline
    return ""


def _silence(topics: Sequence[TopicVerdict]) -> str:
    headlines = {kind.type: kind.headline for topic in topics for kind in topic.silent}
    return next((headlines[kind] for kind in _MOST_TELLING_SILENCES if kind in headlines), "")
