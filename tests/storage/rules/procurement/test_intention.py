"""The five key criteria, and what is still missing from a notice of intention to award."""

from storage.rules.procurement.intention import (
    Fact,
    criteria_not_weighed,
    key_criteria,
    missing_from_notice,
    notice_items,
)

FULL: dict[str, Fact] = {
    "process": "Direct award process C",
    "title": "Community paediatrics",
    "reference": "C0042",
    "provider_name": "Northgate Care",
    "provider_address": "1 High Street",
    "description": "Clinics and home visits",
    "cpv_code": "85111000",
    "lifetime_value": 120_000_000,
    "decision_makers": "Commissioning committee",
    "reasons": "Quality and access",
    "conflicts": "One member is a patient",
    "conflicts_managed": "She left the room",
}


def missing(facts: dict[str, Fact], process: str = "DA-C") -> list[str]:
    """The keys of what is missing."""
    return [each.key for each in missing_from_notice(facts, process).value]


def test_domain_3_1_five_key_criteria() -> None:
    assert [each.key for each in key_criteria()] == [
        "quality",
        "value",
        "integration",
        "access",
        "social_value",
    ]
    assert all(each.title and each.help and each.source for each in key_criteria())


def test_a_full_notice_lacks_nothing() -> None:
    assert missing(FULL) == []
    assert missing_from_notice(FULL, "DA-C").why == "Nothing is missing from the notice of intention."


def test_an_empty_notice_lacks_everything_of_its_process() -> None:
    assert missing({}) == list(FULL)
    assert missing({}, "CP") == [*FULL, "framework_used"]


def test_blank_words_are_missing_and_nought_is_not() -> None:
    assert missing({**FULL, "title": "  ", "lifetime_value": None}) == ["title", "lifetime_value"]
    assert missing({**FULL, "lifetime_value": 0}) == []


def test_no_conflicts_need_no_managing_but_have_to_be_told() -> None:
    none_managed: dict[str, Fact] = {**FULL, "conflicts": False, "conflicts_managed": ""}
    assert missing(none_managed) == []
    assert missing({**none_managed, "conflicts": None}) == ["conflicts", "conflicts_managed"]


def test_a_competitive_process_says_whether_and_for_whom_there_is_a_framework() -> None:
    assert missing(FULL, "CP") == ["framework_used"]
    assert missing({**FULL, "framework_used": False}, "CP") == []
    assert missing({**FULL, "framework_used": True}, "CP") == ["framework_duration", "framework_authorities"]
    assert missing({**FULL, "framework_used": True}, "MSP") == []


def test_the_sentence_lists_what_is_missing_with_its_schedule() -> None:
    found = missing_from_notice({**FULL, "cpv_code": "", "reasons": ""}, "DA-C")
    assert found.why == (
        "Still missing from the notice of intention: CPV code that fits best; reasons, with regard to the key criteria."
    )
    assert all("Schedule" in reason.source for reason in found.reasons)


def test_the_criteria_nothing_is_written_about_are_named() -> None:
    written = {each.key: "Weighed" for each in key_criteria()}
    assert criteria_not_weighed(written).value == ()
    found = criteria_not_weighed({**written, "value": " "})
    assert [each.key for each in found.value] == ["value"]
    assert found.why == "Nothing is written yet about value."


def test_every_item_has_its_words_and_its_conditions_name_items() -> None:
    keys = {each.key for each in notice_items()}
    for each in notice_items():
        assert each.title
        assert each.source
        assert {key for key in (each.only_if, each.unless_none) if key} <= keys
