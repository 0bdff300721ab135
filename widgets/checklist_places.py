"""Where every heading and card of a checklist lies, made or not, by heights that are measured or likely."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from widgets.checklist_data import PartData, PartKind, QuestionData

Key = tuple[str, str]  # the letter of a section and the id of a question, which is blank for the heading
GAP = 12  # pixels between two of them
LETTER, LINE = 7.2, 19  # pixels of an ordinary letter and line of a question
NUMBER = 26
HEADING, FIRST_HEADING = 60, 52
_AROUND = 72  # edges, number and gaps: what a card needs besides its words
_BESIDE = 96  # the guidance, folded beside the words
_ASIDE = 275  # the column of guidance in a wide window
_PLAIN = 79  # a card without words and answers
_SINGLE = 32  # one line to answer in
_DEEP = {PartKind.MATRIX: 94, PartKind.TEXT: 44}
_ROW = 38


class Places:
    """One under another, those that are not seen left out. Heights are in pixels, tops are those of the column."""

    def __init__(self) -> None:
        self.above, self.below = 16, 24  # room over the first and under the last
        self.keys: Sequence[Key] = ()  # those that are seen, in order
        self._heights: dict[Key, int] = {}
        self._index: dict[Key, int] = {}
        self._tops: list[int] = []
        self._bottoms: list[
            int
        ] = []  # as they were laid: a height that is not known any more changes nothing yet
        self.total = 0

    def forget(self) -> None:
        """No height is known any more: the width is another."""
        self._heights.clear()

    def drop(self, key: Key) -> None:
        """The height of one is not known any more."""
        self._heights.pop(key, None)

    def knows(self, key: Key) -> bool:
        """Whether one has a height."""
        return key in self._heights

    def measured(self, key: Key, height: int) -> bool:
        """Take the height of one; whether that is another than before."""
        changed = self._heights.get(key) != height
        self._heights[key] = height
        return changed

    def lay(self, keys: Sequence[Key]) -> None:
        """Put those that are seen under one another. Every one of them must have a height."""
        self.keys = keys
        self._index = {key: place for place, key in enumerate(keys)}
        top, self._tops, self._bottoms = self.above, [], []
        for key in keys:
            self._tops.append(top)
            top += self._heights[key]
            self._bottoms.append(top)
            top += GAP
        self.total = (self._bottoms[-1] if self._bottoms else self.above) + self.below

    def has(self, key: Key) -> bool:
        """Whether one is seen."""
        return key in self._index

    def top(self, key: Key) -> int:
        """Where one begins."""
        return self._tops[self._index[key]]

    def height(self, key: Key) -> int:
        """How high one is."""
        return self.bottom(key) - self.top(key)

    def bottom(self, key: Key) -> int:
        """Where one ends."""
        return self._bottoms[self._index[key]]

    def at(self, y: int) -> Key:
        """The last one that begins above a height, or the first of all."""
        return self.keys[max(0, bisect_right(self._tops, y) - 1)]

    def between(self, top: int, bottom: int) -> Sequence[Key]:
        """Those that lie in a stretch, or partly."""
        first = max(0, bisect_right(self._tops, top) - 1)
        if first < len(self.keys) and self._bottoms[first] <= top:
            first += 1
        return self.keys[first : bisect_left(self._tops, bottom)]

    def around(self, question: Key | None, *, forward: bool) -> Sequence[Key]:
        """The one of a question with those up to the next and the last question; without one, those at an end."""
        if not self.keys:
            return ()
        if question is None:
            whole = self.keys if forward else self.keys[::-1]
            count = next((n for n, key in enumerate(whole, start=1) if key[1]), len(whole))
            return whole[:count] if forward else whole[:count][::-1]
        place = self._index[question]
        first, last = place - 1, place + 1
        while first > 0 and not self.keys[first][1]:
            first -= 1
        while last < len(self.keys) - 1 and not self.keys[last][1]:
            last += 1
        return self.keys[max(0, first) : last + 1]


def number_room(number: str) -> int:
    """How wide the number of a question is on its card: two letters fit the narrowest."""
    return NUMBER + max(0, len(number) - 2) * 9


def likely_height(question: QuestionData, width: int, *, wide: bool) -> int:
    """How high the card of a question will be, near enough for a scroll bar until it is made."""
    room = max(120, width - _AROUND - (_ASIDE if wide else _BESIDE if question.guidance else 0))
    lines = _lines(question.text, room)
    shown = [part for part in question.parts if part.shown]
    said = LINE + 4 if question.not_asked or question.condition else 0
    boxes = sum(1 for words in (question.note, question.reason, question.mitigation) if words)
    needs = 26 if question.needs else 0
    waiver = 40 if question.gate.waiver else 0
    return _PLAIN + lines * LINE + said + boxes * 42 + needs + waiver + sum(map(_part_height, shown))


def _part_height(part: PartData) -> int:
    label = 20 if part.label and part.kind in (PartKind.ROWS, PartKind.MATRIX) else 0
    if part.kind in (PartKind.ROWS, PartKind.MONEY_BY_YEAR):
        held = len(part.value) if isinstance(part.value, Sequence | dict) else 0
        return label + 30 + _ROW * max(len(part.rows), held, part.least, 1) + (0 if part.rows else 30)
    if part.kind is PartKind.CHOICES:
        return label + 26 * -(-len(part.options) // 2)
    proposed = 40 if part.proposal else 0
    return label + _DEEP.get(part.kind, _SINGLE) + proposed


def _lines(words: str, room: int) -> int:
    return max(1, -(-round(len(words) * LETTER) // room))
