"""The main job without a window: the sample, a register brought in, a workbook and two printed checklists."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from importlib import resources
from pathlib import Path

import storage.records  # noqa: F401  (enters every record before a file is opened)
from storage.desk.beginning.sample import sample_copy
from storage.engine.backup import backups
from storage.engine.conditions import Where
from storage.engine.errors import StorageError, explain_os
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.engine.steps import IMPORT
from storage.engine.store import Store
from storage.records.assessments import Run

REGISTER, WORKBOOK = "register.csv", "Contract register.xlsx"
BLANK, COMPLETED = "Blank checklist T01.pdf", "Completed checklist T04.pdf"
USAGE = "python -m desktop.unattended OUT_FOLDER"


def run_unattended(out: Path) -> None:
    """Make every file in a folder and name each on its own line. Raises `StorageError` when one cannot be made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain_os(error, f"make the folder {out}") from error
    path = sample_copy(out)
    print(f"Sample file: {out / path.name}")
    with closing(open_store(path)) as store:
        print(f"Backup before the import: {backups.make(store, backups.BEFORE_IMPORT).path}")
        print(f"Register brought in: {_bring_register(store)}")
        print(f"Workbook: {_export(store, out / WORKBOOK)}")
        print(f"Blank checklist: {_print_blank(store, out / BLANK)}")
        print(f"Completed checklist: {_print_completed(store, out / COMPLETED)}")


def _bring_register(store: Store) -> str:
    """Import the register that comes with the sample; what happened, in one line."""
    from storage.exchange.importing.register_import import plan_import, summary_of, write_import
    from storage.exchange.tables.tabular import read_table

    register = resources.files("resources").joinpath("sample", REGISTER)
    with resources.as_file(register) as source:
        plan = plan_import(store, read_table(source))
    for _ in store.long_step(plan.label, write_import(store, plan), IMPORT):
        pass
    return f"{REGISTER}. {summary_of(plan).counts}"


def _export(store: Store, path: Path) -> str:
    from storage.exchange.workbooks.register import export_register

    done = export_register(store, path, today=store.today())
    return f"{path} ({done.contracts:,} contracts)"


def _print_blank(store: Store, path: Path) -> str:
    from storage.exchange.paper.print_checklist import blank_checklist
    from storage.exchange.paper.printing import write_pdf

    write_pdf(blank_checklist("T01", store.today(), store=store), path)
    return str(path)


def _print_completed(store: Store, path: Path) -> str:
    from storage.exchange.paper.print_checklist import checklist_paper
    from storage.exchange.paper.printing import write_pdf

    signed = store.ids(Run, Query(where=(Where("template", "is", ("T04",)), Where("signed_on", "not blank"))))
    write_pdf(checklist_paper(store, signed[0]), path)
    return str(path)


def main(words: Sequence[str]) -> int:
    """Run with the folder named; an error is one plain line on stderr and exit code 1, wrong usage 2."""
    if len(words) != 1 or words[0].startswith("-"):
        print(f"usage: {USAGE}", file=sys.stderr)
        return 2
    out = Path(words[0])
    os.environ[backups.HOME] = str(out.absolute())  # so that the backups lie there too, and nothing outside
    try:
        run_unattended(out)
    except StorageError as error:
        print(f"commissioning-desk: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
