"""The addresses that stand in a policy's words, and whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from reader.disclosures.names import OwnNames, own_names
from reader.model import Document, Link, Span

_LONGEST_MAILBOX = 64
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_BEFORE_AT = re.compile(r"[\w.+-]{1,64}\Z")
# Spelled so that robots miss it: "post [at] larch.example", "post (at) larch (dot) example".
# Begins with the bracket, for which a text is looked through five times faster.
_SPELLED_AT = re.compile(r"[\[(] ?at ?[\])] ?", re.IGNORECASE)
_SPELLED_DOT = re.compile(r" ?[\[(] ?dot ?[\])] ?", re.IGNORECASE)
_SPELLED_HOST = re.compile(
    rf"[\w-]{{1,63}}(?:(?:\.|{_SPELLED_DOT.pattern})[\w-]{{1,63}}){{1,5}}", re.IGNORECASE
)
_WRITTEN = re.compile(EMAIL.pattern + r"|https?://[^\s<>\"'“”‘’()]+[^\s<>\"'“”‘’().,;:!?]")
_OBFUSCATED = "/cdn-cgi/l/email-protection"  # opens nothing without the page's script
_LONGEST_MAILTO = 200
_INTO_THE_POLICY = 3  # so many fragments of one page make it a table of contents
_OFTEN = 3
_COMMON_HOSTS = frozenset(
    "google.com facebook.com apple.com microsoft.com adobe.com twitter.com mozilla.org youtube.com"
    " linkedin.com instagram.com amazon.com europa.eu archive.org".split()
)


class Address(NamedTuple):
    """An address in the text: the words it stands on and its ``mailto:`` or ``http(s):`` target."""

    span: Span
    words: str
    target: str

    @property
    def is_mail(self) -> bool:
        """Return whether it opens an e-mail."""
        return self.target.startswith("mailto:")

    @property
    def host(self) -> str:
        """Return the registered part of the host, "shop.example" of "www.shop.example"."""
        return _site_of(self.target)

    @property
    def path(self) -> str:
        """Return what names a page of the site, or the mailbox of an e-mail address."""
        if self.is_mail:
            return self.target.removeprefix("mailto:").split("@")[0]
        parts = _split(self.target)
        subdomain = (parts.hostname or "").removesuffix(self.host)
        return f"{subdomain} {parts.path} {parts.query} {parts.fragment}"


class AddressBook:
    """The addresses of a document, and which sites are its author's own.

    ``names`` are those of the author.
    """

    def __init__(self, document: Document, names: OwnNames | None = None) -> None:
        self.names = own_names(document) if names is None else names
        self._text = document.text
        usable = (
            link for link in document.links if _OBFUSCATED not in link.target and _opens(link)
        )
        self._links = sorted(usable, key=lambda link: link.span)
        self._starts = [link.span.start for link in self._links]
        pages: defaultdict[str, set[str]] = defaultdict(set)
        for link in self._links:
            page, _, fragment = link.target.partition("#")
            if fragment:
                pages[page].add(fragment)
        self._own_pages = {page for page, marks in pages.items() if len(marks) >= _INTO_THE_POLICY}
        self._mailboxes = tuple(self._find_mailboxes())
        self._own_sites = self._find_own_sites()

    def inside(self, span: Span) -> Iterator[Address]:
        """Yield the addresses that stand in ``span``, without home pages and the policy itself."""
        covered = []
        for address in self.linked(span):
            covered.append(address.span)
            if not self._leads_nowhere(address):
                yield address
        for address in self._written(span):
            if any(address.span.overlaps(link) for link in covered):
                continue
            if not self._leads_nowhere(address):
                yield address

    def linked(self, span: Span) -> Iterator[Address]:
        """Yield the links that touch ``span``; they do not overlap each other."""
        first = max(0, bisect_left(self._starts, span.start) - 1)
        for link in self._links[first : bisect_left(self._starts, span.end)]:
            if span.overlaps(link.span):
                yield Address(link.span, link.span.of(self._text), _clean(link.target))

    def _written(self, span: Span) -> Iterator[Address]:
        """Yield the addresses written out in ``span``; most sentences are seen to hold none."""
        text, start, end = self._text, span.start, span.end
        if text.find("@", start, end) >= 0 or text.find("://", start, end) >= 0:
            for match in _WRITTEN.finditer(text, start, end):
                words = match.group()
                target = words if "://" in words else f"mailto:{words.rstrip('.')}"
                yield Address(Span(*match.span()), words, target)
        for place, mailbox in _spelled_emails(text, span):
            yield Address(place, place.of(text), f"mailto:{mailbox}")

    def is_own(self, address: Address) -> bool:
        """Return whether the address leads to the policy's author."""
        return address.host in self._own_sites

    def names_own_site(self, name: str) -> bool:
        """Return whether ``name`` is what an own site is called: "Larch" of larch.example."""
        letters = _letters(name)
        return any(_letters(site.split(".")[0]) == letters for site in self._own_sites)

    def named_sites(self, span: Span) -> Iterator[Address]:
        """Yield the links of ``span`` whose words begin with the name of the site they lead to."""
        for address in self.linked(span):
            name, site = _letters(address.words), _letters(address.host.split(".")[0])
            if not address.is_mail and len(site) > 1 and name.startswith(site):
                yield address

    def mailboxes(self) -> tuple[str, ...]:
        """Return the e-mail addresses of the text, then those of its links; repeats too."""
        return self._mailboxes

    def _find_mailboxes(self) -> Iterator[str]:
        for mailbox in _emails_in(self._text):
            yield mailbox.rstrip(".")
        for _, mailbox in _spelled_emails(self._text, Span(0, len(self._text))):
            yield mailbox
        for link in self._links:
            if link.target.lower().startswith("mailto:"):
                yield from EMAIL.findall(unquote(link.target))

    def _leads_nowhere(self, address: Address) -> bool:
        if address.is_mail:
            return False
        page = address.target.partition("#")[0]
        is_home = not _split(page).path.strip("/") and page.count(".") - page.count("www.") <= 1
        return page in self._own_pages or (is_home and self.is_own(address))

    def _find_own_sites(self) -> frozenset[str]:
        """Return the sites that bear the author's name or mailbox, or that most links lead to."""
        linked = Counter(_site_of(link.target) for link in self._links)
        linked.pop("", None)
        own = {site for site in linked if self.names.holds((site.split(".")[0],))}
        own.update(_site_of(f"mailto:{mailbox}") for mailbox in self._mailboxes)
        for site, times in linked.most_common(1):
            if times >= _OFTEN:
                own.add(site)
        return frozenset(own if len(own & _COMMON_HOSTS) == len(own) else own - _COMMON_HOSTS)


def _emails_in(text: str) -> Iterator[str]:
    """Yield what ``EMAIL`` finds in a text; it would try each letter of a text without an "@"."""
    done = 0
    at = text.find("@")
    while at >= 0:
        before = _BEFORE_AT.search(text, max(done, at - _LONGEST_MAILBOX), at)
        found = EMAIL.match(text, before.start()) if before else None
        if found:
            yield found.group()
            done = found.end()
        at = text.find("@", max(at + 1, done))


def _spelled_emails(text: str, span: Span) -> Iterator[tuple[Span, str]]:
    """Yield the addresses in ``span`` that are spelled with "[at]", and what they stand for."""
    for at in _SPELLED_AT.finditer(text, span.start, span.end):
        end = at.start() - text.startswith(" ", max(0, at.start() - 1))
        before = _BEFORE_AT.search(text, max(span.start, end - _LONGEST_MAILBOX), end)
        host = _SPELLED_HOST.match(text, at.end(), span.end)
        if before and host:
            place = Span(before.start(), host.end())
            yield place, f"{before.group()}@{_SPELLED_DOT.sub('.', host.group())}"


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).lower()


def _opens(link: Link) -> bool:
    return link.target.lower().startswith(("http://", "https://", "mailto:"))


def _clean(target: str) -> str:
    """Return the target as a mail program takes it: "mailto://a@b" and "mailto:%20a@b" mend."""
    if not target.lower().startswith("mailto:"):
        return target
    found = EMAIL.search(unquote(target[:_LONGEST_MAILTO]))
    return f"mailto:{found.group()}" if found else target


def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError:  # a bracket that opens no IPv6 address
        return urlsplit("")


def _site_of(target: str) -> str:
    if target.lower().startswith("mailto:"):
        host = target.rpartition("@")[2]
    else:
        host = _split(target).hostname or ""
    labels = host.lower().split(".")
    short_second = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
    return ".".join(labels[-3:] if short_second else labels[-2:])


def distinct(found: Iterable[str]) -> tuple[str, ...]:
    """Return the words once each, as first written, without regard to case."""
    kept: dict[str, str] = {}
    for words in found:
        kept.setdefault(words.lower(), words)
    return tuple(kept.values())
