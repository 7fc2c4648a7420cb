"""textstat and nltk at their first use on a machine without network and without nltk's data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# A socket may not even be made, and whatever asks for a name or opens a page is told.
BLOCK = """
import sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        raise PermissionError(f"the network was asked for: {event} {arguments!r:.80}")

sys.addaudithook(refuse)
"""

TEXTSTAT = """
import json
import textstat
from reader.syllables import install_for_textstat

install_for_textstat()
text = "We collect personal information. You may object to it. " * 20
print(json.dumps({
    "syllables": textstat.syllable_count(text),
    "polysyllables": textstat.polysyllabcount(text),
    "grade": textstat.flesch_kincaid_grade(text),
    "unknown": textstat.syllable_count("flobe"),
    "formulas": [
        textstat.flesch_reading_ease(text), textstat.smog_index(text), textstat.gunning_fog(text),
        textstat.coleman_liau_index(text), textstat.automated_readability_index(text),
        textstat.dale_chall_readability_score(text), textstat.linsear_write_formula(text),
    ],
}))
"""

SENTENCES = """
import json
from reader.sentences import split_sentences

text = "We use Lamp Inc. and Acme Corp. in the U.S. for this. Mr. Doe (J. Doe) agrees. No. 5 too."
print(json.dumps([text[start:end] for start, end in split_sentences(text)]))
"""

COUNTS = """
import json
from reader.readability import count

counts = count("We collect personal information about everybody.")
print(json.dumps([counts.words, counts.syllables, counts.polysyllables, counts.difficult_words]))
"""

UNPREPARED = """
import textstat

try:
    textstat.syllable_count("We collect personal information.")
except (PermissionError, LookupError) as error:
    print('"refused"')
"""


def run_offline(code: str, home: Path) -> object:
    """Run code in a new process whose sockets are blocked and whose home is empty."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", BLOCK + code],
        env={**kept, "HOME": str(home), "LC_ALL": "C.UTF-8"},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert not any(home.rglob("nltk_data")), "something was downloaded"
    return json.loads(done.stdout)


def test_textstat_scores_without_network(tmp_path: Path):
    scores = run_offline(TEXTSTAT, tmp_path)
    assert isinstance(scores, dict)
    assert scores["syllables"] == 20 * (10 + 6)
    assert scores["polysyllables"] == 20 * 2
    assert scores["grade"] == pytest.approx(0.39 * 9 / 2 + 11.8 * 16 / 9 - 15.59)
    assert scores["unknown"] == 1
    assert all(isinstance(score, float) for score in scores["formulas"])


def test_textstat_would_ask_for_the_network_without_our_table(tmp_path: Path):
    assert run_offline(UNPREPARED, tmp_path) == "refused"


def test_punkt_splits_sentences_without_its_model(tmp_path: Path):
    assert run_offline(SENTENCES, tmp_path) == [
        "We use Lamp Inc. and Acme Corp. in the U.S. for this.",
        "Mr. Doe (J. Doe) agrees.",
        "No. 5 too.",
    ]


def test_our_counts_need_no_network(tmp_path: Path):
    assert run_offline(COUNTS, tmp_path) == [6, 1 + 2 + 3 + 4 + 2 + 4, 3, 2]
