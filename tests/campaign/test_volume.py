"""A very large register opens and is searched like any other."""

from tests.campaign.frame import report, scaled
from tests.campaign.harness import in_own_process


def test_v1_a_register_ten_times_as_large_opens_and_is_searched() -> None:
    contracts = scaled(quick=400, night=20_000, release=20_000)
    figures = in_own_process("volume", contracts=contracts)
    assert figures["contracts"] == contracts and int(figures.pop("found")) > 10
    assert int(figures["changes in the history"]) == contracts * 10
    report("V1", figures)
