"""Statements of one policy that pull against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Disclosure, Flag


@dataclass(frozen=True, slots=True)
class _Tension:
    kind: str
    text: str
    one: tuple[str, ...]
    other: tuple[str, ...]


# Each side is a list of disclosure keys, the most telling first.
_TENSIONS = (
    _Tension(
        "sold-and-not-sold",
        "They say in one place that they do not sell data, and in another that they do.",
        ("sell.sells:denied",),
        ("sell.sells:said",),
    ),
    _Tension(
        "not-sold-but-shared",
        "They say they do not sell your data, yet advertising companies receive or collect it.",
        ("sell.sells:denied",),
        ("share.advertisers:said", "track.third-party:said"),
    ),
    _Tension(
        "deleted-but-kept",
        "You can ask them to delete your data, yet some of it stays.",
        ("rights.delete:said",),
        ("rights.delete-limits:said",),
    ),
    _Tension(
        "not-for-children-but-collects",
        "They say the service is not for children, yet they describe collecting children's data.",
        ("kids.not-directed:said",),
        ("kids.collects:said",),
    ),
    _Tension(
        "period-but-as-needed",
        "They name a period for some data, and keep other data for as long as they need it.",
        ("keep.stated:said",),
        ("keep.as-needed:said",),
    ),
    _Tension(
        "anonymous-but-identified",
        "They speak of anonymous data, yet they link what you do on other sites or devices.",
        ("collect.aggregate:said",),
        ("track.cross-site:said",),
    ),
)


def find_flags(disclosures: Sequence[Disclosure]) -> tuple[Flag, ...]:
    """Return the tensions between the disclosures, the gravest first."""
    keys = {disclosure.key for disclosure in disclosures}
    flags = []
    for tension in _TENSIONS:
        one = next((key for key in tension.one if key in keys), None)
        other = next((key for key in tension.other if key in keys), None)
        if one and other:
            flags.append(Flag(tension.kind, tension.text, (one, other)))
    return tuple(flags)
