"""A finding reported as wrong, as a text for those who write the rules.

Without the reader's consent it holds no word of the policy, and nothing that tells which policy it
was: neither title, name and hash of the file, nor what the finding names.
"""

from __future__ import annotations

from reader.model import Disclosure, PolicyReport
from reader.summary import clean_line


def finding_report(report: PolicyReport, disclosure: Disclosure, *, with_words: bool) -> str:
    """Return the report on a wrong ``disclosure``; ``with_words`` adds the policy's own."""
    document = report.document
    lines = [
        "A finding reported as wrong",
        "",
        f"Program: {report.generator.name} {report.generator.version}",
        f"Type: {disclosure.type}",
        f"Stance: {disclosure.stance.value}",
        f"Valence: {disclosure.valence.value}",
        f"Limited by a condition: {'yes' if disclosure.condition else 'no'}",
        f"Confidence: {disclosure.confidence:.2f}",
        f"Format: {document.source.media_type}",
        f"Kind: {document.kind.value}",
        f"Language: {document.language}",
        f"Words: about {round(document.words, -2)}",
        "",
        f"Passages: {len(disclosure.evidence)}",
    ]
    for number, evidence in enumerate(disclosure.evidence, start=1):
        context = ", with a lead-in" if evidence.context else ""
        rule = evidence.rule or evidence.detector
        lines.append(f"{number}. rule {rule}, confidence {evidence.confidence:.2f}{context}")
        if with_words:
            heading = clean_line(document.sections[evidence.section].heading)
            lines.append(f"   Section: {heading}")
            if evidence.context:
                lines.append(f"   Lead-in: {clean_line(evidence.context.of(document.text))}")
            lines.append(f"   Words: {clean_line(evidence.span.of(document.text))}")
    if not with_words:
        lines += ["", "The words of the policy are left out."]
    return "\n".join(lines) + "\n"
