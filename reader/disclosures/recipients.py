"""The companies that a policy names as getting its readers' data."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from reader.disclosures.addresses import AddressBook
from reader.disclosures.countries import is_place
from reader.disclosures.names import WELL_KNOWN
from reader.disclosures.statements import table_headers
from reader.disclosures.words import key_of, keys_of, small_keys, text_keys
from reader.legal_forms import LEGAL_FORM, LEGAL_FORM_WORDS, without_form
from reader.model import BlockKind, Disclosure, Document, Sentence, Span, Stance

_SHARING = frozenset(
    "share.providers share.affiliates share.advertisers share.partners share.with-consent "
    "track.third-party".split()
)
_WORD = r"[A-Z][\w&.’'-]*\w"
_NAME = rf"{_WORD}(?: (?:of |& )?[A-Z](?:[\w&’'-]*\w|(?= [A-Z]))){{0,3}}"
_WITH_FORM = re.compile(rf"\b({_NAME}(?:,? {LEGAL_FORM}\.?)+)")
_HAS_FORM = re.compile(rf"\b{LEGAL_FORM}")
# What may stand behind a name in a list: "Birch, Inc. for billing (Norway), Cedar LLC (Oakland)"
_PLACE = r"(?: \([^()]{1,40}\))?"
_FORMED = rf"{_NAME},? {LEGAL_FORM}\.?"
_ASIDE = rf"{_PLACE}(?: for(?: (?!and\b|or\b)[a-z]+){{1,6}})?{_PLACE}"
_ENTRY = rf"(?:{_FORMED}{_ASIDE}|{_NAME}{_PLACE})"
_LIST = rf"{_ENTRY}(?:(?:,? (?:and|or) |, ){_ENTRY})*"
_LISTED_NAME = re.compile(rf"(?:({_FORMED}){_ASIDE}|({_NAME}){_PLACE})(?:,? (?:and|or) |, |$)")
_UNMARKED = dict.fromkeys(map(ord, "®™℠"))  # "Birch®, Cedar™"
# What leads to a list of names: "with Birch, Cedar and Oak".
_LISTED = re.compile(
    r"\b(?:with|to|by|via|through|from|use|uses|using|such as|including(?:,? but not limited to,?)?"
    r"|include|like|namely|e\.g\.,?|for example,?|are|is)"
    # one word behind "the" is a thing: "with the Summary"
    rf"(?: the(?= \S+ [A-Z]| [A-Z][a-z]+[A-Z])| our partners?)?:? ({_LIST})"
)
# The same in a sentence that was not found to be about sharing: somebody's service is used.
_ENGAGED = re.compile(
    r"\b(?:[Ww]e (?:\w+ )?(?:use|work with|partner with|rely on|engage)|powered by|hosted (?:by|on)"
    r"|processed by|processor,|provider,|merchant of record,|provided by"
    rf"|(?:[Pp]roviders|[Pp]rocessors|[Vv]endors|[Ss]uppliers) (?:include|are))(?: the| our)?:?"
    rf" ({_LIST})"
)
# A sentence may begin with it, right before a name.
_OPENING = re.compile(r"^(?:If|When|While|Where|Although|As|Since|Because|Should|In|For) (?=[A-Z])")
# One of these stands in what that finds; most sentences have none.
_ENGAGING = (
    "use", "work with", "partner with", "rely on", "engage", "powered by", "hosted ",
    "processed by", "processor,", "provider,", "provided by", "merchant of record,",
    "roviders include", "rocessors include", "endors include", "uppliers include",
    "roviders are", "rocessors are", "endors are", "uppliers are",
)  # fmt: skip
# "Elmly: support", "Elmly and its affiliates"; "Build and train models" names nobody.
_AT_HEAD = re.compile(
    rf"^({_NAME})(?: ?[:(–—|]| -|$| for\b| (?:and|or) (?:[A-Z]|(?:its|their|our|other|similar)\b))"
)
# Headings and lead-ins under which each item names one that gets data.
_OF_RECIPIENTS = re.compile(
    r"\b(?:sub-?processors?|(?:service|analytics|payment|hosting|cloud) providers?|vendors"
    r"|suppliers|third[- ]parties|third[- ]party (?:service|tool|compan|platform|vendor|provider"
    r"|partner|processor|recipient)\w*|(?:advertising|business|our|ad) partners"
    r"|ad(?:vertising)? networks|recipients|we (?:share|disclose)|(?:data )?processors"
    r"|providers we use)\b",
    re.IGNORECASE,
)
_RECIPIENT_HEAD = (
    r"(?:name of )?(?:the )?(?:[\w-]+ ){0,2}"
    r"(?:(?:sub-?)?processor|provider|vendor|supplier|partner|recipient|third part(?:y|ie))s?"
)
# The head of the first column of a table in which each row is one that gets data.
_RECIPIENT_COLUMN = re.compile(rf"{_RECIPIENT_HEAD} *\|", re.IGNORECASE)
# That of a last column, which names those who get what the row is about.
_LAST_COLUMN = re.compile(rf"\| *{_RECIPIENT_HEAD}\Z", re.IGNORECASE)
_IN_CELL = re.compile(r" & |, | and |; ")
# A heading under which each line that stands out is one: "Who are our partners?"
_ASKS_WHO = re.compile(
    r"\b(?:who|whom|list of|names? of)\b.*\b(?:partners|(?:sub-?)?processors|providers|vendors"
    r"|suppliers|recipients|third parties)\b",
    re.IGNORECASE,
)
# What a link is called that leads to somebody's own policy: "Elmly's privacy policy".
_THEIR_POLICY = re.compile(
    rf"(?:[Tt]he )?({_NAME}?)(['’]s?)?(?: (?:Global|Customer|Consumer|Website|Online))?"
    r" [Pp]rivacy (?:[Pp]olicy|[Nn]otice|[Ss]tatement)\.?"
)
_THEIRS = re.compile(rf"({_NAME})['’]s? \Z")
# The policy that this one was made of names nobody who gets data.
_MODEL = re.compile(r"\b(?:adapt\w+|based on|inspired|borrow\w+|licen[cs]ed?)\b", re.IGNORECASE)
_NOT_COMPANIES = keys_of(
    "we you your our us it they this that these third party parties advertiser advertising "
    "whom which who "
    "provider providers service services partner partners business privacy policy policies cookie "
    "cookies law laws act regulation regulations gdpr ccpa eu eea uk us usa european economic area "
    "europe union states united kingdom california january february march april may june "
    "july august september october november december monday internet web site website account "
    "personal information data user users user's ip url html ad ads article id identifier device "
    "terms conditions notice statement court commission authority directive shield framework "
    "android ios windows http https do not track gpc dnt english with customer customers payment "
    "processor processors processing affiliates affiliate vendor vendors supplier suppliers "
    "network networks company companies group corporate legal compliance marketing analytics "
    "social media platform platforms app apps application software security professional "
    "advisor advisors advisers consultants public authorities government law enforcement "
    "standard contractual clauses binding rules agreement section category categories other "
    "contact support email name address phone credit card order orders if when where for in on "
    "at as by to the and or of content communication communications member members team teams "
    "integration integrations researcher researchers sale transfer transfers merger purpose "
    "purposes recipient recipients contractor contractors operator operators employee employees "
    "subsidiary subsidiaries parent host hosting cloud storage delivery shipping fraud "
    "prevention measurement performance functional necessary essential targeting targeted "
    "research survey surveys event events sponsor sponsors agency agencies bank banks insurer "
    "financial institution institutions publisher publishers developer developers "
    "client clients internal protection "
    "firefox chrome safari edge opera explorer edge browser browsers "
    "guarantees session preference preferences scc dpf api sdk sso "
    "global department commerce wifi dsgvo bdsg nai daa iab faq hipaa coppa cpra pii url cctv crm "
    "vpn tls ssl sms"
)
# Nor are their forms: "Acme Pte, Ltd" is no list.
_NO_NAMES = _NOT_COMPANIES | {key_of(word) for word in LEGAL_FORM_WORDS}
# The last word of a rule, a page or a thing, not of a company.
_THINGS = keys_of(
    "policy notice terms act regulation clauses rules framework shield principles agreement area "
    "directive law id identifier uuid page settings account preferences statement program store "
    "data cookie consent registration advertising alliance information use sale rights choices "
    "street str road layer"
)
_ACTIVITY = re.compile(
    r"^\w+(?:ing|[st]ion|ment|ors|ers)$"
)  # one word for what is done, or by whom
_MOST_MENTIONS = 600  # each is looked for in the whole text
_ABBREVIATION = 4  # letters
_OFTEN = 12  # mentions; who is named so often is the author, or what it sells
_LEAD = 400  # characters of a lead-in and what stands before it
_SHORT_ITEM = 80  # characters of a line that only names somebody


class _Mention(NamedTuple):
    """A name, and whether its form ("Ltd") or a link to its own site tells a company's."""

    name: str
    by_form: bool = False
    by_site: bool = False


def named_recipients(
    document: Document, disclosures: Sequence[Disclosure], book: AddressBook
) -> tuple[str, ...]:
    """Return the companies named in what the policy says about sharing and tracking, once each.

    A company is told by its form ("Ltd"), by a link on its name to its own site, as a capitalised
    name in a list of recipients, or at the head of an item under a heading or lead-in that
    promises recipients. It is written with a capital throughout and is not the author.
    """
    text = document.text
    small = cache(lambda: small_keys(text))  # few texts need it
    times = cache(text.count)
    found: dict[str, str] = {}
    mentions = dict.fromkeys(_mentions(document, disclosures, book))
    for mention in islice(mentions, _MOST_MENTIONS):
        name = _OPENING.sub("", re.sub(r"['’]s?$", "", mention.name))
        keys = tuple(key.split(".")[0] for key in text_keys(name) if key[0].isalnum())
        if "." in name and name.count(" ") == 0 and not mention.by_site:
            continue  # "Cedar.example" may only be a place to go to
        bare = keys[1:] if keys[:1] == ("the",) else keys
        if not bare or _NO_NAMES.issuperset(keys) or book.names.holds(bare):
            continue
        if is_place(name) or book.names_own_site(name):
            continue
        if not mention.by_form and (keys[-1] in _THINGS or book.names_own_site(name.split()[0])):
            continue
        if not (mention.by_form or mention.by_site) and (
            keys[0] in _NOT_COMPANIES
            or (name.isupper() and len(name) <= _ABBREVIATION)
            or _ACTIVITY.search(name)
            # what the policy names so often is what its author sells
            or (keys[0] not in WELL_KNOWN and times(name.split()[0]) >= _OFTEN)
            or small().issuperset(keys)
        ):
            continue
        found.setdefault(without_form(name).lower(), name)
    return tuple(found.values())


def _mentions(
    document: Document, disclosures: Sequence[Disclosure], book: AddressBook
) -> Iterator[_Mention]:
    text = document.text
    evident = _evident(document, disclosures)
    promised = _promised(document)
    for index, sentence in enumerate(document.sentences):
        words = sentence.span.of(text).translate(_UNMARKED)
        is_item = index in promised or evident.get(index, False)
        if is_item or index in evident:
            yield from _in_recipients(words, sentence.span, is_item, book)
        elif any(map(words.__contains__, _ENGAGING)):
            for match in _ENGAGED.finditer(words):
                yield from (mention._replace(by_form=False) for mention in _in_list(match.group(1)))
    yield from _in_headings(document)
    yield from _in_last_cells(document)
    yield from _by_their_policies(document, book)


def _in_headings(document: Document) -> Iterator[_Mention]:
    """Yield the recipients that have a heading each, below one that promises them."""
    for section in document.sections:
        above = "" if section.parent is None else document.sections[section.parent].heading
        if _OF_RECIPIENTS.search(above):
            yield from (
                _Mention(m.group(1), by_form=True) for m in _WITH_FORM.finditer(section.heading)
            )
        if _ASKS_WHO.search(above) and re.fullmatch(_NAME, section.heading):
            yield _Mention(section.heading)


def _in_last_cells(document: Document) -> Iterator[_Mention]:
    """Yield the names in the last column of tables whose last column is one of recipients."""
    for index, header in table_headers(document).items():
        block = document.blocks[index].span
        if header != block and _LAST_COLUMN.search(header.of(document.text)):
            cell = block.of(document.text).rpartition("|")[2].strip(" .")
            yield from (
                _Mention(name) for name in _IN_CELL.split(cell) if re.fullmatch(_NAME, name)
            )


def _by_their_policies(document: Document, book: AddressBook) -> Iterator[_Mention]:
    """Yield whose privacy policies the text links to: "Elmly's privacy policy"."""
    text = document.text
    for address in book.linked(Span(0, len(text))):
        if "rivacy" not in address.words or address.is_mail or book.is_own(address):
            continue
        start = address.span.start
        before = text[max(0, start - _LEAD) : start].rpartition("\n")[2]
        if _MODEL.search(before):
            continue
        if called := _THEIR_POLICY.fullmatch(address.words.strip()):
            by_site = any(book.named_sites(address.span))
            if by_site or called.group(2):
                yield _Mention(called.group(1), by_site=by_site)
        elif address.words.lower().startswith("privacy") and (whose := _THEIRS.search(before)):
            yield _Mention(whose.group(1))


def _evident(document: Document, disclosures: Sequence[Disclosure]) -> dict[int, bool]:
    """Return the sentences that tell of sharing, each with whether it is the item of a list."""
    starts = [sentence.span.start for sentence in document.sentences]
    evident: dict[int, bool] = {}
    for disclosure in disclosures:
        if disclosure.type in _SHARING and disclosure.stance is Stance.SAID:
            for passage in disclosure.evidence:
                index = bisect_right(starts, passage.span.start) - 1
                is_whole = passage.span == document.sentences[index].span
                is_item = is_whole and passage.context is not None
                evident[index] = evident.get(index, False) or is_item
    return evident


def _in_recipients(words: str, span: Span, is_item: bool, book: AddressBook) -> Iterator[_Mention]:
    for address in book.named_sites(span):
        if re.fullmatch(_NAME, address.words.strip()):
            yield _Mention(address.words.strip(), by_site=True)
    for match in _WITH_FORM.finditer(words):
        yield _Mention(match.group(1).strip(), by_form=True)
    for match in _LISTED.finditer(words):
        yield from _in_list(match.group(1))
    if is_item and (head := _AT_HEAD.match(words)):
        yield _Mention(head.group(1), by_form=_HAS_FORM.search(head.group(1)) is not None)


def _in_list(words: str) -> Iterator[_Mention]:
    """Yield the names of a list: "Birch, Inc. for billing (Norway) and Cedar"."""
    for formed, bare in _LISTED_NAME.findall(words):
        yield _Mention(formed or bare, by_form=bool(formed))


def _promised(document: Document) -> set[int]:
    """Return which items and short lines have a heading or lead-in that promises recipients.

    They are given by the indexes of their sentences.
    """
    promises = [_OF_RECIPIENTS.search(section.heading) is not None for section in document.sections]
    for section in document.sections:
        if section.parent is not None:
            promises[section.index] |= promises[section.parent]
    headers = table_headers(document)
    of_recipients = {
        index
        for index, header in headers.items()
        if header != document.blocks[index].span
        and _RECIPIENT_COLUMN.match(document.text, header.start, header.end)
    }
    # Many items complete one lead-in.
    leads = cache(lambda lead_in: _leads_to_recipients(document, document.sentences[lead_in]))
    promised: set[int] = set()
    for index, sentence in enumerate(document.sentences):
        block = document.blocks[sentence.block]
        if sentence.span.start != block.span.start:
            continue
        is_item = block.kind is BlockKind.LIST_ITEM or block.kind is BlockKind.TABLE_ROW
        is_line = block.span.end - block.span.start < _SHORT_ITEM
        if sentence.block in of_recipients or (
            (is_item or is_line)
            and (
                promises[sentence.section]
                or (sentence.lead_in is not None and leads(sentence.lead_in))
            )
        ):
            promised.add(index)
    return promised


def _leads_to_recipients(document: Document, lead_in: Sentence) -> bool:
    """Return whether a lead-in promises recipients, or the sentences of its paragraph before it."""
    start = max(document.blocks[lead_in.block].span.start, lead_in.span.end - _LEAD)
    return _OF_RECIPIENTS.search(document.text, start, lead_in.span.end) is not None
