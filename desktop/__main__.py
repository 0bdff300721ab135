"""Starts the program: a verb runs on the command line without any window, everything else opens one."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run the verb that was given, or open the window. The number returned is the exit code."""
    from desktop.commandline import VERBS, run_verb, window_arguments

    words = sys.argv[1:]
    if words[:1] == ["--child-workbook"]:
        from storage.exchange.xlsx_child import main as read_workbook

        return read_workbook()
    if words and words[0] in VERBS:
        return run_verb(words)
    given = window_arguments(words)
    from desktop.app import run

    return run(Path(given.file) if given.file else None, sample=given.sample)


if __name__ == "__main__":
    sys.exit(main())
