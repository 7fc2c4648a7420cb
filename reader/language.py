"""Which language a text is in, and whether we can read it: only English, so far.

The share of a language's commonest words decides; for other alphabets, the script.
"""

from __future__ import annotations

import re
from collections import Counter

_MIN_WORDS = 40
_SAMPLE = 20_000
"""Characters looked at, from each of the start, the middle and the end of the text."""
_MIN_ENGLISH = 0.2
_MIN_OTHER = 0.12
_LETTER = re.compile(r"[^\W\d_]")
_ASCII = bytes(range(128))
_BLANKS_FOR_SIGNS = bytes(
    code if code > 127 or chr(code).isalpha() else ord(" ") for code in range(256)
)

# Looked for among encoded words: Python takes text apart several times faster as bytes.
_STOP_WORDS: dict[str, frozenset[bytes]] = {
    code: frozenset(words.encode().split())
    for code, words in {
        "en": "the of and to in a is that for it as with be by on are this or not have from at "
        "which we you your our us they their may will any can when if other these who how",
        "de": "der die das und ist von den zu mit auf für nicht ein eine einer im dem des sich "
        "wir sie werden wird oder bei durch zur nach über auch als ihre unsere",
        "fr": "le la les de des du et en un une est pour que qui dans par sur au aux nous vous "
        "votre vos nos notre ou ne pas ces cette sont avec données",
        "es": "el la los las de del y en un una es para que por con se su sus nuestro nuestra al "
        "o no como más este esta estos usted datos lo si",
        "it": "il la le i gli di del della dei delle e in un una è per che con si nostro nostra "
        "dati o non come al alla nel da sono tuoi suoi questo",
        "pt": "o a os as de do da dos das e em um uma é para que por com se seu sua nosso nossa "
        "ao não como ou mais seus dados você pelo",
        "nl": "de het een en van in is op te dat voor met zijn wij je u uw of niet aan door worden "
        "deze onze ons ook om bij kan als",
        "sv": "och att i det som en på är av för med den till inte om ett vi du din dina eller kan "
        "har våra vår dig från",
        "no": "og å i det som en på er av for med den til ikke om et vi du din dine eller kan har "
        "våre vår deg fra",
        "da": "og at i det som en på er af for med den til ikke om et vi du din dine eller kan har "
        "vores dig fra",
        "pl": "i w z na do nie się o jest że oraz lub dla przez od są po za ich które danych "
        "jako przy",
        "cs": "a v na je se o že do pro s z k nebo jsou jako za od při které údajů vaše nebo by",
        "fi": "ja on ei se että tai joka ovat sekä voi myös kun jos tämän tietoja me sinun",
        "tr": "ve bir bu için ile olarak veya da de olan gibi daha kişisel en ise kadar",
    }.items()
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_MIN_SCRIPT_SHARE = 0.3
_JAPANESE_SHARE = 0.05


def detect_language(text: str) -> tuple[str, bool]:
    """Return the code of the text's language ('und' if unknown) and whether we can read it.

    Under 40 words nothing is certain, and a text in Latin letters is taken for English.
    """
    sample = _sample(text)
    script = _script(sample)
    if script:
        return script, False
    words = _words(sample.lower())
    if len(words) < _MIN_WORDS:
        return "en", True
    times = Counter(words)
    shares = {
        code: sum(times[word] for word in stop_words) / len(words)
        for code, stop_words in _STOP_WORDS.items()
    }
    best = max(shares, key=lambda code: shares[code])
    if best == "en":
        return ("en", True) if shares[best] >= _MIN_ENGLISH else ("und", False)
    return (best if shares[best] >= _MIN_OTHER else "und"), False


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _words(text: str) -> list[bytes]:
    """Return the runs of letters in ``text``, encoded."""
    for sign in set(_beyond_ascii(text)):
        if not _LETTER.match(sign):
            text = text.replace(sign, " ")
    return text.encode("utf-8", "surrogatepass").translate(_BLANKS_FOR_SIGNS).split()


def _beyond_ascii(text: str) -> str:
    """Return the characters of ``text`` that are not ASCII."""
    encoded = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return encoded.decode("utf-8", "surrogatepass")


def _script(sample: str) -> str | None:
    """Return the language that the letters alone give away, None for Latin ones."""
    others = _beyond_ascii(sample)
    counts = {code: len(pattern.findall(others)) for code, pattern in _SCRIPTS}
    if not any(counts.values()):
        return None
    letters = sum(map(str.isalpha, sample)) or 1
    if counts["ja"] > _JAPANESE_SHARE * letters:
        return "ja"
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > _MIN_SCRIPT_SHARE * letters else None
