"""A real file with a contract, its provider and a service, on a day that stands still; and answers that pass."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import storage.records  # noqa: F401  every record must be known before a file is opened
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import answer, set_note
from storage.engine.fields import Period
from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.contracts import Contract, ContractService
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.services import Service
from tests.storage.checklists.answering_runs import passing_run

TODAY = date(2026, 11, 23)


@dataclass
class Register:
    """The file and the ids of what stands in it from the start."""

    store: Store
    contract: int
    provider: int
    service: int

    def labels(self) -> list[str]:
        """What the steps were called, the first one first."""
        return [step.label for step in reversed(History(self.store).latest())]

    def undo(self) -> None:
        """Undo the last step to its end."""
        for _ in History(self.store).undo():
            pass


def make_register(path: Path) -> Register:
    store = new_store(path, who="Ann Lee", today=lambda: TODAY)
    with store.step("Begin"):
        provider = store.save(Organisation(title="Millbrook Health CIC", address="Unit 4, Mill Lane"))
        service = store.save(Service(title="Community dermatology", reference="S-7"))
        contract = store.save(
            Contract(
                reference="CD-0064",
                title="Community dermatology clinics",
                stage="Signed",
                start=date(2025, 4, 1),
                current_end=date(2027, 3, 31),
                max_end=date(2028, 3, 31),
                notice_commissioner=Period(6, "m"),
                notice_clause="17.2",
                current_value=125_123_00,
            )
        )
        store.save(Party(contract=contract.id, organisation=provider.id))
        store.save(ContractService(contract=contract.id, service=service.id))
    return Register(store, contract.key, provider.key, service.key)


def complete(store: Store, run_id: int, *, leave_out: tuple[str, ...] = ()) -> None:
    """Answer every question of a run that is not left out, all in one step."""
    with store.step("Fill in the checklist"):
        for question_id, given in passing_run(run_state(store, run_id).template).items():
            if question_id in leave_out:
                continue
            set_note(store, run_id, question_id, given.note)
            for key, value in given.values.items():
                answer(store, run_id, question_id, key, value, by="Joy Okafor")
