"""The versions shown are those of the libraries at work, and the running program is made of nothing else."""

import os
import sqlite3
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, qVersion

from storage.engine.versions import PACKAGES, versions
from tests.test_setup import RUN, pinned, plain

ASKED = """
import sys
import desktop.app, desktop.starting, storage.exchange.workbooks.register, storage.exchange.paper.printing
import storage.exchange.handover
import storage.exchange.importing.register_import, storage.engine.check.checking
from storage.engine.migrations import _database
from storage.engine.versions import versions
import sqlite3, openpyxl, xlsxwriter, typst, cryptography
_database(sqlite3.connect(":memory:"))
versions()
print("\\n".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""
NEVER = {"pip", "setuptools", "pytest", "hypothesis", "mypy", "requests", "urllib3"}
TAKEN_IF_THERE = {"numpy"}  # sqlite-utils takes it from the tests' environment; the program's has none


def test_versions_are_those_of_the_libraries_at_work() -> None:
    found = versions()
    with sqlite3.connect(":memory:") as conn:
        assert found["SQLite"] == conn.execute("select sqlite_version()").fetchone()[0]
    conn.close()
    assert found["Python"] == ".".join(map(str, sys.version_info[:3]))
    assert all(found[name] for name in ("Expat", "zlib", "OpenSSL"))
    assert qVersion() == QLibraryInfo.version().toString()


def test_every_package_the_program_asks_for_is_named_with_the_locked_version(project: Path) -> None:
    asked = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {plain(name) for name in asked} == {plain(name) for name in PACKAGES}
    locked, found = pinned(project, RUN), versions()
    assert {name: found[name] for name in PACKAGES} == {name: locked[plain(name)] for name in PACKAGES}


def test_the_running_program_loads_no_tool_of_its_makers(project: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(project), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert {"openpyxl", "sqlite_utils", "PySide6"} <= loaded
    assert not NEVER & loaded
    of = packages_distributions()
    packages = {plain(name) for module in loaded for name in of.get(module, ())}
    assert packages - TAKEN_IF_THERE - {"setuptools", "commissioning-desk"} <= pinned(project, RUN).keys()


def test_all_versions_are_printed_without_a_window(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--version"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"SQLite {sqlite3.sqlite_version}" in done.stdout.splitlines()
    assert f"cryptography {version('cryptography')}" in done.stdout.splitlines()
