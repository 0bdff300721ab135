"""The five-by-five matrix: scores, the edges of its bands, and what is refused."""

import pytest

from storage.rules.risks import possible_scores, read_scales, risk_band, scales, score

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
def test_part_d_6_bands_change_where_they_should(likelihood: int, consequence: int, band: str) -> None:
    assert scales().band(score(likelihood, consequence)).name == band
    found = risk_band(likelihood, consequence).value
    assert found is not None
    assert found.name == band


@pytest.mark.parametrize(("likelihood", "consequence"), [(0, 1), (6, 1), (1, 0), (1, 6), (-1, -1)])
def test_a_step_outside_one_to_five_is_refused(likelihood: int, consequence: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        score(likelihood, consequence)


@pytest.mark.parametrize("points", [0, 7, 13, 26])
def test_a_number_that_is_no_score_has_no_band(points: int) -> None:
    with pytest.raises(ValueError, match="not a score"):
        scales().band(points)


def test_says_how_a_band_came_about() -> None:
    found = risk_band(4, 3)
    assert found.why == "High: 4 × 3 = 12, within 8 to 12."
    assert [step.words for step in found.reasons] == [
        "Likelihood 4: Likely",
        "Consequence 3: Moderate",
        "High goes to: Director",
    ]


def test_without_a_step_there_is_no_band_and_a_wrong_step_is_refused() -> None:
    assert risk_band(None, 3).why == "Not scored: no likelihood is recorded."
    assert risk_band(3, None).why == "Not scored: no consequence is recorded."
    with pytest.raises(ValueError, match="between 1 and 5"):
        risk_band(6, 1)


def test_other_bands_can_be_used() -> None:
    assert [band.highest for band in read_scales(GOOD).bands] == [8, 25]


def test_limits_can_be_moved() -> None:
    wider = scales().with_limits((8, 12, 14))
    assert [(band.name, band.lowest, band.highest) for band in wider.bands] == [
        ("Low", 1, 8),
        ("Moderate", 9, 12),
        ("High", 13, 14),
        ("Extreme", 15, 25),
    ]
    found = risk_band(2, 4, wider).value
    assert found is not None
    assert found.name == "Low"


@pytest.mark.parametrize("limits", [(), (3, 6), (3, 6, 6), (6, 3, 12), (0, 6, 12), (3, 6, 25), (1, 2, 3, 4)])
def test_limits_that_do_not_rise_are_refused(limits: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="3 rising limits"):
        scales().with_limits(limits)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("lowest = 9", "lowest = 10", "cover every score"),
        ("lowest = 9", "lowest = 8", "cover every score"),
        ("highest = 25", "highest = 20", "cover every score"),
        ('"Rare", ', "", "5 different words"),
        ('"Rare", ', '"Likely", ', "5 different words"),
        ("lowest = 1\n", "", "lowest"),
        ('name = "Low"', 'title = "Low"', "title"),
        ("likelihood", "chance", "likelihood"),
    ],
)
def test_scales_that_leave_something_out_are_refused(old: str, new: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_scales(GOOD.replace(old, new))
