"""What a cell of a form holds: an answer in the words and numbers a spreadsheet shows, and the answer it is again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from storage.checklists.parts import Kind, Part
from storage.checklists.values import part_problem
from storage.engine.values import read_day, read_money, show_money
from storage.engine.values_plain import read_number
from storage.exchange.forms.lines import LIKELIHOOD, Held, Line
from storage.exchange.paper.print_cells import FEW, Names, in_words
from storage.exchange.tables.sheet import Cell, clean
from storage.rules.risks import STEPS

TOO_LONG = "This text is too long for a cell. It was kept in the program and is not changed from here."
_HOW = {
    Kind.DATE: "A date, day first: 31/03/2027",
    Kind.MONEY: "An amount in pounds",
    Kind.MONEY_BY_YEAR: "An amount in pounds",
    Kind.NUMBER: "A number",
    Kind.PERCENT: "A number, without the sign %",
    Kind.PERSON: "Name and role",
    Kind.LINK: "What it is called and where it is kept",
    Kind.FILE: "What it is called and where it is kept",
    Kind.TEXT: "In your own words",
}
_SEPARATORS = str.maketrans({";": "\n"})


def choices_of(line: Line) -> tuple[str, ...]:
    """The words that can be chosen in a cell; none where anything of its kind can be written."""
    part = line.part
    if part.kind is Kind.MATRIX:
        words = part.scales.likelihood if line.place[-1] == LIKELIHOOD else part.scales.consequence
        return tuple(f"{step} {word}" for step, word in enumerate(words, start=1))
    return () if part.kind is Kind.CHOICES else tuple(option.label for option in part.options)


def how_to(line: Line) -> str:
    """How a cell is filled in, in words."""
    if line.part.kind is Kind.CHOICES:
        return f"One or more, each on a line of its own: {', '.join(o.label for o in line.part.options)}"
    words = choices_of(line)
    return f"Choose: {' / '.join(words)}" if words else _HOW.get(line.part.kind, "")


def cell_of(line: Line, held: Held, names: Names) -> Cell:
    """What the cell of an answer shows: words, a number or a date; None for a blank."""
    part = line.part
    match held:
        case None:
            return None
        case int() if part.kind is Kind.MATRIX:
            words = choices_of(line)
            return words[held - 1] if 0 < held <= STEPS else str(held)
        case int():
            return held / 100
        case list():
            return "\n".join(part.words(str(one)) for one in held)
        case str() if part.kind is Kind.DATE:
            return date.fromisoformat(held)
        case str() if part.kind in (Kind.NUMBER, Kind.PERCENT) and held != FEW:
            return float(held)
        case str() if part.kind in (Kind.TEXT, Kind.PERSON):
            return held
    return in_words(part, held, names)


def words_of(line: Line, held: Held, names: Names) -> str:
    """An answer as it is shown to be compared."""
    found = cell_of(line, held, names)
    if isinstance(found, date):
        return in_words(line.part, held, names)
    if isinstance(held, int) and isinstance(found, float):
        return show_money(held)
    return "" if found is None else str(held) if isinstance(found, float) else str(found)


def read_cell(line: Line, cell: Cell, known: Sequence[Held], names: Names) -> Held:
    """The answer in a cell; None for a blank. Raises ValueError, in words to show, for what cannot be one.

    `known` are the answers as sent and as they are now: a cell that shows one of them is that one.
    """
    words = _plain(cell)
    if not words:
        return None
    for held in known:
        if held is not None and words == _plain(cell_of(line, held, names)):
            return held
    made = _read(line, cell, words)
    problem = None if line.part.kind in (Kind.MATRIX, Kind.MONEY_BY_YEAR) else part_problem(line.part, made)
    if problem:
        raise ValueError(problem)
    return made


def _read(line: Line, cell: Cell, words: str) -> Held:
    part = line.part
    match part.kind:
        case Kind.MATRIX:
            return _step(line, words)
        case Kind.MONEY | Kind.MONEY_BY_YEAR:
            return read_money(words)
        case Kind.DATE:
            return cell.isoformat()[:10] if isinstance(cell, date) else read_day(words).isoformat()
        case Kind.NUMBER | Kind.PERCENT:
            return _number(read_number(words))
        case Kind.CHOICES:
            listed = [
                _option(part, each) for each in words.translate(_SEPARATORS).split("\n") if each.strip()
            ]
            return sorted(set(listed), key=part.values.index)
    return _option(part, words) if part.options else clean(words)


def _step(line: Line, words: str) -> int:
    choices = choices_of(line)
    for step, choice in enumerate(choices, start=1):
        if words.casefold() in (choice.casefold(), str(step), choice.split(" ", 1)[-1].casefold()):
            return step
    raise ValueError(f"{line.label}: choose one of {', '.join(choices)}.")


def _option(part: Part, words: str) -> str:
    folded = " ".join(words.split()).casefold()
    folded = {"true": "yes", "false": "no"}.get(folded, folded)  # what some programs make of the two words
    for option in part.options:
        if folded in (option.value.casefold(), " ".join(option.label.split()).casefold()):
            return option.value
    raise ValueError(f"{part.label}: choose one of {', '.join(option.label for option in part.options)}.")


def _number(found: Decimal) -> str:
    shown = format(found, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _plain(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, line ends and edges as any program leaves them."""
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0") if abs(cell) < 1e15 else str(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return "" if cell is None else "\n".join(line.rstrip() for line in clean(str(cell)).strip().split("\n"))


def plain_text(cell: Cell) -> str:
    """The words of a cell beside an answer."""
    return _plain(cell)


def sent_words(held: Held) -> str:
    """An answer in the form it is sent in, so that what comes back is compared with it."""
    return json.dumps(held, ensure_ascii=True, sort_keys=True)


def from_sent(words: str) -> Held:
    """The same back. Raises ValueError for anything else."""
    return cast("Held", json.loads(words))
