"""What files of ours are called in file dialogs, and the ending they have."""

from __future__ import annotations

from pathlib import Path

FILES = "Commissioning Desk file (*.desk)"
ENDING = ".desk"


def with_ending(path: Path, ending: str) -> Path:
    """The path with the ending a file of ours has."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)
