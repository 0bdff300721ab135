"""When the power fails, what was confirmed is there and the file is sound; with weaker settings it is not."""

import pytest

from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS, in_own_process
from tests.campaign.powercut import WEAKER


@pytest.mark.parametrize("shard", SHARDS)
def test_p2_a_power_cut_loses_nothing_that_was_confirmed(shard: int) -> None:
    cuts = scaled(quick=2_000, night=50_000, release=200_000) // len(SHARDS)
    figures = in_own_process("powercut", number=cuts, seed=shard)
    assert figures["saves lost"] == figures["files damaged"] == 0
    report("P2", figures)


@pytest.mark.parametrize("settings", WEAKER)
def test_finding_2_weaker_settings_lose_what_was_confirmed(settings: str) -> None:
    assert int(in_own_process("powercut", number=250, seed=1, settings=settings)["saves lost"]) > 10
