"""The command line: import, export, print, restore and check, without a window and without Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commandline_arguments import merge_arguments, template_arguments
from desktop.commandline_exports import fill
from desktop.commandline_import_words import add_import_words
from desktop.commandline_output import give_up_output, make_printable, print_json
from storage.engine.errors import StorageError

if TYPE_CHECKING:
    from storage.exchange.tables.sheet import Sheet

VERBS = (
    "new", "import", "export", "print", "templates", "restore", "repair", "copy-rows", "check", "forget",
    "pack", "unpack", "merge",
)  # fmt: skip
PRINTED = (
    "checklist", "specification", "contract", "compare", "meeting-pack", "notices", "risks",
)  # of one record  # fmt: skip
DESCRIPTION = (
    "Contract register, service specifications and checklists for commissioners, in one file. "
    "Without a verb the window opens: commissioning-desk [FILE | --sample]."
)


def window_arguments(words: Sequence[str]) -> argparse.Namespace:
    """What the window is to open. Wrong usage ends the program with 2."""
    parser = argparse.ArgumentParser(
        prog="commissioning-desk", description=DESCRIPTION, epilog=f"Verbs: {', '.join(VERBS)}."
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("file", nargs="?", metavar="FILE", help="a .desk file; without it the last one opened")
    which.add_argument("--sample", action="store_true", help="open a fresh copy of the sample")
    which.add_argument("--version", action="store_true", help="print the versions of all parts")
    given = parser.parse_args(words)
    if given.version:
        from storage.engine.versions import versions

        for name, found in versions().items():
            print(f"{name} {found}")
        parser.exit(0)
    return given


def run_verb(words: Sequence[str]) -> int:
    """Run one verb; an error is one plain line on stderr and exit code 1."""
    make_printable()
    given = _parser().parse_args(words)
    given.reading = _begun(given)
    import storage.records  # noqa: F401  (enters every record before a file is opened)

    try:
        code = int(given.run(given))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except StorageError as error:
        said = " ".join(str(error).split())
    except KeyboardInterrupt:
        said = "Stopped. What was not finished was not saved."
    except BrokenPipeError:
        give_up_output()  # whoever read it has read enough
        return 1
    except OSError as error:
        give_up_output()
        said = f"The disk or the output failed: {error.strerror or error}."
    print(f"commissioning-desk: {said}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="commissioning-desk", description=DESCRIPTION)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    new = verbs.add_parser("new", help="make a file")
    new.add_argument("file", type=Path, metavar="FILE")
    filled = new.add_mutually_exclusive_group()
    filled.add_argument("--sample", action="store_true", help="fill it with the sample")
    filled.add_argument(
        "--from", type=Path, dest="source", metavar="SOURCE", help="open data of a file: .json or .zip"
    )
    new.set_defaults(run=_new)
    _import_parser(verbs.add_parser("import", help="bring a register into a file"))
    merge_arguments(verbs.add_parser("merge", help="take over an edited workbook or another copy"))
    fill(verbs.add_parser("export", help="write a workbook, a calendar, or what is published"), _day)
    _print_parser(verbs.add_parser("print", help="make a PDF"))
    template_arguments(
        verbs.add_parser(
            "templates", help="list the checklist templates, write one as a file, or look one over"
        )
    )
    _restore_parser(verbs.add_parser("restore", help="go back to a copy"))
    _repair_parser(verbs.add_parser("repair", help="make a new file of what can be read of a damaged one"))
    _copy_rows_parser(
        verbs.add_parser("copy-rows", help="copy the records of somebody else's file into a new one")
    )
    check = verbs.add_parser("check", help="look a file over for damage")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.set_defaults(run=_check)
    _forget_parser(verbs.add_parser("forget", help="take a person out of a file for good"))
    _pack_parser(
        verbs.add_parser("pack", help="seal a file under a passphrase, to hand over or to keep elsewhere")
    )
    _unpack_parser(verbs.add_parser("unpack", help="take a pack out into a new folder"))
    return parser


def _pack_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("out", type=Path, metavar="OUT.deskpack")
    _passphrase_option(parser)
    parser.set_defaults(run=_pack)


def _unpack_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, metavar="PACK.deskpack")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="is made; must not exist yet")
    _passphrase_option(parser)
    parser.set_defaults(run=_unpack)


def _passphrase_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help="read the passphrase from this handle (0 is the input); otherwise it is asked for",
    )


def _forget_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "name", metavar="NAME", help="as it is written in the file; “Surname, Forename” is found too"
    )
    parser.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="SPELLING",
        help="another spelling or an e-mail address; may be repeated",
    )
    parser.add_argument("--dry-run", action="store_true", help="say where the name stands and change nothing")
    parser.set_defaults(run=_forget)


def _restore_parser(restore: argparse.ArgumentParser) -> None:
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("copy", nargs="?", metavar="COPY", help="the name of a copy, as --list shows it")
    restore.add_argument("--list", action="store_true", help="list the copies, newest first")
    restore.add_argument("--replay", action="store_true", help="do again what was changed after the copy")
    restore.set_defaults(run=_restore)


def _repair_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("out", type=Path, metavar="OUT.desk")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_repair)


def _copy_rows_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("foreign", type=Path, metavar="FOREIGN.desk")
    parser.add_argument("out", type=Path, metavar="NEW.desk")
    parser.set_defaults(run=_copy_rows)


def _import_parser(parser: argparse.ArgumentParser) -> None:
    add_import_words(parser)
    parser.set_defaults(run=_import)


def _day(words: str) -> date:
    """A day as people write it, for an option."""
    from storage.engine.values import Unreadable, read_day

    try:
        return read_day(words)
    except Unreadable as reason:
        raise argparse.ArgumentTypeError(f"{words}: {reason}") from None


def _print_parser(parser: argparse.ArgumentParser) -> None:
    parser.usage = (
        f"commissioning-desk print FILE {'|'.join(PRINTED)} ID OUT.pdf [--reasons]\n"
        "       commissioning-desk print FILE timeline OUT.pdf [--view NAME] [--years N]\n"
        "       commissioning-desk print FILE put-right OUT.pdf [--owner NAME]\n"
        "       commissioning-desk print FILE forward OUT.pdf [--years N]\n"
        "       commissioning-desk print FILE money|inherited OUT.pdf [--year YYYY]\n"
        "       commissioning-desk print FILE changes OUT.pdf [--meeting NAME]\n"
        "       commissioning-desk print FILE risks OUT.pdf\n"
        "       commissioning-desk print --blank TEMPLATE OUT.pdf [--from FILE]"
    )
    parser.add_argument("words", nargs="+", metavar="WORD")
    parser.add_argument("--blank", metavar="TEMPLATE", help="a blank form of this template")
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="FILE", help="a file whose letterhead to use"
    )
    parser.add_argument(
        "--reasons",
        action="store_true",
        help="behind a contract, why its dates and figures are what they are",
    )
    parser.add_argument("--view", metavar="NAME", help="a saved view: the contracts of the timeline")
    parser.add_argument("--years", type=int, choices=range(1, 21), metavar="N",
                        help="how much time the timeline or the forward plan shows, 1 to 20 years")  # fmt: skip
    parser.add_argument(
        "--year", type=int, metavar="YYYY", help="the year in which the financial year of money begins"
    )
    parser.add_argument("--owner", default="", metavar="NAME", help="only what this person is to put right")
    parser.add_argument("--meeting", default="", metavar="NAME",
                        help="what has changed since this meeting; without it, since the last of any")  # fmt: skip
    parser.set_defaults(run=_print, parser=parser)


def _new(given: argparse.Namespace) -> int:
    if given.source is not None:
        from desktop.commandline_open_data import new_from

        return new_from(given.file, given.source)
    from storage.desk.beginning.new_file import new_file
    from storage.desk.beginning.sample import new_sample
    from storage.engine.place.door import make_at

    make_at(given.file, new_sample if given.sample else new_file)
    print(given.file)
    return 0


def _begun(given: argparse.Namespace) -> Future[Sheet] | None:
    """A table that is brought in is read by a process of its own from the first moment, while the program loads."""
    if given.run is not _import or given.specification is not None or given.checklist is not None:
        return None
    from storage.exchange.tables.tabular import Ways, read_table

    ways = Ways(given.header_row, fill=given.fill_merged)
    return ThreadPoolExecutor(1).submit(read_table, given.source, given.sheet, ways)


def _import(given: argparse.Namespace) -> int:
    if given.specification is not None:
        from desktop.commandline_word import import_word

        return import_word(given)
    if given.checklist is not None:
        from desktop.commandline_forms import import_form

        return import_form(given)
    from desktop.commandline_import import run_import

    return run_import(given)


def _print(given: argparse.Namespace) -> int:
    from desktop.commandline_print import print_blank, print_money, print_put_right, print_record, print_risks

    if given.blank is not None:
        if len(given.words) != 1:
            given.parser.error("print --blank TEMPLATE takes one OUT.pdf")
        return print_blank(given.blank, Path(given.words[0]), given.source)
    if len(given.words) == 3 and given.words[1] in ("timeline", "forward"):
        from desktop.commandline_plans import print_forward, print_timeline

        file, out = Path(given.words[0]), Path(given.words[2])
        if given.words[1] == "forward":
            return print_forward(file, out, given.years)
        return print_timeline(file, out, given.view, given.years)
    if len(given.words) == 3 and given.words[1] in ("money", "inherited"):
        return print_money(Path(given.words[0]), given.words[1], Path(given.words[2]), given.year)
    if len(given.words) == 3 and given.words[1] == "changes":
        from desktop.commandline_plans import print_changes

        return print_changes(Path(given.words[0]), Path(given.words[2]), given.meeting)
    if len(given.words) == 3 and given.words[1] == "put-right":
        return print_put_right(Path(given.words[0]), given.owner, Path(given.words[2]))
    if len(given.words) == 3 and given.words[1] == "risks":
        return print_risks(Path(given.words[0]), Path(given.words[2]))
    if len(given.words) != 4 or given.words[1] not in PRINTED:
        given.parser.error(f"print takes FILE {'|'.join(PRINTED)} ID OUT.pdf")
    file, what, number, out = given.words
    return print_record(Path(file), what, number, Path(out), reasons=given.reasons)


def _restore(given: argparse.Namespace) -> int:
    from storage.engine.backup.backups import list_copies
    from storage.engine.backup.restoring import restore

    copies = list_copies(given.file)
    if given.list or given.copy is None:
        for copy in copies:
            print(f"{copy.name}\n    {copy.summary}")
        if not copies:
            print(f"There is no copy of {given.file.name} yet.")
        return 0
    chosen = next((c for c in copies if c.name == given.copy), None)
    if chosen is None:
        raise StorageError(
            f"There is no copy named {given.copy}. Nothing was changed. --list shows the copies."
        )
    print(restore(given.file, chosen, replay=given.replay))
    return 0


def _repair(given: argparse.Namespace) -> int:
    from storage.engine.repair.repairing import repair

    recovery = repair(given.file, given.out)
    if given.json:
        print_json(dict(recovery.facts()))
    else:
        print(recovery.text, end="")
    return 0


def _copy_rows(given: argparse.Namespace) -> int:
    from storage.engine.foreign.copying_rows import copy_rows, report_of

    print(report_of(copy_rows(given.foreign, given.out)), end="")
    return 0


def _forget(given: argparse.Namespace) -> int:
    from desktop.commandline_privacy import forget_person

    return forget_person(given)


def _pack(given: argparse.Namespace) -> int:
    from desktop.commandline_pack import pack

    return pack(given)


def _unpack(given: argparse.Namespace) -> int:
    from desktop.commandline_pack import unpack

    return unpack(given)


def _check(given: argparse.Namespace) -> int:
    from storage.desk.files.documents import checking
    from storage.engine.contents import finished

    report = finished(checking(given.file))
    if given.json:
        checked = [
            {"what": each.what, "outcome": each.outcome.value, "words": each.words} for each in report.looked
        ]
        advice, findings = [a.words for a in report.advice], [f.words for f in report.findings]
        print_json({"verdict": report.verdict, "damage": report.damage, "advice": advice, "findings": findings,
                    "checked": checked, "facts": report.facts})  # fmt: skip
        return 1 if report.damage else 0
    for looked in report.looked:
        print(f"{looked.what}: {looked.words}")
    for finding in report.findings:
        print(f"In the records: {finding.words}")
    print(f"{given.file.name} is damaged." if report.damage else f"{given.file.name} is whole.")
    return 1 if report.damage else 0
