"""Reading a template: a mistake is refused with a message that names the question and says what is wrong."""

import pytest

from storage.checklists.parts import Kind
from storage.checklists.structure import Gate, GateKind
from storage.checklists.template import TemplateError, read_template

TEMPLATE = """
id = "T90"
version = "1.0"
title = "Small checklist"
purpose = "For trying things."
subjects = ["contract"]

[outcomes]
go = "Go ahead"

[sources]
004 = "A framework"

[[same_parts.pair]]
key = "effect"
kind = "choice"
label = "Effect"
options = { good = "Good", bad = "Bad" }

[[same_parts.pair]]
key = "why"
kind = "text"
label = "Why"
when = ["bad"]

[[sections]]
letter = "A"
title = "Only section"

[[sections.questions]]
id = "T90-01"
number = "01"
text = "Is it so?"
guidance = "Look. Ask."
trace = "004 §7"
kind = "yes_no"
gate = "gate"
passes = ["no"]

[[sections.questions]]
id = "T90-02"
number = "02"
text = "What happens?"
guidance = "Look. Ask."
trace = "Current practice"
same_parts = "pair"

[[sections.questions]]
id = "T90-03"
number = "03"
text = "How bad is it?"
guidance = "Look. Ask."
trace = "Current practice"
gate = "gate"
parts = [{ key = "score", kind = "matrix", label = "Score", warn_above = 8, closes_at = 15 }]
"""

MISTAKES = [
    # what is changed, into what, whose mistake it is, what it is
    ('kind = "yes_no"', 'kind = "maybe"', "T90-01", "there is no kind maybe"),
    ('kind = "yes_no"', 'kind = "choice"', "T90-01", "write it as parts"),
    ('kind = "yes_no"', 'kind = "yes_no"\nsame_parts = "pair"', "T90-01", "exactly one of kind"),
    ('kind = "yes_no"', "", "T90-01", "exactly one of kind"),
    ('id = "T90-02"', 'id = "T90-01"', "T90", "question id T90-01 is used 2 times"),
    ('id = "T90-02"', 'id = "T91-02"', "T90", "id T91-02 must be T90-"),
    ('number = "02"', 'number = "01"', "T90", "question number 01 is used 2 times"),
    ('passes = ["no"]', 'passes = ["never"]', "T90-01", "passes names never"),
    ('passes = ["no"]', "passes = []", "T90-01", "could never open"),
    ('passes = ["no"]', 'passes = "all"', "T90-01", 'must be "any" or a list'),
    ('passes = ["no"]', "passes = 3", "T90-01", "passes must be a list"),
    ('kind = "yes_no"', 'kind = "text"', "T90-01", "cannot list answers of a text question"),
    ('gate = "gate"\npasses', "passes", "T90-01", "gate is missing"),
    ('gate = "gate"\npasses', 'gate = "lock"\npasses', "T90-01", 'not "lock"'),
    ('gate = "gate"\nparts', "parts", "T90-03", "score limit is given but gate is missing"),
    ('text = "Is it so?"', 'text = " "', "T90-01", "text must be given"),
    ('passes = ["no"]', 'passes = ["no"]\npasess = "any"', "T90-01", "does not know pasess"),
    ('passes = ["no"]', 'passes = ["no"]\nnot_applicable = "no"', "T90-01", "must be true or false"),
    ('same_parts = "pair"', 'same_parts = "trio"', "T90-02", "trio, which this file does not declare"),
    (
        'same_parts = "pair"',
        'same_parts = "pair"\nneeds_note = true',
        "T90-02",
        "does nothing without a gate",
    ),
    ('same_parts = "pair"', "parts = []", "T90-02", "at least one part"),
    ('same_parts = "pair"', 'parts = ["text"]', "T90-02", "list of tables"),
    ('same_parts = "pair"', 'parts = "text"', "T90-02", "must be a list"),
    ('when = ["bad"]', 'when = ["worse"]', "same_parts", "part why waits for worse"),
    ('when = ["bad"]', 'when = ["bad", "bad"]', "part why", "different words"),
    ('when = ["bad"]', 'auto = "notice_by"', "part why", "auto notice_by does not give a text"),
    ('when = ["bad"]', "closes_at = 15", "part why", "only a matrix"),
    ('when = ["bad"]', 'options = { a = "A", b = "B" }', "part why", "no options of its own"),
    ('key = "why"', 'key = "effect"', "same_parts", "part effect is used 2 times"),
    (', bad = "Bad"', "", "part effect", "at least two options"),
    ('options = { good = "Good", bad = "Bad" }', 'options = "Good"', "part effect", "must be a table"),
    (
        'label = "Effect"',
        'label = "Effect"\noptional = true',
        "same_parts",
        "first part must always be asked",
    ),
    ("closes_at = 15", "closes_at = 26", "T90-03", "between 1 and 25"),
    ("closes_at = 15", "closes_at = 1", "T90-03", "refuse every score"),
    ("closes_at = 15", "closes_at = 8", "T90-03", "warn_above must be below"),
    ("closes_at = 15", 'closes_at = "15"', "T90-03", "whole number"),
    ('trace = "004 §7"', 'trace = "005 §7"', "T90-01", "trace names 005"),
    ('version = "1.0"', 'version = "one"', "T90", "must look like 1.0"),
    ('id = "T90"', 'id = "t90"', "Template", "capital letters"),
    ('subjects = ["contract"]', 'subjects = ["building"]', "T90", "contract, service, specification"),
    ('subjects = ["contract"]', "", "T90", "contract, service, specification"),
    ('title = "Only section"', "", "section A", "title must be given"),
    ('id = "T90"', "id = ", "Template", "cannot be read"),
]


def test_a_right_template_is_read_whole() -> None:
    template = read_template(TEMPLATE)
    first, second, third = template.questions
    assert first.gate == Gate(GateKind.GATE, ("no",))
    assert first.first.kind is Kind.YES_NO
    assert (second.gate, second.not_applicable) == (None, False)
    assert second.part("why").when == ("bad",)
    assert (third.first.warn_above, third.first.closes_at) == (8, 15)
    assert [outcome.label for outcome in template.outcomes] == ["Go ahead"]


@pytest.mark.parametrize(("old", "new", "where", "why"), MISTAKES)
def test_a_mistake_is_named_with_its_question(old: str, new: str, where: str, why: str) -> None:
    assert old in TEMPLATE
    with pytest.raises(TemplateError) as caught:
        read_template(TEMPLATE.replace(old, new, 1))
    place, _, mistake = str(caught.value).partition(": ")
    assert where in place
    assert why in mistake


@pytest.mark.parametrize("text", ["", 'id = "T90"\nversion = "1.0"', "a = " + "[" * 5_000])
def test_what_is_not_a_template_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        read_template(text)


def test_a_section_without_questions_and_a_template_without_sections_are_refused() -> None:
    head = TEMPLATE.partition("[[sections]]")[0]
    with pytest.raises(TemplateError, match="at least one section"):
        read_template(head)
    with pytest.raises(TemplateError, match="at least one question"):
        read_template(head + '[[sections]]\nletter = "A"\ntitle = "Empty"\n')


def test_a_yes_no_gate_without_a_list_passes_on_yes_and_any_means_any() -> None:
    bare = read_template(TEMPLATE.replace('passes = ["no"]\n', ""))
    assert bare.questions[0].gate == Gate(GateKind.GATE, ("yes",))
    free = read_template(TEMPLATE.replace('passes = ["no"]', 'passes = "any"'))
    assert free.questions[0].gate == Gate(GateKind.GATE, ())


def test_not_applicable_is_an_answer_of_yes_partly_no_unless_the_question_says_otherwise() -> None:
    asked = TEMPLATE.replace('kind = "yes_no"', 'kind = "yes_partly_no"')
    assert read_template(asked).questions[0].not_applicable
    refused = asked.replace('passes = ["no"]', 'passes = ["no"]\nnot_applicable = false')
    assert not read_template(refused).questions[0].not_applicable


def test_an_id_or_key_that_is_not_there_is_an_error() -> None:
    template = read_template(TEMPLATE)
    with pytest.raises(KeyError):
        template.question("T90-99")
    with pytest.raises(KeyError):
        template.question("T90-01").part("amount")
