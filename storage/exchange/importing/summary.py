"""What an import did, as the window shows it and the command line prints it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.exchange.importing.import_headings import Heading
from storage.exchange.importing.plan import ImportPlan
from storage.exchange.tables.sheet import Problem


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts, where `rows_read` is always the sum of the four after it; headings, problems and notes."""

    source: str
    rows_read: int
    created: int
    updated: int
    unchanged: int
    not_imported: int
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    things: str = "contracts"  # what the rows are

    def as_data(self) -> dict[str, object]:
        """The whole of it, ready for JSON."""
        return {
            "source": self.source,
            "rows_read": self.rows_read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "not_imported": self.not_imported,
            "problems": [
                {"row": p.row, "column": p.column, "value": p.value, "why": p.why} for p in self.problems
            ],
            "headings": [
                {"heading": h.heading, "goes": h.goes, "field": h.name, "label": h.label, "where": h.where}
                for h in self.headings
            ],
            "notes": list(self.notes),
        }

    @property
    def counts(self) -> str:
        """The counts in one sentence."""
        rows = "1 row" if self.rows_read == 1 else f"{self.rows_read:,} rows"
        return (
            f"{rows} read: {self.created:,} created, {self.updated:,} updated, "
            f"{self.unchanged:,} unchanged, {self.not_imported:,} not imported."
        )


def summary_of(plan: ImportPlan) -> Summary:
    """What writing a plan does, or did. Rows that were not decided on count as not imported."""
    return Summary(
        source=plan.sheet.source,
        rows_read=len(plan.rows),
        created=plan.count("create"),
        updated=plan.count("update"),
        unchanged=plan.count("unchanged"),
        not_imported=plan.count("not imported", "ask"),
        headings=tuple(plan.headings),
        problems=tuple(plan.problems),
        notes=tuple(plan.notes),
        things=in_sentence(plan.source.kind.record.PLURAL),
    )


def in_sentence(label: str) -> str:
    """A label within a sentence; what is written in capitals stays so."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
