"""The timeline's labels never collide or leave the picture, and it can be read aloud."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.theme import apply_theme
from widgets.timeline import GAP, Label, Term, TermMark, TermPart, TermTimeline, described, spread

CORE = TermPart("Core, 3 years", date(2024, 4, 1), date(2027, 3, 31))
USED = TermPart("+1 used", date(2027, 4, 1), date(2028, 3, 31), "used")
OPEN = TermPart("+1 open", date(2028, 4, 1), date(2029, 3, 31), "open")
NOTICE = TermMark("Notice by 30 Sep 2027", date(2027, 9, 30), "amber")
TERM = Term((CORE, USED, OPEN), (NOTICE,), date(2026, 11, 24), date(2028, 3, 31))

WISHES = st.lists(st.tuples(st.floats(-50, 700), st.floats(10, 180)), max_size=7)


@given(wishes=WISHES, room=st.floats(200, 800))
def test_labels_never_overlap_and_stay_inside(wishes: list[tuple[float, float]], room: float) -> None:
    labels = [Label("x", left, width) for left, width in sorted(wishes)]
    placed = spread(labels, room)
    assert len(placed) == len(labels)
    taken: dict[int, list[tuple[float, float]]] = {}
    for label, (line, left) in zip(labels, placed, strict=True):
        assert left >= -0.001 and left + label.width <= room + 0.001
        taken.setdefault(line, []).append((left, left + label.width))
    for spans in taken.values():
        for (_, end), (start, _) in pairwise(sorted(spans)):
            assert start - end >= GAP - 0.001
    assert sorted(taken) == list(range(len(taken)))


@given(wishes=WISHES, room=st.floats(200, 800))
def test_a_label_never_moves_away_from_its_mark(wishes: list[tuple[float, float]], room: float) -> None:
    labels = [Label("x", left, width) for left, width in sorted(wishes)]
    for label, (_, left) in zip(labels, spread(labels, room), strict=True):
        within = min(max(0.0, label.left), room - label.width)  # its wish, as far as the room goes
        assert abs(left - within) <= label.width / 2 + 0.001


def test_labels_with_room_stay_where_they_wish() -> None:
    labels = [Label("a", 10, 30), Label("b", 100, 30)]
    assert spread(labels, 300) == [(0, 10), (0, 100)]


def test_it_says_in_words_what_it_draws() -> None:
    words = described(TERM)
    assert "Core, 3 years, certain, 1 Apr 2024 to 31 Mar 2027" in words
    assert "+1 open, extension open" in words
    assert "Notice by 30 Sep 2027" in words
    assert described(Term()) == "No term yet"


def test_an_open_end_is_said() -> None:
    assert "with no end date" in described(Term((TermPart("Core", date(2024, 4, 1), None),)))


TERMS = {
    "full": TERM,
    "empty": Term(),
    "open-ended": Term((TermPart("Core", date(2024, 4, 1), None),), (NOTICE,), date(2026, 11, 24)),
    "one day": Term((TermPart("Core", date(2024, 4, 1), date(2024, 4, 1)),)),
    "long over": Term((CORE,), (), date(2036, 1, 1)),
    "many marks": Term((CORE,), tuple(TermMark(f"Review {n}", CORE.start + timedelta(n)) for n in range(6))),
}


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
@pytest.mark.parametrize("width", [200, 340, 560])
@pytest.mark.parametrize("dark", [False, True])
def test_every_term_draws(qtbot: QtBot, qapp: QApplication, term: Term, width: int, dark: bool) -> None:
    apply_theme(qapp, dark=dark)
    drawn = TermTimeline()
    qtbot.addWidget(drawn)
    drawn.resize(width, 90)
    drawn.set_term(term)
    assert drawn.accessibleName() == described(term)
    assert drawn.height() == 0 or not drawn.grab().isNull()
    apply_theme(qapp, dark=False)


def test_a_narrow_timeline_names_short_parts_below(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    drawn = TermTimeline(TERM)
    qtbot.addWidget(drawn)
    drawn.resize(560, 90)
    drawn.show()
    wide = drawn.height()
    drawn.resize(200, 90)
    qtbot.waitUntil(lambda: drawn.height() > wide)
