"""The register as at a past day says what it said then, and the file itself stays as it is."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import storage.records  # noqa: F401  every record must be known before a file is opened
from storage.desk.as_at import past_file
from storage.desk.beginning.new_file import new_file
from storage.engine import steps
from storage.engine.backup.backups import HOME
from storage.engine.check.checking import check
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party


class Clock:
    """A clock that tests set: what time a step is written down with."""

    day = date(2026, 1, 1)

    @classmethod
    def now(cls, zone: object = None) -> datetime:
        return datetime(cls.day.year, cls.day.month, cls.day.day, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.setattr(steps, "datetime", Clock)
    Clock.day = date(2026, 1, 1)
    made = new_file(tmp_path / "file.desk", who="Ann", today=lambda: date(2026, 11, 29))
    yield made
    made.close()


def on(month: int, day: int = 1) -> None:
    Clock.day = date(2026, month, day)


def as_at(store: Store, day: date) -> Store:
    return open_store(finished(past_file(store, day)), read_only=True, today=lambda: day)


def test_values_records_links_and_worked_out_dates_are_those_of_the_day(store: Store) -> None:
    on(2)
    with store.step("Add"):
        provider = store.save(Organisation(title="Old name"))
        first = store.save(Contract(title="First", current_end=date(2026, 3, 31), stage="Signed"))
        store.save(Party(contract=first.id, organisation=provider.id))
    on(4)
    store.change(Contract, first.key, {"current_end": date(2027, 3, 31), "title": "First, extended"})
    store.change(Organisation, provider.key, {"title": "New name"})
    on(5)
    with store.step("Add"):
        store.save(Contract(title="Second"))
    on(6)
    with store.step("Bin"):
        store.bin(Contract, [first.key])

    with closing(as_at(store, date(2026, 3, 15))) as then:
        (held,) = then.all(Contract)
        assert (held.title, held.current_end) == ("First", date(2026, 3, 31))
        assert held.provider_name == "Old name"
        assert Contract.FIELDS["position"].value_of(held, then.today()) == "Live"
        assert [hit.title for hit in then.find("first")] == ["First"]
        assert History(then).first_broken() is None
    with closing(as_at(store, date(2026, 4, 30))) as then:
        assert [c.title for c in then.all(Contract)] == ["First, extended"]
    with closing(as_at(store, date(2026, 5, 1))) as then:
        assert [c.title for c in then.all(Contract)] == ["First, extended", "Second"]
    with closing(as_at(store, date(2026, 11, 29))) as then:
        assert [c.title for c in then.all(Contract)] == ["Second"]
    assert [c.title for c in store.all(Contract)] == ["Second"], "the file itself is as it was"


def test_the_file_of_a_past_day_is_sound(store: Store) -> None:
    on(2)
    with store.step("Add"):
        store.save_many([Contract(title=f"C{n}") for n in range(50)])
    on(3)
    store.change(Contract, 7, {"title": "Changed"})
    path = finished(past_file(store, date(2026, 2, 28)))
    assert not check(path).damage


def test_a_day_before_the_file_and_a_day_to_come_are_refused_in_words(store: Store) -> None:
    with pytest.raises(StorageError, match="begun on"):
        finished(past_file(store, date(2025, 12, 31)))
    with pytest.raises(StorageError, match="has not come yet"):
        finished(past_file(store, date(2026, 11, 30)))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["title", "bin", "add"])), min_size=3, max_size=8)
)
def test_every_day_comes_back_as_it_was(store: Store, acts: list[tuple[int, str]]) -> None:
    seen: dict[date, list[tuple[int, str, str]]] = {}
    start = Clock.day
    for number, (row, act) in enumerate(acts):
        Clock.day = date.fromordinal(start.toordinal() + number + 1)
        ids = store.ids(Contract)
        with store.step(act):
            if act == "add" or not ids:
                store.save(Contract(title=f"Added {number}"))
            elif act == "bin":
                store.bin(Contract, [ids[row % len(ids)]])
            elif act == "title":
                held = store.get(Contract, ids[row % len(ids)])
                store.save(type(held)(**{**vars(held), "title": f"Title {number}"}))
        seen[Clock.day] = [(c.key, c.title, c.uuid) for c in store.all(Contract)]
    Clock.day = date.fromordinal(Clock.day.toordinal() + 1)
    for day, wanted in list(seen.items())[-2:]:
        if day > store.today():
            continue
        with closing(as_at(store, day)) as then:
            assert [(c.key, c.title, c.uuid) for c in then.all(Contract)] == wanted
