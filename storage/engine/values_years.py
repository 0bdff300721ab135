"""Financial years as people write them, kept as the year in which they begin."""

from __future__ import annotations

import re

from storage.engine.values_plain import Unreadable, tidy

_YEAR = re.compile(r"(?:fy ?)?(\d{4}|\d{2})(?: ?[/–-] ?(\d{4}|\d{2}))?", re.IGNORECASE | re.ASCII)
_CENTURY = 2000
_HOW = "Write it like 2026/27."


def read_financial_year(text: str) -> int:
    """The year in which a financial year begins: `2026/27`, `26/27`, `2026-2027`, or only `2026`.

    Raises Unreadable for anything else, also where the second year does not follow the first.
    """
    match = _YEAR.fullmatch(tidy(text))
    if match is None:
        raise Unreadable(f"This is not a financial year. {_HOW}")
    first = _whole(match[1])
    if match[2] is None:
        if len(match[1]) == 2:
            raise Unreadable(f"This could be one of two years. {_HOW}")
        return first
    if int(match[2]) not in (first + 1, (first + 1) % 100):
        raise Unreadable(f"{match[2]} does not follow {match[1]}. {_HOW}")
    return first


def show_financial_year(year: int) -> str:
    """The usual name of the financial year that begins in a year: 2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


def _whole(digits: str) -> int:
    return _CENTURY + int(digits) if len(digits) == 2 else int(digits)
