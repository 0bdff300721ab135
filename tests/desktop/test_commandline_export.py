"""Files other programs take, written without a window: deadlines for a calendar, the annual summary."""

from pathlib import Path

import pytest
from icalendar import Calendar

from desktop.commandline import run_verb
from storage.desk.sample import new_sample


@pytest.fixture
def sample(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "sample.desk"
    new_sample(path).close()
    return path


def test_the_deadlines_go_out_whole_and_as_a_view_shows_them(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, some = tmp_path / "all.ics", tmp_path / "some.ics"
    assert run_verb(["export", str(sample), "calendar", str(out)]) == 0
    assert "deadlines" in capsys.readouterr().out
    view = "Last safe day within 90 days"
    assert run_verb(["export", str(sample), "calendar", str(some), "--view", view]) == 0
    every, few = (len(Calendar.from_ical(path.read_bytes()).events) for path in (out, some))
    assert 0 < few < every


@pytest.mark.parametrize("more", [["--view", "Nobody’s"], ["--as-at", "1 Jan 2026"]])
def test_what_a_calendar_cannot_take_is_an_error_that_writes_nothing(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    out = tmp_path / "none.ics"
    assert run_verb(["export", str(sample), "calendar", str(out), *more]) == 1
    assert capsys.readouterr().err and not out.exists()


def test_the_annual_summary_goes_out_in_every_form(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in ("xlsx", "pdf", "csv"):
        out = tmp_path / f"summary.{ending}"
        assert run_verb(["export", str(sample), "psr-summary", str(out), "--year", "2025"]) == 0
        assert out.exists() and "2025/26" in capsys.readouterr().out
    out = tmp_path / "none.csv"
    assert run_verb(["export", str(sample), "psr-summary", str(out), "--year", "2019"]) == 1
    assert "2024" in capsys.readouterr().err and not out.exists()
    assert run_verb(["export", str(sample), "psr-summary", str(out), "--view", "Anything"]) == 1
    assert "no view" in capsys.readouterr().err and not out.exists()
