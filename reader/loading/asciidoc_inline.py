"""AsciiDoc within a paragraph: marks, links, attributes and signs become runs of words.

Each mark is looked at once and nothing is looked for twice, so no text can make this slow.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from reader.loading.drafts import Run
from reader.loading.limits import check_length

_SIGNS = {
    "amp": "&",
    "apos": "'",
    "asterisk": "*",
    "backslash": "\\",
    "backtick": "`",
    "blank": "",
    "caret": "^",
    "cpp": "C++",
    "deg": "°",
    "empty": "",
    "endsb": "]",
    "gt": ">",
    "hyphen": "-",
    "ldquo": "“",
    "lsquo": "‘",
    "lt": "<",
    "nbsp": "\N{NO-BREAK SPACE}",
    "plus": "+",
    "quot": '"',
    "rdquo": "”",
    "rsquo": "’",
    "sp": " ",
    "startsb": "[",
    "tilde": "~",
    "vbar": "|",
    "wj": "",
    "zwsp": "",
}
"""The attributes that every document has."""

_ATTRIBUTE = re.compile(r"(?<!\\)\{([A-Za-z0-9_][\w-]{0,60})\}")
_MAX_VALUE = 1_000
# Not spaces, and none of what begins or ends a link's words.
_ADDRESS = r"(?:https?|ftp)://[^\s\[\]<>\"]{1,500}"
_MAIL = r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
_WORDS = r"\[(?P<{}>(?:[^\]\\\n]|\\.){{0,500}})\]"
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<comment>\(\(\([^()]{0,200}\)\)\))",
            r"\(\((?P<term>[^()]{1,200})\)\)",
            r"(?P<raw>\+\+\+(?P<raw_words>[^+]{1,500})\+\+\+)",
            r"\+\+(?P<as_is>[^+]{1,500})\+\+",
            r"(?<![\w+])\+(?P<as_it_is>[^\s+](?:[^+]{0,300}[^\s+])?)\+(?![\w+])",
            r"pass:[a-z,]{0,9}" + _WORDS.format("passed"),
            r"\\(?P<escaped>[*_`#^~+{<\[\\]|(?:https?|link|mailto|xref|image|footnote)(?=:))",
            r"<(?P<angled>" + _ADDRESS + r")>",
            r"<(?P<angled_mail>" + _MAIL + r")>",
            r"(?:link:)?(?P<address>"
            + _ADDRESS
            + r"(?<![.,;:!?'*_`)]))(?:"
            + _WORDS.format("address_words")
            + ")?",
            r"(?:link:|(?=mailto:))(?P<target>[^\s\[\]]{1,500})" + _WORDS.format("target_words"),
            r"(?P<mail>(?<![\w.+/-])" + _MAIL + r")(?!\[)",
            r"<<(?P<place>[^<>,\n]{1,200})(?:,(?P<place_words>[^<>]{1,300}))?>>",
            r"xref:(?P<xref>[^\s\[\]]{1,300})" + _WORDS.format("xref_words"),
            r"footnote:[\w-]{0,60}" + _WORDS.format("footnote"),
            r"image:(?!:)[^\s\[\]]{1,500}" + _WORDS.format("picture"),
            r"(?:kbd|btn|stem|latexmath|asciimath):" + _WORDS.format("named"),
            r"(?P<silent>(?:icon|anchor|indexterm|indexterm2):[^\s\[\]]{0,300}\[[^\]\n]{0,300}\])",
            r"(?P<anchor>\[\[[\w:.,' -]{1,200}\]\])",
            r"(?P<role>\[[.%][\w.% -]{1,100}\](?=[#*_`]))",
            r"(?P<entity>&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,12}\d{0,2});)",
            r"(?P<quote>\"`|`\"|'`|`')",
            r"(?P<sign>\((?:C|R|TM)\)|(?<=\w)--(?=\w)|(?<=\s)--(?=\s))",
            r"(?P<mark>\*{1,2}|_{1,2}|`{1,2}|#{1,2}|\^|~)",
        )
    )
)
_QUOTES = {'"`': "“", '`"': "”", "'`": "‘", "`'": "’"}
_SIGN_WORDS = {"(C)": "©", "(R)": "®", "(TM)": "™", "--": "—"}
_SINGLE = ("*", "_", "`", "#", "^", "~")
_CLOSERS = {
    **{mark: re.compile(rf"(?<=\S){re.escape(mark)}(?![\w{re.escape(mark)}])") for mark in _SINGLE},
    **{mark: re.compile(rf"(?<=\S){re.escape(mark)}") for mark in ("^", "~")},
    **{2 * mark: re.compile(re.escape(2 * mark)) for mark in _SINGLE[:4]},
}
_NAMED = re.compile(r"\b(?:window|role|opts|id|subs|title|rel|width|height|link|align)\s*=")


@dataclass(slots=True)
class Names:
    """What a document calls things: its attributes, the titles of its places, its footnotes."""

    attributes: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    footnotes: list[str] = field(default_factory=list)

    def define(self, name: str, value: str) -> None:
        """Give an attribute its value; what it refers to is looked up now, and never again."""
        self.attributes[name.lower()] = self.filled(value)[:_MAX_VALUE]

    def filled(self, words: str) -> str:
        """Return ``words`` with the values of attributes; an unknown one stays as it stands.

        Raises:
            TooLargeError: that makes more of them than a document may hold.
        """
        if "{" not in words:
            return words
        filled = _ATTRIBUTE.sub(self._value, words)
        check_length(len(filled))
        return filled

    def _value(self, reference: re.Match[str]) -> str:
        name = reference[1].lower()
        return self.attributes.get(name, _SIGNS.get(name, reference[0]))


def runs_of(source: str, names: Names) -> list[Run]:
    """Return what a reader sees of ``source``, a paragraph's lines joined by spaces."""
    words = names.filled(source)
    return [run for run in _Reading(words, names).runs() if run.text]


class _Reading:
    """One walk over the words of a paragraph: which marks are open, and where each may close."""

    def __init__(self, words: str, names: Names) -> None:
        self._words = words
        self._names = names
        self._open: set[str] = set()
        self._closers: dict[str, list[int]] = {}

    def runs(self) -> Iterator[Run]:
        at = 0
        for token in _TOKEN.finditer(self._words):
            yield self._run(self._words[at : token.start()])
            yield from self._read(token)
            at = token.end()
        yield self._run(self._words[at:])

    def _run(self, words: str, target: str | None = None) -> Run:
        bold, italic = bool(self._open & {"*", "**"}), bool(self._open & {"_", "__"})
        return Run(words, bold=bold, italic=italic, target=target)

    def _read(self, token: re.Match[str]) -> Iterator[Run]:
        kind = token.lastgroup or ""
        if kind == "mark":  # most are
            if not self._turns(token[kind], token):
                yield self._run(token[kind])
            return
        found = {name: words for name, words in token.groupdict().items() if words is not None}
        match found:
            case {"address": address}:
                yield from self._link(address, found.get("address_words"))
            case {"angled": address}:
                yield self._run(address, address)
            case {"target": target, "target_words": words}:
                yield from self._link(target, words)
            case {"mail": address} | {"angled_mail": address}:
                yield self._run(address, f"mailto:{address}")
            case {"place": place}:
                yield self._run(self._titled(place, found.get("place_words")), f"#{place}")
            case {"xref": place, "xref_words": words}:
                yield self._run(self._titled(place, words), f"#{place}")
            case {"footnote": words}:
                if words:
                    self._names.footnotes.append(words)
                    yield self._run(f" [{len(self._names.footnotes)}]")
            case {"picture": words}:
                yield self._run(_first_value(words))
            case {"raw_words": words}:
                yield self._run(re.sub(r"<[^<>]{0,500}>", "", words))
            case {"entity": entity}:
                yield self._run(html.unescape(entity))
            case {"quote": mark}:
                yield self._run(_QUOTES[mark])
            case {"sign": sign}:
                yield self._run(_SIGN_WORDS[sign])
            case _ if kind not in ("comment", "silent", "anchor", "role"):
                yield self._run(found[kind])

    def _turns(self, mark: str, token: re.Match[str]) -> bool:
        """Return whether a mark opens or closes a look; one that does neither is a letter."""
        start, end = token.span()
        before, after = self._words[start - 1 : start], self._words[end : end + 1]
        if mark in self._open and before.strip():
            if len(mark) == 2 or mark in "^~" or not _is_word(after):
                self._open.remove(mark)
                return True
            return False
        if mark in self._open or not after.strip():
            return False
        if len(mark) == 1 and mark not in "^~" and (_is_word(before) or before in (":", ";", "}")):
            return False
        if mark not in self._closers:
            self._closers[mark] = [at.start() for at in _CLOSERS[mark].finditer(self._words)]
        closers = self._closers[mark]
        following = bisect_right(closers, end)
        if following == len(closers):
            return False
        if mark in "^~" and " " in self._words[end : min(closers[following], end + 100)]:
            return False
        self._open.add(mark)
        return True

    def _link(self, target: str, words: str | None) -> Iterator[Run]:
        shown = _first_value(words or "") or target.removeprefix("mailto:")
        for run in _Reading(shown, self._names).runs() if words else (self._run(shown),):
            bold, italic = run.bold or self._run("").bold, run.italic or self._run("").italic
            yield Run(run.text, bold=bold, italic=italic, target=target)

    def _titled(self, place: str, words: str | None) -> str:
        """Return the words of a reference: its own, or the title of the place that it names."""
        own = _first_value(words or "").strip()
        key = place.rpartition("#")[2] or place
        return own or self._names.places.get(key, key)


def _first_value(words: str) -> str:
    """Return the words of a macro without the named values behind them."""
    shown = words.replace("\\]", "]")
    named = _NAMED.search(shown)
    if named:
        shown = shown[: named.start()].rstrip(" ,")
    elif shown.startswith('"') and shown.endswith('"'):
        shown = shown[1:-1]
    return shown.removesuffix("^")


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def place_names(heading: str) -> tuple[str, str]:
    """Return by which names a heading can be referred to: made from its words, and these."""
    made = re.sub(r"[^\w .-]", "", heading.lower())
    return "_" + re.sub(r"[ .-]+", "_", made).strip("_"), heading
