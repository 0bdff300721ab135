"""The sample: an invented commissioner's file, made afresh with dates around today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path

from storage.desk.beginning.new_file import new_file
from storage.desk.beginning.reference_lists import add_lists
from storage.desk.beginning.sample_reading import Entry, Reading, read_sample, several, words
from storage.desk.beginning.sample_records import Records
from storage.desk.beginning.sample_work import Work
from storage.desk.finance.contract_money import fill_years
from storage.engine import disk
from storage.engine.errors import StorageError, explain_os
from storage.engine.fields import Record
from storage.engine.locking import Held, Lock
from storage.engine.own_fields import OwnField
from storage.engine.store import Store, with_values
from storage.records.actions import Action
from storage.records.contracts import Contract, ContractService
from storage.records.documents import Document
from storage.records.evidence import Citation, Evidence, Phrase
from storage.records.finance import Contribution, PriceStep, ValueYear
from storage.records.letters import Letter, LetterTemplate
from storage.records.measures import Kpi
from storage.records.meetings import ReviewMeeting
from storage.records.organisations import Organisation, Person, Succession
from storage.records.planning import DecisionMeeting, LeadTime, Reminder
from storage.records.procurements import Procurement
from storage.records.reference import Desk
from storage.records.running import ImprovementPlan, Notice, PerformanceNotice, Risk, Variation
from storage.records.service_records import ServiceRecord
from storage.records.services import Service
from storage.records.specification_parts import (
    ClinicalPolicy,
    Derogation,
    Involvement,
    LegalBasis,
    PathwayStep,
    SpecificationMeasure,
)
from storage.records.specifications import ContractSpecification
from storage.records.terms import BreakPoint, Extension

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


STEPS: Mapping[str, tuple[type[Record], ...]] = {
    "Enter the decision meetings of the coming year": (DecisionMeeting,),
    "Enter options, breaks and reminders": (Extension, BreakPoint, Reminder),
    "Enter partners’ contributions and price steps": (Contribution, PriceStep),
    "Enter variations, notices and letters": (Variation, Notice, Letter),
    "Enter performance notices, plans and risks": (PerformanceNotice, ImprovementPlan, Risk),
    "Enter measures and their results": (Kpi,),
    "Enter review meetings": (ReviewMeeting,),
    "Enter procurement decisions": (Procurement,),
    "Enter addresses of documents": (Document,),
    "Enter outcomes, pathways and departures": (
        SpecificationMeasure,
        PathwayStep,
        Derogation,
        ClinicalPolicy,
    ),
    "Enter who was asked, the law and the evidence": (Involvement, LegalBasis, Evidence, Citation, Phrase),
    "Enter areas, groups and recommendations of services": (ServiceRecord,),
}
"""What belongs to contracts: the steps in which it is entered, each with the tables that are its sections."""


class _Sample:
    """Writes the sample, a few steps that read like a person's first days with the file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists = read_sample()
        self._reading = Reading(store.today())
        self._records = Records(store, self._reading)

    def build(self) -> None:
        store, lists, save = self._store, self._lists, self._records.save
        with store.step("Set up my organisation and me"):
            self._office()
        with store.step("Add organisations and people"):
            save(Organisation, lists["organisations"])
            save(Person, lists["people"])
            save(Succession, lists[Succession.TABLE])
        with store.step("Add services"):
            save(Service, lists["services"])
        work = Work(store, self._reading)
        work.specifications(lists["specifications"])
        with store.step("Add contracts"):
            save(Contract, lists["contracts"], "services", "specifications")
            self._links(lists["contracts"])
        self._years(lists["contracts"])
        for label, classes in STEPS.items():
            with store.step(label):
                for cls in classes:
                    save(cls, lists[cls.TABLE])
        work.runs(lists["runs"])
        with store.step("Add actions"):
            save(Action, lists["actions"])
        work.sign(lists["runs"])

    def _office(self) -> None:
        store = self._store
        add_lists(store)
        for route in store.all(LeadTime):
            self._reading.remember(route, route.code)
        for template in store.all(LetterTemplate):
            self._reading.remember(template, template.title)
        self._records.save(Desk, self._lists["office"])
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

    def _links(self, contracts: Sequence[Entry]) -> None:
        """Services and specifications of each contract, in the order given."""
        number = self._reading.number
        for entry in contracts:
            contract = number(Contract.TABLE, words(entry, "reference"))
            services = [number(Service.TABLE, key) for key in several(entry, "services")]
            self._store.save_many([ContractService(contract=contract, service=s) for s in services])
            followed = [number("specification", key) for key in several(entry, "specifications")]
            self._store.save_many(
                [ContractSpecification(contract=contract, specification=s) for s in followed]
            )

    def _years(self, contracts: Sequence[Entry]) -> None:
        """The planned years of the contracts that say how their value is spread, then what is known of each year."""
        spread = [words(entry, "reference") for entry in contracts if "phasing" in entry]
        with self._store.step("Enter the years of value"):
            for reference in spread:
                contract = self._store.get(Contract, self._reading.number(Contract.TABLE, reference))
                fill_years(self._store, contract)
            held = {(year.contract, year.year): year for year in self._store.all(ValueYear)}
            told = [self._reading.values(ValueYear.FIELDS, each) for each in self._lists[ValueYear.TABLE]]
            new = [with_values(ValueYear(), values) for values in told]
            known = [held.get((year.contract, year.year), year) for year in new]
            self._store.save_many([with_values(y, v) for y, v in zip(known, told, strict=True)])
