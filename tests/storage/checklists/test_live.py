"""A run as its conditions make it: hidden answers are kept and count nowhere, and one answer changes only its own."""

from storage.checklists.answers import Answer, Row, Value, missing_parts
from storage.checklists.gates import GateState, gate_state, gate_words
from storage.checklists.live import Live, live_answers
from storage.checklists.progress import may_complete, progress
from storage.checklists.structure import Template
from storage.checklists.template import read_template
from tests.storage.checklists.language.form import TODAY, answers, form, live, text_of

BILL = (
    'kind = "yes_no"\nname = "billed"',
    'parts = [{ key = "answer", kind = "money", label = "Bill" }]\nname = "bill"\nrelevant = "${billed} = \'yes\'"',
    'parts = [{ key = "answer", kind = "money", label = "Total", calculation = "sum(${bill}, 100)" }]',
)


def given(value: Value) -> Answer:
    return Answer(values={"answer": value})


def test_an_answer_hidden_by_an_earlier_no_is_kept_and_returns() -> None:
    state = Live(form(*BILL), {"T90-21": given("yes"), "T90-22": given(5000)}, TODAY)
    assert state.answers["T90-23"].values == {"answer": 15000}
    assert state.set("T90-21", given("no")) == ("T90-21", "T90-22", "T90-23")
    assert state.answers["T90-22"].values == {"answer": 5000}
    assert not state.answers["T90-22"].effects.asked
    assert state.answers["T90-23"].values == {"answer": 10000}
    state.set("T90-21", given("yes"))
    assert state.answers["T90-23"].values == {"answer": 15000}


def test_a_value_worked_out_says_what_it_rests_on() -> None:
    state = Live(form(*BILL), {"T90-21": given("yes"), "T90-22": given(5000)}, TODAY)
    assert state.working("T90-23", "answer") == "the sum of question 22 (£50) and 100"
    state.set("T90-21", given("no"))
    assert state.working("T90-23", "answer") == "the sum of question 22 (not known) and 100"
    assert state.working("T90-22", "answer") == ""


def test_a_hidden_question_is_out_of_progress_score_and_gates() -> None:
    template = form('kind = "yes_no"\ngate = "gate"\nrelevant = "${agreed} = \'yes\'"')
    shown = progress(template, live(template, agreed="yes").answers)
    assert (shown.applicable, shown.gates.waiting, shown.blocked, shown.hidden) == (12, 1, True, 0)
    hidden = progress(template, live(template, agreed="no").answers)
    assert (hidden.applicable, hidden.gates.waiting, hidden.blocked, hidden.hidden) == (11, 0, False, 1)
    assert may_complete(template, live(template, agreed="no").answers) == []
    kept = Live(template, {**answers(agreed="no"), "T90-21": given("no")}, TODAY)
    assert gate_state(template.question("T90-21"), kept.answers["T90-21"]) is GateState.NONE
    assert progress(template, kept.answers).no == 1


def test_a_condition_on_an_open_question_waits() -> None:
    effects = live(form('kind = "text"\nrelevant = "${agreed} = \'yes\'"')).answers["T90-21"].effects
    assert (effects.asked, effects.waits) == (False, True)


def test_a_hidden_part_and_a_hidden_section_are_not_asked() -> None:
    part = '{ key = "more", kind = "text", label = "More", relevant = "${people} > 2" }'
    template = form(f'parts = [{{ key = "answer", kind = "text", label = "What" }}, {part}]')
    asked = Live(template, {"T90-21": given("So"), **answers(people="3")}, TODAY).answers["T90-21"]
    assert [each.key for each in missing_parts(template.question("T90-21"), asked)] == ["more"]
    hidden = Live(template, {"T90-21": given("So"), **answers(people="1")}, TODAY).answers["T90-21"]
    assert missing_parts(template.question("T90-21"), hidden) == ()
    section = '\n[[sections]]\nletter = "B"\ntitle = "More"\nrelevant = "${people} > 2"\n'
    whole = text_of() + section + _question("31") + _question("32")
    state = live(read_template(whole), people="1")
    assert [state.answers[each].effects.asked for each in ("T90-31", "T90-32")] == [False, False]


def _question(number: str) -> str:
    lines = (f'id = "T90-{number}"', f'number = "{number}"', 'text = "What?"', 'guidance = "Look."')
    return (
        "\n[[sections.questions]]\n"
        + "\n".join((*lines, 'trace = "Current practice"', 'kind = "text"'))
        + "\n"
    )


def test_a_value_its_constraint_refuses_is_not_an_answer_and_says_why() -> None:
    column = '{ key = "due", kind = "date", label = "Due", constraint = ". >= ${starts}" }'
    template = form(
        'parts = [{ key = "answer", kind = "number", label = "Share", constraint = ". <= 100" }]',
        'parts = [{ key = "answer", kind = "number", label = "Staff", constraint = ". <= ${people}", '
        'constraint_message = "There are not so many people." }]',
        f'parts = [{{ key = "answer", kind = "rows", label = "Steps", columns = [{column}] }}]',
    )
    rows: list[Row] = [{"row": "1", "due": "2027-01-02"}, {"row": "2", "due": "2026-12-01"}]
    state = Live(
        template,
        {
            "T90-21": given("120"),
            "T90-22": given("5"),
            "T90-23": given(rows),
            **answers(people="4", starts="2027-01-01"),
        },
        TODAY,
    )
    assert state.answers["T90-21"].effects.refused == {"answer": "It must hold that “Share” is at most 100."}
    assert state.answers["T90-22"].effects.refused == {"answer": "There are not so many people."}
    assert state.answers["T90-23"].effects.refused == {
        "answer": "Row 2: It must hold that “Due” is on or after question 05."
    }
    assert [part.key for part in missing_parts(template.question("T90-22"), state.answers["T90-22"])] == [
        "answer"
    ]


def test_a_gate_with_a_condition_opens_waits_and_closes_by_it() -> None:
    template = form('kind = "number"\ngate = "gate"\npasses_if = "${T90-21} < 20 and ${agreed} = \'yes\'"')
    question = template.question("T90-21")

    def words(share: str, **more: Value) -> str:
        state = Live(template, {"T90-21": given(share), **answers(**more)}, TODAY)
        return gate_words(question, state.answers["T90-21"])

    needed = "needs “question 21 is under 20 and question 01 is Yes” or a waiver"
    assert words("10", agreed="yes") == "Gate open"
    assert words("10") == f"Gate: {needed}"
    assert words("30") == f"Gate closed: {needed}"


def test_weights_reach_the_whole_scale() -> None:
    def score(first: str, second: str, weights: tuple[int, int]) -> int | None:
        template = form(*(f'kind = "yes_no"\nweight = {weight}' for weight in weights))
        return progress(template, {"T90-21": given(first), "T90-22": given(second)}).score_percent

    assert score("no", "yes", (1, 3)) == 75
    assert score("yes", "no", (1, 3)) == 25
    assert score("yes", "yes", (1, 3)) == 100
    assert score("yes", "no", (1, 1)) == 50
    assert score("yes", "no", (1, 0)) == 100


def test_answers_can_score_otherwise() -> None:
    rating = (
        'parts = [{ key = "answer", kind = "choice", label = "Harm", options = { none = "None", some = "Some" },'
        " scores = { none = 100, some = 20 } }]"
    )
    template = form(rating)
    assert progress(template, {"T90-21": given("some")}).score_percent == 20
    assert progress(template, {}).score_percent is None


def test_a_template_without_conditions_costs_nothing(template: Template | None = None) -> None:
    held = answers(agreed="yes")
    assert live_answers(template or form(), held, TODAY) is held
