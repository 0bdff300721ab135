"""Changing a template as data: add, move, remove and fill in; each gives new data and leaves the old as it was.

What is changed need not be right at once: a draft may be half-written, and `problems` says what is still to mend.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from storage.checklists.data import Data, questions_in, sections_in, table_of, tables
from storage.checklists.lists import Lists
from storage.checklists.reading import template_from
from storage.checklists.toml_table import Problem, TemplateError

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NotThere(LookupError):
    """A place that the template does not have; the message names it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a template: a section by its letter, or a question by its id, one of its parts, a column of that."""

    section: str = ""
    question: str = ""
    part: str = ""
    column: str = ""

    @property
    def words(self) -> str:
        """The place as messages name it."""
        if not self.question:
            return f"section {self.section}"
        part = f", part {self.part}" if self.part else ""
        return self.question + part + (f", column {self.column}" if self.column else "")


def problems(data: Data, lists: Lists | None = None) -> tuple[Problem, ...]:
    """Everything that is to be mended before the template can be used; empty when nothing is."""
    try:
        template_from(table_of(copy.deepcopy(data)), lists)
    except TemplateError as error:
        return error.problems
    return ()


def set_field(data: Data, place: Place, key: str, value: object) -> Data:
    """Give a key of a section, question, part or column another value; None or an empty one takes it away."""
    made = copy.deepcopy(data)
    table = made if place == Place() else _at(made, place)
    if value is None or value == "" or value == [] or value == {}:
        table.pop(key, None)
    else:
        table[key] = copy.deepcopy(value)
    return made


def add_section(data: Data, title: str) -> tuple[Data, Place]:
    """A new section at the end, with the next letter and one question."""
    made = copy.deepcopy(data)
    taken = {str(section.get("letter")) for section in sections_in(made)}
    singles = [*LETTERS, *(f"{a}{b}" for a in LETTERS for b in LETTERS)]
    letter = next(each for each in singles if each not in taken)
    _list(made, "sections").append({"letter": letter, "title": title, "questions": []})
    made, _ = add_question(made, letter, "")
    return made, Place(section=letter)


def add_question(
    data: Data, section: str, text: str, *, after: str = "", kind: str = "yes_no"
) -> tuple[Data, Place]:
    """A new question in a section, after another or at its end, with the next free id; numbers follow the order."""
    made = copy.deepcopy(data)
    question_id = _next_id(made)
    question: Data = {
        "id": question_id,
        "number": "",
        "text": text,
        "trace": "Own question",
        "kind": kind,
    }
    asked = _list(_at(made, Place(section=section)), "questions")
    asked.insert(_index(asked, "id", after) + 1 if after else len(asked), question)
    return numbered(made), Place(question=question_id)


def add_part(data: Data, place: Place, label: str, kind: str) -> tuple[Data, Place]:
    """A further part of a question, or, where the place names a part, a column of its rows."""
    made = copy.deepcopy(data)
    table = _at(made, place)
    if not place.part:
        _write_out(table)
    listed = _list(table, "columns" if place.part else "parts")
    key = _free_key(label, [str(each.get("key")) for each in cast("list[Data]", listed)])
    listed.append({"key": key, "kind": kind, "label": label})
    inner = {"column": key} if place.part else {"part": key}
    return made, Place(question=place.question, part=place.part or key, column=inner.get("column", ""))


def set_option(data: Data, place: Place, label: str, value: str = "", *, key: str = "options") -> Data:
    """Add an answer to choose, or give one other words; a new one takes its value from its words."""
    made = copy.deepcopy(data)
    table = _at(made, place)
    if not place.part:
        _write_out(table)
        table = cast("Data", _list(table, "parts")[0])
    options = cast("Data", table.setdefault(key, {}))
    options[value or _free_key(label, list(options))] = label
    table.pop(f"{key}_from", None)
    return made


def remove(data: Data, place: Place, option: str = "") -> Data:
    """Take away an option, a column, a part, a question or a section; numbers follow the order."""
    made = copy.deepcopy(data)
    if option:
        for key in ("options", "rows"):
            options = _at(made, place).get(key)
            if isinstance(options, dict):
                options.pop(option, None)
        return made
    listed, index = _listed(made, place)
    del listed[index]
    return numbered(made)


def move(data: Data, place: Place, by: int) -> Data:
    """Move a column, part, question or section up (below nought) or down; a question crosses into the next section."""
    made = copy.deepcopy(data)
    listed, index = _listed(made, place)
    target = index + by
    if 0 <= target < len(listed):
        listed.insert(target, listed.pop(index))
    elif place.question and not place.part:
        _cross(made, listed, index, 1 if by > 0 else -1)
    return numbered(made)


def numbered(data: Data) -> Data:
    """Questions numbered in their order, 01, 02 …; expressions name ids, so they stay right."""
    asked = list(questions_in(data))
    for place, question in enumerate(asked, start=1):
        question["number"] = f"{place:02d}"
    return data


def _cross(data: Data, listed: list[object], index: int, step: int) -> None:
    """Move a question at the edge of its section into the neighbouring one."""
    sections = sections_in(data)
    here = next(number for number, each in enumerate(sections) if each.get("questions") is listed)
    if 0 <= here + step < len(sections):
        other = _list(sections[here + step], "questions")
        other.insert(0 if step > 0 else len(other), listed.pop(index))


def _at(data: Data, place: Place) -> Data:
    """The table at a place. Raises NotThere."""
    if place.column:
        return _named(
            tables(_at(data, Place(question=place.question, part=place.part)), "columns"), "key", place.column
        )
    if place.part:
        return _named(tables(_at(data, Place(question=place.question)), "parts"), "key", place.part)
    if place.question:
        return _named(list(questions_in(data)), "id", place.question)
    return _named(sections_in(data), "letter", place.section)


def _named(found: Sequence[Data], key: str, name: str) -> Data:
    for each in found:
        if each.get(key) == name:
            return each
    raise NotThere(f"The template has no {name}.")


def _listed(data: Data, place: Place) -> tuple[list[object], int]:
    """The list a place lies in, and which of it the place is."""
    if place.column:
        listed, name = (
            _list(_at(data, Place(question=place.question, part=place.part)), "columns"),
            place.column,
        )
    elif place.part:
        listed, name = _list(_at(data, Place(question=place.question)), "parts"), place.part
    elif place.question:
        _at(data, place)
        holding = next(
            s for s in sections_in(data) if any(q.get("id") == place.question for q in tables(s, "questions"))
        )
        return _list(holding, "questions"), _index(_list(holding, "questions"), "id", place.question)
    else:
        return _list(data, "sections"), _index(_list(data, "sections"), "letter", place.section)
    return listed, _index(listed, "key", name)


def _index(listed: list[object], key: str, name: str) -> int:
    for number, each in enumerate(listed):
        if isinstance(each, dict) and each.get(key) == name:
            return number
    raise NotThere(f"The template has no {name}.")


def _list(table: Data, key: str) -> list[object]:
    """The list under a key, made where there is none."""
    found = table.setdefault(key, [])
    if not isinstance(found, list):
        found = table[key] = []
    return found


def _write_out(question: Data) -> None:
    """A question of one kind as a question with one part, so that more can be added."""
    kind = question.pop("kind", None)
    if kind is not None:
        question["parts"] = [{"key": "answer", "kind": kind, "label": "Answer"}]


def _next_id(data: Data) -> str:
    """The next free id of the template's own; one that was taken away is given again only in a draft."""
    own = str(data.get("id"))
    pattern = re.compile(rf"{re.escape(own)}-(\d{{2,3}})")
    used = [int(found[1]) for q in questions_in(data) if (found := pattern.fullmatch(str(q.get("id"))))]
    return f"{own}-{max(used, default=0) + 1:02d}"


def _free_key(label: str, taken: Sequence[str]) -> str:
    """A key made from a label that is not taken yet."""
    words = re.findall(r"[a-z0-9]+", label.casefold()) or ["part"]
    stem = "_".join(words)[:24].rstrip("_")
    stem = f"a_{stem}" if stem[0].isdigit() or stem == "row" else stem
    return next(k for k in (stem, *(f"{stem}_{n}" for n in range(2, 1000))) if k not in taken)
