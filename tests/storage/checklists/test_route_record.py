"""The record of a procurement route: which process the answers lead to, and when a change is considerable."""

from collections.abc import Mapping
from datetime import date
from typing import cast

import pytest

from storage.checklists.answers import Answer, Value
from storage.checklists.lists import shipped_lists
from storage.checklists.live import Live
from storage.checklists.template import shipped
from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.thresholds import number_of, pence_of

TEMPLATE = next(template for template in shipped() if template.id == "T25")
DAY = date(2026, 11, 23)
POUND = 100

PATHS = {
    "a framework": ({"04": "yes"}, {"competitive"}),
    "a new service with free choice": ({"04": "no", "05": "no", "07": "yes"}, {"direct_b"}),
    "a new service without": ({"04": "no", "05": "no", "07": "no"}, {"suitable", "competitive"}),
    "the only capable provider": ({"04": "no", "05": "yes", "06": "yes"}, {"direct_a"}),
    "free choice": ({"04": "no", "05": "yes", "06": "no", "07": "yes"}, {"direct_b"}),
    "one that does not satisfy": (
        {"04": "no", "05": "yes", "06": "no", "07": "no", "08": "no"}, {"suitable", "competitive"}
    ),
    "one that satisfies": (
        {"04": "no", "05": "yes", "06": "no", "07": "no", "08": "yes", "09": "no"},
        {"direct_c", "suitable", "competitive"},
    ),
    "one that satisfies, changed in character": (
        {"04": "no", "05": "yes", "06": "no", "07": "no", "08": "yes", "09": "yes"}, {"suitable", "competitive"}
    ),
}  # fmt: skip


def live(answers: Mapping[str, Mapping[str, Value]]) -> Live:
    return Live(TEMPLATE, {f"T25-{number}": Answer(values=values) for number, values in answers.items()}, DAY)


def path(answers: Mapping[str, str]) -> dict[str, dict[str, Value]]:
    whole: dict[str, dict[str, Value]] = {
        "01": {"what": "Therapy", "from": "2027-04-01", "value": 1_000_000 * POUND},
        "02": {"answer": "psr", "why": "Health care"},
    }
    for number, value in answers.items():
        key = "character" if number == "09" else "answer"
        whole[number] = {key: value, "why": "So it is", "proof": "KPIs"}
    if "09" in answers:
        whole["09"] |= {"decision": "no", "old": 1_000_000 * POUND}
    return whole


@pytest.mark.parametrize(("answers", "open_to"), PATHS.values(), ids=PATHS.keys())
def test_the_answers_lead_to_the_processes_the_rules_allow(
    answers: dict[str, str], open_to: set[str]
) -> None:
    process = TEMPLATE.question("T25-10").first
    allowed = {
        value
        for value in process.values
        if not live({**path(answers), "10": {"answer": value, "why": "So"}}).answers["T25-10"].effects.refused
    }
    assert allowed == open_to | {"urgent", "call_off"}


@pytest.mark.parametrize(
    ("old", "new", "decision", "considerable"),
    [
        (2_000_000, 2_500_000, "yes", True),  # exactly £500,000 and exactly 25 per cent
        (2_000_000, 2_499_999, "yes", False),
        (4_000_000, 4_900_000, "yes", False),  # 22.5 per cent
        (1_000_000, 1_400_000, "yes", False),  # below £500,000
        (2_000_000, 9_000_000, "no", False),  # not by the authority's decision
    ],
)
def test_a_change_is_considerable_from_both_limits_on_and_by_our_own_decision(
    old: int, new: int, decision: str, considerable: bool
) -> None:
    answers = path({"04": "no", "05": "yes", "06": "no", "07": "no", "08": "yes", "09": "no"})
    answers["01"]["value"] = new * POUND
    answers["09"] |= {"decision": decision, "old": old * POUND}
    verdict = cast("str", live(answers).answers["T25-09"].values["verdict"])
    assert verdict.startswith("Considerable" if considerable else "Not considerable")


def test_questions_of_the_other_regime_are_not_asked() -> None:
    answers = path({})
    answers["02"]["answer"] = "pa23"
    asked = {number for number in range(1, 23) if _asked(live(answers), number)}
    assert asked == {1, 2, 3, 13, 16, 17, 18, 19, 20, 21, 22}
    answers["01"]["value"] = 5_000_000 * POUND + 1
    assert _asked(live(answers), 15)
    answers["02"]["answer"] = "light"
    assert not _asked(live(answers), 15)


def test_the_limits_are_those_of_the_reference_tables() -> None:
    lists, law = shipped_lists(), thresholds()
    assert lists.limit("psr_change_value") == pence_of("psr_considerable_value", DAY, law)[0] // POUND
    assert lists.limit("psr_change_percent") == number_of("psr_considerable_percent", DAY, law)[0]
    for limit, key in (
        ("central", "services_central"),
        ("local", "services_sub_central"),
        ("light", "light_touch"),
    ):
        assert lists.limit(f"pa23_{limit}") == pence_of(f"procurement_{key}", DAY, law)[0] // POUND
    assert lists.limit("pa23_kpi") == pence_of("pa23_kpi_value", DAY, law)[0] // POUND


def _asked(run: Live, number: int) -> bool:
    answer = run.answers.get(f"T25-{number:02d}")
    return answer is None or answer.effects.asked
