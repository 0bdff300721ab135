"""A local specification knows what it follows, where it departs, and is told when the text above changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.desk.beginning.new_file import new_file
from storage.desk.specification.lineage import (
    BETWEEN,
    Change,
    Standing,
    customise,
    followers,
    keep,
    merge,
    news,
    standings,
    take,
)
from storage.desk.specification.sections import add_section, edit_section, remove_section, sections_of
from storage.desk.specification.specification_rows import of
from storage.desk.specification.specifications import issue, start_specification, versions_of
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.store import Store
from storage.records.specification_parts import OUTCOME, SpecificationMeasure
from storage.records.specifications import Section, Specification

TODAY = date(2026, 11, 29)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_file(tmp_path / "file.desk", today=lambda: TODAY)) as store:
        yield store


@pytest.fixture
def national(store: Store) -> Specification:
    """A national specification of two sections with one outcome and its measure, issued as 1.0."""
    with store.step("Add"):
        made = store.save(Specification(title="Perinatal inpatient care", level="National", reference="N1"))
        for place, (heading, body) in enumerate(
            (("Need", "Who needs it."), ("Model", "Day and night.\n\nTwo nurses.")), 1
        ):
            store.save(
                Section(
                    specification=made.key,
                    heading=heading,
                    body=body,
                    position=place,
                    number=str(place),
                    level=1,
                )
            )
        aim = store.save(
            SpecificationMeasure(specification=made.key, sort=OUTCOME, title="Mothers recover", position=1)
        )
        store.save(
            SpecificationMeasure(specification=made.key, title="Recovered", outcome=aim.key, position=2)
        )
    issue(store, made.key)
    return store.get(Specification, made.key)


def change_above(store: Store, national: Specification, heading: str, body: str) -> None:
    section = next(s for s in sections_of(store, national.key) if s.heading == heading)
    edit_section(store, section.key, {"body": body})
    issue(store, national.key)


def ours(store: Store, local: Specification, heading: str) -> Section:
    return next(s for s in sections_of(store, local.key) if s.heading == heading)


def test_a_local_copy_follows_until_somebody_writes_in_it(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Perinatal care in Wealdshire")
    assert (local.parent, local.level) == (national.key, "Local")
    assert local.parent_version == versions_of(store, national.key)[0].key
    assert set(standings(store, local.key).values()) == {Standing.FOLLOWS}
    model = ours(store, local, "Model")
    edit_section(store, model.key, {"body": model.body + "  \n"})
    assert standings(store, local.key)[model.uuid] is Standing.FOLLOWS
    edit_section(store, model.key, {"body": "Days only."})
    own = add_section(store, local.key, "Parking")
    assert standings(store, local.key)[model.uuid] is Standing.DEPARTS
    assert standings(store, local.key)[own.uuid] is Standing.OWN
    assert followers(store, national.key) == [local]
    assert news(store, local.key) == []


def test_outcomes_and_measures_come_along_with_their_links(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Copy")
    aim, measure = of(store, SpecificationMeasure, local.key)
    assert measure.outcome == aim.key and aim.specification == local.key
    assert len(of(store, SpecificationMeasure, national.key)) == 2


def test_what_is_not_issued_yet_is_no_news(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Copy")
    section = sections_of(store, national.key)[0]
    edit_section(store, section.key, {"body": "Being written."})
    assert news(store, local.key) == []
    issue(store, national.key)
    told = news(store, local.key)
    assert [(n.change, n.heading, n.before, n.now) for n in told] == [
        (Change.CHANGED, "Need", "Who needs it.", "Being written.")
    ]


def test_taking_keeping_and_merging_settle_the_news(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Copy")
    edit_section(store, ours(store, local, "Model").key, {"body": "Day and night.\n\nThree nurses."})
    change_above(store, national, "Need", "Who needs it now.")
    change_above(store, national, "Model", "All day and night.\n\nTwo nurses.")
    need, model = news(store, local.key)
    take(store, local.key, need)
    assert ours(store, local, "Need").body == "Who needs it now."
    assert merge(store, local.key, model) == 0
    assert ours(store, local, "Model").body == "All day and night.\n\nThree nurses."
    assert news(store, local.key) == []
    assert store.get(Specification, local.key).parent_version == versions_of(store, national.key)[-1].key
    change_above(store, national, "Model", "Nights only.\n\nTwo nurses.")
    keep(store, local.key, news(store, local.key)[0])
    assert ours(store, local, "Model").body == "All day and night.\n\nThree nurses."
    assert news(store, local.key) == []


def test_a_clash_keeps_both_readings(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Copy")
    edit_section(store, ours(store, local, "Need").key, {"body": "Ours."})
    change_above(store, national, "Need", "Theirs.")
    assert merge(store, local.key, news(store, local.key)[0]) == 1
    assert ours(store, local, "Need").body == f"Ours.\n\n{BETWEEN}\n\n> Theirs."


def test_sections_new_and_gone_above_are_told_and_settled(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Copy")
    first, second = sections_of(store, national.key)
    added = add_section(store, national.key, "Staff", after=first.key, body="A doctor.")
    remove_section(store, second.key)
    issue(store, national.key)
    new, gone = news(store, local.key)
    assert (new.change, new.heading, gone.change, gone.heading) == (Change.NEW, "Staff", Change.GONE, "Model")
    take(store, local.key, new)
    assert [(s.number, s.heading) for s in sections_of(store, local.key)] == [
        ("1", "Need"),
        ("2", "Staff"),
        ("3", "Model"),
    ]
    keep(store, local.key, gone)
    assert standings(store, local.key)[ours(store, local, "Model").uuid] is Standing.OWN
    assert news(store, local.key) == []
    change_above(store, national, "Staff", "Two doctors.")
    take(store, local.key, news(store, local.key)[0])
    assert (
        ours(store, local, "Staff").body == "Two doctors."
        and added.uuid == ours(store, local, "Staff").origin
    )


def test_a_section_that_is_left_out_is_asked_about_again_only_when_it_changes(
    store: Store, national: Specification
) -> None:
    local = customise(store, national.key, "Copy")
    remove_section(store, ours(store, local, "Need").key)
    told = news(store, local.key)
    assert [n.change for n in told] == [Change.NEW]
    keep(store, local.key, told[0])
    assert news(store, local.key) == []
    change_above(store, national, "Need", "Otherwise.")
    assert [n.now for n in news(store, local.key)] == ["Otherwise."]


def test_a_section_on_one_side_only_cannot_be_merged(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Copy")
    remove_section(store, ours(store, local, "Need").key)
    with pytest.raises(StorageError, match="one side only"):
        merge(store, local.key, news(store, local.key)[0])
    with pytest.raises(StorageError, match="needs a title"):
        customise(store, national.key, " ")


def test_each_act_is_one_step_that_undo_takes_back(store: Store, national: Specification) -> None:
    local = customise(store, national.key, "Copy")
    change_above(store, national, "Need", "Who needs it now.")
    before = sections_of(store, local.key)
    take(store, local.key, news(store, local.key)[0])
    for _ in History(store).undo():
        pass
    assert sections_of(store, local.key) == before and len(news(store, local.key)) == 1


def test_one_that_names_a_parent_but_was_written_apart_is_told_nothing(
    store: Store, national: Specification
) -> None:
    apart = start_specification(store, "council", "Written apart")
    with store.step("Follow"):
        store.save(replace(apart, parent=national.key))
    assert news(store, apart.key) == []
    assert set(standings(store, apart.key).values()) == {Standing.OWN}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["Need", "Model"]), max_size=3),
    st.lists(st.sampled_from(["Need", "Model"]), max_size=2),
)
def test_taking_everything_leaves_the_text_above(
    store: Store, national: Specification, above: list[str], here: list[str]
) -> None:
    local = customise(store, national.key, "Copy")
    for n, heading in enumerate(here):
        edit_section(store, ours(store, local, heading).key, {"body": f"Ours {n}."})
    for n, heading in enumerate(above):
        change_above(store, national, heading, f"Theirs {n}.\n\n{local.key}")
    for told in news(store, local.key):
        take(store, local.key, told)
    theirs = {s.heading: s.body for s in sections_of(store, national.key)}
    for heading in set(above):
        assert ours(store, local, heading).body == theirs[heading]
    assert news(store, local.key) == []
