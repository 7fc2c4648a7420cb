"""What the reader of a policy can do now, with the address that the policy gives for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.disclosures.facts import contact_emails
from reader.model import Action, Disclosure, Document, Evidence

# Action kind, words, and the disclosures that offer it, the most telling first.
_OFFERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("opt-out", "Opt out of the sale or sharing of your data", ("choice.sharing-opt-out:said",)),
    ("opt-out", "Opt out of targeted advertising", ("choice.ads-opt-out:said",)),
    ("delete", "Ask them to delete your data", ("rights.delete:said",)),
    ("access", "Ask for a copy of your data", ("rights.access:said",)),
    ("unsubscribe", "Stop their marketing", ("choice.marketing-opt-out:said",)),
    ("manage-cookies", "Refuse or delete cookies", ("track.controls:said",)),
    ("correct", "Correct your data", ("rights.correct:said",)),
    ("portability", "Take your data with you", ("rights.portability:said",)),
    ("object", "Object to how your data is used", ("rights.object:said",)),
    ("withdraw-consent", "Take back your consent", ("choice.consent:said",)),
    ("complain", "Complain to a regulator", ("rights.complain:said",)),
    ("contact", "Ask them about privacy", ("contact.privacy:said", "contact.officer:said")),
)
_WRITES_TO_THEM = frozenset({"delete", "access", "correct", "portability", "object", "contact"})
_ADDRESS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?]"
)


def find_actions(document: Document, disclosures: Sequence[Disclosure]) -> tuple[Action, ...]:
    """Return what the policy lets the reader do, the most useful first.

    The target is an address inside the evidence, else for requests the privacy contact's; None
    where the policy gives none.
    """
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    emails = contact_emails(document)
    actions = []
    for kind, text, keys in _OFFERS:
        offered = next((by_key[key] for key in keys if key in by_key), None)
        if offered is None:
            continue
        target = _target(document, offered.evidence)
        if target is None and kind in _WRITES_TO_THEM and emails:
            target = f"mailto:{emails[0]}"
        actions.append(Action(kind, text, target))
    return tuple(actions)


def _target(document: Document, evidence: Sequence[Evidence]) -> str | None:
    for passage in evidence[:4]:
        for link in document.links:
            if passage.span.overlaps(link.span):
                return link.target
        if match := _ADDRESS.search(passage.span.of(document.text)):
            address = match.group()
            return f"mailto:{address}" if "@" in address and "://" not in address else address
    return None
