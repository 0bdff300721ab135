"""A checklist with a condition, rows, a file, money by year, a risk, what an answer requires, and values it takes."""

from __future__ import annotations

from datetime import date

from storage.engine.store import Store
from storage.records.assessments import Run

EVERYTHING = """
id = "T90"
version = "1.0"
title = "Everything"
purpose = "To have one of each."
subjects = ["contract"]
[outcomes]
go = "Go on"
stop = "Stop"
[[sections]]
letter = "A"
title = "First"
[[sections.questions]]
id = "T90-01"
number = "01"
text = "Is anybody affected?"
guidance = "Look."
trace = "Own"
kind = "yes_no"
needs = { yes = ["evidence", "mitigation"] }
[[sections.questions]]
id = "T90-02"
number = "02"
text = "Who?"
guidance = "Each."
trace = "Own"
relevant = "${T90-01} = 'yes'"
gate = "gate"
[[sections.questions.parts]]
key = "rows"
kind = "rows"
label = "Groups"
min_rows = 1
columns = [
    { key = "group", kind = "text", label = "Group" },
    { key = "people", kind = "number", label = "People" },
]
[[sections.questions.parts]]
key = "all"
kind = "number"
label = "In all"
calculation = "sum(${T90-02.rows.people})"
[[sections]]
letter = "B"
title = "Second"
[[sections.questions]]
id = "T90-03"
number = "03"
text = "What do the records say?"
guidance = "They may be wrong."
trace = "Own"
[[sections.questions.parts]]
key = "said"
kind = "text"
label = "In short"
[[sections.questions.parts]]
key = "file"
kind = "file"
label = "Report"
optional = true
[[sections.questions.parts]]
key = "money"
kind = "money_by_year"
label = "Cost"
years = 2
optional = true
[[sections.questions.parts]]
key = "value"
kind = "money"
label = "Value"
auto = "annual_value"
optional = true
[[sections.questions.parts]]
key = "who"
kind = "text"
label = "Provider"
auto = "provider"
optional = true
[[sections.questions.parts]]
key = "share"
kind = "percent"
label = "Share"
auto = "provider_share"
optional = true
constraint = ". <= 100"
constraint_message = "No more than all."

[[sections.questions]]
id = "T90-04"
number = "04"
text = "How high is the risk?"
guidance = "Before and after."
trace = "Own"
not_applicable = true
parts = [
    { key = "before", kind = "matrix", label = "Before" },
    { key = "after", kind = "matrix", label = "After" },
]
"""


def start_everything(store: Store, contract: int, text: str = EVERYTHING, uuid: str = "") -> Run:
    """A run of it for a contract, where wished of a certain identity."""
    with store.step("Start"):
        run = store.save(
            Run(
                title="Everything", reference="CL-90", template="T90", template_version="1.0", template_text=text,
                subject="A contract", contract=contract, started_on=date(2026, 11, 1), uuid=uuid,
            )
        )  # fmt: skip
    return store.get(Run, run.key)
