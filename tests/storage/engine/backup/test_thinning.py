"""Copies are thinned as promised: by order, never by a wrong clock, and never below three that are sound."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.backup import thinning
from storage.engine.backup.backups import BEFORE_UPGRADE, BY_HAND, REGULAR, Copy, list_copies, make
from storage.engine.backup.thinning import kept, room_words, thin
from storage.engine.store import Store
from tests.storage.engine.library import Book

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def filled(store: Store) -> Store:
    """A file with something in it."""
    with store.step("Add"):
        store.save_many([Book(title=f"Book {n}") for n in range(3)])
    return store


def a_copy(made: datetime, name: str = "", why: str = REGULAR) -> Copy:
    return Copy(name or f"{made:%Y%m%d%H%M%S}", Path(), 1, "", 1, "", made, why, "f", {})


days_back = st.lists(
    st.integers(0, 700 * 24 * 60).map(lambda m: timedelta(minutes=m)), max_size=60, unique=True
)


@given(days_back)
def test_what_is_kept_is_what_is_promised(back: list[timedelta]) -> None:
    copies = [a_copy(NOW - b) for b in sorted(back, reverse=True)]
    keep = kept(copies, NOW)
    assert keep >= {c.name for c in copies[-3:]}
    assert keep >= {c.name for c in copies if NOW - c.made < timedelta(days=2)}
    by_day = {c.made.astimezone().date(): c.name for c in copies}
    assert keep >= {by_day[d] for d in sorted(by_day)[-12:]}
    old = [c for c in copies if NOW - c.made >= timedelta(days=2) and c.name in keep]
    assert len(old) <= 3 + 12 + 10 + 9
    assert max(Counter(c.made.astimezone().date() for c in old).values(), default=0) <= 3


def test_thinning_repeated_every_day_leaves_the_promised_ladder() -> None:
    held: list[Copy] = []
    start = datetime(2025, 1, 1, 9, tzinfo=UTC)
    for hours in range(0, 24 * 400, 4):
        now = start + timedelta(hours=hours)
        held.append(a_copy(now))
        keep = kept(held, now)
        held = [c for c in held if c.name in keep]
    ages = [(now - c.made).days for c in held]
    assert len(ages) <= 12 + 12 + 10 + 9 and max(ages) > 200 and ages.count(0) >= 5


def test_copies_before_an_upgrade_are_kept_a_year() -> None:
    copies = [a_copy(NOW - timedelta(days=n)) for n in range(400, 0, -1)]
    copies[50] = replace(copies[50], why=BEFORE_UPGRADE)
    copies[10] = replace(copies[10], why=BEFORE_UPGRADE)
    assert copies[50].name in kept(copies, NOW) and copies[10].name not in kept(copies, NOW)


def test_only_files_of_the_manifest_are_deleted(filled: Store, path: Path) -> None:
    copies = [make(filled, BY_HAND) for _ in range(5)]
    folder = copies[0].folder
    (folder / "mine.desk").write_text("put here by hand")
    later = copies[-1].made + timedelta(days=3_000)
    assert thin(folder, "another file", later) == []
    dropped = thin(folder, copies[0].file, later)
    assert dropped == [c.name for c in copies[:2]] and list_copies(path) == list(reversed(copies[2:]))
    assert sorted(p.name for p in folder.glob("*.desk")) == sorted(
        ["mine.desk", *(c.name for c in copies[2:])]
    )


def test_p8_copies_made_while_the_clock_was_three_years_back_cost_none_of_the_others() -> None:
    held: list[Copy] = []
    for hours in range(0, 24 * 60, 6):
        held.append(a_copy(NOW + timedelta(hours=hours)))
        held = [c for c in held if c.name in kept(held, held[-1].made)]
    before = [c.name for c in held]
    back = held[-1].made - timedelta(days=3 * 365)
    for hours in range(0, 24, 2):
        held.append(a_copy(back + timedelta(hours=hours)))
        assert kept(held, held[-1].made) == {c.name for c in held}, "nothing is deleted over it"
    later = held[-13].made + timedelta(hours=20)
    held.append(a_copy(later, "put right"))
    assert kept(held, later) == {c.name for c in held}, "nor once it is put right"
    for days in range(1, 300):
        held.append(a_copy(later + timedelta(days=days)))
        held = [c for c in held if c.name in kept(held, held[-1].made)]
    assert len([c for c in held if c.name in before]) >= 12, "and the ladder goes on for each span by itself"


def test_p8_a_copy_made_on_a_clock_that_is_back_is_the_newest(
    filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage.engine.backup import backups

    first = make(filled, BY_HAND)

    class Back(datetime):
        """Three years ago."""

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) - timedelta(days=3 * 365)

    monkeypatch.setattr(backups, "datetime", Back)
    filled.change(Book, 1, {"title": "Emma"})
    made = [make(filled, REGULAR) for _ in range(6)]
    assert list_copies(path) == [*reversed(made), first] and not backups.changed(filled)


def test_nothing_is_deleted_unless_three_of_those_that_stay_are_sound(filled: Store) -> None:
    copies = [make(filled, BY_HAND) for _ in range(6)]
    later = copies[-1].made + timedelta(days=3_000)
    copies[-1].path.write_bytes(b"damaged")
    assert thin(copies[0].folder, copies[0].file, later) == []
    assert all(c.path.exists() for c in copies)


def test_the_oldest_go_when_the_copies_take_too_much_room(
    filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = [make(filled, BY_HAND) for _ in range(4)]
    copies.append(make(filled, BEFORE_UPGRADE))
    folder = copies[0].folder
    assert room_words(folder) == ""
    monkeypatch.setattr(thinning, "CAP", copies[0].size * 6)
    assert "83% of the" in room_words(folder)
    copies += [make(filled, BY_HAND) for _ in range(4)]
    left = list_copies(path)
    assert len(left) == 6 and left[:3] == list(reversed(copies[-3:])) and copies[4] in left
