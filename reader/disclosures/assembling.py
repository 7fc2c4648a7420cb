"""What a policy discloses: document in, disclosures with their evidence out.

What the rules find is put together here: which of it counts, which is quoted first, how sure it is,
within which limits, and in which words it is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from reader.disclosures.catalogue import Catalogue, DisclosureType, Outcome, load_catalogue
from reader.disclosures.dates import OwnDate, find_own_dates
from reader.disclosures.details import join_details
from reader.disclosures.names import OwnNames
from reader.disclosures.rules import RuleMatch, find_rule_matches
from reader.model import (
    DATES,
    OWN_RULES,
    RULES,
    Details,
    Disclosure,
    Document,
    Evidence,
    Span,
    Stance,
    Valence,
)

# How often evidence of each strength supported its type in policies that were read in full before
# the program saw them (ARCHITECTURE.md, "Confidence"). A fragment leans on the words it completes.
_CONFIDENCE = {"explicit": 0.87, "implied": 0.5}
_OWN_CONFIDENCE = 0.5  # how good the reader's own rules are nobody has measured
_FRAGMENT_PENALTY = 0.05
# A sentence or table row of more characters says much else beside, so it is no good first quote.
_LONGEST_PLAIN = 400
_DATED = "contact.dated"


def find_disclosures(
    document: Document,
    catalogue: Catalogue | None = None,
    progress: Callable[[float], None] | None = None,
    names: OwnNames | None = None,
    dates: Sequence[OwnDate] | None = None,
) -> tuple[Disclosure, ...]:
    """Return what the document says about each type of the catalogue, in catalogue order.

    There is one disclosure for each type and stance; silence is the absence of both. ``progress``
    is told the share of the text that has been read, in [0, 1]. ``names`` are those of the
    document's author and ``dates`` its own, where they are known already.
    """
    catalogue = catalogue or load_catalogue()
    found: defaultdict[tuple[str, Stance], list[RuleMatch]] = defaultdict(list)
    for kind, match in find_rule_matches(document, catalogue, progress, names):
        found[kind.id, match.stance].append(match)
    _drop_outweighed(found)
    best = {key: _best_first(matches, document.text) for key, matches in found.items() if matches}
    evidence = {key: _evidence(matches) for key, matches in best.items()}
    if dated := _dated_evidence(document, find_own_dates(document) if dates is None else dates):
        evidence[_DATED, Stance.SAID] = dated
    return tuple(
        _disclosure(
            kind,
            stance,
            evidence[kind.id, stance],
            best.get((kind.id, stance), ()),
        )
        for kind in catalogue.types.values()
        for stance in Stance
        if (kind.id, stance) in evidence
    )


def _drop_outweighed(found: defaultdict[tuple[str, Stance], list[RuleMatch]]) -> None:
    """Where rules read one sentence both ways, keep the denial: it saw more of the sentence."""
    for (type_id, stance), matches in found.items():
        if stance is Stance.SAID:
            denied = {
                m.span for m in found.get((type_id, Stance.DENIED), ()) if m.condition is None
            }
            wholes = _wholes({*denied, *(m.span for m in matches)}) if denied else {}
            matches[:] = [m for m in matches if denied.isdisjoint((m.span, wholes.get(m.span)))]


def _wholes(spans: Iterable[Span]) -> dict[Span, Span]:
    """Return for each span that lies inside another of them that other one."""
    wholes: dict[Span, Span] = {}
    whole: Span | None = None
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if whole is not None and span.end <= whole.end:
            wholes[span] = whole
        else:
            whole = span
    return wholes


def _strength(match: RuleMatch) -> float:
    return _OWN_CONFIDENCE if match.rule.own else _CONFIDENCE[match.rule.strength]


def _confidence(match: RuleMatch) -> float:
    # the reader's own rules are not measured, so that no fragment makes them less sure
    is_fragment = match.context is not None and not match.rule.own
    return _strength(match) - (_FRAGMENT_PENALTY if is_fragment else 0.0)


def _rank(match: RuleMatch, text: str) -> tuple[float, bool, bool, bool, bool, bool, int, int]:
    start, end = match.span.start, match.span.end
    return (
        -_strength(match),
        match.condition is None,
        text.find("|", start, end) >= 0,  # the row of a table
        not match.in_its_section,
        match.context is not None,
        end - start > _LONGEST_PLAIN,
        start,
        end,
    )


def _best_first(matches: Iterable[RuleMatch], text: str) -> list[RuleMatch]:
    """Return one match per sentence or item of its list, in the order in which they are quoted.

    What says it in so many words comes before what only implies it; then come sentences before rows
    of a table, what is in a section on the matter, whole sentences, short ones, and the text's own
    order. Words that were quoted already come last. A sentence of which an item says it is left
    out.
    """
    best: dict[Span, RuleMatch] = {}
    for match in sorted(matches, key=lambda match: _rank(match, text)):
        best.setdefault(match.span, match)
    told_by_items = set(_wholes(best).values())
    first: dict[str, RuleMatch] = {}
    again: list[RuleMatch] = []
    for span, match in best.items():
        if span in told_by_items:
            continue
        if first.setdefault(span.of(text), match) is not match:
            again.append(match)
    return [*first.values(), *again]


def _evidence(matches: Sequence[RuleMatch]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            span=match.span,
            section=match.section,
            detector=OWN_RULES if match.rule.own else RULES,
            rule=match.rule.id,
            confidence=_confidence(match),
            context=match.context,
        )
        for match in matches
    )


def _dated_evidence(document: Document, dates: Iterable[OwnDate]) -> tuple[Evidence, ...]:
    starts = [section.span.start for section in document.sections]
    return tuple(
        Evidence(
            span=own.span,
            section=bisect_right(starts, own.span.start) - 1,
            detector=DATES,
            rule=None,
            confidence=_CONFIDENCE["explicit"],
            context=own.label,
        )
        for own in dates
    )


def _condition(matches: Sequence[RuleMatch]) -> str | None:
    """Return the limit of a denial: an exception made anywhere, or the part that all speak of.

    ``matches`` stand best first.
    """
    exception = next((m.condition for m in matches if m.condition and not m.of_part), None)
    if exception is not None or any(m.condition is None for m in matches):
        return exception
    return next((m.condition for m in matches), None)


def _outcome(kind: DisclosureType, stance: Stance, matches: Sequence[RuleMatch]) -> Outcome:
    """Return what the matches tell: less than the type does where all of their rules say less.

    ``matches`` are in order, the best first. Of rules that say less the gravest counts, and of
    equally grave ones that of the best match.
    """
    whole = kind.outcomes[stance]
    if stance is not Stance.SAID:
        return whole
    told: list[Outcome] = []
    for match in matches:
        rule = match.rule
        if rule.headline is None:
            return whole
        told.append(
            Outcome(
                min(rule.valence or whole.valence, whole.valence, key=lambda v: v.severity),
                rule.headline,
                rule.statement or whole.statement,
            )
        )
    return max(told, key=lambda outcome: outcome.valence.severity, default=whole)


def _disclosure(
    kind: DisclosureType,
    stance: Stance,
    evidence: tuple[Evidence, ...],
    matches: Sequence[RuleMatch],
) -> Disclosure:
    """Return the disclosure that the matches of a type and stance make, the best first."""
    condition = _condition(matches)
    outcome = _outcome(kind, stance, matches)
    valence, headline, statement = outcome.valence, outcome.headline, outcome.statement
    if condition is not None:
        # first, since a tile or badge may have to cut the end off
        headline = f"With limits: {headline[0].lower()}{headline[1:]}"
        valence = max(valence, Valence.NEUTRAL, key=lambda v: v.severity)
        statement = f"{statement.rstrip('.')}, but with a limit: “{_shortened(condition)}”."
    return Disclosure(
        type=kind.id,
        topic=kind.topic,
        practice=kind.practice,
        label=kind.label,
        stance=stance,
        condition=condition,
        valence=valence,
        headline=headline,
        statement=statement,
        confidence=max(each.confidence for each in evidence),
        evidence=evidence,
        details=join_details(match.details for match in matches)
        if _has_details(kind)
        else Details(),
    )


def _has_details(kind: DisclosureType) -> bool:
    return kind.practice != "other"


def _shortened(words: str, longest: int = 160) -> str:
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0] + " …"
