"""Paints a card or heading that is not made yet, so that whoever scrolls fast can already read the question."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from widgets.checklist_data import QuestionData, SectionData
from widgets.checklist_places import number_room
from widgets.theme import MEDIUM, SEMIBOLD, font_of, tokens

RECORD, QUESTION = 18, 14  # pixels of type
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def sketch_heading(painter: QPainter, on: QWidget, box: QRect, section: SectionData) -> None:
    """The letter and title of a section."""
    painter.setFont(font_of(on, RECORD, SEMIBOLD))
    painter.setPen(tokens(on).colour("text"))
    painter.drawText(box.adjusted(0, 8, 0, 0), _WRAPPED, f"{section.letter}   {section.title}")


def sketch_card(painter: QPainter, on: QWidget, box: QRect, question: QuestionData, aside: int) -> None:
    """The frame of a card with the number and words of its question; `aside` pixels at the right are kept free."""
    colours = tokens(on)
    painter.setPen(QPen(colours.colour("line"), 1))
    painter.setBrush(colours.colour("canvas" if question.not_asked else "surface"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setPen(colours.colour("text2" if question.not_asked else "text"))
    inside = box.adjusted(16, 15, -16 - aside, -12)
    painter.setFont(font_of(on, QUESTION, SEMIBOLD))
    painter.drawText(inside, _WRAPPED, question.number)
    painter.setFont(font_of(on, QUESTION, MEDIUM))
    painter.drawText(inside.adjusted(number_room(question.number) + 12, 0, 0, 0), _WRAPPED, question.text)
