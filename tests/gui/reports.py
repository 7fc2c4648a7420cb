"""Reports made by hand that show what a card, a panel and a page must cope with."""

from __future__ import annotations

from dataclasses import replace

from reader.model import (
    Action,
    Disclosure,
    Flag,
    HeavySentence,
    Mark,
    MarkKind,
    Notice,
    NoticeKind,
    PolicyReport,
    Span,
    TopicVerdict,
    Valence,
    Verdict,
)
from reader.readability import count
from tests.make_report import make_report

_CYCLE = (Valence.GOOD, Valence.NEUTRAL, Valence.CAUTION, Valence.BAD)


def report_with_wording() -> PolicyReport:
    """Return a report with a wording mark of each kind, two of them inside a long sentence."""
    report = make_report()
    text = report.document.text

    def mark(words: str, kind: MarkKind, note: str) -> Mark:
        return Mark(_span(text, words), kind, note)

    marks = (
        mark(
            "We do not sell your personal information, except in a merger.",
            MarkKind.LONG_SENTENCE,
            "41 words in one sentence",
        ),
        mark("sell", MarkKind.PASSIVE, "Who does this? The sentence does not say."),
        mark("merger", MarkKind.LEGAL_WORD, "two companies become one"),
        mark("such as", MarkKind.VAGUE, "What else?"),
        mark("deliver", MarkKind.PLAINER_WORD, "Plainer: bring"),
        replace(
            mark("parcels", MarkKind.DEFINED_TERM, "what we send you"),
            meaning=_span(text, "your details"),
        ),
        mark(
            "You can ask us for a copy of your data.",
            MarkKind.HARD_SENTENCE,
            "27 words, 9 of them long",
        ),
    )
    return replace(report, marks=marks)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def report_of_all_valences() -> PolicyReport:
    """Return a report that shows every valence, silence, all topics, and sentences to rewrite."""
    report = make_report()
    model = report.disclosures[0]
    disclosures: list[Disclosure] = []
    topics: list[TopicVerdict] = []
    for place, topic in enumerate(report.topics):
        if topic.id == "keep":
            topics.append(topic)
            continue
        valence = _CYCLE[place % len(_CYCLE)]
        statement = f"They tell something about {topic.label.lower()} in a sentence of usual size."
        disclosure = replace(
            model, type=f"{topic.id}.told", topic=topic.id, valence=valence, statement=statement
        )
        disclosures.append(disclosure)
        topics.append(
            replace(
                topic,
                verdict=Verdict(valence.value),
                headline=statement,
                disclosures=(disclosure.key,),
            )
        )
    best = [disclosure.evidence[0].span for disclosure in report.disclosures]
    return replace(
        report,
        disclosures=(*report.disclosures, *disclosures),
        topics=tuple(topics),
        heavy_sentences=tuple(
            HeavySentence(span, count(span.of(report.document.text))) for span in best
        ),
    )


def crowded_report() -> PolicyReport:
    """Return a report with fifty flags and things to do, huge words, and all topics telling."""
    report = report_of_all_valences()
    long_words = "Unreasonablylongheadingwithoutanyspace" * 20
    sentence = "They say a great deal here, and then they go on to say a great deal more. " * 20
    sections = tuple(replace(each, heading=long_words) for each in report.document.sections)
    return replace(
        report,
        verdict=sentence,
        document=replace(
            report.document, title="The policy of a company " * 200, sections=sections
        ),
        topics=tuple(replace(each, headline=sentence) for each in report.topics),
        flags=tuple(
            Flag(f"flag-{number}", f"{number}: {sentence}", report.flags[0].disclosures)
            for number in range(50)
        ),
        actions=tuple(
            Action("opt-out", f"{number}: {sentence}", f"https://example.com/{'way/' * 80}")
            for number in range(50)
        ),
        notices=tuple(Notice(NoticeKind.DECODING, f"{number}: {sentence}") for number in range(50)),
    )


def hostile_report() -> PolicyReport:
    """Return a report whose every text looks like markup and names a file to fetch."""
    report = make_report()
    markup = '<img src="/etc/hostname"><b>bold</b> &amp; <a href="file:///etc/passwd">here</a>'
    sections = tuple(replace(each, heading=markup) for each in report.document.sections)
    return replace(
        report,
        verdict=markup,
        document=replace(report.document, title=markup, sections=sections),
        disclosures=tuple(replace(each, statement=markup) for each in report.disclosures),
        topics=tuple(replace(each, headline=markup) for each in report.topics),
        flags=tuple(replace(each, text=markup) for each in report.flags),
        actions=tuple(replace(each, text=markup) for each in report.actions),
    )
