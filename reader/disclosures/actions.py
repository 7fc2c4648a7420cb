"""What the reader of a policy can do now, with the address that the policy gives for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from reader.disclosures.facts import EMAIL, contact_emails
from reader.disclosures.names import OwnNames, own_names
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
_ADDRESS = re.compile(EMAIL.pattern + r"|https?://[^\s<>\"'“”‘’()]+[^\s<>\"'“”‘’().,;:!?]")


def find_actions(document: Document, disclosures: Sequence[Disclosure]) -> tuple[Action, ...]:
    """Return what the policy lets the reader do, the most useful first.

    The target is an address inside the evidence, else for requests the privacy contact's; None
    where the policy gives none.
    """
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    own = own_names(document)
    contact = _contact(document, by_key)
    actions = []
    for kind, text, keys in _OFFERS:
        offered = next((by_key[key] for key in keys if key in by_key), None)
        if offered is None:
            continue
        target = _address_in(document, offered.evidence, own)
        if target is None and kind in _WRITES_TO_THEM:
            target = contact
        actions.append(Action(kind, text, target))
    return tuple(actions)


def _contact(document: Document, by_key: dict[str, Disclosure]) -> str | None:
    """Return where privacy questions go, as the policy says it, else its first e-mail address."""
    for key in ("contact.privacy:said", "contact.officer:said"):
        for passage in by_key[key].evidence if key in by_key else ():
            if match := EMAIL.search(passage.span.of(document.text)):
                return f"mailto:{match.group().rstrip('.')}"
    return next((f"mailto:{email}" for email in contact_emails(document)), None)


def _address_in(document: Document, evidence: Sequence[Evidence], own: OwnNames) -> str | None:
    """Return the first address in the evidence that leads further than the policy's own site."""
    for passage in evidence[:4]:
        for link in document.links:
            if passage.span.overlaps(link.span) and not _is_home(link.target, own):
                return link.target
        for match in _ADDRESS.finditer(passage.span.of(document.text)):
            if "://" not in match.group():
                return f"mailto:{match.group()}"
            if not _is_home(match.group(), own):
                return match.group()
    return None


def _is_home(address: str, own: OwnNames) -> bool:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return not parts.path.strip("/") and own.holds((host,))
