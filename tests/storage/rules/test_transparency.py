"""Contracts over the threshold are published, those exactly on it not."""

import pytest

from storage.rules.transparency import CODE, must_be_published


@pytest.mark.parametrize(
    ("pence", "published", "said"),
    [
        (500_000, False, "Not required: £5,000.00 is not over £5,000.00."),
        (500_001, True, "To be published: £5,000.01 is over £5,000.00."),
        (0, False, "Not required: £0.00 is not over £5,000.00."),
        (None, True, "To be published: no value is recorded, which counts as over £5,000.00."),
    ],
)
def test_domain_d10_transparency_threshold(pence: int | None, published: bool, said: str) -> None:
    found = must_be_published(pence)
    assert found.value is published
    assert found.why == said
    assert found.reasons[0].source == CODE


def test_a_threshold_of_ones_own_with_its_source() -> None:
    found = must_be_published(1_000_000, 1_000_000, "Standing orders")
    assert found.value is False
    assert found.reasons[0].source == "Standing orders"
