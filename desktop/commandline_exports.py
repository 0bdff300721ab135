"""The export verb: what can be written, which options go with it, and who writes it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that can be written: what it is, the options it takes, the function that writes it."""

    help: str
    run: Callable[[argparse.Namespace], int]
    options: frozenset[str] = frozenset()
    of_record: bool = False  # takes one record, or the name of a list, before the name of the file


def _register(given: argparse.Namespace) -> int:
    from desktop.commandline_export import export

    return export(given.file, given.out, given.view, given.as_at)


def _meeting(given: argparse.Namespace) -> int:
    from desktop.commandline_meeting import export_for_meeting

    return export_for_meeting(given.file, given.out, given.view, given.meeting)


def _calendar(given: argparse.Namespace) -> int:
    from desktop.commandline_export import export_deadlines

    return export_deadlines(given.file, given.out, given.view)


def _summary(given: argparse.Namespace) -> int:
    from desktop.commandline_export import export_summary

    return export_summary(given.file, given.out, given.year)


def _pipeline(given: argparse.Namespace) -> int:
    from desktop.commandline_export import export_ahead

    return export_ahead(given.file, given.out, given.years)


def _published(given: argparse.Namespace) -> int:
    from desktop.commandline_publish import publish

    return publish(given.file, given.what, given.out, strict=given.strict, as_json=given.json)


def _list(given: argparse.Namespace) -> int:
    from desktop.commandline_lists import export_named_list

    return export_named_list(given.file, given.id, given.out, given.view)


def _everything(given: argparse.Namespace) -> int:
    from desktop.commandline_open_data import export_everything

    return export_everything(given.file, given.out)


def _text(given: argparse.Namespace) -> int:
    from desktop.commandline_texts import export_text

    return export_text(given.file, given.what, given.id, given.out)


def _redline(given: argparse.Namespace) -> int:
    from desktop.commandline_texts import export_redline

    return export_redline(given.file, given.id, given.out, given.old, given.new)


def _run(given: argparse.Namespace) -> int:
    from desktop.commandline_forms import export_run

    return export_run(given.file, given.id, given.out)


def _form(given: argparse.Namespace) -> int:
    from desktop.commandline_forms import export_form

    return export_form(given.file, given.id, given.out, given.sections, unanswered=given.unanswered)


EXPORTS: Mapping[str, Export] = {
    "register": Export("the register as a workbook", _register, frozenset({"view", "as_at"})),
    "meeting": Export("the workbook for a meeting", _meeting, frozenset({"view", "meeting"})),
    "calendar": Export("deadlines as a calendar file", _calendar, frozenset({"view"})),
    "psr-summary": Export("the annual summary of provider selection", _summary, frozenset({"year"})),
    "pipeline": Export("what is to be bought again", _pipeline, frozenset({"years"})),
    "lga-csv": Export("contracts for the Transparency Code", _published, frozenset({"strict", "json"})),
    "ocds": Export("contracts as Open Contracting releases", _published, frozenset({"json"})),
    "specification": Export("ID OUT: the version in force as .docx, .pdf or .html", _text, of_record=True),
    "service-bundle": Export("ID OUT: all about a service as .docx, .pdf or .html", _text, of_record=True),
    "redline": Export(
        "ID OUT: what changed in a specification, in .docx as tracked changes, or as .pdf or .html",
        _redline,
        frozenset({"old", "new"}),
        of_record=True,
    ),
    "checklist": Export("ID OUT: a checklist as .docx or .xlsx", _run, of_record=True),
    "checklist-form": Export(
        "ID OUT.xlsx or OUT.pdf: a checklist to be filled in by somebody else and brought back",
        _form,
        frozenset({"sections", "unanswered"}),
        of_record=True,
    ),
    "list": Export(
        "NAME OUT.xlsx: one list, such as actions, checklists, kpis, providers or risks",
        _list,
        frozenset({"view"}),
        of_record=True,
    ),
    "json": Export("every record as open data; .zip with workbook and attachments", _everything),
}
_OPTIONS = {
    "view": "--view",
    "as_at": "--as-at",
    "meeting": "--meeting",
    "year": "--year",
    "years": "--years",
    "strict": "--strict",
    "json": "--json",
    "old": "--old",
    "new": "--new",
    "sections": "--sections",
    "unanswered": "--unanswered",
}  # the option of each name


def fill(parser: argparse.ArgumentParser, read_day: Callable[[str], date]) -> None:
    """Give the verb its arguments."""
    parser.add_argument("file", type=Path, metavar="FILE")
    listed = "; ".join(f"{name}: {each.help}" for name, each in EXPORTS.items())
    parser.add_argument("what", choices=list(EXPORTS), metavar="WHAT", help=listed)
    parser.add_argument(
        "words", nargs="+", metavar="[ID] OUT", help="a name with the ending of what is written"
    )
    _fill_redline(parser)
    _fill_checklist(parser)
    parser.add_argument(
        "--view", metavar="NAME", help="a saved view: its rows; of the register its order, its columns first"
    )
    parser.add_argument(
        "--as-at", type=read_day, metavar="DATE", help="the register as it was at the end of that day"
    )
    parser.add_argument(
        "--meeting",
        metavar="NAME",
        help="what was shown is kept under this name, and compared with the last time",
    )
    parser.add_argument("--year", type=int, metavar="YYYY",
                        help="the year in which the year of the summary begins")  # fmt: skip
    parser.add_argument(
        "--years",
        type=int,
        choices=range(1, 21),
        metavar="N",
        help="how far the pipeline looks ahead, 1 to 20 years",
    )
    parser.add_argument(
        "--strict", action="store_true", help="lga-csv as the LGA’s schema has it, not its guide"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object: what is blank, and why")
    parser.set_defaults(run=run, parser=parser)


def _fill_checklist(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sections", metavar="LETTERS", help="only these sections of a checklist, such as A,C"
    )
    parser.add_argument("--unanswered", action="store_true", help="only what of a checklist is unanswered")


def _fill_redline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--old", metavar="VERSION", help="what a redline begins from: a version, draft or national; "
                        "the last version where none is named")  # fmt: skip
    parser.add_argument(
        "--new",
        metavar="VERSION",
        help="what a redline leads to: a version, or the draft where none is named",
    )


def run(given: argparse.Namespace) -> int:
    """Write it; an option that does not go with it is refused before anything is read."""
    export = EXPORTS[given.what]
    if len(given.words) != 1 + export.of_record:
        given.parser.error(
            f"export FILE {given.what} takes {'ID OUT' if export.of_record else 'OUT'}. Nothing was written."
        )
    given.id, given.out = given.words[0], Path(given.words[-1])
    for name, option in _OPTIONS.items():
        if getattr(given, name) not in (None, False) and name not in export.options:
            takers = ", ".join(what for what, each in EXPORTS.items() if name in each.options)
            given.parser.error(f"{option} goes with {takers}, not with {given.what}. Nothing was written.")
    return export.run(given)
