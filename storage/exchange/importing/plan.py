"""What an import will do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from storage.engine.fields import Record
from storage.exchange.importing.import_headings import Choices, Heading
from storage.exchange.importing.list_links import Unmatched
from storage.exchange.importing.providers import Providers
from storage.exchange.importing.rows import Source, SourceRow
from storage.exchange.tables.sheet import Problem, Sheet
from storage.records.contracts import ImportRow, Party

What = Literal["create", "update", "unchanged", "not imported", "ask"]


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What happens to one row. `after` is the contract as it will be, when it changes."""

    row: SourceRow
    what: What
    contract: int | None = None  # the record a row is, of whichever list
    after: Record | None = None
    imported: ImportRow | None = None  # what will be remembered of the source
    provider: str | None = None  # the name to link to, empty to link none; None leaves it
    candidates: tuple[int, ...] = ()  # the contracts a row may be that must be asked about
    why: str = ""  # it is asked about or not imported
    before: Record | None = None  # the record as it is now
    news: Mapping[str, str] = field(default_factory=dict)  # records made along with it: by field, their names


@dataclass
class ImportPlan:
    """An import that is worked out and not yet written. While `questions` is not empty it cannot be written."""

    source: Source
    choices: Choices
    rows: list[RowPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    providers: Providers = field(default_factory=Providers)
    parties: dict[int, list[Party]] = field(default_factory=dict)  # of contracts whose provider changes
    candidates: dict[int, Record] = field(default_factory=dict)  # records that must be chosen from
    unmatched: list[Unmatched] = field(default_factory=list)  # words that name nothing that is known

    @property
    def sheet(self) -> Sheet:
        """The table it was made from."""
        return self.source.sheet

    @property
    def headings(self) -> list[Heading]:
        """Every heading with where it goes."""
        return self.source.headings

    @property
    def questions(self) -> list[str]:
        """The headings whose dates may be day first or month first."""
        return self.source.questions

    @property
    def missing(self) -> str:
        """The field that says what rows belong to, while no heading and nobody says it; empty otherwise."""
        kind = self.source.kind
        said = {h.name for h in self.headings} | self.choices.fixed.keys()
        return "" if not kind.owner or kind.owner in said else kind.owner

    @property
    def asked(self) -> list[RowPlan]:
        """Rows that fit more than one contract; written as they are, they are not imported."""
        return [row for row in self.rows if row.what == "ask"]

    @property
    def label(self) -> str:
        """What the step is called in the history."""
        return f"Import {self.sheet.source}"

    @property
    def writes(self) -> bool:
        """Whether there is anything to write, and so to back up before."""
        return any(row.what in ("create", "update") for row in self.rows)

    def count(self, *whats: What) -> int:
        """How many rows have one of these fates."""
        return sum(row.what in whats for row in self.rows)
