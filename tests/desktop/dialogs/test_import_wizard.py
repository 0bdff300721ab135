"""The steps of an import: which row holds the headings, what words mean, what will happen, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs import import_words
from desktop.dialogs.import_columns import HeadingLine, PickButton
from desktop.dialogs.import_preview import PlanLines, PreviewPanel, details
from desktop.dialogs.import_register import ImportDialog, ImportFlow, import_register
from desktop.dialogs.import_source import ImportSource, block_source
from desktop.dialogs.import_top import TopPanel
from desktop.dialogs.import_words import WordsPanel
from desktop.dialogs.pick import Picked
from desktop.dialogs.remembered import Remembered
from desktop.session import Session
from storage.engine.store import Store
from storage.exchange.importing.plan import ImportPlan
from storage.records.contracts import Contract
from storage.records.imports import RememberedImport
from storage.records.measures import Kpi, KpiResult
from widgets.editors_choice import Chooser
from widgets.parts import Words

Show = Callable[[Path | ImportSource], ImportDialog]


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """A contract with two KPIs."""
    with store.step("Begin"):
        contract = store.save(Contract(reference="C1", title="Care at home", stage="Signed"))
        store.save_many(
            [
                Kpi(contract=contract.id, title=t, frequency="Monthly")
                for t in ("Seen within 5 days", "People helped")
            ]
        )
    made = Session(store)
    yield made
    made.deleteLater()


@pytest.fixture
def flows() -> list[ImportFlow]:
    return []


@pytest.fixture
def show(qtbot: QtBot, session: Session, flows: list[ImportFlow]) -> Show:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()

    def opened(source: Path | ImportSource) -> ImportDialog:
        flow = import_register(window, session, source)
        flows.append(flow)
        qtbot.waitUntil(lambda: flow.dialog is not None and flow.dialog.isVisible(), timeout=20_000)
        assert flow.dialog is not None
        return flow.dialog

    return opened


def press(dialog: QWidget, words: str) -> None:
    """Press a button by its words: of several the last, since what was drawn again comes last."""
    [b for b in dialog.findChildren(QPushButton) if b.text() == words and not b.isHidden()][-1].click()


def can_import(dialog: ImportDialog) -> bool:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "Import").isEnabled()


def wait(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Wait until what was decided is worked out."""
    qtbot.waitUntil(lambda: can_import(dialog), timeout=20_000)


def foreign(project: Path, name: str) -> Path:
    return project / "tests" / "files" / "foreign" / name


def tab(dialog: ImportDialog) -> str:
    return dialog._tabs.value()


def chooser(dialog: ImportDialog, name: str) -> Chooser:
    return next(c for c in dialog.findChildren(Chooser) if c.accessibleName() == name)


class FirstPicked:
    """Stands in for the dialog that picks a record, and picks the first."""

    def __init__(self, *_given: object) -> None: ...

    def exec(self) -> int:
        """As if Choose was pressed."""
        return 1

    def picked(self) -> Picked:
        """The first record."""
        return Picked(1)

    def deleteLater(self) -> None:
        """As Qt names it."""


def plan_of(flows: list[ImportFlow]) -> ImportPlan:
    plan = flows[-1]._plan
    assert plan is not None
    return plan


def told_as_last_time(dialog: ImportDialog) -> None:
    assert dialog._notes.text().startswith("Headings and words go as they went with this file on ")
    said = [label.text() for label in dialog.findChildren(WordsPanel)[0].findChildren(Words)]
    assert "KPI, 1 row, as last time" in said and any(
        "All rows belong to this one:" in words for words in said
    )


def test_a_monthly_return_is_decided_on_once_and_then_takes_two_clicks(
    qtbot: QtBot, show: Show, session: Session, flows: list[ImportFlow], project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = foreign(project, "kpi-return-long.xlsx")
    dialog = show(path)
    assert chooser(dialog, "Brought in as").currentText() == "KPI results" and tab(dialog) == "columns"
    press(dialog, "Next")
    assert tab(dialog) == "words"
    words = dialog.findChildren(WordsPanel)[0]
    assert words.open_words == 1
    menu = words.findChildren(PickButton)[0].menu()
    menu.aboutToShow.emit()
    assert [a.text() for a in menu.actions()][:2] == ["Perhaps Seen within 5 days (C1)", "Another…"]
    menu.actions()[0].trigger()
    wait(qtbot, dialog)
    assert words.findChildren(PickButton)[-1].words() == "Seen within 5 days (C1)"

    monkeypatch.setattr(import_words, "PickDialog", FirstPicked)
    press(dialog, "Choose the contract…")
    wait(qtbot, dialog)
    press(dialog, "Import")
    qtbot.waitUntil(lambda: flows[-1].summary is not None, timeout=20_000)
    assert len(session.store.all(KpiResult)) == 3
    again = show(path)
    assert tab(again) == "preview"
    assert plan_of(flows).choices.fixed == {"via:kpi": "#1"} and plan_of(flows).count("unchanged") == 3
    told_as_last_time(again)
    press(again, "Decide afresh")
    qtbot.waitUntil(lambda: not plan_of(flows).choices.fixed, timeout=20_000)
    assert not again._notes.text().startswith("Headings and words") and not again._afresh.isVisible()
    again.reject()


def test_the_row_of_headings_is_clicked(
    qtbot: QtBot, show: Show, flows: list[ImportFlow], project: Path
) -> None:
    dialog = show(foreign(project, "notes-and-totals.xlsx"))
    top = dialog.findChildren(TopPanel)[0]
    model = top.view.model()
    assert [model.headerData(i, top.view.verticalHeader().orientation()) for i in range(3)] == ["1", "2", "4"]
    top.view.clicked.emit(model.index(3, 0))  # row 5
    qtbot.waitUntil(lambda: plan_of(flows).sheet.header_row == 5, timeout=20_000)
    assert [line.name.accessibleName() for line in dialog.findChildren(HeadingLine)][:1] == ["C1"]
    top.view.clicked.emit(model.index(2, 0))
    qtbot.waitUntil(lambda: plan_of(flows).sheet.header_row == 4, timeout=20_000)
    dialog.reject()


def test_merged_cells_are_filled_down_where_that_is_said_and_again_the_next_time(
    qtbot: QtBot, show: Show, session: Session, flows: list[ImportFlow], project: Path
) -> None:
    dialog = show(foreign(project, "merged-rows.xlsx"))
    dialog._go("table")
    press(dialog, "Fill merged cells down")
    qtbot.waitUntil(lambda: plan_of(flows).sheet.filled and can_import(dialog), timeout=20_000)
    press(dialog, "Import")
    qtbot.waitUntil(lambda: flows[-1].summary is not None, timeout=20_000)
    assert [c.provider_name for c in session.store.all(Contract)][-2:] == ["Acme Care", "Civic Help"]
    again = show(foreign(project, "merged-rows.xlsx"))
    assert plan_of(flows).sheet.filled and plan_of(flows).count("unchanged") == 3
    again.reject()


def test_a_hidden_sheet_is_marked_and_read(
    qtbot: QtBot, show: Show, flows: list[ImportFlow], project: Path
) -> None:
    dialog = show(foreign(project, "hidden-sheets.xlsx"))
    sheets = chooser(dialog, "Sheet of the workbook")
    assert [sheets.itemText(i) for i in range(sheets.count())] == [
        "Register",
        "Archive (hidden)",
        "Lookups (hidden)",
    ]
    sheets.setCurrentIndex(1)
    sheets.activated.emit(1)
    qtbot.waitUntil(lambda: plan_of(flows).sheet.name == "Archive", timeout=20_000)
    dialog.reject()


def test_a_copied_block_without_headings_is_asked_about(
    qtbot: QtBot, show: Show, flows: list[ImportFlow]
) -> None:
    dialog = show(block_source('C7\tMeals\t£100\nC8\t"Two\nlines"\t£200\n', None))
    assert tab(dialog) == "table" and not can_import(dialog)
    press(dialog, "There are no headings")
    qtbot.waitUntil(lambda: plan_of(flows).sheet.header_row == 0, timeout=20_000)
    assert plan_of(flows).sheet.headings == ("Column 1", "Column 2", "Column 3")
    assert len(plan_of(flows).rows) == 2
    dialog.reject()


def test_what_will_happen_is_shown_row_by_row(
    qtbot: QtBot, show: Show, session: Session, flows: list[ImportFlow], tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "Reference,Title,Supplier,End date,Status\nC1,Care at home,Acme,31/3/2027,Signed\nC2,Meals,Beta,,Later\n"
    )
    dialog = show(path)
    plan = plan_of(flows)
    lines = PlanLines(plan, ("create", "update"))
    assert [line["what"] for line in lines] == ["Changed", "New"]
    assert [line["which"] for line in lines[0:2]] == ["Care at home", "Meals"]
    assert "Current end: blank → 31 Mar 2027" in details(plan, plan.rows[0])
    assert "Provider: Beta" in details(plan, plan.rows[1]) and "Reference: C2" in details(plan, plan.rows[1])
    panel = dialog.findChildren(PreviewPanel)[0]
    panel.fates.set_value("update")
    panel._show("update")
    assert panel._view is not None and panel._view.findChildren(QPushButton)[0].isEnabled()
    assert [(u.words, u.usual) for u in plan.unmatched] == [("Later", "Kept as it is")]
    dialog.reject()


def test_another_list_is_chosen_and_needs_to_know_what_rows_belong_to(
    qtbot: QtBot, show: Show, session: Session, flows: list[ImportFlow]
) -> None:
    dialog = show(block_source("Risk\tOwner\nStaff leave\tAsha\n", None, contract=1))
    lists = chooser(dialog, "Brought in as")
    lists.setCurrentText("Risks")
    lists.activated.emit(lists.currentIndex())
    qtbot.waitUntil(lambda: plan_of(flows).source.kind.key == "risks" and can_import(dialog), timeout=20_000)
    assert plan_of(flows).choices.fixed == {"contract": "#1"}
    dialog._go("words")
    press(dialog, "Take it back")
    qtbot.waitUntil(lambda: plan_of(flows).missing == "contract", timeout=20_000)
    assert not can_import(dialog)
    dialog.reject()


def test_what_is_remembered_is_looked_at_and_forgotten(qtbot: QtBot, session: Session) -> None:
    store, window = session.store, QWidget()
    qtbot.addWidget(window)
    with store.step("Remember"):
        store.save(
            RememberedImport(
                title="Return.xlsx", list="kpi-results", shape="x", used_on=session.today(),
                decided={"fields": {"Indicator": "kpi", "Result": "value"}, "meant": {"kpi": {"a": "@b"}}},
            )
        )  # fmt: skip
    dialog = Remembered(window, session)
    qtbot.addWidget(dialog)
    words = " ".join(
        label.accessibleName() or label.text()
        for label in dialog.findChildren(QWidget)
        if hasattr(label, "text")
    )
    assert "Brought in as KPI results" in words and "Indicator → KPI, Result." in words
    press(dialog, "Forget")
    assert not store.all(RememberedImport)
