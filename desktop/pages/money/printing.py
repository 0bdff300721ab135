"""Puts what the money page shows on paper: its year and filter, long tables cut; for a large register on a thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.background import Background
from desktop.pages.money.making import AT_ONCE
from desktop.pages.money.sheets import INHERITED, Wish, chosen_lines
from desktop.pages.money.work import Read
from desktop.session import Session
from storage.desk.contract.inherited import portfolio
from storage.desk.finance.money import narrowed
from storage.engine.steps import Progress
from storage.exchange.paper.papers import Imprint, Paper
from storage.rules.money import financial_year_label

MOST = 300  # rows of a table in the preview
MOST_WHOLE = (
    2_000  # contracts up to which every row can be asked for there; the command line always prints them all
)


def paper_of(held: Read, wish: Wish, imprint: Imprint, most: int | None = MOST) -> Paper:
    """The money of the year wished for; from their tab the inherited contracts alone."""
    from storage.exchange.paper.print_money import inherited_paper_of, money_paper_of

    words = wish.words.strip()
    money = narrowed(held.money, chosen_lines(wish, held.money.lines)) if words else held.money
    if wish.tab == INHERITED:
        return inherited_paper_of(imprint, portfolio(money), words, most)
    return money_paper_of(imprint, money, wish.year, words, most)


def preview(parent: QWidget, session: Session, held: Read, wish: Wish) -> None:
    """Show it before it is printed."""
    from storage.exchange.paper.print_data import imprint_of

    imprint = imprint_of(session.store, session.today())
    count = len(held.money.lines)
    whole = partial(paper_of, held, wish, imprint, None) if MOST < count <= MOST_WHOLE else None
    show = partial(_show, parent, session, wish, whole)
    if count <= AT_ONCE:
        show(paper_of(held, wish, imprint))
        return
    work = Background(None, partial(_making, held, wish, imprint))
    work.finished.connect(show)
    work.failed.connect(session.failed)
    work.start()


def _making(held: Read, wish: Wish, imprint: Imprint, _nowhere: Path) -> Generator[Progress, None, Paper]:
    yield Progress(0, 1, "Making the pages")
    return paper_of(held, wish, imprint)


def _show(
    parent: QWidget, session: Session, wish: Wish, whole: Callable[[], Paper] | None, paper: object
) -> None:
    from desktop.dialogs.previews import preview_ready

    if not isValid(parent):
        return  # the window was closed meanwhile
    year = financial_year_label(wish.year).replace("/", "-")
    name = "Inherited contracts" if wish.tab == INHERITED else f"Money {year}"
    preview_ready(parent, session, cast("Paper", paper), name, whole)
