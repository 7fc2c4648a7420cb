"""The man page tells the commands, options and choices of the program's own help, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.cli import COMMANDS, main

PAGE = Path(__file__).resolve().parent.parent / "packaging" / "linux" / "policy-reader.1"
EVERYWHERE = {"--help", "--version"}


def option_names(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", text))


@pytest.fixture(scope="module")
def synopsis() -> dict[str, str]:
    """What the man page's synopsis says behind each command; '' is the program without one."""
    lines = PAGE.read_text(encoding="utf-8").partition(".SH SYNOPSIS\n")[2].partition("\n.SH")[0]
    forms: dict[str, str] = {}
    for form in lines.replace("\\-", "-").split("\n.br\n"):
        words = re.sub(r"^\.\w+ ", "", form, flags=re.MULTILINE).replace('"', "")
        command = words.split()[1] if words.split()[1] in COMMANDS else ""
        forms[command] = forms.get(command, "") + " ".join(words.split()) + "\n"
    return forms


@pytest.fixture
def help_of(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "200")

    def asked(*command: str) -> str:
        with pytest.raises(SystemExit):
            main([*command, "--help"])
        return capsys.readouterr().out

    return asked


def test_the_man_page_names_every_command(synopsis: dict[str, str]) -> None:
    assert set(synopsis) == {"", *COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_the_options_and_choices_of_its_help(
    command: str, synopsis: dict[str, str], help_of
) -> None:
    usage = help_of(command).partition("\n\n")[0]
    told = synopsis[command]
    assert option_names(told) == option_names(usage) - {"-h", *EVERYWHERE}
    choices = {each.replace(",", " | ") for each in re.findall(r"\{([^}]+)\}", usage)}
    assert set(re.findall(r"\w+(?: \| \w+)+", told)) == choices


def test_the_program_has_the_options_of_its_help(synopsis: dict[str, str], help_of) -> None:
    assert option_names(synopsis[""]) == option_names(help_of()) - {"-h"}


def test_the_page_explains_no_option_that_there_is_not(help_of) -> None:
    there = option_names(" ".join([help_of(), *(help_of(each) for each in COMMANDS)]))
    assert option_names(PAGE.read_text(encoding="utf-8").replace("\\-", "-")) <= there
