"""The audit of the locks ends well only where every pin was looked up."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AUDIT = runpy.run_path(str(ROOT / "packaging" / "audit.py"))
PINS = {"lamp": "1.0", "oil-can": "2.1"}


def answer(*entries: dict[str, object]) -> str:
    return json.dumps({"dependencies": list(entries), "fixes": []})


LAMP = {"name": "lamp", "version": "1.0", "vulns": []}
OIL_CAN = {"name": "oil-can", "version": "2.1", "vulns": []}
FAULT = {"id": "PYSEC-2026-1", "fix_versions": ["2.2"], "aliases": [], "description": "It leaks."}


def test_libraries_without_a_known_fault_are_clean() -> None:
    assert AUDIT["judged"](PINS, answer(LAMP, OIL_CAN)) == ([], set())


def test_a_known_fault_is_named_with_what_mends_it() -> None:
    faults, unanswered = AUDIT["judged"](PINS, answer(LAMP, {**OIL_CAN, "vulns": [FAULT]}))
    assert faults == ["oil-can 2.1: PYSEC-2026-1, mended in 2.2"]
    assert unanswered == set()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "no such host",
        "{}",
        answer(),
        answer(
            {"name": "lamp", "skip_reason": "not found"}, {"name": "oil-can", "skip_reason": ""}
        ),
        answer({**LAMP, "version": "0.9"}, {**OIL_CAN, "version": "2.0"}),
    ],
)
def test_no_answer_is_no_good_answer(said: str) -> None:
    assert AUDIT["judged"](PINS, said) == ([], set(PINS))


def test_each_lock_that_is_audited_has_pins() -> None:
    for lock in AUDIT["LOCKS"]:
        assert AUDIT["pinned"]((ROOT / lock).read_text(encoding="utf-8"))


def test_a_lock_without_pins_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pin"):
        AUDIT["pinned"]("")
