"""Working out expressions: the rules form authors rely on, unknown answers, and that nothing ever raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.checklists.answers import Answer, Row, Value, part_problem
from storage.checklists.live import Live
from storage.checklists.progress import progress
from storage.checklists.template import shipped
from tests.storage.checklists.answering import any_answers
from tests.storage.checklists.language.form import TODAY, asked_when, form, live, worked_out

RISK: Value = {"likelihood": 3, "consequence": 4}
GROUPS: list[Row] = [
    {"row": "age", "effect": "negative", "people": "12", "why": "Because"},
    {"row": "sex", "effect": "neutral"},
]

HOLDS = [
    # condition, answers, what it comes to: True, False, or None for not known
    ("${agreed} = 'yes'", {"agreed": "yes"}, True),
    ("${agreed} = 'yes'", {"agreed": "no"}, False),
    ("${agreed} = 'yes'", {}, None),
    ("${agreed} != 'yes'", {}, None),
    ("${T90-01} = 'yes'", {"agreed": "yes"}, True),
    ("${agreed} = ''", {}, True),
    ("${agreed} != ''", {}, False),
    ("${agreed} != ''", {"agreed": "no"}, True),
    ("${agreed} = 'yes' and ${people} > 2", {"agreed": "no"}, False),
    ("${agreed} = 'yes' and ${people} > 2", {"agreed": "yes"}, None),
    ("${agreed} = 'yes' or ${people} > 2", {"agreed": "yes"}, True),
    ("${agreed} = 'yes' or ${people} > 2", {"agreed": "no"}, None),
    ("not(${agreed} = 'yes')", {}, None),
    ("not(${agreed} = 'yes')", {"agreed": "no"}, True),
    ("not ${agreed} = 'yes' and ${people} > 2", {"agreed": "no", "people": "3"}, True),
    ("${people} > -1 and ${people} < 120", {"people": "119.5"}, True),
    ("${people} >= 18", {"people": "18"}, True),
    ("${people} <= 17.5", {"people": "18"}, False),
    ("${people} = 18.0", {"people": "18"}, True),
    ("${people} mod 2 = 0", {"people": "8"}, True),
    ("${people} mod 2 = 0", {"people": "7"}, False),
    ("${people} div 0 = 1", {"people": "7"}, None),
    ("${cost} > 20000", {"cost": 2_000_001}, True),
    ("${cost} > 20000", {"cost": 2_000_000}, False),
    ("selected(${reasons}, 'other')", {"reasons": ["cost", "other"]}, True),
    ("selected(${reasons}, 'need')", {"reasons": ["cost"]}, False),
    ("selected(${reasons}, 'need')", {}, None),
    ("selected(${agreed}, 'yes')", {"agreed": "yes"}, True),
    ("count-selected(${reasons}) >= 2", {"reasons": ["cost", "other"]}, True),
    ("count-selected(${reasons}) = 0", {}, None),
    ("coalesce(${people}, 0) = 0", {}, True),
    ("coalesce(${people}, 0) = 3", {"people": "3"}, True),
    ("if(${agreed} = 'yes', ${people}, 0) > 1", {"agreed": "yes", "people": "3"}, True),
    ("if(${agreed} = 'yes', ${people}, 0) > 1", {"agreed": "no"}, False),
    ("if(${agreed} = 'yes', 1, 0) = 1", {}, None),
    ("${starts} > today()", {"starts": "2026-11-30"}, True),
    ("${starts} > today()", {"starts": "2026-11-29"}, False),
    ("${starts} >= date('2026-11-29')", {"starts": "2026-11-29"}, True),
    ("${starts} - today() >= 28", {"starts": "2026-12-27"}, True),
    ("${starts} + 28 > date('2027-01-01')", {"starts": "2026-12-05"}, True),
    ("add-months(${starts}, 1) = date('2027-02-28')", {"starts": "2027-01-31"}, True),
    ("add-months(${starts}, 99999) = today()", {"starts": "2027-01-31"}, None),
    ("${starts} + 9999999 > today()", {"starts": "2027-01-31"}, None),
    ("year(${starts}) = 2027", {"starts": "2027-01-31"}, True),
    ("${risk} > 8", {"risk": RISK}, True),
    ("${risk.before} = 12", {"risk": RISK}, True),
    ("${risk.after} = ''", {"risk": RISK}, True),
    ("likelihood(${risk}) < consequence(${risk})", {"risk": RISK}, True),
    ("number(${rating}) >= 3", {"rating": "4"}, True),
    ("sum(${by_year}) = 30", {"by_year": {"2026/27": 1000, "2027/28": 2000}}, True),
    ("sum(${by_year}) > 0", {}, None),
    ("count(${groups.rows}) = 2", {"groups": GROUPS}, True),
    ("how-many('negative', ${groups.effect}) = 1", {"groups": GROUPS}, True),
    ("how-many('negative', ${groups.rows.effect}) = 0", {}, True),
    ("how-many('yes', ${agreed}, ${met}) < 2", {"agreed": "yes"}, True),
    ("sum(${groups.people}) = 12", {"groups": GROUPS}, True),
    ("checklist(1, -1, ${agreed} = 'yes', ${met} = 'yes')", {"met": "yes"}, True),
    ("checklist(2, -1, ${agreed} = 'yes', ${met} = 'yes')", {"met": "no"}, False),
    ("checklist(2, -1, ${agreed} = 'yes', ${met} = 'yes')", {"met": "yes"}, None),
    ("checklist(0, 1, ${agreed} = 'yes', ${met} = 'yes')", {"agreed": "yes", "met": "yes"}, False),
    ("contains(${comment}, 'nhs')", {"comment": "An NHS trust"}, True),
    ("starts-with(${comment}, 'a')", {"comment": "An NHS trust"}, True),
    ("ends-with(${comment}, 'x')", {"comment": "An NHS trust"}, False),
    ("string-length(${comment}) > 3", {"comment": "abc"}, False),
    ("concat(${comment}, '') = ''", {}, True),
    ("label(${agreed}) = 'Yes'", {"agreed": "yes"}, True),
    ("label(${reasons}) = 'Too dear, Another reason'", {"reasons": ["cost", "other"]}, True),
    ("limit('quality_detail') = 8", {}, True),
    ("true() and not(false())", {}, True),
    ("${people} = 3", {"people": "many"}, None),
    ("${agreed} = 'yes'", {"agreed": "sometimes"}, None),
]

RESULTS = [
    # calculation, kind of the part, answers, what is kept
    ("${people} * 2", "number", {"people": "2.5"}, "5"),
    ("${people} div 3", "number", {"people": "1"}, "0.333333"),
    ("${cost} * ${people}", "money", {"cost": 1001, "people": "1.5"}, 1502),
    ("${cost} div ${cost} * 100", "percent", {"cost": 1001}, "100"),
    ("sum(${by_year})", "money", {"by_year": {"2026/27": 1000, "2027/28": 1}}, 1001),
    ("round(${people} div 3, 2)", "number", {"people": "2"}, "0.67"),
    ("round(-2.5)", "number", {}, "-3"),
    ("int(-2.5)", "number", {}, "-2"),
    ("abs(${people} - 5)", "number", {"people": "2"}, "3"),
    ("min(${people}, 3)", "number", {"people": "2"}, "2"),
    ("max(${starts}, today())", "date", {"starts": "2026-01-01"}, "2026-11-29"),
    ("${starts} + 28", "date", {"starts": "2026-02-01"}, "2026-03-01"),
    ("if(${agreed} = 'yes', 'Agreed', 'Open')", "text", {"agreed": "no"}, "Open"),
    ("label(${met})", "text", {"met": "partly"}, "Partly"),
    ("concat('About ', string(${people}), ' people')", "text", {"people": "12.50"}, "About 12.5 people"),
    ("${people} * 999999999999999", "number", {"people": "10"}, None),
    ("${people} * 2", "number", {}, None),
    ("sum(${people}, 4)", "number", {}, "4"),
]


@pytest.mark.parametrize(("condition", "held", "wanted"), HOLDS, ids=[each[0] for each in HOLDS])
def test_a_condition_holds_does_not_hold_or_is_not_known(
    condition: str, held: dict[str, Value], wanted: bool | None
) -> None:
    answer = live(asked_when(condition), **held).answers.get("T90-21", Answer())
    effects = answer.effects
    assert (effects.asked, effects.waits) == (wanted is True, wanted is None)


@pytest.mark.parametrize(("calculation", "kind", "held", "wanted"), RESULTS)
def test_a_calculation_gives_a_value_the_part_can_hold(
    calculation: str, kind: str, held: dict[str, Value], wanted: Value | None
) -> None:
    template = worked_out(calculation, kind)
    value = live(template, **held).answers["T90-21"].values.get("answer")
    assert value == wanted
    assert value is None or part_problem(template.question("T90-21").first, value) is None


def test_what_is_typed_where_a_value_is_worked_out_does_not_count() -> None:
    state = Live(worked_out("${people} * 2"), {"T90-21": Answer(values={"answer": "99"})}, TODAY)
    assert state.answers["T90-21"].values == {}
    state.set("T90-03", Answer(values={"answer": "4"}))
    assert state.answers["T90-21"].values == {"answer": "8"}


def test_not_applicable_is_an_answer_of_its_own_and_no_figure() -> None:
    template = form(
        "kind = 'text'\nrelevant = \"${met} = 'not_applicable'\"",
        "kind = 'text'\nrelevant = \"${met} = 'yes'\"",
    )
    state = Live(template, {"T90-02": Answer(not_applicable=True, reason="None here")}, TODAY)
    assert state.answers.get("T90-21", Answer()).effects.asked
    assert state.answers["T90-22"].effects.asked is False
    assert state.answers["T90-22"].effects.waits is False


EXPRESSIONS = [each[0] for each in HOLDS]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_raises_whatever_was_answered(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=3))
    template = form(*(f"kind = \"yes_no\"\ngate = \"gate\"\npasses_if = '''{each}'''" for each in chosen))
    held = {
        question.id: data.draw(any_answers(question))
        for question in template.questions
        if data.draw(st.booleans())
    }
    state = Live(template, held, TODAY)
    assert state.progress == progress(template, state.answers)
    question = data.draw(st.sampled_from(template.questions))
    state.set(question.id, data.draw(any_answers(question)))
    assert state.progress == progress(template, state.answers)
    assert state.answers == Live(template, {**held, **_raw(state, question.id)}, TODAY).answers


def _raw(state: Live, question_id: str) -> dict[str, Answer]:
    held = state.given.get(question_id)
    return {} if held is None else {question_id: held}


def test_templates_without_conditions_leave_answers_as_they_are() -> None:
    template = shipped()[0]
    held = {"T01-02": Answer(values={"answer": "no"})}
    assert Live(template, held, TODAY).answers == held


def test_a_sum_keeps_its_pence() -> None:
    assert live(worked_out("${cost} - 0.01", "money"), cost=3).answers["T90-21"].values == {"answer": 2}
