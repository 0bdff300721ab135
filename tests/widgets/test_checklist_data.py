"""What the checklist view draws: progress in words and per cent, and the band a score falls in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.checklist_sample import MATRIX, checklist
from widgets.checklist_data import MatrixWords, SectionData, SummaryData


@pytest.mark.parametrize(
    ("answered", "applicable", "percent"), [(0, 5, 0), (1, 3, 33), (199, 200, 99), (5, 5, 100), (0, 0, 100)]
)
def test_per_cent_is_whole_and_a_hundred_only_when_all_is_answered(
    answered: int, applicable: int, percent: int
) -> None:
    assert SummaryData(answered, applicable).percent == percent


def test_progress_of_a_section_is_said_in_words() -> None:
    assert SectionData("C", "Impact", 4, 6, ()).words == "4 of 6"


@pytest.mark.parametrize(
    ("score", "word"),
    [(1, "Low"), (3, "Low"), (4, "Moderate"), (12, "High"), (15, "Extreme"), (25, "Extreme")],
)
def test_a_score_falls_in_the_highest_band_it_reaches(score: int, word: str) -> None:
    band = MATRIX.band(score)
    assert band is not None
    assert band.word == word


@given(st.integers(1, 25))
def test_without_bands_no_score_has_one(score: int) -> None:
    assert MatrixWords().band(score) is None


def test_the_questions_of_all_sections_come_in_order() -> None:
    assert [q.number for q in checklist().questions] == [f"{n:02}" for n in range(1, 17)]
