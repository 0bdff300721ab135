"""Every condition reads as plain English, with the numbers people see and the words of the answers."""

import pytest

from storage.checklists.logic import asked_if, must_be, worked_out
from tests.storage.checklists.language import form as forms

SAID = [
    ("${agreed} = 'yes' and ${people} > 2", "question 01 is Yes and question 03 is over 2"),
    ("${agreed} != 'yes'", "question 01 is not Yes"),
    ("${met} = 'partly' or ${met} = 'no'", "question 02 is Partly or No"),
    ("${agreed} = 'yes' and (${met} = 'no' or ${people} < 3)",
     "question 01 is Yes and (question 02 is No or question 03 is under 3)"),
    ("${agreed} = ''", "question 01 is not answered"),
    ("${agreed} != ''", "question 01 is answered"),
    ("${cost} >= 20000", "question 04 is at least £20,000"),
    ("${starts} > today()", "question 05 is after today"),
    ("${starts} <= date('2027-03-31')", "question 05 is on or before 31 March 2027"),
    ("not(${people} > 2)", "question 03 is at most 2"),
    ("not(${agreed} = 'yes' and ${met} = 'no')", "not (question 01 is Yes and question 02 is No)"),
    ("selected(${reasons}, 'cost')", "question 07 includes Too dear"),
    ("not(selected(${reasons}, 'cost'))", "question 07 does not include Too dear"),
    ("count-selected(${reasons}) >= 2", "the number of answers chosen in question 07 is at least 2"),
    ("${risk.after} > 8", "“After” in question 09 is over 8"),
    ("how-many('negative', ${groups.effect}) > 0",
     "any “Effect” in question 11 is Negative"),
    ("how-many('negative', ${groups.effect}) > 0 or how-many('positive', ${groups.effect}) > 0",
     "any “Effect” in question 11 is Negative or Positive"),
    ("how-many('yes', ${agreed}) = 0", "question 01 is not Yes"),
    ("how-many('yes', ${agreed}, ${met}) > 0", "any of questions 01 and 02 is Yes"),
    ("how-many('yes', ${agreed}, ${met}) = 0", "none of questions 01 and 02 is Yes"),
    ("2 <= how-many('yes', ${agreed}, ${met})", "at least 2 of questions 01 and 02 are Yes"),
    ("how-many('yes', ${agreed}, ${met}) + 1 > 2",
     "(the number answered Yes among questions 01 and 02) plus 1 is over 2"),
    ("sum(${by_year}) > 10000", "the sum of question 10 is over £10,000"),
    ("${people} + 2 > 5", "question 03 plus 2 is over 5"),
    ("${people} * (${people} - 1) > 5", "question 03 times (question 03 less 1) is over 5"),
    ("${comment} = 'none'", "question 06 is “none”"),
    ("checklist(2, -1, ${agreed} = 'yes', ${met} = 'yes')",
     "at least 2 of these hold: question 01 is Yes and question 02 is Yes"),
    ("${starts} > add-months(today(), 6)", "question 05 is after 6 months after today"),
    ("${people} > limit('provider_share')", "question 03 is over 20"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "words"), SAID, ids=[each[0] for each in SAID])
def test_a_condition_is_said_in_english(condition: str, words: str) -> None:
    template = forms.asked_when(condition)
    assert asked_if(template, template.question("T90-21")) == f"asked if {words}"


def test_a_calculation_and_a_constraint_are_said_too() -> None:
    template = forms.worked_out("round(sum(${people}, 4) div 3, 2)")
    words = worked_out(template, template.question("T90-21").first)
    assert words == "worked out: (the sum of question 03 and 4) divided by 3, rounded to 2 places"
    template = forms.form(
        'parts = [{ key = "answer", kind = "date", label = "Last contact", constraint = ". >= ${starts}" }]'
    )
    assert must_be(template, template.question("T90-21").first) == "it is on or after question 05"


def test_what_is_always_asked_says_nothing() -> None:
    template = forms.form()
    assert asked_if(template, template.question("T90-01")) == ""
    assert worked_out(template, template.question("T90-03").first) == ""
