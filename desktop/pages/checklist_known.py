"""Questions of a checklist as they were last drawn, so that after an answer only those it changes are drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from storage.checklists.parts import Part
from widgets.checklist_data import MatrixWords, Option, PartData, PartKind, QuestionData


class Fixed(NamedTuple):
    """What is shown of a part whatever is answered."""

    kind: PartKind
    options: tuple[Option, ...]
    matrix: MatrixWords
    columns: tuple[PartData, ...]
    rows: tuple[Option, ...]


class Drawn:
    """What each question was drawn from, and what came of it."""

    def __init__(self) -> None:
        self._shared: object = None  # what all of them were drawn from
        self._held: dict[str, tuple[tuple[object, ...], QuestionData]] = {}
        self._fixed: dict[
            int, tuple[Part, Fixed]
        ] = {}  # by the identity of the part, which is held so that it stays

    def clear(self) -> None:
        """Forget them: another checklist is shown."""
        self._held.clear()
        self._fixed.clear()

    def begin(self, shared: object) -> None:
        """Say what all questions are drawn from; when that has changed they are all drawn anew."""
        if shared != self._shared:
            self.clear()
            self._shared = shared

    def of(
        self, question: str, drawn_from: tuple[object, ...], draw: Callable[[], QuestionData]
    ) -> QuestionData:
        """A question as before while it is drawn from the same, else drawn anew."""
        held = self._held.get(question)
        if held is None or held[0] != drawn_from:
            held = self._held[question] = drawn_from, draw()
        return held[1]

    def fixed(self, part: Part, make: Callable[[Part], Fixed]) -> Fixed:
        """What of a part never changes, made once."""
        held = self._fixed.get(id(part))
        if held is None:
            held = self._fixed[id(part)] = part, make(part)
        return held[1]
