"""Statements of one policy that pull against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Disclosure, Flag


@dataclass(frozen=True, slots=True)
class _Tension:
    """Two sides that pull against each other; ``limited`` says so where ``one`` has a condition.

    Where they are ``apart``, a sentence that is on both sides is no tension by itself: it may well
    say how they go together.
    """

    kind: str
    text: str
    one: str
    other: str
    limited: str | None = None
    apart: bool = False


# Of those of a kind the first that holds is told.
_TENSIONS = (
    _Tension(
        "sold-and-not-sold",
        "They say that they do not sell your data, but also that they do, or that some of what "
        "they share may legally be a sale.",
        "sell.sells:denied",
        "sell.sells:said",
        limited="They say, with limits, that they do not sell your data, but some of what they "
        "share is a sale, or may legally be one.",
    ),
    _Tension(
        "not-sold-but-shared",
        "They say they do not sell your data, yet advertising companies receive some.",
        "sell.sells:denied",
        "share.advertisers:said",
        limited="They say, with limits, that they do not sell your data, and advertising companies "
        "receive some.",
    ),
    _Tension(
        "not-sold-but-shared",
        "They say they do not sell your data, yet other companies collect some while you are here.",
        "sell.sells:denied",
        "track.third-party:said",
        limited="They say, with limits, that they do not sell your data, and other companies "
        "collect some while you are here.",
    ),
    _Tension(
        "deleted-but-kept",
        "You can ask them to delete your data, yet some of it stays.",
        "rights.delete:said",
        "rights.delete-limits:said",
    ),
    _Tension(
        "not-for-children-but-collects",
        "They say the service is not for children, yet they describe collecting children's data.",
        "kids.not-directed:said",
        "kids.collects:said",
        apart=True,
    ),
    _Tension(
        "period-but-as-needed",
        "They name a period for some data, but keep other data for as long as they need it.",
        "keep.stated:said",
        "keep.as-needed:said",
        apart=True,
    ),
    _Tension(
        "anonymous-but-identified",
        "They speak of anonymous data, yet they link what you do on other sites or devices.",
        "collect.aggregate:said",
        "track.cross-site:said",
        apart=True,
    ),
)


def find_flags(disclosures: Sequence[Disclosure]) -> tuple[Flag, ...]:
    """Return the tensions between the disclosures, the gravest first, each kind once."""
    found = {disclosure.key: disclosure for disclosure in disclosures}
    flags: dict[str, Flag] = {}
    for tension in _TENSIONS:
        one, other = found.get(tension.one), found.get(tension.other)
        if one is None or other is None or (tension.apart and not _are_apart(one, other)):
            continue
        text = tension.limited if tension.limited and one.condition else tension.text
        flags.setdefault(tension.kind, Flag(tension.kind, text, (one.key, other.key)))
    return tuple(flags.values())


def _are_apart(one: Disclosure, other: Disclosure) -> bool:
    """Return whether the two rest on more than one sentence between them."""
    return len({evidence.span for each in (one, other) for evidence in each.evidence}) > 1
