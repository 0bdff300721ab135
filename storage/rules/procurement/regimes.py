"""Which procurement rules apply, and which processes they offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from storage.engine.values import show_day
from storage.rules.explained import Explained, Reason
from storage.rules.procurement.reference import first_day, last_day, table, words

PSR, PA23, LIGHT_TOUCH, PCR2015, GRANT, NONE = "PSR", "PA23", "PA23-LT", "PCR2015", "grant", "none"


@dataclass(frozen=True, slots=True)
class Regime:
    """One set of rules, with the days between which a procurement could begin under it."""

    code: str
    title: str
    summary: str
    effective_from: date | None
    effective_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Process:
    """One way of buying: its conditions in short, whether it must be used where they are met, its standstill.

    `standstill` is must, voluntary or none; `route` is the code of its usual lead time, or empty.
    """

    code: str
    title: str
    regimes: tuple[str, ...]
    duty: str  # must or may
    conditions: tuple[str, ...]
    standstill: str
    route: str
    effective_from: date | None
    effective_to: date | None
    source: str


@cache
def regimes() -> tuple[Regime, ...]:
    """The regimes as shipped."""
    return tuple(
        Regime(row["code"], row["title"], row["summary"], first_day(row), last_day(row), row["source"])
        for row in table("regimes")["regimes"]
    )


@cache
def processes() -> tuple[Process, ...]:
    """The processes of every regime as shipped."""
    return tuple(
        Process(
            code=row["code"],
            title=row["title"],
            regimes=words(row, "regimes"),
            duty=row["duty"],
            conditions=words(row, "conditions"),
            standstill=row["standstill"],
            route=row["route"],
            effective_from=first_day(row),
            effective_to=last_day(row),
            source=row["source"],
        )
        for row in table("regimes")["processes"]
    )


def regime(code: str) -> Regime | None:
    """The regime with a code, or None."""
    return next((each for each in regimes() if each.code == code), None)


def process(code: str) -> Process | None:
    """The process with a code, or None."""
    return next((each for each in processes() if each.code == code), None)


def regime_called(said: str) -> Regime | None:
    """The regime a record names by its title or its code, in capitals or not; None for anything else."""
    return next((each for each in regimes() if _same(said, each.code, each.title)), None)


def process_called(said: str, regime_code: str) -> Process | None:
    """The process of a regime that a record names by its title or its code; None for anything else.

    Some titles stand under more than one regime, so the regime has to be known.
    """
    return next((each for each in processes_of(regime_code) if _same(said, each.code, each.title)), None)


def processes_of(regime_code: str) -> tuple[Process, ...]:
    """What can be chosen under a regime, in the order it is listed; empty for a grant and where no rules apply."""
    return tuple(each for each in processes() if regime_code in each.regimes)


@dataclass(frozen=True, slots=True)
class Purchase:
    """What decides which rules apply. None means that it is not known yet."""

    begun_on: date | None = None
    health_service: bool | None = None  # a health care service to patients, as SI 2023/1348 lists them
    light_touch: bool | None = None  # social care, education and other services to people
    mixed: bool = False  # health care bought together with something else
    grant: bool = False
    exempt: bool = False


def regime_for(purchase: Purchase, among: Iterable[Regime] | None = None) -> Explained[str | None]:
    """The code of the regime a procurement falls under, by what is bought and the day it began; None if unknown.

    What counts is the day the procurement began, not that of the award: an older one stays under its old rules.
    """
    known = {each.code: each for each in (regimes() if among is None else among)}
    if purchase.grant:
        return _answer(
            known, GRANT, "A grant is given, not procured; it is still published with the contracts."
        )
    if purchase.exempt:
        return _answer(known, NONE, "No procurement rules apply. Note the exemption that is relied on.")
    if purchase.health_service is None:
        return Explained(None, "Say whether this is a health care service to patients: the rules differ.")
    if purchase.begun_on is None:
        return Explained(None, "Say on which day the procurement began: that day decides which rules apply.")
    if purchase.health_service:
        return _health(known, purchase, purchase.begun_on)
    return _other(known, purchase, purchase.begun_on)


def modification_regime(awarded_under: str, health_service: bool | None) -> Explained[str | None]:
    """The regime whose test a change of a running contract has to pass; None if unknown.

    A health care contract is tested under the Provider Selection Regime, however long ago it was let.
    """
    if health_service is None and awarded_under in (PCR2015, ""):
        return Explained(None, "Say whether this is a health care service to patients: the test differs.")
    if health_service or awarded_under == PSR:
        why = "Changes of a health care contract are tested under the Provider Selection Regime"
        why += "." if awarded_under == PSR else ", also when it was let under older rules."
        return Explained(PSR, why, (Reason(why, "SI 2023/1348, regulations 13 and 29 (check)"),))
    if not awarded_under:
        return Explained(None, "Say under which rules the contract was let.")
    why = "Changes are tested under the rules the contract was let by."
    return Explained(awarded_under, why, (Reason(why, "Procurement Act 2023, transitional provisions"),))


def _health(known: dict[str, Regime], purchase: Purchase, begun_on: date) -> Explained[str | None]:
    """Health care: the regime of its own from its first day, the general regulations before."""
    since = known[PSR].effective_from if PSR in known else None
    if since is None or begun_on < since:
        return _by_day(known, begun_on, "before the Provider Selection Regime")
    why = f"A health care service, begun on {show_day(begun_on)}, since {show_day(since)} under this regime."
    if purchase.mixed:
        why += (
            " Bought together with something else: only if health care is the main part and the rest could not"
            " reasonably be bought apart."
        )
    return _answer(known, PSR, why, "SI 2023/1348, regulation 3" if purchase.mixed else "")


def _other(known: dict[str, Regime], purchase: Purchase, begun_on: date) -> Explained[str | None]:
    """Everything else: the Act from its first day, light or full, and the regulations before it."""
    since = known[PA23].effective_from if PA23 in known else None
    if since is None or begun_on < since:
        return _by_day(known, begun_on, "before the Procurement Act came into force")
    if purchase.light_touch is None:
        return Explained(
            None, "Say whether the service is light touch, such as social care: the rules are easier."
        )
    code = LIGHT_TOUCH if purchase.light_touch else PA23
    what = "A light touch service" if purchase.light_touch else "No health care and not light touch"
    return _answer(
        known, code, f"{what}, begun on {show_day(begun_on)}, since {show_day(since)} under the Act."
    )


def _by_day(known: dict[str, Regime], begun_on: date, when: str) -> Explained[str | None]:
    """The older regulations, if they were in force on that day; None when only still older ones were."""
    old = known.get(PCR2015)
    if old is None or (old.effective_from is not None and begun_on < old.effective_from):
        return Explained(None, f"The rules in force on {show_day(begun_on)} are older than those on record.")
    return _answer(known, PCR2015, f"Begun on {show_day(begun_on)}, {when}, and stays under the older rules.")


def _answer(known: dict[str, Regime], code: str, why: str, also: str = "") -> Explained[str | None]:
    """A regime with its sentence and its source."""
    found = known.get(code)
    title = found.title if found else code
    reasons = [Reason(why, found.source if found else "")]
    if also:
        reasons.append(Reason("Health care bought together with something else.", also))
    return Explained(code, f"{title}: {why[0].lower()}{why[1:]}", tuple(reasons))


def _same(said: str, *names: str) -> bool:
    """Whether words name something, blanks and capitals aside."""
    return " ".join(said.split()).casefold() in {name.casefold() for name in names}
