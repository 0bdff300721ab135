"""Rows rescued from the pages of a damaged file: which table each belongs to, told with or without its schema."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from storage.engine.ddl import changed_values, schema, statements
from storage.engine.errors import UNREADABLE
from storage.engine.fields import RECORDS
from storage.engine.repair.pages import LEAF, Cell, Doubtful, Pages

Row = dict[str, object]  # column to value
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SORTS = frozenset({"table", "index", "trigger", "view"})
_TAKES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,), "INT": (int,), "TEXT": (str,), "BLOB": (bytes,), "REAL": (float, int),
}  # fmt: skip
_WORK = 50_000  # steps of SQLite's machine for one statement that makes a table
_LONGEST_SQL = 100_000  # letters
_INNER = "search_"  # how the search's own tables begin; they are made anew
_TOO_LARGE = 1024 * 1024 * 1024  # bytes; a larger file is not held in memory


@dataclass(slots=True)
class Rescued:
    """What could be read of a file: rows by table and number, and what could not be told."""

    tables: dict[str, dict[int, Row]] = field(default_factory=dict)
    others: dict[tuple[str, int], list[Row]] = field(default_factory=dict)  # further rows of the same number
    unplaced: list[Sequence[object]] = field(default_factory=list)  # rows whose table could not be told
    unfit: set[tuple[str, int]] = field(default_factory=set)  # of these, rows of a table that they do not fit
    to_the_end: bool = False  # whether all bytes of the file were looked at
    failed: bool = False  # whether reading by key met rows that could not be read
    pages: int = 0  # of the file
    page_size: int = 0  # bytes

    def rows(self, table: str) -> dict[int, Row]:
        """The rows of a table; none when nothing of it was found."""
        return self.tables.get(table, {})

    def fill(self, other: Rescued) -> None:
        """Take from another reading of the same file what this one lacks."""
        for table, rows in other.tables.items():
            held = self.tables.setdefault(table, {})
            if table in RECORDS:
                other._cast_doubt(table, held)
            self.tables[table] = rows | held
        for (table, number), more in other.others.items():
            if self.tables[table][number] == other.tables[table][number]:
                self.others.setdefault((table, number), []).extend(more)
        self.unplaced += other.unplaced
        self.pages, self.page_size = other.pages, other.page_size

    def _cast_doubt(self, table: str, held: dict[int, Row]) -> None:
        """Doubt in rows as SQLite read them what their bytes give a reason to doubt.

        SQLite takes a row whose head was wiped for one without values, and zeros for numbers and words.
        """
        rows = self.rows(table)
        for number, row in held.items():
            as_found = rows.get(number)
            if as_found is None and self.to_the_end and (table, number) not in self.unfit:
                row |= {n: v if type(v) is Doubtful else Doubtful(v) for n, v in row.items()}
            elif as_found and Doubtful in map(type, as_found.values()):
                row |= {n: v for n, v in as_found.items() if type(v) is Doubtful and v.value == row.get(n)}


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells the rows of one table from those of another."""

    name: str
    columns: tuple[str, ...]
    takes: tuple[tuple[type, ...], ...]  # the types of values a column holds; empty: any
    needs: frozenset[int]  # the columns that are never empty
    key: int  # the column that is the row's number, which lies outside the row; -1: none
    root: int  # the page its tree begins at; 0: not known
    _told: dict[tuple[type, ...], bool] = field(default_factory=dict, compare=False)

    def fits(self, values: Sequence[object]) -> bool:
        """Whether these can be the values of one of its rows."""
        types = tuple(map(type, values))
        if (told := self._told.get(types)) is None:
            told = self._told[types] = self._fit(types)
        return told

    def _fit(self, types: tuple[type, ...]) -> bool:
        if len(types) > len(self.columns) or any(n >= len(types) for n in self.needs):
            return False
        return all(held is Doubtful or self._takes(place, held) for place, held in enumerate(types))

    def _takes(self, place: int, held: type) -> bool:
        if held is type(None):
            return place not in self.needs
        return place != self.key and (not self.takes[place] or held in self.takes[place])

    def row(self, cell: Cell) -> Row:
        """A row by the names of its columns; columns that were added after it was written are left out."""
        made = dict(zip(self.columns, cell.values, strict=False))
        if self.key >= 0:
            made[self.columns[self.key]] = cell.rowid
        return made


def scavenge(path: Path) -> Rescued:
    """Read what can be read of a file. Raises `OSError` when the disk does not let it be read, and nothing else."""
    with path.open("rb") as file:
        found = scavenged(file.read(_TOO_LARGE))
        found.to_the_end = not file.read(1)
        return found


def scavenged(data: bytes) -> Rescued:
    """As `scavenge`, of the bytes of a file."""
    pages = Pages(data)
    found = Rescued(pages=pages.count, page_size=pages.size)
    shapes = _shapes(pages)
    rest = _from_trees(pages, shapes, found)
    _by_their_looks(pages, rest, shapes, found)
    return found


def _shapes(pages: Pages) -> list[Shape]:
    """The tables of the file as its own schema has them, and those of this program that it does not tell of."""
    with closing(sqlite3.connect(":memory:")) as memory:
        for sql in _create_statements():
            memory.execute(sql)
        ours = {shape.name: shape for shape in _of_schema(memory, {})}
    told: dict[str, tuple[int, str]] = {}
    for sort, name, _, root, made_by in _schema_rows(pages):
        if sort == "table" and isinstance(made_by, str) and isinstance(root, int) and name not in told:
            told[str(name)] = (root, made_by)
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.set_progress_handler(
            lambda: 1, _WORK
        )  # what a table is made of may be endless in a hostile file
        for _, sql in told.values():
            if sql.lower().startswith("create table") and len(sql) < _LONGEST_SQL:
                try:
                    memory.execute(sql)
                except (sqlite3.Error, sqlite3.Warning, ValueError, *UNREADABLE):
                    continue  # damaged, or no table this program makes
        read = {s.name: s for s in _of_schema(memory, {name: root for name, (root, _) in told.items()})}
    if "sqlite_sequence" in told:
        read["sqlite_sequence"] = _sequence(told["sqlite_sequence"][0])
    return list(({"sqlite_sequence": _sequence(0)} | ours | read).values())


def _create_statements() -> Iterator[str]:
    for sql in statements(schema(RECORDS.values())):
        if sql.lstrip().lower().startswith(("create table", "create virtual")):
            yield sql


def _sequence(root: int) -> Shape:
    return Shape("sqlite_sequence", ("name", "seq"), ((str,), (int,)), frozenset({0, 1}), -1, root)


def _of_schema(memory: sqlite3.Connection, roots: Mapping[str, int]) -> Iterator[Shape]:
    """The shapes of the tables of a schema; those without numbered rows lie in pages of another sort."""
    sql = """select t.name, c.name, upper(c.type), c."notnull", c.pk
             from pragma_table_list t, pragma_table_info(t.name) c
             where t.type in ('table', 'shadow') and not t.wr and t.name not like 'sqlite!_%' escape '!'
             order by t.name, c.cid"""
    columns: dict[str, list[tuple[str, str, bool, int]]] = {}
    for table, name, sort, needed, key in memory.execute(sql):
        columns.setdefault(table, []).append((name, sort, bool(needed), key))
    for table, held in columns.items():
        keys = [n for n, (_, sort, _, key) in enumerate(held) if key and sort in ("INTEGER", "INT")]
        key = keys[0] if len(keys) == 1 and sum(1 for c in held if c[3]) == 1 else -1
        needs = frozenset(n for n, c in enumerate(held) if c[2] and n != key)
        takes = tuple(_TAKES.get(sort, ()) for _, sort, _, _ in held)
        yield Shape(table, tuple(c[0] for c in held), takes, needs, key, roots.get(table, 0))


def _schema_rows(pages: Pages) -> Iterator[Sequence[object]]:
    """The rows of the file's own schema, wherever they lie: first by its tree, then by their looks."""
    seen: set[int] = set()
    for number in [*pages.leaves(1, seen), *range(2, pages.count + 1)]:
        if pages.kind(number) != LEAF:
            continue
        for cell in pages.cells(number):
            if len(cell.values) != 5 or cell.values[0] not in _SORTS:
                break
            yield cell.values


def _from_trees(pages: Pages, shapes: Iterable[Shape], found: Rescued) -> list[int]:
    """Take the rows that the trees lead to; returns the leaf pages that no tree leads to."""
    seen: set[int] = set(pages.leaves(1, set()))
    placed: set[int] = set(seen)
    for shape in shapes:
        for number in list(pages.leaves(shape.root, seen)) if shape.root > 1 else []:
            cells = list(pages.cells(number))
            if not cells or not any(shape.fits(c.values) for c in cells):
                continue  # the way here was damaged
            placed.add(number)
            _take(shape, cells, found)
    placed |= pages.free()
    return [n for n in range(1, pages.count + 1) if pages.kind(n) == LEAF and n not in placed]


def _take(shape: Shape, cells: Iterable[Cell], found: Rescued) -> None:
    held = found.tables.setdefault(shape.name, {})
    for cell in cells:
        if cell.rowid < 1 or not shape.fits(cell.values):  # the program numbers rows from one
            found.unplaced.append(cell.values)
            found.unfit.add((shape.name, cell.rowid))
        elif cell.rowid not in held:
            held[cell.rowid] = shape.row(cell)
        elif (row := shape.row(cell)) != held[cell.rowid]:
            found.others.setdefault((shape.name, cell.rowid), []).append(row)


def _by_their_looks(pages: Pages, rest: Iterable[int], shapes: Sequence[Shape], found: Rescued) -> None:
    """Place the pages no tree leads to; where several tables look alike, the history knows whose a row is."""
    unsure: list[tuple[list[Shape], list[Cell]]] = []
    for number in rest:
        cells = list(pages.cells(number))
        could = _candidates(cells, shapes)
        if len(could) == 1:
            _take(could[0], [c for c in cells if _plausible(could[0], c)], found)
        elif could and not all(s.name.startswith(_INNER) for s in could):
            unsure.append((could, cells))
    known = _tables_by_uuid(found) if unsure else {}
    for could, cells in unsure:
        named = [known.get(str(c.values[1])) for c in cells if len(c.values) > 1]
        first = max(could, key=lambda s: named.count(s.name))
        if named.count(first.name):
            _take(first, cells, found)
        else:
            found.unplaced.extend(c.values for c in cells)


def _candidates(cells: Sequence[Cell], shapes: Sequence[Shape]) -> list[Shape]:
    """The tables that a page's rows could be of: those that fit the most rows, and of these the closest."""
    fitting = {s.name: sum(_plausible(s, c) for c in cells) for s in shapes}
    most = max(fitting.values(), default=0)
    if not most:
        return []
    could = [s for s in shapes if fitting[s.name] == most]
    width = max(len(c.values) for c in cells)
    exact = [s for s in could if len(s.columns) == width]
    return exact or could


def _plausible(shape: Shape, cell: Cell) -> bool:
    if not shape.fits(cell.values):
        return False
    if shape.name in RECORDS or shape.name == "step":
        return isinstance(cell.values[1], Doubtful) or bool(UUID.fullmatch(str(cell.values[1])))
    return shape.name != "change" or cell.values[2] in RECORDS


def _tables_by_uuid(found: Rescued) -> dict[str, str]:
    """Which table each record belongs to, by the history of how it was made."""
    known: dict[str, str] = {}
    for row in found.rows("change").values():
        if row.get("old") is None and isinstance(new := row.get("new"), str):
            try:
                known[str(changed_values(new).get("uuid"))] = str(row.get("tbl"))
            except (ValueError, TypeError, RecursionError):
                continue
    return known
