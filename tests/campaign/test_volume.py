"""A very large register opens and is searched like any other."""

from tests.campaign.frame import report, scaled
from tests.campaign.harness import in_own_process


def test_v1_a_register_ten_times_as_large_opens_and_is_searched() -> None:
    contracts = scaled(quick=400, night=20_000, release=20_000)
    figures = in_own_process("volume", contracts=contracts)
    assert figures["contracts"] == contracts and int(figures.pop("found")) > 10
    assert int(figures["changes in the history"]) == contracts * 10
    report("V1", figures)


def test_v3_years_of_changes_let_the_file_grow_slowly() -> None:
    changes = scaled(quick=300, night=70_000, release=70_000)
    figures = in_own_process("volume", work="years", changes=changes)
    assert int(figures["bytes a change"]) < 3_000
    report("V3", figures)
