"""Files other programs take, written without a window: deadlines for a calendar, the annual summary."""

from pathlib import Path

import pytest
from icalendar import Calendar

from desktop.commandline import run_verb


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


def test_what_a_calendar_cannot_take_is_an_error_that_writes_nothing(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "none.ics"
    assert run_verb(["export", str(sample), "calendar", str(out), "--view", "Nobody’s"]) == 1
    with pytest.raises(SystemExit) as ended:
        run_verb(["export", str(sample), "calendar", str(out), "--as-at", "1 Jan 2026"])
    assert ended.value.code == 2
    assert "--as-at goes with register, not with calendar" in capsys.readouterr().err and not out.exists()


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
    with pytest.raises(SystemExit):
        run_verb(["export", str(sample), "psr-summary", str(out), "--view", "Anything"])
    assert "--view goes with" in capsys.readouterr().err and not out.exists()


def test_everything_goes_out_as_open_data_and_a_new_file_is_made_of_it(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, made = tmp_path / "all.zip", tmp_path / "made.desk"
    assert run_verb(["export", str(sample), "json", str(out)]) == 0
    assert " records, 0 attached files" in capsys.readouterr().out
    assert run_verb(["new", str(made), "--from", str(out)]) == 0
    assert "records copied from all.zip to made.desk" in capsys.readouterr().out
    assert run_verb(["check", str(made)]) == 0
    assert run_verb(["new", str(made), "--from", str(out)]) == 1
    assert "already exists" in capsys.readouterr().err
