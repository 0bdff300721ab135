"""The rows of the fault matrix, and the tests that stand for each."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
# The letters the matrix uses; `test_f1_…` is about a key of the keyboard.
_NAMED_AFTER_ROWS: Final = re.compile(r"test_((?:[pdlmcixrkgvsy]\d{1,2}_)+)")


@dataclass(frozen=True)
class Row:
    """One fault: what goes wrong, what is promised then, and why it is not tried here, if it is not."""

    id: str
    wrong: str
    promised: str
    not_here: str = ""


@cache
def matrix() -> dict[str, Row]:
    """All rows by their id, such as `P1`."""
    with (HERE / "rows.toml").open("rb") as file:
        return {name: Row(id=name, **words) for name, words in tomllib.load(file).items()}


def functions(tree: ast.AST) -> Iterator[str]:
    """The names of all functions of a file."""
    yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def rows_named(test: str) -> list[str]:
    """The ids of the rows that a test is named after: `test_i1_i2_…` stands for two."""
    named = _NAMED_AFTER_ROWS.match(test)
    return named[1].upper().split("_")[:-1] if named else []


@cache
def named_tests() -> dict[str, list[str]]:
    """The tests named after a row, as `file::test`; ids that are in no matrix are among the keys."""
    found: dict[str, list[str]] = {}
    for path in sorted(HERE.parent.rglob("test_*.py")):
        for name in functions(ast.parse(path.read_text(encoding="utf-8"))):
            for row in rows_named(name):
                place = path.relative_to(HERE.parent).as_posix()
                found.setdefault(row, []).append(f"{place}::{name}")
    return found


def missing() -> list[str]:
    """The rows that neither a test nor a reason stands for yet."""
    return [row.id for row in matrix().values() if not row.not_here and row.id not in named_tests()]
