"""A damaged file opens or is refused in plain words, whatever the damage, and stays as it was when it is refused."""

import pytest

from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS, in_own_process


@pytest.mark.parametrize("shard", SHARDS)
def test_c1_a_damaged_file_opens_or_is_refused_in_words(shard: int) -> None:
    files = scaled(quick=1_200, night=20_000, release=200_000) // len(SHARDS)
    figures = in_own_process("damaged", number=files, seed=shard)
    wrong = ("crashes", "hangs", "tracebacks", "originals changed")
    assert [figures[name] for name in wrong] == [0] * len(wrong)
    assert int(figures["opened"]) > 0 and int(figures["refused in words"]) > 0
    report("C1", figures)


@pytest.mark.parametrize("shard", SHARDS)
def test_d7_one_bit_that_changes_by_itself_is_noticed_at_the_next_opening(shard: int) -> None:
    flips = scaled(quick=150, night=10_000, release=10_000) // len(SHARDS)
    figures = in_own_process("bitrot", number=flips, seed=shard)
    assert figures["not noticed"] == 0
    report("D7", figures)
