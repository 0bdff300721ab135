"""The risk matrix of a template on a sheet of its workbook: the words of both scales, and the bands of scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from storage.checklists.data import Data, tables
from storage.checklists.nearest import offer
from storage.exchange.templates.cells import CellError
from storage.rules.risks import STEPS

BAND = "band"
SCALES = ("likelihood", "consequence")
_FIELDS = {"label": "name", "colour": "colour", "escalate_to": "escalate_to"}  # columns and keys of a band
Row = dict[str, str]


def matrix_rows(data: Data) -> Iterator[Row]:
    """The rows of a template's matrix; none where it has no matrix of its own."""
    matrix = data.get("risk_matrix")
    if not isinstance(matrix, dict):
        return
    for scale in SCALES:
        for step, words in enumerate(matrix.get(scale) or (), start=1):
            yield {"what": scale, "step": str(step), "label": str(words)}
    for band in tables(matrix, "bands"):
        row = {"what": BAND, **{column: str(band.get(key, "")) for column, key in _FIELDS.items()}}
        yield row | {name: str(band.get(name, "")) for name in ("lowest", "highest")}


class MatrixSheet:
    """Takes the rows of the sheet one by one; `bands` are the rows of its bands, in their order."""

    def __init__(self) -> None:
        self.bands: list[int] = []
        self._scales: dict[str, dict[int, str]] = {}
        self._bands: list[Data] = []

    def take(self, number: int, cells: Mapping[str, str]) -> None:
        """Take in a row. Raises CellError for one that cannot be read; the others still can."""
        what = cells.get("what", "").casefold()
        if what in SCALES:
            self._take_step(self._scales.setdefault(what, {}), cells)
        elif what == BAND:
            self._bands.append(_band(cells))
            self.bands.append(number)
        else:
            known = (*SCALES, BAND)
            raise CellError("what", f"write {', '.join(known)}, not {what or 'nothing'}{offer(what, known)}")

    def _take_step(self, steps: dict[int, str], cells: Mapping[str, str]) -> None:
        step, label = _whole("step", cells), cells.get("label", "")
        if not 1 <= step <= STEPS:
            raise CellError("step", f"a step is 1 to {STEPS}, not {step}")
        if step in steps:
            raise CellError("step", f"step {step} stands here already")
        if not label:
            raise CellError("label", "label must be filled in")
        steps[step] = label

    def matrix(self) -> Data | None:
        """The matrix as the template keeps it, what is not said left to the program's own; None for nothing."""
        made: Data = {scale: [steps[n] for n in sorted(steps)] for scale, steps in self._scales.items()}
        if self._bands:
            made["bands"] = self._bands
        return made or None


def _band(cells: Mapping[str, str]) -> Data:
    band: Data = {key: cells[column] for column, key in _FIELDS.items() if cells.get(column)}
    return band | {name: _whole(name, cells) for name in ("lowest", "highest")}


def _whole(column: str, cells: Mapping[str, str]) -> int:
    words = cells.get(column, "")
    if words.isascii() and words.isdigit() and len(words) < 3:
        return int(words)
    raise CellError(column, f"write a whole number, not {words or 'nothing'}")


def with_matrix(data: Data, sheet: MatrixSheet) -> Data:
    """The template with the matrix of the sheet, if that has one; before the sections, where a text has it."""
    matrix = sheet.matrix()
    if matrix is None:
        return data
    return {**{key: value for key, value in data.items() if key != "sections"}, "risk_matrix": matrix,
            "sections": cast("Sequence[object]", data["sections"])}  # fmt: skip
