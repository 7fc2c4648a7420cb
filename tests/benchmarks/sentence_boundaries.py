#!/usr/bin/env python3
"""How well do we find where sentences end, beside what others find on the same lines?

    sentence_boundaries.py GOLD.json [--show]

GOLD is a list of objects with ``text`` and ``starts``, the offsets at which its sentences start.
Compared are the starts inside a text: the first one is no finding. The others are Punkt without
training, textstat's rule, and nupunkt where it is installed, which we do not depend on.
``--show`` prints what we get wrong: ``+`` a start that is none, ``-`` one that was missed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from nltk.tokenize.punkt import PunktSentenceTokenizer

from reader.sentences import split_sentences

Splitter = Callable[[str], Iterable[int]]

# textstat only counts sentences: for version 0.7.13 one goes to the next mark, wherever that is.
# Those of two words or fewer it then leaves out of the number, which moves no boundary.
_AFTER_A_MARK = re.compile(r"[.!?][^\w.!?]*+(?=\w)")


def main() -> None:
    """Print precision, recall and F1 of each splitter."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    samples = json.loads(arguments.gold.read_text(encoding="utf-8"))
    texts = [sample["text"] for sample in samples]
    wanted = [set(sample["starts"]) - {0} for sample in samples]
    print(f"{len(texts)} texts, {sum(map(len, wanted))} starts inside them")
    for name, starts_of in _splitters().items():
        if starts_of is None:
            print(f"{name:18} not installed")
            continue
        print(f"{name:18} {_compare([set(starts_of(text)) - {0} for text in texts], wanted)}")
    if arguments.show:
        _show(texts, wanted)


def _splitters() -> dict[str, Splitter | None]:
    punkt = PunktSentenceTokenizer()
    return {
        "ours": lambda text: (start for start, _ in split_sentences(text)),
        "Punkt, untrained": lambda text: (start for start, _ in punkt.span_tokenize(text)),
        "nupunkt": _nupunkt(),
        "textstat": lambda text: (mark.end() for mark in _AFTER_A_MARK.finditer(text)),
    }


def _nupunkt() -> Splitter | None:
    try:
        from nupunkt import sent_spans
    except ImportError:
        return None
    return lambda text: (start for start, _ in sent_spans(text))


def _compare(found: list[set[int]], wanted: list[set[int]]) -> str:
    right = sum(len(ours & gold) for ours, gold in zip(found, wanted, strict=True))
    precision = right / max(1, sum(map(len, found)))
    recall = right / max(1, sum(map(len, wanted)))
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def _show(texts: list[str], wanted: list[set[int]]) -> None:
    for text, gold in zip(texts, wanted, strict=True):
        ours = {start for start, _ in split_sentences(text)} - {0}
        for start in sorted(ours ^ gold):
            sign = "+" if start in ours else "-"
            print(f"{sign} {text[max(0, start - 50) : start]!r} | {text[start : start + 40]!r}")


if __name__ == "__main__":
    main()
