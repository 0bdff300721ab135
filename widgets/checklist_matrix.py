"""The five-by-five matrix of a question: two scales, the score, and the band it falls in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from widgets.checklist_data import MatrixWords, Moved, PartData
from widgets.checklist_picture import MatrixPicture
from widgets.checklist_segments import AnswerSegments, PartEditor
from widgets.choices import restyle
from widgets.parts import pill, row, text

PICTURE_FROM = 520  # pixels of room from which the picture stands beside the scales
MEANS_AT = 310  # where the words of a step begin


class MatrixEditor(PartEditor):
    """Likelihood and consequence from 1 to 5, with the score and its band."""

    SCALES = ("likelihood", "consequence")

    def __init__(self, part: PartData) -> None:
        super().__init__()
        self._held: dict[str, int] = {}
        self._words = part.matrix
        self._rows: dict[str, AnswerSegments] = {}
        self._means = {scale: text("", "small") for scale in self.SCALES}
        for means in self._means.values():
            means.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._score = pill("No score yet")
        self._moved = Moved()
        self._moved_words = text("", "small", wrap=True)
        self._moved_words.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for place, scale in enumerate(self.SCALES):
            steps = AnswerSegments([(str(n), str(n)) for n in range(1, 6)], 40)
            steps.setAccessibleName(f"{scale.capitalize()}, 1 to 5")
            steps.chosen.connect(partial(self._chosen, scale))
            self._rows[scale] = steps
            grid.addWidget(text(scale.capitalize(), "label"), place, 0)
            grid.addWidget(steps, place, 1)
            grid.addWidget(self._means[scale], place, 2)
        grid.addWidget(text("Score", "label"), 2, 0)
        grid.addLayout(row(self._score, None), 2, 1, 1, 2)
        grid.addWidget(self._moved_words, 3, 0, 1, 4)
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(3, 1)  # the room the words of a step leave beside the picture
        self._picture = MatrixPicture(part.matrix)
        self._picture.setParent(self)
        self._picture.picked.connect(self._picked)
        self.setMinimumHeight(self._picture.height())
        self._fixed = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is seen where there is room beside the scales."""
        super().resizeEvent(event)
        room = self.width() - self._picture.width()
        seen = self.width() >= PICTURE_FROM
        self._picture.setVisible(seen)
        self._picture.move(room, 0)
        for means in self._means.values():
            means.setMaximumWidth(room - MEANS_AT if seen else 16_777_215)
        self._moved_words.setMaximumWidth(room - 16 if seen else 16_777_215)

    def set_part(self, part: PartData, *, not_applicable: bool, read_only: bool) -> None:
        """Show both scales and the score."""
        self._words, self._moved = part.matrix, part.moved
        held = part.value if isinstance(part.value, Mapping) else {}
        self._held = {scale: int(held[scale]) for scale in self.SCALES if held.get(scale)}
        for scale, steps in self._rows.items():
            steps.set_value(str(self._held.get(scale, "")))
            steps.set_read_only(read_only or not_applicable)
        self._fixed = read_only or not_applicable
        self._show_score()

    def start(self) -> QWidget:
        """The first scale."""
        return self._rows[self.SCALES[0]]

    def _chosen(self, scale: str, step: str) -> None:
        self._held[scale] = int(step)
        self._show_score()
        self.changed.emit(dict(self._held))

    def _show_score(self) -> None:
        for scale, means in self._means.items():
            step = self._held.get(scale, 0)
            words = self._words.likelihood if scale == "likelihood" else self._words.consequence
            means.setText(words[step - 1] if 0 < step <= len(words) else "")
        score, tone = score_words(self._held, self._words)
        self._score.setText(score)
        restyle(self._score, tone=tone)
        self._moved_words.setText(self._moved.words)
        self._moved_words.setVisible(bool(self._moved.words))
        restyle(self._moved_words, tone=self._moved.tone)
        steps = (self._held.get(scale, 0) for scale in self.SCALES)
        self._picture.set_place(*steps, before=self._moved.before, fixed=self._fixed)

    def _picked(self, likelihood: int, consequence: int) -> None:
        self._held = {"likelihood": likelihood, "consequence": consequence}
        for scale, steps in self._rows.items():
            steps.set_value(str(self._held[scale]))
        self._show_score()
        self.changed.emit(dict(self._held))


def score_words(held: Mapping[str, int], words: MatrixWords) -> tuple[str, str]:
    """The score of a matrix answer in words ("12 · High") and the tone of its band."""
    score = held.get("likelihood", 0) * held.get("consequence", 0)
    if not score:
        return "No score yet", ""
    band = words.band(score)
    return (f"{score} · {band.word}", band.tone) if band else (str(score), "")
