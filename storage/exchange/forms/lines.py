"""The lines of a checklist sent out as a form: one for each thing that can be answered, each with an id of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Question
from storage.checklists.values import ROW, Cell, Row, Value, is_blank, row_of, rows_of
from storage.exchange.paper.print_cells import EMPTY_ROWS, YEARS
from storage.rules.money import financial_year, financial_year_label

SPARE = 3  # empty rows offered below those that are filled
LIKELIHOOD, CONSEQUENCE = "likelihood", "consequence"
REASON, NOTE, EVIDENCE, MITIGATION, COMMENT = (
    "#reason",
    "#note",
    "#evidence",
    "#mitigation",
    "#comment",
)  # what is said beside the answer
_STEPS = ((LIKELIHOOD, "Likelihood"), (CONSEQUENCE, "Consequence"))
Held = Cell | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to answer: a part, a step of a five-by-five score, a year, or a column of a row.

    `key` is its id on the sheet, `part` the part or column that says what a value may be, `within` the part of the
    question it belongs to, `place` what of that part it is: the year, the step, or row and column.
    """

    key: str
    question: Question
    part: Part
    within: Part
    label: str
    place: tuple[str, ...] = ()

    def held(self, values: Mapping[str, Value]) -> Held:
        """What the answers of the question hold here; None for nothing."""
        value = values.get(self.within.key)
        if self.within.kind is Kind.ROWS:
            row: Mapping[str, object] = row_of(value, self.place[0]) or {}
            value = row.get(self.place[1])  # type: ignore[assignment]
            found = value.get(self.place[2]) if len(self.place) > 2 and isinstance(value, dict) else value
        elif self.place:
            found = value.get(self.place[0]) if isinstance(value, dict) else None
        else:
            found = value
        return None if is_blank(found) else found  # type: ignore[return-value]

    def put(self, values: Mapping[str, Value], held: Held) -> dict[str, Value]:
        """The answers of the question with another value here; what is blank altogether goes."""
        made = dict(values)
        if self.within.kind is Kind.ROWS:
            value: Value | None = self._rows(made.get(self.within.key), held)
        else:
            value = _within(made.get(self.within.key), self.place, held)
        made.pop(self.within.key, None)
        if value is not None and not is_blank(value):
            made[self.within.key] = value
        return made

    def _rows(self, before: Value | None, held: Held) -> Value | None:
        rows = rows_of(before)
        key, column, *step = self.place
        row: Row = dict(row_of(before, key) or {ROW: key})
        cell = _within(row.get(column), tuple(step), held)
        row.pop(column, None)
        if cell is not None and not is_blank(cell):
            row[column] = cell  # type: ignore[assignment]
        kept = [row if each.get(ROW) == key else each for each in rows]
        if row_of(before, key) is None:
            kept.append(row)
        kept = [each for each in kept if len(each) > 1]
        order = {option.value: number for number, option in enumerate(self.within.fixed)}
        kept.sort(key=lambda each: order.get(str(each[ROW]), len(order)))
        return kept or None


def _within(before: object, place: tuple[str, ...], held: Held) -> Value | None:
    """A value with one of its steps or years changed; the value itself where it has none."""
    if not place:
        return held
    made = {k: v for k, v in before.items() if k != place[0]} if isinstance(before, dict) else {}
    if isinstance(held, int):
        made[place[0]] = held
    return made or None


def lines_of(question: Question, values: Mapping[str, Value], day: date) -> Iterator[Line]:
    """Every line of a question in its order, but for what is worked out. `day` lies in the first year of sums."""
    for part in question.parts:
        if not part.calculation:
            label = part.label
            if part.when:
                label += f" (if {' or '.join(question.first.words(each) for each in part.when)})"
            start = Line(f"{question.id}/{part.key}", question, part, part, label)
            yield from _of_part(start, values.get(part.key), day)


def _of_part(line: Line, value: object, day: date) -> Iterator[Line]:
    match line.part.kind:
        case Kind.MATRIX:
            for step, words in _STEPS:
                yield _inside(line, step, f"{line.label}: {words}")
        case Kind.MONEY_BY_YEAR:
            for year in _years(line.part, value, day):
                yield _inside(line, year, f"{line.label}: {year}")
        case Kind.ROWS:
            for row, words in _row_keys(line.part, value):
                for column in line.part.columns:
                    yield from _of_column(line, row, words, column)
        case _:
            yield line


def _of_column(line: Line, row: str, words: str, column: Part) -> Iterator[Line]:
    label = f"{words}: {column.label}"
    if column.when:
        label += f" (if {' or '.join(line.part.columns[0].words(each) for each in column.when)})"
    made = replace(
        line, key=f"{line.key}/{row}/{column.key}", part=column, label=label, place=(row, column.key)
    )
    if column.kind is Kind.MATRIX:
        for step, said in _STEPS:
            yield _inside(made, step, f"{label}: {said}")
    elif not column.calculation:
        yield made


def _inside(line: Line, place: str, label: str) -> Line:
    return replace(line, key=f"{line.key}/{place}", label=label, place=(*line.place, place))


def _row_keys(part: Part, value: object) -> list[tuple[str, str]]:
    """The rows with what they are called: the fixed ones, or those that are filled and some more."""
    if part.fixed:
        return [(option.value, option.label) for option in part.fixed]
    keys = [str(row[ROW]) for row in rows_of(value)]
    wanted = max(len(keys) + SPARE, part.least, EMPTY_ROWS)
    wanted = min(wanted, max(part.most, len(keys))) if part.most else wanted
    number = max((int(key) for key in keys if key.isascii() and key.isdigit()), default=0)
    keys += [str(number + more) for more in range(1, wanted - len(keys) + 1)]
    return [(key, f"Row {place}") for place, key in enumerate(keys, start=1)]


def _years(part: Part, value: object, day: date) -> list[str]:
    held = [str(year) for year in value] if isinstance(value, dict) else []
    first = financial_year(day)
    usual = [financial_year_label(first + more) for more in range(part.years or YEARS)]
    return sorted({*held, *usual})


def like(line: Line, key: str) -> Line | None:
    """The line of an id that the run has no more, made like one it has: another row of the same rows, another year."""
    begin = f"{line.question.id}/{line.within.key}/"
    if not line.place or not key.startswith(begin):
        return None
    rest = key.removeprefix(begin)
    if line.within.kind is Kind.MONEY_BY_YEAR:
        return replace(line, key=key, label=f"{line.within.label}: {rest}", place=(rest,))
    row, _, column = rest.partition("/")
    if line.within.kind is not Kind.ROWS or line.within.fixed or column != "/".join(line.place[1:]):
        return None
    return replace(line, key=key, label=f"Row {row}: {line.part.label}", place=(row, *line.place[1:]))
