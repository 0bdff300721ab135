"""Cells of a template's workbook as values of the template."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storage.checklists.nearest import offer

_YES, _NO = ("yes", "true", "true()", "1"), ("no", "false", "false()", "0")
_WHOLE = ("weight", "min_rows", "max_rows", "years")
_LISTED = ("when", "subjects")
_LIMITS = ("warn_above", "closes_at")


class CellError(ValueError):
    """A cell that cannot be read: which column, and what to write. The row is added where it is known."""

    def __init__(self, column: str, mistake: str, row: int = 0) -> None:
        super().__init__(mistake)
        self.column, self.mistake, self.row = column, mistake, row


def cell_value(column: str, words: str) -> object:
    """What a cell says, in the form the template keeps. Raises CellError."""
    if column in ("needs_note", "not_applicable", "required"):
        return yes_or_no(column, words)
    if column in _WHOLE:
        return _whole(column, words)
    if column in _LIMITS:
        return int(words) if words.isascii() and words.isdigit() else words
    if column in _LISTED:
        return words.replace(",", " ").split()
    if column == "passes":
        return words if words == "any" else words.replace(",", " ").split()
    if column == "scores":
        return _scores(words)
    if column == "needs":
        return _needs(words)
    return words


def yes_or_no(column: str, words: str) -> bool:
    """Whether a cell says yes. Raises CellError for anything but yes and no."""
    folded = words.casefold()
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise CellError(column, f"write yes or no, not {words}{offer(words, ('yes', 'no'))}")


def list_of(column: str, name: str, lists: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """The list of the sheet choices with this name. Raises CellError with the nearest one offered."""
    if name not in lists:
        raise CellError(column, f"there is no list {name} on the sheet choices{offer(name, lists)}")
    return dict(lists[name])


def _whole(column: str, words: str) -> int:
    if words.isascii() and words.isdigit() and len(words) < 7:
        return int(words)
    raise CellError(column, f"write a whole number, not {words}")


def _scores(words: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in words.replace(",", " ").split():
        value, _, figure = each.partition("=")
        if not value or not figure.isascii() or not figure.isdigit():
            raise CellError("scores", f"write each answer with its per cent, such as yes=100, not {each}")
        found[value] = int(figure)
    return found


def _needs(words: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in filter(None, (part.strip() for part in re.split(r"[;\n]", words))):
        answer, colon, demands = each.partition(":")
        listed = demands.replace(",", " ").split()
        if not colon or not listed:
            raise CellError(
                "needs", f"write an answer, a colon and what it requires, such as no: note, not {each}"
            )
        found[answer.strip()] = listed
    return found
