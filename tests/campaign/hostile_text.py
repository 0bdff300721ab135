"""Shows and prints hostile texts in the real window, in a process of its own that is watched from outside.

python -m tests.campaign.hostile_text FOLDER COUNT
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTextBrowser,
    QToolTip,
    QWidget,
)

from desktop.app import Desk
from desktop.messages import message_box
from desktop.pages.record_detail import RecordDetail
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.exchange.paper.print_checklist import checklist_paper
from storage.exchange.paper.print_contract import contract_paper
from storage.exchange.paper.print_specification import specification_paper
from storage.exchange.paper.printing import svg_pages, write_pdf
from tests.campaign.hostile_texts import Words, fill, one_line, sets, texts
from widgets.preview import PagePreview
from widgets.shown import set_tip, set_title

PAGES = ("contracts", "providers", "services", "specifications", "checklists", "actions")


def turn() -> None:
    """Let the window do what waits, and delete what is done with."""
    for _ in range(3):
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def words_on(widget: QWidget) -> set[str]:
    """All the words in labels and fields, as they are held."""
    found = {label.text() for label in widget.findChildren(QLabel)}
    found |= {line.text() for line in widget.findChildren(QLineEdit)}
    return found | {box.toPlainText() for box in widget.findChildren(QPlainTextEdit)}


def show_all(window: MainWindow, number: int, words: Words) -> list[str]:
    """Show every record of a set on every page and tab; which texts were not seen as they were typed."""
    seen: set[str] = set()
    for key in PAGES:
        window.show_page(key)
        window.page.open_record(number)
        turn()
        for detail in window.page.findChildren(RecordDetail):
            for tab in [*(t.key for t in detail.tabs), "history"] if detail.isVisible() else ():
                detail.show_tab(tab)
                turn()
        window.grab()
        shown = words_on(window.page)
        seen |= shown
        if not any(held in shown for text in words for held in (text, one_line(text))):
            return [f"nothing on {key}"]
    return [text for text in words if text not in seen and one_line(text) not in seen]


def show_apart(window: MainWindow, words: str) -> None:
    """A text where windows speak of it: tool tip, title, message, search."""
    set_tip(window, words)
    QToolTip.showText(QPoint(9, 9), window.toolTip(), window)
    set_title(window, words)
    box = message_box(f"{words}. {words}", QMessageBox.Icon.Warning, window)
    box.open()
    window.top.search_line.setText(one_line(words))
    if window.palette_panel is not None:
        window.palette_panel.search_now()
    turn()
    box.close()
    QToolTip.hideText()
    turn()


def print_all(window: MainWindow, number: int, folder: Path) -> None:
    """Print what belongs to a text, as the preview draws it and as PDF files."""
    store, day = window.session.store, date(2026, 11, 22)
    contract = contract_paper(store, number, day)
    write_pdf(contract, folder / f"contract-{number}.pdf")
    write_pdf(specification_paper(store, number, day), folder / f"specification-{number}.pdf")
    write_pdf(checklist_paper(store, number, day), folder / f"checklist-{number}.pdf")
    preview = PagePreview()
    preview.set_pages(svg_pages(contract))
    preview.resize(800, 900)
    preview.grab()
    preview.deleteLater()


def rich_labels(window: MainWindow) -> list[str]:
    """Labels that Qt would read markup in, and browsers that would follow links by themselves."""
    labels = [
        label.text() for label in window.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText
    ]
    return labels + [type(b).__name__ for b in window.findChildren(QTextBrowser) if b.openLinks()]


def main(folder: Path, count: int) -> None:
    """Fill a file, show it all, and leave what was found in `shown.json`."""
    app = QApplication(sys.argv[:1])
    file, every = folder / "hostile.desk", list(texts(count, folder))
    fill(file, every)
    desk = Desk(app, Preferences())
    assert desk.open(file) and desk.window is not None
    window, wrong, rich = desk.window, [], set()
    window.resize(1366, 768)
    for number, words in enumerate(sets(every), 1):
        wrong += show_all(window, number, words)
        for text in words:
            show_apart(window, text)
        print_all(window, number, folder)
        rich.update(rich_labels(window))
    window.close()
    found = {"documents": len(every), "not_as_typed": wrong, "rich": sorted(rich)}
    (folder / "shown.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
