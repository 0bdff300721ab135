"""The key criteria of the Provider Selection Regime, and what its notice of intention to award has to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from storage.rules.explained import Explained, Reason
from storage.rules.procurement.reference import table, words

Fact = str | int | bool | None
"""What is on record for an item: words, pence, yes or no; False is told too, and means that there are none."""


@dataclass(frozen=True, slots=True)
class KeyCriterion:
    """One of the five things to be weighed, with the question it asks."""

    key: str
    title: str
    help: str
    source: str


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One thing the notice has to say; only for some processes, or only if another fact is so."""

    key: str
    title: str
    source: str
    processes: tuple[str, ...] = ()
    only_if: str = ""  # needed only where this fact is told and not “no”
    unless_none: str = ""  # not needed where this fact is told to be none


@cache
def key_criteria() -> tuple[KeyCriterion, ...]:
    """The five key criteria, as shipped (SI 2023/1348, regulation 5)."""
    return tuple(
        KeyCriterion(row["key"], row["title"], row["help"], row["source"])
        for row in table("psr_records")["criteria"]
    )


@cache
def notice_items() -> tuple[NoticeItem, ...]:
    """What a notice of intention has to say, as shipped (SI 2023/1348, Schedules 3 and 10)."""
    return tuple(
        NoticeItem(
            key=row["key"],
            title=row["title"],
            source=row["source"],
            processes=words(row, "processes"),
            only_if=row.get("only_if", ""),
            unless_none=row.get("unless_none", ""),
        )
        for row in table("psr_records")["items"]
    )


def missing_from_notice(
    facts: Mapping[str, Fact], process_code: str, items: Iterable[NoticeItem] | None = None
) -> Explained[tuple[NoticeItem, ...]]:
    """What the notice of intention for a process still lacks, in the order it is written.

    `facts` are by the item's key. Blank words are not told; False is, as “none” or “no”.
    """
    lacking = tuple(
        item
        for item in (notice_items() if items is None else items)
        if _needed(item, facts, process_code) and not _told(facts.get(item.key))
    )
    if not lacking:
        return Explained((), "Nothing is missing from the notice of intention.")
    titles = "; ".join(_inside(item.title) for item in lacking)
    reasons = tuple(Reason(f"Missing: {item.title}.", item.source) for item in lacking)
    return Explained(lacking, f"Still missing from the notice of intention: {titles}.", reasons)


def needed_items(facts: Mapping[str, Fact], process_code: str) -> tuple[NoticeItem, ...]:
    """What the notice of intention for a process has to say, as things stand, in the order it is written."""
    return tuple(item for item in notice_items() if _needed(item, facts, process_code))


def criteria_not_weighed(notes: Mapping[str, str]) -> Explained[tuple[KeyCriterion, ...]]:
    """The key criteria nothing is written about, by their keys: each has to be weighed and recorded."""
    lacking = tuple(each for each in key_criteria() if not notes.get(each.key, "").strip())
    if not lacking:
        return Explained((), "Something is written about each of the key criteria.")
    titles = "; ".join(_inside(each.title) for each in lacking)
    source = "SI 2023/1348, regulation 24"
    reasons = tuple(Reason(f"Nothing is written about: {each.title}.", source) for each in lacking)
    return Explained(lacking, f"Nothing is written yet about {titles}.", reasons)


def _needed(item: NoticeItem, facts: Mapping[str, Fact], process_code: str) -> bool:
    """Whether an item belongs into the notice of this process, as things stand."""
    if item.processes and process_code not in item.processes:
        return False
    if item.only_if and not facts.get(item.only_if):
        return False
    return not (item.unless_none and facts.get(item.unless_none) is False)


def _told(fact: Fact) -> bool:
    """Whether something is on record: blank words are nothing, nought and no are something."""
    return bool(fact.strip()) if isinstance(fact, str) else fact is not None


def _inside(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
