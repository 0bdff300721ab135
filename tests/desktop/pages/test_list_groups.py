"""A grouped list: headings with what they come to, remembered, kept in views, exported in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.contracts import ContractsPage
from desktop.session import Session
from storage.desk.lists.own_fields import add_own_field, remove_own_field
from storage.engine.fields import Kind
from storage.engine.store import with_values
from storage.exchange.workbooks.register import export_register
from storage.records.contracts import Contract
from tests.desktop.conftest import TODAY
from widgets.field_list import FieldList
from widgets.popup import Popup


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ContractsPage]:
    store = session.store
    one, two, three = store.all(Contract)
    with store.step("Tiers"):
        store.save_many(
            [
                with_values(one, {"tier": "Gold", "directorate": "Adults"}),
                with_values(two, {"tier": "Silver", "directorate": "adults", "value_certainty": "To be confirmed"}),
                with_values(three, {"directorate": "Children", "runs_on": True}),
            ]
        )  # fmt: skip
    yield made(qtbot, session)


def made(qtbot: QtBot, session: Session) -> ContractsPage:
    page = ContractsPage(session)
    qtbot.addWidget(page)
    page.resize(1400, 700)
    page.show()
    return page


def shown(page: ContractsPage) -> list[str]:
    """Headings with their words and notes, and titles."""
    model = page.list.model
    return [
        f"{h.words} | {h.note}" if (h := model.groups.heading(row)) else model.cell(row, "title").text
        for row in range(model.rowCount())
    ]


def test_groups_come_as_the_choices_are_listed_with_what_they_come_to(page: ContractsPage) -> None:
    page.list.group_by("tier")
    assert shown(page) == [
        "Gold | 1 contract · £120,000", "Stroke support",
        "Silver | 1 contract · £30,000.50 (£30,000.50 of it to be confirmed)", "Falls classes",
        "Not recorded | 1 contract · 1 without a value", "Crisis house",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("directorate", ["Adults", "Children"]),
        ("position", ["Live", "Open-ended", "Expired"]),
        ("runs_on", ["Runs on after the end: yes", "Runs on after the end: not recorded"]),
        ("provider_name", ["Northmoor Care", "Southgate Trust"]),
    ],
)
def test_groups_by_words_positions_and_yes_and_no(
    page: ContractsPage, field: str, headings: list[str]
) -> None:
    page.list.group_by(field)
    assert [h.words for h in page.list.model.groups.headings] == headings
    assert sum(h.count for h in page.list.model.groups.headings) == 3


def test_the_field_is_picked_from_those_that_can_be_grouped_by(page: ContractsPage) -> None:
    page.list.groups.open()
    panel = page.list.groups.button.findChildren(Popup)[0]
    names = panel.findChildren(FieldList)[0]
    listed = [names.list.item(n).text() for n in range(names.list.count())]
    assert "Tier" in listed and "Start" not in listed and "Reference" not in listed
    names.picked.emit("tier")
    assert page.list.groups.button.text() == "By Tier"
    assert not panel.isVisible()


def test_all_groups_close_open_and_go(page: ContractsPage) -> None:
    page.list.group_by("tier")
    for words, rows in (("Close all", 3), ("Open all", 6), ("No groups", 3)):
        page.list.groups.open()
        panel = page.list.groups.button.findChildren(Popup)[-1]
        next(b for b in panel.findChildren(QPushButton) if b.text() == words).click()
        assert page.list.model.rowCount() == rows
    assert page.list.groups.button.text() == "Group"


def test_closed_groups_of_one_field_say_nothing_of_another(page: ContractsPage) -> None:
    page.list.group_by("tier")
    page.list.model.set_open([h.key for h in page.list.model.groups.headings], False)
    page.list.group_by("directorate")
    assert page.list.model.rowCount() == 5


def test_an_edit_moves_a_row_to_its_group(page: ContractsPage, session: Session) -> None:
    page.list.group_by("tier")
    session.change(Contract, 3, {"tier": "Gold"})
    assert shown(page)[:3] == [
        "Gold | 2 contracts · £120,000 · 1 without a value",
        "Stroke support",
        "Crisis house",
    ]
    session.change(Contract, 1, {"current_value": 1_00})
    assert shown(page)[0] == "Gold | 2 contracts · £1 · 1 without a value"


def test_a_filter_narrows_the_groups(page: ContractsPage) -> None:
    page.list.group_by("directorate")
    page.list.bar.set_text("crisis")
    page.list.ask_again()
    assert shown(page) == ["Children | 1 contract · 1 without a value", "Crisis house"]
    page.list.bar.set_text("nothing like it")
    page.list.ask_again()
    assert shown(page) == []


def test_groups_are_remembered_and_belong_to_views(
    qtbot: QtBot, page: ContractsPage, session: Session
) -> None:
    page.list.group_by("tier")
    assert not page.views.changed
    again = made(qtbot, session)
    assert again.list.arrangement().group == "tier"
    again.views.pick("starting/No end date")
    assert again.list.arrangement().group == ""
    again.list.group_by("directorate")
    assert again.views.changed
    again.views._keep("By directorate")
    again.views.pick("")
    assert again.list.arrangement().group == "tier"
    third = made(qtbot, session)
    third.views.pick(next(v.key for v in third.views.views() if v.own))
    assert third.list.groups.button.text() == "By Directorate or…"
    assert not third.views.changed


def test_a_field_of_ones_own_that_is_put_away_leaves_no_groups(page: ContractsPage, session: Session) -> None:
    ward = add_own_field(session.store, "Ward", Kind.CHOICE, choices=("Red", "Blue"))
    name = ward.field().name
    session.change(Contract, 1, {name: "Blue"})
    session.change(Contract, 2, {name: "Red"})
    page.list.group_by(name)
    page.list.sort_by([(name, False)])
    assert [h.words for h in page.list.model.groups.headings] == ["Red", "Blue", "Not recorded"]
    remove_own_field(session.store, ward.key)
    assert page.list.arrangement().group == ""
    assert len(shown(page)) == 3


def test_the_workbook_has_the_rows_in_the_same_order(page: ContractsPage, tmp_path: Path) -> None:
    page.list.group_by("tier")
    page.list.sort_by([("title", False)])
    shown_now = page.list.arrangement()
    out = tmp_path / "out.xlsx"
    export_register(page.session.store, out, query=shown_now.query, columns=shown_now.columns, today=TODAY)
    with closing(load_workbook(out)) as book:
        rows = list(book["Contracts"].iter_rows(values_only=True))
    place = rows[0].index("Title")
    assert [row[place] for row in rows[1:]] == [t for t in shown(page) if " | " not in t]
