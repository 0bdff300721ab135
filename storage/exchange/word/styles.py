"""The styles of a specification as a Word file: few, named for what they are for, and none that nothing uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.exchange.word.parts import element, make_british, use_font

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

SIZES = {1: 15, 2: 13, 3: 11.5, 4: 11}  # points of the headings of sections
TEXT_HEADING = "Text heading"  # inside a section; the level as it was written follows
NUMBER, LINK, CODE = "Section number", "Hyperlink", "Code in text"
KICKER, STATUS, AFTER_TABLE, DIVIDER = "Kind of document", "Status", "After a table", "Divider"
PICTURE, CODE_TEXT, TABLE_TEXT, TABLE_HEADING = "Picture", "Code", "Table text", "Table heading"
CONTENTS, BLANK = "Contents line", "Nothing written"
TABLE = "Text table"
SECTION = "section_"  # what the bookmark of a section begins with; its UUID without hyphens follows
CONTINUED = ("List Continue", "List Continue 2", "List Continue 3")
INDENT = 425  # twentieths of a point by which each level of a list stands further in
_KEPT = {
    "Normal", "Header", "Footer", "Title", "List Bullet", "List Number", "Caption", "Quote", "Normal Table",
    "No List", "Default Paragraph Font", *CONTINUED, *(f"Heading {level}" for level in range(1, 10)),
}  # fmt: skip


def style_id(name: str) -> str:
    """The identifier of a style in the file: its name without spaces."""
    return name.replace(" ", "")


def set_styles(document: Document) -> None:
    """Put the styles in order: what is used in one typeface and British English, what is not used gone."""
    styles = document.styles.element
    for style in list(document.styles):
        if style.name not in _KEPT:
            styles.remove(style.element)
    for name in _KEPT - {"Normal Table", "No List", "Default Paragraph Font"}:
        use_font(document, name)
        _without_numbering(document, name)
    make_british(document)
    _set_sizes(document)
    _add_paragraph_styles(document)
    _add_character_styles(document)
    styles.append(_table_style())


def _without_numbering(document: Document, name: str) -> None:
    from docx.oxml.ns import qn

    properties = document.styles[name].element.find(qn("w:pPr"))
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if properties is not None and numbered is not None:
        properties.remove(numbered)


def _set_sizes(document: Document) -> None:
    from docx.shared import Pt, RGBColor

    for name in ("Normal", "List Bullet", "List Number", "Quote", *CONTINUED):
        style = document.styles[name]
        style.font.size, style.font.italic, style.font.color.rgb = Pt(11), False, RGBColor(0, 0, 0)
        style.paragraph_format.space_after = Pt(6 if name == "Normal" else 4)
        style.paragraph_format.line_spacing = 1.12
    for place, name in enumerate(CONTINUED, 1):
        document.styles[name].paragraph_format.left_indent = Pt(place * INDENT / 20)
    for level in range(1, 10):
        heading = document.styles[f"Heading {level}"]
        heading.font.size, heading.font.bold, heading.font.italic = Pt(SIZES.get(level, 11)), True, False
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(5)
    title = document.styles["Title"]
    title.font.size, title.font.bold, title.font.color.rgb = Pt(22), True, RGBColor(0, 0, 0)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(2), Pt(8)
    _no_border(title.element)
    for name in ("Header", "Footer"):
        document.styles[name].font.size = Pt(8.5)
        document.styles[name].paragraph_format.tab_stops.clear_all()
    caption, quote = document.styles["Caption"], document.styles["Quote"]
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(9.5), False, RGBColor(64, 64, 64)
    quote.paragraph_format.left_indent = Pt(18)
    quote.element.get_or_add_pPr().append(_line("left", 12, 8))


def _no_border(style: BaseOxmlElement) -> None:
    from docx.oxml.ns import qn

    for border in list(style.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _line(side: str, thick: int, space: int) -> BaseOxmlElement:
    """A line beside or under a paragraph; eighths and whole points."""
    line: dict[str, str | int] = {"w:val": "single", "w:sz": thick, "w:space": space, "w:color": "5A5A5A"}
    return element("w:pBdr", None, element(f"w:{side}", line))


def _add_paragraph_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    sizes = {
        KICKER: (9.5, 0), STATUS: (10.5, 4), AFTER_TABLE: (4, 0), DIVIDER: (4, 6), PICTURE: (11, 3),
        CODE_TEXT: (9.5, 6),
        TABLE_TEXT: (10, 2), TABLE_HEADING: (10, 2), CONTENTS: (11, 2),
        BLANK: (11, 6),
    }  # fmt: skip
    for name, (size, after) in sizes.items():
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        made.font.size, made.paragraph_format.space_after = Pt(size), Pt(after)
        made.paragraph_format.line_spacing = 1.0 if name in (AFTER_TABLE, TABLE_TEXT, TABLE_HEADING) else 1.1
    document.styles[TABLE_HEADING].font.bold = document.styles[KICKER].font.bold = True
    document.styles[PICTURE].paragraph_format.keep_with_next = True
    document.styles[CODE_TEXT].font.name = "Courier New"
    document.styles[DIVIDER].element.get_or_add_pPr().append(_line("bottom", 4, 1))
    for level in range(1, 7):
        made = document.styles.add_style(f"{TEXT_HEADING} {level}", WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        made.font.bold, made.font.size = True, Pt(11.5 if level < 3 else 11)
        made.paragraph_format.space_before, made.paragraph_format.keep_with_next = Pt(9), True


def _add_character_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    for name in (NUMBER, LINK, CODE):
        document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    document.styles[LINK].font.color.rgb, document.styles[LINK].font.underline = (
        RGBColor(0x1F, 0x4E, 0x8C),
        True,
    )
    document.styles[CODE].font.name = "Courier New"


def _table_style() -> BaseOxmlElement:
    """Hairlines under the rows, and a heading row that is shaded and strong."""
    hair: dict[str, str | int] = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "8C8C8C"}
    sides = [element(f"w:{side}", hair) for side in ("top", "bottom", "insideH")]
    margins = [
        element(f"w:{side}", {"w:w": 85, "w:type": "dxa"}) for side in ("top", "left", "bottom", "right")
    ]
    margins[0].set(*_w("w", 45))
    margins[2].set(*_w("w", 45))
    first = element(
        "w:tblStylePr",
        {"w:type": "firstRow"},
        element("w:rPr", None, element("w:b")),
        element("w:tcPr", None, element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "ECECEC"})),
    )
    return element(
        "w:style",
        {"w:type": "table", "w:customStyle": "1", "w:styleId": style_id(TABLE)},
        element("w:name", {"w:val": TABLE}),
        element("w:basedOn", {"w:val": "TableNormal"}),
        element(
            "w:tblPr", None, element("w:tblBorders", None, *sides), element("w:tblCellMar", None, *margins)
        ),
        first,
    )


def _w(name: str, value: int) -> tuple[str, str]:
    from docx.oxml.ns import qn

    return qn(f"w:{name}"), str(value)
