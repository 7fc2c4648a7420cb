"""The levels of headings that the names of word processors' styles tell, in any language.

Word and LibreOffice keep the names of their own styles in English. Other programs, and templates
that were made by hand, write them in their own language: "Überschrift 2", "Titre 1".
"""

from __future__ import annotations

import re

_HEADING_WORDS = (
    "heading|überschrift|ueberschrift|titre|título|titulo|encabezado|titolo|intestazione|kop"
    "|rubrik|overskrift|otsikko|nagłówek|naglowek|nadpis|címsor|titlu|заголовок|başlık|antraštė"
    "|επικεφαλίδα|naslov|見出し|标题|標題|제목|عنوان|כותרת|judul|tiêu đề"
)
_HEADING = re.compile(rf"(?:{_HEADING_WORDS}) ?([1-9])(?:[ ,;(].{{0,40}})?", re.IGNORECASE)
_TITLES = frozenset(
    "title titel titre título titulo titolo tittel otsikko tytuł tytul název nazev názov cím titlu "
    "название заголовок başlık τίτλος naslov 表題 标题 標題 제목 العنوان כותרת judul".split()
)


def heading_level_of(name: str) -> int:
    """Return the level from 1 to 9 of the headings that a style of this ``name`` makes, else 0."""
    found = _HEADING.fullmatch(name.strip())
    return int(found[1]) if found else 0


def is_title_name(name: str) -> bool:
    """Return whether a style of this ``name`` is that of a document's title."""
    return name.strip().lower() in _TITLES
