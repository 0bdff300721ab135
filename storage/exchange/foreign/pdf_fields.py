"""The fields of a PDF with what they hold, as lines of JSON: for whoever reads it outside this process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from storage.exchange.foreign.book import DAMAGED, PASSWORD

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

Line = dict[str, object]
MOST_FIELDS = 20_000
MOST_LETTERS = 20_000_000  # in all
_DEEPEST = 20  # fields within fields
_OFF = "Off"


class TooMany(Exception):
    """More than any form holds; the words say of what."""


def answer_form(data: bytes, out: BinaryIO) -> None:
    """Write each field, how many pages there are, and an end mark; or why it cannot be read."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            _put(out, {"unreadable": PASSWORD})
            return
        for line in FormFields(reader).lines():
            _put(out, line)
    except TooMany as reason:
        _put(out, {"too_much": str(reason)})
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken file may break its reader in any way
        _put(out, {"unreadable": DAMAGED})
    else:
        _put(out, {"end": True})


class FormFields:
    """Walks through the fields of a document once, by its list of fields and by what its pages show."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._seen: set[int] = set()
        self._pages: dict[int, int] = {}  # number of the page by the object of what it shows
        self._shown: list[DictionaryObject] = []
        self._fields = self._letters = 0

    def lines(self) -> Iterator[Line]:
        """A line for each field with a name, then one for the pages."""
        self._look_at_pages()
        form = _of(self._reader.root_object, "/AcroForm")
        for held in _list(form, "/Fields"):
            yield from self._field(held, "", {}, 0)
        for widget in self._shown:  # some programs lose the list and keep what is shown
            top = _top(widget)
            if id(top) not in self._seen:
                yield from self._field(top, "", {}, 0)
        yield {"pages": len(self._reader.pages)}

    def _look_at_pages(self) -> None:
        for number, page in enumerate(self._reader.pages, start=1):
            for held in _list(page, "/Annots"):
                if held.get("/Subtype") == "/Widget":
                    self._pages[id(held)] = number
                    self._shown.append(held)
                    if len(self._shown) > MOST_FIELDS:
                        raise TooMany(f"more than {MOST_FIELDS:,} fields")

    def _field(
        self, held: DictionaryObject, above: str, given: Mapping[str, object], deep: int
    ) -> Iterator[Line]:
        """The field, or the fields within it; kind and value may be given by what it lies in."""
        if id(held) in self._seen or deep > _DEEPEST:
            return
        self._seen.add(id(held))
        self._fields += 1
        if self._fields > MOST_FIELDS:
            raise TooMany(f"more than {MOST_FIELDS:,} fields")
        own = str(held.get("/T", ""))
        name = f"{above}.{own}" if above and own else own or above
        given = {**given, **{key: held[key] for key in ("/FT", "/V") if key in held}}
        kids = _list(held, "/Kids")
        named = [kid for kid in kids if "/T" in kid]
        for kid in named:
            yield from self._field(kid, name, given, deep + 1)
        if not named and name:
            yield self._line(held, kids, name, given)

    def _line(
        self, held: DictionaryObject, kids: list[DictionaryObject], name: str, given: Mapping[str, object]
    ) -> Line:
        widgets = kids or [held]
        self._seen.update(map(id, widgets))
        kind = str(given.get("/FT", ""))
        value = _text(given.get("/V"))
        if kind == "/Btn":
            shown = (str(widget.get("/AS", "")) for widget in widgets)
            value = next(
                (state for state in (value, *shown) if state.strip("/") not in ("", _OFF)), ""
            ).removeprefix("/")
        self._letters += len(name) + len(value)
        if self._letters > MOST_LETTERS:
            raise TooMany(f"more than {MOST_LETTERS // 1_000_000} million characters")
        page = next((self._pages[id(w)] for w in widgets if id(w) in self._pages), 0)
        return {"field": name, "value": value, "page": page}


def _of(holder: DictionaryObject, key: str) -> DictionaryObject:
    """A dictionary within another; an empty one where there is none."""
    from pypdf.generic import DictionaryObject

    held = holder.get(key)
    found = held.get_object() if held is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _list(holder: DictionaryObject, key: str) -> list[DictionaryObject]:
    """The dictionaries of a list; what is none is left out."""
    from pypdf.generic import ArrayObject, DictionaryObject

    held = holder.get(key)
    found = held.get_object() if held is not None else None
    if not isinstance(found, ArrayObject):
        return []
    inner = (each.get_object() for each in found)
    return [each for each in inner if isinstance(each, DictionaryObject)]


def _top(widget: DictionaryObject) -> DictionaryObject:
    """The field that what is shown belongs to."""
    for _ in range(_DEEPEST):
        if "/Parent" not in widget:
            break
        widget = _of(widget, "/Parent")
    return widget


def _text(held: object) -> str:
    """A value as text: of several, one a line; of a stream, what it holds."""
    from pypdf.generic import ArrayObject, ByteStringObject, PdfObject, StreamObject

    found = held.get_object() if isinstance(held, PdfObject) else held
    if isinstance(found, ArrayObject):
        return "\n".join(_text(each) for each in found)
    if isinstance(found, StreamObject):
        found = found.get_data()
    if isinstance(found, bytes | ByteStringObject):
        return found.decode("utf-16" if found[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8", "replace")
    return "" if found is None else str(found)


def _put(out: BinaryIO, line: Line) -> None:
    out.write(json.dumps(line).encode() + b"\n")
