"""Contracts over the limit are published, those exactly on it not."""

from datetime import date

import pytest

from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.thresholds import Threshold
from storage.rules.transparency import LIMIT, must_be_published

TODAY = date(2026, 6, 5)


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
    found = must_be_published(pence, TODAY, thresholds())
    assert found.value is published
    assert found.why == said
    assert "Transparency Code" in found.reasons[0].source


def test_a_limit_that_was_raised_counts_from_its_day_on() -> None:
    limits = [
        Threshold(LIMIT, "Contracts of more than", None, date(2026, 3, 31), "Before", pence=500_000),
        Threshold(LIMIT, "Contracts of more than", date(2026, 4, 1), None, "Since", pence=1_000_000),
    ]
    assert must_be_published(600_000, date(2026, 3, 31), limits).value is True
    assert must_be_published(600_000, date(2026, 4, 1), limits).value is False


def test_without_a_limit_it_is_not_known() -> None:
    found = must_be_published(None, TODAY, [])
    assert found.value is None
    assert "No limit" in found.why
