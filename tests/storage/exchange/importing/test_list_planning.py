"""Any list the program keeps comes in by its own keys: KPI returns, actions, people, and what they name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from storage.engine.store import Store
from storage.exchange.importing.list_kinds import BY_KEY, KINDS
from storage.exchange.importing.register_import import LEAVE, NEW, plan_import
from storage.exchange.tables.sheet import Cell, Sheet
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.records.organisations import Organisation, OtherName, Person
from storage.records.running import Risk
from tests.storage.exchange.foreign.here import read_here
from tests.storage.exchange.import_making import bring, counts, made_store, sheet, undo, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two contracts; one has two KPIs by the month, the other one by the quarter, of a name they share."""
    with closing(made_store(tmp_path)) as made:
        with made.step("Begin"):
            first, second = made.save_many(
                [
                    Contract(reference="C1", title="Care at home", stage="Signed"),
                    Contract(reference="C3", title="Advice line", stage="Signed"),
                ]
            )
            made.save_many(
                [
                    Kpi(contract=first.id, title="Seen within 5 days", frequency="Monthly", position=1),
                    Kpi(contract=first.id, title="People helped", frequency="Monthly", position=2),
                    Kpi(contract=second.id, title="Calls answered", frequency="Quarterly"),
                    Kpi(contract=second.id, title="People helped", frequency="Monthly"),
                ]
            )
        yield made


def table(*lines: str) -> Sheet:
    """A table of lines with commas between the cells; the first holds the headings."""
    columns: list[list[Cell]] = [
        list(cells) for cells in zip(*(line.split(",") for line in lines), strict=True)
    ]
    return sheet({str(column[0]): column[1:] for column in columns}, "list.csv")


def foreign(project: Path, name: str) -> Sheet:
    return read_here((project / "tests" / "files" / "foreign" / name).read_bytes(), name)


def results(store: Store) -> list[tuple[str, date | None, Decimal | None, str]]:
    """Every result by the name of its KPI."""
    kpis = {k.key: k.title for k in store.all(Kpi)}
    return [(kpis[r.kpi or 0], r.period_start, r.value, r.comment) for r in store.all(KpiResult)]


def test_a_return_with_a_column_a_month_gives_a_result_for_each_cell(store: Store, project: Path) -> None:
    kind = BY_KEY["kpi-results"]
    plan = plan_import(store, foreign(project, "kpi-return-wide.xlsx"), kind=kind)
    assert counts(write(store, plan)) == (6, 0, 0, 3)
    assert results(store)[:2] == [
        ("Seen within 5 days", date(2026, 4, 1), Decimal("92.5"), ""),
        ("Seen within 5 days", date(2026, 5, 1), Decimal(94), "Staff left in June"),
    ]
    assert [(p.row, p.column, p.value) for p in plan.problems] == [
        (2, "Jun 2026", "n/a"), (4, "May 2026", "Calls answered"), (4, "Jun 2026", "Calls answered"),
    ]  # fmt: skip
    assert sum("measured quarterly" in p.why for p in plan.problems) == 2
    again = plan_import(store, foreign(project, "kpi-return-wide.xlsx"), kind=kind)
    assert counts(write(store, again)) == (0, 0, 6, 3)
    undo(store)
    assert not store.all(KpiResult)


def test_a_return_with_a_row_a_result_reads_its_months_and_asks_about_names(
    store: Store, project: Path
) -> None:
    kind, made = BY_KEY["kpi-results"], foreign(project, "kpi-return-long.xlsx")
    plan = plan_import(store, made, kind=kind, fixed={"via:kpi": "C1"})
    assert counts(write(store, plan)) == (2, 0, 0, 1)
    [asked] = plan.unmatched
    assert (asked.words, asked.rows, asked.may_create, asked.usual) == (
        "Seen within five days",
        1,
        True,
        "Left out",
    )
    assert [name for _, name in asked.near] == ["Seen within 5 days (C1)"]
    meant = {"kpi": {"seen within five days": asked.near[0][0]}}
    bring(store, made, kind=kind, fixed={"via:kpi": "C1"}, meant=meant)
    assert ("Seen within 5 days", date(2026, 5, 1), Decimal(94), "") in results(store)


def test_one_name_of_two_kpis_is_told_apart_by_the_contract_or_asked(store: Store) -> None:
    rows = ("KPI,Period,Result,Contract", "People helped,Apr 2026,10,C3", "People helped,May 2026,11,")
    plan = plan_import(store, table(*rows), kind=BY_KEY["kpi-results"])
    assert counts(write(store, plan)) == (1, 0, 0, 1)
    assert plan.rows[1].why == "Several are called “People helped”."


def test_a_kpi_that_is_new_is_made_where_that_is_said(store: Store) -> None:
    rows = ("Indicator,Period,Result", "Complaints,30/04/2026,3")
    bring(
        store, table(*rows), kind=BY_KEY["kpi-results"],
        fixed={"via:kpi": "C1"}, meant={"kpi": {"complaints": "+"}},
    )  # fmt: skip
    made = store.all(Kpi)[-1]
    assert (made.title, made.contract) == ("Complaints", store.all(Contract)[0].id)
    assert [r[:2] for r in results(store)] == [("Complaints", date(2026, 4, 1))]


def test_actions_are_known_again_by_what_is_to_be_done_contract_and_day(store: Store) -> None:
    rows = (
        "Action,Owner,Due date,Contract ref,Status",
        "Send the pack,Asha,1/5/2026,C1,Open",
        "Send the pack,Asha,1/5/2026,C3,Open",
        "Book a room,Ben,,,Doing",
        ",Ben,1/6/2026,C1,Open",
        "Find the lease,Cai,,C9,Open",
    )
    plan = plan_import(store, table(*rows), kind=BY_KEY["actions"])
    assert counts(write(store, plan)) == (4, 0, 0, 1)
    assert plan.rows[3].why == "It has no what is to be done."
    asked = {(u.field, u.words): (u.usual, u.may_create) for u in plan.unmatched}
    assert asked == {("contract", "C9"): ("Left out", False), ("status", "Doing"): ("Kept as it is", True)}
    moved = tuple(line.replace("Asha", "Dee").replace("Doing", "Done") for line in rows)
    assert counts(bring(store, table(*moved), kind=BY_KEY["actions"])) == (0, 3, 1, 1)
    assert {a.owner for a in store.all(Action)} == {"Dee", "Ben", "Cai"}


def test_words_off_a_list_are_mapped_kept_or_left(store: Store) -> None:
    rows = ("Risk,Contract,Status", "Staff leave,C1,Live", "Fire,C1,Watch", "Flood,C1,Gone")
    bring(store, table(*rows), kind=BY_KEY["risks"], meant={"status": {"live": "Open", "gone": "-"}})
    assert {r.title: r.status for r in store.all(Risk)} == {
        "Staff leave": "Open",
        "Fire": "Watch",
        "Flood": "Open",
    }


def test_an_organisation_is_found_by_another_name_or_number_and_made_when_nothing_is_like_it(
    store: Store,
) -> None:
    with store.step("Begin"):
        acme = store.save(Organisation(title="Acme Care Limited", company_number="01234567"))
        store.save(OtherName(title="Acme Homes", organisation=acme.id))
    rows = (
        "Name,Job title,Email,Organisation", "Ann,Manager,ann@example.org,Acme Homes", "Bo,Clerk,,01234567",
        "Cy,Nurse,,Zebra Trust", "Di,Nurse,,Acme Care Limitd",
    )  # fmt: skip
    plan = plan_import(store, table(*rows), kind=BY_KEY["people"])
    assert counts(write(store, plan)) == (4, 0, 0, 0)
    names = {o.key: o.title for o in store.all(Organisation)}
    found = {p.title: names.get(p.organisation or 0, "") for p in store.all(Person)}
    assert found == {"Ann": "Acme Care Limited", "Bo": "Acme Care Limited", "Cy": "Zebra Trust", "Di": ""}
    assert {(u.words, u.usual) for u in plan.unmatched} == {
        ("Zebra Trust", "Created"), ("Acme Care Limitd", "Left out"),
    }  # fmt: skip


def test_two_of_one_name_are_asked_and_numbers_that_differ_are_two(store: Store) -> None:
    with store.step("Begin"):
        first, second = store.save_many([Person(title="Ann Lee"), Person(title="Ann Lee")])
        store.save(Organisation(title="Northmoor", company_number="00000001"))
    rows = table("Name,Job title,Email", "Ann Lee,Chair,a@example.org")
    plan = plan_import(store, rows, kind=BY_KEY["people"])
    assert plan.rows[0].what == "ask" and set(plan.candidates) == {first.id, second.id}
    number = plan.rows[0].row.number
    for answer, expected in ((second.key, (0, 1, 0, 0)), (NEW, (1, 0, 0, 0)), (LEAVE, (0, 0, 0, 1))):
        said = plan_import(store, rows, kind=BY_KEY["people"], answers={number: answer})
        assert tuple(said.count(w) for w in ("create", "update", "unchanged", "not imported")) == expected
    other = table("Provider,Company number", "Northmoor,00000002")
    assert counts(bring(store, other, kind=BY_KEY["providers"])) == (1, 0, 0, 0)


def test_rows_that_belong_to_nothing_known_are_refused_and_say_so(store: Store) -> None:
    plan = plan_import(store, table("Risk,Likelihood", "Staff leave,4"), kind=BY_KEY["risks"])
    assert (plan.missing, plan.writes, plan.rows[0].why) == ("contract", False, "No contract is named.")
    given = plan_import(
        store, table("Risk,Likelihood", "Staff leave,4"), kind=BY_KEY["risks"], fixed={"contract": "c1"}
    )
    assert counts(write(store, given)) == (1, 0, 0, 0) and not given.missing
    assert store.all(Risk)[0].contract == store.all(Contract)[0].id


def test_kpis_are_numbered_on_and_a_heading_without_a_field_is_named(store: Store) -> None:
    rows = ("Measure,Contract,Target,Colour of the chart", "Falls,C1,95%,blue", "Meals,C1,12,red")
    plan = plan_import(store, table(*rows), kind=BY_KEY["kpis"])
    write(store, plan)
    assert [(k.title, k.position, k.target) for k in store.all(Kpi)[-2:]] == [
        ("Falls", 3, Decimal(95)), ("Meals", 4, Decimal(12)),
    ]  # fmt: skip
    assert "Not brought in, since no field fits: “Colour of the chart”." in plan.notes


def test_every_list_knows_its_fields(store: Store) -> None:
    """Names among the declarations are names of fields, so that no list breaks when a field is renamed."""
    for kind in KINDS:
        named = {n for key in kind.keys for n in key} | set(kind.also) | {kind.owner, kind.position} - {""}
        assert named - {""} <= kind.record.FIELDS.keys(), kind.key
        empty = plan_import(store, table("Nothing anybody knows", "x"), kind=kind)
        assert not empty.writes or kind.is_register, kind.key
