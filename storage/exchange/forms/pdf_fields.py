"""Makes the fields of a PDF form out of the boxes of its layout, which are links with their numbers.

A field takes the place of its link in the list of the page and in the tree that screen readers follow. So it stands
where its box was drawn and is read where the box is read, whatever the layout does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, cast

from storage.exchange.forms.pdf_looks import SIZE, dot_look, text_look, tick_look
from storage.exchange.forms.pdf_names import AS_SENT
from storage.exchange.forms.pdf_paper import FieldBox
from storage.exchange.forms.pdf_typeface import NAME, letters_map, typeface

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

_LINK = re.compile(r"desk:(\d+)")
_HIDDEN, _PRINTED = 2, 4  # flags of an annotation
_READ_ONLY, _SEVERAL_LINES, _ROUND, _FROM_LIST = 1, 1 << 12, 1 << 15, 1 << 17  # flags of a field
_LOOK = f"/Helv {SIZE} Tf 0 g"
_MARKS = {"tick": "4", "round": "l"}  # in the font of marks that every PDF program has
_WRITTEN = ("text", "long", "choose")  # what holds words
_OFF = "Off"  # the state of every box that is not ticked

Placed = tuple[FieldBox, "IndirectObject"]


def make_fields(writer: PdfWriter, boxes: Sequence[FieldBox], sent: str) -> None:
    """Make a field of each box, and a hidden one of what was sent."""
    _Fields(writer).make(boxes, sent)


class _Fields:
    """The fields of one document; what is drawn alike is kept once."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._helvetica = self._font("Helvetica", Encoding=_name("WinAnsiEncoding"))
        self._marks = self._font("ZapfDingbats")
        self._inter: IndirectObject | None = None  # where some words are drawn
        self._looks: dict[tuple[str, float], IndirectObject] = {}

    def make(self, boxes: Sequence[FieldBox], sent: str) -> None:
        """Put all fields in."""
        places = dict(self._places())
        written = [box.value for box in boxes if box.kind in _WRITTEN and typeface().draws(box.value)]
        if any(written):
            self._inter = self._typeface(written)
        fields = [
            self._field([(box, places[n]) for n, box in group])
            for _, group in groupby(enumerate(boxes), key=lambda each: each[1].field)
        ]
        form = _dictionary(
            Fields=_array(*fields, self._hidden(sent)),
            DA=_words(_LOOK),
            DR=_dictionary(Font=_dictionary(Helv=self._helvetica, ZaDb=self._marks)),
        )
        if len(written) < sum(box.kind in _WRITTEN for box in boxes):
            form.update(_dictionary(NeedAppearances=_flag()))  # whoever shows it may have the letters we lack
        self._writer.root_object.update(_dictionary(AcroForm=self._added(form)))

    def _added(self, made: PdfObject) -> IndirectObject:
        return self._writer._add_object(made)

    def _font(self, name: str, **more: PdfObject) -> IndirectObject:
        return self._added(
            _dictionary(Type=_name("Font"), Subtype=_name("Type1"), BaseFont=_name(name), **more)
        )

    def _places(self) -> Iterator[tuple[int, IndirectObject]]:
        """The links of the layout by the number of their box, turned into empty widgets that are read as such."""
        parents = _parents(self._writer)
        for page in self._writer.pages:
            for held in page.get("/Annots", ()):
                link = held.get_object()
                found = _LINK.fullmatch(str(link.get("/A", {}).get("/URI", "")))
                if not found:
                    continue
                for key in ("/A", "/Border", "/Contents", "/QuadPoints"):
                    link.pop(key, None)
                page_of = cast("IndirectObject", page.indirect_reference)
                link.update(_dictionary(Subtype=_name("Widget"), F=_number(_PRINTED), P=page_of))
                element = parents.get(link.get("/StructParent"))
                if element is not None:
                    element.update(_dictionary(S=_name("Form")))
                yield int(found[1]), held

    def _field(self, placed: Sequence[Placed]) -> IndirectObject:
        box, held = placed[0]
        if box.kind == "round":
            return self._round(placed)
        widget = _widget(held)
        widget.update(_dictionary(T=_words(box.field), TU=_words(box.tip), DA=_words(_LOOK)))
        if box.kind == "tick":
            self._mark(box, widget)
            ticked = _name(box.state if box.value == box.state else _OFF)
            widget.update(_dictionary(FT=_name("Btn"), V=ticked, DV=ticked, AS=ticked))
            return held
        if box.kind == "choose":
            choices = map(_words, box.choices)
            widget.update(_dictionary(FT=_name("Ch"), Ff=_number(_FROM_LIST), Opt=_array(*choices)))
        else:
            lines = _SEVERAL_LINES if box.kind == "long" else 0
            widget.update(_dictionary(FT=_name("Tx"), Ff=_number(lines)))
        if box.value:
            widget.update(_dictionary(V=_words(box.value), DV=_words(box.value)))
            self._write(box, widget)
        return held

    def _round(self, placed: Sequence[Placed]) -> IndirectObject:
        """One field of several round boxes, of which none or one is ticked."""
        first, chosen = placed[0][0], _name(placed[0][0].value or _OFF)
        field = _dictionary(
            FT=_name("Btn"),
            Ff=_number(_ROUND),
            T=_words(first.field),
            TU=_words(first.tip),
            V=chosen,
            DV=chosen,
        )
        made = self._added(field)
        for box, held in placed:
            widget = _widget(held)
            self._mark(box, widget)
            ticked = _name(box.state if box.value == box.state else _OFF)
            widget.update(_dictionary(Parent=made, AS=ticked, Contents=_words(box.words)))
        field.update(_dictionary(Kids=_array(*(held for _, held in placed))))
        return made

    def _hidden(self, sent: str) -> IndirectObject:
        """The field that says what was sent."""
        page = self._writer.pages[0]
        field = _dictionary(
            Type=_name("Annot"), Subtype=_name("Widget"), FT=_name("Tx"), T=_words(AS_SENT), V=_words(sent),
            TU=_words("What was sent. Leave it as it is."), Ff=_number(_READ_ONLY | _SEVERAL_LINES),
            F=_number(_HIDDEN), Rect=_array(*map(_number, (0, 0, 0, 0))), DA=_words(_LOOK),
            P=cast("IndirectObject", page.indirect_reference),
        )  # fmt: skip
        made = self._added(field)
        cast("list[PdfObject]", page["/Annots"].get_object()).append(made)
        return made

    def _mark(self, box: FieldBox, widget: DictionaryObject) -> None:
        """How a box looks ticked and not; the box itself is drawn by the page."""
        side = _size(widget)[0]
        draw = dot_look if box.kind == "round" else tick_look
        looks = _dictionary(
            **{box.state: self._look(box.kind, side, draw(side)), _OFF: self._look("off", side, b"")}
        )
        widget.update(_dictionary(AP=_dictionary(N=looks), MK=_dictionary(CA=_words(_MARKS[box.kind]))))
        widget.update(_dictionary(DA=_words("/ZaDb 0 Tf 0 g")))

    def _look(self, kind: str, side: float, drawn: bytes) -> IndirectObject:
        if (kind, side) not in self._looks:
            self._looks[kind, side] = self._drawn(drawn, side, side)
        return self._looks[kind, side]

    def _write(self, box: FieldBox, widget: DictionaryObject) -> None:
        """How words look in their field, where our typeface has all their letters."""
        if typeface().draws(box.value):
            width, height = _size(widget)
            drawn = self._drawn(text_look(box.value, width, height, long=box.kind == "long"), width, height)
            widget.update(_dictionary(AP=_dictionary(N=drawn)))

    def _drawn(self, content: bytes, width: float, height: float) -> IndirectObject:
        fonts = {"Inter": self._inter} if self._inter else {}
        return self._stream(
            content,
            Type=_name("XObject"),
            Subtype=_name("Form"),
            BBox=_array(*map(_number, (0, 0, width, height))),
            Resources=_dictionary(Font=_dictionary(**fonts)),
        )

    def _stream(self, content: bytes, **held: PdfObject) -> IndirectObject:
        from pypdf.generic import StreamObject

        made = StreamObject()
        made.set_data(content)
        made.update(_dictionary(**held))
        return self._added(made.flate_encode())

    def _typeface(self, written: Sequence[str]) -> IndirectObject:
        """Our typeface as the drawings use it: glyphs by their numbers, with the letters that they stand for."""
        face = typeface()
        named = face.named(written)
        widths = [part for glyph in named for part in (_number(glyph), _array(_number(face.widths[glyph])))]
        descriptor = _dictionary(
            Type=_name("FontDescriptor"), FontName=_name(NAME), Flags=_number(4), ItalicAngle=_number(0),
            FontBBox=_array(*map(_number, face.edges)), Ascent=_number(face.edges[3]), StemV=_number(80),
            Descent=_number(face.edges[1]), CapHeight=_number(face.capital),
            FontFile3=self._stream(face.outlines, Subtype=_name("CIDFontType0C")),
        )  # fmt: skip
        system = _dictionary(Registry=_words("Adobe"), Ordering=_words("Identity"), Supplement=_number(0))
        inner = _dictionary(
            Type=_name("Font"), Subtype=_name("CIDFontType0"), BaseFont=_name(NAME), CIDSystemInfo=system,
            FontDescriptor=self._added(descriptor), DW=_number(1000), W=_array(*widths),
        )  # fmt: skip
        whole = _dictionary(
            Type=_name("Font"), Subtype=_name("Type0"), BaseFont=_name(NAME), Encoding=_name("Identity-H"),
            DescendantFonts=_array(self._added(inner)), ToUnicode=self._stream(letters_map(named)),
        )  # fmt: skip
        return self._added(whole)


def _parents(writer: PdfWriter) -> Mapping[object, DictionaryObject]:
    """The elements of the reading order by the number that what belongs to them carries; none without an order."""
    if "/StructTreeRoot" not in writer.root_object:
        return {}
    found: dict[object, DictionaryObject] = {}
    tree = cast("DictionaryObject", writer.root_object["/StructTreeRoot"].get_object())
    waiting = [cast("DictionaryObject", tree["/ParentTree"].get_object())]
    while waiting:
        node = waiting.pop()
        waiting += [kid.get_object() for kid in node.get("/Kids", ())]
        numbers = node.get("/Nums", ())
        for number, element in zip(numbers[::2], numbers[1::2], strict=True):
            found[number] = element.get_object()
    return found


def _widget(held: IndirectObject) -> DictionaryObject:
    return cast("DictionaryObject", held.get_object())


def _size(widget: DictionaryObject) -> tuple[float, float]:
    left, low, right, high = (float(place) for place in cast("Sequence[float]", widget["/Rect"]))
    return round(right - left, 2), round(high - low, 2)


def _dictionary(**held: PdfObject) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    return DictionaryObject({_name(key): value for key, value in held.items()})


def _array(*held: PdfObject) -> PdfObject:
    from pypdf.generic import ArrayObject

    return ArrayObject(held)


def _name(words: str) -> PdfObject:
    from pypdf.generic import NameObject

    return NameObject(f"/{words}")


def _words(words: str) -> PdfObject:
    from pypdf.generic import TextStringObject

    return TextStringObject(words)


def _number(number: float) -> PdfObject:
    from pypdf.generic import FloatObject, NumberObject

    return NumberObject(number) if isinstance(number, int) else FloatObject(number)


def _flag() -> PdfObject:
    from pypdf.generic import BooleanObject

    return BooleanObject(True)
