"""Starts the program: a verb runs on the command line without any window, everything else opens one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NO_DISPLAY = "commissioning-desk: There is no display to open a window on. The commands that need none are"


def main() -> int:
    """Run the verb that was given, or open the window. The number returned is the exit code."""
    from desktop.commandline import VERBS, run_verb

    words = sys.argv[1:]
    if words[:1] == ["--child-table"]:
        from storage.exchange.foreign.child import main as read_table

        return read_table()
    if words[:1] == ["--child-desk"]:
        from storage.engine.foreign.foreign_rows import main as read_rows

        return read_rows()
    from storage.engine.private import own_temporary_files

    with own_temporary_files():
        return run_verb(words) if words and words[0] in VERBS else open_window(words)


def open_window(words: list[str]) -> int:
    """Open the window on the file that was named, if one was."""
    from desktop.commandline import VERBS, window_arguments

    given = window_arguments(words)
    if not has_display():
        sys.stderr.write(f"{NO_DISPLAY} {', '.join(VERBS)}.\n")
        return 1
    from desktop.starting import run

    return run(Path(given.file) if given.file else None, sample=given.sample)


def has_display() -> bool:
    """Whether a window can be shown; Qt itself would end the program where there is none."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


if __name__ == "__main__":
    sys.exit(main())
