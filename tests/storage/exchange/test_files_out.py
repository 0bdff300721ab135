"""A file that is written takes its place whole or not at all, under a name every system takes."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.opening import new_store
from storage.exchange.files_out import LONGEST_NAME, free_name, not_written, put_in_place, safe_name
from storage.records.contracts import Contract


def test_x4_an_earlier_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    target.chmod(0o640)
    with pytest.raises(RuntimeError), put_in_place(target) as made:
        made.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old" and list(tmp_path.iterdir()) == [target]
    with put_in_place(target) as made:
        made.write_text("new")
    assert target.read_text() == "new" and list(tmp_path.iterdir()) == [target]
    assert os.name == "nt" or target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(errno.EACCES, "x"),
            r"open in Excel or another program.*such as “report \(3\)\.pdf”",
        ),
        (FileNotFoundError(errno.ENOENT, "x"), "does not exist"),
        (NotADirectoryError(errno.ENOTDIR, "x"), "does not exist"),
        (IsADirectoryError(errno.EISDIR, "x"), "is a folder"),
        (OSError(errno.ENOSPC, "x"), "the disk is full"),
        (OSError(errno.EROFS, "x"), "may only be read"),
        (OSError(errno.EFBIG, "x"), "as large as this"),
        (OSError(errno.ENAMETOOLONG, "x"), "too long"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError(None, "what was written could not be read back"), "could not be read back"),
    ],
)
def test_x4_what_stood_in_the_way_is_said_with_a_way_on(tmp_path: Path, error: OSError, said: str) -> None:
    (tmp_path / "report (2).pdf").touch()
    words = not_written(error, tmp_path / "report.pdf")
    assert re.search(said, words) and words.endswith(".")


_FULL = """
import resource, sys
from datetime import date
from pathlib import Path
import storage.records
from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from storage.exchange.paper.printing import write_pdf
from storage.exchange.paper.print_checklist import blank_checklist
from storage.exchange.workbooks.register import export_register
what, source, target = sys.argv[1:]
store = open_store(Path(source), read_only=True)
paper = blank_checklist("T01", date(2026, 11, 22))
resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, -1))  # as on a disk with so little room
try:
    if what == "pdf":
        write_pdf(paper, Path(target))
    else:
        export_register(store, Path(target), today=date(2026, 11, 22))
except StorageError as error:
    print(error)
store.close()
"""


@pytest.mark.parametrize("what", ["pdf", "xlsx"])
def test_d3_a_disk_that_fills_up_leaves_the_earlier_file_and_nothing_besides(
    tmp_path: Path, project: Path, what: str
) -> None:
    with closing(new_store(tmp_path / "made.desk")) as store, store.step("Fill"):
        store.save_many([Contract(title=f"Contract {n}") for n in range(300)])
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / f"report.{what}"
    target.write_bytes(b"last month's report")
    told = subprocess.run(
        [sys.executable, "-c", _FULL, what, str(tmp_path / "made.desk"), str(target)],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"report.{what} could not be written: " in told and "is as it was" in told
    assert target.read_bytes() == b"last month's report" and list(folder.iterdir()) == [target]


def test_a_free_name_is_like_the_one_that_is_taken(tmp_path: Path) -> None:
    assert free_name(tmp_path / "a.pdf").name == "a (2).pdf"
    (tmp_path / "a (2).pdf").touch()
    assert free_name(tmp_path / "a.pdf").name == "a (3).pdf"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("CL-1 Review: so far <x>", "CL-1 Review so far x.pdf"),
        ("CD/64 on a page.pdf", "CD 64 on a page.pdf"),
        ("../..", "Printed.pdf"),
        ("Ünïcode – dash", "Ünïcode dash.pdf"),
        ("x" * 300, "x" * LONGEST_NAME + ".pdf"),
        ("CON", "Printed CON.pdf"),
        ("lpt1.old", "Printed lpt1.old.pdf"),
        ("COM²", "Printed COM².pdf"),
        ("report. . .", "report.pdf"),
        ("a.txt:stream", "a.txt stream.pdf"),
        ("gpj\u202eexe", "gpj exe.pdf"),
        ("C:\\Windows\\x", "C Windows x.pdf"),
        ("nul\0byte", "nul byte.pdf"),
        ("", "Printed.pdf"),
    ],
)
def test_x3_names_made_of_data_are_safe_everywhere(words: str, named: str) -> None:
    assert safe_name(words, ".pdf", "Printed") == named


def test_x3_long_names_of_any_letters_can_be_written(tmp_path: Path) -> None:
    for letter in "xé契😀𐍈":
        path = tmp_path / safe_name(letter * 400, ".pdf", "Printed")
        path.touch()
        assert path.exists()
