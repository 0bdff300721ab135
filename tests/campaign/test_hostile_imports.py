"""No file that is brought in does harm: none crashes, hangs, or reaches another file, and each is explained."""

import pytest

from tests.campaign.frame import Figure, report, scaled
from tests.campaign.harness import SHARDS, in_own_process

PROMISES = ("uncaught", "hung", "other files or sockets opened", "connections")


def _kept(figures: dict[str, Figure]) -> None:
    assert figures.pop("wrong") == ""
    assert not {name: figures[name] for name in PROMISES if figures.get(name)}


@pytest.mark.parametrize("shard", SHARDS)
def test_i4_files_changed_at_random_are_read_or_refused_in_words(shard: int) -> None:
    number = scaled(quick=400, night=20_000, release=100_000) // len(SHARDS)
    figures = in_own_process("imports", work="change_at_random", number=number, seed=shard)
    _kept(figures)
    assert figures["files"] == number
    report("I4", figures)


def test_i1_i2_i3_files_put_together_to_do_harm() -> None:
    figures = in_own_process("imports", work="hand_made", real=scaled(quick=0, night=1, release=1))
    _kept(figures)
    for row in ("I1", "I2", "I3"):
        report(row, figures)
