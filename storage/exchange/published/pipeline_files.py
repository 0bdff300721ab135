"""The procurement pipeline as a file: a workbook, a tagged PDF, or CSV."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from storage.desk.procurement.pipeline import USUAL_YEARS, Pipeline, pipeline
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.engine.values import long_day, show_day, show_money_short
from storage.exchange.files_out import not_written
from storage.exchange.paper.papers_money import MoneyColumn, MoneyPaper, MoneySection, MoneyTable
from storage.exchange.paper.print_data import imprint_of
from storage.exchange.paper.printing import write_pdf
from storage.exchange.workbooks.sheet_parts import PartColumn, SheetPart, write_csv, write_workbook

TITLE = "Procurement pipeline"
ENDINGS = (".xlsx", ".pdf", ".csv")
_NONE = "Nothing has to be bought again in this time."
_COLUMNS = (
    PartColumn("Begin by", 8), PartColumn("Reference", 8), PartColumn("Contract", 18), PartColumn("Provider now", 14),
    PartColumn("Rules next time", 12), PartColumn("Route next time", 14), PartColumn("Decide on extending by", 9),
    PartColumn("New contract starts", 9), PartColumn("Value of the contract now (£)", 10, figures=True),
    PartColumn("CPV code", 8), PartColumn("Directorate", 10), PartColumn("Contract manager", 10),
    PartColumn("In the pipeline notice", 8), PartColumn("Why", 18),
)  # fmt: skip
_PRINTED = (
    MoneyColumn("Begin by", 10), MoneyColumn("Contract", 24), MoneyColumn("Provider now", 16),
    MoneyColumn("Rules and route next", 18), MoneyColumn("New contract starts", 11),
    MoneyColumn("Value now", 11, figures=True),     MoneyColumn("Pipeline notice", 18),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PipelineWritten:
    """A pipeline in its place, and how many procurements it lists."""

    path: Path
    planned: int


def export_pipeline(store: Store, path: Path, years: int | None = None) -> PipelineWritten:
    """Write what is to be bought again within so many years; the ending of `path` says as what.

    Raises `StorageError`; a file that was at `path` is then as it was.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise StorageError(
            f"{path.name} is no name for a pipeline. Nothing was written. End it in {', '.join(ENDINGS)}."
        )
    found = pipeline(store, years or USUAL_YEARS)
    try:
        if ending == ".pdf":
            write_pdf(pipeline_paper(store, found), path)
        elif ending == ".csv":
            write_csv(path, _part(found))
        else:
            write_workbook(path, [_part(found)], TITLE)
    except OSError as error:
        raise StorageError(not_written(error, path)) from error
    return PipelineWritten(path, len(found.planned))


def _part(found: Pipeline) -> SheetPart:
    rows = tuple(
        (
            p.begin_by, p.reference, p.title, p.provider, p.regime, p.route, p.extend_by, p.starts,
            None if p.value is None else Decimal(p.value) / 100, p.cpv, p.directorate, p.manager, p.announced, p.why,
        )
        for p in found.planned
    )  # fmt: skip
    return SheetPart(TITLE, _COLUMNS, rows, _NONE)


def pipeline_paper(store: Store, found: Pipeline) -> MoneyPaper:
    """The pages of a pipeline that was made."""
    rows = tuple(
        (
            show_day(p.begin_by) if p.begin_by else "Not known",
            _joined(p.title, p.reference),
            p.provider,
            _joined(p.regime, p.route),
            _joined(show_day(p.starts) if p.starts else "",
                    f"or extend: decide by {show_day(p.extend_by)}" if p.extend_by else ""),
            show_money_short(p.value) if p.value is not None else "",
            _joined(p.announced, p.why),
        )
        for p in found.planned
    )  # fmt: skip
    return MoneyPaper(
        imprint=imprint_of(store, found.first),
        title=TITLE,
        subject=f"{long_day(found.first)} to {long_day(found.last)}",
        said=found.notice,
        sections=(MoneySection("What is to be bought again", MoneyTable(_PRINTED, rows, none=_NONE)),),
    )


def _joined(*words: str) -> str:
    return "\n".join(each for each in words if each)
