"""The tab that shows a contract on a page: the very page that prints, made again when the contract changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.background import Background
from desktop.dialogs.paper_ways import PaperWays
from desktop.dialogs.print_preview import pages_of
from desktop.session import Session
from storage.engine.errors import StorageError
from storage.exchange.files_out import safe_name
from storage.exchange.paper.papers import Paper
from storage.records.contracts import Contract
from widgets.parts import col, text
from widgets.preview import PagePreview

LATE = 300  # ms after which it is said that the page is being made; most are there sooner


class ContractPage(QWidget):
    """The preview of one contract; laid out only while it is seen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._contract: Contract | None = None
        self._stale = False
        self.preview = PagePreview()
        self.ways = PaperWays(self, session, self.preview)
        self.reasons = QCheckBox("With reasons")
        self.reasons.toggled.connect(self._turned)
        self.preview.add_tool(self.reasons)
        self._wrong = text("", "soft", wrap=True)
        self._wrong.hide()
        self.setLayout(col(self._wrong, self.preview, gap=0))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._lay_out)
        self._late = QTimer(self, singleShot=True, interval=LATE)
        self._late.timeout.connect(self.preview.prepare)
        self._wanted: Paper | None = None

    def show_contract(self, contract: Contract) -> None:
        """Show a contract as the file holds it now."""
        if self._contract is None or self._contract.uuid != contract.uuid:
            self.preview.set_pages(())  # the page of another contract
            self.ways.paper = None
        self._contract, self._stale = contract, True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what changed while nobody saw it."""
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def _turned(self, _on: bool) -> None:
        self._stale = True
        self._soon.start()

    def _lay_out(self) -> None:
        """Gather what the page says, and have a worker make it; the page before stays until it is there."""
        from storage.exchange.paper.print_contract import contract_paper

        contract = self._contract
        if contract is None or not self.isVisible():
            return
        self._stale = False
        try:
            paper = contract_paper(self._session.store, contract.key, reasons=self.reasons.isChecked())
            self._wanted = paper
            work = Background(None, partial(pages_of, paper))
            work.finished.connect(self._show_page)
            work.failed.connect(self._not_made)
            work.start()
        except StorageError as error:
            self._not_made(str(error))
            return
        self._late.start()

    def _show_page(self, made: tuple[Paper, list[str]]) -> None:
        paper, pages = made
        contract = self._contract
        if paper is not self._wanted or contract is None:  # another one is being made
            return
        self._late.stop()
        self._wrong.hide()
        self.ways.paper = paper
        self.ways.file_name = safe_name(f"{contract.reference} {contract.title} on a page", ".pdf", "Printed")
        self.preview.set_pages(pages)

    def _not_made(self, words: str) -> None:
        self._late.stop()
        self.ways.paper = None
        self.preview.set_pages(())
        self._wrong.setText(words)
        self._wrong.show()
