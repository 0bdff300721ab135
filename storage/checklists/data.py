"""A template as plain data: the form in which it is edited, given away as a file, and written back as text."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import cast

from storage.checklists.language.grammar import parse, show
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call, Minus, Node, Number, Op, Text
from storage.checklists.lists import Lists
from storage.checklists.toml_table import TemplateError, TomlTable, read_toml

Data = dict[str, object]
EXPRESSIONS = ("relevant", "calculation", "constraint", "passes_if")
_DEEPEST = 20
_STARTS = re.compile(r"\$\{\s*([A-Za-z0-9_-]+)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def read_data(text: str) -> Data:
    """The data of a template's text, TOML or JSON. Raises TemplateError when it is neither."""
    if text.lstrip().startswith("{"):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise TemplateError(f"Template: the file cannot be read ({error})") from error
    else:
        data = read_toml(text, "Template").data
    _check_depth(data)
    return expanded(cast("Data", data))


def _check_depth(data: object) -> None:
    """Refuse tables inside tables without end, which no template needs and no later step could walk."""
    ahead: list[tuple[object, int]] = [(data, 0)]
    while ahead:
        each, depth = ahead.pop()
        if depth > _DEEPEST:
            raise TemplateError(f"Template: the file cannot be read (more than {_DEEPEST} levels of tables)")
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        ahead.extend((one, depth + 1) for one in inner)


def table_of(data: Data) -> TomlTable:
    """The data as a table that is read strictly."""
    return TomlTable(data, "Template")


def expanded(data: Data) -> Data:
    """The same template with shared parts written out where they are used, so that each can be changed."""
    made = cast("Data", _folded(data))
    shared = made.pop("same_parts", None)
    for question in questions_in(made):
        name = question.get("same_parts")
        if isinstance(shared, dict) and isinstance(name, str) and isinstance(shared.get(name), list):
            question["parts"] = copy.deepcopy(shared[name])
            del question["same_parts"]
    return made


def _folded(value: object) -> object:
    """A copy with the line breaks of texts folded into spaces, as a template is read."""
    match value:
        case dict():
            return {key: _folded(each) for key, each in value.items()}
        case list():
            return [_folded(each) for each in value]
        case str():
            return " ".join(value.split())
        case _:
            return value


def sections_in(data: Mapping[str, object]) -> list[Data]:
    """The sections of a template's data."""
    return tables(data, "sections")


def questions_in(data: Mapping[str, object]) -> Iterator[Data]:
    """The questions of a template's data, section by section."""
    for section in sections_in(data):
        yield from tables(section, "questions")


def parts_in(data: Mapping[str, object]) -> Iterator[Data]:
    """Every part and every column of a template's data."""
    for question in questions_in(data):
        for part in tables(question, "parts"):
            yield part
            yield from tables(part, "columns")


def tables(data: Mapping[str, object], key: str) -> list[Data]:
    """A list of tables inside others; what is no table is left out."""
    found = data.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def pinned_text(text: str, lists: Lists) -> str:
    """The text with what it takes from reference lists written out as it holds now, so that a run never changes.

    A text that takes nothing from them stays as it is.
    """
    data = read_data(text)
    before = json.dumps(data)
    for part in parts_in(data):
        for key, from_key in (("options", "options_from"), ("rows", "rows_from")):
            name = part.get(from_key)
            if isinstance(name, str) and key not in part:
                part[key] = {option.value: option.label for option in lists.options(name)}
        for key in ("warn_above", "closes_at"):
            name = part.get(key)
            figure = lists.limit(name) if isinstance(name, str) else None
            if figure is not None:
                part[key] = figure
    _pin_bands(data, lists)
    _each_expression(data, lambda node: _with_limits(node, lists))
    return text if json.dumps(data) == before else template_text(data)


def _pin_bands(data: Data, lists: Lists) -> None:
    """Write the bands of the lists into a template that scores risks and has no bands of its own."""
    matrix, own = lists.scales(), data.get("risk_matrix")
    held = own if isinstance(own, dict) else {}
    asked = (holder.get("kind") == "matrix" for holder in (*questions_in(data), *parts_in(data)))
    if matrix is not None and not held.get("bands") and any(asked):
        data["risk_matrix"] = {**held, "bands": [asdict(band) for band in matrix.bands]}


def renamed(data: Data, names: Mapping[str, str]) -> Data:
    """The same template with questions called otherwise in every expression: `names` gives new ids by old ones."""
    made = copy.deepcopy(data)

    def rename(text: str) -> str:
        return _STARTS.sub(lambda found: "${" + names.get(found[1], found[1]), text)

    for table in (*sections_in(made), *questions_in(made), *parts_in(made)):
        for key in EXPRESSIONS:
            if isinstance(table.get(key), str):
                table[key] = rename(str(table[key]))
    return made


def _each_expression(data: Data, change: Callable[[Node], Node]) -> None:
    for table in (*sections_in(data), *questions_in(data), *parts_in(data)):
        for key in EXPRESSIONS:
            text = table.get(key)
            if isinstance(text, str) and "limit(" in text:
                try:
                    table[key] = show(change(parse(text)))
                except ExpressionError:
                    continue  # said when the template is read


def _with_limits(node: Node, lists: Lists) -> Node:
    match node:
        case Call(name="limit", given=(Text(value=name),)):
            figure = lists.limit(name)
            return node if figure is None else Number(Decimal(figure))
        case Call():
            return Call(node.name, tuple(_with_limits(each, lists) for each in node.given))
        case Op():
            return Op(node.sign, _with_limits(node.left, lists), _with_limits(node.right, lists))
        case Minus():
            return Minus(_with_limits(node.of, lists))
        case _:
            return node


def template_text(data: Mapping[str, object]) -> str:
    """The data as TOML text, which reads back as the same data."""
    head = [f"{_key(key)} = {_value(value)}" for key, value in data.items() if key not in _TABLES]
    lines = [*head]
    for key in ("outcomes", "sources"):
        inner = data.get(key)
        if isinstance(inner, dict) and inner:
            lines += ["", f"[{key}]", *(f"{_key(each)} = {_value(words)}" for each, words in inner.items())]
    matrix = data.get("risk_matrix")
    if isinstance(matrix, dict):
        lines += ["", "[risk_matrix]", *(f"{_key(key)} = {_value(value)}" for key, value in matrix.items())]
    for section in sections_in(data):
        lines += ["", "[[sections]]", *_scalars(section, "questions")]
        for question in tables(section, "questions"):
            lines += ["", "[[sections.questions]]", *_scalars(question, "parts")]
            for part in tables(question, "parts"):
                lines += ["", "[[sections.questions.parts]]", *_scalars(part, "")]
    return "\n".join(lines) + "\n"


_TABLES = ("outcomes", "sources", "risk_matrix", "sections")


def _scalars(table: Data, apart: str) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in table.items() if key != apart]


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case dict():
            return (
                "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
                if value
                else "{}"
            )
        case list():
            return "[" + ", ".join(_value(each) for each in value) + "]"
        case _:
            return _text(str(value))


def _text(words: str) -> str:
    """A basic string of TOML: the escapes of JSON, and the one control character JSON leaves as it is."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
