"""A column for reading long text: Markdown shown formatted, and nothing fetched or opened on its behalf."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from widgets.shown import QuietDocument
from widgets.theme import FACT, RECORD, SEMIBOLD, STRONG, Tokens, tokens

WIDEST = 760  # pixels at 100 %; longer lines are tiring to read
HEADINGS = {1: RECORD, 2: FACT}  # sizes by level; the rest are as strong words


def markdown_html(markdown: str) -> str:
    """Markdown as HTML in which any HTML the text contains is shown as text."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    return str(parser.render(markdown))


class Prose(QTextBrowser):
    """Formatted text as tall as it needs to be; put it in something that scrolls.

    Pictures and style sheets named in the text are never loaded, and a link only says that it was clicked.
    """

    link_clicked = Signal(str)
    shares: Sequence[int] = ()  # per cent of the width for each column, in tables that have as many

    def __init__(self, markdown: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self.setDocument(QuietDocument(self))
        self.setProperty("part", "prose")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMaximumWidth(WIDEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(22)
        self.anchorClicked.connect(self._on_link)
        self.set_markdown(markdown)

    def set_markdown(self, markdown: str) -> None:
        """Show another text."""
        self._markdown = markdown
        self.document().setDefaultStyleSheet(_style(tokens(self)))
        self.setHtml(markdown_html(markdown))
        _size_headings(self.document())
        at_once = QTextCursor(self.document())
        at_once.beginEditBlock()  # else every cell lays the whole text out anew
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                _rule(table, self.shares, tokens(self))
        at_once.endEditBlock()
        self._settle()

    def markdown(self) -> str:
        """The text as it was given."""
        return self._markdown

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.set_markdown(self._markdown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # what it lies in scrolls

    def _settle(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 6)

    def _on_link(self, url: QUrl) -> None:
        self.link_clicked.emit(url.toString())


def _size_headings(document: QTextDocument) -> None:
    """Give headings the program's sizes; the rich-text engine has its own for them, whatever a style says."""
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        level, place = block.blockFormat().headingLevel(), block.begin()
        while level and not place.atEnd():
            piece = place.fragment()
            sized = piece.charFormat()
            sized.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            sized.setProperty(QTextFormat.Property.FontPixelSize, HEADINGS.get(level, STRONG))
            sized.setFontWeight(SEMIBOLD)
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(sized)
            place += 1
        block = block.next()


def _rule(table: QTextTable, shares: Sequence[int], colours: Tokens) -> None:
    """As wide as the text, with a hairline under each row, and columns that agree from table to table."""
    made = table.format()
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setBorderCollapse(True)
    if len(shares) == table.columns():
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, s) for s in shares])
    table.setFormat(made)
    for line in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(line, column)
            ruled = cell.format().toTableCellFormat()
            ruled.setBottomBorder(1)
            ruled.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            ruled.setBottomBorderBrush(colours.colour("line"))
            cell.setFormat(ruled)


def _style(colours: Tokens) -> str:
    """How the parts of a text look; the rich-text engine knows pixels and per cent only."""
    return f"""
        p, li, td, th, blockquote {{ font-size: 14px; line-height: 140%; color: {colours.text}; }}
        p {{ margin: 0 0 8px 0; }} li {{ margin: 0 0 4px 0; }}
        h1, h2, h3, h4, h5, h6 {{ margin: 12px 0 6px 0; color: {colours.text}; }}
        ul, ol {{ margin: 0 0 8px 0; }}
        a {{ color: {colours.accent}; }} code, pre {{ background: {colours.sunken}; }}
        th {{ font-weight: 600; text-align: left; }} td, th {{ padding: 4px 12px 4px 0; }}
    """
