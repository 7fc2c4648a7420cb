"""What the reader of a policy can do now, with the address that the policy gives for it.

An address belongs to an action where it stands in the sentence that offers the action, and its
words or its path speak of that action, or the sentence plainly tells the reader to go there. A
wrong address is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.disclosures.addresses import Address, AddressBook
from reader.model import Action, Disclosure, Document, Evidence, Span


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{pattern})", re.IGNORECASE)


_REQUEST = (
    r"request|(?:web)?form\b|portal|data.?subject|dsar|exercis|privacy.?(?:cent|rights|settings"
    r"|choices|dashboard|tools)"
)


@dataclass(frozen=True, slots=True)
class _Offer:
    """An action, the disclosures that offer it (the most telling first), and what leads there.

    ``fits`` is what the words or the path of a fitting link speak of. ``asked`` marks what a
    letter to the privacy contact achieves, ``elsewhere`` what another company's page may offer.
    ``said`` must stand in the evidence where the disclosure alone does not offer the action.
    ``beside`` is a disclosure and the text in its company, so that none speaks of what nobody does.
    """

    kind: str
    text: str
    keys: tuple[str, ...]
    fits: re.Pattern[str]
    asked: bool = False
    elsewhere: bool = False
    by_mail: bool = True
    said: re.Pattern[str] | None = None
    beside: tuple[str, str] | None = None


_OFFERS = (
    _Offer(
        "opt-out",
        "Opt out of the sharing of your data",
        ("choice.sharing-opt-out:said",),
        _words(rf"do.?not.?(?:sell|share)|dns\b|ccpa|opt.?out|limit.?the.?use|{_REQUEST}"),
        beside=("sell.sells:said", "Opt out of the sale or sharing of your data"),
    ),
    _Offer(
        "opt-out",
        "Opt out of targeted advertising",
        ("choice.ads-opt-out:said",),
        _words(
            r"opt.?out|about.?ads|ad.?choices|your.?(?:online|ad|privacy).?choices"
            r"|network.?advertising|ad.{0,12}(?:settings|preferences)|do.?not.?(?:sell|share)"
        ),
        elsewhere=True,
    ),
    _Offer(
        "delete",
        "Ask them to delete your data",
        ("rights.delete:said",),
        _words(rf"delet|eras|remov|clos\w+.{{0,8}}account|{_REQUEST}"),
        asked=True,
    ),
    _Offer(
        "access",
        "Ask for a copy of your data",
        ("rights.access:said",),
        _words(rf"access(?!ib)|download|copy(?!right)|export|your.?data|{_REQUEST}"),
        asked=True,
    ),
    _Offer(
        "unsubscribe",
        "Stop their marketing",
        ("choice.marketing-opt-out:said",),
        _words(
            r"unsubscri|opt.?out|(?:e-?mail|communication|contact|marketing|notification)\w*"
            r".{0,12}(?:settings|preference|option)|preference|prefs|subscription"
        ),
    ),
    _Offer(
        "manage-cookies",
        "Refuse or delete cookies",
        ("track.controls:said",),
        _words(
            r"(?:manag|control|delet|block|disabl|refus|about|all)\w*.{0,16}cookie"
            r"|cookie.{0,10}(?:settings|preference|cent|consent|choices|tool|policy|notice)"
            r"|cookies?\b|gaoptout"
        ),
        elsewhere=True,
        by_mail=False,
    ),
    _Offer(
        "correct",
        "Correct your data",
        ("rights.correct:said",),
        _words(rf"correct|updat|edit|rectif|(?:my|your).?(?:account|profile)|profile|{_REQUEST}"),
        asked=True,
    ),
    _Offer(
        "portability",
        "Take your data with you",
        ("rights.portability:said",),
        _words(rf"download|export|portab|transfer|copy(?!right)|{_REQUEST}"),
        asked=True,
    ),
    _Offer(
        "object",
        "Object to how your data is used",
        ("rights.object:said",),
        _words(rf"object|opt.?out|restrict|{_REQUEST}"),
        asked=True,
    ),
    _Offer(
        "withdraw-consent",
        "Take back your consent",
        ("choice.consent:said",),
        _words(rf"withdraw|revok|consent|preference|unsubscri|{_REQUEST}"),
        asked=True,
        said=_words(r"withdr[ae]w|revok|retract|take back|change your mind|rescind"),
    ),
    _Offer(
        "complain",
        "Complain to a regulator",
        ("rights.complain:said",),
        _words(
            r"complain|supervisory|authorit|regulator|commission|ombuds|data.?protection"
            r"|attorney.?general|ico\b|ico\.org|cnil|edpb|garante"
        ),
        elsewhere=True,
        by_mail=False,
    ),
    _Offer(
        "contact",
        "Ask them about privacy",
        ("contact.privacy:said", "contact.officer:said"),
        _words(rf"contact|support|help.?(?:cent|desk)|enquir|inquir|questions|{_REQUEST}"),
        asked=True,
    ),
)
_PRIVACY_MAILBOX = re.compile(
    r"privacy|dpo|gdpr|ccpa|data.?prot|data.?(?:request|controller)|datenschutz|personal.?data"
    r"|compliance",
    re.IGNORECASE,
)
# Somebody else's matter: an address for it is no address for the reader's request.
_OTHER_MATTER = re.compile(
    r"(?<![a-z])(?:child|kids|parent|minors|job|career|recruit|press|media\b|dmca|copyright|abuse"
    r"|security|investor|law.?enforcement|subpoena|metric|statistic|advertis(?:e|er)s?@)|\.pdf$",
    re.IGNORECASE,
)
_UNSUBSCRIBING = re.compile(r"unsubscri|opt.?out", re.IGNORECASE)
_POLICY_PAGE = re.compile(
    r"(?:privacy|data|statute|legal)\W{0,3}(?:polic|notice|statement)|terms\b|regulation\b|\blaw\b",
    re.IGNORECASE,
)
# Where a policy has one page for all requests, it says so apart from the rights themselves.
_ALL_RIGHTS = re.compile(
    r"\bexercis\w+ (?:your|these|such|the above|any of (?:your|these|the(?: above)?))"
    r" (?:privacy |data protection |data subject |individual )?rights\b",
    re.IGNORECASE,
)
# A page that tells of rights or leads to others is not where requests go.
_NO_DESK = re.compile(rf"{_POLICY_PAGE.pattern}|partners|@", re.IGNORECASE)
# "Fill in this form", "click here": the address is the instruction itself.
_PLAIN_LINK = re.compile(
    r"^(?:click |visit )?(?:(?:on |at )?(?:the |this |our )?(?:here|link|page|form|web ?page"
    r"|web ?form)|https?:.*)$",
    re.IGNORECASE,
)
_TOLD_TO = re.compile(
    r"\b(?:click\w*|visit\w*|go(?:ing)? to|complet\w+|fill\w*|submit\w*|follow\w*|us(?:e|ing)"
    r"|via|through|at|request\w*|email\w*|contact\w*|writ\w+)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_TOLD_MORE = re.compile(
    r"\b(?:learn|read|find out|more (?:information|details|about)|further information|details"
    r"|described|explained|see)\b[^.;]{0,80}$",
    re.IGNORECASE,
)


def find_actions(
    document: Document, disclosures: Sequence[Disclosure], book: AddressBook | None = None
) -> tuple[Action, ...]:
    """Return what the policy lets the reader do, the most useful first.

    The target is an address inside the evidence that fits the action, else for requests the page
    on which all rights are exercised, or the privacy contact's; None where the policy gives none.
    ``book`` is the document's, where it has been made already.
    """
    by_key = {disclosure.key: disclosure for disclosure in disclosures}
    book = AddressBook(document) if book is None else book
    contact = _contact(document, by_key, book)
    desk = _rights_page(document, book) or contact
    actions = []
    for offer in _OFFERS:
        key = next((key for key in offer.keys if key in by_key), "")
        evidence = _offering(offer, by_key[key].evidence, document.text) if key else ()
        if not evidence:
            continue
        target = contact if offer.kind == "contact" else None
        target = target or _fitting(offer, evidence, document.text, book)
        target = target or (desk if offer.asked else None)
        text = offer.text
        if offer.beside is not None and offer.beside[0] in by_key:
            text = offer.beside[1]
        actions.append(Action(offer.kind, text, target, key))
    return tuple(actions)


def _offering(offer: _Offer, evidence: tuple[Evidence, ...], text: str) -> tuple[Evidence, ...]:
    """Return those of the passages that offer the action."""
    if offer.said is None:
        return evidence
    return tuple(passage for passage in evidence if offer.said.search(passage.span.of(text)))


def _fitting(
    offer: _Offer, evidence: Iterable[Evidence], text: str, book: AddressBook
) -> str | None:
    """Return the address of the evidence that fits best, ties to the earlier; None if none does."""
    best, target = 0, None
    for passage in evidence:
        sentence = passage.span.of(text)
        for address in book.inside(passage.span):
            lead = text[passage.span.start : max(passage.span.start, address.span.start)]
            if (fit := _fit(offer, address, sentence, lead, book.is_own(address))) > best:
                best, target = fit, address.target
    return target


def _fit(offer: _Offer, address: Address, sentence: str, lead: str, own: bool) -> int:
    """Return how well an address serves an action: 0 not at all, 3 by its own words."""
    if _OTHER_MATTER.search(f"{address.words} {address.target}") or (
        _OTHER_MATTER.search(sentence) and offer.kind != "complain"
    ):
        return 0
    if address.is_mail:
        if not offer.by_mail:
            return 0
        return 2 if _PRIVACY_MAILBOX.search(address.path) or offer.fits.search(address.path) else 1
    in_words = offer.fits.search(address.words) is not None
    in_path = offer.fits.search(address.path) is not None
    if offer.elsewhere:
        return 2 * in_words + in_path if in_words or in_path else 0
    if _POLICY_PAGE.search(f"{address.words} {address.path}") and not in_words:
        return 0
    if not own and not re.search(_REQUEST, f"{address.words} {address.target}", re.IGNORECASE):
        return 0
    if in_words or in_path:
        return 3 if in_words else 2
    instructed = _PLAIN_LINK.match(address.words.strip()) and _TOLD_TO.search(lead)
    return 1 if own and instructed and not _TOLD_MORE.search(lead) else 0


def _rights_page(document: Document, book: AddressBook) -> str | None:
    """Return the author's own page on which the policy has its readers exercise their rights."""
    for sentence in document.sentences:
        words = sentence.span.of(document.text)
        if "xercis" not in words:  # most sentences are spared the patterns
            continue
        if not _ALL_RIGHTS.search(words) or _OTHER_MATTER.search(words):
            continue
        for address in book.inside(sentence.span):
            lead = document.text[sentence.span.start : max(sentence.span.start, address.span.start)]
            if address.is_mail or not book.is_own(address) or _TOLD_MORE.search(lead):
                continue
            if _NO_DESK.search(f"{address.words} {address.path}"):
                continue
            if _PLAIN_LINK.match(address.words.strip()) or re.search(
                _REQUEST, f"{address.words} {address.path}", re.IGNORECASE
            ):
                return address.target
    return None


def _contact(document: Document, by_key: dict[str, Disclosure], book: AddressBook) -> str | None:
    """Return where privacy questions go: a mailbox for them, the policy's form, any mailbox."""
    contact = next(offer for offer in _OFFERS if offer.kind == "contact")
    passages = [p for key in contact.keys if key in by_key for p in by_key[key].evidence]
    named = list(_mailboxes(book, (p.span for p in passages)))
    others = [m for m in dict.fromkeys(book.mailboxes()) if not _OTHER_MATTER.search(m)]
    for mailbox in (*named, *others):
        if _PRIVACY_MAILBOX.search(mailbox.split("@")[0]):
            return f"mailto:{mailbox}"
    if form := _fitting(contact, passages, document.text, book):
        return form
    others = [m for m in others if not _UNSUBSCRIBING.search(m)]
    return next((f"mailto:{mailbox}" for mailbox in (*named, *others)), None)


def _mailboxes(book: AddressBook, spans: Iterable[Span]) -> Iterator[str]:
    for span in spans:
        for address in book.inside(span):
            if address.is_mail and not _OTHER_MATTER.search(address.target):
                yield address.target.removeprefix("mailto:").split("?")[0]
