"""Headings that stand in two rows: names of groups over the names of columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from storage.engine.values import show_day
from storage.exchange.tables.sheet import Cell, as_text

_LONGEST = 80  # letters of a name in a row of groups; longer is a sentence about the register
_FEWEST = 2  # names in a row that is more than a title


def joined(
    above: Sequence[Cell], header: Sequence[Cell], below: Sequence[Cell]
) -> tuple[list[str], int, int]:
    """The headings of a table, and how many rows beneath and above the row of headings belong to them.

    A row beneath belongs to them when everything in it stands under a blank heading, or under a name that
    stretches over blank ones. A row above does when it names what the row of headings leaves blank or says twice.
    """
    width = max(len(header), len(below) if _continues(header, below) else 0)
    titles = [heading_text(cell) for cell in _wide(header, width)]
    if _continues(header, below):
        return _under(titles, [heading_text(cell) for cell in _wide(below, width)]), 1, 0
    names = [heading_text(cell) for cell in above]
    if not _names_groups(names):
        return titles, 0, 0
    names += [""] * (len(titles) - len(names))
    repeated = {t for t, count in Counter(t.casefold() for t in titles if t).items() if count > 1}
    groups = _stretched(names, titles)
    made = [
        f"{group} {title}".strip() if (title.casefold() in repeated and group) else title or name
        for title, group, name in zip(titles, groups, names, strict=False)
    ]
    return (made, 0, 1) if made != titles else (titles, 0, 0)


def heading_text(cell: Cell) -> str:
    """A heading on one line."""
    if isinstance(cell, date):
        return show_day(cell)
    return " ".join(as_text(cell).split())


def _continues(header: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the row beneath is the second row of headings."""
    filled = [i for i, cell in enumerate(below) if not _blank(cell)]
    if len(filled) < _FEWEST or not all(_is_name(below[i]) for i in filled):
        return False
    over = [i < len(header) and not _blank(header[i]) for i in range(len(below) + 1)]
    under_blank = [i for i in filled if not over[i]]
    stretched = [i for i in filled if over[i] and i + 1 in under_blank]
    # A row of data stands under headings of its own; only groups leave the columns beside them blank.
    return bool(under_blank) and bool(stretched) and len(under_blank) + len(stretched) == len(filled)


def _under(titles: Sequence[str], names: Sequence[str]) -> list[str]:
    """Two rows made one: a name alone where it is the only one of its kind, else with its group in front."""
    counted = Counter(name.casefold() for name in names if name)
    group, made = "", []
    for title, name in zip(titles, names, strict=True):
        group = title or group
        if not name:
            made.append(title)
        elif counted[name.casefold()] > 1 or not _tells(name):
            made.append(f"{group} {name}".strip())
        else:
            made.append(name)
    return made


def _tells(name: str) -> bool:
    """Whether a name says enough by itself; “From”, “Name” and “Q1” do not."""
    return " " in name


def _stretched(names: Sequence[str], titles: Sequence[str]) -> list[str]:
    """Each name of a group over the columns to its right, up to the next name."""
    group, made = "", []
    for place in range(len(titles)):
        group = (names[place] if place < len(names) else "") or group
        made.append(group)
    return made


def _names_groups(names: Sequence[str]) -> bool:
    filled = [name for name in names if name]
    return len(filled) >= _FEWEST and all(_is_name(name) for name in filled)


def _is_name(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST and not cell[:1].isdigit()


def _wide(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells, *[""] * (width - len(cells))]


def _blank(cell: Cell) -> bool:
    return cell is None or cell == ""
