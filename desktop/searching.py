"""The one search: commands and records together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from desktop.commands import Command
from desktop.pages.page import Place
from storage.desk.lists.views import views_of
from storage.engine.conditions import Where
from storage.engine.fields import RECORDS, Record
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.search import Hit
from storage.records.actions import Action
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.services import Service
from storage.records.specifications import Section, Specification
from storage.text.plain import unmarked
from widgets.palette import Entry

PLACES = {  # table: (group in the results, page, icon)
    "contract": ("Contracts", "contracts", "briefcase"),
    "organisation": ("Providers", "providers", "buildings"),
    "service": ("Services", "services", "first-aid-kit"),
    "specification": ("Specifications", "specifications", "file-text"),
    "specification_section": ("Inside specifications", "specifications", "text-align-left"),
    "checklist_run": ("Checklists", "checklists", "check-square"),
    "checklist_answer": ("Answers", "checklists", "list-checks"),
    "action": ("Actions", "actions", "flag"),
    "attached_document": ("Documents", "contracts", "paperclip"),
    "person": ("People", "providers", "user"),
}
PARTS: Mapping[str, str] = {
    "kpi": "kpis",
    "review_meeting": "meetings",
    "notice": "running",
    "variation": "running",
    "performance_notice": "performance",
    "improvement_plan": "performance",
    "risk": "risks",
    "procurement": "procurement",
    "published_notice": "procurement",
    "letter": "letters",
}  # what a contract has, with the tab that opens it
PLACES |= dict.fromkeys(PARTS, ("Inside contracts", "contracts", "briefcase"))
TABS = {"attached_document": "documents"}  # where in its record it stands
LISTS: Mapping[str, type[Record]] = {
    "contracts": Contract,
    "providers": Organisation,
    "services": Service,
    "specifications": Specification,
    "checklists": Run,
    "actions": Action,
}  # the pages whose lists have views
VIEW = "view"
MOST_COMMANDS, MOST_RECORDS, MOST_NAMED, MOST_VIEWS = 6, 24, 3, 4
MEANT = 3  # letters that begin a command, and are then taken to mean it
REFERRED: tuple[type[Record], ...] = (Contract, Specification, Run, Service)
WITHIN = {
    "specification_section": "specification",
    "checklist_answer": "run",
    "attached_document": "contract",
    **dict.fromkeys(PARTS, "contract"),
    "published_notice": "procurement",
}  # opened in the record they belong to


class Searching:
    """Finds commands by their words and records by theirs."""

    def __init__(self, reader: Reader, commands: Callable[[], Sequence[Command]]) -> None:
        self._reader = reader
        self._commands = commands

    def find(self, words: str) -> list[Entry]:
        """What fits the words; without words, the commands people start with."""
        fitting = [c for c in self._commands() if _fits(c.title, words)]
        fitting.sort(key=partial(_late, words))
        found = [_command(c) for c in fitting[:MOST_COMMANDS]]
        if not words:
            return found
        named = self._named(words)
        keys = {entry.key for entry in named}
        views = self._views(words)
        hits = [_record(h) for h in self._reader.find(words, limit=MOST_RECORDS) if h.table in PLACES]
        records = [*named, *(entry for entry in hits if entry.key not in keys)]
        meant = len(words) >= MEANT and fitting and not _late(words, fitting[0]) and not named
        return [*found, *views, *records] if meant else [*views, *records, *found]

    def _views(self, words: str) -> list[Entry]:
        """The views of all lists whose names have the words."""
        if len(words) < MEANT:
            return []
        fitting = [
            Entry("Views", view.name, cls.PLURAL, "table", f"{VIEW}/{page}/{view.key}")
            for page, cls in LISTS.items()
            for view in views_of(self._reader, page, cls)
            if not view.missing and _fits(f"{view.name} {cls.PLURAL}", words)
        ]
        return fitting[:MOST_VIEWS]

    def _named(self, words: str) -> list[Entry]:
        """The records whose reference is just these words."""
        if not any(letter.isdigit() for letter in words):
            return []
        asked = Query((Where("reference", "is", (words,)),))
        every = [(cls, r) for cls in REFERRED for r in self._reader.all(cls, asked)[:MOST_NAMED]]
        return [_record(Hit(cls.TABLE, r.key, r.name, words.upper())) for cls, r in every]

    def place(self, key: str) -> Place | None:
        """Where a record found leads."""
        table, _, number = key.partition("/")
        if table == VIEW:
            page, _, view = number.partition("/")
            return Place(page, view=view)
        if table not in PLACES:
            return None
        found, tab = int(number), TABS.get(table, "")
        if table in PARTS:
            tab = f"{PARTS[table]}/{table}/{number}/"
            if table == "published_notice":
                table, found = "procurement", self._owner(table, found)
        if table in WITHIN:
            found = self._owner(table, found)
        elif table == "person":
            found = self._owner(table, found, "organisation")
        return Place(PLACES[table][1], found, tab) if found else Place(PLACES[table][1])

    def _owner(self, table: str, number: int, link: str = "") -> int:
        found = self._reader.many(RECORDS[table], [number]).get(number)
        owner = getattr(found, link or WITHIN[table], None)
        return owner if isinstance(owner, int) else 0


def _fits(title: str, words: str) -> bool:
    folded = title.casefold()
    return all(w in folded for w in words.casefold().split())


def _late(words: str, command: Command) -> bool:
    """Commands that begin with the words come before those that hold them."""
    return not command.title.casefold().startswith(words.casefold())


def _command(command: Command) -> Entry:
    return Entry("Commands", command.title, command.shortcut, command.icon or "dot", f"command/{command.key}")


def _record(hit: Hit) -> Entry:
    group, _, icon = PLACES[hit.table]
    excerpt = unmarked(hit.excerpt) if hit.table == Section.TABLE else hit.excerpt
    line = "" if excerpt == hit.title else excerpt
    if hit.table in PARTS:
        line = " · ".join(words for words in (RECORDS[hit.table].LABEL, line) if words)
    return Entry(group, hit.title, line, icon, f"{hit.table}/{hit.id}")
