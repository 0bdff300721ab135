"""The door for Word documents that hold a text: looked over, read in a process of its own, refused in plain words."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath

from storage.desk.files.document_kinds import plain_ending
from storage.exchange.foreign.kinds import DOCUMENT, DOCX, kind_of
from storage.exchange.tables.sheet import SourceError
from storage.exchange.tables.tabular import Spoken, answer_of, bytes_of
from storage.exchange.word.shape import Line, Shape
from storage.exchange.word.source import SourcePicture, Told, WordSource

AS_WORD = "Open it in the program it came from, save a copy as a Word document (.docx), and bring that in."
_SPLIT = "Save the parts that matter as a smaller Word document, and bring that in."
_MACROS = "In Word, save a copy as a Word document (.docx), which holds no macros, and bring in the copy."
_LOCKED = (
    "In Word, take off the password or choose a label without encryption, save a copy, and bring that in."
)
_DAMAGED = "is damaged, or is no document this program can read."
_A_DOCUMENT = Spoken("document", _DAMAGED, _SPLIT, AS_WORD)


def read_document(path: Path, headings: Sequence[str] = ()) -> WordSource:
    """The text of a Word document; `headings` are those a specification may have, for a document without styles.

    Takes its time: to be called off the window's own thread. Raises `SourceError`, in words to show, for everything
    that cannot be read, also when it takes too long or too much memory.
    """
    return read_document_bytes(bytes_of(path, _A_DOCUMENT), path.name, headings)


def read_document_bytes(data: bytes, source: str, headings: Sequence[str] = ()) -> WordSource:
    """The same for the bytes of a file of that name."""
    _check_kind(data, source)
    lines = answer_of(data, source, {"kind": DOCUMENT}, _A_DOCUMENT)
    try:
        return _source(lines, source, headings)
    except SourceError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise SourceError(f"“{source}” {_DAMAGED}", AS_WORD) from error


def _check_kind(data: bytes, source: str) -> None:
    """Raise `SourceError` for what is no Word document, or one with macros."""
    try:
        kind = kind_of(data, source)
    except SourceError as error:
        do = _LOCKED if "password" in error.what else _SPLIT if "MB" in error.what else AS_WORD
        raise SourceError(error.what, do) from error
    if kind != DOCX:
        raise SourceError(f"“{source}” is no Word document.", AS_WORD)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if any("vbaproject" in name.lower() for name in names) or b"macroEnabled" in types:
        raise SourceError(
            f"“{source}” carries macros, which are small programs, so it was not opened.", _MACROS
        )


def _source(lines: Iterable[Line], source: str, headings: Sequence[str]) -> WordSource:
    """What the reading process answered, put together."""
    text: list[Line] = []
    told: list[Told] = []
    pictures: list[Line] = []
    for line in lines:
        if "unreadable" in line:
            raise SourceError(f"“{source}” {_DAMAGED}", AS_WORD)
        if "too_much" in line:
            raise SourceError(f"“{source}” holds {line['too_much']}.", _SPLIT)
        if "told" in line:
            told.append(Told(str(line["told"]), str(line["words"]), str(line["by"])))
        elif "more" in line:
            told.append(Told("more", str(line["more"])))
        elif "picture" in line:
            pictures.append(line)
        elif "end" not in line:
            text.append(line)
    shape = Shape(headings)
    parts = shape.parts(text)
    kept = tuple(_picture(line, shape.ours) for line in pictures)
    return WordSource(source, shape.title, parts, tuple(told) + shape.told, kept)


def _picture(line: Line, ours: dict[str, str]) -> SourcePicture:
    name = str(line["picture"])
    ending = plain_ending(PurePosixPath(name).suffix.removeprefix("."))
    content = base64.b64decode(str(line["data"]), validate=True)
    return SourcePicture(name, content, "jpg" if ending == "jpeg" else ending, ours.get(name, ""))
