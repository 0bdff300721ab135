"""The pictures of the guide for which the sample is changed first: what comes home, has changed, is adapted."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from storage.engine.store import with_values
from storage.records.contracts import Contract
from storage.records.specifications import Section

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from PySide6.QtWidgets import QWidget

    from desktop.window import MainWindow

T = TypeVar("T", bound="QWidget")
LONGEST = 30  # seconds that reading and comparing may take
BOARD = "Contract board"
RETURN = (
    "Contract ref;Title;Supplier;Start date;End date;Annual value;Ward\n"
    "HW-201;Stroke rehabilitation at home;Brackenfold Voices;01/04/2025;31/03/2028;£412,000;North\n"
    "HW-202;Falls classes;Brackenfold Voices;01/10/2025;30/09/2027;£38,500;South\n"
    "HW-203;Advice for carers;Saltby Advice CIC;01/04/2026;to be agreed;£61,250;North\n"
)


def keep(shown: QWidget, path: Path) -> None:
    """Let it settle, and keep a picture of it."""
    from PySide6.QtWidgets import QApplication

    for _ in range(40):
        QApplication.processEvents()
        time.sleep(0.01)
    shown.grab().save(str(path))


def draw_made(window: MainWindow, folder: Path, home: Path) -> None:
    """Each of them; those that change more come later."""
    _meeting(window, folder / "meeting.png")
    _import(window, folder / "import.png", home / "return.csv")
    _home(window, folder / "home.png", home / "register.xlsx")
    _since(window, folder / "since.png")
    _template(window, folder / "template.png")
    _run(window, folder / "conditions.png")
    _lineage(window, folder / "lineage.png")


def _wait(kind: type[T]) -> T:
    """The dialog of a kind once it is shown."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        QApplication.processEvents()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, kind) and each.isVisible():
                return each
        time.sleep(0.01)
    raise TimeoutError(f"no {kind.__name__} came up")


def _meeting(window: MainWindow, path: Path) -> None:
    """The dialog that asks for which meeting a workbook is."""
    from desktop.dialogs.form_dialog import FormDialog

    window.show_page("contracts")
    window.run("file.meeting")
    dialog = _wait(FormDialog)
    dialog.editor("meeting").set_value(BOARD)
    dialog.editor("on").set_value(window.session.today() + timedelta(days=16))
    keep(dialog, path)
    dialog.reject()


def _import(window: MainWindow, path: Path, source: Path) -> None:
    """A register with a provider nobody knows, a field of its own and an end that is no date."""
    from desktop.dialogs.import_dialog import ImportDialog
    from desktop.dialogs.import_register import import_register

    source.write_text(RETURN, "utf-8")
    import_register(window, window.session, source)
    dialog = _wait(ImportDialog)
    keep(dialog, path)
    dialog.reject()


def _home(window: MainWindow, path: Path, workbook: Path) -> None:
    """A register that went out, was changed on both sides, and comes home."""
    import openpyxl

    from desktop.bringing_home import take_dropped
    from desktop.dialogs.home import HomeDialog
    from storage.exchange.workbooks.register import export_register

    session = window.session
    export_register(session.store, workbook, today=session.today(), file_name=session.store.file.path.name)
    book = openpyxl.load_workbook(workbook)
    sheet = next(s for s in book.worksheets if _headings(s))
    for field, rows in (("Lead commissioner", (3, 5, 8)), ("Current value", (4,)), ("Title", (6,))):
        column = _headings(sheet)[field]
        for number in rows:
            cell = sheet.cell(number, column)
            said: dict[str, str | int] = {"Current value": 195_000, "Title": f"{cell.value}, all ages"}
            cell.value = said.get(field, "Imran Yusufi")
    book.save(workbook)
    reference = str(sheet.cell(6, _headings(sheet)["Reference"]).value)
    mine = next(c for c in session.store.all(Contract) if c.reference == reference)
    session.change(Contract, mine.key, {"title": f"{mine.title}, new"})
    take_dropped(window, lambda _: None, str(workbook))
    dialog = _wait(HomeDialog)
    keep(dialog, path)
    dialog.reject()


def _headings(sheet: Worksheet) -> dict[str, int]:
    """Heading to column of a sheet whose rows are known again; nothing for another sheet."""
    found = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    return found if "Record UUID" in found else {}


def _since(window: MainWindow, path: Path) -> None:
    """What was kept for a meeting, and what has changed since."""
    from storage.desk.meeting.shown_contracts import keep as keep_shown
    from storage.desk.meeting.shown_contracts import shown_now

    session = window.session
    keep_shown(session.store, BOARD, shown_now(session.store))
    some = {c.reference: c for c in session.store.all(Contract)}
    for reference, days, more in (("WH-101", 365, 90_000_00), ("WH-112", 182, 0), ("WH-117", 0, -45_000_00)):
        contract = some[reference]
        assert contract.current_end is not None and contract.current_value is not None
        changed = {"current_value": contract.current_value + more}
        session.change(Contract, contract.key, changed)
        if days:
            session.change(
                Contract, contract.key, {"current_end": contract.current_end + timedelta(days=days)}
            )
    window.show_page("since")
    keep(window, path)


def _template(window: MainWindow, path: Path) -> None:
    """A checklist of the program that is adapted, at a question with a condition."""
    from desktop.pages.templates.page import TemplatesPage
    from storage.checklists.editing import Place
    from storage.desk.checklists.templates import adapt

    own = adapt(window.session.store, "T25", "Our procurement route record")
    window.show_page("templates")
    window.page.open_record(own.key)
    page = cast("TemplatesPage", window.page)
    assert page.editor is not None
    page.editor.show_place(Place(question="T25-06"))
    keep(window, path)


def _run(window: MainWindow, path: Path) -> None:
    """A checklist some of whose questions wait for answers."""
    from PySide6.QtWidgets import QCheckBox

    from storage.desk.checklists.runs import answer, start_run

    store = window.session.store
    run = start_run(store, "T25", contract=1)
    for question, part, value in (
        ("T25-01", "value", 4_000_000_00),
        ("T25-02", "answer", "light"),
        ("T25-03", "buyer", "council"),
    ):
        answer(store, run.key, question, part, value)
    window.show_page("checklists")
    window.page.open_record(run.key, "T25-03")
    keep(window, path)  # lets the questions be made
    hidden = next(b for b in window.page.findChildren(QCheckBox) if "not asked" in b.text() and b.isVisible())
    hidden.click()
    keep(window, path)


def _lineage(window: MainWindow, path: Path) -> None:
    """A local copy, and what has changed above since it was made."""
    from storage.desk.specification.lineage import customise
    from storage.desk.specification.sections import sections_of
    from storage.desk.specification.specifications import issue

    store = window.session.store
    local = customise(store, 1, "Sexual assault referral centre, Eastwold")
    written = [s for s in sections_of(store, 1) if len(s.body) > 80]
    with store.step("Write more"):
        for section in written[:1]:
            store.save(
                with_values(
                    store.get(Section, section.key),
                    {"body": f"{section.body}\n\nIt is looked at again every year."},
                )
            )
    issue(store, 1, summary="Looked at again every year")
    window.show_page("specifications")
    window.page.open_record(local.key, "lineage")
    keep(window, path)
