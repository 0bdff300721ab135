"""The annual summary of the Provider Selection Regime as a file: a workbook, a tagged PDF, or its counts as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storage.desk.procurement.psr_year import psr_year, year_words
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.exchange.files_out import not_written
from storage.exchange.paper.print_psr import psr_paper_of
from storage.exchange.paper.printing import write_pdf
from storage.exchange.published.psr_parts import psr_parts, summary_part
from storage.exchange.workbooks.sheet_parts import write_csv, write_workbook

ENDINGS = (".xlsx", ".pdf", ".csv")


class SummaryError(StorageError):
    """The summary could not be written; the message says why and that an earlier file is as it was."""


@dataclass(frozen=True, slots=True)
class SummaryWritten:
    """A summary in its place: of which year, and how many things could not be counted."""

    path: Path
    year: int
    not_counted: int

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        more = (
            f" {self.not_counted:,} could not be counted: it says which, and why." if self.not_counted else ""
        )
        return f"{self.path.name} written: annual summary {year_words(self.year)}.{more}"


def export_psr_summary(store: Store, path: Path, year: int | None = None) -> SummaryWritten:
    """Write the summary of the year that begins in April of `year`, of the last that is over where none is named.

    The ending of `path` says what is written; a CSV holds the counts alone. Raises `StorageError`; a file that was at
    `path` is then as it was.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise SummaryError(
            f"{path.name} is no name for a summary. Nothing was written. End it in {', '.join(ENDINGS)}."
        )
    found = psr_year(store, year)
    try:
        if ending == ".pdf":
            write_pdf(psr_paper_of(store, found), path)
        elif ending == ".csv":
            write_csv(path, summary_part(found))
        else:
            write_workbook(path, psr_parts(found), found.summary.title)
    except OSError as error:
        raise SummaryError(not_written(error, path)) from error
    return SummaryWritten(path, found.year, len(found.not_counted))
