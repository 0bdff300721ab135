"""Specifications, redlines and all about a service from the command line, in the form the name asks for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.commandline import run_verb
from storage.desk.beginning.sample import new_sample
from storage.engine.place.door import make_at
from tests.storage.exchange.text_papers import opened, part
from tests.storage.exchange.word_samples import schedule


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "sample.desk"
    make_at(path, new_sample)
    return path


def test_a_text_is_written_in_the_form_its_name_asks_for(sample: Path, tmp_path: Path) -> None:
    for what, words in (("specification", "SP-1"), ("service-bundle", "S-01")):
        for ending, begins in ((".docx", b"PK"), (".pdf", b"%PDF"), (".html", b"<!DOCTYPE html>")):
            out = tmp_path / f"{what}{ending}"
            assert run_verb(["export", str(sample), what, words, str(out)]) == 0
            assert out.read_bytes().startswith(begins)
    assert any(
        "Measures" in p.text for p in opened((tmp_path / "service-bundle.docx").read_bytes()).paragraphs
    )


def test_a_redline_has_tracked_changes_between_the_texts_named(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "redline.docx"
    named = ["--old", "1.0", "--new", "2.0"]
    assert run_verb(["export", str(sample), "redline", "SP-2", str(out), *named]) == 0
    assert "<w:ins " in part(out.read_bytes(), "word/document.xml")
    assert run_verb(["export", str(sample), "redline", "SP-2", str(out), "--old", "national"]) == 0
    assert run_verb(["export", str(sample), "redline", "SP-2", str(out), "--old", "9.9"]) == 1
    assert "Versions issued: 1.0, 2.0." in capsys.readouterr().err


def test_what_cannot_be_is_one_plain_line(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["export", str(sample), "specification", "SP-1", str(tmp_path / "x.txt")]) == 1
    assert "End it in .docx, .pdf or .html." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run_verb(["export", str(sample), "specification", str(tmp_path / "x.docx")])
    assert "takes ID OUT" in capsys.readouterr().err


def test_no_window_is_needed(sample: Path, tmp_path: Path, project: Path) -> None:
    out = tmp_path / "spec.html"
    command = [sys.executable, "-m", "desktop", "export", str(sample), "specification", "SP-1", str(out)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, str(out)), done.stderr


def test_a_word_document_comes_in(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Schedule.docx"
    path.write_bytes(schedule())
    given = ["import", str(sample), str(path), "--specification", "new", "--outline", "schedule-2a"]
    assert run_verb([*given, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "Nothing was written." in said and "Parking → Unplaced (no section has a heading like it)" in said
    assert "1 comment is not brought in." in said and "“Is this still so?” (Cy Fox)" in said
    assert run_verb([*given, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["specification"] == "SP-4" and not told["dry_run"]
    assert run_verb(["import", str(sample), str(path), "--specification", "SP-4"]) == 0
    assert "Brought in as Schedule 2 Part A." in capsys.readouterr().out
    assert run_verb(["import", str(sample), str(tmp_path / "no.docx"), "--specification", "new"]) == 1
