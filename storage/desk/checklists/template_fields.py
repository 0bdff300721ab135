"""What can be filled in of a template, a section, a question, a part or a column, as fields that a form can show.

The data keep answers as tables (`{yes = "Yes"}`) and lists; a form has lines of words. This turns one into the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from storage.checklists.data import Data, questions_in, sections_in, tables
from storage.checklists.editing import NotThere, Place, set_field
from storage.checklists.parts import Kind as AnswerKind
from storage.checklists.reading import SUBJECTS
from storage.checklists.structure import Demand
from storage.checklists.template import GROUP_WORDS
from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind, Value

KIND_WORDS: Mapping[str, str] = {
    "yes_partly_no": "Yes, partly, no", "yes_no": "Yes or no", "rating": "Red, amber, green",
    "matrix": "Likelihood × consequence", "text": "Words", "date": "Date", "number": "Number", "money": "Money",
    "money_by_year": "Money by year", "percent": "Percentage", "choice": "One of a list",
    "choices": "Several of a list", "person": "Person", "link": "Link to a record", "file": "File",
    "rows": "Repeated rows",
}  # fmt: skip
SIMPLE = tuple(k for k in KIND_WORDS if k not in ("choice", "choices", "rows"))
"""Kinds a question can have without answers or columns of its own."""
GATES = {"gate": "Stops sign-off", "warn": "Warns only"}
_WORDS: Mapping[str, Mapping[str, str]] = {"kind": KIND_WORDS, "gate": GATES, "group": GROUP_WORDS}
"""Fields whose data keep one word where a form shows more."""
_LINE = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=\s*(.+?)\s*")
_NEED = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*:\s*(.*?)\s*")
_WHOLE = ("weight", "min_rows", "max_rows", "years")
_LIMITS = ("warn_above", "closes_at")  # a score, or the name of a limit of the lists
_YESNO = ("not_applicable", "needs_note", "optional")
_LISTS = ("subjects", "when")
_TABLES = ("options", "rows", "scores", "outcomes", "sources")
_EXPRESSION = "Such as ${T03-05} = 'yes' and ${staff} > 2."


def _text(name: str, label: str, **more: object) -> Field:
    return Field(label, Kind.TEXT, name, **more)  # type: ignore[arg-type]


def _note(name: str, label: str, **more: object) -> Field:
    return Field(label, Kind.NOTE, name, **more)  # type: ignore[arg-type]


def _choice(name: str, label: str, choices: tuple[str, ...], **more: object) -> Field:
    return Field(label, Kind.CHOICE, name, choices=choices, **more)  # type: ignore[arg-type]


TEMPLATE = (
    _text("title", "Title", required=True, width=300),
    _note("purpose", "What it is for"),
    _choice("group", "Listed under", tuple(words for key, words in GROUP_WORDS.items() if key)),
    _text("subjects", "About", help=f"With commas between them: {', '.join(SUBJECTS)}."),
    _note("outcomes", "Outcomes", help="One a line: value = words."),
    _note("sources", "Sources", help="One a line: what the questions’ sources are short for."),
)
SECTION = (
    _text("title", "Title", required=True, width=300),
    _note("guidance", "Guidance"),
    _text("relevant", "Asked only if", width=300, help=_EXPRESSION),
)
ASKED = (
    _note("text", "Question", required=True),
    _note("guidance", "Guidance"),
    _text("trace", "Source", required=True, width=220),
    _choice("kind", "Answer", tuple(KIND_WORDS[k] for k in SIMPLE)),
    _text("relevant", "Asked only if", width=300, help=_EXPRESSION),
    _text("name", "Short name", help="What conditions can call it, besides its id."),
)
COUNTS = (
    _choice("gate", "Before sign-off", tuple(GATES.values())),
    _text("passes", "Answers that pass", help="With commas between them; “any” for every complete answer."),
    _text("passes_if", "Passes only if", width=300, help=_EXPRESSION),
    Field("Not applicable is an answer", Kind.YESNO, "not_applicable"),
    Field("Weight in the score", Kind.WHOLE, "weight", help="Blank counts once, 0 leaves it out."),
    _note("needs", "What an answer requires", help="One a line, such as no: note, action."),
)
PART = (
    _text("label", "Label", required=True, width=300),
    _choice("kind", "Kind", tuple(KIND_WORDS.values()), required=True),
    _note("options", "Answers", help="One a line: value = words, or the words alone."),
    _text("options_from", "Answers from the list", help="The name of a list kept in this file."),
    _text("hint", "Hint", width=300),
    _text("when", "Only after the answers", help="Answers of the first part, with commas between them."),
    Field("May stay blank", Kind.YESNO, "optional"),
)
RULES = (
    _text("relevant", "Asked only if", width=300, help=_EXPRESSION),
    _text("calculation", "Worked out as", width=300, help="Nobody can then type it."),
    _text("constraint", "Must satisfy", width=300, help="Such as . >= 0 and . <= 100."),
    _text("constraint_message", "Said otherwise", width=300),
    _note("scores", "Score of each answer", help="One a line: yes = 100."),
    _text("warn_above", "Warns above the score", help="A score, or the name of a limit."),
    _text("closes_at", "Stops from the score", help="A score, or the name of a limit."),
    _note("rows", "Rows that are always there", help="One a line."),
    Field("At least so many rows", Kind.WHOLE, "min_rows"),
    Field("At most so many rows", Kind.WHOLE, "max_rows"),
    Field("Financial years", Kind.WHOLE, "years"),
)
_COLUMN_LEFT_OUT = ("relevant", "calculation", "scores", "rows", "min_rows", "max_rows", "years")


def groups_at(data: Data, place: Place) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The fields that can be filled in at a place, in groups under their headings. Raises `NotThere`."""
    table = table_at(data, place)
    if place == Place():
        return (("", TEMPLATE),)
    if place.column:
        return (("", PART), ("Rules", tuple(f for f in RULES if f.name not in _COLUMN_LEFT_OUT)))
    if place.part:
        return (("", PART), ("Rules", RULES))
    if place.question:
        asked = ASKED if "kind" in table else tuple(f for f in ASKED if f.name != "kind")
        return (("", asked), ("What it counts for", COUNTS))
    return (("", SECTION),)


def table_at(data: Data, place: Place) -> Data:
    """The table at a place; the template itself for no place. Raises `NotThere`."""
    if place == Place():
        return data
    if not place.question:
        return _named(sections_in(data), "letter", place.section)
    found = _named(list(questions_in(data)), "id", place.question)
    if place.part:
        found = _named(tables(found, "parts"), "key", place.part)
    return _named(tables(found, "columns"), "key", place.column) if place.column else found


def _named(found: list[Data], key: str, name: str) -> Data:
    for each in found:
        if each.get(key) == name:
            return each
    raise NotThere(f"The template has no {name}.")


def values_at(data: Data, place: Place) -> dict[str, Value]:
    """The values at a place, as a form shows them."""
    table = table_at(data, place)
    return {
        field.name: _shown(field.name, table.get(field.name), place)
        for _, fields in groups_at(data, place)
        for field in fields
    }


def _shown(name: str, value: object, place: Place) -> Value:
    if name in _WHOLE:
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if name in _YESNO:
        return value if isinstance(value, bool) else None
    if name in _WORDS:
        return _WORDS[name].get(str(value), str(value or ""))
    if name == "needs" and isinstance(value, dict):
        return "\n".join(f"{k}: {', '.join(map(str, v))}" for k, v in value.items() if isinstance(v, list))
    if isinstance(value, dict):
        return "\n".join(f"{k} = {v}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return " ".join(str(value).split()) if value is not None and name != "purpose" else str(value or "")


def set_value(data: Data, place: Place, name: str, value: Value) -> Data:
    """The data with one field filled in. Raises `StorageError` for words that cannot be taken, with what to write."""
    return set_field(data, place, name, _held(name, value))


def _held(name: str, value: Value) -> object:
    """What the data keep for what was typed; None for a blank."""
    if value is None or value == "":
        return None
    if name in _WORDS:
        return next((k for k, words in _WORDS[name].items() if words == value), value)
    words = str(value)
    if name in _LISTS or (name == "passes" and words.strip() != "any"):
        return [each.strip() for each in words.split(",") if each.strip()]
    if name in _LIMITS and words.strip().isdigit():
        return int(words)
    if name in _TABLES:
        return _table(words, numbers=name == "scores")
    if name == "needs":
        return _needs(words)
    return value


def _table(words: str, *, numbers: bool) -> Data:
    """Lines as a table: value = words, or the words alone, which then give the value."""
    made: Data = {}
    for line in filter(str.strip, words.splitlines()):
        match = _LINE.fullmatch(line)
        key, said = (match[1], match[2]) if match else (_value_of(line, made), line.strip())
        if key in made:
            raise StorageError(
                f"“{key}” stands there twice. Nothing was changed. Give each line a value of its own."
            )
        if numbers and not said.isdigit():
            raise StorageError(
                f"“{line.strip()}” has no figure. Nothing was changed. Write it like yes = 100."
            )
        made[key] = int(said) if numbers else said
    return made


def _value_of(line: str, taken: Data) -> str:
    stem = "_".join(re.findall(r"[a-z0-9]+", line.casefold()))[:24].rstrip("_") or "answer"
    names = (stem, *(f"{stem}_{n}" for n in range(2, 1000)))
    return next(name for name in names if name not in taken)


def _needs(words: str) -> Data:
    made: Data = {}
    for line in filter(str.strip, words.splitlines()):
        match = _NEED.fullmatch(line)
        demands = [d.strip() for d in match[2].split(",") if d.strip()] if match else []
        if match is None or not demands:
            known = ", ".join(Demand)
            raise StorageError(
                f"“{line.strip()}” cannot be read. Nothing was changed. Write the answer, a colon, and what it "
                f"requires: {known}."
            )
        made[match[1]] = list(demands)
    return made


def has_parts(data: Data, question: str) -> bool:
    """Whether a question is written as parts."""
    return bool(tables(table_at(data, Place(question=question)), "parts"))


def holds_rows(data: Data, place: Place) -> bool:
    """Whether the part at a place is repeated rows, which have columns."""
    return bool(place.part) and table_at(data, place).get("kind") == AnswerKind.ROWS.value
