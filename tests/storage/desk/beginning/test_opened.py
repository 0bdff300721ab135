"""Opening a file brings it up to this version and this day, and leaves no trace where there is nothing to do."""

from contextlib import closing
from datetime import date
from pathlib import Path

import storage.records  # noqa: F401  every record must be known before a file is opened
from storage.desk.beginning.new_file import new_file
from storage.desk.beginning.opened import see_to
from storage.desk.beginning.reference_lists import lacking
from storage.engine.conditions import Where
from storage.engine.fields import Period
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.query import Query
from storage.records.contracts import Contract
from storage.records.planning import LeadTime
from storage.records.reference import BankHoliday


def test_a_contract_that_rolls_over_moves_on_with_the_day_and_leaves_no_step(tmp_path: Path) -> None:
    path = tmp_path / "file.desk"
    with closing(new_file(path, today=lambda: date(2026, 2, 11))) as store, store.step("Add"):
        store.save(
            Contract(
                title="Rolling",
                stage="Signed",
                current_end=date(2025, 8, 28),
                renewal="Rolls over",
                rolls=Period(12, "m"),
                notice_commissioner=Period(2, "m"),
            )
        )
    with closing(open_store(path, today=lambda: date(2026, 2, 11))) as store:
        rolled = store.get(Contract, 1)
        assert (rolled.ends, rolled.notice_by) == (date(2026, 8, 28), date(2026, 6, 28))
        steps = len(History(store).latest(100))
    with closing(open_store(path, read_only=True, today=lambda: date(2027, 9, 1))) as store:
        see_to(store)
        assert "1 contract that rolls over" in store.file.notices[-1]
    with closing(open_store(path, today=lambda: date(2027, 9, 1))) as store:
        see_to(store)
        later = store.get(Contract, 1)
        assert (later.ends, later.notice_by) == (date(2028, 8, 28), date(2028, 6, 28))
        assert Contract.FIELDS["position"].value_of(later, store.today()) == "Rolling"
        assert store.ids(Contract, Query((Where("position", "is", ("Rolling",)),))) == [1]
        assert later.agreed_end == date(2025, 8, 28), "what was agreed is never moved"
        assert len(History(store).latest(100)) == steps and History(store).first_broken() is None


def test_an_older_file_is_given_the_lists_once_and_an_emptied_list_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "file.desk"
    new_store(path).close()
    with closing(open_store(path)) as store:
        assert {BankHoliday, LeadTime} <= {*lacking(store)}
        see_to(store)
        assert lacking(store) == [] and len(store.ids(LeadTime)) > 5
        with store.step("Empty"):
            store.bin(LeadTime, store.ids(LeadTime))
        see_to(store)
        assert store.ids(LeadTime) == []


def test_a_file_that_is_only_read_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file.desk"
    new_store(path).close()
    before = path.read_bytes()
    with closing(open_store(path, read_only=True)) as store:
        see_to(store)
    assert path.read_bytes() == before
