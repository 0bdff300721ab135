"""Lines typed from a form that was filled in by hand: each lands on its question, or says what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.checklists.paper import read_line
from storage.checklists.template import read_template

TODAY = date(2026, 11, 29)
QUOTE = '"'


def part(kind: str, options: str) -> str:
    return f'parts = [{{ key = "one", kind = "{kind}", label = "One", options = {options} }}]'


TEMPLATE = read_template(
    """
id = "T90"
version = "1.0"
title = "Typed"
purpose = "To be typed."
subjects = ["contract"]
[[sections]]
letter = "A"
title = "All"
"""
    + "".join(
        f'[[sections.questions]]\nid = "T90-{n:02d}"\nnumber = "{n:02d}"\ntext = "What?"\nguidance = "Look."\n'
        f'trace = "Own"\n{kind and f"kind = {QUOTE}{kind}{QUOTE}"}\n{more}\n'
        for n, (kind, more) in enumerate(
            [
                ("yes_partly_no", "not_applicable = true"),
                ("date", ""),
                ("money", ""),
                ("matrix", ""),
                ("", part("choice", '{ a = "Award", s = "Stop it", stay = "Stay" }')),
                ("", part("choices", '{ r = "Red", b = "Blue" }')),
                ("text", ""),
                ("percent", ""),
            ],
            start=1,
        )
    )
)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("1 n", "T90-01", "no"),
        ("01 Y", "T90-01", "yes"),
        ("1. partly", "T90-01", "partly"),
        ("T90-01 2", "T90-01", "partly"),
        ("2 30/9/2027", "T90-02", "2027-09-30"),
        ("3 £1,250", "T90-03", 125_000),
        ("4 3x4", "T90-04", {"likelihood": 3, "consequence": 4}),
        ("4 34", "T90-04", {"likelihood": 3, "consequence": 4}),
        ("5 a", "T90-05", "a"),
        ("5 stop", "T90-05", "s"),
        ("6 red, b", "T90-06", ["r", "b"]),
        ("7 As the minutes say", "T90-07", "As the minutes say"),
        ("8 12.5 %", "T90-08", "12.5"),
    ],
)
def test_a_line_is_the_answer_to_its_question(text: str, question: str, value: object) -> None:
    line = read_line(TEMPLATE, text, TODAY)
    assert (line.question.id, line.value, line.only_goes) == (question, value, False)


def test_a_number_alone_only_goes_there() -> None:
    assert read_line(TEMPLATE, " 07 ", TODAY).only_goes


def test_a_question_that_does_not_apply_takes_its_reason() -> None:
    line = read_line(TEMPLATE, "1 a nobody lives there", TODAY)
    assert (line.not_applicable, line.reason) == (True, "nobody lives there")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99 y", "There is no question 99"),
        ("1 maybe", "“maybe” is none of Yes, Partly, No."),
        ("2 a", "Question 02 always applies."),
        ("4 9 9", "choose both a likelihood"),
        ("4 3", "Type likelihood and consequence"),
        ("5 st", "“st” is none of Award, Stop it, Stay."),
        ("2 soon", "not a date"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace(".", r"\.")):
        read_line(TEMPLATE, text, TODAY)


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_no_line_does_anything_but_answer_or_be_refused_in_words(text: str) -> None:
    try:
        line = read_line(TEMPLATE, f"{text}", TODAY)
    except ValueError as error:
        assert str(error)
    else:
        assert line.question in TEMPLATE.questions
