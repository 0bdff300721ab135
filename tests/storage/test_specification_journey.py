"""The whole way of a specification: from national to local, a departure for a year, consulted, issued, printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.desk.put_right.listing import put_right
from storage.desk.specification.life import events, move_on
from storage.desk.specification.lineage import Change, Standing, customise, merge, news, standings, take
from storage.desk.specification.sections import edit_section, sections_of
from storage.desk.specification.specification_checks import check
from storage.desk.specification.specifications import issue, start_specification, version_text, versions_of
from storage.engine.store import Store
from storage.exchange.paper.print_specification import specification_paper
from storage.exchange.paper.printing import write_pdf
from storage.records.specification_parts import OUTCOME, Derogation, Involvement, SpecificationMeasure
from storage.records.specifications import Section, Specification, Version


class Clock:
    """The day it is, which the test moves on."""

    day = date(2026, 4, 1)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk", who="A. Commissioner", today=clock)) as store:
        yield store


def section(store: Store, spec: Specification, place: int) -> Section:
    return sections_of(store, spec.key)[place]


@pytest.fixture
def national(store: Store) -> Specification:
    """A national specification, issued, with an outcome and its measure."""
    made = start_specification(store, "specialised", "Secure care")
    with store.step("Fill in"):
        store.save(replace(made, level="National"))
        for n, each in enumerate(sections_of(store, made.key)):
            store.save(replace(each, body=f"The service does this, item {n}.\n\nStaff are there at night."))
        aim = store.save(SpecificationMeasure(specification=made.key, sort=OUTCOME, title="People recover"))
        store.save(SpecificationMeasure(specification=made.key, title="Recovered", outcome=aim.key, method="Count",
                                        frequency="Yearly", threshold="90 %"))  # fmt: skip
    issue(store, made.key)
    return store.get(Specification, made.key)


def depart_for_a_year(store: Store, local: Specification) -> Section:
    """Write one section otherwise, and record the departure."""
    departing = section(store, local, 2)
    edit_section(
        store, departing.key, {"body": "The service does this, item 2.\n\nStaff are on call at night."}
    )
    today = store.today()
    with store.step("Derogate"):
        store.save(
            Derogation(specification=local.key, section=departing.key, title="Night staff on site", reason="None found",
                       clinical_view="Safe for a year", agreed_by="NHS England", agreed_on=today, starts=today,
                       until=date(2027, 3, 31))
        )  # fmt: skip
    return departing


def consult_and_issue(store: Store, local: Specification) -> Version:
    """Take it to consultation, note who was asked, issue it, and put it into a contract."""
    move_on(store, local.key, "Consultation")
    with store.step("Asked"):
        store.save(
            Involvement(specification=local.key, title="Patients’ council", said="Nights", changed="On call")
        )
    assert [f for f in check(store, local.key) if f.weight == "Must"] == []
    issue(store, local.key)
    move_on(store, local.key, "In contract")
    assert [e.status for e in events(store, local.key)] == ["Consultation", "Approved", "In contract"]
    return versions_of(store, local.key)[0]


def test_a_national_specification_is_customised_for_two_areas(
    store: Store, clock: Clock, national: Specification, tmp_path: Path
) -> None:
    north, south = (customise(store, national.key, f"Secure care, {area}") for area in ("north", "south"))
    departing = depart_for_a_year(store, north)
    assert standings(store, north.key)[departing.uuid] is Standing.DEPARTS
    assert set(standings(store, south.key).values()) == {Standing.FOLLOWS}
    sealed = consult_and_issue(store, north)
    assert "Night staff on site" in "\n".join(s.body for s in version_text(sealed).sections)
    # the national text changes; each area answers for itself
    edit_section(
        store, section(store, national, 2).key, {"body": "It does item 2.\n\nStaff are there at night."}
    )
    issue(store, national.key)
    (told,) = news(store, north.key)
    assert told.change is Change.CHANGED and merge(store, north.key, told) == 0
    assert section(store, north, 2).body == "It does item 2.\n\nStaff are on call at night."
    take(store, south.key, news(store, south.key)[0])
    assert set(standings(store, south.key).values()) == {Standing.FOLLOWS}
    assert version_text(versions_of(store, north.key)[0]) == version_text(sealed)
    # a year on, the departure is said to have expired
    assert "Departure expired" not in [f.kind.title for f in put_right(store).findings]
    clock.day = date(2027, 4, 1)
    assert "Departure expired" in [f.kind.title for f in put_right(store).findings]
    write_pdf(specification_paper(store, north.key, version=sealed.key), tmp_path / "north.pdf")
    assert (tmp_path / "north.pdf").read_bytes().startswith(b"%PDF")
