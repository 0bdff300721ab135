"""The ways a page on screen takes from there: into a PDF, or to a printer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.session import Session
from storage.exchange.paper.papers import Paper
from widgets.preview import PagePreview

FOLDER = "folder.pdf"  # where the last PDF went, remembered in the file
NOT_PRINTED = (
    "The printer did not start, so nothing was printed. Look whether it is switched on and connected, "
    "or save a PDF and print that."
)


class PaperWays(QObject):
    """Serves the two buttons of a preview; `paper` is what it shows, None while it shows nothing."""

    def __init__(self, over: QWidget, session: Session, preview: PagePreview) -> None:
        super().__init__(over)
        self._over, self._session, self._preview = over, session, preview
        self.paper: Paper | None = None
        self.file_name = "Printed.pdf"
        preview.print_asked.connect(self._ask_printer)
        preview.save_asked.connect(self._ask_path)

    def save(self, path: str) -> None:
        """Write the PDF."""
        from storage.exchange.paper.printing import PrintError, write_pdf

        if self.paper is None:
            return
        target = Path(path)
        try:
            write_pdf(self.paper, target)
        except PrintError as error:
            self._session.failed.emit(str(error))
            return
        self._session.state.remember(FOLDER, str(target.parent))
        self._session.said.emit(f"Saved {target.name} in {target.parent}")

    def _ask_path(self) -> None:
        dialog = QFileDialog(self._over, "Save PDF")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(folder_of(self._session))
        dialog.selectFile(self.file_name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(self.file_name.removesuffix(".pdf"))
        dialog = QPrintDialog(self._printer, self._over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print)
        QDialog.open(dialog)  # its own `open` wants a receiver by name

    def _print(self) -> None:
        if self._preview.paint_to(self._printer) == 0:
            self._session.failed.emit(NOT_PRINTED)
        else:
            self._session.said.emit(f"Sent to {self._printer.printerName() or 'the printer'}")


def folder_of(session: Session) -> str:
    """The folder the last PDF of a file went to; the documents of this computer when it is gone."""
    held = session.state.recall(FOLDER)
    if isinstance(held, str) and Path(held).is_dir():
        return held
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
