"""What every Word file we write is made of: elements, clean words, fields, the language, the foot of the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from storage.engine.errors import StorageError
from storage.exchange.files_out import not_written, put_in_place

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.text.paragraph import Paragraph

FONT = "Arial"  # on every machine that has Word or LibreOffice, or something as wide
MODERN = "15"  # the way of laying out of Word 2013 and later; a lower one opens in compatibility mode


class WordError(StorageError):
    """The Word file could not be made or saved; the message says what happened and what was kept."""


def save_word(content: bytes, path: Path) -> None:
    """Save a Word file at `path`, which ends in .docx: written beside it, read back, then moved into place.

    Raises `WordError` when it cannot; what stood at `path` before is then still there.
    """
    if path.suffix.lower() != ".docx":
        raise WordError(f"{path.name} is no name for a Word file. Nothing was written. End it in .docx.")
    try:
        with put_in_place(path) as made:
            made.write_bytes(content)
            if made.read_bytes() != content:
                raise OSError(None, "what was written could not be read back")
    except OSError as error:
        raise WordError(not_written(error, path)) from error


def element(
    tag: str, given: Mapping[str, str | int] | None = None, *inside: BaseOxmlElement
) -> BaseOxmlElement:
    """An element with its attributes, all of the w: names unless they say otherwise, and what it holds."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in (given or {}).items():
        made.set(qn(name), xml_words(str(value)))
    made.extend(inside)
    return made


def xml_words(words: str) -> str:
    """Words without the signs that no XML file may hold."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(
        c
        for c in words
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def add_field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """A field that Word and LibreOffice fill."""
    text = element("w:t")
    text.text = shown
    paragraph._p.append(element("w:fldSimple", {"w:instr": code}, element("w:r", None, text)))


def use_font(document: Document, name: str) -> None:
    """Give a style our typeface, whatever its theme says."""
    from docx.oxml.ns import qn

    style = document.styles[name]
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def make_british(document: Document) -> None:
    """The language of the whole document, no compatibility mode, and no picture of somebody else's first page."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        for script in ("w:val", "w:eastAsia"):
            language.set(qn(script), "en-GB")
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), MODERN)
    package = document.part.package.rels
    for key in [key for key, held in package.items() if held.reltype.endswith("/thumbnail")]:
        del package[key]


def three_parts(paragraph: Paragraph, section: Section) -> None:
    """Tabs for words at the left, in the middle and at the right."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(room(section) // 2, WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(room(section), WD_TAB_ALIGNMENT.RIGHT)


def add_foot(paragraph: Paragraph, section: Section, organisation: str, marking: str) -> None:
    """Whose it is, its marking, and the page of how many."""
    paragraph.add_run(xml_words(organisation) + "\t")
    paragraph.add_run(xml_words(marking)).bold = True
    paragraph.add_run("\tPage ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES")
    three_parts(paragraph, section)


def room(section: Section) -> int:
    """The width between the margins."""
    return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
