"""A program that is killed at any moment loses nothing it had confirmed, and its file opens without a question."""

import pytest

from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS, in_own_process


@pytest.mark.parametrize("shard", SHARDS)
def test_p1_a_kill_while_saving_loses_nothing_that_was_confirmed(shard: int) -> None:
    kills = scaled(quick=150, night=3_000, release=20_000) // len(SHARDS)
    figures = in_own_process("kills", number=kills, seed=shard)
    left = figures.pop("locks left behind")
    assert figures["lost or damaged"] == 0
    assert int(left) > kills * 0.8
    report("P1", figures)
    report("L2", {"locks left by kills": left, "questions asked about them": 0})


def test_l2_a_lock_left_by_a_kill_is_taken_over_without_a_question() -> None:
    figures = in_own_process("kills", number=10, seed=len(SHARDS))
    assert int(figures["locks left behind"]) > 5
    assert figures["lost or damaged"] == 0


@pytest.mark.parametrize("shard", SHARDS)
def test_p4_a_kill_during_an_import_leaves_all_of_it_or_none(shard: int) -> None:
    kills = scaled(quick=20, night=400, release=2_000) // len(SHARDS)
    figures = in_own_process("kills_long", work="kill_import", number=kills, seed=shard)
    assert figures["imports there in part"] == 0
    report("P4", figures)


@pytest.mark.parametrize("shard", SHARDS)
def test_m2_a_kill_during_an_upgrade_leaves_the_file_old_or_new(shard: int) -> None:
    kills = scaled(quick=16, night=300, release=3_000) // len(SHARDS)
    figures = in_own_process("kills_long", work="kill_upgrade", number=kills, seed=shard)
    assert figures["files between old and new"] == 0
    report("M2", figures)
