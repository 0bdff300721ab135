"""The command line for checklists that go out and come home: written as a file, sent to be filled in, brought back."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.commandline_files import file_open
from desktop.commandline_output import print_json
from storage.desk.lists.finding import find_run
from storage.exchange.forms.form_files import form_writer
from storage.exchange.forms.of_run import form_of, letters_in
from storage.exchange.forms.plan import Change, FormHome, plan_form
from storage.exchange.forms.reading import read_form
from storage.exchange.forms.run_files import run_writer
from storage.exchange.forms.taking import counts_of, taking_home

MOST_TOLD = 40  # in words; --json gives all


def export_run(file: Path, words: str, out: Path) -> int:
    """Write a checklist, found by reference or number, as a Word file or a workbook."""
    with file_open(file, read_only=True) as store:
        run_writer(store, find_run(store, words).key, out)(out)
    print(out)
    return 0


def export_form(file: Path, words: str, out: Path, sections: str | None, *, unanswered: bool) -> int:
    """Write a checklist as a workbook or PDF to be filled in by somebody else."""
    with file_open(file, read_only=True) as store:
        run, letters = find_run(store, words), letters_in(sections or "")
        form = form_of(store, run.key, letters=letters, unanswered=unanswered)
        form_writer(store, form, out)(out)
    print(f"{out}: {len(form.questions):,} questions")
    return 0


def import_form(given: argparse.Namespace) -> int:
    """Say what differs in a form that came back; it is taken only as --accept says."""
    returned = read_form(given.source)
    accept = None if given.dry_run else given.accept
    with file_open(given.file, read_only=accept is None) as store:
        home = plan_form(store, returned, find_run(store, given.checklist).key)
        chosen: tuple[Change, ...] = home.changes if accept == "all" else home.proposed if accept else ()
        if chosen:
            for _ in taking_home(store, home, chosen):
                pass
    _say(home, chosen, as_json=given.json)
    return 0


def _say(home: FormHome, chosen: tuple[Change, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(counts_of(home, chosen))
        return
    print(
        f"{home.read:,} cells read; {len(home.changes):,} questions differ; {len(chosen):,} taken into {home.title}."
    )
    if home.warning:
        print(f"{home.warning} Only --accept all takes it.")
    told = [(change, each) for change in home.changes for each in change.differences]
    for change, each in told[:MOST_TOLD]:
        mark = ", changed here too" if each.conflict else ""
        print(
            f"  {change.question.id} {each.label}: {each.theirs!r} (as sent {each.base!r}, here {each.mine!r}{mark})"
        )
    if len(told) > MOST_TOLD:
        print(f"  and {len(told) - MOST_TOLD:,} more; --json lists them all")
    for problem in home.problems[:MOST_TOLD]:
        print(
            f"  left out: {home.rows_are.lower()} {problem.row}, {problem.column}: {problem.value!r}: {problem.why}"
        )
    if home.changes and not chosen:
        print("Nothing was written. Add --accept unless-conflict or --accept all to take them.")
