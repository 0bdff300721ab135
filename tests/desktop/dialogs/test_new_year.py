"""The dialog of the new financial year shows what will be written before it is, and writes it as one change."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.dialogs import new_year as dialogs
from desktop.dialogs.new_year import NewYearDialog, new_year, offers_of
from desktop.dialogs.new_year_choice import NewYearChoice
from desktop.pages.shelf import PAGES
from desktop.session import Session
from desktop.window import MainWindow
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.finance import PriceStep, ValueYear
from storage.rules.indexation import IndexationMethod
from widgets.table_listed import ListedRows
from widgets.table_model import Row


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    open_ended = next(c for c in session.store.all(Contract) if c.reference == "C-3")
    session.store.change(Contract, open_ended.key, {"annual_value": 100_000_00})
    made = MainWindow(session, PAGES)
    made.show_page("contracts")
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> Iterator[NewYearDialog]:
    offers, first = offers_of(window)
    made = NewYearDialog(window, window.session, NewYearChoice(offers, window.session.today(), first))
    yield made
    made.reject()
    made.deleteLater()


def rate(dialog: NewYearDialog, percent: str) -> None:
    dialog.choice.editors["rate"].set_value(Decimal(percent))
    dialog.look()


def test_the_contracts_that_run_are_offered_first_then_what_is_shown_and_the_views(
    window: MainWindow,
) -> None:
    offers, first = offers_of(window)
    assert first == 0 and offers[0].words == "All that run"
    assert len(offers[0].ids) == 2  # one has expired
    assert any(offer.words.startswith("View: ") for offer in offers)


def test_nothing_begins_before_a_rate_is_typed(dialog: NewYearDialog) -> None:
    assert not dialog.begin.isEnabled()
    assert [r.contract for r in dialog.table.rows()] == list(dialog.choice.ids())
    rate(dialog, "2")
    assert dialog.begin.isEnabled()
    assert dialog.begin.text() == "Begin 2027/28 for 1 contract"


def test_the_efficiency_is_asked_only_for_an_nhs_uplift(dialog: NewYearDialog) -> None:
    assert dialog.choice.chosen().efficiency is None
    dialog.choice.editors["efficiency"].set_value(Decimal(1))
    assert dialog.choice.chosen().efficiency is None
    dialog.choice.editors["method"].set_value(str(IndexationMethod.NHS_ADDED))
    assert dialog.choice.chosen().efficiency == Decimal(1)


def test_the_year_before_is_closed_only_when_it_is_about_over(dialog: NewYearDialog) -> None:
    assert not dialog.choice.parts["close"].isChecked()
    assert dialog.choice.parts["close"].text() == "Close 2026/27"


def test_a_contract_can_be_left_out_by_keyboard_and_taken_in_again(
    qtbot: QtBot, dialog: NewYearDialog
) -> None:
    rate(dialog, "2")
    before = dialog.begin.text()
    changing = next(r for r in dialog.table.rows() if r.writes)
    dialog.table.select_id(changing.contract)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.begin.text() != before
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.begin.text() == before


def test_beginning_writes_what_was_shown_and_one_undo_takes_it_back(
    qtbot: QtBot, window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int | None] = []

    def agree(dialog: NewYearDialog) -> int:
        rate(dialog, "2.5")
        shown.extend(r.next_year for r in dialog.table.rows() if r.writes)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(dialogs.NewYearDialog, "exec", agree)
    said: list[str] = []
    window.session.said.connect(said.append)
    new_year(window)
    qtbot.waitUntil(lambda: bool(said))
    assert [y.planned for y in store.all(ValueYear)] == [p for p in shown if p is not None]
    assert [s.rate for s in store.all(PriceStep)] == [Decimal("2.5")] * len(store.all(PriceStep))
    assert said == [
        f"2027/28 has begun for {len(shown)} contract{'s' * (len(shown) != 1)}. Undo takes all of it back."
    ]
    window.session.undo()
    assert not store.all(ValueYear) and not store.all(PriceStep)


def test_leaving_the_dialog_changes_nothing(
    window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs.NewYearDialog, "exec", lambda _self: QDialog.DialogCode.Rejected)
    before = len(window.session.history.latest())
    new_year(window)
    assert len(window.session.history.latest()) == before


def test_listed_rows_sort_by_value_with_blanks_last_either_way() -> None:
    listed = ListedRows()
    listed.show((Row(n), {"pence": pence}) for n, pence in ((1, 5), (2, None), (3, 1)))
    assert list(listed.ids()) == [1, 2, 3]
    listed.sort_by([("pence", False)])
    assert list(listed.ids()) == [3, 1, 2]
    listed.sort_by([("pence", True)])
    assert list(listed.ids()) == [1, 3, 2]
    assert set(listed.rows([1, 9])) == {1}
