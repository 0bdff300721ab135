"""Any record as columns of a sheet: those on screen first, then every other field that holds something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storage.engine.fields import RECORDS, Field, Kind, Record, Value
from storage.engine.reading import Reader
from storage.engine.values import show_money
from storage.exchange.paper.print_cells import is_of_people
from storage.exchange.workbooks.answer_words import answer_words
from storage.exchange.workbooks.columns import UUID_HEADING, Cell, converted
from storage.exchange.workbooks.long import LongText, in_pieces
from storage.exchange.workbooks.styles import RATING_COLOURS
from storage.exchange.workbooks.table import TableColumn
from storage.exchange.workbooks.text import LARGEST_EXACT, clean, fits, table_headings
from storage.records.assessments import Given, template_of
from storage.records.assessments import Run as ChecklistRun
from storage.records.specifications import Section

_NOTE_WIDTH, _LEAST_WIDTH, _MOST_WIDTH, _UUID_WIDTH = 360, 70, 360, 260  # pixels
_DAY_WIDTH, _WORDS_WIDTH = 100, 240
_LETTER, _BOLD, _FILTER = (
    6.5,
    7.5,
    26,
)  # pixels of a letter, of one of a heading, and of the button that filters
_FIRST: Mapping[type[Record], tuple[str, ...]] = {
    Section: ("number", "heading", "body"),
    Given: ("question", "note"),
}
_COLOURED = {"rating": RATING_COLOURS, "kpi_rating": RATING_COLOURS}


@dataclass
class Gathering:
    """What is gathered for one workbook: where linked records are read, and the texts no cell holds whole."""

    reader: Reader
    long: list[LongText] = field(default_factory=list)
    _linked: dict[str, dict[int, Record]] = field(default_factory=dict)

    def linked(self, table: str, numbers: Iterable[int]) -> Mapping[int, Record]:
        """Records by their numbers, each read once."""
        held = self._linked.setdefault(table, {})
        missing = sorted({number for number in numbers if number not in held})
        if missing:
            held |= self.reader.many(RECORDS[table], missing)
        return held

    def whole(self, column: TableColumn, records: Sequence[Record]) -> TableColumn:
        """The column with the beginning in place of each text that a cell cannot hold."""
        cells = list(column.cells)
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and not fits(cell):
                called = clean(records[place].name)[:120]
                text = in_pieces(len(self.long) + 1, called, column.heading, cell)
                self.long.append(text)
                cells[place] = text.cell
        return TableColumn(column.heading, column.kind, column.width, cells, column.colours, column.hidden)


def columns_of(
    gathering: Gathering,
    cls: type[Record],
    records: Sequence[Record],
    first: Sequence[str] = (),
    *,
    following: Mapping[str, Sequence[TableColumn]] | None = None,
) -> list[TableColumn]:
    """The columns of some records: those named, then every other that holds a value anywhere.

    Links are the names of the records they lead to, with reference and day; `following` are columns to stand behind
    that of a field. The identity comes last, hidden.
    """
    fields = gathering.reader.fields(cls)
    shown = [name for name in dict.fromkeys(first) if name in fields]
    usual = [name for name, each in fields.items() if each.shown]
    order = [name for name in dict.fromkeys([*shown, *usual, *fields]) if _goes_out(fields[name])]
    made: list[TableColumn] = []
    for name in order:
        for column in _columns(gathering, fields[name], records):
            if name in (*shown, *usual) or any(cell is not None for cell in column.cells):
                made.append(column)
        made += (following or {}).get(name, ())
    headings = table_headings([column.heading for column in made], UUID_HEADING)
    named = [
        TableColumn(heading, c.kind, c.width, c.cells, c.colours, c.hidden)
        for heading, c in zip(headings, made, strict=True)
    ]
    identity = TableColumn(UUID_HEADING, Kind.TEXT, _UUID_WIDTH, [r.uuid for r in records], {}, hidden=True)
    return [*(gathering.whole(column, records) for column in named), identity]


def _goes_out(each: Field) -> bool:
    """What the program keeps for itself stays: pictures, whole templates, data it alone reads."""
    return each.kind is not Kind.DATA and (each.column or each.kind is not Kind.NOTE)


def _columns(gathering: Gathering, each: Field, records: Sequence[Record]) -> Iterator[TableColumn]:
    today = gathering.reader.today()
    values = [each.value_of(record, today) for record in records]
    if each.kind is not Kind.LINK:
        cells = cells_of(each, values)
        yield TableColumn(each.label, _kind(each), _width(each, cells), cells, _COLOURED.get(each.name, {}))
        return
    linked = gathering.linked(each.target, [value for value in values if isinstance(value, int)])
    found = [linked.get(value) if isinstance(value, int) else None for value in values]
    of_target = RECORDS[each.target].FIELDS
    if "reference" in of_target:
        references = [clean(str(getattr(record, "reference", ""))) or None for record in found]
        yield TableColumn(f"{each.label} reference", Kind.TEXT, 110, references)
    names = [clean(record.name) if record else None for record in found]
    yield TableColumn(each.label, Kind.TEXT, 220, names)
    if "on" in of_target:  # meetings are told apart by their days
        days = [of_target["on"].value_of(record) if record else None for record in found]
        yield TableColumn(f"{each.label}, date", Kind.DAY, _DAY_WIDTH, cells_of(of_target["on"], days))


def cells_of(each: Field, values: Sequence[Value]) -> list[Cell]:
    """Values as cells; one that Excel would round, and a financial year, stands in words."""
    if each.years:
        return [each.show(value) or None for value in values]
    if each.kind is Kind.MONEY:
        large = {
            n: show_money(v) for n, v in enumerate(values) if isinstance(v, int) and abs(v) >= LARGEST_EXACT
        }
        if large:
            plain: list[Value] = [None if n in large else value for n, value in enumerate(values)]
            return [large.get(n, cell) for n, cell in enumerate(converted(each, plain))]
    return converted(each, values)


def _kind(each: Field) -> Kind:
    return Kind.TEXT if each.years else each.kind


def _width(each: Field, cells: Sequence[Cell]) -> int:
    """Pixels: what the field asks for, the longest word of its heading, and for words what they need, within reason."""
    if each.kind is Kind.NOTE:
        return _NOTE_WIDTH
    heading = int(_BOLD * max(map(len, each.label.split()), default=0)) + _FILTER
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    needed = min(int(_LETTER * longest) + 14, _WORDS_WIDTH) if each.kind.is_words else 0
    least = _DAY_WIDTH if each.kind is Kind.DAY else _LEAST_WIDTH
    return min(max(each.width, least, heading, needed), _MOST_WIDTH)


# ---- what a record is made of


def part_columns(
    gathering: Gathering, cls: type[Record], link: str, owners: Sequence[Record]
) -> tuple[list[TableColumn], int]:
    """The parts of some records in the order of these, each with what it belongs to, and how many there are."""
    places = {owner.key: place for place, owner in enumerate(owners)}
    found = [record for record in gathering.reader.all(cls) if getattr(record, link) in places]
    found.sort(
        key=lambda r: (
            places[getattr(r, link)],
            getattr(r, "position", None) or 0,
            getattr(r, "question", ""),
            r.key,
        )
    )
    if not found:
        return [], 0
    answers = (
        {}
        if cls is not Given
        else {"question": _answers(gathering, [r for r in found if isinstance(r, Given)])}
    )
    first = (link, *(_FIRST.get(cls) or (name for name, each in cls.FIELDS.items() if each.shown)))
    return columns_of(gathering, cls, found, first, following=answers), len(found)


def _answers(gathering: Gathering, given: Sequence[Given]) -> list[TableColumn]:
    """The question and the answer of each, in words."""
    runs = gathering.linked(ChecklistRun.TABLE, [each.run for each in given if each.run is not None])
    told = [_told(runs.get(each.run or 0), each) for each in given]
    return [
        TableColumn("Question asked", Kind.NOTE, 320, [clean(question) or None for question, _ in told]),
        TableColumn("Answer", Kind.NOTE, 260, [clean(answer) or None for _, answer in told]),
    ]


def _told(run: Record | None, given: Given) -> tuple[str, str]:
    if not isinstance(run, ChecklistRun):
        return "", ""
    template = template_of(run)
    question = next((q for q in template.questions if q.id == given.question), None)
    if question is None:
        return "", ""
    return question.text, answer_words(question, given.answer(), small=is_of_people(template))
