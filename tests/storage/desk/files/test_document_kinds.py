"""A label never names a file, a file name never leaves its folder, and what could run is never opened."""

from __future__ import annotations

import ntpath
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.desk.files.document_kinds import (
    OPENED,
    PROGRAMS,
    ending_of,
    is_opened,
    is_program,
    label_of,
    safe_name,
)
from storage.desk.unseen import is_unseen
from tests.campaign.frame import report
from tests.hostile import NAMES

RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{d}{n}" for d in ("com", "lpt") for n in "0123456789¹²³"),
}


def stays(name: str) -> bool:
    """Whether a name is one plain file of its folder, on Windows and elsewhere."""
    return (
        name not in ("", ".", "..")
        and PureWindowsPath(name).name == PurePosixPath(name).name == name
        and not ntpath.splitdrive(name)[0]
        and not set(name) & set('<>:"/\\|?*')
        and not any(map(is_unseen, name))
        and name.strip(". ") == name
        and name.partition(".")[0].strip().lower() not in RESERVED
        and len(name.encode()) <= 200
    )


def test_k2_200_hostile_names_become_plain_names_of_their_folder(tmp_path: Path) -> None:
    assert len(NAMES) >= 200
    for name in NAMES:
        safe = safe_name(label_of(name), ending_of(name))
        assert stays(safe), (name, safe)
        (tmp_path / safe).write_bytes(b"x")
        assert (tmp_path / safe).resolve().parent == tmp_path.resolve()
    report("K2", {"hostile names": len(NAMES), "escapes": 0})


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_label_with_any_ending_becomes_a_plain_name(label: str, ending: str) -> None:
    assert stays(safe_name(label, ending))
    assert stays(safe_name(label_of(label), ending_of(label)))


def test_k3_nothing_of_more_than_60_kinds_that_run_is_opened() -> None:
    assert len(PROGRAMS) >= 60 and not PROGRAMS & OPENED
    for ending in PROGRAMS:
        for written in (
            ending,
            ending.upper(),
            f" {ending} ",
            f".{ending}",
            f"{ending}\x00",
            f"pdf.{ending}",
        ):
            assert not is_opened(written)
    assert is_program("EXE") and not is_program("pdf") and not is_program("")


@pytest.mark.parametrize(
    ("name", "ending", "label"),
    [
        ("Signed contract.PDF", "pdf", "Signed contract"),
        ("a.pdf.exe", "exe", "a.pdf"),
        ("invoice\u202efdp.exe", "exe", "invoicefdp"),
        ("a.txt:stream", "", "a.txt:stream"),
        ("Schedule 2A", "", "Schedule 2A"),
        (".bashrc", "", "bashrc"),
        (r"C:\Users\x\Deed.docx", "docx", "Deed"),
    ],
)
def test_what_a_file_is_called_and_of_which_kind_it_is(name: str, ending: str, label: str) -> None:
    assert (ending_of(name), label_of(name)) == (ending, label)


def test_a_copy_ends_as_its_kind_whatever_it_is_called() -> None:
    assert safe_name("report.exe", "pdf") == "report.exe.pdf"
    assert safe_name("report.pdf", "pdf") == "report.pdf"
    assert safe_name("report", "../x") == "report"
