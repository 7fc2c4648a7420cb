"""Whether a rule does what the sentences beside it say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reader.disclosures.catalogue import Catalogue, DisclosureType, Rule
from reader.disclosures.rules import find_rule_matches
from reader.model import Document, Stance


def mistakes_of(
    kind: DisclosureType, rule: Rule, catalogue: Catalogue, read: Callable[[str], Document]
) -> Iterator[str]:
    """Yield in words what ``rule`` of ``kind`` does against its own sentences.

    It must find its examples, read its denials as denials and leave its counterexamples alone.
    ``read`` makes a document of such a sentence; ``catalogue`` brings what all rules share.
    """
    expected = Stance.DENIED if rule.stance == "denied" else Stance.SAID
    alone = replace(catalogue, types={kind.id: replace(kind, rules=(rule,))})

    def stances(sentence: str) -> set[Stance]:
        return {match.stance for _, match in find_rule_matches(read(sentence), alone)}

    if expected not in kind.outcomes:
        yield f"it finds what is {expected.value}, but the type has no [type.{expected.value}]"
        return
    for example in rule.examples:
        if expected not in stances(example):
            yield f"does not find its example: {example}"
    for denial in rule.denials:
        if stances(denial) != {Stance.DENIED}:
            yield f"does not read as a denial: {denial}"
    for counterexample in rule.counterexamples:
        if stances(counterexample):
            yield f"finds its counterexample: {counterexample}"
