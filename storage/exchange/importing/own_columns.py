"""What sort of field a column of the user's own becomes, judged from its heading and its values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from storage.engine.fields import Kind
from storage.engine.values import Unreadable, month_first_evidence, read_day, read_money, read_whole
from storage.exchange.importing.headings import words

MOST_CHOICES = 12
_LONGEST_CHOICE = 40
_LONGEST_LINE = 200
_NEARLY_ALL = 0.9  # of the cells must fit; the few that do not are told and kept
_LOOKED_AT = 200  # different cells after which a column that fits badly is given up
_IDENTIFIES = frozenset(
    [
        "id",
        "ref",
        "reference",
        "code",
        "number",
        "no",
        "num",
        "phone",
        "telephone",
        "tel",
        "mobile",
        "postcode",
        "uprn",
        "ods",
        "identifier",
        "key",
    ]
)
_AMOUNTS = frozenset(
    [
        "value",
        "cost",
        "price",
        "spend",
        "spent",
        "budget",
        "amount",
        "money",
        "fee",
        "saving",
        "expenditure",
        "charge",
        "funding",
        "payment",
    ]
)
_LEADING_NOUGHT = re.compile(r"0\d+")
_LONG_DIGITS = re.compile(r"\d{10,}")


def judge(
    heading: str, cells: Sequence[str], kind: Kind | None = None, dated: int = 0
) -> tuple[Kind, tuple[str, ...]]:
    """The kind and choices of a column, from its filled cells in words.

    `kind` is the user's own decision, for which only the choices are looked up; `dated` is how many cells the
    file itself holds as dates. Text is what is left when nothing else fits; several lines make it a note.
    """
    if kind is not None:
        return kind, _choices(cells) if kind is Kind.CHOICE else ()
    counts = Counter(cells)
    if not counts:
        return Kind.TEXT, ()
    if dated > len(cells) * _NEARLY_ALL or _nearly_all(counts, _is_day):
        return Kind.DAY, ()
    if _is_label(heading, counts):
        return Kind.TEXT, ()
    if (number := _number(heading, counts)) is not None:
        return number, ()
    if _repeats(counts):
        return Kind.CHOICE, _choices(cells)
    long = any("\n" in cell or len(cell) > _LONGEST_LINE for cell in counts)
    return (Kind.NOTE if long else Kind.TEXT), ()


def _number(heading: str, counts: Counter[str]) -> Kind | None:
    """Money or whole number, if it is either."""
    about_money = "£" in heading or bool(_AMOUNTS & set(words(heading)))
    pounds = sum(count for cell, count in counts.items() if "£" in cell)
    if (about_money or pounds * 2 > counts.total()) and _nearly_all(counts, _fits(read_money)):
        return Kind.MONEY
    return Kind.WHOLE if _nearly_all(counts, _fits(read_whole)) else None


def _is_label(heading: str, counts: Counter[str]) -> bool:
    """Whether digits are names rather than numbers: leading noughts, long rows of digits, references."""
    if _IDENTIFIES & set(words(heading)):
        return True
    return any(_LEADING_NOUGHT.fullmatch(cell) or _LONG_DIGITS.fullmatch(cell) for cell in counts)


def _repeats(counts: Counter[str]) -> bool:
    """Whether a few short words come again and again."""
    spellings = {cell.casefold() for cell in counts}
    few = 2 <= len(spellings) <= MOST_CHOICES and counts.total() >= 2 * len(spellings)
    return few and all(len(cell) <= _LONGEST_CHOICE and "\n" not in cell for cell in counts)


def _choices(cells: Sequence[str]) -> tuple[str, ...]:
    """The different words, the most frequent first, each in its most frequent spelling."""
    found: dict[str, str] = {}
    for cell, _ in Counter(" ".join(cell.split()) for cell in cells).most_common():
        found.setdefault(cell.casefold(), cell)
    return tuple(found.values())


def _nearly_all(counts: Counter[str], fits: Callable[[str], bool]) -> bool:
    """Whether nine cells in ten fit; looks no further when the first different ones do not."""
    good = seen = 0
    for index, (cell, count) in enumerate(counts.items(), start=1):
        seen += count
        good += count * fits(cell)
        if index == _LOOKED_AT and good < seen / 2:
            return False
    return good >= counts.total() * _NEARLY_ALL


def _fits(read: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(cell: str) -> bool:
        try:
            read(cell)
        except Unreadable:
            return False
        return True

    return fits


def _is_day(cell: str) -> bool:
    """Whether a cell is a date in either order; eight bare digits are more often a code."""
    return month_first_evidence(cell) != "none" or (not cell.isdigit() and _fits(read_day)(cell))
