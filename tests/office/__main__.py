"""Makes every workbook and Word file from the sample, opens each in LibreOffice, and compares what comes back.

python -m tests.office [FOLDER]     ends with 1 when a file cannot be opened or says something else afterwards
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from storage.desk.beginning.sample import new_sample
from tests.office.compared import differences
from tests.office.files import files
from tests.office.libreoffice import LibreOffice, program

MISSING = (
    "LibreOffice is not installed here, so no file was opened. Install it (libreoffice-calc and libreoffice-writer), "
    "then run this again."
)
_ROW = "{:<40} {:>8} {:>10}  {}"


def made(folder: Path) -> list[Path]:
    """Every file, written from the sample into a folder."""
    store = new_sample(folder / "sample.desk")
    paths = []
    for each in files():
        path = folder / each.name
        each.write(store, path)
        paths.append(path)
    store.close()
    return paths


def look(office: LibreOffice, paths: Sequence[Path], folder: Path) -> bool:
    """Open each file, tell what came of it, and say whether all is well."""
    pdf, again = folder / "pdf", folder / "again"
    office.convert(paths, "pdf", pdf)
    for kind in ("xlsx", "docx"):
        office.convert([path for path in paths if path.suffix == f".{kind}"], kind, again)
    print(_ROW.format("File", "Pages", "Compared", "What differs"))
    well = True
    for path in paths:
        pages, back = _pages(pdf / f"{path.stem}.pdf"), again / path.name
        compared, found = differences(path, back) if back.exists() else (0, ["it could not be opened"])
        print(_ROW.format(path.name, pages, f"{compared:,}", found[0] if found else "nothing"))
        for words in found[1:]:
            print(_ROW.format("", "", "", words))
        well = well and pages > 0 and not found
    return well


def _pages(path: Path) -> int:
    from pypdf import PdfReader

    return len(PdfReader(path).pages) if path.exists() else 0


def main(words: Sequence[str]) -> int:
    """Make and look; what was made stays in a folder that is named."""
    place = program()
    if place is None:
        print(MISSING)
        return 0
    with tempfile.TemporaryDirectory() as held:
        folder = Path(words[0]) if words else Path(held)
        folder.mkdir(parents=True, exist_ok=True)
        office = LibreOffice(place, Path(held) / "profile")
        return 0 if look(office, made(folder), folder) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
