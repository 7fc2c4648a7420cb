"""Do two policies say the same here? Words, without what does not matter.

A sentence may come back in another order, in the passive, as a list or as a table row. Its content
words stay, and so does whether it denies. That is what is compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TypeVar

from reader.model import RULES, Document, Evidence, Sentence, Span
from reader.periods import NUMBER_WORDS

_WORDS = re.compile(r"\w+(?:['’]\w+)?")
_OWN_NUMBER = re.compile(
    r"^\W*(?:(?:section|article|part)\s+)?(?:\d+(?:\.\d+)*|[a-z]|[ivxlc]+)[.):]+\s*"
)
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w&]+")

_IDLE = frozenset(
    """
    a about above after all also an and any are as at be been before being below between both but by
    can could did do does doing each either for from had has have having he her here hers him his
    how i if in into is it its itself just may me might more most must my of off on once or other
    our ours out over own same shall she should so some such than that the their theirs them then
    there these they this those through to too under until up us very was we were what when where
    which while who whom why will with would you your yours yourself use uses used using
    personal personally data information detail details following including include includes
    """.split()
)
_DENIALS = frozenset({"not", "no", "never", "nor", "neither", "none", "cannot"})
_HELPING = frozenset("do does did may might can could will would shall longer".split())
_NO_DENIAL = re.compile(
    r"\b(?:do not track|not only|not limited to|not just|whether or not|if not|not hesitate"
    r"|no later than|not later than|no less than|not less than|no more than|not more than)\b"
)
_EXCEPTION = re.compile(
    r"\b(?:except|unless|other than|apart from|until|without (?:your|the opportunity|giving|asking)"
    r"|(?:if|when|where|once) you (?:\w+ )?(?:agree|allow|consent|choose|opt|ask)\w*)\b",
    re.IGNORECASE,
)
# What policies use for one another, by their stems.
_SYNONYMS = {
    word: group[0]
    for group in (
        ("shar", "disclos", "transfer", "transferr", "provid", "releas"),
        ("collect", "gather", "obtain", "receiv"),
        ("keep", "retain", "stor", "kept", "retention"),
        ("delet", "eras", "remov", "deletion", "erasur"),
        ("compan", "business", "organisation", "organization"),
        ("notif", "inform", "tell", "told"),
        ("consent", "permission", "agre", "agr", "agreement"),
    )
    for word in group
}
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "s")
_SHORTEST_STEM = 3  # letters
STILL_SAID = 0.85
"""The share of the content words of a passage with which a sentence says it again."""
REWORDED = 0.5
"""Likeness of two passages for the one to be the other in new words."""
_MUCH = 4  # content words that it must have in common with the other as well
_FEW = 2  # content words, which stand in many a sentence by chance
RUN = 5
"""Words that stand together in a run of a text."""
_LED_IN = frozenset({"collect"})  # stands above a list or table
_BLOCKS_A_STEP, _SENTENCES_A_STEP, _RUNS_A_STEP = 100, 50, 4_000
_WINDOW = 2  # sentences that may say together what one said
_T = TypeVar("_T")
_Steps = Generator[None, None, _T]  # work that yields where it may pause


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` without case, marks and a number of its own at its head."""
    return _WORDS.findall(_OWN_NUMBER.sub("", text.casefold()))


def content_of(text: str) -> frozenset[str]:
    """Return the stems of the words of ``text`` that carry meaning; numbers as figures."""
    return frozenset(
        _stem(word)
        for word in words_of(text)
        if word not in _IDLE and word not in _DENIALS and not word.endswith(("n't", "n’t"))
    )


def denies(text: str) -> bool:
    """Return whether ``text`` holds a word that denies, other than in phrases that do not."""
    words = words_of(_NO_DENIAL.sub(" ", text.casefold()))
    return any(word in _DENIALS or word.endswith(("n't", "n’t")) for word in words)


def exception_in(text: str) -> str | None:
    """Return the words of ``text`` that make an exception, to its end, None where none do."""
    match = _EXCEPTION.search(text)
    return text[match.start() :].rstrip(" .;") if match else None


def _but_denials(text: str) -> tuple[list[str], int]:
    """Return the words of ``text`` without denials and helping verbs, and how many deny."""
    words = words_of(text)
    denying = [word in _DENIALS or word.endswith(("n't", "n’t")) for word in words]
    plain = [
        word
        for word, denies_ in zip(words, denying, strict=True)
        if not denies_ and word not in _HELPING
    ]
    return plain, sum(denying)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of content words that two statements have in common, in [0, 1]."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    if word in NUMBER_WORDS:
        return str(NUMBER_WORDS[word])
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM:
        word = word.removesuffix("e").removesuffix("y").removesuffix("i")
    return _SYNONYMS.get(word, word)


@dataclass(frozen=True, slots=True)
class QuotedEvidence:
    """The words behind a finding: their content, with what leads in to them, and their sense."""

    evidence: Evidence
    text: str
    lead_in: str
    content: frozenset[str]
    denies: bool

    @property
    def whole(self) -> str:
        """Return the passage with its lead-in."""
        return f"{self.lead_in} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class _ComparedSentence:
    sentence: Sentence
    content: frozenset[str]
    denies: bool


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """The words of a policy, to be asked whether they say what another policy says.

    ``line`` holds all words with a blank around each, ``runs`` are those of ``RUN`` words that
    follow each other. ``statements`` are of the document's sentences, in their order; ``holding``
    tells the indexes of those that hold a content word.
    """

    document: Document
    line: str
    runs: Set[tuple[str, ...]]
    stems: frozenset[str]
    statements: tuple[_ComparedSentence, ...]
    holding: Mapping[str, Sequence[int]]

    def has(self, words: Iterable[str]) -> bool:
        """Return whether ``words`` stand in the policy, one after the other."""
        return f" {' '.join(words)} " in self.line

    def passage(self, evidence: Evidence) -> QuotedEvidence:
        """Return the words of ``evidence``, which is this policy's."""
        text = evidence.span.of(self.document.text)
        lead_in = _of(evidence.context, self.document.text)
        whole = f"{lead_in} {text}"
        return QuotedEvidence(evidence, text, lead_in, content_of(text), denies(whole))

    def says(
        self,
        passage: QuotedEvidence,
        telling: frozenset[str] = frozenset(),
        *,
        least: float = STILL_SAID,
        by_any_name: bool = False,
    ) -> bool:
        """Return whether this policy says what ``passage`` of another says, in whatever order.

        That is so where one sentence, or two in a row, has at least the share ``least`` (0 to 1)
        of its content words, all its numbers, every ``telling`` word (those that say what the
        finding is about), and is a denial only if the passage is one. A passage of few words is
        looked for in short sentences only. ``by_any_name`` leaves out the names of products and
        companies, which come and go.
        """
        wanted = passage.content
        if by_any_name:
            names = {_stem(name.casefold()) for name in _NAME.findall(passage.text)}
            if len(wanted - names) < _FEW:
                return False
            wanted -= names
        if len(wanted - _LED_IN) > _FEW:
            wanted -= _LED_IN
        if not wanted:
            return self.has(words_of(passage.text))
        musts = {word for word in wanted if word[0].isdigit()} | (wanted & telling)
        starts = self._holding_most(wanted, least)
        if len(wanted) > _FEW:
            starts |= {place - 1 for place in starts if place}
        for place in sorted(starts):
            first = self.statements[place]
            together = first.content
            for statement in self.statements[place : place + _WINDOW]:
                is_near = statement.sentence.section == first.sentence.section
                if not is_near or statement.denies != passage.denies:
                    break
                together |= statement.content
                if first.denies != passage.denies or not musts <= together:
                    continue
                is_short = len(wanted) > _FEW or len(together) <= 3 * len(wanted) + 3
                if is_short and len(wanted & together) >= least * len(wanted):
                    return True
        return False

    def rewords(
        self, passage: QuotedEvidence, telling: frozenset[str], *, but_numbers: bool
    ) -> bool:
        """Return whether a sentence here may be ``passage`` in new words.

        It has half of the content words and those of them that are ``telling``: what the finding
        is about. ``but_numbers`` leaves out the figures, as those of a date.
        """
        wanted = passage.content
        if but_numbers:
            wanted = frozenset(word for word in wanted if not word[0].isdigit())
        key = wanted & telling
        places = {place for word in wanted for place in self.holding.get(word, ())}
        for place in places:
            statement = self.statements[place]
            content = statement.content
            if but_numbers:
                content = frozenset(word for word in content if not word[0].isdigit())
            if statement.denies != passage.denies or not key <= content:
                continue
            is_much = but_numbers or len(wanted & content) >= _MUCH
            if is_much and likeness(wanted, content) >= REWORDED:
                return True
        return False

    def contradiction(self, passage: QuotedEvidence) -> Evidence | None:
        """Return the sentence that has the content of ``passage`` and denies where it does not.

        None where there is none. No rule read it so: the words are the same but for the denial.
        """
        if not passage.content:
            return None
        rare = min(passage.content, key=self._rarity)
        for place in self.holding.get(rare, ()):
            statement = self.statements[place]
            if statement.denies == passage.denies:
                continue
            if likeness(statement.content, passage.content) >= STILL_SAID:
                return self._shown(statement)
        return None

    def word_for_word_turned(self, passage: QuotedEvidence) -> tuple[Evidence, bool] | None:
        """Return the sentence that is ``passage`` but for a denial, and whether it has one more.

        None where there is none. A second denial in both, as in "that does not identify you", makes
        no difference.
        """
        if not passage.content:
            return None
        plain, denials = _but_denials(passage.text)
        rare = min(passage.content, key=self._rarity)
        for place in self.holding.get(rare, ()):
            statement = self.statements[place]
            if statement.content != passage.content:
                continue
            same, others = _but_denials(statement.sentence.span.of(self.document.text))
            if same == plain and (denials - others) % 2:
                return self._shown(statement), others > denials
        return None

    def excepted(self, passage: QuotedEvidence) -> tuple[Evidence, str] | None:
        """Return the sentence that has the content of ``passage`` and an exception of its own.

        With the words of the exception; None where there is none. Few words must stand there one
        after the other. No rule read it so.
        """
        wanted = passage.content
        if not wanted or exception_in(passage.whole):
            return None
        run = " ".join(words_of(passage.text)) if len(wanted) <= _FEW else ""
        rare = min(wanted, key=self._rarity)
        for place in self.holding.get(rare, ()):
            statement = self.statements[place]
            if statement.denies != passage.denies or not wanted <= statement.content:
                continue
            sentence = statement.sentence.span.of(self.document.text)
            if run not in " ".join(words_of(sentence)):
                continue
            exception = exception_in(sentence)
            rest = statement.content - content_of(exception or "")
            if exception and likeness(rest, wanted) >= STILL_SAID:
                return self._shown(statement), exception
        return None

    def _shown(self, statement: _ComparedSentence) -> Evidence:
        """Return a statement as evidence that no rule found."""
        sentence = statement.sentence
        lead_in = sentence.lead_in
        context = None if lead_in is None else self.statements[lead_in].sentence.span
        return Evidence(sentence.span, sentence.section, RULES, None, 0.5, context)

    def sentences_with(self, stems: frozenset[str], *, denying: bool) -> Iterator[str]:
        """Yield the sentences with all of ``stems``: those that deny, or those that do not."""
        rare = min(stems, key=self._rarity)
        for place in self.holding.get(rare, ()):
            statement = self.statements[place]
            if stems <= statement.content and statement.denies == denying:
                yield statement.sentence.span.of(self.document.text)

    def _rarity(self, word: str) -> tuple[int, str]:
        """Return in how many sentences a word is, and the word: the order of sets is arbitrary."""
        return len(self.holding.get(word, ())), word

    def _holding_most(self, wanted: frozenset[str], least: float) -> set[int]:
        """Return which sentences may hold ``least`` of ``wanted``, a share of it, or its end."""
        # So many may be missing; of one more, the rarest, one must be there.
        missing = len(wanted) - ceil(least * len(wanted))
        rarest = sorted(wanted, key=self._rarity)
        return {place for word in rarest[: missing + 1] for place in self.holding.get(word, ())}

    def names(self, stem: str) -> bool:
        """Return whether a word with this stem stands anywhere in the policy."""
        return stem in self.stems


def gather_words(document: Document) -> _Steps[list[str]]:
    """Return the words of ``document`` in their order, pausing now and then."""
    words: list[str] = []
    for number, block in enumerate(document.blocks, start=1):
        words += words_of(block.span.of(document.text))
        if number % _BLOCKS_A_STEP == 0:
            yield
    return words


def gather_policy_words(document: Document, words: Sequence[str]) -> _Steps[PolicyWords]:
    """Return what a policy can be asked by, pausing now and then; ``words`` are all of its own."""
    runs: set[tuple[str, ...]] = set()
    for start in range(0, len(words), _RUNS_A_STEP):
        stretch = words[start : start + _RUNS_A_STEP + RUN - 1]
        runs.update(zip(*(stretch[at:] for at in range(RUN)), strict=False))
        yield
    statements: list[_ComparedSentence] = []
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(document.sentences):
        text = sentence.span.of(document.text)
        lead_in = sentence.lead_in
        led = lead_in is not None and lead_in < place and statements[lead_in].denies
        statement = _ComparedSentence(sentence, content_of(text), led or denies(text))
        statements.append(statement)
        for word in statement.content:
            holding[word].append(place)
        if place % _SENTENCES_A_STEP == _SENTENCES_A_STEP - 1:
            yield
    return PolicyWords(
        document,
        line=f" {' '.join(words)} ",
        runs=runs,
        stems=frozenset(map(_stem, set(words))),
        statements=tuple(statements),
        holding=holding,
    )


_TELLS_NOTHING = frozenset(
    _stem(word)
    for word in """
    affiliate affiliated agent authorities authority business businesses certain company companies
    contractor controller data detail details entities entity external firm group information law
    enforcement member network number organisation organization other outside parties partner party
    people person personal platform processor provider recipient related relevant selected service
    site supplier third tool type user vendor your
    """.split()
)


def name_stem(name: str, *, of_company: bool = False) -> str:
    """Return the word that makes ``name`` a name, as a stem; '' where none does.

    Of a company's name it is the first, and of others the last: an address is an address, whether
    for mail or for bills.
    """
    words = [word for word in _WORDS.findall(name) if word.casefold() not in _IDLE]
    telling = [word for word in words if _stem(word.casefold()) not in _TELLS_NOTHING]
    if not telling:
        return ""
    chosen = telling[0] if of_company else telling[-1]
    return _stem(chosen.casefold())


def is_proper(name: str) -> bool:
    """Return whether ``name`` is written in capitals, as the names of companies are."""
    words = [word for word in _WORDS.findall(name) if word.casefold() not in _IDLE]
    return bool(words) and all(word[0].isupper() for word in words)


def _of(span: Span | None, text: str) -> str:
    return "" if span is None else span.of(text)
