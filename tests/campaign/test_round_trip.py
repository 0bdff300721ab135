"""What goes out to a workbook and comes back says in every cell what it said before."""

import pytest

from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS, in_own_process


@pytest.mark.parametrize("shard", SHARDS)
def test_x5_cells_of_every_kind_come_back_the_same(shard: int) -> None:
    cells = scaled(quick=10_000, night=200_000, release=1_000_000) // len(SHARDS)
    figures = in_own_process("round_trip", cells=cells, seed=shard + 1)
    assert figures.pop("wrong") == "" and figures["cells that differ"] == 0
    report("X5", figures)
