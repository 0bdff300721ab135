"""A cell in words, for programs and for people."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from storage.exchange.tables.sheet import Cell, as_shown, as_text


@pytest.mark.parametrize(
    ("cell", "text", "shown"),
    [
        (date(2026, 6, 1), "2026-06-01", "1 Jun 2026"),
        (datetime(2026, 6, 1), "2026-06-01", "1 Jun 2026"),  # noqa: DTZ001 - as workbooks have them
        (datetime(2026, 6, 1, 9, 30), "2026-06-01 09:30:00", "2026-06-01 09:30:00"),  # noqa: DTZ001
        (4.0, "4", "4"),
        (True, "Yes", "Yes"),
        (None, "", ""),
    ],
)
def test_a_day_is_shown_as_on_every_page(cell: Cell, text: str, shown: str) -> None:
    assert as_text(cell) == text and as_shown(cell) == shown
