"""The sample: an invented commissioner's file, made afresh with dates around today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TypeVar

from storage.desk.new_file import new_file
from storage.desk.reference_lists import add_lists
from storage.desk.sample_reading import Entry, Reading, part, parts, read_sample, several, without, words
from storage.desk.sample_work import Work
from storage.engine import disk
from storage.engine.errors import StorageError, explain_os
from storage.engine.fields import OWN, Record
from storage.engine.locking import Held, Lock
from storage.engine.own_fields import OwnField
from storage.engine.store import Store, with_values
from storage.records.actions import Action
from storage.records.contracts import Contract, ContractService
from storage.records.organisations import Organisation, Person
from storage.records.parties import Party
from storage.records.reference import Desk
from storage.records.services import Service
from storage.records.specifications import ContractSpecification

R = TypeVar("R", bound=Record)
NAME = "Commissioning Desk sample"
MADE_BY = "Sample"  # who the steps that build it are by


def sample_copy(folder: Path, today: Callable[[], date] = date.today) -> Path:
    """Make a fresh sample in a folder and return its path; one that nobody has open is replaced.

    Raises `StorageError` when the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = next(path for path in _names(folder) if _cleared(path))
    except OSError as error:
        raise explain_os(error, f"make the sample in {folder}") from error
    new_sample(path, today=today).close()
    return path


def new_sample(path: Path, *, today: Callable[[], date] = date.today) -> Store:
    """Make a file under a name that is free, fill it with the sample and leave it open. Raises `StorageError`."""
    store = new_file(path, who=MADE_BY, today=today)
    try:
        build_sample(store)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def build_sample(store: Store) -> None:
    """Fill an empty file with the sample, with dates around the store's own today.

    Raises `StorageError` when the file is not empty.
    """
    if store.ids(Contract) or store.ids(Organisation):
        raise StorageError("The sample goes into an empty file only. Nothing was changed.")
    _Sample(store).build()


def _names(folder: Path) -> Iterator[Path]:
    yield folder / f"{NAME}.desk"
    for number in count(2):
        yield folder / f"{NAME} {number}.desk"


def _cleared(path: Path) -> bool:
    """Whether a name is free, an earlier sample that nobody has open being removed."""
    if not path.exists():
        return True
    lock = Lock.take(path)
    if isinstance(lock, Held):
        return False
    try:
        with suppress(PermissionError):  # Windows keeps a file that somebody only reads
            for side in ("", *disk.SIDE_FILES):
                path.with_name(path.name + side).unlink(missing_ok=True)
        return not path.exists()
    finally:
        lock.drop()


class _Sample:
    """Writes the sample, a few steps that read like a person's first days with the file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists = read_sample()
        self._reading = Reading(store.today())

    def build(self) -> None:
        store, lists = self._store, self._lists
        with store.step("Set up my organisation and me"):
            self._office()
        with store.step("Add organisations and people"):
            self._save(Organisation, lists["organisations"])
            self._save(Person, lists["people"])
        with store.step("Add services"):
            self._save(Service, lists["services"])
        work = Work(store, self._reading)
        work.specifications(lists["specifications"])
        with store.step("Add contracts"):
            self._save(Contract, lists["contracts"], "own", "services", "specifications", "parties")
            self._links(lists["contracts"])
        work.runs(lists["runs"])
        with store.step("Add actions"):
            self._save(Action, lists["actions"])
        work.sign(lists["runs"])

    def _office(self) -> None:
        store = self._store
        add_lists(store)
        self._save(Desk, self._lists["office"])
        store.save_many(
            [
                OwnField(
                    table=Contract.TABLE,
                    code=words(entry, "code"),
                    label=words(entry, "label"),
                    kind=words(entry, "kind"),
                    choices="\n".join(several(entry, "choices")),
                    position=position,
                )
                for position, entry in enumerate(self._lists["own_fields"], start=1)
            ]
        )

    def _save(self, cls: type[R], entries: Sequence[Entry], *elsewhere: str) -> None:
        """Save entries as records of one class and remember them by `key` or reference."""
        fields = self._store.fields(cls)
        made = []
        for entry in entries:
            own = {OWN + key: held for key, held in part(entry, "own").items()}
            told = without(entry, "key", *elsewhere) | own
            made.append(with_values(cls(), self._reading.values(fields, told)))
        for entry, saved in zip(entries, self._store.save_many(made), strict=True):
            self._reading.remember(saved, words(entry, "key") or words(entry, "reference"))

    def _links(self, contracts: Sequence[Entry]) -> None:
        """Parties, services and specifications of each contract, in the order given."""
        number = self._reading.number
        for entry in contracts:
            contract = number(Contract.TABLE, words(entry, "reference"))
            taking_part = [self._reading.values(Party.FIELDS, party) for party in parts(entry, "parties")]
            self._store.save_many([with_values(Party(contract=contract), values) for values in taking_part])
            services = [number(Service.TABLE, key) for key in several(entry, "services")]
            self._store.save_many([ContractService(contract=contract, service=s) for s in services])
            followed = [number("specification", key) for key in several(entry, "specifications")]
            self._store.save_many(
                [ContractSpecification(contract=contract, specification=s) for s in followed]
            )
