"""Words of a stranger's policy made harmless for the format that they are written in.

Nothing that a policy says may become a formula, a tag, a link or markup where its report is opened.
"""

from __future__ import annotations

import html
import re

from reader.summary import clean_line

# Spreadsheets take a cell for a formula by its first character; some do by the wide forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What Markdown obeys: these signs anywhere, a colon before a word, as in "https:" and ":smile:",
# and at the head of a line the signs of lists, rules and definitions.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#|~&!]|:(?=\S)|^[-+=:]")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")
# Where numbers have a decimal comma, spreadsheets may part the cells at semicolons, quoted or not.
_NEXT_CELL = re.compile(r";(?=[=+\-@＝＋－＠])")


def csv_cell(words: str) -> str:
    """Return ``words`` on one line, such that no spreadsheet takes them for a formula."""
    line = _NEXT_CELL.sub(";'", clean_line(words))
    return f"'{line}" if line.startswith(_FORMULA) else line


def html_text(words: str) -> str:
    """Return ``words`` on one line as the text of an element or the value of an attribute."""
    return html.escape(clean_line(words))


def html_stretch(words: str) -> str:
    """Return ``words`` as ``html_text`` does, with a space at either end that has white space."""
    before, after = (" " if end.isspace() else "" for end in (words[:1], words[-1:]))
    return f"{before}{html_text(words)}{after}" if words.strip() else before


def markdown_text(words: str) -> str:
    """Return ``words`` on one line, such that Markdown reads them as they stand.

    The colon behind "https" and the like is escaped as well, so that nothing but a bare e-mail
    address or a name that begins with "www" can become a link, and only in some dialects.
    """
    return _LIST_NUMBER.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", clean_line(words)))
