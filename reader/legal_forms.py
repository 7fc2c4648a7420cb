"""The legal forms of companies, as they stand behind a name: "Ltd", "GmbH", "S.à r.l."."""

from __future__ import annotations

import re

# Small and capital letters count; a dot or blank may be left out, and a last dot may follow.
_FORMS = (
    """
Inc|INC|Incorporated|Corp|CORP|Corporation|Co|Ltd|LTD|Limited|L.L.C|LLP|L.P|plc|PLC|Pty|Pte|Pvt
GmbH & Co. KG|GmbH|AG|KG|S.A|S.A.S|S.A.R.L|S.a.r.l|S.à r.l|S.R.L|S.r.l|S.p.A|S.L|Ltda|B.V|N.V
AB|A/S|ApS|AS|ASA|Oy|Oyj|OÜ|SE|DOOEL|Kft
""".strip()
    .replace("\n", "|")
    .split("|")
)
# Those that may be cut short, or must not stand where they mean something else.
_GUARDED = {
    "GmbH & Co. KG": r"GmbH & Co(?:\.? KG)?",
    "N.V": r"N\.?V(?! ?\d)",  # "Las Vegas, NV 89101"
    "SE": r"SE(?!-\d)",  # "SE-221 00 Lund"
    "AS": r"(?<=[a-z] )AS",  # "UNTIL SUCH TIME AS"
}
_ANY = "|".join(
    _GUARDED.get(form, re.escape(form).replace(r"\.", r"\.?").replace(r"\ ", " ?"))
    for form in sorted(_FORMS, key=len, reverse=True)
)
LEGAL_FORM = rf"(?:{_ANY})\b"
"""A regular expression for one of them, without the dot behind it."""
LEGAL_FORM_WORDS = frozenset(re.sub(r"[./ ]", "", form).lower() for form in _FORMS)
"""The same as words of small letters."""
_AT_END = re.compile(rf"(?:,? {LEGAL_FORM}\.?)+\W*\Z")


def without_form(name: str) -> str:
    """Return a company's name without the forms at its end: "Acme Pty Ltd." is "Acme"."""
    return _AT_END.sub("", name)
