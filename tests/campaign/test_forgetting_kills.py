"""A program that is killed while it forgets somebody leaves the file as it was or without them, and never half."""

import pytest

from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS, in_own_process


@pytest.mark.parametrize("shard", SHARDS)
def test_s2_a_kill_leaves_the_file_as_it_was_or_without_the_person(shard: int) -> None:
    kills = scaled(quick=10, night=300, release=2_000) // len(SHARDS)
    figures = in_own_process("kills_forgetting", number=kills, seed=shard)
    assert figures["half forgotten"] == 0
    report("S2", figures)
