"""The five-by-five matrix: scores, the edges of its bands, and what is refused."""

import pytest

from storage.checklists.matrix import possible_scores, read_scales, scales, score
from storage.checklists.toml_table import TemplateError

GOOD = """
likelihood = ["Rare", "Unlikely", "Possible", "Likely", "Almost certain"]
consequence = ["Negligible", "Minor", "Moderate", "Major", "Catastrophic"]
[[bands]]
name = "Low"
lowest = 1
highest = 8
colour = "green"
escalate_to = "Team"
[[bands]]
name = "High"
lowest = 9
highest = 25
colour = "red"
escalate_to = "Board"
"""


def test_only_fourteen_scores_occur() -> None:
    assert sorted(possible_scores()) == [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25]


@pytest.mark.parametrize(
    ("likelihood", "consequence", "band"),
    [
        (1, 3, "Low"),
        (1, 4, "Moderate"),
        (2, 3, "Moderate"),
        (2, 4, "High"),
        (4, 3, "High"),
        (3, 5, "Extreme"),
        (5, 5, "Extreme"),
    ],
)
def test_bands_change_where_they_should(likelihood: int, consequence: int, band: str) -> None:
    assert scales().band(score(likelihood, consequence)).name == band


@pytest.mark.parametrize(("likelihood", "consequence"), [(0, 1), (6, 1), (1, 0), (1, 6), (-1, -1)])
def test_a_step_outside_one_to_five_is_refused(likelihood: int, consequence: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        score(likelihood, consequence)


@pytest.mark.parametrize("points", [0, 7, 13, 26])
def test_a_number_that_is_no_score_has_no_band(points: int) -> None:
    with pytest.raises(ValueError, match="not a score"):
        scales().band(points)


def test_other_bands_can_be_used() -> None:
    assert [band.highest for band in read_scales(GOOD).bands] == [8, 25]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("lowest = 9", "lowest = 10", "cover every score"),
        ("lowest = 9", "lowest = 8", "cover every score"),
        ("highest = 25", "highest = 20", "cover every score"),
        ('"Rare", ', "", "5 words"),
        ("lowest = 1\n", "", "lowest and highest"),
        ('name = "Low"', 'title = "Low"', "name"),
    ],
)
def test_scales_that_leave_something_out_are_refused(old: str, new: str, why: str) -> None:
    with pytest.raises(TemplateError, match=why):
        read_scales(GOOD.replace(old, new))
