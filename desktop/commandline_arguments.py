"""What single verbs of the command line are given, apart from the file that lists the verbs."""

from __future__ import annotations

import argparse
from pathlib import Path


def merge_arguments(parser: argparse.ArgumentParser) -> None:
    """A file, what is held against it, and whether it is taken."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "workbook",
        type=Path,
        metavar="WORKBOOK",
        help="a workbook that was exported and edited (.xlsx, .xls, .ods, .csv), or another copy of the file (.desk)",
    )
    parser.add_argument(
        "--accept",
        choices=["all", "none"],
        help="take everything that can be taken, or nothing; without it nothing is written",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_run_merge)


def _run_merge(given: argparse.Namespace) -> int:
    """The merge verb, its modules brought in when it is run."""
    from desktop.commandline_merge import run_merge as run

    return run(given)


def template_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb templates takes."""
    parser.add_argument("--write", nargs=2, metavar=("ID", "OUT"), help="write one as .xlsx, .toml or .json")
    parser.add_argument(
        "--look", type=Path, metavar="FILE", help="say what is to be mended in the file of one"
    )
    parser.set_defaults(run=_templates)


def _templates(given: argparse.Namespace) -> int:
    from desktop.commandline_templates import run_templates

    return run_templates(given)
