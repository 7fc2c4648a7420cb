"""The house's walls: which module may import which, and what must never be loaded together.

The table is the one of ARCHITECTURE.md. A row names a module, or a package with all that is in it;
inside a package its modules may import each other.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "reader"
PACKAGES = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))

GROUND = {
    "version": "",
    "model": "",
    "errors": "",
    "paths": "platformdirs",
    "whole_files": "paths",
    "sandbox": "",
    "judging": "model",
    "parts": "model errors",
    "periods": "",
    "legal_forms": "",
    "words": "",
    "written_dates": "",
    "signs": "",
    "syllables": "model paths textstat",
    "scoring": "model",
}
STAGES = {
    "loading": "model errors charset_normalizer lxml markdown_it pypdfium2",
    "language": "model paths",
    "sections": "model legal_forms written_dates",
    "sentences": "model paths nltk",
    "readability": "model paths syllables words textstat",
    "wording": "model paths signs words",
    "disclosures": "model errors paths judging legal_forms periods signs written_dates nltk",
    "legal_bars": "model paths syllables words",
    "rewriting": "model scoring words",
    "reference": "paths",
    "wholeness": "model",
    "withholding": "model",
    "verdict": "model judging",
}
PATH = {
    "own_rules": "paths",
    "document_scores": "model readability reference rewriting scoring",
    "analysis": " ".join(["model errors version own_rules parts document_scores words", *STAGES]),
    "difficulty": "model scoring reference",
    "titles": "model legal_forms",
    "named_things": "model titles",
    "summary": "model judging parts reference scoring version difficulty titles withholding",
    "export": "model errors scoring summary titles difficulty rewriting annotations changes "
    "compare compared_findings section_changes paths reference version whole_files pyarrow orjson",
    "dismissal": "model paths judging reference verdict wholeness",
    "compare": "model legal_forms titles compared_findings disclosure_changes section_changes "
    "statements_compared wholeness",
    "disclosure_changes": "model compared_findings statement_changes statements_compared wholeness",
    "statement_changes": "model summary periods compared_findings statements_compared",
    "compared_findings": "model summary titles statements_compared",
    "section_changes": "model statements_compared word_changes",
    "statements_compared": "model periods",
    "linked_places": "compare word_changes",
    "word_changes": "",
    "annotations": "model",
    "changes": "model scoring difficulty summary annotations",
    "settings": "paths whole_files",
    "library": "paths whole_files model annotations",
    "earlier_files": "paths whole_files",
    "protocol": "model errors parts paths sandbox export.report_json",
    "fork_server": "errors protocol",
    "probes": "sandbox",
    "worker": "analysis loading export.report_json protocol fork_server errors sandbox probes",
    "batch": "model errors version own_rules protocol fork_server export whole_files",
    "cluster": "batch errors own_rules protocol version distributed",
    "folder_rows": "batch paths",
    "progress": "rich",
    "self_test": "errors protocol sandbox",
    "command_exit": "errors protocol summary",
}
FRONT_ENDS = {
    "cli": "model errors version own_rules protocol batch cluster progress compare self_test "
    "command_exit export summary settings whole_files",
    "__main__": "cli",
    "gui": "model errors parts version paths sandbox protocol scoring difficulty rewriting summary "
    "named_things dismissal changes compare linked_places annotations earlier_files export "
    "folder_rows settings library own_rules PySide6",
    "__init__": "version analysis errors loading",
}
MAY_IMPORT = {
    module: frozenset(allowed.split())
    for module, allowed in (GROUND | STAGES | PATH | FRONT_ENDS).items()
}
# The terminal opens the window and writes the page; it loads Qt only in the functions that do so.
INSIDE_A_FUNCTION = {"cli": frozenset({"gui.app", "gui.comparison_printing", "gui.printing"})}

NETWORK = frozenset({
    "PySide6.QtNetwork", "asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "urllib.request", "xmlrpc", "dask", "distributed", "tornado",
})  # fmt: skip


# A later start speaks to the window that is open, by a local socket, which reaches no network.
SPEAKS_LOCALLY = "gui.second_start"
# A batch goes to the cluster that its user names, and only then is Dask loaded.
SPEAKS_TO_A_CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class Import:
    """One import: where it stands, what it names, and whether inside a function."""

    file: Path
    line: int
    name: str
    in_function: bool

    @property
    def module(self) -> str:
        """The importing module, dotted and without ``reader``."""
        return ".".join(self.file.relative_to(PACKAGE).with_suffix("").parts)

    @property
    def row(self) -> str:
        """The row of the table that the importing module belongs to."""
        return self.module.partition(".")[0]

    @property
    def is_ours(self) -> bool:
        return self.name == "reader" or self.name.startswith("reader.")

    def __str__(self) -> str:
        return f"{self.file.relative_to(PACKAGE.parent)}:{self.line} imports {self.name}"


def imports_of(file: Path) -> Iterator[Import]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    in_functions = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: imports name the whole path"
            base = node.module or ""
            names = [
                f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base
                for alias in node.names
            ]
        else:
            continue
        for name in dict.fromkeys(names):
            yield Import(file, node.lineno, name, id(node) in in_functions)


def is_module(name: str) -> bool:
    if name.startswith("PySide6."):
        return name.count(".") == 1
    path = PACKAGE.parent.joinpath(*name.split("."))
    return name.startswith("reader.") and (path.is_dir() or path.with_suffix(".py").is_file())


ALL_IMPORTS = [each for file in sorted(PACKAGE.rglob("*.py")) for each in imports_of(file)]


def allows(allowed: frozenset[str], name: str) -> bool:
    return any(name == entry or name.startswith(entry + ".") for entry in allowed)


def is_allowed(each: Import) -> bool:
    allowed = MAY_IMPORT[each.row]
    if not each.is_ours:
        root = each.name.partition(".")[0]
        return root in sys.stdlib_module_names or allows(allowed, each.name)
    name = each.name.removeprefix("reader").removeprefix(".")
    if each.in_function and allows(INSIDE_A_FUNCTION.get(each.row, frozenset()), name):
        return True
    return bool(name) and (name.partition(".")[0] == each.row or allows(allowed, name))


# --- the table ------------------------------------------------------------------------------------


def test_every_module_has_its_row_and_every_row_its_module():
    modules = {each.stem for each in PACKAGE.glob("*.py")}
    packages = {each.parent.name for each in PACKAGE.glob("*/__init__.py")}

    assert set(MAY_IMPORT) == modules | packages


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_of_a_package_stands_in_its_table(package: str):
    text = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.partition(f"## Inside `{package}/`\n")[2].partition("\n## ")[0]
    modules = sorted(path.name for path in (PACKAGE / package).glob("*.py"))

    assert sorted(re.findall(r"`(\w+\.py)`", table)) == [m for m in modules if m != "__init__.py"]


def test_no_stage_may_import_another_and_the_ground_knows_none():
    above = {
        f"{row} -> {allowed}"
        for row, imports in (GROUND | STAGES).items()
        for allowed in imports.split()
        if allowed in STAGES or (row in GROUND and allowed in PATH)
    }

    assert above == set()


def test_imports_point_down():
    assert [str(each) for each in ALL_IMPORTS if not is_allowed(each)] == []


def test_qt_is_named_in_the_window_package_alone():
    outside = [e for e in ALL_IMPORTS if e.name.startswith("PySide6") and e.row != "gui"]

    assert [str(each) for each in outside] == []


def test_nothing_imports_what_reaches_the_network():
    reaching = [each for each in ALL_IMPORTS if allows(NETWORK, each.name)]

    allowed = (SPEAKS_LOCALLY, SPEAKS_TO_A_CLUSTER)
    assert [str(each) for each in reaching if each.module not in allowed] == []
    assert {e.name.partition(".")[0] for e in reaching if e.module == SPEAKS_TO_A_CLUSTER} == {
        "distributed"
    }


def test_of_qt_s_network_library_nothing_is_used_but_local_sockets():
    file = PACKAGE.joinpath(*SPEAKS_LOCALLY.split(".")).with_suffix(".py")
    taken = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    plain = {each.name for each in imports_of(file)} - {"PySide6.QtNetwork"}

    assert {name for name in taken if name.startswith("PySide6.QtNetwork")} == {
        "PySide6.QtNetwork.QLocalServer",
        "PySide6.QtNetwork.QLocalSocket",
    }
    assert not [name for name in plain if allows(NETWORK, name)]


def test_modules_are_imported_by_name_outside_the_lazy_face_alone():
    lazy = [
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
        and (getattr(node, "id", "") or getattr(node, "attr", ""))
        in ("import_module", "__import__")
    ]

    assert set(lazy) == {"__init__.py"}


def test_the_written_table_names_every_module():
    written = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")

    unnamed = [
        row
        for row in set(MAY_IMPORT) - {"__init__"}
        if f"`{row}.py`" not in written and f"`{row}/`" not in written
    ]

    assert unnamed == []


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("model", "from reader.paths import resource"),
        ("sections", "from reader.sentences import find_sentences"),
        ("disclosures", "import reader"),
        ("gui", "import nltk"),
        ("cli", "import reader.gui.app"),
        ("summary", "from PySide6.QtGui import QColor"),
    ],
)
def test_the_check_sees_a_wall_that_is_broken(
    source: str, caught: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    file = tmp_path / f"{source}.py"
    file.write_text(caught, encoding="utf-8")

    assert not any(is_allowed(each) for each in imports_of(file))


# --- what is loaded together ----------------------------------------------------------------------


def run_python(code: str, *arguments: str) -> str:
    """Run ``code`` in a new interpreter and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", code, *arguments],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


LOADED = "print(*sorted({name.partition('.')[0] for name in sys.modules} & set(sys.argv[1:])))"


def test_importing_reader_loads_neither_language_libraries_nor_qt():
    code = f"import sys, reader; reader.__version__; {LOADED}"

    assert run_python(code, "nltk", "textstat", "PySide6", "markdown_it") == ""


def test_the_library_face_names_what_it_gives():
    code = "import reader; print(reader.analyze.__name__, reader.load.__name__, *dir(reader))"

    names = run_python(code).split()

    assert names[:2] == ["analyze", "load"]
    assert set(names[2:]) >= {"ReaderError", "__version__", "analyze", "analyze_text", "load"}


def test_the_window_process_loads_neither_nltk_nor_textstat():
    modules = [
        "reader.gui." + ".".join(file.relative_to(PACKAGE / "gui").with_suffix("").parts)
        for file in sorted((PACKAGE / "gui").rglob("*.py"))
        if file.stem != "__init__"
    ]
    code = f"import sys, importlib; [importlib.import_module(m) for m in {modules!r}]; {LOADED}"

    assert run_python(code, "nltk", "textstat", "markdown_it", "PySide6") == "PySide6"


BLOCK_QT = """
import sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('PySide6', 'shiboken6'):
            raise ImportError('the engine asked for ' + name)
sys.meta_path.insert(0, NoQt())
"""
BLOCK_NETWORK = """
import sys
def watch(event, arguments):
    if event in ('socket.__new__', 'socket.getaddrinfo', 'socket.connect'):
        raise SystemExit('the engine used ' + event)
sys.addaudithook(watch)
"""
ANALYSE = """
import reader
with open(sys.argv[1], 'rb') as file:
    report = reader.analyze(file.read(), 'sample.md')
print(len(report.disclosures) > 20, report.document.title)
"""


@pytest.mark.parametrize("block", [BLOCK_QT, BLOCK_NETWORK], ids=["no Qt", "no network"])
def test_the_engine_analyses_the_sample_with(block: str, sample: Path):
    assert run_python(block + ANALYSE, str(sample)) == "True Lantern & Loom Privacy Policy"


def test_the_command_line_analyses_without_loading_qt(sample: Path):
    code = f"""{BLOCK_QT}
from reader.cli import main
sys.exit(main(['analyze', sys.argv[1], '--to', 'json']))
"""

    assert '"policy-reader/report/1"' in run_python(code, str(sample)).replace(" ", "")
