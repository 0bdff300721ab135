"""The scores of a checklist, what they are called on the matrix, and which is which at the next review."""

from typing import cast

from storage.checklists.answers import Answer, Value
from storage.checklists.live import live_answers
from storage.checklists.risks import RunRisk, has_risks, moves, risks_of
from storage.checklists.template import read_template, shipped
from tests.storage.checklists.risk_template import RISKS, risk, score
from tests.storage.desk.register import TODAY

TEMPLATE = read_template(RISKS)


def risks(**given: dict[str, object]) -> tuple[RunRisk, ...]:
    answers = {
        f"T91-{key[1:]}": Answer(values=cast("dict[str, Value]", values)) for key, values in given.items()
    }
    return risks_of(TEMPLATE, live_answers(TEMPLATE, answers, TODAY))


def short(now: tuple[RunRisk, ...], before: tuple[RunRisk, ...]) -> list[str]:
    return [movement.short for movement in moves(now, before).values()]


def test_every_score_has_a_number_by_its_question_part_and_row() -> None:
    found = risks(
        q01={"before": score(4, 4), "after": score(2, 2)},
        q02={"rows": [risk(1, "Lease ends", 3, 3), {"row": "2", "risk": "Not scored"}],
             "fixed": [{"row": "money", "score": score(1, 5)}]},
    )  # fmt: skip
    assert [(each.number, each.words, each.place.points) for each in found] == [
        ("01a", "How high is the risk to people? Before mitigation", 16),
        ("01b", "How high is the risk to people? After mitigation", 4),
        ("02.1", "Lease ends: Score", 9),
        ("02.1", "Money: Score", 5),
    ]


def test_what_does_not_apply_or_is_no_whole_score_is_left_out() -> None:
    assert risks(q01={"before": {"likelihood": 3}}) == ()
    aside = {"T91-01": Answer(values={"before": score(4, 4)}, not_applicable=True, reason="No people")}
    assert risks_of(TEMPLATE, live_answers(TEMPLATE, aside, TODAY)) == ()


def test_a_free_row_is_known_again_by_its_words_wherever_it_stands() -> None:
    before = risks(q02={"rows": [risk(1, "Lease ends", 3, 3), risk(2, "Staff leave", 4, 4)]})
    now = risks(q02={"rows": [risk(1, "Staff leave", 5, 4), risk(2, "Lease ends", 1, 3)]})
    assert short(now, before) == ["up from 16", "down from 9"]


def test_a_row_reworded_stays_the_same_risk_and_another_one_in_its_place_is_new() -> None:
    before = risks(q02={"rows": [risk(1, "The lease ends", 3, 3), risk(2, "Staff leave", 4, 4)]})
    now = risks(q02={"rows": [risk(1, "The lease ends in May", 3, 4), risk(2, "Flood in the archive", 1, 1)]})
    assert short(now, before) == ["up from 9", "new"]


def test_templates_that_score_nothing_are_known() -> None:
    scored = {template.id for template in shipped() if has_risks(template)}
    assert {"T04", "T05"} <= scored and "T02" not in scored and has_risks(TEMPLATE)
