"""A template is refused for a name, an answer or a sort that cannot be right, and told what to write."""

import pytest

from storage.checklists.template import TemplateError
from tests.storage.checklists.language.form import asked_when, form, worked_out

MISTAKES = [
    ("${agred} = 'yes'", "there is no answer called ${agred}; did you mean ${agreed}?"),
    ("${T90-99} = 'yes'", "there is no answer called ${T90-99}; did you mean ${T90-09}?"),
    ("${agreed} = 'Yes'", "'Yes' is not one of the answers yes, no; write 'yes'"),
    ("${met} = 'partially'", "'partially' is not one of the answers"),
    ("${rating} = '2 Beginning'", "write '2'"),
    ("${agreed}", "${agreed} is an answer, not a condition; write ${agreed} = 'yes'"),
    ("${agreed} and ${met}", "${agreed} is an answer, not a condition"),
    ("${people}", "${people} is a number, not a condition"),
    ("${people} = '3'", "write 3 without quotation marks"),
    ("${people} > '3'", "write 3 without quotation marks"),
    ("${starts} > '2027-01-01'", "write date('2027-01-01')"),
    ("${starts} = '2027-01-01'", "write date('2027-01-01')"),
    ("${starts} > 3", "they cannot be compared"),
    ("${starts} = ${people}", "they cannot be compared"),
    ("${reasons} = 'cost'", "write selected(${reasons}, 'cost')"),
    ("selected(${reasons}, 'costs')", "did you mean cost?"),
    ("selected(${people}, 'cost')", "needs a question with answers to choose"),
    ("selected(${reasons}, ${agreed})", "needs an answer in quotation marks"),
    ("count-selected(${agreed}) > 1", "several answers can be chosen"),
    ("${agreed} > 2", "an answer has no size; write number(${agreed})"),
    ("${groups.effect} = 'negative'", "how-many('negative', ${groups.effect})"),
    ("${groups.people} > 2", "they cannot be compared"),
    ("${groups.people} + 1 > 2", "write sum(${groups.people})"),
    ("how-many('bad', ${groups.effect}) > 0", "'bad' is not one of the answers"),
    ("count(${people}) > 1", "needs rows or a column"),
    ("${cost} * ${cost} > 1", "* cannot be used with them"),
    ("${people} div ${cost} > 1", "div cannot be used with them"),
    ("${comment} + 1 > 2", "+ cannot be used with them"),
    ("-${comment} > 2", "minus needs a number"),
    ("${starts} + ${starts} > today()", "+ cannot be used with them"),
    ("sum(${comment}) > 1", "needs numbers or sums of money"),
    ("summ(${people}) > 1", "there is no function summ(); write sum()"),
    ("regex(${comment}, 'x')", "write contains(), starts-with() or ends-with()"),
    ("IF(${agreed} = 'yes', 1, 2) = 1", "there is no function IF(); write if"),
    ("if(${agreed} = 'yes', 1) = 1", "if() is given 2 values, not 3"),
    ("if(${people}, 1, 2) = 1", "needs a condition first"),
    ("if(true(), 1, 'a') = 1", "values of one sort"),
    ("coalesce(${people}, 'none') = 1", "values of one sort"),
    ("today(1) > today()", "today() is given 1 values, not 0"),
    ("date('31 March 2027') > today()", "write it as date('2027-03-31')"),
    ("add-months(${people}, 2) > today()", "needs a date first"),
    ("year(${people}) > 2", "needs a date"),
    ("round(${people}, ${people}) > 1", "needs 0 to 6 places"),
    ("likelihood(${people}) > 1", "needs a matrix"),
    ("contains(${people}, '3')", "needs a text"),
    ("checklist(1, -1, ${people})", "needs conditions"),
    ("limit('quality_detial') > 1", "there is no limit quality_detial; did you mean quality_detail?"),
    (". > 3", "a full stop for the value itself belongs in a constraint only"),
    ("not(${people})", "needs a condition"),
    ("true() = ''", "a condition is never empty"),
    ("${by_year} > 3", "they cannot be compared"),
]


@pytest.mark.parametrize(("condition", "mistake"), MISTAKES, ids=[each[0] for each in MISTAKES])
def test_a_condition_that_cannot_be_right_is_refused_with_the_correction(
    condition: str, mistake: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        asked_when(condition)
    (problem,) = caught.value.problems
    assert (problem.where, problem.key) == ("T90-21", "relevant")
    assert mistake in problem.mistake


@pytest.mark.parametrize(
    ("calculation", "kind", "mistake"),
    [
        ("${cost} * 2", "number", "it gives an amount of money, and a number is needed; make the part money"),
        ("${comment}", "number", "it gives a text, and a number is needed"),
        ("${people} > 2", "number", "it gives a condition, and a number is needed"),
        ("${people}", "text", "it gives a number, and a text is needed"),
        ("${people}", "date", "a date is needed"),
        ("sum(", "number", "the expression stops too early"),
    ],
)
def test_a_calculation_must_give_what_its_part_holds(calculation: str, kind: str, mistake: str) -> None:
    with pytest.raises(TemplateError, match=mistake.replace("(", r"\(")):
        worked_out(calculation, kind)


def test_a_condition_looks_only_back() -> None:
    with pytest.raises(TemplateError, match=r"\$\{T90-22\} comes later; move question 22 before this"):
        form('kind = "text"\nrelevant = "${T90-22} = \'yes\'"', 'kind = "yes_no"')


def test_a_question_that_waits_for_itself_or_in_a_circle_is_refused_as_such() -> None:
    with pytest.raises(TemplateError, match="question 21 waits for its own answer"):
        form('kind = "yes_no"\nrelevant = "${T90-21} = \'yes\'"')
    with pytest.raises(TemplateError) as caught:
        form(
            'kind = "yes_no"\nrelevant = "${T90-22} = \'yes\'"',
            'kind = "yes_no"\nrelevant = "${T90-21} = \'yes\'"',
        )
    assert [problem.where for problem in caught.value.problems] == ["T90-21", "T90-22"]
    assert "this and question 22 wait for each other" in caught.value.problems[0].mistake


def test_a_constraint_names_the_value_itself_by_a_full_stop() -> None:
    part = '{ key = "answer", kind = "number", label = "How many", constraint = "CONSTRAINT" }'
    form(f"parts = [{part.replace('CONSTRAINT', '. > 0 and . <= ${people}')}]")
    with pytest.raises(TemplateError, match=r"write \. for the value itself"):
        form(f"parts = [{part.replace('CONSTRAINT', '${T90-21} > 0')}]")


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(TemplateError) as caught:
        form('kind = "text"\nrelevant = "$agreed"', 'kind = "text"\nrelevant = "${people}"')
    assert [problem.where for problem in caught.value.problems] == ["T90-21", "T90-22"]
    assert "character 1 of $agreed" in caught.value.problems[0].mistake
