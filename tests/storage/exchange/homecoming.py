"""What the tests of bringing a workbook home share: a register whose records are always the same, and one merge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from storage.engine.fields import Period
from storage.engine.opening import new_store
from storage.engine.own_fields import OwnField
from storage.engine.store import Store
from storage.exchange.home.columns import columns_of
from storage.exchange.home.plan import Change, Chosen, Homecoming
from storage.exchange.home.planning import plan_home
from storage.exchange.home.reading import Brought, read_home
from storage.exchange.home.writing import Written, write_home
from storage.exchange.importing.import_headings import known_fields
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation

TODAY = date(2026, 11, 22)
FILE = "8a6f2f4e-2c2e-4a53-9a0c-6f1f0c0de001"
LONG = "A long description. " * 2_000


def uuid_of(number: int) -> str:
    """The UUID of the contract of a number."""
    return f"00000000-0000-4000-8000-{number:012d}"


def home_store(folder: Path) -> Store:
    """Seven contracts of two providers, with own fields and every kind of value; the same records each time."""
    store = new_store(folder / "register.desk", who="Joy Okafor", today=lambda: TODAY)
    store.conn.execute("update meta set value = ? where name = 'file_uuid'", (FILE,))
    with store.step("Fields of my own"):
        store.save_many(
            [
                OwnField(
                    table="contract",
                    code="ward",
                    label="Ward",
                    kind="choice",
                    choices="Red\nBlue",
                    position=0,
                ),
                OwnField(table="contract", code="remarks", label="Remarks", kind="note", position=1),
                OwnField(table="contract", code="beds", label="Beds", kind="whole number", position=2),
            ]
        )
    with store.step("The register"):
        north, south = store.save_many(
            [Organisation(title="Northmoor Care Limited"), Organisation(title="Southgate Trust")]
        )
        made = store.save_many([_contract(number, values) for number, values in enumerate(CONTRACTS, 1)])
        store.save_many(
            [
                Party(contract=made[place].id, organisation=o.id)
                for place, o in ((0, north), (1, south), (2, north), (3, south), (3, north), (4, south))
            ]
        )
    return store


def _contract(number: int, values: dict[str, object]) -> Contract:
    return Contract(reference=f"C-{number}", uuid=uuid_of(number), **values)  # type: ignore[arg-type]


CONTRACTS: tuple[dict[str, object], ...] = (
    {"title": "Stroke support", "stage": "Signed", "start": date(2024, 4, 1), "current_end": date(2027, 3, 31),
     "notice_commissioner": Period(6, "m"), "current_value": 120_000_50, "annual_value": 40_000_17,
     "directorate": "Adults", "runs_on": True, "notes": "First line\nsecond line",
     "own": {"ward": "Red", "beds": 12}},
    {"title": "Falls classes", "stage": "Signed", "start": date(2022, 4, 1), "current_end": date(2026, 3, 31),
     "notice_commissioner": Period(13, "w"), "current_value": 30_000_00, "directorate": "Adults",
     "own": {"ward": "Blue"}},
    {"title": "Crisis house", "stage": "Notice served", "start": date(1899, 1, 1), "directorate": "Mental health",
     "description": LONG},
    {"title": "Short breaks", "stage": "Signed", "start": date(2025, 4, 1), "current_end": date(2028, 3, 31),
     "current_value": 99, "contract_manager": "Gareth Pellow", "notes": "=1+1"},
    {"title": "Wheelchairs", "stage": "Signed", "start": date(2025, 4, 1), "current_end": date(2028, 3, 31),
     "current_value": 500_000_00},
    {"title": "Meals at home", "stage": "Draft", "start": date(2027, 4, 1), "notes": "“Quoted”, naïve – ☂"},
    {"title": "Advocacy", "stage": "Signed", "lead_commissioner": "Priya Shah"},
)  # fmt: skip


def held_against(store: Store, path: Path) -> Homecoming:
    """A workbook read and compared with a file."""
    return compared(store, read_home(path))


def compared(store: Store, brought: Brought) -> Homecoming:
    """A workbook that was read, compared with a file."""
    return plan_home(store, brought, columns_of(brought.sheet, known_fields(store), brought.sync))


def take(store: Store, home: Homecoming, chosen: Chosen) -> Written:
    """Write what is chosen, as the window and the command line do."""
    written = Written()
    for _ in store.long_step(home.label, write_home(store, home, chosen, written), "import"):
        pass
    return written


def only(home: Homecoming, wanted: Callable[[Change], bool]) -> Chosen:
    """The changes that meet a condition."""
    return Chosen(frozenset(i for i, change in enumerate(home.changes) if wanted(change)))


def cells(home: Homecoming) -> dict[tuple[str, str], tuple[str, str, str, str]]:
    """As sent, theirs, mine and state of every change, in words, by reference and field."""
    found: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for change in home.changes:
        show = home.fields[change.name].show
        sent = show(change.sent) if change.state != "unknown" else "?"
        reference = home.contracts[change.contract].reference
        found[reference, change.name] = (sent, show(change.theirs), show(change.mine), change.state)
    return found
