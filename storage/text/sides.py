"""The first or the second text out of a marked one, as accepting or refusing every change would give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storage.text.tree import (
    Block,
    Change,
    Code,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Runs,
    Table,
    joined,
)


def before(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The text as it was."""
    return _side(blocks, "in", keep=False)


def after(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The text as it is now."""
    return _side(blocks, "out", keep=False)


def old_side(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The text as it was, with what was taken out since still marked."""
    return _side(blocks, "in", keep=True)


def new_side(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The text as it is now, with what was put in still marked."""
    return _side(blocks, "out", keep=True)


def side_of_runs(runs: Runs, without: Change, *, keep: bool) -> Runs:
    """Runs without those of one sort; the marks of the others stay only if they are kept."""
    left = (run for run in runs if run.change != without)
    return joined([run if keep else replace(run, change="") for run in left])


def _side(blocks: Sequence[Block], without: Change, *, keep: bool) -> tuple[Block, ...]:
    found = (_block(block, without, keep=keep) for block in blocks)
    return tuple(block for block in found if block is not None)


def _block(block: Block, without: Change, *, keep: bool) -> Block | None:
    """One block; None when nothing of it is left that was there."""
    match block:
        case Paragraph() | Heading():
            runs = side_of_runs(block.runs, without, keep=keep)
            return replace(block, runs=runs) if runs or not block.runs else None
        case Listing():
            items = [(_side(item, without, keep=keep), item) for item in block.items]
            left = tuple(inner for inner, item in items if inner or not item)
            return replace(block, items=left) if left or not block.items else None
        case Table():
            return _table(block, without, keep=keep)
        case Quote():
            inner = _side(block.blocks, without, keep=keep)
            return Quote(inner) if inner or not block.blocks else None
        case Code() | Picture():
            if block.change == without:
                return None
            return block if keep else replace(block, change="")
    return block


def _table(block: Table, without: Change, *, keep: bool) -> Table | None:
    changes = {run.change for row in (block.header, *block.rows) for cell in row for run in cell}
    if changes == {without}:
        return None
    rows = (row for row in block.rows if not _is_gone(row, without))
    cells = tuple(tuple(side_of_runs(cell, without, keep=keep) for cell in row) for row in rows)
    return Table(tuple(side_of_runs(cell, without, keep=keep) for cell in block.header), cells)


def _is_gone(row: Sequence[Runs], without: Change) -> bool:
    changes = {run.change for cell in row for run in cell}
    return changes == {without}
