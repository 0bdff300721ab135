"""The columns of a template's workbook, which are those of XLSForm with some of our own, and what stands in each."""

from __future__ import annotations

import re
from collections.abc import Mapping

SURVEY, CHOICES, SETTINGS, README = "survey", "choices", "settings", "read me"
MATRIX = "risk matrix"  # a sheet of our own, which other programs pass over

SURVEY_COLUMNS: Mapping[str, tuple[int, str]] = {
    "type": (26, "What is answered, or where a section, a question with parts, or rows begin and end."),
    "name": (20, "A section's letter, a question's short name or id, the key of a part or of a column."),
    "label": (56, "The words of the question, or of the part."),
    "hint": (56, "Guidance below a question, or a line beside a part."),
    "required": (9, "no: may stay empty. Anything else: must be filled in."),
    "relevant": (34, "Asked only when this holds, such as ${met} = 'no'."),
    "constraint": (26, "What a value must satisfy; a full stop is the value itself, such as . > 0."),
    "constraint_message": (30, "The words that say so."),
    "calculation": (30, "Works the value out; nobody can then type it."),
    "id": (11, "Never changes. Leave it empty for a new question: it is given one."),
    "number": (9, "What people see. Leave it empty to number all questions in their order."),
    "trace": (
        20,
        "Where the question comes from; numbers of three digits are explained in the list sources.",
    ),
    "gate": (8, "gate stops sign-off, warn only says so."),
    "passes": (18, "Answers that pass, with spaces between, or any."),
    "passes_if": (34, "A condition that must hold for the gate to open."),
    "weight": (8, "How much the answer counts in the score: 0 to 100, 1 when empty."),
    "needs": (30, "What answers require, such as no: note, action; partly: mitigation."),
    "needs_note": (11, "yes: the gate needs a note."),
    "not_applicable": (14, "yes or no: whether Not applicable may be answered."),
    "when": (18, "Answers of the first part after which this part is asked, with spaces between."),
    "auto": (16, "A value proposed from the contract, such as notice_by."),
    "warn_above": (14, "A score above this warns: a number or the name of a limit."),
    "closes_at": (14, "A score from this on closes the gate: a number or the name of a limit."),
    "options_from": (18, "The reference list the answers come from."),
    "scores": (26, "Per cent for each answer, such as green=100 amber=50 red=0."),
    "rows": (18, "The list on the sheet choices that names rows which are always there."),
    "rows_from": (18, "The reference list those rows come from."),
    "min_rows": (9, "The fewest rows."),
    "max_rows": (9, "The most rows."),
    "years": (7, "For money_by_year: how many financial years."),
}
"""Width in characters and meaning of each column of the sheet survey."""

CHOICES_COLUMNS: Mapping[str, tuple[int, str]] = {
    "list_name": (
        26,
        "The list an answer belongs to; outcomes are the decisions at sign-off, sources explain traces.",
    ),
    "name": (26, "The value that is kept: letters, digits, underscores. It never changes once it was used."),
    "label": (70, "The words that are shown."),
}
SETTINGS_COLUMNS: Mapping[str, tuple[int, str]] = {
    "form_title": (40, "The title of the template."),
    "form_id": (10, "Its code, which stays the same in every version."),
    "version": (10, "Such as 1.0."),
    "purpose": (70, "What it is for, in a sentence or two."),
    "subjects": (34, "Any of contract, service, specification, provider, procurement, with spaces between."),
    "group": (14, "What it is for: to decide, assess, plan, assure or review."),
    "adapted_from": (14, "The template it was copied from."),
}
MATRIX_COLUMNS: Mapping[str, tuple[int, str]] = {
    "what": (14, "likelihood or consequence for one of their five steps, band for a band of scores."),
    "step": (8, "1 to 5, for a step."),
    "label": (34, "The words of the step, or the name of the band."),
    "lowest": (9, "The lowest score of the band."),
    "highest": (
        9,
        "The highest score of the band. The bands cover every score from 1 to 25 once, lowest first.",
    ),
    "colour": (12, "The colour of the band: green, yellow, orange or red."),
    "escalate_to": (44, "Who is told of a score in the band."),
}
"""Columns of the sheet risk matrix; empty, the template has the matrix of the program, or of the file."""

HEAD_KEYS = {"form_title": "title", "form_id": "id"}
"""Columns of the sheet settings that are called otherwise in the template."""

QUESTION_KEYS = {"label": "text", "hint": "guidance"}
"""Columns of a question's row that are called otherwise in the template."""

QUESTION_COLUMNS = (
    "id", "number", "trace", "relevant", "gate", "passes", "passes_if", "weight", "needs", "needs_note",
    "not_applicable",
)  # fmt: skip
"""Columns that say something of the whole question, however many parts it has."""

PART_COLUMNS = (
    "required", "constraint", "constraint_message", "calculation", "when", "auto", "warn_above", "closes_at",
    "options_from", "scores", "rows", "rows_from", "min_rows", "max_rows", "years",
)  # fmt: skip
"""Columns that say something of one part."""

PLAIN_TYPES = {
    "select_one yes_no": "yes_no",
    "select_one yes_partly_no": "yes_partly_no",
    "select_one rating": "rating",
    "decimal": "number",
    "integer": "number",
    "calculate": "number",
    "image": "file",
    "audio": "file",
    "video": "file",
}
"""Types of XLSForm that stand for a kind of ours by themselves; the other kinds are called by their own names."""

TYPE_OF = {"yes_no": "select_one yes_no", "yes_partly_no": "select_one yes_partly_no", "number": "decimal"}
LISTED = {"choice": "select_one", "choices": "select_multiple", "rating": "rating"}
BEGIN_GROUP, END_GROUP, BEGIN_REPEAT, END_REPEAT = "begin_group", "end_group", "begin_repeat", "end_repeat"
FOLDED = re.compile(r"[\s-]+")


def plain_type(words: str) -> str:
    """A type as it is compared: begin group and Begin-Group are begin_group."""
    folded = " ".join(words.split()).casefold()
    return folded.replace(" ", "_") if folded.startswith(("begin ", "end ")) else folded
