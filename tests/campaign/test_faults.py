"""Whatever the disk refuses, the message is true, the file is sound, and work goes on when the disk does."""

import pytest

from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS, in_own_process


@pytest.mark.parametrize("shard", SHARDS)
def test_p6_any_operation_refused_in_any_way_is_told_truly(shard: int) -> None:
    apart = scaled(quick=29, night=3, release=1)
    figures = in_own_process("faults", every=apart * len(SHARDS), first=apart * shard)
    wrong = (
        "tracebacks",
        "untrue messages",
        "files lost or damaged",
        "saves refused once the disk worked again",
    )
    assert [figures[name] for name in wrong] == [0] * len(wrong)
    assert int(figures["operations refused"]) > 5
    report("P6", figures)


@pytest.mark.parametrize("shard", SHARDS)
def test_m2_an_operation_refused_during_an_upgrade_leaves_the_file_old_or_new(shard: int) -> None:
    apart = scaled(quick=101, night=5, release=1)
    figures = in_own_process("faults_upgrade", every=apart * len(SHARDS), first=apart * shard)
    wrong = ("tracebacks", "files between old and new", "not finished at the next start")
    assert [figures[name] for name in wrong] == [0] * len(wrong)
    assert int(figures["upgrades with a fault"]) > 5
    report("M2", {"upgrades with a disk fault": figures["upgrades with a fault"]})
