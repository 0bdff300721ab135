"""Headings find their field by name, synonym or a slip of the pen, one field each, and nothing is swallowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.fields import Field, Kind
from storage.exchange.importing.headings import match_headings, words
from storage.exchange.importing.synonyms import SYNONYMS
from storage.exchange.tables.sheet import SourceError
from storage.exchange.tables.sheet_shape import distinct

Fields = Mapping[str, Field]


def _went(fields: Fields, headings: Sequence[str]) -> dict[str, str]:
    """Field name, or how the heading was set aside."""
    found = match_headings(headings, fields.values(), synonyms=SYNONYMS)
    return {match.heading: match.field_name or match.how for match in found}


def test_every_synonym_leads_to_its_own_field(register_fields: Fields) -> None:
    wrong = {}
    for place in range(max(map(len, SYNONYMS.values()))):
        asked = {headings[place]: name for name, headings in SYNONYMS.items() if place < len(headings)}
        went = _went(register_fields, list(asked))
        wrong.update({heading: went[heading] for heading, name in asked.items() if went[heading] != name})
    assert wrong == {}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("CONTRACT_CURRENT_END_DATE", "current_end"),
        ("MAXIMUM_CONTRACT_END_DATE", "max_end"),
        ("WINNING_BIDDER", "provider_name"),
        ("ESTIMATED_ANNUAL_VALUE", "annual_value"),
        ("CompaniesHouseRegistrationNumber", "supplier_company_number"),
        ("SMESupplier", "supplier_sme"),
        ("CPVCode", "cpv_code"),
        ("startdate", "start"),
        ("Contract Start Date (dd/mm/yyyy)", "start"),
        ("Total Contract Value (£)", "current_value"),
        ("Annual contract value (exc. VAT)", "annual_value"),
        ("Is the supplier an SME? (Y/N)", "supplier_sme"),
        ("Notice Period (Months)", "notice_commissioner"),
        ("Supplier notice (months)", "notice_provider"),
        ("total_contract_value_gbp", "current_value"),
        ("Latest extension end date", "max_end"),
        ("leadDirectorate", "directorate"),
        ("Contract  \n Holder", "provider_name"),
        ("releases/0/awards/0/contractPeriod/endDate", "current_end"),
        ("releases/0/tender/title", "title"),
        ("contractPeriod_startDate", "start"),
    ],
)
def test_headings_as_systems_write_them(register_fields: Fields, heading: str, field: str) -> None:
    assert _went(register_fields, [heading])[heading] == field


@pytest.mark.parametrize(
    "heading",
    [
        *("Email consent", "Email opt-in date", "Contact number", "Contact title", "Links", "Notice given"),
        *("Total value (£000)", "Contract value (£k)", "Start date of extension procurement", "Value band"),
        *(
            "Score",
            "Description of risks",
            "Supplier name change date",
            "End date confirmed",
            "Reference checked by",
        ),
    ],
)
def test_a_heading_that_says_more_is_the_users_own(register_fields: Fields, heading: str) -> None:
    assert _went(register_fields, [heading])[heading] == "own"


def test_email_does_not_swallow_its_neighbours(register_fields: Fields) -> None:
    went = _went(register_fields, ["Email consent", "Email opt-in date", "Email"])
    assert went == {"Email consent": "own", "Email opt-in date": "own", "Email": "contact_email"}


def test_misspelt_headings_are_close(register_fields: Fields) -> None:
    found = match_headings(
        ["Suplier name", "Contract Titel", "Discription"], register_fields.values(), synonyms=SYNONYMS
    )
    assert [(match.field_name, match.how) for match in found] == [
        ("provider_name", "close"),
        ("title", "close"),
        ("description", "close"),
    ]


def test_two_headings_never_fill_one_field(register_fields: Fields) -> None:
    went = _went(
        register_fields, ["End date", "Contract current end date", "Expiry date", "Value", "Value (2)"]
    )
    assert went == {
        "End date": "own",
        "Contract current end date": "current_end",
        "Expiry date": "own",
        "Value": "current_value",
        "Value (2)": "own",
    }


def test_columns_a_file_works_out_are_set_aside(register_fields: Fields) -> None:
    headings = [
        *("contractPeriod_startDate", "contractPeriod_endDate", "value_amount", "value_human"),
        *("contract_length_days", "contract_length_months", "contract_expires_days_from_now"),
        *("contract_time_remaining_fraction", "Days left", "Months to expiry", "Time remaining"),
        *("CURRENT_TERM_MONTHS", "Last day to give notice", "Contract Duration (Months)", "Remaining months"),
    ]
    went = _went(register_fields, headings)
    assert {heading for heading, to in went.items() if to == "worked out"} == set(headings[3:])


def test_text_beside_other_columns_of_that_name_is_kept(register_fields: Fields) -> None:
    headings = ["Pathway date", "Pathway text", "Supplier name", "Display name"]
    went = _went(register_fields, headings)
    assert went["Pathway text"] == went["Display name"] == "own"


def test_lengths_are_kept_where_nothing_else_gives_them(register_fields: Fields) -> None:
    assert _went(register_fields, ["Title", "Contract length (months)"])["Contract length (months)"] == "own"
    assert _went(register_fields, ["Start date", "End date", "Term"])["Term"] == "own"


def test_what_the_user_chose_goes_first(register_fields: Fields) -> None:
    found = match_headings(
        ["Name", "Title", "Days left", "Junk"],
        register_fields.values(),
        synonyms=SYNONYMS,
        chosen={"title": "name", "Provider": "Title", "notes": "Days left"},
        left_out=("Junk",),
    )
    assert [(match.field_name, match.how) for match in found] == [
        ("title", "chosen"),
        ("provider_name", "chosen"),
        ("notes", "chosen"),
        (None, "left out"),
    ]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"title": "Nowhere"}, "no heading"),
        ({"nonsense": "Title"}, "no field"),
        ({"last_notice": "Title"}, "no field"),
        ({"title": "Title", "notes": "Title"}, "two fields"),
    ],
)
def test_choices_that_cannot_be_kept_are_refused(
    register_fields: Fields, chosen: dict[str, str], said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        match_headings(["Title"], register_fields.values(), chosen=chosen)


def test_a_field_of_the_users_own_and_the_lga_name_are_known(register_fields: Fields) -> None:
    fields = [
        replace(register_fields["start"], lga="Anfang"),
        Field("Risk score", Kind.WHOLE, "own:risk-score"),
    ]
    found = match_headings(["RISK SCORE", "Anfang"], fields)
    assert [(match.field_name, match.how) for match in found] == [
        ("own:risk-score", "same"),
        ("start", "same"),
    ]


def test_words_of_a_heading() -> None:
    assert words("OrganisationURI") == ("organisation", "uri")
    assert words("Councils’ procurement & category labels") == (
        *("council", "procurement", "and", "category", "label"),
    )
    assert words("tender_mainProcurementCategory") == ("tender", "main", "procurement", "category")


@given(st.lists(st.text(min_size=1, max_size=20).map(str.strip).filter(bool), max_size=8))
def test_every_heading_appears_once(register_fields: Fields, titles: list[str]) -> None:
    headings = distinct(titles)
    found = match_headings(headings, register_fields.values(), synonyms=SYNONYMS)
    assert tuple(match.heading for match in found) == headings
    filled = [match.field_name for match in found if match.field_name]
    assert len(filled) == len(set(filled))
