"""The views every list begins with: they move with the calendar and with whoever keeps the file, and cannot be lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from storage.desk.lists.arrangement import Arrangement
from storage.desk.office import office
from storage.engine.conditions import Where
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import Period
from storage.engine.values_today import FromToday
from storage.rules.position import CANCELLED, DRAFT, EXPIRED, NOTICE_SERVED, ROLLING, RUNNING_ON, TERMINATED

TODAY = FromToday(Period(0, "d"))
NAMELESS = "This view needs your name: fill it in under Settings → My organisation and me."
_ENDED = Where("position", "is not", (TERMINATED, CANCELLED))
_OVER = Where("position", "is not", (DRAFT, EXPIRED, TERMINATED, CANCELLED))
_NOTICE_PAST = Where("position", "is not", (DRAFT, NOTICE_SERVED, EXPIRED, TERMINATED, CANCELLED))
_SERVING = (
    "reference", "title", "provider_name", "ends", "notice_commissioner", "serve_by", "notice_by",
    "current_value", "position",
)  # fmt: skip
_ACTING = (
    "reference", "title", "provider_name", "ends", "act_by", "extend_by", "start_by", "current_value", "position",
)  # fmt: skip
_GOING_ON = (
    "reference", "title", "provider_name", "renewal", "rolls", "ends", "notice_by", "current_value",
    "position",
)  # fmt: skip
_WHOSE = ("reference", "title", "provider_name", "lead_commissioner", "ends", "notice_by", "position")


@dataclass(frozen=True, slots=True)
class Starting:
    """A view that comes with the program; `missing` says what it still needs, in words."""

    name: str
    arrangement: Arrangement
    missing: str = ""


def starting_views(reader: Reader, page: str) -> list[Starting]:
    """The starting views of a list, as they are for whoever keeps this file."""
    make = _PAGES.get(page)
    return make(office(reader).person.strip()) if make else []


def _contracts(person: str) -> list[Starting]:
    ending = (Where("ends", "between", (TODAY, FromToday(Period(12, "m")))), _ENDED)
    soon = (FromToday(Period(90, "d")),)
    acting = (Where("act_by", "on or before", soon), _OVER)  # what should have begun is in it too
    serving = (
        Where("notice_by", "on or after", (TODAY,)), Where("serve_by", "on or before", soon), _NOTICE_PAST,
    )  # fmt: skip
    going_on, endless = Where("position", "any of", (RUNNING_ON, ROLLING)), Where("ends", "blank")
    return [
        _sorted("Ending within 12 months", ending, "ends"),
        _sorted("Last safe day within 90 days", acting, "act_by", _ACTING),
        _sorted("Notice to serve within 90 days", serving, "serve_by", _SERVING),
        _sorted("Running on or rolling", (going_on,), "ends", _GOING_ON),
        _sorted("No end date", (endless, _ENDED), "start"),
        _mine("lead_commissioner", person, "notice_by", _WHOSE),
    ]


def _actions(person: str) -> list[Starting]:
    still_open = Where("status", "is", ("Open",))
    return [
        _sorted("Open", (still_open,), "due"),
        _sorted("Overdue", (still_open, Where("due", "before", (TODAY,))), "due"),
        _mine("owner", person, "due", (), still_open),
    ]


def _sorted(name: str, where: tuple[Where, ...], by: str, columns: tuple[str, ...] = ()) -> Starting:
    return Starting(name, Arrangement(columns, where, order=(Order(by),)))


def _mine(field: str, person: str, by: str, columns: tuple[str, ...], *more: Where) -> Starting:
    where = (Where(field, "is", (person,)), *more)
    return replace(_sorted("Mine", where, by, columns), missing="" if person else NAMELESS)


_PAGES: Mapping[str, Callable[[str], list[Starting]]] = {"contracts": _contracts, "actions": _actions}
