"""The matrix is whole: every row has its words, and a test or a reason, and no test names a row that is not there."""

from dataclasses import replace
from pathlib import Path

import pytest

from storage.desk.safety_words import Tried, last_campaign, safety_words
from tests.campaign.__main__ import PAGE, beside, merged
from tests.campaign.frame import report, reported, scaled
from tests.campaign.rows import matrix, missing, named_tests, rows_named


def test_the_matrix_has_all_its_rows() -> None:
    assert len(matrix()) == 74
    assert all(row.wrong and row.promised for row in matrix().values())


def test_every_row_has_a_test_or_a_reason_why_not() -> None:
    assert not missing()


def test_tests_are_named_after_rows_that_exist() -> None:
    assert not {*named_tests()} - {*matrix()}


def test_a_test_may_stand_for_several_rows() -> None:
    assert rows_named("test_i1_i2_i3_files_put_together") == ["I1", "I2", "I3"]
    assert rows_named("test_s6_a_file") == ["S6"] and rows_named("test_f1_opens_help") == []


def test_a_row_that_is_tested_gives_no_reason_for_not_being() -> None:
    both = [row.id for row in matrix().values() if row.not_here and row.id in named_tests()]
    assert not both


def test_the_size_is_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAMPAIGN_SIZE", raising=False)
    assert scaled(quick=1, night=2, release=3) == 1
    monkeypatch.setenv("CAMPAIGN_SIZE", "release")
    assert scaled(quick=1, night=2, release=3) == 3
    monkeypatch.setenv("CAMPAIGN_SIZE", "enormous")
    with pytest.raises(AssertionError, match="enormous"):
        scaled(quick=1, night=2, release=3)


def test_reports_on_a_row_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_OUT", str(tmp_path))
    report("P1", {"kills": 10, "longest, s": 0.5})
    report("p1", {"kills": 5, "lost": 0, "longest, s": 0.25})
    assert reported(tmp_path) == {"P1": {"kills": 15, "lost": 0, "longest, s": 0.5}}


def test_nothing_is_reported_about_a_row_that_is_not_there() -> None:
    with pytest.raises(AssertionError, match="Q9"):
        report("Q9", {"tries": 1})


def test_a_small_run_does_not_replace_the_figures_of_a_large_one() -> None:
    large = Tried("P1", "", "", tests=1, size="release", figures={"kills": 20_000})
    small = Tried("P1", "", "", tests=1, size="quick", figures={"kills": 100})
    kept = {row.id: row for row in merged({"P1": small}, {"P1": large}, anyway=False)}
    assert kept["P1"].figures == {"kills": 20_000} and kept["P1"].wrong == matrix()["P1"].wrong
    assert merged({"P1": small}, {"P1": large}, anyway=True)[0].figures == {"kills": 100}
    assert merged({"P1": large}, {"P1": small}, anyway=False)[0].figures == {"kills": 20_000}


def test_a_run_of_one_harness_keeps_what_another_found_out_about_the_same_row() -> None:
    files = Tried("D7", "", "", tests=2, size="release", figures={"files": 10, "not noticed": 1})
    copies = Tried("D7", "", "", tests=1, size="release", figures={"copies": 5, "not noticed": 0})
    together = beside(copies, files)
    assert together.figures == {"files": 10, "copies": 5, "not noticed": 0} and together.tests == 2
    assert beside(copies, replace(files, size="quick")) == copies == beside(copies, None)


def test_the_page_on_safety_is_made_from_the_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == safety_words(last_campaign())
