"""What a person should know about the rows of a register: no reference, repeated ones, doubles, no status."""

from __future__ import annotations

from collections import defaultdict

from storage.exchange.importing.plan import ImportPlan
from storage.exchange.importing.rows import SourceRow
from storage.exchange.tables.sheet import Problem


def add_findings(plan: ImportPlan) -> None:
    """Complete the problems and notes of a plan, problems in the order of the file."""
    source = plan.source
    plan.notes += source.sheet.notes
    _tell_stage(plan)
    blank, repeated, double = _of_references(plan)
    plan.problems += source.problems + blank + repeated + double + _of_rows(plan)
    place = {heading: i for i, heading in enumerate(source.sheet.headings)}
    plan.problems.sort(key=lambda p: (p.row, place.get(p.column, -1)))
    _count(plan, len(blank), len(repeated), len(double))


def _tell_stage(plan: ImportPlan) -> None:
    """New contracts without a status are taken as signed; that is said."""
    made = [row.row for row in plan.rows if row.what == "create"]
    silent = sum("stage" not in row.values for row in made)
    if not silent:
        return
    if silent == len(made):
        which = f"all {silent:,} new contracts are" if silent > 1 else "the new contract is"
        plan.notes.append(f"The file does not say a status: {which} taken as Signed.")
    else:
        which = f"{silent:,} new contracts: they are" if silent > 1 else "one new contract: it is"
        plan.notes.append(f"The file does not say the status of {which} taken as Signed.")


def _of_references(plan: ImportPlan) -> tuple[list[Problem], list[Problem], list[Problem]]:
    """Rows without a reference, with one of another row, and rows that are another row again."""
    source = plan.source
    named, titled = source.heading_of("reference"), source.heading_of("title")
    first: dict[str, int] = {}
    by_reference: dict[str, list[SourceRow]] = defaultdict(list)
    blank, repeated, double = [], [], []
    for row in source.rows:
        earlier = first.setdefault(row.fingerprint, row.number)
        reference = " ".join(str(row.cells.get("reference", "")).split()).casefold()
        if row.occurrence:
            why = f"Every cell says the same as in row {earlier}. Each is a contract of its own."
            double.append(_problem(row, titled, why))
        elif reference:
            by_reference[reference].append(row)
        if named and not reference and named not in row.unread:
            blank.append(_problem(row, named, "No reference. It is a contract of its own all the same."))
    for rows in by_reference.values():
        for row in rows[1:]:
            why = f"Row {rows[0].number} has this reference too. Each is a contract of its own."
            repeated.append(_problem(row, named, why))
    return blank, repeated, double


def _of_rows(plan: ImportPlan) -> list[Problem]:
    """Rows that are not imported, with the reason."""
    titled = plan.source.heading_of("title")
    return [_problem(row.row, titled, f"{row.why} Not imported." if row.what == "ask" else row.why)
            for row in plan.rows if row.why]  # fmt: skip


def _problem(row: SourceRow, heading: str, why: str) -> Problem:
    return Problem(row.number, heading, row.raw.get(heading, ""), why)


def _count(plan: ImportPlan, blank: int, repeated: int, double: int) -> None:
    if plan.source.rows and not plan.source.heading_of("reference"):
        plan.notes.append("No column of the file holds the reference of a contract.")
    counted = (
        (blank, "row has no reference", "rows have no reference"),
        (repeated, "row repeats the reference of another", "rows repeat the reference of another"),
        (double, "row is another row again in every cell", "rows are another row again in every cell"),
    )
    said = [f"{n:,} {one if n == 1 else many}" for n, one, many in counted if n]
    if said:
        listed = " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
        plan.notes.append(f"{listed}. Each is a contract of its own.")
    if asked := plan.count("ask"):
        rows = "1 row fits" if asked == 1 else f"{asked:,} rows fit"
        plan.notes.append(f"{rows} more than one contract, or share one, and need your decision.")
