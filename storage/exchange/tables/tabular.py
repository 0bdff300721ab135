"""The one door for files that hold a register: told by content, looked over, read in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from storage.engine.foreign.child_guard import MOST_SECONDS, NO_GUARD, OUT_OF_MEMORY
from storage.engine.foreign.child_process import TOO_LONG, Ended, child_command, run_child
from storage.exchange.foreign.archive import MOST_BYTES, NO_PASSWORD, SAVE_AGAIN, SMALLER, too_large
from storage.exchange.foreign.book import (
    CUT_OFF,
    FAR,
    FORMULA,
    JOINED,
    MERGED,
    MOST_TOLD,
    NO_TABLE,
    PASSWORD,
    QUOTATION,
    STRAY,
    UNPAIRED,
)
from storage.exchange.foreign.kinds import DOCX, TEXT, XLSX, kind_of
from storage.exchange.tables.sheet import Cell, Problem, Sheet, SourceError, clean
from storage.exchange.tables.sheet_merged import Merged, filled, merged
from storage.exchange.workbooks.origin import step_of

if TYPE_CHECKING:
    from storage.exchange.tables.sheet_shape import Numbered

__all__ = ["CHILD_ARGUMENT", "Cell", "Problem", "Sheet", "SourceError", "Ways", "read_bytes", "read_table"]

CHILD_ARGUMENT = "--child-table"
"""The argument with which a frozen program starts `storage.exchange.foreign.child.main` in place of itself."""

_CHILD = "storage.exchange.foreign.child"
WHY_FORMULA = (
    "This formula has no stored result. Open and save the workbook in Excel or LibreOffice, then bring it in."
)
WHY_MERGED = "These cells are merged over several rows. Only the first of the rows has what they say."
WHY_CUT = "The rest of this text is not in the file, so the cell was left out."
_LARGEST = 10**18  # beyond it a number of a cell is a string of digits
_WHY = {
    CUT_OFF: WHY_CUT,
    FORMULA: WHY_FORMULA,
    FAR: "This cell stands far to the right of the table and was not read.",
    MERGED: WHY_MERGED,
    JOINED: "The beginning of this text was changed here. It was joined with its rest on the sheet Long texts.",
    STRAY: "A quotation mark is opened here and not closed. It was read as an ordinary character.",
    UNPAIRED: "The quotation marks of this row do not pair up. Several rows may have been read as one.",
}
_UNREADABLE = {
    PASSWORD: ("is protected by a password.", NO_PASSWORD),
    QUOTATION: (
        "has quotation marks that do not pair up, so its rows cannot be told apart.",
        "Save it again from the program it came from, as CSV or as a workbook.",
    ),
    CUT_OFF: (
        "holds the beginnings of texts whose rest stands on a sheet Long texts, which is not there any more.",
        "Bring in a copy that still has that sheet, or export the register again.",
    ),
    NO_TABLE: (
        "is a Word document without a table.",
        "Choose the document or workbook that holds the register as a table.",
    ),
}
AS_CELLS = "Choose the sheet or file that holds the register as cells; what a picture shows cannot be read."
DAMAGED = "is damaged, or is no file this program can read."

Line = dict[str, object]
_decoded = json.JSONDecoder(parse_constant=str).decode  # made once: a register has thousands of lines


@dataclass(frozen=True, slots=True)
class Ways:
    """How a table is read where a person has said so."""

    header_row: int | None = None  # the row of the headings, 0 for none; None finds it by what it looks like
    whatever: bool = (
        False  # where no row looks like headings the first is taken for them, and marked doubtful
    )
    fill: bool = False  # cells merged over several rows are filled down


AS_FOUND = Ways()


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a kind of file is spoken of that cannot be read: what it is, what a broken one is, and what to do."""

    what: str = "register"
    damaged: str = DAMAGED
    smaller: str = SMALLER  # when it takes too long or too much memory
    again: str = SAVE_AGAIN  # when it is broken


A_REGISTER = Spoken()


def read_table(path: Path, sheet: str | None = None, ways: Ways = AS_FOUND) -> Sheet:
    """The table in a workbook, text file or Word document: on the sheet asked for, else where a register is.

    Takes its time: to be called off the window's own thread. Raises SourceError, in words to show, for
    everything that cannot be read, also when it takes too long or too much memory.
    """
    return read_bytes(bytes_of(path), path.name, sheet, ways)


def read_bytes(data: bytes, source: str, sheet: str | None = None, ways: Ways = AS_FOUND) -> Sheet:
    """The same for the bytes of a file of that name."""
    kind = kind_of(data, source)
    if kind == TEXT and sheet:
        raise SourceError(f"“{source}” is a text file and has no sheets.", "Leave the sheet's name out.")
    lines = answer_of(data, source, {"kind": kind, "sheet": sheet, "fill": ways.fill})
    try:
        made = table_of(lines, source, sheet, kind, ways)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise SourceError(f"“{source}” {DAMAGED}", SAVE_AGAIN) from error
    return replace(made, step=step_of(data)) if kind == XLSX else made


def bytes_of(path: Path, said: Spoken = A_REGISTER) -> bytes:
    """The whole file. Raises SourceError when it is missing, locked or too large."""
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise SourceError(too_large(path.name).what, said.smaller)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"There is no file “{path}”.", "Check its name and folder.") from error
    except IsADirectoryError as error:
        raise SourceError(f"“{path.name}” is a folder.", "Choose the file inside it.") from error
    except PermissionError as error:
        raise SourceError(
            f"“{path.name}” may not be read.",
            "Close it in other programs, or ask for the right to read it.",
        ) from error
    except OSError as error:
        raise SourceError(
            f"“{path.name}” could not be read ({error.strerror or error}).", "Copy it to this computer first."
        ) from error


def answer_of(data: bytes, source: str, request: Line, said: Spoken = A_REGISTER) -> list[Line]:
    """The lines the reading process answers. Raises SourceError when it fails or takes too much."""
    command = child_command(_CHILD, CHILD_ARGUMENT)
    try:
        ended = run_child(command, json.dumps(request).encode() + b"\n" + data)
    except OSError as error:
        raise SourceError(
            f"“{source}” could not be opened: the reading process did not start ({error.strerror}).",
            "Start Commissioning Desk again, then try once more.",
        ) from error
    _check_end(ended, source, said)
    try:
        lines = [cast("Line", _decoded(line.decode())) for line in ended.answer.splitlines()]
        last = lines[-1] if lines else {}
        if last.keys() & {"end", "too_much", "unreadable"}:
            return lines
    except (ValueError, AttributeError):
        pass  # said below
    raise SourceError(f"“{source}” could not be read to its end.", said.again)


def _check_end(ended: Ended, source: str, said: Spoken) -> None:
    """Turn the way the reading process ended into plain words."""
    if ended.stopped == TOO_LONG:
        raise SourceError(
            f"“{source}” takes too long to read; it was stopped after {MOST_SECONDS} seconds.", said.smaller
        )
    hungry = b"MemoryError" in ended.said or b"memory allocation of" in ended.said
    if ended.stopped or ended.code == OUT_OF_MEMORY or hungry:
        raise SourceError(f"“{source}” needs more memory than a {said.what} may take.", said.smaller)
    if ended.code == NO_GUARD:
        raise SourceError(
            "Workbooks cannot be opened safely: the package defusedxml is missing.",
            "Install Commissioning Desk again.",
        )
    if ended.code:
        raise SourceError(f"“{source}” {said.damaged}", said.again)


def table_of(
    lines: Iterable[Line], source: str, sheet: str | None, kind: str, ways: Ways = AS_FOUND
) -> Sheet:
    """The table that the reading process answered. Raises SourceError when it says that there is none."""
    answer = iter(lines)
    first = next(answer, {})
    _refuse(first, source)
    chosen = str(first["chosen"])
    sheets = cast("list[tuple[str, bool]]", first["sheets"])
    names = tuple(str(name) for name, _ in sheets) if kind != TEXT else ()
    if kind != TEXT and chosen not in names:
        raise SourceError(
            f"“{source}” has no sheet named “{sheet}”." if sheet else f"“{source}” has no sheet with cells.",
            f"Its sheets are: {', '.join(names)}." if names else SAVE_AGAIN,
        )
    found, odd = _gather(answer, source, kind)
    notes = _notes(first, sheets, chosen, kind)
    if not found and any("pictures" in note for note in notes):
        raise SourceError(f"The sheet “{chosen}” of “{source}” holds pictures and no cells.", AS_CELLS)
    made = _shaped(source, chosen, found, odd, notes, ways)
    hidden = frozenset(name for name, is_hidden in sheets if is_hidden)
    return replace(made, sheets=names, hidden=hidden, date1904=bool(first["date1904"]))


def _shaped(
    source: str, chosen: str, found: list[Numbered], odd: list[Line], notes: list[str], ways: Ways
) -> Sheet:
    """The table in rows as they were found, with merges filled down where that was said."""
    # Both know the records, which take a while to load: the reading process has begun by now.
    from storage.exchange.tables.sheet_shape import SHOWN_ABOVE, shape
    from storage.exchange.workbooks.columns import UUID_HEADING

    merges = [m for line in odd if (m := _merge(line)) is not None]
    fills = ways.fill and bool(merges)
    if fills:
        found, odd = filled(found, merges), [line for line in odd if _merge(line) is None]
        many = "One cell" if len(merges) == 1 else f"{len(merges):,} cells"
        notes = [*notes, f"{many} merged over several rows filled down."]
    ours = any(UUID_HEADING in cells for _, cells in found[:SHOWN_ABOVE])
    made = shape(source, chosen, found, notes, header_row=ways.header_row, ours=ours, whatever=ways.whatever)
    below = sum(m.first >= made.header_row for m in merges)
    problems = (*made.problems, *_problems(odd, made, found))
    return replace(made, problems=problems, merged=below, filled=fills)


def _merge(line: Line) -> Merged | None:
    """What a line about an odd cell says of a merge."""
    return merged(cast("int", line["column"]), str(line["cell"])) if line["odd"] == MERGED else None


def _notes(first: Line, sheets: list[tuple[str, bool]], chosen: str, kind: str) -> list[str]:
    """How it was read, and which other sheets there are, those that are hidden marked so."""
    said = [str(note) for note in cast("list[object]", first["notes"])]
    if kind == TEXT:
        return said
    others = [f"{name} (hidden)" if hidden else name for name, hidden in sheets if name != chosen]
    more = [f"Other {_PARTS.get(kind, 'sheets of the workbook')}: {', '.join(others)}."] if others else []
    return [f"Read from {'' if kind == DOCX else 'the sheet '}“{chosen}”.", *more, *said]


_PARTS = {DOCX: "tables of the document"}


def _refuse(line: Line, source: str) -> None:
    """Raise SourceError for a line that says why there is nothing to read."""
    if "too_much" in line:
        raise SourceError(f"“{source}” holds {line['too_much']}.", SMALLER)
    if "unreadable" in line:
        what, do = _UNREADABLE.get(str(line["unreadable"]), (DAMAGED, SAVE_AGAIN))
        raise SourceError(f"“{source}” {what}", do)


def _gather(lines: Iterable[Line], source: str, kind: str) -> tuple[list[Numbered], list[Line]]:
    """The rows, and the lines about cells that need looking at."""
    found: list[Numbered] = []
    odd: list[Line] = []
    for line in lines:
        if "odd" in line:
            odd.append(line)
        elif "row" in line:
            held = cast("list[object]", line["cells"])
            # Text was cleaned where it was read; joining proves that every cell is text.
            cells = cast("list[Cell]", held) if kind == TEXT and _joined(held) else [*map(cell_from, held)]
            if any(cell is not None and cell != "" for cell in cells):
                found.append((cast("int", line["row"]), cells))
        else:
            _refuse(line, source)
    return found, odd


def _joined(cells: list[object]) -> bool:
    return bool("".join(cast("list[str]", cells)))


def cell_from(held: object) -> Cell:
    """A cell as the reading process sent it."""
    if isinstance(held, str):
        return clean(held).strip()
    if isinstance(held, dict):
        moment = datetime.fromisoformat(str(held["day"]))
        return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment
    if isinstance(held, int) and abs(held) >= _LARGEST:
        return str(held)
    return cast("Cell", held)


def _problems(odd: list[Line], sheet: Sheet, found: list[Numbered]) -> tuple[Problem, ...]:
    """What needs looking at, by row and heading."""
    header = next((cells for number, cells in found if number == sheet.header_row), ())
    problems = []
    for line in odd:
        row, column = cast("int", line["row"]), cast("int", line["column"])
        if row < sheet.header_row:
            continue
        heading = str(header[column - 1] or "") if column <= len(header) else ""
        shown = str(cell_from(line["cell"]))
        problems.append(Problem(row, heading or f"Column {column}", shown, _WHY[str(line["odd"])]))
    if len(problems) >= MOST_TOLD:
        problems.append(Problem(0, "", "", f"Only the first {MOST_TOLD} such cells are listed."))
    return tuple(problems)
