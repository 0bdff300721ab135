"""Numbers of organisations under the scheme of the register they are from."""

import pytest

from storage.exchange.published.parties import (
    charity,
    company,
    nhs,
    office_identifier,
    party,
    ppon,
    put_party,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1234567", "GB-COH-01234567"), ("sc 123456", "GB-COH-SC123456"), ("OC1234", "GB-COH-OC001234"),
     ("IP00123R", "GB-COH-IP00123R"), ("123456789", None), ("n/a", None), ("0", None), ("", None)],
)  # fmt: skip
def test_a_company_number_has_eight_characters(typed: str, number: str | None) -> None:
    found = company(typed)
    assert (found.id if found else None) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1012345", "GB-CHC-1012345"),
        ("SC012345", "GB-SC-SC012345"),
        ("NIC101234", "GB-NIC-NIC101234"),
        ("no", None),
    ],
)
def test_a_charity_is_told_by_the_form_of_its_number(typed: str, number: str | None) -> None:
    found = charity(typed)
    assert (found.id if found else None) == number


def test_codes_of_bodies_are_not_taken_for_what_they_are_not() -> None:
    assert nhs("rx1") and not nhs("R X 1")
    assert ppon("GB-PPON-ABCD-1234-EFGH") and not ppon("1234")
    assert office_identifier("BUC", True) and not office_identifier("E10000002", True)
    assert office_identifier("QXX", None) and not office_identifier("BUC", None)


def test_a_body_that_buys_and_supplies_is_one_party_of_two_roles() -> None:
    parties: list[dict[str, object]] = []
    known = [each for each in [company("1234567")] if each]
    put_party(parties, party("A", known, "x", "buyer"))
    assert put_party(parties, party("A", known, "x", "supplier")) == {"id": "GB-COH-01234567", "name": "A"}
    assert [each["roles"] for each in parties] == [["buyer", "supplier"]]
