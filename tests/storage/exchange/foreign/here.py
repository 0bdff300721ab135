"""Reads foreign bytes as the program does, but in this process: for tests that read many."""

from __future__ import annotations

import json
from io import BytesIO

from storage.exchange.foreign.child import answer, opener_of
from storage.exchange.foreign.kinds import kind_of
from storage.exchange.tables.sheet import Sheet
from storage.exchange.tables.tabular import AS_FOUND, Ways, table_of


def read_here(data: bytes, source: str, sheet: str | None = None, ways: Ways = AS_FOUND) -> Sheet:
    """The table, without a child between."""
    kind = kind_of(data, source)
    opener = opener_of(kind)
    assert opener
    out = BytesIO()
    answer(opener, data, {"sheet": sheet, "fill": ways.fill}, out)
    lines = [json.loads(line, parse_constant=str) for line in out.getvalue().splitlines()]
    return table_of(lines, source, sheet, kind, ways)
