"""Builds a template from the rows of the sheet survey, and remembers where in the workbook everything stood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from storage.checklists.data import Data, questions_in
from storage.checklists.editing import numbered
from storage.checklists.nearest import offer
from storage.checklists.parts import Kind
from storage.exchange.templates.cells import CellError, cell_value, list_of
from storage.exchange.templates.columns import (
    BEGIN_GROUP,
    BEGIN_REPEAT,
    END_GROUP,
    END_REPEAT,
    HEAD_KEYS,
    LISTED,
    MATRIX,
    PLAIN_TYPES,
    QUESTION_COLUMNS,
    SETTINGS,
    SETTINGS_COLUMNS,
    SURVEY,
    plain_type,
)

Lists = Mapping[str, dict[str, str]]
_ID = re.compile(r"[A-Z]{1,4}\d{2,3}-\d{2,3}")
_IGNORED = ("start", "end", "today", "deviceid", "username", "audit")  # what telephones note by themselves
_OF_MATRIX = {
    "name": "label",
    "risk_matrix": "highest",
    **dict.fromkeys(("likelihood", "consequence"), "label"),
}
_COLUMNS = {"text": "label", "title": "label", "guidance": "hint", "kind": "type", "options": "type", "key": "name",
            "optional": "required", "letter": "name", "columns": "type", "parts": "type"}  # fmt: skip


class Places:
    """Where in the workbook each section, question, part and column stands."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, int]] = {}

    def add(self, where: str, row: int, sheet: str = SURVEY) -> None:
        """Remember the sheet and row of a place, by the words that problems name it with."""
        self._rows.setdefault(where, (sheet, row))

    def of(self, where: str, key: str) -> tuple[str, int, str]:
        """Sheet, row and column of a problem: of the place itself, or of the nearest that holds it."""
        found = where
        while found not in self._rows and "," in found:
            found = found.rpartition(",")[0]
        sheet, row = self._rows.get(found, ("", 0))
        if sheet == MATRIX:
            return MATRIX, row, _OF_MATRIX.get(key, key)
        if not row:
            heads = {title: column for column, title in HEAD_KEYS.items()}
            return SETTINGS, 2, heads.get(key, key)
        return SURVEY, row, _COLUMNS.get(key, key)


class Survey:
    """Takes the rows of the sheet survey one by one."""

    def __init__(self, lists: Lists, settings: tuple[int, dict[str, str]]) -> None:
        self.places = Places()
        self._lists = lists
        self.data = self._head(settings[1])
        self._sections: list[Data] = cast("list[Data]", self.data["sections"])
        self._open: list[tuple[str, Data]] = []  # section, question, rows
        self._unsaid: list[tuple[str, Data]] = []  # a section nobody began, for questions that stand in none
        self._row = 0

    @property
    def _code(self) -> str:
        return str(self.data["id"])

    def take(self, row: int, cells: dict[str, str]) -> None:
        """Take in a row. Raises CellError for one that cannot be read; the others still can."""
        self._row = row
        kind = plain_type(cells.get("type", ""))
        if not kind:
            raise CellError("type", "type must be filled in")
        if kind in _IGNORED:
            return
        match kind:
            case "begin_group":
                self._begin(cells)
            case "begin_repeat":
                self._begin_rows(cells)
            case "end_group" | "end_repeat":
                self._end(kind)
            case _:
                self._take_part(kind, cells)

    def finish(self) -> Data:
        """The template. Raises CellError when something was begun and never ended."""
        asked = list(questions_in(self.data))
        if any(not question.get("number") for question in asked):
            numbered(self.data)
        if self._open and self._open != self._unsaid:
            what = self._open[-1][0]
            end = END_REPEAT if what == "rows" else END_GROUP
            raise CellError("type", f"a {what} is begun and never ended; add a row {end}", self._row)
        return self.data

    def _head(self, settings: dict[str, str]) -> Data:
        data: Data = {}
        for column in SETTINGS_COLUMNS:
            words = settings.get(column, "")
            if words:
                data[HEAD_KEYS.get(column, column)] = cell_value(column, words)
        data.setdefault("id", "L01")
        version = str(data.get("version", "1.0"))
        data["version"] = f"{version}.0" if version.isdigit() else version
        data.setdefault("subjects", ["contract"])
        for name in ("outcomes", "sources"):
            if name in self._lists:
                data[name] = dict(self._lists[name])
        data["sections"] = []
        return data

    def _begin(self, cells: dict[str, str]) -> None:
        match [what for what, _ in self._open]:
            case []:
                self._open.append(("section", self._new_section(cells.get("name", ""), cells)))
            case ["section"]:
                question = self._new_question(cells)
                question["parts"] = []
                self._open.append(("question", question))
            case _:
                raise CellError(
                    "type",
                    "a group inside a question; write begin_repeat for rows, or end the question first",
                )

    def _begin_rows(self, cells: dict[str, str]) -> None:
        if self._open and self._open[-1][0] == "rows":
            raise CellError("type", "rows cannot hold rows; end the first with end_repeat")
        owner = self._owner(cells)
        part = self._new_part(Kind.ROWS.value, "", cells, owner, key=cells.get("name") or "rows")
        part["columns"] = []
        self._open.append(("rows", part))

    def _end(self, kind: str) -> None:
        wanted = ("rows",) if kind == "end_repeat" else ("section", "question")
        if not self._open or self._open[-1][0] not in wanted:
            begin = BEGIN_REPEAT if kind == "end_repeat" else BEGIN_GROUP
            raise CellError(
                "type", f"{kind} ends nothing here; there is no {begin} above it that is still open"
            )
        self._open.pop()

    def _take_part(self, kind: str, cells: dict[str, str]) -> None:
        found, name = _kind(kind, cells.get("type", ""), cells.get("options_from", ""))
        if self._open and self._open[-1][0] in ("question", "rows"):
            self._new_part(found, name, cells, self._open[-1][1])
            return
        question = self._new_question(cells)
        made = self._part(found, name, cells)
        plain = set(made) == {"kind"} and not name
        if plain:
            question["kind"] = found
        else:
            question["parts"] = [{"key": "answer", "label": "Answer", **made}]
        self.places.add(f"{question['id']}, part answer", self._row)

    def _owner(self, cells: dict[str, str]) -> Data:
        """The question that rows belong to, begun here when they stand in a section by themselves."""
        if self._open and self._open[-1][0] == "question":
            return self._open[-1][1]
        question = self._new_question(cells)
        question["parts"] = []
        cells["relevant"] = ""
        return question

    def _new_section(self, letter: str, cells: dict[str, str]) -> Data:
        taken = [str(section.get("letter")) for section in self._sections]
        free = next(chr(65 + n) for n in range(26) if chr(65 + n) not in taken) if len(taken) < 26 else "Z"
        letter = letter if 0 < len(letter) <= 3 else free
        section: Data = {"letter": letter, "title": cells.get("label", "")}
        for column, key in (("hint", "guidance"), ("relevant", "relevant")):
            if cells.get(column):
                section[key] = cells[column]
        section["questions"] = []
        self._sections.append(section)
        self.places.add(f"{self._code}, section {letter}", self._row)
        return section

    def _new_question(self, cells: dict[str, str]) -> Data:
        if not self._open:
            self._open.append(("section", self._new_section("", {"label": "Questions"})))
            self._unsaid = [*self._open]
        section = self._open[0][1]
        name = cells.get("name", "")
        question_id = cells.get("id") or (name if _ID.fullmatch(name) else self._next_id())
        question: Data = {"id": question_id, "number": ""}
        if name and name != question_id:
            question["name"] = name
        question["text"] = cells.get("label", "")
        question["guidance"] = cells.get("hint") or cells.get("label", "")
        question["trace"] = "Own question"
        for column in QUESTION_COLUMNS:
            if cells.get(column):
                question[column] = cell_value(column, cells[column])
        cast("list[Data]", section["questions"]).append(question)
        self.places.add(question_id, self._row)
        return question

    def _new_part(self, kind: str, name: str, cells: dict[str, str], owner: Data, key: str = "") -> Data:
        made = self._part(kind, name, cells)
        key = key or cells.get("name", "")
        part: Data = {"key": key, "label": cells.get("label", ""), **made}
        for column in ("hint", "relevant"):
            if cells.get(column):
                part[column] = cells[column]
        inside = "columns" if owner.get("kind") == Kind.ROWS.value else "parts"
        cast("list[Data]", owner.setdefault(inside, [])).append(part)
        where = next(q["id"] for q in reversed(list(questions_in(self.data))))
        above = f", part {owner['key']}, column" if inside == "columns" else ", part"
        self.places.add(f"{where}{above} {key}", self._row)
        return part

    def _part(self, kind: str, name: str, cells: dict[str, str]) -> Data:
        """What a row says of a part: its kind, its answers, and whatever other columns are filled."""
        part: Data = {"kind": kind}
        if name and name in self._lists:
            part["options"] = list_of("type", name, self._lists)
        elif name and name != cells.get("options_from"):
            raise CellError("type", f"there is no list {name} on the sheet choices{offer(name, self._lists)}")
        if cells.get("required") and not cell_value("required", cells["required"]):
            part["optional"] = True
        for column in (
            "constraint", "constraint_message", "calculation", "when", "auto", "warn_above", "closes_at",
            "options_from", "scores", "rows_from", "min_rows", "max_rows", "years",
        ):  # fmt: skip
            if cells.get(column):
                part[column] = cell_value(column, cells[column])
        if cells.get("rows"):
            part["rows"] = list_of("rows", cells["rows"], self._lists)
        return part

    def _next_id(self) -> str:
        used = [str(question.get("id")) for question in questions_in(self.data)]
        return next(each for n in range(1, 1000) if (each := f"{self._code}-{n:02d}") not in used)


def _kind(kind: str, written: str, more: str) -> tuple[str, str]:
    """The kind of a type, and the list its answers stand in; `more` is a reference list named beside it.

    Raises CellError with the nearest type offered.
    """
    if kind in PLAIN_TYPES:
        return PLAIN_TYPES[kind], ""
    word, _, _ = kind.partition(" ")
    name = written.split(None, 1)[1].strip() if " " in written.strip() else ""
    for found, listed in LISTED.items():
        if word in (listed, found):
            if not name and found != Kind.RATING and not more:
                mistake = f"name the list of answers after {listed}, such as {listed} ages"
                raise CellError("type", mistake)
            return found, name
    if kind in tuple(Kind) and kind != Kind.ROWS:
        return kind, ""
    known = (*LISTED.values(), *PLAIN_TYPES, *Kind, BEGIN_GROUP, END_GROUP, BEGIN_REPEAT, END_REPEAT)
    hint = offer(kind, known) or "; the sheet read me lists the types"
    raise CellError("type", f"there is no type {written}{hint}")
