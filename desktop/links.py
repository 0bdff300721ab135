"""The only place that gives anything to the system to open: a web or e-mail address, a copy of a document, a folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from desktop.messages import message_box
from storage.desk.addresses import Address, NotAnAddress, read_address
from widgets.icons import IconLabel
from widgets.parts import breakable, button, card, col, inset, row, text
from widgets.shown import set_title

WIDE = 560
NO_PROGRAM = (
    "Nothing on this computer opens it. Nothing was changed. Copy the address and use it where it is needed."
)


class LinkDialog(QDialog):
    """Shows the whole of an address, and whom it leads to, before it is opened."""

    def __init__(self, parent: QWidget | None, address: Address) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDE)
        self._address = address
        title = "Write an e-mail?" if address.is_mail else "Open this address?"
        set_title(self, title)
        self.whole = text(breakable(address.url), wrap=True)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        leads = text(breakable(address.host), "fact", wrap=True)
        said = card(
            text("It leads to", "label"), leads, 2, text("The whole address", "label"), self.whole, gap=2
        )
        self.remark = text(address.remark, wrap=True)
        warning = inset(row(IconLabel("warning-circle", "amber_mark", 16), self.remark))
        warning.setVisible(bool(address.remark))
        self.setLayout(
            col(text(title, "record"), said, warning, None, self._foot(), gap=12, margins=(24, 20, 24, 20))
        )
        self.do.setFocus()

    def _foot(self) -> QWidget:
        copy, cancel = button("Copy the address", "quiet", "copy"), button("Cancel")
        self.do = button(
            "Open in the mail program" if self._address.is_mail else "Open in the browser", "primary"
        )
        copy.clicked.connect(partial(QApplication.clipboard().setText, self._address.url))
        cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self.accept)
        self.do.setDefault(True)
        holder = QWidget()
        holder.setLayout(row(copy, None, cancel, self.do))
        return holder

    def accept(self) -> None:
        """Open it; when nothing can, say so."""
        super().accept()
        if not _to_the_system(QUrl(self._address.url, QUrl.ParsingMode.StrictMode)):
            _say(self.parentWidget(), NO_PROGRAM)


def open_link(parent: QWidget | None, words: str) -> LinkDialog | None:
    """Show an address and offer to open it; words that are no web or e-mail address are refused with the reason."""
    try:
        address = read_address(words)
    except NotAnAddress as reason:
        _say(parent, str(reason))
        return None
    dialog = LinkDialog(parent, address)
    dialog.open()
    return dialog


def open_copy(parent: QWidget | None, copy: Path) -> None:
    """Have the system show a copy of a document that `attachments.take_out_to_read` made."""
    if not _to_the_system(QUrl.fromLocalFile(str(copy))):
        _say(parent, f"Nothing on this computer opens {copy.name}. Save a copy of it and open that.")


def show_folder(parent: QWidget | None, folder: Path) -> None:
    """Have the system show a folder."""
    if not folder.is_dir() or not _to_the_system(QUrl.fromLocalFile(str(folder))):
        _say(
            parent, f"The folder {folder} cannot be shown. Look for it with the program you keep files with."
        )


def _to_the_system(url: QUrl) -> bool:
    return url.isValid() and QDesktopServices.openUrl(url)


def _say(parent: QWidget | None, words: str) -> None:
    message_box(words, QMessageBox.Icon.Information, parent).open()
