"""A checklist of risks: one before and after mitigation, free rows of them, and fixed ones."""

from storage.checklists.values import Row

RISKS = """
id = "T91"
version = "1.0"
title = "Risks"
purpose = "To have risks of every sort."
subjects = ["contract"]
[outcomes]
go = "Go on"
[[sections]]
letter = "A"
title = "First"
[[sections.questions]]
id = "T91-01"
number = "01"
text = "How high is the risk to people?"
guidance = "Look."
trace = "Own"
not_applicable = true
parts = [
    { key = "before", kind = "matrix", label = "Before mitigation" },
    { key = "after", kind = "matrix", label = "After mitigation", optional = true },
]
[[sections.questions]]
id = "T91-02"
number = "02"
text = "Which risks are there?"
guidance = "Each."
trace = "Own"
[[sections.questions.parts]]
key = "rows"
kind = "rows"
label = "Risks"
columns = [
    { key = "risk", kind = "text", label = "Risk" },
    { key = "score", kind = "matrix", label = "Score" },
    { key = "about", kind = "link", label = "About", optional = true },
]
[[sections.questions.parts]]
key = "fixed"
kind = "rows"
label = "Domains"
optional = true
rows = { safety = "Safety", money = "Money" }
columns = [{ key = "score", kind = "matrix", label = "Score" }]
"""


def score(likelihood: int, consequence: int) -> dict[str, int]:
    """An answer on the matrix."""
    return {"likelihood": likelihood, "consequence": consequence}


def risk(row: int, words: str, likelihood: int, consequence: int) -> Row:
    """One free row."""
    return {"row": str(row), "risk": words, "score": score(likelihood, consequence)}
