"""Contracts as they are shown at a meeting: gathered, kept as a snapshot under the name of the meeting, read back."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from storage.desk.bin import move_to_bin
from storage.desk.lists.arrangement import Arrangement, described, read_back, written
from storage.engine.conditions import Value, word
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.engine.who_changed import last_step_uuid
from storage.records.contract_ends import AVAILABLE, TAKEN_UP
from storage.records.contracts import Contract
from storage.records.meeting_snapshots import MeetingSnapshot, ShownContract
from storage.records.planning import LeadTime
from storage.records.procurements import Procurement
from storage.records.terms import Extension
from storage.rules.since_meeting import BUYING_AGAIN, OPTIONS_OPEN, OPTIONS_TAKEN, Held, Showing, Values

LONGEST_MEETING = 60
LONGEST_TEXT = 300  # letters of a text that a snapshot keeps whole
_KEPT_OF_LONG = 200
_LEFT_OUT = frozenset(("expiry_band",))  # moves for every contract with the days alone
_AT_ONCE = 200
EVERY = "all contracts"
NOTHING_KEPT = (
    "Nothing is kept of any meeting yet, so there is nothing to compare with. Nothing was written. Export the register "
    "for a meeting, or keep what is shown under Since the last meeting."
)

COUNTED: Mapping[str, Field] = {
    OPTIONS_TAKEN: Field("Options taken up", Kind.WHOLE, OPTIONS_TAKEN),
    OPTIONS_OPEN: Field("Options still open", Kind.WHOLE, OPTIONS_OPEN),
    BUYING_AGAIN: Field("Buying again has begun", Kind.YESNO, BUYING_AGAIN),
}
"""What a snapshot counts for a contract besides its own fields."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A set of contracts with every value, as it is at one moment of the history."""

    showing: Showing
    step: str  # the identity of the last step it shows
    at: str  # the moment, in universal time
    arrangement: Arrangement
    labels: Mapping[str, str]  # of the user's own fields


def shown_fields(reader: Reader) -> dict[str, Field]:
    """The fields of a contract whose values a snapshot keeps, in the order of the register, and what is counted."""
    every = reader.fields(Contract).items()
    return {n: f for n, f in every if f.kind is not Kind.DATA and n not in _LEFT_OUT} | dict(COUNTED)


def gathering(reader: Reader, arrangement: Arrangement) -> Generator[Progress, None, Shown]:
    """The contracts an arrangement finds, as they are now, a slice at a time."""
    fields, today = shown_fields(reader), reader.today()
    numbers = reader.ids(Contract, Query(arrangement.where, (), arrangement.words))
    counted, routes = _counted(reader), {r.key: r.name for r in reader.all(LeadTime)}
    contracts: dict[str, Values] = {}
    for first in range(0, len(numbers), _AT_ONCE):
        for number, contract in reader.many(Contract, numbers[first : first + _AT_ONCE]).items():
            held = _held(contract, fields, routes, today)
            contracts[contract.uuid] = held | counted.get(number, {})
        yield Progress(len(contracts), len(numbers), "Looking at what is shown")
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    labels = {name: field.label for name, field in fields.items() if field.own}
    return Shown(Showing(today, contracts), last_step_uuid(reader), moment, arrangement, labels)


def shown_now(reader: Reader, arrangement: Arrangement = Arrangement()) -> Shown:  # noqa: B008  (frozen)
    """As `gathering`, all at once."""
    return finished(gathering(reader, arrangement))


def _held(
    contract: Contract, fields: Mapping[str, Field], routes: Mapping[int, str], today: date
) -> dict[str, Held]:
    """The values of a contract as the file holds them, blanks left out; a link by the name of what it points to."""
    values: dict[str, Held] = {}
    for name, value in _values(contract, fields, today):
        said = routes.get(value, "") if name == "route" and isinstance(value, int) else value
        kept = fields[name].to_sql(said)
        if kept is not None:
            values[name] = shortened(kept) if isinstance(kept, str) else kept
    return values


def _values(contract: Contract, fields: Mapping[str, Field], today: date) -> Iterable[tuple[str, Value]]:
    plain = contract.__dict__
    for name, field in fields.items():
        if name in COUNTED:
            continue
        if field.cases is not None:
            yield name, word(field.cases(today), plain.__getitem__)
        else:
            yield name, plain[name] if name in plain else field.value_of(contract, today)


def _counted(reader: Reader) -> dict[int, dict[str, Held]]:
    """By contract: options taken up and open, and whether buying anew has begun, by a decision after its start."""
    found: dict[int, dict[str, Held]] = {}
    states: Counter[tuple[int, str]] = Counter()
    for _, (contract, status) in reader.values(Extension, ("contract", "status")):
        if isinstance(contract, int):
            states[contract, str(status)] += 1
    for (contract, status), count in states.items():
        if name := {TAKEN_UP: OPTIONS_TAKEN, AVAILABLE: OPTIONS_OPEN}.get(status):
            found.setdefault(contract, {})[name] = count
    bought = [*reader.values(Procurement, ("contract", "begun_on", "decided_on"))]
    starts = {number: start for number, (start,) in reader.values(Contract, ("start",))} if bought else {}
    for _, (contract, *days) in bought:
        if isinstance(contract, int) and contract in starts:
            start = starts[contract]
            since = start if isinstance(start, date) else date.min
            if any(isinstance(day, date) and day > since for day in days):
                found.setdefault(contract, {})[BUYING_AGAIN] = 1
    return found


def shortened(text: str) -> str:
    """A long text by its beginning and a mark of the whole, so that any change to it still shows."""
    if len(text) <= LONGEST_TEXT:
        return text
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{text[:_KEPT_OF_LONG]}… ({len(text):,} letters, {mark})"


# ---- keeping


def keeping(store: Store, meeting: str, shown: Shown) -> Generator[Progress, None, MeetingSnapshot]:
    """Keep what was shown as one step, a slice at a time; contracts whose values are kept already are shared.

    Raises `StorageError` for a meeting without a name, or with one that is too long.
    """
    title = meeting_name(meeting)
    work = _Keeping(store, title, shown)
    yield from store.long_step(f"Keep what was shown for {title}", work.run())
    if work.made is None:
        raise RuntimeError("a snapshot was not made")
    return work.made


def keeping_now(
    store: Store, meeting: str, arrangement: Arrangement
) -> Generator[Progress, None, MeetingSnapshot]:
    """Gather what an arrangement finds now and keep it. Raises `StorageError` as `keeping` does."""
    meeting_name(meeting)
    shown = yield from gathering(store, arrangement)
    return (yield from keeping(store, meeting, shown))


def keep(store: Store, meeting: str, shown: Shown) -> MeetingSnapshot:
    """As `keeping`, all at once."""
    return finished(keeping(store, meeting, shown))


def meeting_name(words: str) -> str:
    """The name of a meeting, tidied. Raises `StorageError` when it is empty or too long."""
    title = " ".join(words.split())
    if not title:
        raise StorageError("A meeting needs a name, such as Contract board. Nothing was kept.")
    if len(title) > LONGEST_MEETING:
        raise StorageError(f"The name of a meeting has at most {LONGEST_MEETING} letters. Nothing was kept.")
    return title


class _Keeping:
    """The work of one snapshot inside its step."""

    def __init__(self, store: Store, title: str, shown: Shown) -> None:
        self._store, self._title, self._shown = store, title, shown
        self.made: MeetingSnapshot | None = None

    def run(self) -> Generator[Progress, None, None]:
        """Write the values that are new, then the snapshot."""
        store, shown, contracts = self._store, self._shown, self._shown.showing.contracts
        kept = {str(mark) for _, (mark,) in store.values(ShownContract, ("mark",))}
        marks: dict[str, str] = {}
        for uuid, values in contracts.items():
            marks[uuid] = _mark(uuid, values)
            if len(marks) % _AT_ONCE == 0:
                yield Progress(len(marks), len(contracts), "Keeping what was shown")
        new = [uuid for uuid, mark in marks.items() if mark not in kept]
        for first in range(0, len(new), _AT_ONCE):
            part = new[first : first + _AT_ONCE]
            store.save_many([ShownContract(mark=marks[uuid], held=contracts[uuid]) for uuid in part])
            yield Progress(first + len(part), len(new), "Keeping what was shown")
        self.made = store.save(
            MeetingSnapshot(
                title=self._title,
                as_at=shown.showing.as_at,
                kept_at=shown.at,
                step=shown.step,
                which=described(store, Contract, shown.arrangement, EVERY),
                arrangement=written(store, Contract, shown.arrangement),
                labels=shown.labels,
                contracts=marks,
            )
        )


def _mark(uuid: str, values: Values) -> str:
    whole = json.dumps([uuid, values], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:20]


# ---- what was kept


def snapshots(reader: Reader, meeting: str = "") -> list[MeetingSnapshot]:
    """The snapshots, of one meeting where one is named, the newest first."""
    every = reader.all(MeetingSnapshot, Query(order=(Order("kept_at", descending=True),)))
    wanted = _folded(meeting)
    return [each for each in every if not wanted or _folded(each.title) == wanted]


def meetings(reader: Reader) -> list[str]:
    """The names of the meetings there are snapshots of, the one with the newest first."""
    found: dict[str, str] = {}
    for _, (title,) in reader.values(
        MeetingSnapshot, ("title",), Query(order=(Order("kept_at", descending=True),))
    ):
        found.setdefault(_folded(str(title)), str(title))
    return [*found.values()]


def latest_snapshot(reader: Reader, meeting: str = "") -> MeetingSnapshot | None:
    """The newest snapshot, of a meeting where one is named, capitals aside; None where there is none."""
    return next(iter(snapshots(reader, meeting)), None)


def snapshot_named(reader: Reader, meeting: str = "") -> MeetingSnapshot:
    """The newest snapshot, of a meeting where one is named. Raises `StorageError`, which lists those there are."""
    found = latest_snapshot(reader, meeting)
    if found is not None:
        return found
    if not (names := ", ".join(f"“{name}”" for name in meetings(reader))):
        raise StorageError(NOTHING_KEPT)
    raise StorageError(
        f"Nothing is kept of a meeting “{' '.join(meeting.split())}”. Nothing was written. The meetings there is "
        f"something to compare with: {names}."
    )


def showing_of(reader: Reader, snapshot: MeetingSnapshot) -> Showing:
    """What a snapshot shows. What of it is no longer in the file is left out."""
    numbers = {str(mark): number for number, (mark,) in reader.values(ShownContract, ("mark",))}
    wanted = {mark: numbers[mark] for each in snapshot.contracts.values() if (mark := str(each)) in numbers}
    kept = reader.many(ShownContract, [*wanted.values()])
    held = {mark: _read(kept[number].held) for mark, number in wanted.items()}
    contracts = {uuid: held[str(mark)] for uuid, mark in snapshot.contracts.items() if str(mark) in held}
    return Showing(snapshot.as_at or date.min, contracts)


def _read(held: Mapping[str, object]) -> Values:
    return {name: value for name, value in held.items() if isinstance(value, str | int)}


def arrangement_of(reader: Reader, snapshot: MeetingSnapshot) -> Arrangement:
    """The columns, filter and order a snapshot was taken with, as far as the file still knows their fields."""
    return read_back(reader, Contract, snapshot.arrangement).arrangement


def bin_snapshots(store: Store, numbers: Sequence[int]) -> None:
    """Move snapshots to the bin."""
    move_to_bin(store, MeetingSnapshot, numbers)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
