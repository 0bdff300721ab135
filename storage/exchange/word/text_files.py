"""A text with sections as a file: Word, tagged PDF or one HTML page, by the end of its name."""

from __future__ import annotations

from pathlib import Path

from storage.engine.errors import StorageError
from storage.exchange.paper.papers import SpecificationPaper

ENDINGS = (".docx", ".pdf", ".html")


def write_text(paper: SpecificationPaper, path: Path) -> None:
    """Save it in the form its name asks for. Raises `StorageError`; nothing half-made is left."""
    match path.suffix.lower():
        case ".docx":
            from storage.exchange.word.specification import write_specification

            write_specification(paper, path)
        case ".pdf":
            from storage.exchange.paper.printing import write_pdf

            write_pdf(paper, path)
        case ".html" | ".htm":
            from storage.exchange.word.html_page import write_html

            write_html(paper, path)
        case _:
            raise StorageError(
                f"{path.name} does not say what to make. Nothing was written. End it in {', '.join(ENDINGS[:-1])} or "
                f"{ENDINGS[-1]}."
            )
