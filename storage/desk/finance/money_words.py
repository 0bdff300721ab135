"""The money of a register in words, the same on screen and on paper."""

from __future__ import annotations

from storage.desk.finance.money import Figure
from storage.engine.values import show_money_short
from storage.rules.totals import Total

TO_BE_CONFIRMED = "to be confirmed"


def figure_words(figure: Figure) -> str:
    """A figure of a year, with TBC where it is still to be confirmed; empty where there is none."""
    said = figure.amount.words()
    if figure.pence is None:
        return "TBC" if said == TO_BE_CONFIRMED else ""
    return show_money_short(figure.pence) + (" TBC" if said.endswith(TO_BE_CONFIRMED) else "")


def over_words(pence: int | None) -> str:
    """How far something is from its plan: `£3,000 over`, `£12 under`, `on plan`; empty where that is not known."""
    if pence is None:
        return ""
    return f"{show_money_short(abs(pence))} {'over' if pence > 0 else 'under'}" if pence else "on plan"


def amount_words(pence: int | None) -> str:
    """An amount; nought is a dash, and one that is not known says so."""
    if pence is None:
        return "not known"
    return show_money_short(pence) if pence else "–"


def sum_words(total: Total) -> str:
    """A total in full; a dash where not one figure is known."""
    return "–" if total.pence is None else f"{total.bound} {show_money_short(total.pence)}".strip()


def unsure_words(total: Total) -> str:
    """What is not sure about a total, briefly."""
    said = []
    if total.to_be_confirmed or total.unconfirmed:
        said.append(f"{total.to_be_confirmed + total.unconfirmed:,} to be confirmed")
    if total.estimates:
        said.append(f"{total.estimates:,} estimated")
    if total.blank:
        said.append(f"{total.blank:,} without a figure")
    return ", ".join(said)


def exact_words(total: Total) -> str:
    """A total in full with how many amounts are missing from it or unsure, short enough for a cell."""
    tbc = total.to_be_confirmed + total.unconfirmed
    gaps = [f"{tbc:,} TBC"] if tbc else []
    gaps += [f"{total.blank:,} blank"] if total.blank else []
    return " + ".join([*([sum_words(total)] if total.pence is not None else []), *gaps]) or "–"
