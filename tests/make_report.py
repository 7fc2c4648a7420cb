"""A small but complete report, made by hand, for tests of whatever shows, prints or sends one."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from reader.model import (
    Action,
    Band,
    Block,
    BlockKind,
    Counts,
    Details,
    Disclosure,
    Document,
    DocumentKind,
    Evidence,
    Facts,
    Flag,
    Generator,
    Link,
    Mark,
    MarkKind,
    Notice,
    NoticeKind,
    PolicyReport,
    Scores,
    Section,
    Sentence,
    SilentType,
    Source,
    Span,
    Stance,
    TopicVerdict,
    Valence,
    Verdict,
)
from reader.version import __version__

# An emoji outside the basic plane stands early: offsets in UTF-16 would all be wrong behind it.
BLOCKS = (
    (BlockKind.HEADING, "Privacy policy of Larch & Lantern 🏮"),
    (BlockKind.PARAGRAPH, "This policy took effect on 3 March 2024."),
    (BlockKind.HEADING, "1. Sharing"),
    (BlockKind.PARAGRAPH, "We do not sell your personal information, except in a merger."),
    (BlockKind.PARAGRAPH, "We share your details with:"),
    (BlockKind.LIST_ITEM, "advertisers such as Lumen Reach;"),
    (BlockKind.LIST_ITEM, "companies that deliver our parcels."),
    (BlockKind.HEADING, "2. Your rights"),
    (
        BlockKind.PARAGRAPH,
        "You can ask us for a copy of your data. Write to privacy@larch-lantern.example.",
    ),
)

_TOPICS = (
    ("collect", "Data collected", "What do they collect about you?"),
    ("use", "Use", "What do they use it for?"),
    ("track", "Tracking", "Do they follow what you do?"),
    ("share", "Sharing", "Who else gets it?"),
    ("sell", "Sale", "Do they sell it?"),
    ("handover", "Authorities and new owners", "When do they hand it over?"),
    ("keep", "Retention", "How long do they keep it?"),
    ("protect", "Security", "How do they protect it?"),
    ("choice", "Your choices", "Can you say no?"),
    ("rights", "Your rights", "Can you see, correct or delete it?"),
    ("where", "Where it goes", "Does it leave your country?"),
    ("kids", "Children", "What about children?"),
    ("change", "Changes", "Can the rules change?"),
    ("contact", "Contact", "Whom can you ask?"),
    ("terms", "Terms", "What else do you agree to?"),
)


def make_report(name: str = "larch-lantern.md") -> PolicyReport:
    """Return the report on a policy of three sections, with a flag, a silence and a notice."""
    document = _make_document(name)
    disclosures = _make_disclosures(document)
    return PolicyReport(
        generator=Generator("policy-reader", __version__),
        document=document,
        verdict="Fairly hard to read. Shares your data with advertisers. No word on how long.",
        scores=_make_scores(Counts(46, 6, 78, 7, 5, 230, 231, 12)),
        section_scores=(
            _make_scores(Counts(8, 1, 12, 1, 1, 36, 37, 1)),
            _make_scores(Counts(23, 3, 40, 4, 3, 120, 120, 7)),
            _make_scores(Counts(15, 2, 26, 2, 1, 74, 74, 4)),
        ),
        section_topics=((), ("sell", "share"), ("rights", "contact")),
        marks=(
            Mark(_span(document.text, "such as"), MarkKind.VAGUE, "It does not say which others."),
        ),
        disclosures=disclosures,
        topics=_make_topics(disclosures),
        flags=(
            Flag(
                "not-sold-but-shared",
                "They say they do not sell your data, yet share it with advertisers.",
                ("sell.sells:denied", "share.advertisers:said"),
            ),
        ),
        actions=(
            Action(
                "access", "Ask for a copy of your data.", "mailto:privacy@larch-lantern.example"
            ),
            Action("complain", "Complain to a regulator.", None),
        ),
        facts=Facts(
            contact_emails=("privacy@larch-lantern.example",),
            effective_date="2024-03-03",
            named_recipients=("Lumen Reach",),
            min_age=16,
        ),
        notices=document.notices,
    )


def with_name(report: PolicyReport, name: str) -> PolicyReport:
    """Return ``report`` as if its file had been called ``name``."""
    source = replace(report.document.source, name=name)
    return replace(report, document=replace(report.document, source=source))


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _make_scores(counts: Counts) -> Scores:
    return Scores(
        counts=counts,
        band=Band.FAIRLY_HARD,
        rough=True,
        words_per_sentence=counts.words / counts.sentences,
        long_word_share=counts.long_words / counts.words,
        flesch_reading_ease=52.25,
        flesch_kincaid_grade=9.5,
        smog_index=None,
        gunning_fog=11.75,
        coleman_liau_index=10.1,
        automated_readability_index=-0.3,
        percentile=41.0,
    )


def _make_document(name: str) -> Document:
    text = ""
    blocks: list[Block] = []
    for kind, words in BLOCKS:
        span = Span(len(text), len(text) + len(words))
        level = {BlockKind.HEADING: 1 if not blocks else 2, BlockKind.LIST_ITEM: 1}.get(kind, 0)
        blocks.append(Block(kind, span, level, explicit=kind is BlockKind.HEADING))
        text += words + "\n"
    starts = [block.span.start for block in blocks if block.kind is BlockKind.HEADING]
    sections = tuple(
        Section(
            index=index,
            heading=BLOCKS[[b.span.start for b in blocks].index(start)][1],
            heading_is_ours=False,
            level=1 if index == 0 else 2,
            parent=None if index == 0 else 0,
            span=Span(start, end),
        )
        for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True))
    )
    return Document(
        source=Source(name, "text/markdown", hashlib.sha256(text.encode()).hexdigest()),
        title="Privacy policy of Larch & Lantern 🏮",
        text=text,
        language="en",
        language_supported=True,
        kind=DocumentKind.PRIVACY_POLICY,
        words=58,
        blocks=tuple(blocks),
        links=(
            Link(
                _span(text, "privacy@larch-lantern.example"), "mailto:privacy@larch-lantern.example"
            ),
        ),
        sections=sections,
        sentences=(
            Sentence(_span(text, BLOCKS[1][1]), 0, 1),
            Sentence(_span(text, BLOCKS[3][1]), 1, 3),
            Sentence(_span(text, BLOCKS[4][1]), 1, 4),
            Sentence(_span(text, BLOCKS[5][1]), 1, 5, lead_in=2),
            Sentence(_span(text, BLOCKS[6][1]), 1, 6, lead_in=2),
            Sentence(_span(text, "You can ask us for a copy of your data."), 2, 8),
            Sentence(_span(text, "Write to privacy@larch-lantern.example."), 2, 8),
        ),
        notices=(
            Notice(
                NoticeKind.DECODING,
                "The file does not say how it is encoded; it was read as UTF-8.",
            ),
        ),
    )


def _make_disclosures(document: Document) -> tuple[Disclosure, ...]:
    text = document.text

    def evidence(words: str, section: int, rule: str, context: str | None = None) -> Evidence:
        return Evidence(
            span=_span(text, words),
            section=section,
            detector="rules",
            rule=rule,
            confidence=0.85,
            context=None if context is None else _span(text, context),
        )

    return (
        Disclosure(
            type="share.advertisers",
            topic="share",
            practice="third-party-sharing-collection",
            label="Shared with advertisers",
            stance=Stance.SAID,
            condition=None,
            valence=Valence.BAD,
            headline="Shared with advertisers",
            statement="They share your details with advertisers such as Lumen Reach.",
            confidence=0.85,
            evidence=(evidence(BLOCKS[5][1], 1, "share.advertisers.list", BLOCKS[4][1]),),
            details=Details(data=("your details",), recipients=("Lumen Reach",)),
        ),
        Disclosure(
            type="sell.sells",
            topic="sell",
            practice="third-party-sharing-collection",
            label="Sells your data",
            stance=Stance.DENIED,
            condition="except in a merger",
            valence=Valence.NEUTRAL,
            headline="Says it does not sell your data",
            statement="They say they do not sell your personal information, except in a merger.",
            confidence=0.9,
            evidence=(evidence(BLOCKS[3][1], 1, "sell.sells.verb"),),
        ),
        Disclosure(
            type="rights.access",
            topic="rights",
            practice="user-access-edit-deletion",
            label="See your data",
            stance=Stance.SAID,
            condition=None,
            valence=Valence.GOOD,
            headline="You can see your data",
            statement="You can ask them for a copy of your data.",
            confidence=0.9,
            evidence=(
                evidence("You can ask us for a copy of your data.", 2, "rights.access.copy"),
            ),
        ),
    )


def _make_topics(disclosures: tuple[Disclosure, ...]) -> tuple[TopicVerdict, ...]:
    deciding = {disclosure.topic: disclosure for disclosure in disclosures}
    return tuple(
        TopicVerdict(
            id=topic,
            label=label,
            question=question,
            verdict=(
                Verdict(deciding[topic].valence.value) if topic in deciding else Verdict.SILENT
            ),
            headline=deciding[topic].statement if topic in deciding else "",
            disclosures=(deciding[topic].key,) if topic in deciding else (),
            silent=(
                (
                    SilentType(
                        "keep.stated",
                        "Says how long it is kept",
                        "No time limit found for keeping your data",
                        Valence.CAUTION,
                        0.25,
                    ),
                )
                if topic == "keep"
                else ()
            ),
        )
        for topic, label, question in _TOPICS
    )
