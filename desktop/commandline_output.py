"""What the command line prints: whole in every encoding that a terminal or a file may ask for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper


def make_printable() -> None:
    """Show a letter the output cannot hold by its number, since not every terminal and file takes arrows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_json(data: Mapping[str, object]) -> None:
    """Print one JSON object, in letters the output holds."""
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(data, ensure_ascii=plain, indent=2))


def give_up_output() -> None:
    """Send what is still waiting nowhere, so that the end of the program does not fail on it a second time."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
