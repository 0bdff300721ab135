"""Break dates: days on which one side may end a contract before its end, each with notice of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.engine.values import Period, show_day
from storage.rules.explained import Explained, Reason
from storage.rules.notice import NoticeTerms, Side, by_whom, last_day_to_give_notice
from storage.rules.wording import clause_name, weekday_day


@dataclass(frozen=True, slots=True)
class Break:
    """A day at the end of which one side may end the contract; where each side has notice of its own, there are two."""

    on: date
    side: Side
    period: Period | None
    clause: str = ""


def break_notice(chance: Break) -> Explained[date | None]:
    """The last day on which the side that holds the break may give notice for it.

    The break fixes the end by itself, so notice for it neither runs to a month's end nor waits for another day.
    """
    terms = NoticeTerms(chance.period, clause=chance.clause, side=chance.side)
    held = Reason(f"A break {by_whom(chance.side)} on {weekday_day(chance.on)}.", clause_name(chance.clause))
    last = last_day_to_give_notice(chance.on, terms, (held,))
    return Explained(
        last.value, f"Break {by_whom(chance.side)} on {show_day(chance.on)}: {last.why}", last.reasons
    )


def breaks_in_reach(
    chances: Iterable[Break], today: date
) -> tuple[tuple[Break, Explained[date | None]], ...]:
    """The breaks that can still be used by notice given today or later, the soonest last day first."""
    found = ((chance, break_notice(chance)) for chance in chances)
    dated = [(last.value, chance, last) for chance, last in found if last.value and last.value >= today]
    dated.sort(key=lambda each: (each[0], each[1].on, each[1].side))
    return tuple((chance, last) for _, chance, last in dated)
