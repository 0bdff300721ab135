"""What the import verb takes, apart from what it does, so that other verbs start quickly."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_import_words(parser: argparse.ArgumentParser) -> None:
    """What the import verb takes."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument(
        "--list", metavar="NAME",
        help="where its rows go, such as kpi-results; else as last time, or contracts",
    )  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", help="which sheet of a workbook")
    parser.add_argument("--header-row", type=int, metavar="ROW", help="the row in which the headings stand")
    parser.add_argument(
        "--map", action="append", default=[], metavar="FIELD=HEADING",
        help="where a heading goes; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE",
        help="what every row says in a field that no heading fills, such as contract=C-1; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--afresh", action="store_true", help="leave aside what was decided about such a file before"
    )
    parser.add_argument(
        "--specification",
        metavar="ID",
        help="bring a Word document into this specification, or into a new one",
    )
    parser.add_argument(
        "--outline", metavar="NAME", default="as-it-is",
        help="the headings of a new specification: schedule-2a, specialised, council; else those of the document",
    )  # fmt: skip
    _add_checklist_words(parser)
    parser.add_argument("--fill-merged", action="store_true", help="fill cells merged over several rows down")
    parser.add_argument("--dates", choices=["day-first", "month-first"], help="how 01/02/2026 is read")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _add_checklist_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--checklist", metavar="ID",
        help="bring a checklist that was sent out home: what differs is said, and taken only with --accept",
    )  # fmt: skip
    parser.add_argument(
        "--accept", choices=["unless-conflict", "all"],
        help="with --checklist: take what only they changed, or all that differs",
    )  # fmt: skip
