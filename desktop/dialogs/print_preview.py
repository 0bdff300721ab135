"""Shows a page as it will print, and sends it to a printer or into a PDF; screen, paper and file are the same pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.session import Session
from storage.engine.errors import StorageError
from storage.exchange.files_out import safe_name
from storage.exchange.papers import Paper
from widgets.parts import col
from widgets.preview import PagePreview
from widgets.shown import set_title

WIDE, HIGH = 1000, 900
FOLDER = "folder.pdf"  # where the last PDF went, remembered in the file
NOT_PRINTED = (
    "The printer did not start, so nothing was printed. Look whether it is switched on and connected, "
    "or save a PDF and print that."
)


class PrintPreview(QDialog):
    """A large dialog around the preview. The pages are made once it is seen."""

    def __init__(self, parent: QWidget, session: Session, make: Callable[[], Paper], file_name: str) -> None:
        super().__init__(parent)
        self._session, self._make, self._file_name = session, make, file_name
        self._paper: Paper | None = None
        self.preview = PagePreview()
        set_title(self, "Print preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayout(col(self.preview, gap=0))
        room = parent.window().size()
        self.resize(min(WIDE, max(640, room.width() - 80)), min(HIGH, max(480, room.height() - 60)))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._lay_out)
        self.preview.print_asked.connect(self._ask_printer)
        self.preview.save_asked.connect(self._ask_path)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the pages out after the dialog is there."""
        super().showEvent(event)
        if self._paper is None:
            self._soon.start()

    def save(self, path: str) -> None:
        """Write the PDF."""
        from storage.exchange.printing import PrintError, write_pdf

        if self._paper is None:
            return
        target = Path(path)
        try:
            write_pdf(self._paper, target)
        except PrintError as error:
            self._session.failed.emit(str(error))
            return
        self._session.state.remember(FOLDER, str(target.parent))
        self._session.said.emit(f"Saved {target.name} in {target.parent}")

    def _lay_out(self) -> None:
        from storage.exchange.printing import PrintError, svg_pages

        try:
            paper = self._make()
            self.preview.set_pages(svg_pages(paper))
        except (PrintError, StorageError) as error:
            self._session.failed.emit(str(error))
            self.reject()
            return
        self._paper = paper
        set_title(self, f"Print preview – {paper.document_title}")

    def _ask_path(self) -> None:
        dialog = QFileDialog(self, "Save PDF")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(self._folder())
        dialog.selectFile(self._file_name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def _folder(self) -> str:
        held = self._session.state.recall(FOLDER)
        if isinstance(held, str) and Path(held).is_dir():
            return held
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(self._file_name.removesuffix(".pdf"))
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print)
        QDialog.open(dialog)  # its own `open` wants a receiver by name

    def _print(self) -> None:
        if self.preview.paint_to(self._printer) == 0:
            self._session.failed.emit(NOT_PRINTED)
        else:
            self._session.said.emit(f"Sent to {self._printer.printerName() or 'the printer'}")


def open_preview(
    parent: QWidget, session: Session, make: Callable[[], Paper], file_name: str
) -> PrintPreview:
    """Show a paper before it is printed or saved; `make` is called once the dialog is there."""
    dialog = PrintPreview(parent, session, make, safe_name(file_name, ".pdf", "Printed"))
    dialog.open()
    return dialog
