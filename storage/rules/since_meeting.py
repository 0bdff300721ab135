"""What is new, gone, extended, slipped, up or down in value or rated otherwise between two showings of a register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import Enum

from storage.rules.position import CANCELLED, EXPIRED, NOTICE_SERVED, TERMINATED

Held = str | int  # a value as the file holds it: a date as 2027-03-31, an amount in pence, yes as 1
Values = Mapping[str, Held]  # by the name of the field; a blank is left out

SETTLED = frozenset((EXPIRED, TERMINATED, CANCELLED, NOTICE_SERVED))
"""Positions in which nothing is left to do by a planned day."""
AMOUNTS = ("current_value", "annual_value")
RATED = ("kpi_rating", "cqc_rating")
DECISION_DAYS = ("act_by", "decide_by")
"""Planned days of the next decision: to extend, or to buy anew."""
OTHER_DAYS = ("review_date", "form_target_date")
PLAN_DAYS = ("start_by", "extend_by")
"""Days of the two plans; one of them is the last safe day to act, and is then told only once."""
OPTIONS_TAKEN, OPTIONS_OPEN, BUYING_AGAIN = "options_taken", "options_open", "buying_again"
"""Values that are counted for a contract besides its own fields."""
_ENDS = ("current_end", "agreed_end", "ends")
_FOLLOW_EXTENSION = frozenset((*_ENDS, "end_by_term", OPTIONS_TAKEN, OPTIONS_OPEN, "extended"))
_TELLS = frozenset(("provider_name", "position"))  # worked out, but what a meeting asks about


class Kind(Enum):
    """The kinds of change, the most important first."""

    SLIPPED = "Slipped"
    RATING = "Rating changed"
    GONE = "Gone"
    NEW = "New"
    EXTENDED = "Extended"
    UP = "Value up"
    DOWN = "Value down"
    CHANGED = "Changed"
    FOLLOWS = "Worked out anew"


@dataclass(frozen=True, slots=True)
class Showing:
    """A register as it was shown: the day it stands for, and by UUID the values of each contract."""

    as_at: date
    contracts: Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `field` is empty where the contract itself came or went.

    A planned day that has passed with nothing done has the same value before and after, and `passed` set.
    """

    kind: Kind
    contract: str
    field: str = ""
    before: Held | None = None
    after: Held | None = None
    passed: bool = False


def compare(before: Showing, after: Showing, worked_out: AbstractSet[str]) -> list[Change]:
    """Every difference, contract by contract; `worked_out` names the fields that nobody types.

    - *new*: in the later showing only; *gone*: in the earlier one only.
    - *extended*: the agreed end is later, and an option was taken up in between, or the contract is marked as
      extended, or the new end lies within the latest end that was recorded before.
    - *slipped*: a planned day moved later although neither the end was extended nor an option decided; or it lay
      ahead and has passed, the contract is not over, no option was decided and buying anew has not begun. A start
      slips while the contract has not begun.
    - *value up* and *value down*: the current or the annual value, both known before and after.
    - *rating changed*: of its measures, or by the regulator; a blank counts as a rating.
    - *worked out anew*: only follows from something else, such as a day for notice from the end.
    - *changed*: anything else.

    What is told is complete: each field whose value differs has exactly one change.
    """
    found: list[Change] = []
    for contract, old in before.contracts.items():
        new = after.contracts.get(contract)
        if new is None:
            found.append(Change(Kind.GONE, contract))
        elif new != old or before.as_at != after.as_at:
            found += _Pair(contract, old, new, before.as_at, after.as_at, worked_out).changes()
    found += [Change(Kind.NEW, contract) for contract in after.contracts if contract not in before.contracts]
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """One contract in both showings."""

    contract: str
    old: Values
    new: Values
    was_on: date
    is_on: date
    worked_out: AbstractSet[str]

    def changes(self) -> Iterator[Change]:
        """What differs, in the order of the fields, and then the days that passed."""
        names = [name for name in dict.fromkeys([*self.new, *self.old]) if self._differs(name)]
        extended, passed = self._extended(), [*self._passed()]
        lead = next((name for name in _ENDS if name in names), "") if extended else ""
        for name in names:
            kind = Kind.SLIPPED if name in passed else self._kind(name, names, extended, lead)
            yield Change(kind, self.contract, name, self.old.get(name), self.new.get(name), name in passed)
        for name in passed:
            if name not in names:
                yield Change(Kind.SLIPPED, self.contract, name, self.old[name], self.new[name], passed=True)

    def _differs(self, name: str) -> bool:
        return self.old.get(name) != self.new.get(name)

    def _kind(self, name: str, names: list[str], extended: bool, lead: str) -> Kind:
        if name == lead:
            return Kind.EXTENDED
        if extended and name in _FOLLOW_EXTENSION:
            return Kind.FOLLOWS
        if name in RATED:
            return Kind.RATING
        if name in AMOUNTS and (way := self._amount(name)) is not None:
            return way
        if self._moved_later(name) and not extended and not self._decided():
            return Kind.SLIPPED
        if name == "ends" and not any(other in names for other in _ENDS[:2]):
            return Kind.CHANGED  # it rolled over, or runs on by its term
        return Kind.FOLLOWS if name in self.worked_out and name not in _TELLS else Kind.CHANGED

    def _amount(self, name: str) -> Kind | None:
        old, new = self.old.get(name), self.new.get(name)
        if not isinstance(old, int) or not isinstance(new, int):
            return None
        return Kind.UP if new > old else Kind.DOWN

    def _extended(self) -> bool:
        old, new = _text(self.old, "agreed_end"), _text(self.new, "agreed_end")
        if not old or new <= old:
            return False
        latest = max(_text(self.old, "max_end"), _text(self.old, "max_by_term"))
        taken = _count(self.new, OPTIONS_TAKEN) > _count(self.old, OPTIONS_TAKEN)
        return taken or _count(self.new, "extended") > 0 or new <= latest

    def _decided(self) -> bool:
        """Whether an option was taken up, declined or has lapsed in between: then the next day is another one."""
        return _count(self.new, OPTIONS_OPEN) < _count(self.old, OPTIONS_OPEN)

    def _moved_later(self, name: str) -> bool:
        old, new = _text(self.old, name), _text(self.new, name)
        if not old or new <= old:
            return False
        if name == "start":
            return new > self.is_on.isoformat()
        if name in OTHER_DAYS:
            return True
        told = name in PLAN_DAYS and all(_text(v, name) == _text(v, "act_by") for v in (self.old, self.new))
        return name in (*DECISION_DAYS, *PLAN_DAYS) and not told and not self._follows_end()

    def _follows_end(self) -> bool:
        """Whether the end itself is later, for whatever reason: the days counted back from it then follow it."""
        return _text(self.new, "ends") > _text(self.old, "ends") > ""

    def _passed(self) -> Iterator[str]:
        """The planned days that lay ahead at the earlier showing and have passed with nothing done."""
        if self.new.get("position") in SETTLED:
            return
        for name in (*DECISION_DAYS, *OTHER_DAYS):
            old, new = _text(self.old, name), _text(self.new, name)
            if old >= self.was_on.isoformat() and "" < new < self.is_on.isoformat() and not self._done(name):
                yield name

    def _done(self, name: str) -> bool:
        if name == "form_target_date":
            return self.new.get("contract_form") == self.new.get("form_target")
        return name in DECISION_DAYS and (self._decided() or _count(self.new, BUYING_AGAIN) > 0)


def _text(values: Values, name: str) -> str:
    return str(values.get(name, ""))


def _count(values: Values, name: str) -> int:
    held = values.get(name, 0)
    return held if isinstance(held, int) else 0
