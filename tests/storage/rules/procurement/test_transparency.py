"""Which contracts a council publishes under the Transparency Code."""

from datetime import date

import pytest

from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.transparency import transparency_due

LIMITS = thresholds()
ON = date(2026, 6, 1)


@pytest.mark.parametrize(("pence", "due"), [(500_000, False), (500_001, True), (0, False)])
def test_domain_d10_transparency(pence: int, due: bool) -> None:
    found = transparency_due(pence, ON, LIMITS)
    assert found.value is due
    assert "£5,000" in found.why
    assert "Transparency Code 2015" in found.reasons[0].source


def test_other_bodies_are_not_bound_and_what_is_not_known_stays_open() -> None:
    assert transparency_due(500_001, ON, LIMITS, council=False).value is False
    assert transparency_due(500_001, ON, LIMITS, council=None).value is None
    assert transparency_due(500_000, ON, LIMITS, council=None).value is False
    unknown = transparency_due(None, ON, LIMITS)
    assert unknown.value is True and "counts as more than" in unknown.why
    assert transparency_due(None, ON, LIMITS, council=None).value is None
    assert transparency_due(500_001, date(2014, 1, 1), LIMITS).value is None
