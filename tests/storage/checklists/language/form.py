"""A small checklist with one question of every sort, to which tests add their expressions."""

from datetime import date

from storage.checklists.answers import Answer, Value
from storage.checklists.live import Live
from storage.checklists.structure import Template
from storage.checklists.template import read_template

TODAY = date(2026, 11, 29)

HEAD = """
id = "T90"
version = "1.0"
title = "Small checklist"
purpose = "For trying things."
subjects = ["contract"]

[[sections]]
letter = "A"
title = "Everything"
"""

QUESTION = """
[[sections.questions]]
id = "T90-{number}"
number = "{number}"
{name}
text = "What about {number}?"
guidance = "Look. Ask."
trace = "Current practice"
{more}
"""

SORTS = [
    ("agreed", 'kind = "yes_no"'),
    ("met", 'kind = "yes_partly_no"'),
    ("people", 'kind = "number"'),
    ("cost", 'kind = "money"'),
    ("starts", 'kind = "date"'),
    ("comment", 'kind = "text"'),
    ("reasons", 'parts = [{ key = "answer", kind = "choices", label = "Reasons", options = { cost = "Too dear",'
     ' need = "No need", other = "Another reason" } }]'),
    ("rating", 'parts = [{ key = "answer", kind = "rating", label = "Maturity", options_from = "maturity" }]'),
    ("risk", 'parts = [{ key = "before", kind = "matrix", label = "Before" },'
     ' { key = "after", kind = "matrix", label = "After", optional = true }]'),
    ("by_year", 'parts = [{ key = "answer", kind = "money_by_year", label = "Savings", years = 3 }]'),
    ("groups", 'parts = [{ key = "rows", kind = "rows", label = "Groups",'
     ' rows = { age = "Age", sex = "Sex" }, columns = ['
     '{ key = "effect", kind = "choice", label = "Effect", options_from = "effects" },'
     '{ key = "people", kind = "number", label = "People", optional = true },'
     '{ key = "why", kind = "text", label = "Why", when = ["negative"] }] }]'),
]  # fmt: skip


def text_of(*more: str) -> str:
    """The text of the template, with questions 21, 22 … made of what is given."""
    asked = [
        QUESTION.format(number=f"{place:02d}", name=f'name = "{name}"', more=kind)
        for place, (name, kind) in enumerate(SORTS, start=1)
    ]
    asked += [QUESTION.format(number=place, name="", more=each) for place, each in enumerate(more, start=21)]
    return HEAD + "".join(asked)


def form(*more: str) -> Template:
    """The template with further questions."""
    return read_template(text_of(*more))


def asked_when(condition: str) -> Template:
    """The template with a question 21 that is asked when a condition holds."""
    return form(f"kind = \"text\"\nrelevant = '''{condition}'''")


def worked_out(calculation: str, kind: str = "number") -> Template:
    """The template with a question 21 that is worked out."""
    return form(
        f'parts = [{{ key = "answer", kind = "{kind}", label = "Result", '
        f"calculation = '''{calculation}''' }}]"
    )


def answers(**given: Value) -> dict[str, Answer]:
    """Answers by the short names of the questions; `risk` and the like hold their first part."""
    numbers = {name: f"T90-{place:02d}" for place, (name, _) in enumerate(SORTS, start=1)}
    keys = {"risk": "before", "groups": "rows"}
    return {numbers[name]: Answer(values={keys.get(name, "answer"): value}) for name, value in given.items()}


def live(template: Template, **given: Value) -> Live:
    """The template with answers, as it stands."""
    return Live(template, answers(**given), TODAY)
