"""Puts all risks of a checklist, a contract or the file on one printed matrix with its table."""

from __future__ import annotations

from storage.desk.checklists.risk_board import BoardRisk, RiskBoard
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.exchange.paper.papers import BoardPaper, RiskPaper
from storage.exchange.paper.papers_risks import RisksPaper
from storage.exchange.paper.print_data import imprint_of
from storage.rules.risk_movement import Way
from storage.rules.risks import STEPS

TITLE = "Risks on one matrix"
MARKS = {Way.UP: " ↑", Way.DOWN: " ↓"}
MOST_IN_SQUARE = 24  # numbers; the rest is counted


def risks_paper(store: Store, board: RiskBoard) -> RisksPaper:
    """The page of a matrix."""
    return RisksPaper(imprint_of(store, store.today()), TITLE, board.subject, board_paper(board))


def board_paper(board: RiskBoard) -> BoardPaper:
    """A matrix as it is printed, on its own page or in a checklist."""
    steps = range(1, STEPS + 1)
    held = {(x, y): board.at(x, y) for y in steps for x in steps}
    return BoardPaper(
        likelihood=board.scales.likelihood,
        consequence=board.scales.consequence,
        squares=tuple(_numbers(held[x, y]) for y in reversed(steps) for x in steps),
        bands=tuple(f"{b.name} {b.lowest} to {b.highest}: {b.escalate_to}" for b in board.scales.bands),
        rows=tuple(_row(risk) for risk in board.risks),
        counts=board.words,
        since=board.since,
        alt="Matrix of likelihood by consequence. " + " ".join(
            f"Likelihood {x}, consequence {y}: {', '.join(risk.number for risk in risks)}."
            for (x, y), risks in held.items() if risks
        ),
    )  # fmt: skip


def _numbers(risks: tuple[BoardRisk, ...]) -> tuple[str, ...]:
    said = tuple(f"{r.number}{MARKS.get(r.movement.way, '') if r.movement else ''}" for r in risks)
    left = len(said) - MOST_IN_SQUARE
    return said if left <= 0 else (*said[:MOST_IN_SQUARE], f"+{left}")


def _row(risk: BoardRisk) -> RiskPaper:
    return RiskPaper(
        risk.number, risk.words, risk.about, risk.place.words,
        risk.movement.from_words if risk.movement else "", risk.owner,
        show_day(risk.review_on) if risk.review_on else "",
    )  # fmt: skip
