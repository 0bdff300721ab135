"""Working out what each row of a table does to the records of a list: recognised by the keys of the list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from storage.engine.fields import Record, Value
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.store import with_values
from storage.exchange.importing.import_headings import Choices
from storage.exchange.importing.kpi_periods import settle
from storage.exchange.importing.list_kinds import VIA
from storage.exchange.importing.list_links import Targets, targets
from storage.exchange.importing.list_names import Names
from storage.exchange.importing.matching import LEAVE, NEW
from storage.exchange.importing.merging import same
from storage.exchange.importing.plan import ImportPlan, RowPlan
from storage.exchange.importing.providers import folded
from storage.exchange.importing.rows import Source, SourceRow
from storage.exchange.importing.words import unmatched_choices
from storage.exchange.tables.sheet import Problem
from storage.records.measures import Kpi, KpiResult

_SLICE = 200  # rows between two turns of the event loop
_NAMES = 20  # rows whose names are looked up between two of them
_DOING = "Comparing with what is there"
_NUMBERS = ("reference", "company_number", "charity_number", "ods_code", "code", "number")
_Key = tuple[str, ...]


def planning_list(
    reader: Reader, source: Source, choices: Choices, answers: Mapping[int, int] | None = None
) -> Iterator[Progress | ImportPlan]:
    """Hold a table against a list of the file, a slice at a time; the last thing that comes is the plan."""
    plan, kind = ImportPlan(source, choices), source.kind
    known: dict[str, Targets] = {}
    for number, table in enumerate(sorted(set(kind.links.values())), start=1):
        known[table] = targets(reader, table)
        yield Progress(number, len(kind.links), _DOING)
    held: dict[int, Record] = {}
    ids = reader.ids(kind.record)
    for start in range(0, len(ids), _SLICE):
        held |= reader.many(kind.record, ids[start : start + _SLICE])
        yield Progress(start, len(ids), _DOING)
    names = Names(source, choices, known)
    rows: list[SourceRow] = []
    for start in range(0, len(source.rows), _NAMES):
        rows += map(names.of, source.rows[start : start + _NAMES])
        yield Progress(start, len(source.rows), "Looking up what rows belong to")
    planner = _Planner(reader, plan, names, held, answers or {})
    planner.recognise(rows)
    for start in range(0, len(rows), _SLICE):
        yield Progress(start, len(rows), _DOING)
        plan.rows += map(planner.plan, rows[start : start + _SLICE])
    for found in names.unmatched():
        plan.unmatched += found
        yield Progress(len(rows), len(rows), "Looking for what words may mean")
    plan.unmatched += unmatched_choices(source, choices)
    plan.candidates = {i: held[i] for row in plan.rows for i in row.candidates if i in held}
    _tell(plan)
    yield plan


class _Planner:
    """Recognises rows, then decides on one after another."""

    def __init__(
        self,
        reader: Reader,
        plan: ImportPlan,
        names: Names,
        held: Mapping[int, Record],
        answers: Mapping[int, int],
    ) -> None:
        self._plan, self._names, self._held, self._answers = plan, names, held, answers
        self._kind = plan.source.kind
        self._places = {row.number: place for place, row in enumerate(plan.source.rows)}
        self._found: dict[int, tuple[int, ...]] = {}  # by place in the table
        self._twice: dict[int, int] = {}  # place to that of the row it repeats
        self._by_uuid = _by_uuid(reader, plan.source)
        self._binned = frozenset(reader.ids(self._kind.record, Query(binned=True)))
        self._kpis = _kpis(reader) if self._kind.record is KpiResult else {}
        self._place = 0

    def recognise(self, rows: Sequence[SourceRow]) -> None:
        """Which record each row is, by UUID and then by one key after another."""
        claimed: set[int] = set()
        rows = [self._settled(row) for row in rows]
        self._rows = rows
        for place, row in enumerate(rows):
            number = self._by_uuid.get(row.uuid)
            if number is not None and number not in claimed:
                self._found[place] = (number,)
                claimed.add(number)
        for key in self._kind.keys:
            self._by_key(key, claimed)

    def _settled(self, row: SourceRow) -> SourceRow:
        if self._kind.record is not KpiResult:
            return row
        return replace(row, values=settle(row.values, self._kpis))

    def _by_key(self, key: _Key, claimed: set[int]) -> None:
        there: dict[_Key, list[int]] = defaultdict(list)
        for number, record in self._held.items():
            if words := self._words({name: getattr(record, name) for name in key}, key):
                there[words].append(number)
        left = [(p, row) for p, row in enumerate(self._rows) if p not in self._found and p not in self._twice]
        said = [(p, row, words) for p, row in left if (words := self._words(row.values, key))]
        counted, first = Counter(words for _, _, words in said), dict[_Key, int]()
        for place, row, words in said:
            earlier = first.setdefault(words, place)
            if earlier != place and key == self._kind.keys[0]:
                self._twice[place] = earlier
                continue
            free = tuple(
                i for i in there.get(words, ()) if i not in claimed and self._may_be(row, self._held[i])
            )
            if free:
                self._found[place] = free
                claimed.update(free if len(free) == 1 and counted[words] == 1 else free[:1])

    def _words(self, values: Mapping[str, object], key: _Key) -> _Key | None:
        """The words of a key; None while what tells most is not said."""
        made = tuple(folded(str(v)) if (v := values.get(name)) is not None else "" for name in key)
        if self._kind.owner in key and not made[key.index(self._kind.owner)]:
            return None
        tells = [words for words, name in zip(made, key, strict=True) if name not in self._kind.links]
        return made if any(tells) else None

    def _may_be(self, row: SourceRow, record: Record) -> bool:
        """Whether nothing speaks against a record: another owner, or another number where both have one."""
        return not any(
            (given := row.values.get(name)) not in (None, "")
            and (held := getattr(record, name)) not in (None, "")
            and folded(str(given)) != folded(str(held))
            for name in (*(n for n in self._kind.links if n in record.FIELDS), *_NUMBERS)
            if name in record.FIELDS
        )

    def plan(self, _row: SourceRow) -> RowPlan:
        """What happens to the next row."""
        place, self._place = self._place, self._place + 1
        row = self._rows[place]
        if why := self._refused(row, place):
            return RowPlan(row, "not imported", why=why)
        found = self._found.get(place, ())
        answer = self._answers.get(row.number)
        if len(found) > 1 and answer in (None, *found):
            if answer is None:
                return RowPlan(row, "ask", candidates=found, why="It fits more than one record.")
            found = (answer,)
        if answer == LEAVE:
            return RowPlan(row, "not imported", why="You left this row out.")
        if not found or answer == NEW:
            return self._create(row)
        if found[0] in self._binned or found[0] not in self._held:
            return RowPlan(row, "not imported", found[0], why="This is in the bin and stays there.")
        return self._update(row, self._held[found[0]])

    def _refused(self, row: SourceRow, place: int) -> str:
        """Why a row cannot be brought in."""
        if place in self._twice:
            return self._repeats(row, self._twice[place])
        if why := self._names.refused(row):
            return why
        record = self._kind.record
        told = [n for n in record.NAMED_BY if not record.FIELDS[n].derived]
        if told and not any(row.values.get(n) for n in told) and place not in self._found:
            return f"It has no {record.FIELDS[told[0]].label.lower()}."
        needed = self._kind.wide
        if needed and any(row.values.get(n) in (None, "") for n in needed):
            labels = [record.FIELDS[n].label for n in needed if row.values.get(n) in (None, "")]
            return f"{' and '.join(labels)} cannot be read or is missing."
        return ""

    def _repeats(self, row: SourceRow, earlier: int) -> str:
        """What a row has in common with one before it."""
        number, under = self._rows[earlier].number, self._plan.sheet.under
        inside = bool(under) and number == row.number
        where = f"“{under[earlier]}”" if inside else f"row {number:,}"
        named = row.values.get("kpi")
        if isinstance(named, int) and (kpi := self._kpis.get(named)):
            return f"This KPI is measured {kpi.frequency.lower()}, and {where} gives the result of the same period."
        fields = self._kind.record.FIELDS
        same = " and ".join(fields[n].label[:1].lower() + fields[n].label[1:] for n in self._kind.keys[0])
        return f"{where[:1].upper()}{where[1:]} has the same {same}. Only the first is brought in."

    def _create(self, row: SourceRow) -> RowPlan:
        record = self._kind.record
        own = {
            n.removeprefix("own:"): row.cells[n]
            for n in row.values
            if n.startswith("own:") and n in row.cells
        }
        values = {n: v for n, v in row.values.items() if n in record.FIELDS and v not in (None, "")}
        return RowPlan(row, "create", None, record(**values, own=own), news=self._names.news(row))  # type: ignore[arg-type]

    def _update(self, row: SourceRow, before: Record) -> RowPlan:
        changes = {
            name: value
            for name, value in row.values.items()
            if value not in (None, "") and not name.startswith(VIA) and not self._says(before, name, value)
        }
        news = {n: w for n, w in self._names.news(row).items() if not n.startswith(VIA)}
        if not changes and not news:
            return RowPlan(row, "unchanged", before.key, before=before)
        return RowPlan(row, "update", before.key, with_values(before, changes), before=before, news=news)

    def _says(self, before: Record, name: str, value: Value) -> bool:
        """Whether a record says a value already."""
        field = before.FIELDS.get(name) or self._plan.source.fields[name]
        return same(field, field.value_of(before), value)


def _by_uuid(reader: Reader, source: Source) -> dict[str, int]:
    named = [row.uuid for row in source.rows if row.uuid]
    return {u: r.key for u, r in reader.by_uuid(source.kind.record, named).items()} if named else {}


def _kpis(reader: Reader) -> dict[int, Kpi]:
    return {kpi.key: kpi for kpi in reader.all(Kpi)}


def _tell(plan: ImportPlan) -> None:
    """Complete the problems and notes of a plan, problems in the order of the file."""
    source = plan.source
    plan.notes += source.sheet.notes
    kind, under = source.kind, source.sheet.under
    telling = [name for key in kind.keys for name in key if name not in (kind.wide or ())]
    titled = next((heading for name in telling if (heading := source.heading_of(name))), "")
    told = [
        Problem(row.row.number, under[place] if under else titled, row.row.raw.get(titled, ""), row.why)
        for place, row in enumerate(plan.rows)
        if row.why and not (under and row.row.unread)  # the cell has been told
    ]
    plan.problems += [*source.problems, *told]
    plan.problems.sort(key=lambda p: p.row)
    empty = [h.heading for h in plan.headings if h.how == "none" and h.goes == "left out"]
    if empty:
        listed = ", ".join(f"“{h}”" for h in empty[:4]) + ("…" if len(empty) > 4 else "")
        plan.notes.append(f"Not brought in, since no field fits: {listed}.")
