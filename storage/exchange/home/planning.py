"""Holding a workbook that came home against the register: as sent, theirs, mine, for every cell that differs."""

from __future__ import annotations

from collections.abc import Iterator

from storage.engine.fields import Field, Value
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.state import file_uuid
from storage.engine.steps import Progress
from storage.exchange.home.columns import Columns
from storage.exchange.home.new import new_rows
from storage.exchange.home.plan import Change, Homecoming, State
from storage.exchange.home.reading import Brought
from storage.exchange.home.rows import recognise
from storage.exchange.home.sent import Base, Unknown, reading_base
from storage.exchange.home.words import STOOD_HERE, add_notes, of_provider, on_value, worked_out_cells
from storage.exchange.importing import providers
from storage.exchange.importing.columns import TypedRow
from storage.exchange.importing.import_headings import PROVIDER
from storage.exchange.importing.merging import same
from storage.exchange.importing.providers import Providers, folded
from storage.exchange.tables.sheet import Problem, SourceError
from storage.records.contracts import Contract, Party

SLICE = 100  # rows compared between two turns of the event loop
_READ = 250  # contracts read likewise
_DOING = "Comparing with the register"
SEVERAL = "This contract has several providers, which were kept. Change them in the contract itself."
TOGETHER = "A cell names one provider. Add the others in the contract itself."


class OtherFile(SourceError):
    """The workbook was sent from another file than the one that is open."""


class OtherList(OtherFile):
    """The workbook holds a list of this file that is not the register."""


def planning(reader: Reader, brought: Brought, columns: Columns) -> Iterator[Progress | Homecoming]:
    """Compare, a slice at a time; the last thing that comes is the outcome. Writes nothing.

    Raises OtherFile when the workbook is of another register.
    """
    contracts: dict[int, Contract] = {}
    ids = reader.ids(Contract)
    for start in range(0, len(ids), _READ):
        contracts |= reader.many(Contract, ids[start : start + _READ])
        yield Progress(start, len(ids), _DOING)
    by_uuid = {contract.uuid: contract for contract in contracts.values()}
    binned = {c.uuid for c in reader.all(Contract, Query(binned=True))}
    _refuse_other(reader, brought, columns, by_uuid.keys() | binned)
    found = Providers()
    for read in providers.reading(reader):
        if isinstance(read, Providers):
            found = read
        else:
            yield read
    base = yield from reading_base(reader, brought, contracts)
    home = _begun(brought, columns, base, found)
    rows = recognise(columns, by_uuid, binned, {*base.went_out()})
    home.ignored += rows.ignored
    comparer = _Comparer(reader, columns, base, home)
    for start in range(0, len(rows.known), SLICE):
        for row, contract in rows.known[start : start + SLICE]:
            comparer.compare(row, contract)
        yield Progress(start, len(rows.known), _DOING)
    home.new = new_rows(reader, columns, rows.new, contracts, home)
    home.missing = [by_uuid[u].key for u in base.went_out() if u in by_uuid and u not in rows.seen]
    touched = {*home.missing, *(change.contract for change in home.changes)}
    home.contracts = {number: contracts[number] for number in sorted(touched)}
    add_notes(home, brought, columns, len(rows.known))
    yield home


def _begun(brought: Brought, columns: Columns, base: Base, found: Providers) -> Homecoming:
    """An outcome that says which workbook it is of, and nothing yet of its cells."""
    home = Homecoming(brought.sheet.source, len(columns.rows), providers=found, told_by=base.told_by)
    home.exported = brought.sync.exported if brought.sync else ""
    home.fields, home.headings = columns.fields, columns.headings
    return home


def _refuse_other(reader: Reader, brought: Brought, columns: Columns, here: set[str]) -> None:
    said = {uuid for row in columns.rows if (uuid := columns.uuid_of(row))}
    sent = {*brought.sync.rows} if brought.sync else set()
    none_here = bool(said) and not said & (here | sent)
    if brought.file == file_uuid(reader.conn) and none_here:
        raise OtherList(
            f"“{brought.sheet.source}” holds another list than the register, and only the register comes home.",
            "Its rows can be brought in (File → Import a register or list).",
        )
    if brought.file != file_uuid(reader.conn) and (brought.file or none_here):
        raise OtherFile(
            f"“{brought.sheet.source}” was sent from another file than this one, so its rows cannot be told here.",
            "Open the file it came from and bring it home there, or bring it in here as a register "
            "(File → Import a register or list).",
        )


class _Comparer:
    """Compares one row after another with its contract."""

    def __init__(self, reader: Reader, columns: Columns, base: Base, home: Homecoming) -> None:
        self._reader, self._columns, self._base, self._home = reader, columns, base, home
        self._blanks = {name: field.from_sql(None) for name, field in columns.fields.items()}
        self._odd_rows = {number for number, _ in columns.kept_out}

    def compare(self, row: TypedRow, contract: Contract) -> None:
        """Note every cell of a row that says something else than the register."""
        number, values, held = row.number, row.values, contract.__dict__
        odd = number in self._odd_rows
        for name, field in self._columns.fields.items():
            theirs = values.get(name, self._blanks[name])
            mine = field.value_of(contract) if field.own else held[name]
            if theirs == mine and not odd:
                continue
            heading = self._columns.headings[name]
            if odd and (why := self._columns.kept_out.get((number, heading), "")):
                self._home.problems.append(Problem(number, heading, row.raw.get(heading, ""), why))
            elif not same(field, mine, theirs):
                self._differs(row, contract, field, theirs, mine)
        if self._base.untouched(contract):
            self._home.ignored += worked_out_cells(row, contract, self._columns)

    def _differs(self, row: TypedRow, contract: Contract, field: Field, theirs: Value, mine: Value) -> None:
        unsure = row.number in self._columns.merged or self._columns.blanks_unsure
        if unsure and (theirs is None or theirs == ""):
            return
        sent: Value = None
        state: State = "unknown"
        try:
            sent = self._base.sent(contract, field)
            if same(field, sent, theirs):
                return
            state = "theirs" if same(field, sent, mine) else "conflict"
        except Unknown:
            pass
        note, doubtful = on_value(field, theirs)
        if state == "unknown" and self._base.was_here(contract, field, theirs):
            note, doubtful = f"{STOOD_HERE} {note}".strip(), True
        if field.name == PROVIDER:
            why = self._provider(contract, str(theirs or ""))
            if why:
                self._home.problems.append(
                    Problem(row.number, self._columns.headings[PROVIDER], str(theirs or ""), why)
                )
                return
            if theirs:
                note, doubtful = of_provider(self._home.providers, str(theirs))
        self._home.changes.append(
            Change(contract.key, field.name, row.number, sent, theirs, mine, state, note, doubtful)
        )

    def _provider(self, contract: Contract, name: str) -> str:
        """Why the provider of a contract cannot be changed to this name; empty when it can."""
        parties = [p for p in self._reader.parts(contract).of(Party, "parties") if p.role == "Provider"]
        if len(parties) > 1:
            return SEVERAL
        if ";" in name and folded(name) not in self._home.providers.held:
            return TOGETHER
        self._home.parties[contract.key] = parties
        return ""


def plan_home(reader: Reader, brought: Brought, columns: Columns) -> Homecoming:
    """`planning` to its end. Raises OtherFile."""
    for made in planning(reader, brought, columns):
        if isinstance(made, Homecoming):
            return made
    raise RuntimeError("planning ended without an outcome")
