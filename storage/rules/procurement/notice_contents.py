"""What the text of each notice has to say, item by item, and what of it is not on record yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from storage.rules.procurement.intention import NoticeItem, missing_from_notice, needed_items
from storage.rules.procurement.reference import table, words

INTENTION = "PSR-intention"


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One item of a notice: its heading, its words as they are on record, and where it is laid down."""

    title: str
    words: str
    missing: bool
    source: str


@cache
def contents(code: str) -> tuple[NoticeItem, ...]:
    """The items of a notice, as shipped; none for a notice of which nothing is laid down here."""
    held = table("notice_contents")
    for row in held["contents"]:
        if code in row["notices"]:
            titles = held["items"]
            return tuple(NoticeItem(key, titles[key], row["source"]) for key in words(row, "items"))
    return ()


def notice_lines(code: str, process: str, facts: Mapping[str, str | bool]) -> tuple[NoticeLine, ...]:
    """The notice item by item. `facts` are words by the item’s key; False says that there is none of it.

    The notice of intention says what SI 2023/1348, Schedules 3 and 10, list; others what `contents` has.
    """
    items = needed_items(facts, process) if code == INTENTION else contents(code)
    lacking = {each.key for each in missing_from_notice(facts, process, items).value}
    return tuple(
        NoticeLine(item.title, _said(facts.get(item.key, "")), item.key in lacking, item.source)
        for item in items
    )


def _said(fact: str | bool) -> str:
    if isinstance(fact, bool):
        return "Yes" if fact else "None"
    return fact.strip()
