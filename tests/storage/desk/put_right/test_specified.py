"""Departures, changes above, reviews and stale facts of specifications are listed, on Today, in the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.desk.planning.deadlines import deadlines
from storage.desk.put_right.listing import put_right
from storage.desk.specification.lineage import customise
from storage.desk.specification.sections import add_section, edit_section
from storage.desk.specification.specifications import issue
from storage.desk.today.overview import overview
from storage.engine.store import Store
from storage.records.evidence import Citation, Evidence
from storage.records.specification_parts import Derogation
from storage.records.specifications import Specification

TODAY = date(2026, 11, 29)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk", today=lambda: TODAY)) as store:
        yield store


def said(store: Store) -> list[tuple[str, str]]:
    return [(f.kind.title, f.words) for f in put_right(store).findings if f.kind.group == "Specifications"]


def test_departures_by_the_day_they_end(store: Store) -> None:
    with store.step("Add"):
        spec = store.save(Specification(title="Shelter", owner="A. Person"))
        for title, until, ended in (
            ("Late", date(2026, 11, 28), None),
            ("Today", TODAY, None),
            ("Far", date(2027, 2, 27), None),
            ("Near", date(2027, 2, 26), None),
            ("Endless", None, None),
            ("Over", date(2026, 1, 1), date(2025, 12, 1)),
        ):
            store.save(Derogation(specification=spec.key, title=title, until=until, ended_on=ended))
        old = store.save(Specification(title="Old", status="Withdrawn"))
        store.save(Derogation(specification=old.key, title="Gone", until=date(2026, 1, 1)))
    assert said(store) == [
        ("Departure expired", "“Late” could be departed from until 28 Nov 2026 only."),
        ("Departure without an end", "“Endless” is waived, and nobody says until when."),
        ("Departure about to expire", "“Today” can be departed from until 29 Nov 2026 only."),
        ("Departure about to expire", "“Near” can be departed from until 26 Feb 2027 only."),
    ]
    due = [(d.what, d.day, d.owner) for d in overview(store).due]
    assert ("Departure ends: Late", date(2026, 11, 28), "A. Person") in due
    assert ("Departure ends: Near", date(2027, 2, 26), "A. Person") in due
    assert [d.title for d in deadlines(store)] == ["Today – Shelter", "Near – Shelter", "Far – Shelter"]


def test_reviews_stale_facts_and_changes_above(store: Store) -> None:
    with store.step("Add"):
        national = store.save(
            Specification(title="National", level="National", review_date=date(2026, 11, 1))
        )
        fact = store.save(Evidence(title="41 rough sleepers", stale_on=TODAY))
        store.save(Citation(evidence=fact.key, specification=national.key))
    section = add_section(store, national.key, "Need", body="Then.")
    local = customise(store, national.key, "Local")
    edit_section(store, section.key, {"body": "Now."})
    issue(store, national.key)
    assert local.parent == national.key
    assert said(store) == [
        ("The national specification has changed", "1 section changed in “National” and not settled here."),
        ("Stale evidence", "It relies on “41 rough sleepers”, which went stale on 29 Nov 2026."),
        ("Specification to be reviewed", "It was to be reviewed by 1 Nov 2026."),
    ]
