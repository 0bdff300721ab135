"""The decision tree of the Provider Selection Regime, and what counts as a considerable change."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.procurement.psr import (
    CONSIDERABLE_CHANGE,
    considerable_change,
    decision_tree,
    next_question,
    outcome,
    questions_answered,
)
from storage.rules.procurement.reference import thresholds
from storage.rules.procurement.regimes import process

LIMITS = thresholds()
ON = date(2026, 6, 1)
TREE = decision_tree()


@pytest.mark.parametrize(
    ("answers", "must", "may"),
    [
        ("framework=y", "CP", ""),
        ("framework=n new_service=y choice_new=y", "DA-B", ""),
        ("framework=n new_service=y choice_new=n", "", "MSP CP"),
        ("framework=n new_service=n sole_capable=y", "DA-A", ""),
        ("framework=n new_service=n sole_capable=n choice_existing=y", "DA-B", ""),
        ("framework=n new_service=n sole_capable=n choice_existing=n satisfying=n", "", "MSP CP"),
        (
            "framework=n new_service=n sole_capable=n choice_existing=n satisfying=y considerable_change=n",
            "",
            "DA-C MSP CP",
        ),
        (
            "framework=n new_service=n sole_capable=n choice_existing=n satisfying=y considerable_change=y",
            "",
            "MSP CP",
        ),
    ],
)
def test_domain_3_1_decision_tree(answers: str, must: str, may: str) -> None:
    given_answers = {key: value == "y" for key, _, value in (each.partition("=") for each in answers.split())}
    asked: dict[str, bool] = {}
    while (question := next_question(asked)) is not None:
        assert outcome(asked).value is None
        asked[question.key] = given_answers[question.key]
    assert asked == given_answers
    reached = outcome(asked)
    assert reached.value is not None
    assert reached.value.must == tuple(must.split())
    assert reached.value.may == tuple(may.split())
    assert len(reached.reasons) == len(asked) + 1
    assert all(reason.source for reason in reached.reasons)
    assert [key.key for key, _ in questions_answered(asked)] == list(asked)


def test_the_first_question_is_asked_and_the_open_one_is_named() -> None:
    first = next_question({})
    assert first is not None
    assert first.key == TREE.first
    assert outcome({}).why == f"Not decided yet. {first.ask}"


def test_an_earlier_answer_can_be_changed_and_what_no_longer_counts_is_passed_over() -> None:
    answers = {"framework": False, "new_service": False, "sole_capable": True, "choice_new": False}
    reached = outcome(answers)
    assert reached.value is not None
    assert reached.value.must == ("DA-A",)
    turned = outcome({**answers, "new_service": True})
    assert turned.value is not None
    assert turned.value.may == ("MSP", "CP")
    assert "only one" not in " ".join(reason.words for reason in turned.reasons)


def test_every_way_ends_and_every_code_is_a_process() -> None:
    for said in product((True, False), repeat=len(TREE.questions)):
        assert outcome(dict(zip(TREE.questions, said, strict=True))).value is not None
    for each in TREE.outcomes.values():
        assert all(process(code) for code in (*each.must, *each.may))
        assert each.source
    assert CONSIDERABLE_CHANGE in TREE.questions
    assert all(each.help and each.source and each.ask.endswith("?") for each in TREE.questions.values())


def considerable(
    original: int | None, proposed: int | None, different: bool | None = False, own: bool | None = True
) -> bool | None:
    """The test with values in pounds."""
    return considerable_change(
        None if original is None else original * 100,
        None if proposed is None else proposed * 100,
        ON,
        LIMITS,
        different_in_character=different,
        own_decision=own,
    ).value


@pytest.mark.parametrize(
    ("original", "proposed", "expected"),
    [
        (2_000_000, 2_500_000, True),  # both figures reached exactly
        (2_000_000, 2_499_999, False),
        (2_000_004, 2_500_004, False),  # £500,000 higher, yet under 25%
        (1_000_000, 1_499_999, False),  # nearly half as much again, yet under £500,000
        (1_000_000, 1_500_000, True),
        (4_000_000, 4_900_000, False),
        (4_000_000, 5_000_000, True),
        (4_000_000, 1_000_000, False),  # less is not considerable
    ],
)
def test_domain_3_1_considerable_change_needs_both_figures(
    original: int, proposed: int, expected: bool
) -> None:
    assert considerable(original, proposed) is expected


def test_a_different_character_is_considerable_and_an_outside_cause_is_not() -> None:
    assert considerable(None, None, different=True) is True
    assert considerable(1_000_000, 9_000_000, own=False) is False
    assert considerable(None, None, own=False) is False


@pytest.mark.parametrize(
    ("original", "proposed", "different", "own"),
    [
        (None, 2_000_000, False, True),
        (2_000_000, None, False, True),
        (1_000_000, 2_000_000, False, None),
        (1_000_000, 1_000_001, None, True),
        (1_000_000, 2_000_000, None, False),
    ],
)
def test_what_is_not_said_leaves_the_test_open(
    original: int | None, proposed: int | None, different: bool | None, own: bool | None
) -> None:
    assert considerable(original, proposed, different, own) is None


def test_the_test_of_change_names_its_figures_and_its_law() -> None:
    found = considerable_change(
        100_000_000, 150_000_000, ON, LIMITS, different_in_character=False, own_decision=True
    )
    assert found.why == "The authority’s own decision raises the value by £500,000 (50%): considerable."
    assert "regulation 6(10)" in found.reasons[1].source
    before = considerable_change(
        100_000_000,
        150_000_000,
        date(2023, 6, 1),
        LIMITS,
        different_in_character=False,
        own_decision=True,
    )
    assert before.value is None
    assert "1 Jun 2023" in before.why


@given(st.integers(0, 10**11), st.integers(0, 10**11))
def test_considerable_is_exactly_both_figures(original: int, proposed: int) -> None:
    rise = proposed - original
    found = considerable_change(
        original, proposed, ON, LIMITS, different_in_character=False, own_decision=True
    )
    assert found.value is (rise >= 50_000_000 and 4 * rise >= original)
