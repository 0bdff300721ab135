"""The print preview: how many pages, which are drawn, and the same pages on paper."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageRanges, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from widgets.parts import Words
from widgets.preview import PagePreview
from widgets.preview_pages import A4, fitted, page_size
from widgets.theme import apply_theme

COLOURS = ("#ff0000", "#00ff00", "#0000ff")


def page(colour: str = "#ff0000", wide: float = 595.28, high: float = 841.89) -> str:
    """A page with one mark across its middle."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}pt" height="{high}pt">'
        f'<rect x="{wide / 4}" y="{high / 4}" width="{wide / 2}" height="{high / 2}" fill="{colour}"/></svg>'
    )


@pytest.fixture
def preview(qtbot: QtBot, qapp: QApplication) -> PagePreview:
    apply_theme(qapp, dark=True)
    made = PagePreview()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def area_of(preview: PagePreview) -> tuple[QScrollArea, QWidget]:
    """The scroll and the column of pages in it."""
    area = preview.findChildren(QScrollArea)[0]
    column = area.widget()
    assert column is not None
    return area, column


def words(preview: PagePreview) -> list[str]:
    return [label.text() for label in preview.findChildren(Words)]


def test_only_pages_that_are_seen_are_drawn(preview: PagePreview) -> None:
    preview.set_pages([page(COLOURS[n % 3]) for n in range(40)])
    preview.grab()
    assert preview.page_count == 40
    assert preview.drawn == (1,)
    preview.go_to(20)
    preview.grab()
    assert 20 in preview.drawn
    assert 10 not in preview.drawn


def test_pages_far_away_are_let_go(preview: PagePreview) -> None:
    preview.set_pages([page() for _ in range(40)])
    for number in range(1, 21):
        preview.go_to(number)
        preview.grab()
    assert len(preview.drawn) <= 6
    assert 1 not in preview.drawn


def test_the_place_is_said_as_page_of_pages(preview: PagePreview) -> None:
    assert "No pages" in words(preview)
    preview.set_pages([page() for _ in range(7)])
    assert "Page 1 of 7" in words(preview)
    preview.go_to(4)
    assert "Page 4 of 7" in words(preview)
    bar = preview.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    assert "Page 7 of 7" in words(preview)


def test_zoom_keeps_the_page_and_a_whole_page_fits(preview: PagePreview) -> None:
    preview.set_pages([page() for _ in range(7)])
    preview.go_to(5)
    preview.set_whole(True)
    assert preview.page == 5
    area, column = area_of(preview)
    assert column.height() <= 7 * area.viewport().height() + 16
    preview.set_whole(False)
    assert preview.page == 5
    assert column.width() == area.viewport().width()


def test_page_down_turns_whole_pages(preview: PagePreview) -> None:
    preview.set_pages([page() for _ in range(3)])
    preview.set_whole(True)
    area = preview.findChildren(QScrollArea)[0]
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert preview.page == 2
    QTest.keyClick(area, Qt.Key.Key_PageUp)
    assert preview.page == 1


def test_paper_is_white_in_the_dark_and_shows_the_page(preview: PagePreview) -> None:
    preview.set_pages([page("#ff0000")])
    preview.set_whole(True)
    shot = area_of(preview)[1].grab().toImage()
    middle, above = (
        shot.pixelColor(shot.width() // 2, shot.height() // 2),
        shot.pixelColor(shot.width() // 2, 30),
    )
    assert middle.name() == "#ff0000"
    assert above.name() == "#ffffff"


def test_the_ways_out_are_said_and_shut_without_pages(qtbot: QtBot, preview: PagePreview) -> None:
    save, out = (
        next(b for b in preview.findChildren(QPushButton) if b.text() == w) for w in ("Save PDF…", "Print…")
    )
    assert not save.isEnabled()
    preview.set_pages([page()])
    with qtbot.waitSignals([preview.save_asked, preview.print_asked]):
        QTest.mouseClick(save, Qt.MouseButton.LeftButton)
        QTest.mouseClick(out, Qt.MouseButton.LeftButton)


def writer(file: Path) -> QPdfWriter:
    made = QPdfWriter(str(file))
    made.setResolution(300)
    return made


def test_every_page_goes_to_paper_turned_to_suit_it_as_vectors(preview: PagePreview, tmp_path: Path) -> None:
    preview.set_pages([page(), page(wide=841.89, high=595.28), page()])
    file = tmp_path / "out.pdf"
    device = writer(file)
    assert preview.paint_to(device) == 3
    del device
    read = PdfReader(file)
    assert [round(p.mediabox.width) > round(p.mediabox.height) for p in read.pages] == [False, True, False]
    assert all("/XObject" not in p["/Resources"] or not p["/Resources"]["/XObject"] for p in read.pages)  # type: ignore[index,operator]


def test_only_the_chosen_pages_are_printed(preview: PagePreview, tmp_path: Path) -> None:
    preview.set_pages([page() for _ in range(5)])
    device = writer(tmp_path / "some.pdf")
    device.setPageRanges(QPageRanges.fromString("2-3"))
    assert preview.paint_to(device) == 2


def test_a_page_fills_the_sheet_whatever_the_margins(preview: PagePreview, tmp_path: Path) -> None:
    preview.set_pages([page()])
    found = []
    for mode in (QPageLayout.Mode.StandardMode, QPageLayout.Mode.FullPageMode):
        file = tmp_path / f"{mode.name}.pdf"
        device = writer(file)
        layout = device.pageLayout()
        layout.setMode(mode)
        device.setPageLayout(layout)
        preview.paint_to(device)
        del device
        found.append(PdfReader(file).pages[0].get_contents())
    assert all(content is not None for content in found)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_device_that_will_not_start_paints_nothing(preview: PagePreview, tmp_path: Path) -> None:
    preview.set_pages([page()])
    assert preview.paint_to(writer(tmp_path / "no such folder" / "out.pdf")) == 0


@pytest.mark.parametrize("svg", ["", "<svg/>", '<svg viewBox="0 0 0 0"/>', "not a picture"])
def test_a_page_without_a_size_is_taken_as_a4(svg: str) -> None:
    assert page_size(svg) == A4


def test_a_page_keeps_its_shape_in_the_middle_of_another_sheet() -> None:
    assert fitted(QSizeF(100, 200), QRectF(10, 10, 300, 200)) == QRectF(110, 10, 100, 200)
