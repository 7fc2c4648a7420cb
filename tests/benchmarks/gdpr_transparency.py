"""Measure disclosures against passages annotated for the requirements of GDPR Art. 13 and 14.

    python tests/benchmarks/gdpr_transparency.py FOLDER [REQUIREMENT]

``FOLDER`` holds ``passages.part*.jsonl``: one passage a line with its policy, type, text and
annotations. Each policy is put together again from its passages, as Markdown, and read once as a
whole, since lists lean on their lead-ins and fragments on their headings. A passage is predicted
to state a requirement when evidence of one of the types that stand for it lies in the passage.
Prints precision, recall and F1 of passages for each requirement, and over all of them; with a
requirement, its wrong passages too.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from reader import analyze_text

# Which of our types say what a requirement asks for; a name ending in "." stands for a topic, and
# "type/rule" for what one rule of a type finds. The name of the controller is no disclosure, so
# that requirement has none and is not measured. Consent is a legal ground (Art. 6 (1) a), so the
# types that tell of it stand for the legal basis too. Under "Mandatory Data Disclosure" the
# annotators marked what a person must give (Art. 13 (2) e), and more often what the law makes the
# company disclose; under "Legitimate Interests" the interests themselves, most often the protection
# of the company's own rights. Of 327 copies of sentences marked as the former they marked 51, of
# 162 for the latter 31: no reader of the words alone can come above an F1 of 0.5 there.
TYPES = {
    "Controller Contact": ("contact.privacy",),
    "DPO Contact": ("contact.officer",),
    "Processing Purpose": ("use.",),
    "Data Categories": ("collect.",),
    "Source of Data": ("collect.from-others",),
    "Legal Basis for Processing": ("rights.legal-basis", "choice.consent", "share.with-consent"),
    "Legitimate Interests for Processing": (
        "rights.legal-basis/legitimate-interest",
        "handover.protect",
    ),
    "Data Recipients": ("share.", "handover.", "sell.", "track.third-party"),
    "Third-country Transfers": ("where.transfer", "where.safeguards"),
    "Data Retention Period": ("keep.",),
    "Right to Access": ("rights.access",),
    "Right to Rectification": ("rights.correct",),
    "Right to Erasure": ("rights.delete",),
    "Right to Restrict": ("rights.object",),
    "Right to Object": ("rights.object", "choice.marketing-opt-out"),
    "Right to Portability": ("rights.portability",),
    "Right to Withdraw Consent": ("choice.consent",),
    "Right to Lodge Complaint": ("rights.complain",),
    "Mandatory Data Disclosure": ("choice.refuse-costs", "handover.legal"),
    "Automated Decision-Making": ("use.profiling",),
}


class Row(NamedTuple):
    """One passage: its words, the requirements annotated in it and those predicted, with rules."""

    text: str
    stated: frozenset[str]
    predicted: dict[str, list[str]]


def main(folder: Path, shown: str | None) -> None:
    """Print the figures of all requirements, and the wrong passages of ``shown``."""
    policies: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted(folder.glob("passages.part*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            policies[passage["policy"]].append(passage)
    with ProcessPoolExecutor() as pool:
        rows = [row for policy in pool.map(read_policy, policies.values()) for row in policy]
    total: Counter[str] = Counter()
    print(f"{len(policies)} policies, {len(rows)} passages")
    for requirement in TYPES:
        count = Counter(_outcome(row, requirement) for row in rows)
        total.update(count)
        print(f"{requirement:36} {_figures(count)}")
    print(f"{'all':36} {_figures(total)}")
    for row in rows if shown else ():
        if (outcome := _outcome(row, shown)) in {"false", "missed"}:
            print(f"\n{outcome}: {row.text[:400]!r}\n    {row.predicted.get(shown, '')}")


def read_policy(passages: list[dict[str, Any]]) -> list[Row]:
    """Return the passages of one policy with what was annotated and what is found in them."""
    blocks = [_markdown(passage) for passage in passages]
    report = analyze_text("\n\n".join(blocks))
    places = list(_places([passage["text"] for passage in passages], report.document.text))
    predicted: list[dict[str, list[str]]] = [{} for _ in passages]
    for disclosure in report.disclosures:
        for evidence in disclosure.evidence:
            detector = evidence.rule or evidence.detector
            for requirement in _requirements(disclosure.type, detector):
                for index, place in enumerate(places):
                    if place.start <= evidence.span.start < place.stop:
                        predicted[index].setdefault(requirement, []).append(detector)
    return [
        Row(
            passage["text"],
            frozenset(a["requirement"] for a in passage["annotations"] if a["performed"]),
            found,
        )
        for passage, found in zip(passages, predicted, strict=True)
    ]


def _markdown(passage: dict[str, Any]) -> str:
    text = " ".join(passage["text"].split())
    if passage["type"] == "headline":
        return f"{'#' * min(6, len(passage['headings']) + 1)} {text}"
    return f"- {text}" if passage["type"] == "list_item" else text


def _places(passages: Iterable[str], text: str) -> Iterator[range]:
    """Yield where each passage lies in ``text``, told by its letters and digits in order."""
    at = [i for i, character in enumerate(text) if character.isalnum()]
    letters = "".join(text[i] for i in at).lower()
    done = 0
    for passage in passages:
        key = "".join(filter(str.isalnum, passage)).lower()
        found = letters.find(key, done) if key else -1
        if found < 0 or len(letters) != len(at):
            yield range(0)
            continue
        done = found + len(key)
        yield range(at[found], at[done - 1] + 1)


def _requirements(type_id: str, detector: str) -> Iterator[str]:
    named = {type_id, detector, f"{type_id.partition('.')[0]}."}
    for requirement, types in TYPES.items():
        if not named.isdisjoint(types):
            yield requirement


def _outcome(row: Row, requirement: str) -> str:
    if requirement in row.stated:
        return "right" if requirement in row.predicted else "missed"
    return "false" if requirement in row.predicted else "none"


def _figures(count: Counter[str]) -> str:
    right, false, missed = count["right"], count["false"], count["missed"]
    precision = right / (right + false) if right + false else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  stated in {right + missed}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
