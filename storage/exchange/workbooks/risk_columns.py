"""What a list of risks says besides its fields: score and band, and how each has moved since the last review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storage.desk.checklists.last_review import place_that_counts, risk_moves
from storage.desk.risk_scales import risk_scales
from storage.engine.fields import Kind, Record
from storage.engine.reading import Reader
from storage.exchange.workbooks.columns import Cell
from storage.exchange.workbooks.table import TableColumn
from storage.exchange.workbooks.text import clean
from storage.records.running import Risk

BEHIND = "consequence_after"  # the field they stand behind
HEADINGS = ("Score that counts", "Band", "At the last review", "Since the last review", "Last review")
_WIDTHS = (90, 100, 130, 130, 240)


def worked_out(reader: Reader, records: Sequence[Record]) -> Mapping[str, Sequence[TableColumn]]:
    """The columns to follow a field; none for other records. The score that counts is that after mitigation."""
    risks = [record for record in records if isinstance(record, Risk)]
    if not risks:
        return {}
    moved, words = risk_moves(reader, risks), risk_scales(reader)
    rows: list[tuple[Cell, ...]] = []
    for risk in risks:
        place, moves = place_that_counts(risk, words), moved[risk.key]
        movement = moves.counts
        before = movement.before if movement else None
        rows.append(
            (
                float(place.points) if place else None,
                clean(place.band) if place else None,
                clean(before.words) if before else None,
                movement.short if movement else None,
                clean(moves.since) or None,
            )
        )
    kinds = (Kind.WHOLE, *(Kind.TEXT,) * (len(HEADINGS) - 1))
    columns = zip(HEADINGS, kinds, _WIDTHS, zip(*rows, strict=True), strict=True)
    return {
        BEHIND: [TableColumn(heading, kind, width, list(cells)) for heading, kind, width, cells in columns]
    }
