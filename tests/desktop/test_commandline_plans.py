"""Printed without a window: the timeline, the forward plan, options compared, and what has changed since a meeting."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.commandline import run_verb
from storage.desk.meeting.shown_contracts import keep, shown_now
from storage.engine.opening import open_store
from storage.records.contracts import Contract


def words_of(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_timeline_is_printed_whole_and_as_a_view_shows_it(sample: Path, tmp_path: Path) -> None:
    out, some = tmp_path / "timeline.pdf", tmp_path / "some.pdf"
    assert run_verb(["print", str(sample), "timeline", str(out), "--years", "2"]) == 0
    assert "Timeline of contracts" in words_of(out) and "The same as a table" in words_of(out)
    view = "Last safe day within 90 days"
    assert run_verb(["print", str(sample), "timeline", str(some), "--view", view]) == 0
    assert view in " ".join(words_of(some).split())


def test_the_forward_plan_and_options_are_printed(sample: Path, tmp_path: Path) -> None:
    plan, options = tmp_path / "plan.pdf", tmp_path / "options.pdf"
    assert run_verb(["print", str(sample), "forward", str(plan)]) == 0
    assert "Procurements running at once" in words_of(plan)
    assert run_verb(["print", str(sample), "compare", "WH-101", str(options)]) == 0
    assert "Options compared" in words_of(options)


def test_a_view_that_is_not_there_is_an_error_that_writes_nothing(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "none.pdf"
    assert run_verb(["print", str(sample), "timeline", str(out), "--view", "Nobody’s"]) == 1
    assert "Nobody’s" in capsys.readouterr().err and not out.exists()


def test_changes_since_a_meeting_are_printed(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "changes.pdf"
    assert run_verb(["print", str(sample), "changes", str(out)]) == 1
    assert "Nothing is kept of any meeting yet" in capsys.readouterr().err and not out.exists()
    store = open_store(sample)
    keep(store, "Contract board", shown_now(store))
    store.change(Contract, 1, {"title": "Another name"})
    store.close()
    assert run_verb(["print", str(sample), "changes", str(out), "--meeting", "contract board"]) == 0
    assert "Another name" in words_of(out)
    assert run_verb(["print", str(sample), "changes", str(out), "--meeting", "Panel"]) == 1
    assert "“Contract board”" in capsys.readouterr().err


def test_open_risks_are_printed_on_one_matrix_of_a_contract_or_of_the_file(
    sample: Path, tmp_path: Path
) -> None:
    every, some = tmp_path / "every.pdf", tmp_path / "some.pdf"

    def said(path: Path) -> str:
        return " ".join(words_of(path).split())

    assert run_verb(["print", str(sample), "risks", str(every)]) == 0
    assert "All contracts" in said(every) and "The council cannot raise its share" in said(every)
    assert run_verb(["print", str(sample), "risks", "WH-101", str(some)]) == 0
    assert "Forensic rooms fail accreditation" in said(some)
    assert "The council cannot raise its share" not in said(some)
