"""What the document is called and is, and the few words that the card opens with."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from reader.judging import commonness, contradicted_types
from reader.model import (
    Band,
    Disclosure,
    Document,
    DocumentKind,
    LoadedText,
    Scores,
    Section,
    Stance,
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
_MOST_WARNINGS = 2
_NO_WARNINGS = "No warnings found"
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
    statement_rates: Mapping[str, float] = MappingProxyType({}),
) -> str:
    """Return what someone about to agree should know first, in up to four short sentences.

    The gravest warnings come first; without any, that there are none and the best promise, or what
    asks for care where nothing is promised. Then come the most telling silence, and last how hard
    the text is to read. Nothing unsure is said, and nothing that is denied elsewhere. If the text
    is not the ``whole`` policy, that is said instead of what was not found. ``statement_rates`` are
    the shares of other policies, 0 to 1, that make a statement, by its key.
    """
    told = _gravest(topics, disclosures, whole, statement_rates)
    named = {disclosure.topic for disclosure in told}
    parts = [disclosure.headline for disclosure in told]
    if told and told[0].valence is Valence.GOOD:
        parts.insert(0, _NO_WARNINGS)
    parts.append(_silence(topics, named) if whole else _NOT_WHOLE)
    parts.append(_READS.get(scores.band, ""))
    return " ".join(f"{part}." for part in parts if part)


def _is_warned(topics: Sequence[TopicVerdict], disclosures: Sequence[Disclosure]) -> bool:
    """Return whether anything speaks of a warning, however unsure."""
    judged = any(topic.verdict is Verdict.BAD for topic in topics)
    return judged or any(disclosure.valence is Valence.BAD for disclosure in disclosures)


def _gravest(
    topics: Sequence[TopicVerdict],
    disclosures: Sequence[Disclosure],
    whole: bool,
    statement_rates: Mapping[str, float],
) -> Sequence[Disclosure]:
    """Return the warnings; without any the best promise, and without that what asks for care.

    Of a policy that promises nothing it would sound like praise to say that nothing warns. What
    asks for care is nearly the same in most policies, so what few of them say comes first.
    """
    promises = _promises(disclosures)[:1]
    if warnings := _leading(topics, disclosures, Verdict.BAD)[:_MOST_WARNINGS]:
        return warnings
    if promises and whole and not _is_warned(topics, disclosures):
        return promises
    cautions = _leading(topics, disclosures, Verdict.CAUTION)
    return sorted(cautions, key=lambda d: commonness(d, statement_rates))[:_MOST_WARNINGS]


def _leading(
    topics: Sequence[TopicVerdict], disclosures: Sequence[Disclosure], verdict: Verdict
) -> list[Disclosure]:
    """Return for each tile with this verdict the finding that stands for it, the gravest first."""
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    contradicted = contradicted_types(disclosures)
    judged = {topic.id: topic for topic in topics if topic.verdict is verdict}
    found = []
    for topic in (judged[name] for name in _GRAVEST if name in judged):
        for finding in (by_key[key] for key in topic.disclosures):
            is_firm = finding.is_sure and finding.type not in contradicted
            if is_firm and finding.valence.value == verdict.value:
                found.append(finding)
                break
    return found


def _promises(disclosures: Sequence[Disclosure]) -> list[Disclosure]:
    """Return what the policy denies without a limit and to the good, what weighs most first."""
    contradicted = contradicted_types(disclosures)
    denials = [
        disclosure
        for disclosure in disclosures
        if disclosure.stance is Stance.DENIED
        and disclosure.valence is Valence.GOOD
        and disclosure.is_sure
        and disclosure.type not in contradicted
        and disclosure.topic in _GRAVEST
    ]
    return sorted(denials, key=lambda each: _GRAVEST.index(each.topic))


def _silence(topics: Sequence[TopicVerdict], named: Collection[str]) -> str:
    """Return the silence that tells most, of topics other than those that are ``named`` already."""
    headlines = {
        kind.type: kind.headline
        for topic in topics
        for kind in topic.silent
        if kind.valence is not None and topic.id not in named
    }
    return next((headlines[kind] for kind in _MOST_TELLING_SILENCES if kind in headlines), "")
