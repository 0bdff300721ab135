"""What this program remembers for one user of one machine, apart from any file: recent files, light or dark."""

from __future__ import annotations

import json
from pathlib import Path

from storage.engine.backup.copies import SECOND_PLACE, SETTINGS, home

MOST_RECENT = 8


class Preferences:
    """A small JSON file; what cannot be read counts as not set."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or home()) / SETTINGS
        self._held = self._read()

    def _read(self) -> dict[str, object]:
        try:
            held = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            held = {}
        return held if isinstance(held, dict) else {}

    @property
    def recent(self) -> list[Path]:
        """Files opened lately that still exist, latest first."""
        held = self._held.get("recent")
        return [p for p in map(Path, held) if p.exists()] if isinstance(held, list) else []

    def opened(self, path: Path) -> None:
        """Remember that a file was opened."""
        rest = [str(p) for p in self.recent if p != path]
        self._set("recent", [str(path), *rest][:MOST_RECENT])

    @property
    def dark(self) -> bool | None:
        """Dark, light, or None for as the system says."""
        held = self._held.get("dark")
        return held if isinstance(held, bool) else None

    def set_dark(self, dark: bool | None) -> None:
        """Choose dark, light, or as the system."""
        self._set("dark", dark)

    def set_second_place(self, folder: Path | None) -> None:
        """Choose where every backup is put once more; None for nowhere."""
        self._set(SECOND_PLACE, str(folder) if folder else "")

    def _set(self, name: str, value: object) -> None:
        self._held = self._read() | {name: value}  # another window may have set something else
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_suffix(".new")
            beside.write_text(json.dumps(self._held), encoding="utf-8")
            beside.replace(self.path)
        except OSError:
            return  # a preference is never worth an error
