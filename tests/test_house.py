"""The rules of the house that no formatter or linter knows: sizes, rooms, lazy imports, plain words."""

import ast
import gc
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("desktop", "widgets", "storage", "resources")
FILE_LINES, FUNCTION_LINES, CLASS_METHODS, MAIN_WINDOW_LINES = 400, 35, 20, 300
SQLITE = {"sqlite3", "sqlite_utils"}
SECOND_SQLITE = {"apsw", "pysqlite3", "PySide6.QtSql"}
SLOW_TO_IMPORT = {"openpyxl", "xlsxwriter", "docx", "typst", "pypdf", "PySide6.QtPrintSupport"}
NOT_OURS = {".git", ".venv", ".venv-peers", ".hypothesis", "out", "build", "dist", "__pycache__"}
PLACES_OF_ONE_MACHINE = re.compile(
    r"(?<![\w./:-])/(?:work|root|opt|Users/\w+|home/\w+)/|shared/(?:design|seeds|data)\b"
)
NAMED_PLACE = re.compile(r"`([\w/]+(?:\.py|/))`")


@dataclass(frozen=True)
class Source:
    """One Python file of the project."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Where it lies, as a person would write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """The dotted name it is imported by."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@dataclass(frozen=True)
class Import:
    """One imported name: the dotted path, the line, and whether importing the file reaches it."""

    target: str
    line: int
    at_import: bool
    for_types_only: bool


def sources(*rooms: str) -> tuple[Source, ...]:
    """Every Python file of the rooms named."""
    return tuple(source for room in rooms for source in of_room(room))


@cache
def of_room(room: str) -> tuple[Source, ...]:
    """Every Python file of one room, parsed once."""
    paths = sorted((ROOT / room).rglob("*.py"))
    texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    gc.disable()  # parsing makes no rubbish, and looking through the trees for some takes most of the time
    try:
        return tuple(Source(path, text, ast.parse(text)) for path, text in texts)
    finally:
        gc.enable()


@pytest.fixture(scope="module", autouse=True)
def trees_let_go() -> Iterator[None]:
    """The trees of all files are millions of objects, which later tests of the same process would carry along."""
    yield
    of_room.cache_clear()


def is_type_check(node: ast.AST) -> bool:
    """Whether this is `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def imports(node: ast.AST, at_import: bool = True, for_types: bool = False) -> Iterator[Import]:
    """Every import under a node; `from a import b` counts as a.b, which may be a module."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            continue  # an import is a statement, and none stands inside an expression
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, at_import, for_types)
        elif isinstance(child, ast.ImportFrom):
            for alias in child.names:
                yield Import(f"{child.module}.{alias.name}", child.lineno, at_import, for_types)
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from imports(child, at_import and not inside, for_types or is_type_check(child))


def within(target: str, roots: set[str]) -> bool:
    """Whether a dotted name is one of the roots or lies inside one."""
    return any(target == root or target.startswith(root + ".") for root in roots)


def offenders(
    rooms: tuple[str, ...], roots: set[str], allowed: str = "", only_at_import: bool = False
) -> list[str]:
    """Where something of `roots` is imported, except in files whose name starts with `allowed`."""
    return [
        f"{source.name}:{found.line} imports {found.target}"
        for source in sources(*rooms)
        if not (allowed and source.name.startswith(allowed))
        for found in imports(source.tree)
        if within(found.target, roots)
        if not only_at_import or (found.at_import and not found.for_types_only)
    ]


def in_fresh_process(code: str, *arguments: str) -> str:
    """What a new Python prints for some code, with the project on its path."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_opens_with_a_sentence_and_is_short() -> None:
    for source in sources(*ROOMS, "tests"):
        assert ast.get_docstring(source.tree), f"{source.name} does not say what it is for"
    long = [
        f"{s.name}: {n}" for s in sources(*ROOMS, "tests") if (n := len(s.text.splitlines())) > FILE_LINES
    ]
    assert not long


def test_functions_and_classes_are_short() -> None:
    found = []
    for source in sources(*ROOMS, "tests"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    found.append(f"{source.name}:{node.lineno} {node.name}: {lines} lines")
            elif isinstance(node, ast.ClassDef):
                methods = sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)
                if methods > CLASS_METHODS:
                    found.append(f"{source.name}:{node.lineno} {node.name}: {methods} methods")
    assert not found


def test_the_main_window_is_short() -> None:
    found = []
    for source in sources("desktop"):
        classes = [node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
        is_main = any(ast.unparse(base).endswith("QMainWindow") for node in classes for base in node.bases)
        if is_main and len(source.text.splitlines()) > MAIN_WINDOW_LINES:
            found.append(source.name)
    assert not found


def test_only_the_engine_imports_sqlite() -> None:
    assert not offenders(ROOMS, SQLITE, allowed="storage/engine/")


def test_no_second_sqlite_library_is_imported() -> None:
    assert not offenders((*ROOMS, "tests"), SECOND_SQLITE)


def test_slow_libraries_are_imported_where_they_are_used() -> None:
    assert not offenders(ROOMS, SLOW_TO_IMPORT, only_at_import=True)


def test_storage_imports_nothing_above_it() -> None:
    assert not offenders(("storage",), {"PySide6", "shiboken6", "desktop", "widgets"})


def test_widgets_know_only_the_fields_of_storage() -> None:
    found = [
        f"{source.name}:{found.line} imports {found.target}"
        for source in sources("widgets")
        for found in imports(source.tree)
        if within(found.target, {"storage", "desktop"})
        and not within(found.target, {"storage.engine.fields"})
    ]
    assert not found


def test_no_import_cycle() -> None:
    modules = {source.module for source in sources(*ROOMS)}
    graph: dict[str, set[str]] = {}
    for source in sources(*ROOMS):
        needed = graph.setdefault(source.module, set())
        for found in imports(source.tree):
            if found.for_types_only:
                continue
            target = found.target if found.target in modules else found.target.rpartition(".")[0]
            if target in modules:
                needed.add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(error.args[1])) from None


def test_importing_all_of_storage_loads_no_qt() -> None:
    names = [source.module for source in sources("storage") if not source.module.endswith("__main__")]
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    assert in_fresh_process(code, *names).strip() == "[]"


def test_the_command_line_loads_no_qt() -> None:
    code = (
        "import contextlib, io, sys\n"
        "import desktop.commandline, desktop.__main__\n"
        "sys.argv = ['commissioning-desk', 'templates']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()) as said:\n"
        "    desktop.__main__.main()\n"
        "assert 'T01' in said.getvalue()\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    assert in_fresh_process(code).strip() == "[]"


def text_files() -> Iterator[tuple[str, str]]:
    """Every file of the project that is text and ours, with what it says."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in NOT_OURS and not name.endswith(("_cache", ".egg-info"))
        ]
        for file in (name for name in files if name not in NOT_OURS):  # .git is a file in a worktree
            path = Path(folder) / file
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a font, a picture, a workbook


def test_the_project_names_no_place_of_one_machine() -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in text_files()
        for match in PLACES_OF_ONE_MACHINE.finditer(text)
    ]
    assert not found


def test_what_the_texts_name_is_there() -> None:
    """Files and folders in the map of the project, so that it stays true when something moves."""
    places = [ROOT / room for room in (*ROOMS, "tests", "docs")]
    held = {
        f"/{path.relative_to(ROOT).as_posix()}" for place in places for path in (place, *place.rglob("*"))
    }
    texts = [ROOT / "ARCHITECTURE.md", ROOT / "docs" / "parts.md"]
    named = [found for text in texts for found in NAMED_PLACE.findall(text.read_text(encoding="utf-8"))]
    assert len(named) > 100
    assert not [name for name in named if not any(path.endswith(f"/{name.rstrip('/')}") for path in held)]
