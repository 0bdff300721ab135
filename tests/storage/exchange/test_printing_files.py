"""Saving a paper as a file: replaced whole or not at all, and printed from an archive too."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from storage.exchange.paper import printing
from storage.exchange.paper.printing import PrintError, write_pdf
from tests.storage.exchange.paper_samples import (
    checklist,
    read,
)


def test_write_pdf_replaces_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"older")
    write_pdf(checklist(), target)
    assert len(read(target.read_bytes()).pages) >= 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["paper.pdf"]


def test_r2_a_pdf_to_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="does not exist"):
        write_pdf(checklist(), tmp_path / "gone" / "paper.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["register.desk", "register.xlsx", "paper"])
def test_a_name_that_is_no_pdf_is_left_alone(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(b"something else")
    with pytest.raises(PrintError, match=r"End it in \.pdf"):
        write_pdf(checklist(), target)
    assert target.read_bytes() == b"something else"


def test_r2_a_failing_disk_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"older")

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(PrintError, match="the disk is full"):
        write_pdf(checklist(), target)
    assert target.read_bytes() == b"older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["paper.pdf"]


def test_r2_what_is_not_a_pdf_is_never_moved_into_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "pdf", lambda _paper: b"%PDF-1.7 cut short")
    with pytest.raises(PrintError):
        write_pdf(checklist(), tmp_path / "paper.pdf")
    assert list(tmp_path.iterdir()) == []


def test_prints_from_an_archive(project: Path, tmp_path: Path) -> None:
    archive = tmp_path / "program.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for room in (
            "storage/**/*.py",
            "resources/__init__.py",
            "resources/*/*",
        ):
            for file in project.glob(room):
                if file.is_file():
                    packed.write(file, file.relative_to(project))
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from datetime import date\n"
        "from storage.exchange.paper import printing\n"
        "from storage.exchange.paper.papers import Imprint\n"
        "from storage.exchange.paper.papers_contract import ContractPaper\n"
        "assert printing.__file__.startswith(sys.argv[1])\n"
        "made = printing.pdf(ContractPaper(Imprint(date(2026, 10, 3)), 'Title', 'C-1', 'Draft'))\n"
        "print(b'pdfuaid' in made)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(archive)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "True"
