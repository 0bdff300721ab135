"""Directions for paper: where to go on after an answer that leaves out what follows, and only then."""

from storage.checklists.directions import SIGN_OFF, directions
from storage.checklists.template import read_template, shipped
from tests.storage.checklists.language import form as forms

BY_ID = {template.id: directions(template) for template in shipped()}

FORM = """
id = "T90"
version = "1.0"
title = "Skips"
purpose = "For trying things."
subjects = ["contract"]
[[sections]]
letter = "A"
title = "All"
"""


def form(*conditions: str) -> dict[str, str]:
    """The directions of a form of yes-or-no questions, each asked by its condition; "" for always."""
    asked = "".join(
        f'[[sections.questions]]\nid = "T90-{place:02d}"\nnumber = "{place:02d}"\ntext = "So?"\nguidance = "Look."\n'
        f'trace = "Current practice"\nkind = "yes_no"\n'
        + (f'relevant = "{condition}"\n' if condition else "")
        for place, condition in enumerate(conditions, start=1)
    )
    return directions(read_template(FORM + asked))


def test_an_answer_that_leaves_out_the_next_question_says_where_to_go_on() -> None:
    assert form("", "${T90-01} = 'yes'", "") == {"T90-01": "if No, go to 03"}
    assert form("", "${T90-01} = 'yes'", "${T90-01} = 'yes'", "") == {"T90-01": "if No, go to 04"}


def test_what_rests_on_a_question_left_out_is_left_out_too() -> None:
    found = form("", "${T90-01} = 'yes'", "${T90-02} = 'yes'", "")
    assert found == {"T90-01": "if No, go to 04", "T90-02": "if No, go to 04"}


def test_nothing_after_it_means_the_sign_off() -> None:
    assert form("", "${T90-01} = 'yes'") == {"T90-01": f"if No, go to {SIGN_OFF}"}


def test_what_another_answer_may_still_call_for_is_not_skipped() -> None:
    assert form("", "", "${T90-01} = 'yes' or ${T90-02} = 'yes'", "") == {}
    assert form("", "", "how-many('yes', ${T90-01}, ${T90-02}) > 0", "") == {}
    assert form("", "", "${T90-01} = 'yes' and ${T90-02} = 'yes'", "") == {"T90-02": "if No, go to 04"}


def test_the_shipped_ones_send_people_past_what_does_not_concern_them() -> None:
    assert BY_ID["T08"] == {"T08-01": f"if No, go to {SIGN_OFF}"}
    assert BY_ID["T25"]["T25-04"] == "if Yes, go to 10"
    assert BY_ID["T25"]["T25-08"] == "if No, go to 10"
    assert BY_ID["T02"] == {}


def test_a_form_without_conditions_needs_no_directions() -> None:
    assert directions(forms.form()) == {}
