"""A template as the rows of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storage.checklists.data import Data, sections_in, tables
from storage.checklists.parts import STANDARD_OPTIONS, Kind
from storage.exchange.templates.columns import (
    BEGIN_GROUP,
    BEGIN_REPEAT,
    END_GROUP,
    END_REPEAT,
    HEAD_KEYS,
    LISTED,
    QUESTION_COLUMNS,
    SETTINGS_COLUMNS,
    TYPE_OF,
)

Row = dict[str, str]
_STANDARD = {"yes_no": Kind.YES_NO, "yes_partly_no": Kind.YES_PARTLY_NO, "rating": Kind.RATING}


class TemplateRows:
    """The rows of the sheets survey and choices, and the one of settings."""

    def __init__(self, data: Data) -> None:
        self.lists: dict[str, dict[str, str]] = {}
        self.survey = [row for section in sections_in(data) for row in self._section(section)]
        for name in ("outcomes", "sources"):
            words = data.get(name)
            if isinstance(words, dict) and words:
                self.lists[name] = {str(key): str(each) for key, each in words.items()}
        self.settings = {
            column: _cell(HEAD_KEYS.get(column, column), data.get(HEAD_KEYS.get(column, column)))
            for column in SETTINGS_COLUMNS
        }

    @property
    def choices(self) -> Iterator[Row]:
        """The rows of the sheet choices."""
        for name, options in self.lists.items():
            for value, label in options.items():
                yield {"list_name": name, "name": value, "label": label}

    def _section(self, section: Data) -> Iterator[Row]:
        head = {
            "type": BEGIN_GROUP,
            "name": str(section.get("letter", "")),
            "label": str(section.get("title", "")),
        }
        for key, column in (("guidance", "hint"), ("relevant", "relevant")):
            head[column] = str(section.get(key, ""))
        yield head
        for question in tables(section, "questions"):
            yield from self._question(question)
        yield {"type": END_GROUP, "name": head["name"]}

    def _question(self, question: Data) -> Iterator[Row]:
        head = {column: _cell(column, question.get(column)) for column in QUESTION_COLUMNS}
        head["name"] = str(question.get("name") or question.get("id", ""))
        head["label"], head["hint"] = str(question.get("text", "")), str(question.get("guidance", ""))
        parts = tables(question, "parts")
        if not parts:
            yield {**head, "type": self._type({"kind": question.get("kind", "")}, head["name"])}
        elif _is_plain(parts):
            yield {**self._part(parts[0], head["name"]), **head}
        else:
            yield {**head, "type": BEGIN_GROUP}
            for part in parts:
                yield from self._parts(part, head["name"])
            yield {"type": END_GROUP, "name": head["name"]}

    def _parts(self, part: Data, owner: str) -> Iterator[Row]:
        row = self._part(part, owner)
        row["relevant"] = str(part.get("relevant", ""))
        row["name"], row["label"] = str(part.get("key", "")), str(part.get("label", ""))
        row["hint"] = str(part.get("hint", ""))
        yield row
        if part.get("kind") == "rows":
            for column in tables(part, "columns"):
                yield from self._parts(column, f"{owner}_{row['name']}")
            yield {"type": END_REPEAT, "name": row["name"]}

    def _part(self, part: Data, owner: str) -> Row:
        """What a row says of a part itself."""
        columns = (
            "constraint", "constraint_message", "calculation", "when", "auto", "warn_above", "closes_at",
            "options_from", "scores", "rows_from", "min_rows", "max_rows", "years",
        )  # fmt: skip
        row = {column: _cell(column, part.get(column)) for column in columns}
        row["required"] = "no" if part.get("optional") is True else "yes"
        row["type"] = self._type(part, owner)
        fixed = part.get("rows")
        if isinstance(fixed, dict):
            row["rows"] = self._list(f"{owner}_{part.get('key')}_rows", fixed)
        return row

    def _type(self, part: Mapping[str, object], owner: str) -> str:
        kind = str(part.get("kind", ""))
        options, name = part.get("options"), part.get("options_from")
        if kind == "rows":
            return BEGIN_REPEAT
        if kind in ("yes_no", "yes_partly_no") or (kind == "rating" and not options and not name):
            self.lists.setdefault(kind, {o.value: o.label for o in STANDARD_OPTIONS[_STANDARD[kind]]})
            return TYPE_OF.get(kind, f"select_one {kind}")
        if kind not in LISTED:
            return TYPE_OF.get(kind, kind)
        if isinstance(options, dict):
            wanted = str(name) if name else f"{owner}_{part.get('key', 'answer')}"
            return f"{LISTED[kind]} {self._list(wanted, options)}"
        return f"{LISTED[kind]} {name}" if name else LISTED[kind]

    def _list(self, wanted: str, options: Mapping[object, object]) -> str:
        """The name of the list that holds these options, the same for the same ones."""
        held = {str(value): str(label) for value, label in options.items()}
        for name, known in self.lists.items():
            if known == held and name not in _STANDARD:
                return name
        name = "".join(c if c.isalnum() or c in "_-" else "_" for c in wanted)
        while name in self.lists or name in _STANDARD:
            name += "_2"
        self.lists[name] = held
        return name


def _is_plain(parts: list[Data]) -> bool:
    """Whether the only part is called as that of a question of one kind, so that one row says everything."""
    (first, *others) = parts
    usual = first.get("key") == "answer" and first.get("label") == "Answer" and first.get("kind") != "rows"
    return usual and not others and not first.get("hint") and not first.get("relevant")


def _cell(column: str, value: object) -> str:
    """A value of the template as the words of a cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict() if column == "needs":
            return "; ".join(f"{answer}: {', '.join(map(str, demands))}" for answer, demands in value.items())
        case dict():
            return " ".join(f"{name}={figure}" for name, figure in value.items())
        case list():
            return " ".join(str(each) for each in value)
        case _:
            return str(value)
