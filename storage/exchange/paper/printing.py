"""Turns a described paper into a tagged PDF or SVG pages, both from one layout, and saves the PDF safely."""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from storage.desk.specification.section_pictures import DrawnPicture
from storage.engine.errors import StorageError
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.paper.glyphs import drawable_by, printable
from storage.exchange.paper.papers import Paper, SpecificationPaper, leveled

if TYPE_CHECKING:
    import typst

# What a layout takes besides the part that all share.
LAYOUTS = {
    "contract": ("contract_page",), "meeting_pack": ("contract_page",), "checklist": ("risk_board",),
    "risks": ("risk_board",),
}  # fmt: skip
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
LONGEST_RUNNING_LINE = 72
# Not strftime: the names of months must not follow the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# What only names a thing; where a link points is shown as well, in letters that can be printed.
_NEVER_SHOWN = {"uuid", "pictures", "address"}

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None
_one_at_a_time = Lock()


class PrintError(StorageError):
    """The paper could not be made or saved; the message says plainly what happened and what was kept."""


def pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF (PDF/UA-1: title, language, reading order); equal papers give equal bytes."""
    return _compiled(paper, "pdf")[0]


def svg_pages(paper: Paper) -> list[str]:
    """The same pages as SVG, one text a page, for the preview and for a printer."""
    return [page.decode() for page in _compiled(paper, "svg")]


def write_pdf(paper: Paper, path: Path) -> None:
    """Saves the paper at `path`, which ends in .pdf: written beside it, checked, then moved into place.

    Raises PrintError when it cannot; what stood at `path` before is then still there, nothing half-written.
    """
    if path.suffix.lower() != ".pdf":
        raise PrintError(f"{path.name} is no name for a PDF. Nothing was written. End it in .pdf.")
    content = pdf(paper)
    try:
        with put_in_place(path) as made:
            made.write_bytes(content)
            written = made.read_bytes()
            if written != content or not _is_pdf(written):
                raise OSError(None, "what was written could not be read back")
    except OSError as error:
        raise PrintError(not_written(error, path)) from error


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


def _compiled(paper: Paper, form: Literal["pdf", "svg"]) -> list[bytes]:
    """Each page (SVG) or the one file (PDF).

    Pictures that turn out to be broken are left out, and should a glyph still be missing the check for
    accessibility gives way before the paper does: a meeting needs its paper.
    """
    from typst import TypstError

    data = _data(paper)
    plain = data | {"letterhead": [], "pictures": {}}
    failure: TypstError | None = None
    for attempt, accessible in ((data, True), (plain, True), (data, False), (plain, False)):
        try:
            return _run(paper, form, attempt, accessible)
        except TypstError as error:
            failure = failure or error
    raise PrintError("The page could not be laid out. Nothing was printed or saved.") from failure


def _run(paper: Paper, form: Literal["pdf", "svg"], data: dict[str, Json], accessible: bool) -> list[bytes]:
    day = paper.imprint.printed_on
    with _one_at_a_time, _pictures(paper) as root:
        made = _compiler().compile(
            input=_layout(paper.layout),
            format=form,
            sys_inputs={"paper": json.dumps(data)},
            pdf_standards=["ua-1"] if accessible and form == "pdf" else [],
            root=root,
            timestamp=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        )
    return made if isinstance(made, list) else [made or b""]


@contextmanager
def _pictures(paper: Paper) -> Iterator[str | None]:
    """A folder with the pictures in a text for as long as it is laid out: as data they would be slow to read."""
    held = paper.pictures if isinstance(paper, SpecificationPaper) else ()
    if not held:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        for picture in held:
            (Path(folder) / _picture_name(picture)).write_bytes(picture.content)
        yield folder


def _picture_name(picture: DrawnPicture) -> str:
    return f"{hashlib.sha256(picture.uuid.encode()).hexdigest()[:32]}.{picture.ending}"


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the life of the program: it remembers the fonts and what it has already worked out."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_font_folder())]
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


@cache
def _layout(name: str) -> bytes:
    """The shared parts and one layout as one text, so that nothing has to lie in a folder of its own."""
    folder = resources.files("resources") / "print"
    parts = ("common", *LAYOUTS.get(name, ()), name)
    return b"\n".join((folder / f"{part}.typ").read_bytes() for part in parts)


def _fonts() -> Iterator[Traversable]:
    folder = resources.files("resources") / "fonts"
    return (entry for entry in folder.iterdir() if entry.name.endswith((".otf", ".ttf")))


@cache
def _font_folder() -> Path:
    """A real folder with the fonts: of the resources, or a copy when the program runs from an archive."""
    folder = resources.files("resources") / "fonts"
    if isinstance(folder, Path):
        return folder
    copy = Path(tempfile.mkdtemp(prefix="fonts-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    for font in _fonts():
        (copy / font.name).write_bytes(font.read_bytes())
    return copy


@cache
def _drawable() -> frozenset[int]:
    return drawable_by(
        font.read_bytes() for font in _fonts() if "Regular" in font.name or "Sans" in font.name
    )


def _data(paper: Paper) -> dict[str, Json]:
    """The paper as the layout reads it: printable words only, titles of the page furniture added."""
    imprint = paper.imprint
    fields = asdict(
        replace(paper, pictures=(), sections=()) if isinstance(paper, SpecificationPaper) else paper
    )
    fields["imprint"] = {
        "printed": f"Printed {_words(imprint.printed_on)}",
        "by": f"by {imprint.printed_by}" if imprint.printed_by else "",
        "organisation": imprint.organisation,
        "marking": imprint.marking,
        "file": imprint.file_id[:8],
        "letterhead_words": imprint.letterhead_words or f"{imprint.organisation} letterhead".strip(),
    }
    fields["letterhead"] = list(imprint.letterhead) if imprint.letterhead.startswith(PICTURES) else []
    fields["document_title"] = paper.document_title
    fields["running_title"] = _shortened(paper.running_title)
    fields["running_subject"] = _shortened(paper.running_subject)
    if isinstance(held := fields.get("page"), dict):
        held.pop("imprint")  # a page inside a pack has no imprint of its own
    if isinstance(paper, SpecificationPaper):
        fields["sections"] = [asdict(section) for section in leveled(paper.sections)]
        fields["pictures"] = {picture.uuid: f"/{_picture_name(picture)}" for picture in paper.pictures}
        fields["state_words"] = paper.state_words
    return {n: value if n in _NEVER_SHOWN else _clean(value) for n, value in fields.items()}


def _clean(value: Json | tuple[Json, ...]) -> Json:
    """Every text inside, made printable."""
    if isinstance(value, str):
        return printable(value, _drawable())
    if isinstance(value, dict):
        made = {name: inner if name in _NEVER_SHOWN else _clean(inner) for name, inner in value.items()}
        return made | {"shown": _clean(value["address"])} if value.get("address") else made
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value


def _shortened(words: str) -> str:
    """A line for the head of every page, short enough to stay a line or two."""
    return words if len(words) <= LONGEST_RUNNING_LINE else words[: LONGEST_RUNNING_LINE - 1].rstrip() + "…"


def _words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
