"""LibreOffice without a window, with a profile of its own: it works every formula out anew when it opens a workbook."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

MOST_SECONDS = 600
_ON_A_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""


def program() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    places = (
        shutil.which("soffice"),
        shutil.which("libreoffice"),
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    )
    return next((place for place in places if place and Path(place).exists()), None)


class LibreOffice:
    """Converts files, in a folder of its own for settings."""

    def __init__(self, place: str, home: Path) -> None:
        self._place, self._home = place, home
        (home / "user").mkdir(parents=True)
        (home / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")

    def convert(self, paths: Sequence[Path], kind: str, folder: Path) -> None:
        """Write each file into a folder as another kind, such as `pdf`; one that cannot be opened is left out."""
        profile = f"-env:UserInstallation={self._home.as_uri()}"
        command = [
            self._place,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            *map(str, paths),
        ]
        subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
            env=os.environ | {"HOME": str(self._home)},
        )
