"""How a run stands is the same whether it is worked out from nothing or from how it stood before."""

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.checklists.answers import Answer
from storage.checklists.live import Live
from storage.checklists.progress import may_complete, progress
from storage.checklists.short import in_short
from storage.checklists.stand import MOST, stand_of
from tests.storage.checklists.language.form import TODAY, form

TEMPLATE = form(
    "kind = 'text'\ngate = 'gate'\nrelevant = \"${agreed} = 'yes'\"",
    "kind = 'yes_no'\ngate = 'gate'\nrelevant = \"${T90-21} = 'Said'\"",
)
IDS = [question.id for question in TEMPLATE.questions]
VALUES = st.sampled_from(["yes", "no", "Said", "", "12"])
ANSWERS = st.dictionaries(st.sampled_from(IDS), VALUES.map(lambda value: Answer(values={"answer": value})))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("ab"), ANSWERS), min_size=1, max_size=5))
def test_from_how_it_stood_before_it_comes_out_as_from_nothing(
    turns: list[tuple[str, dict[str, Answer]]],
) -> None:
    for name, answers in turns:
        found, live = stand_of(name, TEMPLATE, answers, TODAY), Live(TEMPLATE, answers, TODAY)
        assert found.answers == live.answers
        assert found.progress == progress(TEMPLATE, live.answers)
        assert list(found.stops) == may_complete(TEMPLATE, live.answers)
        assert found.in_short == in_short(TEMPLATE, live.answers)


def test_a_stand_that_was_given_out_does_not_change_and_the_same_answers_give_the_same_one() -> None:
    yes, no = ({"T90-01": Answer(values={"answer": word})} for word in ("yes", "no"))
    first = stand_of("c", TEMPLATE, yes, TODAY)
    kept = dict(first.answers)
    assert stand_of("c", TEMPLATE, dict(yes), TODAY) is first
    assert stand_of("c", TEMPLATE, no, TODAY).answers != kept
    assert first.answers == kept
    for other in range(MOST):
        stand_of(f"other {other}", TEMPLATE, no, TODAY)
    assert stand_of("c", TEMPLATE, yes, TODAY) == first
