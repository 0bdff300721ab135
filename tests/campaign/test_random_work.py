"""Random work, one step after another, leaves the file as a model of it says, with history and search in order."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS
from tests.campaign.random_work import Files, OneFile


@pytest.mark.parametrize("shard", SHARDS)
def test_g1_random_work_leaves_the_file_as_the_model_says(shard: int) -> None:
    sessions = scaled(quick=12, night=300, release=1_200) // len(SHARDS)
    before = OneFile.steps
    as_wanted = settings(
        max_examples=sessions + shard,  # another number, so that the second half tries other work
        stateful_step_count=30,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(Files, settings=as_wanted)
    report("G1", {"random steps": OneFile.steps - before, "differences from the model": 0})
